"""What each article of the index is filed under: counts for facets and bars for the histogram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from whoosh.reading import IndexReader

from index.analysis import name_key
from index.schema import SEPARATOR, UNDATED
from search.request import FACETS, Filter, SearchRequest
from search.results import Bucket, Histogram, Value

_SHOWN = 12  # values of a facet; a selected one is shown beyond these
_DAYS_SHOWN = 62  # up to two months the histogram counts days, up to five years months
_MONTHS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Filed:
    """The columns of an index, loaded once: for each document its values, moment and story."""

    values: Mapping[str, Sequence[tuple[str, ...]]]
    published: Sequence[int | None]
    stories: Sequence[int]


def load(reader: IndexReader) -> Filed:
    """Read the columns of all documents, deleted ones included, so that numbers agree."""
    values: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in FACETS}
    published: list[int | None] = []
    stories: list[int] = []
    for leaf, _ in reader.leaf_readers():
        count = leaf.doc_count_all()
        for facet in FACETS:
            values[facet] += _column(leaf, f"{facet}_values", count)
        if leaf.has_column("published"):
            moments = leaf.column_reader("published")
            published += [None if m == UNDATED else m for m in (moments[n] for n in range(count))]
        else:
            published += [None] * count
        of = leaf.column_reader("story")
        stories += [int(of[number]) for number in range(count)]
    return Filed(values, published, stories)


def _column(leaf: IndexReader, name: str, count: int) -> list[tuple[str, ...]]:
    if not leaf.has_column(name):
        return [()] * count
    column = leaf.column_reader(name)
    cache: dict[bytes, tuple[str, ...]] = {b"": ()}
    found: list[tuple[str, ...]] = []
    for number in range(count):
        value = bytes(column[number])
        if value not in cache:
            cache[value] = tuple(value.decode().split(SEPARATOR))
        found.append(cache[value])
    return found


class Sieve:
    """Applies the filters of a request, each on its own, so that a facet can be counted without
    its own filter: what else could be chosen stays visible."""

    def __init__(self, filed: Filed, request: SearchRequest) -> None:
        self._filed = filed
        self._by_stories = request.dedupe == "story"
        self._filters = {facet: request.filter(facet) for facet in FACETS if request.filter(facet)}

    def passing(self, documents: Iterable[int], *, without: str = "") -> list[int]:
        """Those of ``documents`` that pass every filter but the one of the facet ``without``."""
        passing = list(documents)
        for facet, filter in self._filters.items():
            if facet != without:
                passing = _passing(passing, self._filed.values[facet], filter)
        return passing

    def counts(self, facet: str, documents: Collection[int]) -> tuple[Value, ...]:
        """The values of ``facet`` among ``documents``, the most frequent first: how many results
        choosing one would leave.

        Spellings that differ only in case or accents are one value, shown as most write it.
        """
        values = self._filed.values[facet]
        passing = self.passing(documents, without=facet)
        filed = Counter(
            self._by_story(passing, values)
            if self._by_stories
            else (values[document] for document in passing)
        )
        counted: Counter[str] = Counter()
        spelt: dict[str, Counter[str]] = {}
        for several, articles in filed.items():
            for key, value in {name_key(value): value for value in several}.items():
                counted[key] += articles
                spelt.setdefault(key, Counter())[value] += articles
        selected = {name_key(v) for v in self._filters.get(facet, Filter()).wanted}
        found = [
            Value(spelt[key].most_common(1)[0][0], count, key in selected)
            for key, count in counted.items()
        ]
        found.sort(key=lambda value: (-value.count, value.value))
        return tuple(v for rank, v in enumerate(found) if rank < _SHOWN or v.selected)

    def _by_story(
        self, documents: Iterable[int], values: Sequence[tuple[str, ...]]
    ) -> Iterator[tuple[str, ...]]:
        """The values of each story among ``documents``, those of its copies together."""
        stories: dict[int, tuple[str, ...]] = {}
        for document in documents:
            story = self._filed.stories[document]
            if story in stories and stories[story] != values[document]:
                both = dict.fromkeys((*stories[story], *values[document]))
                stories[story] = tuple(both)
            else:
                stories[story] = values[document]
        yield from stories.values()


def _passing(
    documents: Iterable[int], values: Sequence[tuple[str, ...]], filter: Filter
) -> list[int]:
    wanted = {name_key(value) for value in filter.wanted}
    unwanted = {name_key(value) for value in filter.unwanted}
    keys: dict[tuple[str, ...], bool] = {}
    passing: list[int] = []
    for document in documents:
        filed = values[document]
        if filed not in keys:
            names = {name_key(value) for value in filed}
            keys[filed] = (not wanted or bool(names & wanted)) and not names & unwanted
        if keys[filed]:
            passing.append(document)
    return passing


def histogram(
    filed: Filed, matching: Iterable[int], living: Iterable[int], zone: tzinfo
) -> Histogram | None:
    """Matches over time beside everything indexed; None where nothing that matched is dated."""
    moments = [m for m in (filed.published[document] for document in matching) if m is not None]
    if not moments:
        return None
    first, last = (
        datetime.fromtimestamp(m, UTC).astimezone(zone) for m in (min(moments), max(moments))
    )
    days = (last - first).days
    interval, pattern = (
        ("day", "%Y-%m-%d")
        if days <= _DAYS_SHOWN
        else ("month", "%Y-%m")
        if days <= 31 * _MONTHS_SHOWN
        else ("year", "%Y")
    )
    names: dict[int, str] = {}

    def bucket(moment: int) -> str:
        hour = moment // 900  # no zone has ever had a finer offset that still matters
        if hour not in names:
            names[hour] = datetime.fromtimestamp(moment, UTC).astimezone(zone).strftime(pattern)
        return names[hour]

    counts = Counter(bucket(moment) for moment in moments)
    low, high = min(moments) - 32 * 86_400, max(moments) + 32 * 86_400
    low, high = (low - 334 * 86_400, high + 334 * 86_400) if interval == "year" else (low, high)
    totals = Counter(
        bucket(moment)
        for document in living
        if (moment := filed.published[document]) is not None and low <= moment <= high
    )
    return Histogram(
        interval,
        tuple(
            Bucket(start, counts[start], totals[start])
            for start in _between(min(counts), max(counts), interval)
        ),
    )


def _between(first: str, last: str, interval: str) -> Iterable[str]:
    """Every bucket from ``first`` to ``last``, the empty ones too."""
    year, month, day = (*map(int, first.split("-")), 1, 1)[:3]
    moment = datetime(year, month, day, tzinfo=UTC)
    while True:
        name = moment.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[interval])
        if name > last:
            return
        yield name
        match interval:
            case "day":
                moment = datetime.fromtimestamp(moment.timestamp() + 86_400, UTC)
            case "month":
                moment = moment.replace(
                    year=moment.year + moment.month // 12, month=moment.month % 12 + 1
                )
            case _:
                moment = moment.replace(year=moment.year + 1)
