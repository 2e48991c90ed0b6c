"""The peaks of a timeline: where far more matches stand than what was published then would have,
and which article says best what happened."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays.container import Array

# As many as can be read at a glance, none where a chart is too short to have a shape.
_MOST, _FEWEST_BUCKETS = 3, 4
# What stands out: three matches at least, and two standard deviations more than chance would put
# there (a Poisson count: its variance is its mean). Of twenty timelines looked at, three deviations
# lost what a reader sees in short ones, because a peak is part of its own average.
_LEAST, _DEVIATIONS = 3, 2.0
# Where everything matches, nothing is more than its share: then twice the usual stands out.
_TIMES = 2.0
# Labels of neighbours would run into one another.
_APART = 12
# An event has a day; fewer articles than these make none.
_EVENT = 3


def tallest(counts: Sequence[int], totals: Sequence[int]) -> list[int]:
    """The places of up to three peaks, in their order in time; ``totals`` are all articles of each
    stretch, so that a time of which the archive has much is no peak of everything."""
    if len(counts) < _FEWEST_BUCKETS:
        return []
    heights = np.asarray(counts, float)
    high = _surprising(heights, np.asarray(totals, float)) & (heights >= _LEAST)
    apart = max(len(heights) // _APART, 1)
    chosen: list[int] = []
    for place in np.argsort(-np.where(high, heights, 0), kind="stable").tolist():
        if not high[place] or len(chosen) == _MOST:
            break
        if all(abs(place - other) > apart for other in chosen):
            chosen.append(place)
    return sorted(chosen)


def _surprising(heights: Array, totals: Array) -> Array:
    if (heights == totals).all():
        usual = float(np.median(heights[heights > 0])) if heights.any() else 0.0
        surprising: Array = heights >= _TIMES * usual
    else:
        expected = totals * (heights.sum() / max(totals.sum(), 1.0))
        surprising = heights > expected + _DEVIATIONS * np.sqrt(expected)
    return surprising


def most_telling(scores: Array, stories: Array, moments: Array, days: Array) -> int:
    """The place of the article that speaks for all of them: of the day with the most, the one that
    answers best; where all answer alike, the first published of the story that most of them tell.
    """
    on = days - days.min()
    several = np.bincount(on)
    told = np.flatnonzero(on == several.argmax()) if several.max() >= _EVENT else np.arange(len(on))
    best = told[scores[told] == scores[told].max()]
    if len(best) == 1:
        return int(best[0])
    known, tellers = np.unique(stories, return_counts=True)
    most = tellers[np.searchsorted(known, stories[best])]
    return int(best[np.lexsort((moments[best], -most))[0]])
