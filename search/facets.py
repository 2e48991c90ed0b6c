"""What each article of the index is filed under: counts for facets and bars for the histogram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Literal

import numpy as np

from index.analysis import name_key
from index.arrays.container import Array
from index.arrays.view import Leaf, View
from index.schema import SEPARATOR
from search.request import FACETS, Filter, SearchRequest
from search.results import Bucket, Histogram, Value

_SHOWN = 12  # values of a facet; a selected one is shown beyond these
_DAYS_SHOWN = 62  # up to two months the histogram counts days, up to five years months
_MONTHS_SHOWN = 60
_DAY = 86_400
_EPOCH = date(1970, 1, 1)

Interval = Literal["year", "month", "day"]


class Facet:
    """One facet of a view: under which values each document is filed.

    Documents with the very same values share an entry of ``entries``; an entry has any number of
    values, and values that differ only in case or accents are of one key.
    """

    def __init__(self, view: View, name: str) -> None:
        column = f"{name}_values"
        numbers: dict[bytes, int] = {b"": 0}
        of_documents: list[Array] = []
        for leaf in view.leaves:
            if column not in leaf.columns:
                of_documents.append(np.zeros(leaf.documents, np.uint32))
                continue
            values = list(leaf.columns[column].values)
            ranks = [numbers.setdefault(value, len(numbers)) for value in values]
            of_documents.append(np.array(ranks, np.uint32)[leaf.columns[column].codes])
        self.entries = np.concatenate(of_documents) if of_documents else np.zeros(0, np.uint32)
        self._split = [tuple(value.decode().split(SEPARATOR)) if value else () for value in numbers]

    @cached_property
    def _filed(self) -> tuple[list[str], Array, Array, list[str], Array]:
        """The keys; for each (entry, value) its entry and its key; the spelling of each, and of
        each key the pairs in order."""
        keys: dict[str, int] = {}
        entries: list[int] = []
        of_pair: list[int] = []
        spelt: list[str] = []
        for entry, values in enumerate(self._split):
            for key, value in {name_key(value): value for value in values}.items():
                entries.append(entry)
                of_pair.append(keys.setdefault(key, len(keys)))
                spelt.append(value)
        order = np.argsort(np.array(of_pair, np.int64), kind="stable")
        return list(keys), np.array(entries, np.int64), np.array(of_pair, np.int64), spelt, order

    def allowing(self, filter: Filter) -> Array:
        """For each entry whether a document with its values passes ``filter``."""
        wanted = {name_key(value) for value in filter.wanted}
        unwanted = {name_key(value) for value in filter.unwanted}
        allowed = np.zeros(len(self._split), bool)
        for entry, values in enumerate(self._split):
            names = {name_key(value) for value in values}
            allowed[entry] = (not wanted or bool(names & wanted)) and not names & unwanted
        return allowed

    def counts(
        self, documents: Array, stories: Array, copied: Array, selected: Iterable[str]
    ) -> tuple[Value, ...]:
        """The values among ``documents``, the most frequent first, each as most write it.

        Those that are ``copied`` count once for each of their ``stories``.
        """
        keys, entries, of_pair, spelt, order = self._filed
        chosen = {name_key(value) for value in selected}
        alone = documents[~copied] if copied.any() else documents
        of_entries = np.bincount(self.entries[alone], minlength=len(self._split))
        each = of_entries[entries]
        if len(alone) < len(documents):
            each = each + self._by_story(documents[copied], stories[copied])
        counts = np.bincount(of_pair, each, len(keys)).astype(np.int64)
        least = np.partition(counts, -_SHOWN)[-_SHOWN] if len(counts) > _SHOWN else 1
        likely = set(np.flatnonzero(counts >= max(least, 1)).tolist())
        if chosen:
            likely |= {n for n, key in enumerate(keys) if key in chosen and counts[n]}
        bounds = np.searchsorted(of_pair[order], [(n, n + 1) for n in sorted(likely)])
        found: list[Value] = []
        for number, (low, high) in zip(sorted(likely), bounds.tolist(), strict=True):
            pairs = order[low:high].tolist()
            spelling = _most_common((spelt[pair], int(each[pair])) for pair in pairs)
            found.append(Value(spelling, int(counts[number]), keys[number] in chosen))
        found.sort(key=lambda value: (-value.count, value.value))
        return tuple(v for rank, v in enumerate(found) if rank < _SHOWN or v.selected)

    def _by_story(self, documents: Array, stories: Array) -> Array:
        """How often each (entry, value) counts where a key counts once a story."""
        _, entries, of_pair, _, _ = self._filed
        of_documents = self.entries[documents]
        first = np.searchsorted(entries, of_documents)
        several = np.searchsorted(entries, of_documents, "right") - first
        # The pairs of every document, one document after the other.
        starts = np.repeat(first - (np.cumsum(several) - several), several)
        pairs = starts + np.arange(len(starts))
        named = np.repeat(stories, several)
        order = np.lexsort((of_pair[pairs], named))
        pairs, named = pairs[order], named[order]
        again = (named[1:] == named[:-1]) & (of_pair[pairs][1:] == of_pair[pairs][:-1])
        return np.bincount(
            pairs[np.append(True, ~again)] if len(pairs) else pairs, minlength=len(entries)
        )


def _most_common(spellings: Iterable[tuple[str, int]]) -> str:
    counted: dict[str, int] = {}
    for spelling, count in spellings:
        counted[spelling] = counted.get(spelling, 0) + count
    return max(counted, key=lambda spelling: (counted[spelling], spelling))


@dataclass(frozen=True)
class Filed:
    """What a view's documents are filed under, read as it is asked for, and when they are of.

    Arrays have a place for every document, deleted ones too, so that numbers agree.
    """

    view: View

    @cached_property
    def facets(self) -> dict[str, Facet]:
        return {name: Facet(self.view, name) for name in FACETS}

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
    def stories(self) -> Array:
        """The story of each document."""
        return _joined([_numbers(leaf, "story")[0] for leaf in self.view.leaves], np.int64)

    @cached_property
    def copied(self) -> Array:
        """Whether a document that lives is not the only one of its story."""
        found = np.zeros(len(self.stories), bool)
        sorted_in = _joined([_numbers(leaf, "story")[1] for leaf in self.view.leaves], bool)
        living = self.living[sorted_in[self.living].astype(bool)]
        _, which, counts = np.unique(self.stories[living], return_inverse=True, return_counts=True)
        found[living] = counts[which] > 1
        return found

    @cached_property
    def living(self) -> Array:
        """The documents that are not deleted."""
        parts = [leaf.all().astype(np.int64) + leaf.base for leaf in self.view.leaves]
        return _joined(parts, np.int64)

    @cached_property
    def _by_zone(self) -> dict[tzinfo, tuple[Array, Array]]:
        return {}

    def days(self, zone: tzinfo) -> Array:
        """For each document the day it is of in ``zone``, counted from 1 January 1970."""
        return self._in(zone)[0]

    def living_days(self, zone: tzinfo) -> Array:
        """The days of all documents that live and are dated, sorted."""
        return self._in(zone)[1]

    def _in(self, zone: tzinfo) -> tuple[Array, Array]:
        if zone not in self._by_zone:
            days = _days(self.published, self.dated, zone)
            living = self.living[self.dated[self.living]]
            self._by_zone[zone] = days, np.sort(days[living])
        return self._by_zone[zone]


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


class Sieve:
    """Applies the filters of a request, each on its own, so that a facet can be counted without
    its own filter: what else could be chosen stays visible."""

    def __init__(self, filed: Filed, request: SearchRequest) -> None:
        self._filed = filed
        self._by_stories = request.dedupe == "story"
        self._filters = {facet: request.filter(facet) for facet in FACETS if request.filter(facet)}
        self._allowed = {
            name: filed.facets[name].allowing(filter) for name, filter in self._filters.items()
        }

    def passing(self, documents: Array, *, without: str = "") -> Array:
        """For each of ``documents`` whether it passes every filter but the one of ``without``."""
        passing = np.ones(len(documents), bool)
        for name, allowed in self._allowed.items():
            if name != without:
                passing &= allowed[self._filed.facets[name].entries[documents]]
        return passing

    def counts(self, facet: str, documents: Array) -> tuple[Value, ...]:
        """The values of ``facet`` among ``documents``, the most frequent first: how many results
        choosing one would leave."""
        if self._allowed:
            documents = documents[self.passing(documents, without=facet)]
        selected = self._filters.get(facet, Filter()).wanted
        stories = self._filed.stories[documents]
        copied = self._filed.copied[documents] & self._by_stories
        return self._filed.facets[facet].counts(documents, stories, copied, selected)


def histogram(filed: Filed, matching: Array, zone: tzinfo) -> Histogram | None:
    """Matches over time beside everything indexed; None where nothing that matched is dated."""
    dated = matching[filed.dated[matching]]
    if not len(dated):
        return None
    found = filed.days(zone)[dated]
    first, last = int(found.min()), int(found.max())
    interval = _interval(last - first)
    starts = list(_starts(_bucket(first, interval), _bucket(last, interval), interval))
    bounds = np.array([(start - _EPOCH).days for start in starts] + [last + 1])
    # Up to each day, how many: the matches by counting, all that lives from its sorted days.
    through = np.append(0, np.cumsum(np.bincount(found - first)))
    counts = np.diff(through[np.clip(bounds - first, 0, len(through) - 1)])
    bounds[-1] = (_last_day(starts[-1], interval) - _EPOCH).days + 1
    totals = np.diff(np.searchsorted(filed.living_days(zone), bounds))
    return Histogram(
        interval,
        tuple(
            Bucket(_named(start, interval), count, total)
            for start, count, total in zip(starts, counts.tolist(), totals.tolist(), strict=True)
        ),
    )


def _interval(days: int) -> Interval:
    if days <= _DAYS_SHOWN:
        return "day"
    return "month" if days <= 31 * _MONTHS_SHOWN else "year"


def _bucket(day: int, interval: Interval) -> date:
    """The first day of the bucket that ``day`` is in."""
    found = _EPOCH + timedelta(days=day)
    match interval:
        case "day":
            return found
        case "month":
            return found.replace(day=1)
        case "year":
            return found.replace(month=1, day=1)


def _following(start: date, interval: Interval) -> date:
    match interval:
        case "day":
            return start + timedelta(days=1)
        case "month":
            return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
        case "year":
            return start.replace(year=start.year + 1)


def _last_day(start: date, interval: Interval) -> date:
    """The last day of the bucket that begins at ``start``."""
    if start.year == date.max.year:  # nothing follows the last bucket of all
        return date.max
    return _following(start, interval) - timedelta(days=1)


def _starts(first: date, last: date, interval: Interval) -> Iterable[date]:
    """Every bucket from ``first`` to ``last``, the empty ones too."""
    while first <= last:
        yield first
        if first.year == date.max.year:
            return
        first = _following(first, interval)


def _named(start: date, interval: Interval) -> str:
    return start.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[interval])
