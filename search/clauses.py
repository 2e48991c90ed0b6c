"""The tree of a query as a person typed it. The language makes it; everything else reads it.

Two things are read off it: the Whoosh query that finds articles, and the marks in their text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from search.dates import Days

# Words that a query may leave out where others stand beside them: an article without "the" still
# answers "the ferry strike". Only words that no name and no headline is made of.
COMMON = frozenset(
    "a an and are as at be by for from in is it its of on or that the this to was were with".split()  # noqa: SIM905
)
OPERATORS = frozenset({"AND", "OR", "NOT"})

Field = Literal["title", "author", "source", "tag"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed. ``prefix`` asks for every word that begins with it."""

    text: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow one another, as typed; also what a hyphen joins."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """Published within these days."""

    days: Days
    text: str


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


Clause = Word | Phrase | Dated | AllOf | AnyOf | Not


def is_common(clause: Clause) -> bool:
    """Whether ``clause`` is a small word that an article need not have."""
    return (
        isinstance(clause, Word)
        and clause.field is None
        and not clause.prefix
        and clause.text in COMMON
    )


def in_field(clause: Clause, field: Field) -> Clause:
    """``clause`` with every word that has no field of its own bound to ``field``."""
    match clause:
        case Word() | Phrase():
            return clause if clause.field else replace(clause, field=field)
        case AllOf(parts):
            return AllOf(tuple(in_field(part, field) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(in_field(part, field) for part in parts))
        case Not(part):
            return Not(in_field(part, field))
        case Dated():
            return clause


def printed(clause: Clause, *, inside: bool = False) -> str:
    """``clause`` written in the language."""
    match clause:
        case Word(text, field, prefix):
            word = f'"{text}"' if text in OPERATORS and not prefix else text
            return f"{field + ':' if field else ''}{word}{'*' if prefix else ''}"
        case Phrase(text, field):
            return f'{field + ":" if field else ""}"{text}"'
        case Dated(_, text):
            return f"date:{text}"
        case AllOf(parts):
            text = " ".join(printed(part, inside=True) for part in parts)
            return f"({text})" if inside and len(parts) > 1 else text
        case AnyOf(parts):
            text = " OR ".join(printed(part, inside=True) for part in parts)
            return f"({text})" if inside and len(parts) > 1 else text
        case Not(part):
            return f"-{printed(part, inside=True)}"


def spoken(clause: Clause, *, match_any: bool = False) -> str:
    """``clause`` in plain words, to follow "Articles": 'with “ferry” and “strike”, by “Grieve”'."""
    parts = clause.parts if isinstance(clause, AllOf) else (clause,)
    with_words = [_with(part) for part in parts if _is_words(part)]
    joined = (", or with " if match_any else " and ").join(with_words)
    said = [f"with {joined}"] if joined else []
    return ", ".join([*said, *(_told(part) for part in parts if not _is_words(part))])


_FIELD_WORDS = {"title": "in the title", "author": "by", "source": "in", "tag": "tagged"}


def _is_words(clause: Clause) -> bool:
    """Whether "with" goes before it."""
    match clause:
        case Word() | Phrase():
            return clause.field in {None, "title"}
        case AllOf(parts) | AnyOf(parts):
            return all(_is_words(part) for part in parts)
        case _:
            return False


def _with(clause: Clause) -> str:
    match clause:
        case Word(text, field, prefix):
            said = f"words that begin with “{text}”" if prefix else f"“{text}”"
            return f"{said} in the title" if field else said
        case Phrase(text, field):
            return f"the phrase “{text}”" + (" in the title" if field else "")
        case AllOf(parts):
            return "(" + " and ".join(map(_with, parts)) + ")"
        case AnyOf(parts):
            return "(" + " or ".join(map(_with, parts)) + ")"
        case _:
            return _told(clause)


def _told(clause: Clause) -> str:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Word(text, field, prefix) if field:
            name = f"names that begin with “{text}”" if prefix else f"“{text}”"
            return (
                f"{name} {_FIELD_WORDS[field]}"
                if field == "title"
                else f"{_FIELD_WORDS[field]} {name}"
            )
        case Phrase(text, field) if field:
            return f"{_FIELD_WORDS[field]} “{text}”"
        case Dated(days):
            return f"published {days}"
        case AllOf(parts):
            return " and ".join(map(_told, parts))
        case AnyOf(parts):
            return "either " + " or ".join(map(_told, parts))
        case Not(part):
            return f"without {_with(part)}" if _is_words(part) else f"not {_told(part)}"
        case _:
            return f"with {_with(clause)}"
