"""Single pieces of a query to clauses: words, beginnings, patterns, spellings, phrases, numbers."""

from __future__ import annotations

import re
from typing import Literal

from index.analysis import words
from search.clauses import Clause, Fuzzy, Length, Near, Pattern, Phrase, Word, only_asks
from search.wording import counted, said

# Measured on Whoosh: wider ones can be made to take seconds; no person types one.
MOST_PLACES = 50
_SHORTEST_PREFIX = 2
_SHORTEST_FUZZY = 3
_SHORTEST_TWICE_FUZZY = 5  # two edits make almost any word of four letters any other

_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<edits>\d{0,2})")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,7}"
_ONE_BOUND = re.compile(rf"(?P<sign>[<>]=?|)(?P<number>{_NUMBER})")
_TWO_BOUNDS = re.compile(rf"({_NUMBER})(?:-|–|\.\.|/)({_NUMBER})")

# A question mark behind a word asks, where one letter was meant perhaps; inside it is a letter.
_ASKED = re.compile(r"[^\W\d_]{2,}\?")

Notes = list[str]


def leaf(text: str, notes: Notes) -> Clause | None:
    """What was typed without quotes: one word, many by a pattern, or a phrase that signs join."""
    found = split(text)
    if not found:
        notes.append(said("“{text}” holds no word", text=text))
        return None
    if match := _FUZZY.fullmatch(text):
        return _fuzzy(match["word"], match["edits"], notes)
    if "*" in text or "?" in text[:-1]:
        return _pattern(text, found, notes)
    return _words(found)


def note_question_mark(text: str, notes: Notes) -> None:
    """Say that a question mark counts for nothing, where it stands behind a word that asks none."""
    if _ASKED.fullmatch(text) and not only_asks(Word(text[:-1])):
        notes.append(
            said(
                "the question mark behind “{word}” was left out:"
                " {word}* finds every word that begins so",
                word=text[:-1],
            )
        )


def quoted(text: str, places: int | None, notes: Notes) -> Clause | None:
    """What was typed in quotes; ``places`` is the number behind them: "a b"~5."""
    found = split(text)
    if not found:
        if text.strip():
            notes.append(said("“{text}” holds no word", text=text))
        return None
    if len(found) == 1:
        if places is not None:
            notes.append(
                said(
                    "“{text}”~{places} needs two words that can be near one another",
                    text=text,
                    places=places,
                )
            )
        return Word(found[0])
    if places:
        return Near(tuple(found), bounded(places, notes))
    return Phrase(" ".join(text.split()))


def bounded(places: int, notes: Notes) -> int:
    """A distance within what may be asked for."""
    if not 1 <= places <= MOST_PLACES:
        notes.append(
            said(
                "words can be within 1 to {most} words of one another, not {places}",
                most=MOST_PLACES,
                places=places,
            )
        )
    return max(1, min(places, MOST_PLACES))


def length(text: str) -> Length | None:  # noqa: PLR0911 - a return for each sign
    """A number of words: 1200, >1200, <=200, 500-800."""
    text = text.strip()
    if match := _TWO_BOUNDS.fullmatch(text):
        first, last = sorted(int(number.replace(",", "")) for number in match.groups())
        return Length(first, last)
    match = _ONE_BOUND.fullmatch(text)
    if match is None:
        return None
    number = int(match["number"].replace(",", ""))
    match match["sign"]:
        case ">":
            return Length(number + 1, None)
        case ">=":
            return Length(number, None)
        case "<":
            return Length(None, number - 1)
        case "<=":
            return Length(None, number)
        case _:
            return Length(number, number)


def split(text: str) -> list[str]:
    """The words of ``text`` as they are written there."""
    return [text[word.start : word.end] for word in words(text)]


def _words(found: list[str]) -> Clause:
    return Word(found[0]) if len(found) == 1 else Phrase(" ".join(found))


def _fuzzy(text: str, typed: str, notes: Notes) -> Clause | None:
    found = split(text)
    edits = int(typed or 1)
    if len(found) != 1 or not found[0].isalnum() or len(found[0]) < _SHORTEST_FUZZY:
        notes.append(
            said(
                "“{text}~” was searched as it is spelt: only one word"
                " of {fewest} letters or more can be spelt otherwise",
                text=text,
                fewest=_SHORTEST_FUZZY,
            )
        )
        return leaf(text, notes)
    if not edits:
        return Word(found[0])
    most: Literal[1, 2] = 2 if len(found[0]) >= _SHORTEST_TWICE_FUZZY else 1
    if edits > most:
        notes.append(
            counted(
                most,
                "“{text}~{edits}”: at most {count} letter of it may differ",
                "“{text}~{edits}”: at most {count} letters of it may differ",
                text=text,
                edits=edits,
            )
        )
    return Fuzzy(found[0], edits=min(edits, most))


def _pattern(text: str, found: list[str], notes: Notes) -> Clause:
    """A beginning, or a pattern; without its signs where they make neither."""
    bare = re.sub(r"\*+", "*", re.sub(r"^[^\w*?]+|[^\w*?+#]+$", "", text))
    if not re.search(r"[*?]", bare.rstrip("?")):
        return _words(found)  # really??
    beginning = re.split(r"[*?]", bare)[0]
    if bare == f"{beginning}*" and split(beginning) == [found[0]] and len(found) == 1:
        if len(found[0]) >= _SHORTEST_PREFIX:
            return Word(found[0], prefix=True)
        notes.append(
            said("“{text}” is too short for a beginning: it was searched as a word", text=text)
        )
        return Word(found[0])
    filled = re.sub(r"[*?]", "x", bare)
    if len(beginning) >= _SHORTEST_PREFIX and split(filled) == [filled] and beginning.isalnum():
        return Pattern(bare)
    notes.append(
        said(
            "“{text}” was searched without its star or question mark:"
            " at least {fewest} letters of one word go before it",
            text=text,
            fewest=_SHORTEST_PREFIX,
        )
    )
    return _words(found)
