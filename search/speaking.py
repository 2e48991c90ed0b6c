"""Clauses in plain words: the sentence that says what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from search.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Field,
    Fuzzy,
    Length,
    Near,
    Not,
    Pattern,
    Phrase,
    Sentence,
    Word,
    Worded,
)
from search.languages import name_of
from search.loosening import loosened


def spoken(clause: Clause, *, match_any: bool = False) -> str:
    """``clause`` in plain words, to follow "Articles": 'with “ferry” and “strike”, by “Grieve”'."""
    if match_any:
        clause = loosened(clause)
    parts = clause.parts if isinstance(clause, AllOf) else (clause,)
    words = [part for part in parts if _is_words(part)]
    joined = " and ".join(map(_with, words))
    match words:
        case [AnyOf(alternatives)] if match_any:
            joined = ", or with ".join(map(_with, alternatives))
    said = [f"with {joined}"] if joined else []
    return ", ".join([*said, *(_told(part) for part in parts if not _is_words(part))])


# Before the words, or behind them.
_BEFORE: dict[Field, str] = {
    "author": "by", "source": "in", "tag": "tagged", "section": "in the section",
    "dateline": "datelined", "slug": "sent as",
}  # fmt: skip
_BEHIND: dict[Field | None, str] = {
    None: "", "title": " in the title", "lead": " in the title or first paragraph",
    "clutter": " in what was set aside",
}  # fmt: skip


def _is_words(clause: Clause) -> bool:
    """Whether "with" goes before it."""
    match clause:
        case AllOf(parts) | AnyOf(parts):
            return all(_is_words(part) for part in parts)
        case Not() | Dated() | Length():
            return False
        case _:
            return clause.field in _BEHIND


def _with(clause: Clause) -> str:
    match clause:
        case AllOf(parts):
            return "(" + " and ".join(map(_with, parts)) + ")"
        case AnyOf(parts):
            return "(" + " or ".join(map(_with, parts)) + ")"
        case Not() | Dated() | Length():
            return _told(clause)
        case _ if clause.field not in _BEHIND:
            return _told(clause)
        case _:
            return _said(clause, "words") + _BEHIND[clause.field]


def _told(clause: Clause) -> str:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Dated(days, text, updated, counted):
            said = f"{'updated' if updated else 'published'} {days}"
            return f"{said} ({text}, counted from {counted})" if counted else said
        case Length():
            return _long(clause)
        case AllOf(parts):
            return " and ".join(map(_told, parts))
        case AnyOf(parts):
            return "either " + " or ".join(map(_told, parts))
        case Not(part):
            return f"without {_with(part)}" if _is_words(part) else f"not {_told(part)}"
        case _ if clause.field in _BEHIND:
            return f"with {_with(clause)}"
        case Word(text, "lang"):
            return f"in {name_of(text)}"
        case _:
            return f"{_named(clause.field)} {_said(clause, 'names')}"


def _named(field: Field | None) -> str:
    return _BEFORE.get(field, "in the language") if field else ""


def _said(clause: Worded, things: str) -> str:  # noqa: PLR0911 - a return for each kind of clause
    """The words themselves; ``things`` are what they are: words of a text, or names."""
    match clause:
        case Word(text, _, True):
            return f"{things} that begin with “{text}”"
        case Word(text):
            return f"“{text}”"
        case Pattern(text):
            return f"{things} like “{text}”"
        case Fuzzy(text, _, edits):
            letters = "a letter" if edits == 1 else f"up to {edits} letters"
            return f"“{text}” or {things} that differ from it by {letters}"
        case Phrase(text, field):
            return f"“{text}”" if field in _BEFORE else f"the phrase “{text}”"
        case Near(parts, places):
            words = "a word" if places == 1 else f"{places} words"
            return f"{_listed(parts)} within {words} of one another"
        case Sentence(parts):
            return f"{_listed(parts)} in the same sentence"
        case AtLeast(text, times):
            return f"“{text}” at least {'once' if times == 1 else f'{times} times'}"


def _listed(parts: Sequence[str]) -> str:
    quoted = [f"“{part}”" for part in parts]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _long(length: Length) -> str:
    match length:
        case Length(None, int(most)):
            return f"of fewer than {most + 1:,} words"
        case Length(int(least), None):
            return f"of more than {least - 1:,} words"
        case Length(least, most) if least == most:
            return f"of {least:,} words"
        case _:
            return f"of {length.least:,} to {length.most:,} words"
