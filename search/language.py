"""What people type, to a tree of clauses. It never fails: what is not understood becomes words.

word another        all words (which of them may be missing is the request's ``match``)
"exact phrase"      one after the other
one OR other        either;  AND may be written and changes nothing
-word  NOT word     without it
( )                 grouping
begin*              every word that begins so
author: title: source: tag:      in that field; a group or a phrase may follow
date:2014-02  date:2014-02/2014-04  date:>2014-03      published then
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from index.analysis import words
from search import dates
from search.clauses import (
    OPERATORS,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    Field,
    Not,
    Phrase,
    Word,
    in_field,
)

# Measured on Whoosh: beyond these a query can be made to take seconds; no person types one.
MOST_CHARACTERS = 512
_MOST_CLAUSES = 64
_MOST_DEPTH = 16
_SHORTEST_PREFIX = 2

_FIELDS: dict[str, Field] = {
    "title": "title", "headline": "title",
    "author": "author", "by": "author", "byline": "author",
    "source": "source", "outlet": "source",
    "tag": "tag",
}  # fmt: skip
_DATE_FIELDS = frozenset({"date", "published"})

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<quoted>"[^"]*")
    | (?P<quote>")
    | (?P<minus>(?<![^\s(:\-−–])[-−–](?=[^\s\-−–)]))
    | (?P<field>[^\W\d_][\w-]*:(?=[^\s:/)]|/\d))
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"'})


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


def parse(text: str) -> Query:
    """Read a query. Any string gives a Query; none raises."""
    return _Parser(text).query()


@dataclass(slots=True)
class _Token:
    kind: str
    text: str


@dataclass(slots=True)
class _Parser:
    """Recursive descent over the tokens, with a bound on depth."""

    typed: str
    tokens: list[_Token] = field(default_factory=list)
    place: int = 0
    depth: int = 0
    clauses: int = 0
    notes: list[str] = field(default_factory=list)

    def query(self) -> Query:
        text = self._plain(self.typed)
        self.tokens = self._tokens(text)
        parts: list[Clause] = []
        while self.place < len(self.tokens):
            part = self._any_of()
            if part is not None:
                parts.append(part)
            if self._next_is("close"):
                self.place += 1
                self._note("a closing bracket without an opening one was left out")
        root = _all(parts)
        return Query(self.typed, root, tuple(dict.fromkeys(self.notes)))

    def _plain(self, text: str) -> str:
        """The typed text without what no article holds: controls, half characters."""
        text = "".join(
            " " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c
            for c in text[: 4 * MOST_CHARACTERS]
        )
        text = unicodedata.normalize("NFC", text).translate(_QUOTES)
        if len(self.typed) > MOST_CHARACTERS:
            self._note(f"only the first {MOST_CHARACTERS} characters were read")
        return text[:MOST_CHARACTERS]

    def _tokens(self, text: str) -> list[_Token]:
        tokens = [
            _Token(match.lastgroup or "word", match.group())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "space"
        ]
        if any(token.kind == "quote" for token in tokens):
            self._note("a quotation mark without its partner was left out")
        return self._without_lone_operators([token for token in tokens if token.kind != "quote"])

    def _without_lone_operators(self, tokens: list[_Token]) -> list[_Token]:
        """Operators that join or negate nothing become words."""
        kept: list[_Token] = []
        for number, token in enumerate(tokens):
            if token.kind == "word" and token.text in OPERATORS:
                before = kept[-1] if kept else None
                after = tokens[number + 1] if number + 1 < len(tokens) else None
                if _opens(after) and (token.text == "NOT" or _closes(before)):
                    kept.append(_Token("operator", token.text))
                    continue
                self._note(f"{token.text} had nothing to join: it was searched as a word")
                kept.append(_Token("quoted", f'"{token.text}"'))
            else:
                kept.append(token)
        return kept

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
            part = self._without()
            if part is not None:
                parts.append(part)
        return _all(parts)

    def _without(self) -> Clause | None:
        negated = False
        while self._next_is("minus") or self._at_operator("NOT"):
            self.place += 1
            negated = not negated
        part = self._atom()
        if negated and part is not None:
            return part.part if isinstance(part, Not) else Not(part)
        return part

    def _atom(self) -> Clause | None:
        if self.place >= len(self.tokens):
            return None
        token = self.tokens[self.place]
        self.place += 1
        match token.kind:
            case "open":
                return self._group()
            case "quoted":
                return self._quoted(token.text[1:-1])
            case "field":
                return self._in_field(token.text)
            case "minus":
                return None
            case _:
                return self._leaf(token.text)

    def _group(self) -> Clause | None:
        if self.depth >= _MOST_DEPTH:
            self._note(f"brackets deeper than {_MOST_DEPTH} were left out")
            return None
        self.depth += 1
        part = self._any_of()
        self.depth -= 1
        if self._next_is("close"):
            self.place += 1
        else:
            self._note("an opening bracket without a closing one was left out")
        return part

    def _in_field(self, typed: str) -> Clause | None:
        name = typed[:-1].casefold()
        if name in _DATE_FIELDS:
            return self._dated(typed)
        if name not in _FIELDS:
            self._note(f"there is no field “{typed[:-1]}”: it was searched as a word")
            following = self._atom()
            return _all([part for part in (self._leaf(typed[:-1]), following) if part is not None])
        if not self._operand_follows() and not self._at_operator("NOT"):
            return self._leaf(typed)
        part = self._without()
        return in_field(part, _FIELDS[name]) if part is not None else None

    def _dated(self, typed: str) -> Clause | None:
        if not self._operand_follows():
            return self._leaf(typed)
        token = self.tokens[self.place]
        value = token.text.strip('"').strip()
        days = dates.parse(value) if token.kind in {"word", "quoted"} else None
        if days is not None:
            self.place += 1
            return self._counted(lambda: Dated(days, value))
        self._note(
            f"“{value}” is no date such as 2014, 2014-02, 2014-02-03 or 2014-02/2014-04:"
            " it was searched as a word"
        )
        return self._atom()

    def _quoted(self, text: str) -> Clause | None:
        found = [text[word.start : word.end] for word in words(text)]
        if not found:
            if text.strip():
                self._note(f"“{text}” holds no word")
            return None
        if len(found) == 1:
            return self._counted(lambda: Word(found[0]))
        return self._counted(lambda: Phrase(" ".join(text.split())))

    def _leaf(self, text: str) -> Clause | None:
        """A word as typed: one word, a prefix, or what punctuation joins, which is a phrase."""
        found = [text[word.start : word.end] for word in words(text)]
        if not found:
            self._note(f"“{text}” holds no word")
            return None
        if text[-1] == ":" and text[:-1].casefold() in {*_FIELDS, *_DATE_FIELDS}:
            self._note(f"“{text}” has nothing right behind it: it was searched as a word")
        if len(found) == 1 and text.endswith("*") and "*" not in text[:-1]:
            if len(found[0]) >= _SHORTEST_PREFIX:
                return self._counted(lambda: Word(found[0], prefix=True))
            self._note(f"“{text}” is too short for a beginning: it was searched as a word")
        elif "*" in text or "?" in text[:-1]:
            self._note(f"a star only works at the end of a word: “{text}” was searched without it")
        if len(found) == 1:
            return self._counted(lambda: Word(found[0]))
        return self._counted(lambda: Phrase(" ".join(found)))

    # -- small things

    def _counted(self, make: Callable[[], Clause]) -> Clause | None:
        self.clauses += 1
        if self.clauses > _MOST_CLAUSES:
            self._note(f"only the first {_MOST_CLAUSES} words were searched")
            return None
        return make()

    def _next_is(self, kind: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].kind == kind

    def _at_operator(self, operator: str) -> bool:
        return self._next_is("operator") and self.tokens[self.place].text == operator

    def _operand_follows(self) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].kind not in {
            "close",
            "operator",
        }

    def _note(self, text: str) -> None:
        self.notes.append(text)


def _closes(token: _Token | None) -> bool:
    """Whether something ends with ``token`` that an operator after it can join."""
    return token is not None and token.kind in {"word", "quoted", "close"}


def _opens(token: _Token | None) -> bool:
    """Whether something begins with ``token`` that an operator before it can join or negate."""
    return token is not None and (
        token.kind in {"quoted", "open", "field", "minus"}
        or (token.kind == "word" and token.text not in {"AND", "OR"})
    )


def _all(parts: list[Clause]) -> Clause | None:
    """One clause for several side by side; groups of the same kind melt into one."""
    flat: list[Clause] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat)) if flat else None
