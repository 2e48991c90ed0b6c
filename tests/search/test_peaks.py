"""Which stretches of time stand out, and which article speaks for them."""

from __future__ import annotations

import numpy as np
import pytest

from search.engine import Engine
from search.peaks import most_telling, tallest
from search.request import SearchRequest


@pytest.mark.parametrize(
    ("counts", "places"),
    [
        ([1, 2, 9, 2, 1], [2]),
        ([1, 1, 9, 1, 1, 1, 1, 7, 1, 1, 1, 8], [2, 7, 11]),
        ([5, 5, 5, 5, 5, 5], []),  # nothing stands out of what is level
        ([0, 0, 2, 0, 0, 0], []),  # two articles are no event
        ([9, 1, 1], []),  # too short to have a shape
        ([], []),
        ([0, 0, 0, 0, 12, 0, 0, 0], []),  # all there is stands out of nothing
        ([1] * 24 + [9, 8] + [1] * 24, [24]),  # the shoulder of a peak is no peak
    ],
)
def test_peaks_stand_out_of_their_surroundings(counts: list[int], places: list[int]) -> None:
    assert tallest(counts) == places


def test_the_best_answer_speaks_for_a_peak() -> None:
    scores, stories, moments = np.array([1.0, 3, 2]), np.array([0, 1, 0]), np.array([1, 2, 3])
    assert most_telling(scores, stories, moments) == 1


def test_where_all_answer_alike_the_first_of_the_story_most_often_told_speaks() -> None:
    scores, stories, moments = np.ones(4), np.array([7, 3, 3, 5]), np.array([1, 9, 4, 2])
    assert most_telling(scores, stories, moments) == 2


def test_a_peak_names_an_article_of_its_bucket_that_matches(sample: Engine) -> None:
    found = sample.search(SearchRequest(q="ferry"))
    assert found.histogram is not None
    counts = {bucket.start: bucket.count for bucket in found.histogram.buckets}
    (peak,) = found.histogram.peaks
    assert counts[peak.start] == max(counts.values()) == 5
    held = sample.article(peak.id)
    assert held is not None
    assert held.article.published is not None
    assert held.article.published.text().startswith(peak.start)
    assert held.article.title == peak.title
    assert "ferry" in f"{held.article.title} {held.article.raw_text}".lower()
