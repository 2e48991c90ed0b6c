"""An article as its page shows it: paragraphs of pieces, each plain, matched, or set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton

from index.article import Article, CopyOf, Removal, Stamp
from index.reading import kept
from search.facets import UNDATED
from search.matching import Match, Matcher, Read
from search.request import FACETS
from search.results import Value

_LOCALE = "en_GB"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``hit`` numbers the hits of the article from 1, 0 is none; what was set
    aside can part a hit, which then ``begins`` with its first piece."""

    text: str
    hit: int = 0
    begins: bool = False
    removal: Removal | None = None


Paragraph = tuple[Piece, ...]
_Cut = tuple[int, int, Piece]


@dataclass(frozen=True, slots=True)
class Shown:
    """The standfirst and the text of an article in paragraphs, and how many hits are in them."""

    standfirst: Paragraph
    paragraphs: tuple[Paragraph, ...]
    hits: int


def shown(article: Article, matcher: Matcher, *, with_set_aside: bool = False) -> Shown:
    """An article with its hits marked: as it reads, or with what was set aside in its place."""
    read = Read.of(article)
    matches = list(enumerate(matcher.find(read.text, read.lead), 1))
    above = [(number, m) for number, m in matches if m.start < read.body]
    below = [(number, m) for number, m in matches if m.start >= read.body]
    marks = [_mark(read.text, m.start, m.end, number) for number, m in above]
    standfirst = tuple(_pieces(article.standfirst, marks))
    if with_set_aside:
        text = article.raw_text
        cuts = [*_in_raw_text(article, read, below), *map(_aside, article.removals)]
    else:
        text = read.reading.text
        cuts = [_mark(text, m.start - read.body, m.end - read.body, n) for n, m in below]
    return Shown(standfirst, tuple(_paragraphs(_pieces(text, cuts))), len(matches))


def _in_raw_text(
    article: Article, read: Read, matches: Iterable[tuple[int, Match]]
) -> Iterator[_Cut]:
    """The marks in the raw text; none swallows what was set aside inside of it."""
    left = list(kept(article.raw_text, article.removals))
    for number, match in matches:
        start = read.reading.raw_offset(match.start - read.body)
        end = read.reading.raw_offset(match.end - read.body - 1) + 1
        parts = [(max(a, start), min(b, end)) for a, b in left if a < end and b > start]
        for place, (low, high) in enumerate(parts):
            yield _mark(article.raw_text, low, high, number, begins=not place)


def _mark(text: str, start: int, end: int, number: int, *, begins: bool = True) -> _Cut:
    return start, end, Piece(text[start:end], number, begins)


def _aside(removal: Removal) -> _Cut:
    return removal.start, removal.end, Piece(removal.text, removal=removal)


def _pieces(text: str, cuts: Iterable[_Cut]) -> Iterator[Piece]:
    """``text`` cut at every mark and removal; neither overlaps the other."""
    position = 0
    for start, end, piece in sorted(cuts, key=lambda cut: cut[:2]):
        if start > position:
            yield Piece(text[position:start])
        yield piece
        position = end
    if position < len(text):
        yield Piece(text[position:])


def _paragraphs(pieces: Iterator[Piece]) -> Iterator[Paragraph]:
    """Pieces grouped by the blank lines (or, where there are none, the line ends) between them."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if piece.hit or piece.removal:
            paragraph.append(piece)
            continue
        for number, line in enumerate(piece.text.split("\n")):
            if number and any(part.text.strip() for part in paragraph):
                yield tuple(paragraph)
                paragraph = []
            if line:
                paragraph.append(Piece(line))
    if any(part.text.strip() for part in paragraph):
        yield tuple(paragraph)


_OUTLETS_NAMED = 3


def where_else(copies: Sequence[CopyOf]) -> str:
    """The outlets of copies, each once, the first three by name: "Echo, Herald and 2 more"."""
    names = list(dict.fromkeys(copy.source for copy in copies if copy.source))
    rest = len(names) - _OUTLETS_NAMED
    return ", ".join(names[:_OUTLETS_NAMED]) + (f" and {rest} more" if rest > 0 else "")


_HEADINGS = ("Author", "Source", "Section", "Subject", "Language", "Year")
_PLURALS = ("authors", "sources", "sections", "subjects", "languages", "years")
_FILTERS = ("by", "in", "in the section", "tagged", "in", "of the year")


def heading(facet: str) -> str:
    return _HEADINGS[FACETS.index(facet)]


def plural(facet: str) -> str:
    return _PLURALS[FACETS.index(facet)]


def filtered(facet: str, value: str) -> str:
    """What a filter says: "by Ida Marsh", "in German", "undated"."""
    if facet == "year" and value == UNDATED:
        return value
    return f"{_FILTERS[FACETS.index(facet)]} {named(facet, value)}"


def named(facet: str, value: str) -> str:
    """A value as a reader knows it."""
    return Locale.parse(_LOCALE).languages.get(value, value) if facet == "lang" else value


def in_order(facet: str, values: Sequence[Value]) -> Sequence[Value]:
    """Years as the calendar has them, the last first; other values as often as they are met."""
    if facet != "year":
        return values
    return sorted(values, key=lambda value: (value.value != UNDATED, value.value), reverse=True)


def spelt_date(stamp: Stamp | None) -> str:
    """A date as a reader wants it, no finer than it is known, doubt included."""
    if stamp is None:
        return "undated"
    doubt = "c. " if stamp.confidence == "low" else ""
    time = f", {stamp.at:%H:%M}" if stamp.precision in {"minute", "second"} else ""
    return f"{doubt}{spelt_day(stamp.at.date(), stamp.precision)}{time}"


def spelt_day(day: date, precision: str = "day") -> str:
    """A day, or the month or year that it is in: "4 March 2021", "March 2021", "2021"."""
    if precision in {"year", "month"}:
        return format_skeleton("y" if precision == "year" else "yMMMM", day, locale=_LOCALE)
    return format_date(day, "long", locale=_LOCALE)


def spelt_weekday(day: date) -> str:
    """A day and the day of the week: "Thursday, 4 March 2021"."""
    return format_date(day, "full", locale=_LOCALE)


def short_day(day: date, precision: str = "day") -> str:
    """As short as the foot of a chart wants it: "4 Mar", "Mar 2021", "2021"."""
    skeleton = {"year": "y", "month": "yMMM"}.get(precision, "MMMd")
    return format_skeleton(skeleton, day, locale=_LOCALE)


def spelt_moment(moment: datetime) -> str:
    """A moment at which something happened here, in UTC."""
    return f"{spelt_day(moment.date())}, {moment:%H:%M} UTC"
