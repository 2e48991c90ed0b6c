"""What a view's documents are filed under, when they are of, and which tell the same story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.arrays.container import Array
from index.arrays.view import Leaf, View
from search.request import FACETS

if TYPE_CHECKING:
    from search.facets import Facet
    from search.histogram import Timeline

_DAY = 86_400


@dataclass(frozen=True)
class Filed:
    """What no query changes, read as it is asked for and kept as long as the view.

    Arrays have a place for every document, deleted ones too, so that numbers agree. Days begin and
    end in ``zone``.
    """

    view: View
    zone: tzinfo

    @cached_property
    def facets(self) -> dict[str, Facet]:
        from search.facets import Facet, Told  # noqa: PLC0415 - only what counts them waits for it

        told = Told(self.stories, self.copied)
        found = {name: Facet.of_column(self.view, name, told) for name in FACETS if name != "year"}
        return {**found, "year": Facet.of_years(self.days, self.dated, told)}

    @cached_property
    def timeline(self) -> Timeline:
        from search.histogram import Timeline  # noqa: PLC0415 - as above

        return Timeline(self.days, self.dated, self.living)

    @cached_property
    def published(self) -> Array:
        """Seconds UTC."""
        return _joined([_numbers(leaf, "published")[0] for leaf in self.view.leaves], np.int64)

    @cached_property
    def dated(self) -> Array:
        """Whether there is a moment at all."""
        return _joined([_numbers(leaf, "published")[1] for leaf in self.view.leaves], bool)

    @cached_property
    def newest(self) -> int | None:
        """The moment of the newest article, in seconds UTC; None where none is dated."""
        moments = self.published[self.living[self.dated[self.living]]]
        return int(moments.max()) if len(moments) else None

    @cached_property
    def days(self) -> Array:
        """The day of each document, counted from 1 January 1970; 0 where it is undated."""
        return _days(self.published, self.dated, self.zone)

    @cached_property
    def stories(self) -> Array:
        """The story of each document, counted from 0."""
        numbers = _joined([_numbers(leaf, "story")[0] for leaf in self.view.leaves], np.int64)
        return np.unique(numbers, return_inverse=True)[1]

    @cached_property
    def copied(self) -> Array:
        """Whether a document that lives is not the only one of its story."""
        found = np.zeros(len(self.stories), bool)
        sorted_in = _joined([_numbers(leaf, "story")[1] for leaf in self.view.leaves], bool)
        living = self.living[sorted_in[self.living]]
        found[living] = np.bincount(self.stories[living])[self.stories[living]] > 1
        return found

    @cached_property
    def living(self) -> Array:
        """The documents that are not deleted."""
        parts = [leaf.all().astype(np.int64) + leaf.base for leaf in self.view.leaves]
        return _joined(parts, np.int64)


def _numbers(leaf: Leaf, name: str) -> tuple[Array, Array]:
    column = leaf.columns.get(name)
    if column is None:
        return np.zeros(leaf.documents, np.int64), np.zeros(leaf.documents, bool)
    return column.numbers, column.present


def _joined(parts: Sequence[Array], dtype: type) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def _days(moments: Array, dated: Array, zone: tzinfo) -> Array:
    """The offset of a zone is asked for once a day; only days on which it changes need more."""
    days = moments // _DAY
    distinct, which = np.unique(days[dated], return_inverse=True)
    offsets = np.array([_offset(day * _DAY, zone) for day in distinct.tolist()], np.int64)
    after = np.array([_offset((day + 1) * _DAY, zone) for day in distinct.tolist()], np.int64)
    found = np.zeros(len(moments), np.int64)
    local = moments[dated] + offsets[which]
    for place in np.flatnonzero((offsets != after)[which]).tolist():
        moment = int(moments[dated][place])
        local[place] = moment + _offset(moment, zone)
    found[dated] = local // _DAY
    return found


def _offset(moment: int, zone: tzinfo) -> int:
    offset = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
