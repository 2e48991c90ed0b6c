"""Floors under how good answers to judged questions are: they may rise, and never fall.

The best of the other engines in ``bench/relevance.py`` has .523 and .386 nDCG@10, and .534 and .405
where it leaves out more words. Only a hundred
results a question are asked for here, which costs MAP some hundredths.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench import relevance
from bench.relevance import Judged


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("collection", "ndcg", "map"),
    [(relevance.cranfield, 0.532, 0.426), (relevance.cisi, 0.404, 0.178)],
)
def test_questions_are_answered_as_well_as_they_ever_were(
    collection: Callable[[Path], Judged], ndcg: float, map: float, real: Path, tmp_path: Path
) -> None:
    judged = collection(real / "ir")
    scores = relevance.measure(judged, relevance.microfiche(judged, tmp_path, depth=100))
    assert scores.ndcg >= ndcg
    assert scores.map >= map


def test_the_measures_are_those_of_the_books() -> None:
    assert relevance.ndcg([1, 2, 3], {1, 3}) == pytest.approx((1 + 0.5) / (1 + 0.63093), rel=1e-5)
    assert relevance.ndcg([3, 9], {3}) == 1
    assert relevance.ndcg([9] * 10 + [3], {3}) == 0
    assert relevance.average_precision([1, 9, 3], {1, 3}) == pytest.approx((1 + 2 / 3) / 2)
    assert relevance.average_precision([1], {1, 3}) == 0.5
