"""An article as its page shows it: paragraphs of pieces, each plain, matched, or set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.article import Article, CopyOf, Removal
from index.reading import kept
from search.coverage import Value
from search.facets import UNDATED
from search.matching import Match, Matcher
from search.prose import Read
from search.wording import Language, Listed, Said, counted, pattern, said
from web.wording import ENGLISH, wording_in


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
    named, rest = names[:_OUTLETS_NAMED], len(names) - _OUTLETS_NAMED
    listed = Listed(pattern("{before}, {next}"), named)
    return said("{names} and {rest} more", names=listed, rest=rest) if rest > 0 else listed


_HEADINGS: dict[str, str] = {
    "author": pattern("Author"), "source": pattern("Source"), "section": pattern("Section"),
    "tag": pattern("Subject"), "lang": pattern("Language"), "year": pattern("Year"),
}  # fmt: skip
_PLURALS: dict[str, str] = {
    "author": pattern("authors"), "source": pattern("sources"), "section": pattern("sections"),
    "tag": pattern("subjects"), "lang": pattern("languages"), "year": pattern("years"),
}  # fmt: skip
_ALL: dict[str, str] = {
    "author": pattern("All {total:,} authors"), "source": pattern("All {total:,} sources"),
    "section": pattern("All {total:,} sections"), "tag": pattern("All {total:,} subjects"),
    "lang": pattern("All {total:,} languages"), "year": pattern("All {total:,} years"),
}  # fmt: skip
_COUNTED: dict[str, tuple[str, str]] = {
    "author": (pattern("{count:,} author"), pattern("{count:,} authors")),
    "source": (pattern("{count:,} source"), pattern("{count:,} sources")),
    "section": (pattern("{count:,} section"), pattern("{count:,} sections")),
    "tag": (pattern("{count:,} subject"), pattern("{count:,} subjects")),
    "lang": (pattern("{count:,} language"), pattern("{count:,} languages")),
    "year": (pattern("{count:,} year"), pattern("{count:,} years")),
}
_FILTERS: dict[str, str] = {
    "author": pattern("by {name}"), "source": pattern("in {source}"),
    "section": pattern("in the section {name}"), "tag": pattern("tagged {name}"),
    "lang": pattern("in {language}"), "year": pattern("of the year {year}"),
}  # fmt: skip
_ALL_OF_IT = "all of it looks like page furniture"
_KNOWN_DOUBT = re.compile(r"(\d+) characters look like page furniture")


def heading(facet: str) -> Said:
    return said(_HEADINGS[facet])


def plural(facet: str) -> Said:
    return said(_PLURALS[facet])


def all_of(facet: str, total: int) -> Said:
    """What leads to all values of a facet: "All 312 authors"."""
    return said(_ALL[facet], total=total)


def how_many(facet: str, total: int) -> Said:
    """How many values there are: "1 author", "312 authors"."""
    return counted(total, *_COUNTED[facet])


def filtered(facet: str, value: str) -> Said:
    """What a filter says: "by Ida Marsh", "in German", "undated"."""
    if facet == "year" and value == UNDATED:
        return said("undated")
    name = named(facet, value)
    return said(_FILTERS[facet], name=name, source=name, language=name, year=name)


def named(facet: str, value: str) -> str:
    """A value as a reader knows it."""
    if facet == "lang":
        return Language(wording_in(ENGLISH).name_of(value), value)
    return said("undated") if facet == "year" and value == UNDATED else value


def doubt(text: str) -> str:
    """Why the cleaner doubts itself, as the archive keeps it."""
    if match := _KNOWN_DOUBT.fullmatch(text):
        return said("{count} characters look like page furniture", count=int(match[1]))
    return said("all of it looks like page furniture") if text == _ALL_OF_IT else text


def in_order(facet: str, values: Sequence[Value]) -> Sequence[Value]:
    """Years as the calendar has them, the last first; other values as often as they are met."""
    if facet != "year":
        return values
    return sorted(values, key=lambda value: (value.value != UNDATED, value.value), reverse=True)


# What there is of an article that is not all there, as readers of formats name it.
_PARTS = (
    pattern("summary of a feed entry"),
    pattern("headline of a feed entry"),
    pattern("what can be read of broken XML"),
    pattern("a rule of an earlier release"),
)
