"""What is asked, as one typed object; nothing deeper sees flags or URL parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from search.cursor import Cursor
from search.wording import pattern

Match = Literal["auto", "all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Dedupe = Literal["story", "off"]
Interval = Literal["auto", "year", "month", "week", "day"]
Counting = Literal["auto", "today", "newest"]
Recency = Literal["off", "light", "strong"]

MATCHES: tuple[Match, ...] = ("auto", "all", "any")
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
DEDUPES: tuple[Dedupe, ...] = ("story", "off")
INTERVALS: tuple[Interval, ...] = ("auto", "year", "month", "week", "day")
INTERVAL_NAMES: Mapping[Interval, str] = {
    "year": pattern("year"),
    "month": pattern("month"),
    "week": pattern("week"),
    "day": pattern("day"),
}
COUNTINGS: tuple[Counting, ...] = ("auto", "today", "newest")
RECENCIES: tuple[Recency, ...] = ("off", "light", "strong")
FACETS = ("author", "source", "section", "tag", "lang", "year")

MOST_PER_PAGE = 100
MOST_RESULTS = 10_000  # how deep paging goes
MOST_VALUES = 10  # values of one filter
MOST_SECONDS = 5.0  # of finding, unless somebody sets it; then there is a partial answer
VALUES_PER_PAGE = 200  # of a list of all values of a facet


@dataclass(frozen=True, slots=True)
class Filter:
    """The values of one facet that an article must have one of, and those it must have none of."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search. ``start`` and ``end`` are dates as they were typed, both inclusive, or "".

    ``counting`` says what "last week" counts from: today, the newest article, or with "auto" the
    latter where the archive is closed. ``interval`` is that of the histogram, which is drawn as a
    ``share`` of all that is indexed where that is asked for.

    With ``dedupe`` "story" the copies and versions of a story are one result, which shows the
    first published of those that match. ``recency`` puts newer articles before older ones that
    answer as well; ``explain`` asks where each score comes from. ``after`` is where a harvest goes
    on: by date, the newest first where ``sort`` does not say otherwise; then ``page`` counts for
    nothing.
    """

    q: str = ""
    match: Match = "auto"
    start: str = ""
    end: str = ""
    author: Filter = Filter()
    source: Filter = Filter()
    section: Filter = Filter()
    tag: Filter = Filter()
    lang: Filter = Filter()
    year: Filter = Filter()
    counting: Counting = "auto"
    interval: Interval = "auto"
    share: bool = False
    sort: Sort | None = None
    dedupe: Dedupe = "story"
    recency: Recency = "off"
    explain: bool = False
    page: int = 1
    per_page: int = 10
    with_facets: bool = True
    after: Cursor | None = None

    def filter(self, facet: str) -> Filter:
        found: Filter = getattr(self, facet)
        return found


EVERYTHING = SearchRequest()
