"""Looking at all results together: what they could be narrowed by, and how many came out when."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from index.arrays.container import Array
from search.choices import Choices
from search.coverage import Histogram, Peak, Value
from search.execution import Found
from search.filed import Filed
from search.peaks import most_telling, tallest
from search.request import FACETS, INTERVAL_NAMES, Interval
from search.sieve import Sieve
from search.state import State, Texts
from search.wording import Said, said


@dataclass(frozen=True, slots=True)
class Survey:
    """The values of each facet that are shown, how many there are in all, the histogram; ``notes``
    say what was not done as it was asked for."""

    facets: dict[str, tuple[Value, ...]]
    distinct: dict[str, int]
    histogram: Histogram | None
    notes: tuple[Said, ...]


def survey(state: State, texts: Texts, sieve: Sieve, found: Array, matching: Found) -> Survey:
    """``found`` are the documents that match the words and dates, ``matching`` what of them passes
    the filters."""
    choices = Choices(sieve, found)
    values = {facet: choices.shown(facet) for facet in FACETS}
    wanted = sieve.request.interval
    histogram = state.filed.timeline.histogram(matching.documents, wanted)
    if histogram is not None:
        histogram = replace(histogram, peaks=_peaks(state, texts, matching, histogram))
    return Survey(
        facets={facet: some.values for facet, some in values.items()},
        distinct={facet: some.total for facet, some in values.items()},
        histogram=histogram,
        notes=_notes(wanted, histogram),
    )


def _notes(wanted: Interval, histogram: Histogram | None) -> tuple[Said, ...]:
    if histogram is None or wanted in {"auto", histogram.interval}:
        return ()
    return (
        said(
            "the results reach too far for a bar a {wanted}: there is one a {interval}",
            wanted=said(INTERVAL_NAMES[wanted]),
            interval=said(INTERVAL_NAMES[histogram.interval]),
        ),
    )


def _peaks(state: State, texts: Texts, matching: Found, histogram: Histogram) -> tuple[Peak, ...]:
    buckets = histogram.buckets
    places = tallest([bucket.count for bucket in buckets], [bucket.total for bucket in buckets])
    if not places:
        return ()
    placed = state.filed.timeline.placed(matching.documents, histogram.interval)
    within = [np.flatnonzero(placed == place) for place in places]
    named = state.named([_most_telling(state.filed, matching, some) for some in within])
    titles = texts.headlines(named)
    return tuple(
        Peak(buckets[place].start, id, title)
        for place, (id, _), title in zip(places, named, titles, strict=True)
    )


def _most_telling(filed: Filed, matching: Found, within: Array) -> int:
    """The document that speaks for a bucket, of those ``within`` it."""
    documents = matching.documents[within]
    best = most_telling(
        matching.scores[within],
        filed.stories[documents],
        filed.published[documents],
        filed.days[documents],
    )
    return int(documents[best])
