"""What a cleaning rule is: a name, a reason, and a function from a passage to spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.article import Removal


@dataclass(frozen=True)
class Passage:
    """What a rule sees: the raw text, and what is known of where it came from.

    ``source`` is the outlet's name or host in lower case, ``""`` where it is not known. ``linked``
    and ``captions`` hold the ``bare`` texts that the markup says are only a link, or a caption.
    """

    text: str
    source: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that hold something, in order, without white space at either end."""
        return tuple(
            Line(match.group(), match.group().lower(), match.start(), match.end(), number)
            for number, match in enumerate(re.finditer(r"\S(?:[^\n]*\S)?", self.text))
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage that is not blank; ``number`` counts such lines from 0, ``lower`` is
    its text in lower case."""

    text: str
    lower: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the passage that a rule would set aside."""

    start: int
    end: int
    confidence: float = 1.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason to set something aside. ``version`` rises whenever ``find`` changes.

    ``moves_to`` names the field that keeps what was found; None sets it aside only.
    """

    name: str
    reason: str
    find: Callable[[Passage], Iterable[Span]]
    moves_to: str | None = None
    version: int = 1

    def removals(self, passage: Passage) -> Iterator[Removal]:
        for span in self.find(passage):
            yield Removal(
                start=span.start,
                end=span.end,
                text=passage.text[span.start : span.end],
                rule=self.name,
                version=self.version,
                reason=self.reason,
                confidence=span.confidence,
                evidence=span.evidence,
                moves_to=self.moves_to,
            )


def bare(text: str) -> str:
    """The words of ``text`` and nothing else, to compare lines that differ in signs or in case."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def whole_line(
    *patterns: str, flags: int = re.IGNORECASE, triggers: tuple[str, ...] = ()
) -> Callable[[Passage], Iterator[Span]]:
    """A finder of lines that are nothing but one of ``patterns``; case does not count.

    ``triggers`` are words (lower case) of which a line must hold one: a look that costs nothing
    before the one that does.
    """
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        if triggers and not any(trigger in passage.lower for trigger in triggers):
            return
        for line in passage.lines:
            lower = line.lower
            if triggers and not any(trigger in lower for trigger in triggers):
                continue
            if compiled.fullmatch(line.text):
                yield Span(line.start, line.end)

    return find


def within_line(
    *patterns: str, flags: int = 0, triggers: tuple[str, ...] = ()
) -> Callable[[Passage], Iterator[Span]]:
    """A finder of ``patterns`` anywhere; case counts, because in a sentence it is the only sign.

    White space before what is found goes with it. ``triggers`` as in ``whole_line``.
    """
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        if triggers and not any(trigger in passage.lower for trigger in triggers):
            return
        for match in compiled.finditer(passage.text):
            start = match.start()
            while start and passage.text[start - 1] in " \t\xa0":
                start -= 1
            yield Span(start, match.end())

    return find
