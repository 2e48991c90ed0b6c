"""What people type, to a tree of clauses. It never fails: what is not understood becomes words.

word another        all words (which of them may be missing is the request's ``match``)
"exact phrase"      one after the other
one OR other        either;  AND may be written and changes nothing
-word  NOT word     without it
( )                 grouping
begin*  wil*d  wo?d every word that begins so, or fits
ferry~  ferry~2     that spelling, or one or two letters away from it
"a b"~5  a NEAR/5 b near one another, in any order
a SENTENCE b        in the same sentence
atleast:3(word)     three times or more
title: lead: author: source: tag: section: dateline: lang: slug:     in that field
in:clutter word     in what was set aside;  clutter:word  beside other words
date:2014-02  date:"last week"  date:>2014-03  updated:2014          published then, updated then
words:>1200  words:500-800                                           as long as that
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC

from search import dates, leaves
from search.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Field,
    Not,
    Phrase,
    Word,
    all_of,
    in_field,
)
from search.closeness import joined
from search.dates import Clock
from search.tokens import Token, plain, tokens_of
from search.wording import Said, said

# A paragraph put in as a question fits; the work of a query is bound by ``execution`` as well.
MOST_CHARACTERS = 2048
_MOST_CLAUSES = 256
_MOST_DEPTH = 16
_MOST_TIMES = 999
_LONGEST_DATE = 6  # words of a date that is not in quotes

FIELDS: Mapping[str, Field] = {
    "title": "title", "headline": "title",
    "lead": "lead",
    "author": "author", "by": "author", "byline": "author",
    "source": "source", "outlet": "source",
    "tag": "tag", "section": "section", "dateline": "dateline", "slug": "slug",
    "lang": "lang", "language": "lang",
    "clutter": "clutter",
}  # fmt: skip
_DATE_FIELDS = {"date": False, "published": False, "updated": True}
_NAMES = frozenset({*FIELDS, *_DATE_FIELDS, "words", "atleast"})


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. ``root`` is None where nothing was asked for.

    ``notes`` say, in plain sentences, what was read otherwise than it was typed.
    """

    text: str
    root: Clause | None
    notes: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The parts that stand side by side at the top."""
        match self.root:
            case None:
                return ()
            case AllOf(parts):
                return parts
            case _:
                return (self.root,)


def parse(text: str, clock: Clock | None = None) -> Query:
    """Read a query. Any string gives a Query; none raises.

    ``clock`` is what "last week" counts from; without one it is today.
    """
    return _Parser(text, clock).query()


@dataclass(slots=True)
class _Parser:
    """Recursive descent over the tokens, with a bound on depth."""

    typed: str
    clock: Clock | None
    tokens: list[Token] = field(default_factory=list)
    place: int = 0
    clauses: int = 0
    nested: int = 0  # how many fields the next one is bound to: by:title:by:
    notes: list[str] = field(default_factory=list)
    # For each open bracket, and the query itself, the field that in: named there.
    scopes: list[Field | None] = field(default_factory=lambda: [None])

    def query(self) -> Query:
        text = plain(self.typed[: 4 * MOST_CHARACTERS])[:MOST_CHARACTERS]
        if len(self.typed) > MOST_CHARACTERS:
            self._note(said("only the first {most} characters were read", most=MOST_CHARACTERS))
        self.tokens = tokens_of(text, self.notes)
        parts: list[Clause] = []
        while self.place < len(self.tokens):
            part = self._any_of()
            if part is not None:
                parts.append(part)
            if self._next_is("close"):
                self.place += 1
                self._note(said("a closing bracket without an opening one was left out"))
        root = self._scoped(all_of(parts))
        return Query(self.typed, root, tuple(dict.fromkeys(self.notes)))

    # -- the grammar

    def _any_of(self) -> Clause | None:
        parts = [self._all_of()]
        while self._at_operator("OR"):
            self.place += 1
            parts.append(self._all_of())
        found = tuple(part for part in parts if part is not None)
        return AnyOf(found) if len(found) > 1 else found[0] if found else None

    def _all_of(self) -> Clause | None:
        parts: list[Clause] = []
        while self.place < len(self.tokens) and not self._next_is("close"):
            if self._at_operator("OR"):
                break
            if self._at_operator("AND"):
                self.place += 1
                continue
            part = self._without(self._joined)
            if part is not None:
                parts.append(part)
        return all_of(parts)

    def _without(self, operand: Callable[[], Clause | None]) -> Clause | None:
        negated = False
        while self._next_is("minus") or self._at_operator("NOT"):
            self.place += 1
            negated = not negated
        scope = self.scopes[-1]
        part = operand()
        if negated and part is not None:
            return part.part if isinstance(part, Not) else Not(part)
        if negated and self.scopes[-1] != scope:
            self.scopes[-1] = scope
            self._note(said("in: cannot be excluded: it was left out"))
        return part

    def _joined(self) -> Clause | None:
        """Operands that NEAR/5 and SENTENCE stand between; they bind tighter than all else."""
        first = self._atom()
        operands, operators = [first] if first is not None else [], []
        while self.place < len(self.tokens) and self.tokens[self.place].joins:
            operator = self.tokens[self.place]
            self.place += 1
            operand = self._atom()
            if operand is None:
                continue
            if operands:
                operators.append(operator)
            operands.append(operand)
        return joined(operands, operators, self.notes) if operators else next(iter(operands), None)

    def _atom(self) -> Clause | None:
        if self.place >= len(self.tokens):
            return None
        token = self.tokens[self.place]
        self.place += 1
        match token.kind:
            case "open":
                return self._group()
            case "quoted":
                text, _, places = token.text[1:].rpartition('"')
                near = int(places[1:]) if places else None
                return self._counted(lambda: leaves.quoted(text, near, self.notes))
            case "field" if self.nested < _MOST_DEPTH:
                self.nested += 1
                part = self._in_field(token.text)
                self.nested -= 1
                return part
            case "minus":
                return None
            case _:
                return self._leaf(token.text)

    def _group(self) -> Clause | None:
        if len(self.scopes) > _MOST_DEPTH:
            self._note(said("brackets deeper than {most} were left out", most=_MOST_DEPTH))
            return None
        self.scopes.append(None)
        part = self._scoped(self._any_of())
        self.scopes.pop()
        if self._next_is("close"):
            self.place += 1
        else:
            self._note(said("an opening bracket without a closing one was left out"))
        return part

    # -- fields

    def _in_field(self, typed: str) -> Clause | None:  # noqa: PLR0911 - one for each kind of field
        name = typed[:-1].casefold()
        if name in _DATE_FIELDS:
            return self._dated(typed, updated=_DATE_FIELDS[name])
        if name == "words":
            return self._long(typed)
        if name == "atleast":
            return self._at_least(typed)
        if name == "in" and self._next_is("word") and self._text().casefold() in FIELDS:
            return self._scope()
        if name not in FIELDS:
            self._note(
                said("there is no field “{name}”: it was searched as a word", name=typed[:-1])
            )
            return self._as_words(typed[:-1])
        if not self._operand_follows() and not self._at_operator("NOT"):
            return self._leaf(typed)
        part = self._without(self._atom)
        return in_field(part, FIELDS[name]) if part is not None else None

    def _as_words(self, typed: str) -> Clause | None:
        """What was typed as a field, and what follows it."""
        parts = [self._leaf(typed), self._atom()]
        return all_of([part for part in parts if part is not None])

    def _scope(self) -> Clause | None:
        """in:clutter, for all words beside it that have no field of their own."""
        name = self._text()
        self.place += 1
        if len(self.tokens) == 2:
            self._note(said("in:{name} has no word beside it: it was searched as words", name=name))
            return self._leaf(f"in {name}")
        self.scopes[-1] = FIELDS[name.casefold()]
        return None

    def _scoped(self, part: Clause | None) -> Clause | None:
        scope = self.scopes[-1]
        return in_field(part, scope) if part is not None and scope is not None else part

    def _dated(self, typed: str, *, updated: bool) -> Clause | None:
        if not self._operand_follows():
            return self._leaf(typed)
        value, size, reading = self._date()
        if reading is not None and reading.days is not None:
            days, counted = reading.days, reading.counted
            self.place += size
            return self._counted(lambda: Dated(days, value, updated, counted))
        if reading is None:
            fault = said(
                "“{text}” is no date such as 2014, 2014-02, 2014-02-03 or 2014-02/2014-04",
                text=value,
            )
        else:
            fault = said("“{text}” is no date, because {fault}", text=value, fault=reading.fault)
        self._note(said("{fault}: it was searched as a word", fault=fault))
        return self._atom()

    def _date(self) -> tuple[str, int, dates.Reading | None]:
        """The date that comes next: its text, how many tokens it is, and what it was read as.

        Words that are not in quotes are taken for as long as they make a date.
        """
        first = self.tokens[self.place]
        if first.kind == "quoted":
            value = " ".join(first.text.strip('"').split())
            return value, 1, self._read(value)
        run: list[str] = []
        for token in self.tokens[self.place : self.place + _LONGEST_DATE]:
            if token.kind != "word":
                break
            run.append(token.text)
        if first.kind != "word" or dates.parse(run[0]) is not None:
            return first.text, 1, self._read(first.text) if first.kind == "word" else None
        readings: list[tuple[str, int, dates.Reading | None]] = [
            (value, size, reading)
            for size in range(len(run), 0, -1)
            if (reading := self._read(value := " ".join(run[:size]))) is not None
        ]
        understood = [one for one in readings if one[2] and one[2].days]
        return (understood or readings or [(first.text, 1, None)])[0]

    def _read(self, value: str) -> dates.Reading | None:
        return dates.read(value, self.clock or Clock.at(UTC))

    def _long(self, typed: str) -> Clause | None:
        if not self._operand_follows():
            return self._leaf(typed)
        token = self.tokens[self.place]
        value = token.text.strip('"')
        length = leaves.length(value) if token.kind in {"word", "quoted"} else None
        if length is None:
            self._note(
                said(
                    "“{text}” is no number of words such as 800, >1200 or 500-800:"
                    " it was searched as a word",
                    text=value,
                )
            )
            return self._atom()
        self.place += 1
        return self._counted(lambda: length)

    def _at_least(self, typed: str) -> Clause | None:
        times = self._text() if self._next_is("word") else ""
        if not (times.isdecimal() and len(times) <= 4 and self._operand_follows(1)):
            self._note(
                said(
                    "atleast: takes a number and a word, as in atleast:3(word):"
                    " it was searched as words"
                )
            )
            return self._as_words(typed[:-1])
        self.place += 1
        number = max(1, min(int(times), _MOST_TIMES))
        if number != int(times):
            self._note(
                said(
                    "atleast: counts from 1 to {most}: {times} was read as {number}",
                    most=_MOST_TIMES,
                    times=times,
                    number=number,
                )
            )
        part = self._atom()
        return self._times(part, number) if part is not None else None

    def _times(self, clause: Clause, times: int) -> Clause:
        match clause:
            case Word(text, field, False) | Phrase(text, field):
                return AtLeast(" ".join(leaves.split(text)), times, field)
            case AllOf(parts) | AnyOf(parts):
                return replace(clause, parts=tuple(self._times(part, times) for part in parts))
            case Not(part):
                return Not(self._times(part, times))
            case _:
                self._note(
                    said("atleast: counts words and phrases; the rest was read as it stands")
                )
                return clause

    # -- words

    def _leaf(self, text: str) -> Clause | None:
        if text[-1] == ":" and text[:-1].casefold() in _NAMES:
            self._note(
                said("“{text}” has nothing right behind it: it was searched as a word", text=text)
            )
        if not self._may_ask():
            leaves.note_question_mark(text, self.notes)
        return self._counted(lambda: leaves.leaf(text, self.notes))

    def _counted(self, make: Callable[[], Clause | None]) -> Clause | None:
        if self.clauses >= _MOST_CLAUSES:
            self._note(said("only the first {most} words were searched", most=_MOST_CLAUSES))
            return None
        part = make()
        self.clauses += part is not None
        return part

    def _may_ask(self) -> bool:
        """Whether a question can end here: not one of a single word, nor in the middle of a
        sentence."""
        if self.place < len(self.tokens):
            following = self.tokens[self.place]
            if following.kind in {"operator", "minus", "field"} or following.text[0].islower():
                return False
        return sum(token.kind in {"word", "quoted"} for token in self.tokens) > 1

    # -- small things

    def _next_is(self, kind: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].kind == kind

    def _text(self) -> str:
        return self.tokens[self.place].text

    def _at_operator(self, operator: str) -> bool:
        return self._next_is("operator") and self._text() == operator

    def _operand_follows(self, ahead: int = 0) -> bool:
        place = self.place + ahead
        return place < len(self.tokens) and self.tokens[place].kind not in {"close", "operator"}

    def _note(self, text: Said) -> None:
        self.notes.append(text)
