"""Which rules look at which lines: all gates are tried in one pass over the text.

Most lines are prose and no rule's business, and a regular expression of every rule on each of
them is what cleaning would spend its time on. So the first word of every line, and the word behind
every bracket, are looked up in a table of all rules at once; what is found there goes to the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from index.cleaning.rule import Gate, Line, Passage, Rule

_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]*)")
_BEHIND_BRACKET = re.compile(r"[\s/]*([^\W\d_]+)")
_START = attrgetter("start")

_Found = dict[int, list[int]]  # the numbers of lines, under the number of the rule


class Dispatch:
    """The gates of ``rules``, ready to be tried on any number of passages."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        gates = [(number, rule.gate) for number, rule in enumerate(rules) if rule.gate is not None]
        self._opens = _phrases((number, gate.opens) for number, gate in gates)
        self._brackets = _phrases((number, gate.brackets) for number, gate in gates)
        # Few lines at either end are searched faster by themselves than with the whole text.
        self._placed: dict[tuple[int, int], list[tuple[int, Gate]]] = defaultdict(list)
        for number, gate in gates:
            if gate.is_placed and (gate.holds or gate.mentions or not gate.has_signs):
                self._placed[gate.head, gate.foot].append((number, gate))
        self._open = [number for number, gate in gates if not gate.has_signs and not gate.is_placed]
        self._holds: dict[str, list[int]] = defaultdict(list)
        for number, gate in gates:
            for sign in () if gate.is_placed else gate.holds:
                self._holds[sign].append(number)

    def asked(self, passage: Passage) -> Iterator[tuple[Rule, Passage]]:
        """Each rule whose gate opens, in the order of the rules, with what it may look at."""
        found = self._found(passage)
        for number, rule in enumerate(self._rules):
            if rule.gate is None:
                yield rule, passage
            elif number in found:
                lines = tuple(_passing(rule.gate, passage.lines, sorted(set(found[number]))))
                if lines:
                    yield rule, passage.showing(lines)

    def _found(self, passage: Passage) -> _Found:
        """The lines that carry a sign of a rule, or need none."""
        lines, lower = passage.lines, passage.lower
        found: _Found = defaultdict(list)
        found.update((rule, [*range(len(lines))]) for rule in self._open)
        self._find_opened(lines, lower, found)
        self._find_bracketed(lines, lower, found)
        for sign, rules in self._holds.items():
            if sign in lower:
                numbers = _lines_with(sign, lines, lower, 0, len(lines))
                for rule in rules:
                    found[rule] += numbers
        for (head, foot), gates in self._placed.items():
            for first, last in _places(head, foot, len(lines)):
                self._find_placed(passage, gates, first, last, found)
        return found

    def _find_placed(
        self,
        passage: Passage,
        gates: Iterable[tuple[int, Gate]],
        first: int,
        last: int,
        found: _Found,
    ) -> None:
        lines, lower = passage.lines, passage.lower
        start, end = lines[first].start, lines[last - 1].end
        for rule, gate in gates:
            if not gate.has_signs:
                found[rule] += range(first, last)
            for sign in (*gate.holds, *gate.mentions(passage)) if gate.mentions else gate.holds:
                if lower.find(sign, start, end) >= 0:
                    found[rule] += _lines_with(sign, lines, lower, first, last)

    def _find_opened(self, lines: Sequence[Line], lower: str, found: _Found) -> None:
        for number, line in enumerate(lines):
            word = _FIRST_WORD.match(lower, line.start, line.end)
            if word is not None and word[1] in self._opens:
                start = word.start(1)
                for phrase, rule in self._opens[word[1]]:
                    if lower.startswith(phrase, start):
                        found[rule].append(number)

    def _find_bracketed(self, lines: Sequence[Line], lower: str, found: _Found) -> None:
        for bracket in "([" if self._brackets else "":
            place = lower.find(bracket)
            while place >= 0:
                word = _BEHIND_BRACKET.match(lower, place + 1)
                if word is not None and word[1] in self._brackets:
                    for phrase, rule in self._brackets[word[1]]:
                        if lower.startswith(phrase, word.start(1)):
                            found[rule].append(_line_at(lines, place))
                place = lower.find(bracket, place + 1)


def _phrases(
    of_rules: Iterable[tuple[int, tuple[str, ...]]],
) -> dict[str, tuple[tuple[str, int], ...]]:
    """The phrases of all rules under their first words, each with the number of its rule."""
    phrases: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, those in of_rules:
        for phrase in those:
            word = _FIRST_WORD.match(phrase)
            if word is None or word.start(1) or phrase != phrase.lower():
                raise ValueError(f"{phrase!r} is no phrase in lower case that begins a line")
            phrases[word[1]].append((phrase, number))
    return {word: tuple(those) for word, those in phrases.items()}


def _lines_with(sign: str, lines: Sequence[Line], lower: str, first: int, last: int) -> list[int]:
    """The numbers of the lines from ``first`` to before ``last`` that hold ``sign``."""
    numbers: list[int] = []
    end = lines[last - 1].end if last else 0
    place = lower.find(sign, lines[first].start if last else 0, end)
    while place >= 0:
        number = _line_at(lines, place)
        numbers.append(number)
        place = lower.find(sign, lines[number].end, end)
    return numbers


def _places(head: int, foot: int, count: int) -> tuple[tuple[int, int], ...]:
    """The ranges of line numbers, of ``count`` lines, that are the head and the foot."""
    below = max(count - foot, 0)
    ranges = ((0, min(head, below)), (below, count))
    return tuple((first, last) for first, last in ranges if first < last)


def _line_at(lines: Sequence[Line], place: int) -> int:
    return bisect_right(lines, place, key=_START) - 1


def _passing(gate: Gate, lines: Sequence[Line], numbers: Iterable[int]) -> Iterator[Line]:
    """The lines of ``numbers`` that are short enough and in the right place."""
    for number in numbers:
        if gate.longest and len(lines[number].text) > gate.longest:
            continue
        if not gate.is_placed or number < gate.head or number >= len(lines) - gate.foot:
            yield lines[number]
