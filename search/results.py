"""What is answered: a page of hits with snippets. What a page says of all results together is in
``coverage``, where scores come from in ``explanation``: a search that is asked for neither does not
wait for them to load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.article import HeldArticle
from search.cursor import Cursor
from search.request import Counting, SearchRequest

if TYPE_CHECKING:
    from search.coverage import Histogram, Value
    from search.explanation import Explanation

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Text in parts, each with whether the query matched it. The parts hold no markup.

    ``hit`` is the number of its first match among all of the article, 0 where there is none.
    """

    parts: tuple[tuple[str, bool], ...]
    hit: int = 0

    @classmethod
    def marked(cls, text: str, ranges: Iterable[Range], hit: int = 0) -> Snippet:
        """``text`` with the (start, end) of each match, in order and without overlaps."""
        parts: list[tuple[str, bool]] = []
        position = 0
        for start, end in ranges:
            parts += [(text[position:start], False), (text[start:end], True)]
            position = end
        parts.append((text[position:], False))
        return cls(tuple(part for part in parts if part[0]), hit)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)

    @property
    def ranges(self) -> list[Range]:
        """The (start, end) of each match, in characters of ``text``."""
        ranges: list[Range] = []
        position = 0
        for text, matched in self.parts:
            if matched:
                ranges.append((position, position + len(text)))
            position += len(text)
        return ranges

    def html(self) -> str:
        """The one place where a match becomes markup: everything is escaped, then marked."""
        from html import escape  # noqa: PLC0415 - a terminal needs no markup

        return "".join(
            f"<mark>{escape(text)}</mark>" if matched else escape(text)
            for text, matched in self.parts
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matched. ``matches`` counts the places in its text where it did.

    ``authors`` are those of the article, in its order, with what matched in each name.
    """

    rank: int
    score: float
    held: HeldArticle
    title: Snippet
    snippets: tuple[Snippet, ...]
    matches: int
    words: int
    explanation: Explanation | None = None
    authors: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the query as it was typed, and how many articles match it alone."""

    text: str
    matches: int


@dataclass(frozen=True, slots=True)
class Repair:
    """Another request that would find ``matches`` results; ``text`` says what it changes."""

    text: str
    request: SearchRequest
    matches: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What the query was taken to mean. ``notes`` say what was not, or not quite, understood.

    ``counted`` is the day that relative dates were counted from, with its reason, "" where there
    are none; ``counting`` is what was asked for.

    Where no article fulfils all of it, ``emptied_by`` is what leaves none, and ``repairs`` are what
    to ask instead. ``did_you_mean`` has slips of spelling mended.
    """

    q: str
    sentence: str
    clauses: tuple[Clause, ...]
    notes: tuple[str, ...]
    start: str | None
    end: str | None
    counting: Counting = "auto"
    counted: str = ""
    did_you_mean: Repair | None = None
    emptied_by: str | None = None
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a search: always an answer, an empty one at the least.

    ``total`` counts results, ``folded`` the matching articles that are in another's result.
    ``distinct`` has how many values each facet has, those that are not shown too.
    """

    query: Understood
    total: int
    page: int
    per_page: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Value, ...]]
    histogram: Histogram | None
    distinct: dict[str, int] = field(default_factory=dict)
    folded: int = 0
    # Whether the bound on work was met: then the total is of what was looked at until then.
    partial: bool = False
    # Where a harvest goes on; None at its end, and for who turns pages.
    next: Cursor | None = None

    @property
    def pages(self) -> int:
        return -(-self.total // self.per_page)


@dataclass(frozen=True, slots=True)
class Stream:
    """All that a search found, in its order, whatever the number.

    ``hits`` fetches articles as they are asked for, so that memory holds a few at a time. What was
    found stays found, whatever changes meanwhile; only articles that were removed are left out.
    """

    notes: tuple[str, ...]
    total: int
    partial: bool
    hits: Iterator[Hit]
