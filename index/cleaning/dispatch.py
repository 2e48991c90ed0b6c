"""Which rules look at which lines: all gates are tried in one pass over the text.

Most lines are prose and no rule's business, and a regular expression of every rule on each of
them is what cleaning would spend its time on. So the first word of every line, and the word behind
every bracket, are looked up in a table of all rules at once; what is found there goes to the rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from index.cleaning.rule import Gate, Line, Passage, Rule

_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]+)")
_BEHIND_BRACKET = re.compile(r"\s*([^\W\d_]+)")
_START = attrgetter("start")


class Dispatch:
    """The gates of ``rules``, ready to be tried on any number of passages."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._opens = self._phrases(lambda gate: gate.opens)
        self._brackets = self._phrases(lambda gate: gate.brackets)
        self._holds: dict[str, list[int]] = defaultdict(list)
        for number, gate in self._gates():
            for sign in gate.holds:
                self._holds[sign].append(number)

    def asked(self, passage: Passage) -> Iterator[tuple[Rule, Passage]]:
        """Each rule whose gate opens, in the order of the rules, with what it may look at."""
        signs = self._signs(passage)
        for number, rule in enumerate(self._rules):
            if rule.gate is None:
                yield rule, passage
            elif number in signs or not _has_signs(rule.gate):
                lines = tuple(_passing(rule.gate, passage.lines, signs.get(number)))
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
        for place, rule in (*self._bracketed(lower), *self._held(lower)):
            found[rule].add(bisect_right(lines, place, key=_START) - 1)
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
        """(place, rule) of each sign that may stand anywhere; one a line is enough."""
        for sign, rules in self._holds.items():
            place = lower.find(sign)
            while place >= 0:
                for rule in rules:
                    yield place, rule
                line_end = lower.find("\n", place)
                place = lower.find(sign, line_end) if line_end >= 0 else -1

    def _gates(self) -> Iterator[tuple[int, Gate]]:
        return ((n, rule.gate) for n, rule in enumerate(self._rules) if rule.gate is not None)

    def _phrases(
        self, of: Callable[[Gate], tuple[str, ...]]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """The phrases of all gates under their first words, each with the number of its rule."""
        phrases: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, gate in self._gates():
            for phrase in of(gate):
                word = _FIRST_WORD.match(phrase)
                if word is None or word.start(1) or phrase != phrase.lower():
                    raise ValueError(f"{phrase!r} is no phrase in lower case that opens a line")
                phrases[word[1]].append((phrase, number))
        return {word: tuple(those) for word, those in phrases.items()}


def _begun(lower: str, place: int, phrases: Iterable[tuple[str, int]]) -> Iterator[int]:
    """The rules of those ``phrases`` that stand at ``place``."""
    return (rule for phrase, rule in phrases if lower.startswith(phrase, place))


def _has_signs(gate: Gate) -> bool:
    return bool(gate.opens or gate.brackets or gate.holds)


def _passing(gate: Gate, lines: Sequence[Line], signed: set[int] | None) -> Iterator[Line]:
    """The lines in the places of ``gate``, short enough, and of ``signed`` unless that is None."""
    last = len(lines) - gate.foot
    if gate.head or gate.foot:
        placed = [*range(min(gate.head, last)), *range(max(last, 0), len(lines))]
        numbers: Iterable[int] = (n for n in placed if signed is None or n in signed)
    else:
        numbers = range(len(lines)) if signed is None else sorted(signed)
    for number in numbers:
        if not gate.longest or len(lines[number].text) <= gate.longest:
            yield lines[number]
