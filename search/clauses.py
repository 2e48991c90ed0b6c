"""The tree of a query as a person typed it. The language makes it; everything else reads it.

Three things are read off it: the Whoosh query that finds articles, the marks in their text, and
the sentence that says what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, TypeVar

from index.analysis import host
from search.days import Days

Sought = TypeVar("Sought")

# Words that a query may leave out where others stand beside them: an article without "the" still
# answers "the ferry strike". Only words that no name and no headline is made of.
COMMON = frozenset(
    "a an and are as at be by for from in is it its of on or that the this to was were with".split()  # noqa: SIM905
)
# Words that one word out of many can do without: what questions are put together with. Not those
# that are names as well: may, will, us, who, one. Left out where any word is enough: nDCG@10 on
# Cranfield .532 for .529, on CISI .389 for .376.
_ASKING = COMMON | frozenset(
    "what which whose whom how why when where can could should would do does did done has have had"  # noqa: SIM905
    " having been being am there here these those into such than then if but not no nor so any some"
    " also very he she they we you i me him them his her their our your my".split()
)
OPERATORS = frozenset({"AND", "OR", "NOT", "SENTENCE"})

Field = Literal[
    "title", "lead", "author", "source", "tag", "section", "dateline", "lang", "slug", "clutter"
]
MOST_WORDS = 9_999_999
# Where sentences are known; None is the whole article.
IN_SENTENCES: frozenset[Field | None] = frozenset({None, "title", "lead"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed. ``prefix`` asks for every word that begins with it."""

    text: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every word that fits ``text``, in which ? is any letter and * any letters or none."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word that at most ``edits`` letters tell from this one; its first letter stands."""

    text: str
    field: Field | None = None
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow one another, as typed; also what a hyphen joins."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Words, or phrases, in any order with fewer than ``places`` other words among them."""

    parts: tuple[str, ...]
    places: int
    field: Field | None = None

    @property
    def text(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, or phrases, that one sentence has all of."""

    parts: tuple[str, ...]
    field: Field | None = None

    @property
    def text(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A word, or a phrase, that stands so many times in one field; None is the text."""

    text: str
    times: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """As many words as ``least`` to ``most``, both of which count; None is no bound."""

    least: int | None
    most: int | None

    @property
    def text(self) -> str:
        if self.most is None:
            return f">{self.least - 1}" if self.least else ">=0"
        if self.least is None:
            return f"<={self.most}" if self.most == MOST_WORDS else f"<{self.most + 1}"
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


@dataclass(frozen=True, slots=True)
class Dated:
    """Published, or ``updated``, within these days; ``counted`` is what words count from."""

    days: Days
    text: str
    updated: bool = False
    counted: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least must match."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not match."""

    part: Clause


Worded = Word | Pattern | Fuzzy | Phrase | Near | Sentence | AtLeast
# What picks articles and says nothing about their order.
Picking = Dated | Length
Clause = Worded | Picking | AllOf | AnyOf | Not


def all_of(parts: Sequence[Clause]) -> Clause | None:
    """One clause for several side by side; groups of the same kind melt into one."""
    flat: list[Clause] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat)) if flat else None


def is_common(clause: Clause) -> bool:
    """Whether ``clause`` is a small word that an article need not have."""
    return (
        isinstance(clause, Word)
        and clause.field is None
        and not clause.prefix
        and host(clause.text) in COMMON
    )


def of_telling(
    parts: Sequence[Clause], sought: Callable[[Clause], Iterable[Sought]]
) -> Iterable[Sought]:
    """What is ``sought`` of the parts but the small words, and of these where that is nothing: they
    are not worth a mark beside others."""
    telling = [part for part in parts if not is_common(part)]
    return list(chain.from_iterable(map(sought, telling))) or chain.from_iterable(
        map(sought, parts)
    )


def only_asks(clause: Clause) -> bool:
    """Whether ``clause`` is a word that says next to nothing beside others, however it begins."""
    return (
        isinstance(clause, Word)
        and clause.field is None
        and not clause.prefix
        and host(clause.text).lower() in _ASKING
        and not (clause.text.isupper() and len(clause.text) > 1)  # IT, CAN
    )


def worded(text: str, field: Field | None = None) -> Word | Phrase:
    """The clause for words that are apart by spaces."""
    return Phrase(text, field) if " " in text else Word(text, field)


def in_field(clause: Clause, field: Field) -> Clause:
    """``clause`` with every word that has no field of its own bound to ``field``."""
    match clause:
        case Dated() | Length():
            return clause
        case AllOf(parts):
            return all_of([in_field(part, field) for part in parts]) or clause
        case AnyOf(parts):
            return AnyOf(tuple(in_field(part, field) for part in parts))
        case Not(part):
            return Not(in_field(part, field))
        case Sentence(parts, None) if field not in IN_SENTENCES:
            return AllOf(tuple(worded(part, field) for part in parts))
        case _:
            return clause if clause.field else replace(clause, field=field)


# -- written in the language

_PLAIN_DATE = re.compile(r'(?:[\w<>=.]|/\d)[^\s()"]*')


def printed(clause: Clause, *, inside: bool = False) -> str:  # noqa: PLR0911 - one for each kind
    """``clause`` written in the language: what it is read as again."""
    match clause:
        case Dated(_, text, updated):
            value = text if _PLAIN_DATE.fullmatch(text) else f'"{text}"'
            return f"{'updated' if updated else 'date'}:{value}"
        case Length():
            return f"words:{clause.text}"
        case AllOf(parts):
            text = " ".join(printed(part, inside=True) for part in parts)
            return f"({text})" if inside and len(parts) > 1 else text
        case AnyOf(parts):
            text = " OR ".join(printed(part, inside=True) for part in parts)
            return f"({text})" if inside and len(parts) > 1 else text
        case Not(part):
            return f"-{printed(part, inside=True)}"
        case _:
            text = _printed_words(clause)
            if clause.field:
                return f"{clause.field}:" + (f"({text})" if _is_joined(clause) else text)
            return f"({text})" if inside and _is_joined(clause) else text


def _printed_words(clause: Worded) -> str:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Word(text, _, prefix):
            return f"{text}*" if prefix else _quoted(text)
        case Pattern(text):
            return text
        case Fuzzy(text, _, edits):
            return f"{text}~{edits if edits > 1 else ''}"
        case Phrase(text):
            return f'"{text}"'
        case Near(parts, places):
            if _is_joined(clause):
                return f" NEAR/{places} ".join(map(_quoted, parts))
            return f'"{" ".join(parts)}"~{places}'
        case Sentence(parts):
            return " SENTENCE ".join(map(_quoted, parts))
        case AtLeast(text, times):
            return f"atleast:{times}({_quoted(text)})"


def _is_joined(clause: Worded) -> bool:
    """Whether it is written with an operator between its parts."""
    match clause:
        case Near(parts):
            return any(" " in part for part in parts)
        case _:
            return isinstance(clause, Sentence)


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text or text in OPERATORS else text


def counted_from(clause: Clause) -> Iterator[str]:
    """What the relative dates in ``clause`` were counted from."""
    match clause:
        case Dated(counted=counted) if counted:
            yield counted
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from counted_from(part)
        case Not(part):
            yield from counted_from(part)
