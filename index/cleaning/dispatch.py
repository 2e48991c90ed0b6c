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


class Dispatch:
    """The gates of ``rules``, ready to be tried on any number of passages."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        gates = [(number, rule.gate) for number, rule in enumerate(rules) if rule.gate is not None]
        self._opens = _phrases((number, gate.opens) for number, gate in gates)
        self._brackets = _phrases((number, gate.brackets) for number, gate in gates)
        # Few lines at either end are searched faster by themselves than with the whole text.
        self._apart = [
            (number, gate)
            for number, gate in gates
            if _is_placed(gate) or not (gate.opens or gate.brackets or gate.holds)
        ]
        self._holds: dict[str, list[int]] = defaultdict(list)
        for number, gate in gates:
            for sign in () if _is_placed(gate) else gate.holds:
                self._holds[sign].append(number)

    def asked(self, passage: Passage) -> Iterator[tuple[Rule, Passage]]:
        """Each rule whose gate opens, in the order of the rules, with what it may look at."""
        signs = self._signs(passage)
        for number, rule in enumerate(self._rules):
            if rule.gate is None:
                yield rule, passage
            elif number in signs:
                lines = tuple(_passing(rule.gate, passage.lines, sorted(signs[number])))
                if lines:
                    yield rule, passage.showing(lines)

    def _signs(self, passage: Passage) -> dict[int, set[int]]:
        """For each rule the numbers of the lines that carry one of its signs."""
        lines, lower, opens = passage.lines, passage.lower, self._opens
        found: dict[int, set[int]] = defaultdict(set)
        for number, line in enumerate(lines):
            word = _FIRST_WORD.match(lower, line.start, line.end)
            if word is not None and word[1] in opens:
                for rule in _begun(lower, word.start(1), opens[word[1]]):
                    found[rule].add(number)
        for rule, gate in self._apart:
            for first, last in _places(gate, len(lines)):
                if not (gate.opens or gate.brackets or gate.holds):
                    found[rule].update(range(first, last))
                for sign in gate.holds:
                    for place in _found(lower, sign, lines[first].start, lines[last - 1].end):
                        found[rule].add(_line_at(lines, place))
        for place, rule in (*self._bracketed(lower), *self._held(lower)):
            found[rule].add(_line_at(lines, place))
        return found

    def _bracketed(self, lower: str) -> Iterator[tuple[int, int]]:
        """(place, rule) of each phrase behind a bracket."""
        for bracket in "([" if self._brackets else "":
            place = lower.find(bracket)
            while place >= 0:
                word = _BEHIND_BRACKET.match(lower, place + 1)
                if word is not None and word[1] in self._brackets:
                    for rule in _begun(lower, word.start(1), self._brackets[word[1]]):
                        yield place, rule
                place = lower.find(bracket, place + 1)

    def _held(self, lower: str) -> Iterator[tuple[int, int]]:
        """(place, rule) of each sign that may stand anywhere."""
        for sign, rules in self._holds.items():
            for place in _found(lower, sign, 0, len(lower)):
                for rule in rules:
                    yield place, rule


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


def _begun(lower: str, place: int, phrases: Iterable[tuple[str, int]]) -> Iterator[int]:
    """The rules of those ``phrases`` that stand at ``place``."""
    return (rule for phrase, rule in phrases if lower.startswith(phrase, place))


def _found(lower: str, sign: str, start: int, end: int) -> Iterator[int]:
    """The first place of ``sign`` in each line between two places."""
    place = lower.find(sign, start, end)
    while place >= 0:
        yield place
        line_end = lower.find("\n", place, end)
        place = lower.find(sign, line_end, end) if line_end >= 0 else -1


def _line_at(lines: Sequence[Line], place: int) -> int:
    return bisect_right(lines, place, key=_START) - 1


def _is_placed(gate: Gate) -> bool:
    return bool(gate.head or gate.foot)


def _places(gate: Gate, count: int) -> Iterator[tuple[int, int]]:
    """The ranges of line numbers, of ``count`` lines, in which ``gate`` looks."""
    foot = max(count - gate.foot, 0) if _is_placed(gate) else 0
    for first, last in ((0, min(gate.head, foot)), (foot, count)):
        if first < last:
            yield first, last


def _passing(gate: Gate, lines: Sequence[Line], numbers: Iterable[int]) -> Iterator[Line]:
    """The lines of ``numbers`` that are short enough and in the right place."""
    placed = _is_placed(gate)
    for number in numbers:
        if gate.longest and len(lines[number].text) > gate.longest:
            continue
        if not placed or number < gate.head or number >= len(lines) - gate.foot:
            yield lines[number]
