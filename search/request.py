"""What is asked, as one typed object; nothing deeper sees flags or URL parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Match = Literal["auto", "all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Dedupe = Literal["story", "off"]
Recency = Literal["off", "light", "strong"]

MATCHES: tuple[Match, ...] = ("auto", "all", "any")
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
DEDUPES: tuple[Dedupe, ...] = ("story", "off")
RECENCIES: tuple[Recency, ...] = ("off", "light", "strong")
FACETS = ("author", "source", "tag")

MOST_PER_PAGE = 100
MOST_RESULTS = 10_000  # how deep paging goes
MOST_VALUES = 10  # values of one filter


@dataclass(frozen=True, slots=True)
class Filter:
    """The values of one facet that an article must have one of, and those it must have none of."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search. ``start`` and ``end`` are days as they were typed, both inclusive, or "".

    With ``dedupe`` "story" the copies and versions of a story are one result, which shows the
    first published of those that match. ``recency`` puts newer articles before older ones that
    answer as well; ``explain`` asks where each score comes from.
    """

    q: str = ""
    match: Match = "auto"
    start: str = ""
    end: str = ""
    author: Filter = Filter()
    source: Filter = Filter()
    tag: Filter = Filter()
    sort: Sort | None = None
    dedupe: Dedupe = "story"
    recency: Recency = "off"
    explain: bool = False
    page: int = 1
    per_page: int = 10
    with_facets: bool = True

    def filter(self, facet: str) -> Filter:
        return {"author": self.author, "source": self.source, "tag": self.tag}[facet]
