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
        ([1, 1, 9, 1, 1, 1, 1, 8, 1, 1, 1, 9], [2, 7, 11]),
        ([5, 5, 5, 5, 5, 5], []),  # nothing stands out of what is level
        ([0, 0, 2, 0, 0, 0], []),  # two articles are no event
        ([9, 1, 1], []),  # too short to have a shape
        ([], []),
        ([0, 0, 0, 0, 12, 0, 0, 0], [4]),
        ([1] * 24 + [9, 8] + [1] * 24, [24]),  # the shoulder of a peak is no peak
    ],
)
def test_peaks_stand_out_of_their_surroundings(counts: list[int], places: list[int]) -> None:
    assert tallest(counts, [100] * len(counts)) == places


def test_a_time_of_which_the_archive_has_much_is_no_peak_of_everything() -> None:
    assert tallest([80, 1, 2, 9, 1, 1], [8_000, 100, 100, 100, 100, 100]) == [3]


def test_where_everything_matches_the_fullest_times_stand_out() -> None:
    assert tallest([4, 5, 4, 20, 5], [4, 5, 4, 20, 5]) == [3]


@pytest.mark.parametrize(
    ("scores", "stories", "moments", "days", "place"),
    [
        ([1.0, 3, 2], [0, 1, 0], [1, 2, 3], [1, 2, 3], 1),  # the best answer
        ([1.0, 1, 1, 1], [7, 3, 3, 5], [1, 9, 4, 2], [1, 2, 3, 4], 2),  # the story told most
        ([9.0, 1, 2, 1], [0, 1, 2, 3], [1, 2, 3, 4], [1, 8, 8, 8], 2),  # the day it happened
        ([9.0, 1, 2], [0, 1, 2], [1, 2, 3], [1, 8, 8], 0),  # two articles make no day
    ],
)
def test_one_article_speaks_for_a_peak(
    scores: list[float], stories: list[int], moments: list[int], days: list[int], place: int
) -> None:
    found = most_telling(*map(np.array, (scores, stories, moments, days)))
    assert found == place


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
