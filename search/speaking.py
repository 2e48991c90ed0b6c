"""Clauses in plain words: the sentence that says what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
from search.languages import in_language
from search.loosening import loosened
from search.wording import Listed, Said, counted, pattern, said

_AND = pattern("{before} and {next}")
_OR = pattern("{before} or {next}")
_THEN = pattern("{before}, {next}")
_OR_WITH = pattern("{before}, or with {next}")
# What goes before names, and what behind words.
_NAMES: dict[Field | None, str] = {
    "author": pattern("by {name}"), "source": pattern("in {source}"),
    "tag": pattern("tagged {name}"), "section": pattern("in the section {name}"),
    "dateline": pattern("datelined {name}"), "slug": pattern("sent as {name}"),
    "lang": pattern("in the language {name}"),
}  # fmt: skip
_WORDS: dict[Field | None, str] = {
    None: "", "title": pattern("{words} in the title"),
    "lead": pattern("{words} in the title or first paragraph"),
    "clutter": pattern("{words} in what was set aside"),
}  # fmt: skip
_QUOTED = pattern("“{text}”")
_PHRASE = pattern("the phrase “{text}”")
# Of what was published, and of what was updated.
_WHEN = (pattern("published {days}"), pattern("updated {days}"))
_WHEN_COUNTED = (
    pattern("published {days} ({text}, counted from {day})"),
    pattern("updated {days} ({text}, counted from {day})"),
)
_Things = Literal["words", "names"]
_BEGINNING: dict[_Things, str] = {
    "words": pattern("words that begin with “{text}”"),
    "names": pattern("names that begin with “{text}”"),
}
_LIKE: dict[_Things, str] = {
    "words": pattern("words like “{text}”"),
    "names": pattern("names like “{text}”"),
}
_NEARLY: dict[_Things, tuple[str, str]] = {
    "words": (
        pattern("“{text}” or words that differ from it by a letter"),
        pattern("“{text}” or words that differ from it by up to {edits} letters"),
    ),
    "names": (
        pattern("“{text}” or names that differ from it by a letter"),
        pattern("“{text}” or names that differ from it by up to {edits} letters"),
    ),
}


def spoken(clause: Clause, *, match_any: bool = False) -> str:
    """``clause`` in plain words, to follow "Articles": 'with “ferry” and “strike”, by “Grieve”'."""
    if match_any:
        clause = loosened(clause)
    parts = clause.parts if isinstance(clause, AllOf) else (clause,)
    words = [part for part in parts if _is_words(part)]
    told = [_told(part) for part in parts if not _is_words(part)]
    match words:
        case [AnyOf(alternatives)] if match_any:
            joined = Listed(_OR_WITH, [_with(part) for part in alternatives])
            told.insert(0, said("with {words}", words=joined))
        case [AnyOf(alternatives)]:
            joined = Listed(_OR, [_with(part) for part in alternatives])
            told.insert(0, said("with {words}", words=joined))
        case [_, *_]:
            joined = Listed(_AND, [_with(part) for part in words])
            told.insert(0, said("with {words}", words=joined))
    return Listed(_THEN, told)


def _is_words(clause: Clause) -> bool:
    """Whether "with" goes before it."""
    match clause:
        case AllOf(parts) | AnyOf(parts):
            return all(_is_words(part) for part in parts)
        case Not() | Dated() | Length():
            return False
        case _:
            return clause.field in _WORDS


def _with(clause: Clause) -> str:
    match clause:
        case AllOf(parts):
            return said("({words})", words=Listed(_AND, [_with(part) for part in parts]))
        case AnyOf(parts):
            return said("({words})", words=Listed(_OR, [_with(part) for part in parts]))
        case Not() | Dated() | Length():
            return _told(clause)
        case _ if clause.field not in _WORDS:
            return _told(clause)
        case _:
            words = _said(clause, "words")
            behind = _WORDS[clause.field]
            return said(behind, words=words) if behind else words


def _told(clause: Clause) -> str:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Dated():
            return _dated(clause)
        case Length():
            return _long(clause)
        case AllOf(parts):
            return Listed(_AND, [_told(part) for part in parts])
        case AnyOf(parts):
            return said("either {things}", things=Listed(_OR, [_told(part) for part in parts]))
        case Not(part) if _is_words(part):
            return said("without {words}", words=_with(part))
        case Not(part):
            return said("not {thing}", thing=_told(part))
        case _ if clause.field in _WORDS:
            return said("with {words}", words=_with(clause))
        case Word(text, "lang"):
            return in_language(text)
        case _:
            name = _said(clause, "names")
            return said(_NAMES[clause.field], name=name, source=name)


def _said(clause: Worded, things: _Things) -> str:  # noqa: PLR0911 - one for each kind of clause
    """The words themselves; ``things`` are what they are: words of a text, or names."""
    match clause:
        case Word(text, _, True):
            return said(_BEGINNING[things], text=text)
        case Word(text):
            return said(_QUOTED, text=text)
        case Pattern(text):
            return said(_LIKE[things], text=text)
        case Fuzzy(text, _, edits):
            one, more = _NEARLY[things]
            return said(one if edits == 1 else more, text=text, edits=edits)
        case Phrase(text, field):
            is_name = field in _NAMES and field != "lang"
            return said(_QUOTED if is_name else _PHRASE, text=text)
        case Near(parts, places):
            return counted(
                places,
                "{words} within a word of one another",
                "{words} within {count} words of one another",
                words=_listed(parts),
            )
        case Sentence(parts):
            return said("{words} in the same sentence", words=_listed(parts))
        case AtLeast(text, 1):
            return said("“{text}” at least once", text=text)
        case AtLeast(text, times):
            return said("“{text}” at least {times} times", text=text, times=times)


def _listed(parts: Sequence[str]) -> Listed:
    return Listed(_THEN, [said(_QUOTED, text=part) for part in parts], last=_AND)


def _dated(clause: Dated) -> Said:
    days, text, day = clause.days.said, clause.text, clause.counted
    if not day:
        return said(_WHEN[clause.updated], days=days)
    return said(_WHEN_COUNTED[clause.updated], days=days, text=text, day=day)


def _long(length: Length) -> Said:
    match length:
        case Length(None, int(most)):
            return said("of fewer than {count:,} words", count=most + 1)
        case Length(int(least), None):
            return said("of more than {count:,} words", count=least - 1)
        case Length(least, most) if least == most:
            return said("of {count:,} words", count=least)
        case _:
            return said("of {least:,} to {most:,} words", least=length.least, most=length.most)
