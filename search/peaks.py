"""The peaks of a timeline: where far more matches stand than around them, and which article says
best what happened there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays.container import Array

# As many as can be read at a glance, none where a chart is too short to have a shape.
_MOST, _FEWEST_BUCKETS = 3, 4
# What stands out: three matches at least, and twice the median of the buckets that have any.
_LEAST, _TIMES = 3, 2.0
# Labels of neighbours would run into one another.
_APART = 12


def tallest(counts: Sequence[int]) -> list[int]:
    """The places of up to three peaks, in their order in time."""
    if len(counts) < _FEWEST_BUCKETS:
        return []
    heights = np.asarray(counts)
    usual = float(np.median(heights[heights > 0])) if heights.any() else 0.0
    apart = max(len(heights) // _APART, 1)
    chosen: list[int] = []
    for place in np.argsort(-heights, kind="stable").tolist():
        if heights[place] < max(_LEAST, _TIMES * usual) or len(chosen) == _MOST:
            break
        if all(abs(place - other) > apart for other in chosen):
            chosen.append(place)
    return sorted(chosen)


def most_telling(scores: Array, stories: Array, moments: Array) -> int:
    """The place of the article that speaks for all of them: the one that answers best; where all
    answer alike, the first published of the story that most of them tell."""
    _, which, tellers = np.unique(stories, return_inverse=True, return_counts=True)
    return int(np.lexsort((moments, -tellers[which], -scores))[0])
