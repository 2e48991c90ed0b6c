"""The repeated-line miner: lines that many articles of one source share.

Nearly all of them are furniture that no rule knows yet. The exceptions, such as a standing section
head or a reporter's name, are why it only proposes: a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# A paragraph this long is no furniture as a whole, but one of its sentences may be.
_LONGEST_LINE = 300
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')]*\s+(?=[A-Z\"“‘(])")
_END_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """``text`` as one article has it; ``articles`` of ``of`` have it, digits apart.

    ``head`` and ``foot`` count those that have it in the first or last fifth of their lines.
    """

    text: str
    articles: int
    of: int
    head: int
    foot: int


def repeated_lines(texts: Callable[[], Iterable[str]], fewest: int = 8) -> list[RepeatedLine]:
    """The lines that at least ``fewest`` of ``texts`` hold, the most frequent first.

    ``texts`` gives the clean texts of one source anew at each call; it is called twice, so that
    memory holds a number for each line and not the line.
    """
    counts: Counter[int] = Counter()
    total = 0
    for text in texts():
        total += 1
        counts.update({key for key, _, _ in _keyed(text)})
    frequent = {key for key, count in counts.items() if count >= fewest}
    examples: dict[int, str] = {}
    head: Counter[int] = Counter()
    foot: Counter[int] = Counter()
    for text in texts() if frequent else ():
        found = [entry for entry in _keyed(text) if entry[0] in frequent]
        examples.update((key, line) for key, line, _ in found if key not in examples)
        head.update({key for key, _, place in found if place < _END_SHARE})
        foot.update({key for key, _, place in found if place > 1 - _END_SHARE})
    lines = [
        RepeatedLine(line, counts[key], total, head[key], foot[key])
        for key, line in examples.items()
    ]
    return sorted(lines, key=lambda line: (-line.articles, line.text))


def _keyed(text: str) -> Iterator[tuple[int, str, float]]:
    """(key, line, place from 0 to 1) of each line of a text, or each sentence of a long one."""
    units = [
        unit.strip()
        for line in text.split("\n")
        if line.strip()
        for unit in ([line] if len(line) <= _LONGEST_LINE else _SENTENCE_END.split(line))
    ]
    for number, unit in enumerate(units, start=1):
        words = re.sub(r"\d+", "#", " ".join(unit.casefold().split()))
        if words.strip("# .,:;-"):
            yield hash(words), unit, number / (len(units) + 1)
