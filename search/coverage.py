"""What is told of all results together: the values of facets, and how many came out when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.request import Interval

if TYPE_CHECKING:
    from search.results import Understood


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many of the matching articles have it."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """Some values of a facet, the most frequent first, and how many there are in all."""

    values: tuple[Value, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values of one facet that contain a text, among all results of a search."""

    facet: str
    contains: str
    query: Understood
    total: int
    page: int
    per_page: int
    values: tuple[Value, ...]
    partial: bool = False

    @property
    def pages(self) -> int:
        return -(-self.total // self.per_page)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One stretch of a histogram: ``start`` is its first day, ``total`` all articles in it."""

    start: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Undated:
    """The bucket of articles that are of no known day."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Peak:
    """A bucket that stands out, by its first day, and the article that says best what happened."""

    start: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Matches over time, by ``interval``: year, month, week or day."""

    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: Undated
    peaks: tuple[Peak, ...] = ()
