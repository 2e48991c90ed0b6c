"""Which rules look at which lines: all gates are tried in one pass over the text.

Most lines are prose and no rule's business, and a regular expression of every rule on each of
them is what cleaning would spend its time on. So the first word of every line, and the word behind
every bracket, are looked up in a table of all rules at once; what is found there goes to the rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from index.cleaning.rule import Gate, Line, Lines, Passage, Rule, fold

_FIRST_WORD = re.compile(r"[^a-z]*([a-z]*)")
_BEHIND_BRACKET = re.compile(r"[\s/]*([a-z]+)")

_Phrases = dict[str, list[tuple[str, int]]]  # under their first words, with the number of the rule
_Found = dict[int, list[int]]  # the numbers of lines, under the number of the rule


class Dispatch:
    """The gates of ``rules``, ready to be tried on any number of passages."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._opens: _Phrases = defaultdict(list)
        self._brackets: _Phrases = defaultdict(list)
        self._holds: dict[str, list[int]] = defaultdict(list)
        self._ungated = [number for number, rule in enumerate(rules) if rule.gate is None]
        self._all_lines: list[int] = []
        # Few lines at either end are searched faster by themselves than with the whole text.
        self._placed: dict[tuple[int, int], list[tuple[int, Gate]]] = defaultdict(list)
        for number, rule in enumerate(rules):
            if rule.gate is not None:
                self._add(number, rule.gate)

    def _add(self, number: int, gate: Gate) -> None:
        for phrases, table in ((gate.opens, self._opens), (gate.brackets, self._brackets)):
            for phrase in map(fold, phrases):
                word = _FIRST_WORD.match(phrase)
                if word is None or word.start(1):
                    raise ValueError(f"{phrase!r} does not begin with a word")
                table[word[1]].append((phrase, number))
        if not gate.has_signs:
            self._all_lines.append(number)
        elif gate.is_placed and (gate.holds or gate.mentions):
            self._placed[gate.head, gate.foot].append((number, gate))
        for sign in () if gate.is_placed else gate.holds:
            self._holds[sign].append(number)

    def asked(self, passage: Passage) -> Iterator[tuple[Rule, Passage]]:
        """Each rule whose gate opens, in the order of the rules, with what it may look at."""
        found = self._found(passage)
        for number in sorted({*self._ungated, *found}):
            rule = self._rules[number]
            if rule.gate is None:
                yield rule, passage
            elif lines := _passing(rule.gate, passage.lines, found[number]):
                yield rule, passage.showing(lines)

    def _found(self, passage: Passage) -> _Found:
        """The lines that carry a sign of a rule, or need none."""
        lines, folded = passage.lines, passage.folded
        found: _Found = defaultdict(list)
        found.update((rule, [*range(len(lines))]) for rule in self._all_lines)
        self._find_opened(lines, folded, found)
        self._find_bracketed(lines, folded, found)
        for sign, rules in self._holds.items():
            text = folded if sign.isascii() else passage.text
            if sign in text:
                numbers = _lines_with(sign, lines, text, 0, len(lines))
                for rule in rules:
                    found[rule] += numbers
        for (head, foot), gates in self._placed.items():
            signs = [(rule, _signs(gate, passage)) for rule, gate in gates]
            for first, last in _places(head, foot, len(lines)):
                region = folded[lines.starts[first] : lines.ends[last - 1]]
                for rule, those in signs:
                    for sign in those:
                        if sign in region:
                            found[rule] += _lines_with(sign, lines, folded, first, last)
        return found

    def _find_opened(self, lines: Lines, folded: str, found: _Found) -> None:
        opens, match = self._opens, _FIRST_WORD.match
        for number, start in enumerate(lines.starts):
            word = match(folded, start, lines.ends[number])
            if word is not None and word[1] in opens:
                for phrase, rule in opens[word[1]]:
                    if folded.startswith(phrase, word.start(1)):
                        found[rule].append(number)

    def _find_bracketed(self, lines: Lines, folded: str, found: _Found) -> None:
        for bracket in "([" if self._brackets else "":
            place = folded.find(bracket)
            while place >= 0:
                word = _BEHIND_BRACKET.match(folded, place + 1)
                if word is not None and word[1] in self._brackets:
                    for phrase, rule in self._brackets[word[1]]:
                        if folded.startswith(phrase, word.start(1)):
                            found[rule].append(lines.at(place))
                place = folded.find(bracket, place + 1)


def _signs(gate: Gate, passage: Passage) -> Sequence[str]:
    """What may stand anywhere in a line to let it pass."""
    if gate.mentions is None:
        return gate.holds
    return [*gate.holds, *[fold(sign) for sign in gate.mentions(passage)]]


def _lines_with(sign: str, lines: Lines, text: str, first: int, last: int) -> list[int]:
    """The numbers of the lines from ``first`` to before ``last`` that hold ``sign``."""
    numbers: list[int] = []
    end = lines.ends[last - 1] if last else 0
    place = text.find(sign, lines.starts[first] if last else 0, end)
    while place >= 0:
        numbers.append(lines.at(place))
        place = text.find(sign, lines.ends[numbers[-1]], end)
    return numbers


def _places(head: int, foot: int, count: int) -> list[tuple[int, int]]:
    """The ranges of line numbers, of ``count`` lines, that are the head and the foot."""
    below = max(count - foot, 0)
    places = []
    if head and below:
        places.append((0, min(head, below)))
    if below < count:
        places.append((below, count))
    return places


def _passing(gate: Gate, lines: Lines, numbers: Iterable[int]) -> list[Line]:
    """The lines of ``numbers`` that are short enough and in the right place, in order."""
    longest, head, foot = gate.longest or len(lines.text), gate.head, len(lines) - gate.foot
    return [
        lines[number]
        for number in sorted(set(numbers))
        if lines.ends[number] - lines.starts[number] <= longest
        and (number < head or number >= foot or not gate.is_placed)
    ]
