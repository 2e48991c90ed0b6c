"""Putting back what was set aside, in a way that outlives the offsets it had.

When an article comes again its text may have shifted, so a passage is remembered by its words and
the words around it, as the TextQuoteSelector of the W3C Web Annotation Data Model does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.article import Article, Removal

# Enough to tell one "Advertisement" of a text from the next.
_CONTEXT = 64


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a raw text: its words, and up to 64 characters on either side."""

    exact: str
    prefix: str
    suffix: str


def quote(text: str, start: int, end: int) -> Quote:
    """The passage from ``start`` to ``end`` of ``text``."""
    return Quote(
        text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    )


def find(passage: Quote, text: str) -> tuple[int, int] | None:
    """Where in ``text`` the passage stands: of several places the one with the likest
    surroundings. None where its words are not in the text any more."""
    best: tuple[int, int] | None = None
    most = -1
    for start in _occurrences(passage.exact, text):
        end = start + len(passage.exact)
        here = quote(text, start, end)
        likeness = _shared(here.prefix[::-1], passage.prefix[::-1]) + _shared(
            here.suffix, passage.suffix
        )
        if likeness > most:
            best, most = (start, end), likeness
    return best


def put_back(article: Article, passages: Iterable[Quote]) -> Article:
    """``article`` with ``passages`` in its clean text, whatever rule would set them aside.

    A removal that reaches beyond a passage keeps the part that does.
    """
    removals = article.removals
    for passage in passages:
        place = find(passage, article.raw_text)
        if place is not None:
            removals = tuple(part for removal in removals for part in _without(removal, *place))
    return article if removals == article.removals else replace(article, removals=removals)


def _occurrences(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0 and words:
        yield start
        start = text.find(words, start + 1)


def _shared(left: str, right: str) -> int:
    """How many characters the two begin with in common."""
    pairs = enumerate(zip(left, right, strict=False))
    return next(
        (place for place, (one, other) in pairs if one != other), min(len(left), len(right))
    )


def _without(removal: Removal, start: int, end: int) -> Iterator[Removal]:
    """What is left of a removal outside ``start`` to ``end``."""
    if end <= removal.start or removal.end <= start:
        yield removal
        return
    for left, right in ((removal.start, start), (end, removal.end)):
        text = removal.text[max(left - removal.start, 0) : max(right - removal.start, 0)]
        if left < right and text.strip():
            yield replace(removal, start=left, end=right, text=text)
