"""An article as its page shows it: paragraphs of pieces, each plain, matched, or set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Article, CopyOf, Removal, Stamp
from index.reading import Reading, read
from search.matching import Match, Matcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``match`` numbers the matches of the article from 1, 0 is no match."""

    text: str
    match: int = 0
    removal: Removal | None = None


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of an article in paragraphs, and how many matches are in it."""

    paragraphs: tuple[Paragraph, ...]
    matches: int


def clean(article: Article, matcher: Matcher) -> Shown:
    """The text as it reads, with the matches marked."""
    text = read(article.raw_text, article.removals).text
    matches = matcher.find(text)
    pieces = _pieces(text, [(m.start, m.end, number) for number, m in enumerate(matches, 1)], ())
    return Shown(tuple(_paragraphs(pieces)), len(matches))


def with_set_aside(article: Article, matcher: Matcher) -> Shown:
    """The raw text, with the matches of the clean text marked and what was set aside in place."""
    reading = read(article.raw_text, article.removals)
    matches = matcher.find(reading.text)
    marks = [
        (reading.raw_offset(m.start), reading.raw_offset(m.end - 1) + 1, number)
        for number, m in enumerate(matches, 1)
        if _is_whole(reading, m)
    ]
    pieces = _pieces(article.raw_text, marks, article.removals)
    return Shown(tuple(_paragraphs(pieces)), len(marks))


def _is_whole(reading: Reading, match: Match) -> bool:
    """Whether no cut lies inside the match: a mark must not swallow what was set aside."""
    first, last = reading.raw_offset(match.start), reading.raw_offset(match.end - 1)
    return last - first == match.end - 1 - match.start


def _pieces(
    text: str, marks: Sequence[tuple[int, int, int]], removals: Sequence[Removal]
) -> Iterator[Piece]:
    """``text`` cut at every mark and removal; neither overlaps the other."""
    cuts: list[tuple[int, int, int, Removal | None]] = [
        *((start, end, number, None) for start, end, number in marks),
        *((removal.start, removal.end, 0, removal) for removal in removals),
    ]
    position = 0
    for start, end, number, removal in sorted(cuts, key=lambda cut: cut[:2]):
        if start > position:
            yield Piece(text[position:start])
        yield Piece(text[start:end], number, removal)
        position = end
    if position < len(text):
        yield Piece(text[position:])


def _paragraphs(pieces: Iterator[Piece]) -> Iterator[Paragraph]:
    """Pieces grouped by the blank lines (or, where there are none, the line ends) between them."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if piece.match or piece.removal:
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


def spelt_date(stamp: Stamp | None) -> str:
    """A date as a reader wants it, no finer than it is known, doubt included."""
    if stamp is None:
        return "undated"
    at = stamp.at
    doubt = "c. " if stamp.confidence == "low" else ""
    match stamp.precision:
        case "year":
            return f"{doubt}{at.year}"
        case "month":
            return f"{doubt}{at:%B} {at.year}"
        case "day":
            return f"{doubt}{at.day} {at:%B} {at.year}"
        case _:
            return f"{doubt}{at.day} {at:%B} {at.year}, {at:%H:%M}"
