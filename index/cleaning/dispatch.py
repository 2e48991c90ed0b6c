"""Which rules look at which lines: all gates are tried in one pass over the text.

Most lines are prose and no rule's business, and a regular expression of every rule on each of
them is what cleaning would spend its time on. So the first word of every line, and the word behind
every bracket, are looked up in a table of all rules at once; what is found there goes to the rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from index.cleaning.rule import Gate, Line, Passage, Rule, fold

_WORD = re.compile(r"[^\na-z]*([a-z]*)")
_FIRST_WORD = re.compile(r"\n(?!\n)[^\na-z]*([a-z]*)")  # of every line but the first
_BEHIND_BRACKET = re.compile(r"[\s/]*([a-z]+)")

_Phrases = dict[str, dict[str, list[int]]]  # the numbers of rules, under first word and phrase
_Found = dict[int, set[int]]  # where lines start, under the number of the rule


class Dispatch:
    """The gates of ``rules``, ready to be tried on any number of passages."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._ungated = [number for number, rule in enumerate(rules) if rule.gate is None]
        self._all_lines: list[int] = []
        self._opens: _Phrases = defaultdict(lambda: defaultdict(list))
        self._brackets: _Phrases = defaultdict(lambda: defaultdict(list))
        self._holds: dict[str, list[int]] = defaultdict(list)
        # Few lines at either end are searched faster by themselves than with the whole text.
        self._placed: list[tuple[int, Gate]] = []
        gates = [(number, rule.gate) for number, rule in enumerate(rules) if rule.gate is not None]
        self._longest_head = max((gate.head for _, gate in gates), default=0)
        self._longest_foot = max((gate.foot for _, gate in gates), default=0)
        for number, gate in gates:
            self._add(number, gate)

    def _add(self, number: int, gate: Gate) -> None:
        for phrases, table in ((gate.opens, self._opens), (gate.brackets, self._brackets)):
            for phrase in map(fold, phrases):
                word = _WORD.match(phrase)
                if word is None or word.start(1):
                    raise ValueError(f"{phrase!r} does not begin with a word")
                table[word[1]][phrase].append(number)
        if not gate.has_signs:
            self._all_lines.append(number)
        elif gate.is_placed and (gate.holds or gate.mentions):
            self._placed.append((number, gate))
        for sign in () if gate.is_placed else gate.holds:
            self._holds[sign].append(number)

    def asked(self, passage: Passage) -> Iterator[tuple[Rule, Passage]]:
        """Each rule whose gate opens, in the order of the rules, with what it may look at."""
        ends = _Ends(passage.text, self._longest_head, self._longest_foot)
        found = self._found(passage, ends)
        for number in sorted({*self._ungated, *found}):
            rule = self._rules[number]
            if rule.gate is None:
                yield rule, passage
            elif lines := list(_passing(rule.gate, passage, found[number], ends)):
                yield rule, passage.showing(lines)

    def _found(self, passage: Passage, ends: _Ends) -> _Found:
        """Where the lines start that carry a sign of a rule, or need none."""
        folded = passage.folded
        found: _Found = defaultdict(set)
        for number in self._all_lines:
            found[number].update(line.start for line in passage.lines)
        self._find_opened(folded, found)
        self._find_bracketed(folded, found)
        for sign, numbers in self._holds.items():
            text = folded if sign.isascii() else passage.text
            if sign in text:
                starts = _lines_with(sign, text, 0, len(text))
                for number in numbers:
                    found[number] |= starts
        for number, gate in self._placed:
            signs = _signs(gate, passage)
            for start, end in ends.places(gate):
                for sign in signs:
                    if folded.find(sign, start, end) >= 0:
                        found[number] |= _lines_with(sign, folded, start, end)
        return found

    def _find_opened(self, folded: str, found: _Found) -> None:
        opens = self._opens
        first = _WORD.match(folded)
        for word in (*((first,) if first else ()), *_FIRST_WORD.finditer(folded)):
            if word[1] in opens:
                place = word.start(1)
                for phrase, numbers in opens[word[1]].items():
                    if folded.startswith(phrase, place):
                        start = _start_of_line(folded, place)
                        for number in numbers:
                            found[number].add(start)

    def _find_bracketed(self, folded: str, found: _Found) -> None:
        for bracket in "([" if self._brackets else "":
            place = folded.find(bracket)
            while place >= 0:
                word = _BEHIND_BRACKET.match(folded, place + 1)
                if word is not None and word[1] in self._brackets:
                    for phrase, numbers in self._brackets[word[1]].items():
                        if folded.startswith(phrase, word.start(1)):
                            start = _start_of_line(folded, place)
                            for number in numbers:
                                found[number].add(start)
                place = folded.find(bracket, place + 1)


class _Ends:
    """The first ``head`` and the last ``foot`` lines of a text."""

    def __init__(self, text: str, head: int, foot: int) -> None:
        self._head: list[tuple[int, int]] = []
        self._foot: list[tuple[int, int]] = []  # from the last one upwards
        start = 0
        while start < len(text) and len(self._head) < head:
            end = _end_of_line(text, start)
            if end > start and not text[start:end].isspace():
                self._head.append((start, end))
            start = end + 1
        end = len(text)
        while end > 0 and len(self._foot) < foot:
            start = _start_of_line(text, end)
            if end > start and not text[start:end].isspace():
                self._foot.append((start, end))
            end = start - 1

    def places(self, gate: Gate) -> Iterator[tuple[int, int]]:
        """Where the head and the foot of ``gate`` start and end."""
        if gate.head and self._head:
            yield 0, self._head[: gate.head][-1][1]
        if gate.foot and self._foot:
            yield self._foot[: gate.foot][-1][0], self._foot[0][1]


def _signs(gate: Gate, passage: Passage) -> Sequence[str]:
    """What may stand anywhere in a line to let it pass."""
    if gate.mentions is None:
        return gate.holds
    mentioned = fold("\n".join(gate.mentions(passage)))
    return (*gate.holds, *mentioned.split("\n")) if mentioned else gate.holds


def _lines_with(sign: str, text: str, start: int, end: int) -> set[int]:
    """Where the lines between two places start that hold ``sign``."""
    starts: set[int] = set()
    place = text.find(sign, start, end)
    while place >= 0:
        starts.add(_start_of_line(text, place))
        place = text.find(sign, _end_of_line(text, place), end)
    return starts


def _start_of_line(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _passing(gate: Gate, passage: Passage, starts: Iterable[int], ends: _Ends) -> Iterator[Line]:
    """The lines that are short enough and in the right place, in order."""
    text, longest = passage.text, gate.longest or len(passage.text)
    places = [*ends.places(gate)] if gate.is_placed else [(0, len(text) + 1)]
    for start in sorted(starts):
        end = _end_of_line(text, start)
        if end - start > longest and not (text[start].isspace() or text[end - 1].isspace()):
            continue  # most lines that do not pass, before anything is made of them
        if any(first <= start < last for first, last in places):
            line = passage.line_at(start)
            if line.text and len(line.text) <= longest:
                yield line
