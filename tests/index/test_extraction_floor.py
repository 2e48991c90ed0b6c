"""Scores of extraction on labelled pages: they may rise, and never fall under these.

Each floor is what was reached, less a margin for a page or two of a newer trafilatura.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.extraction import benchmark_pages, fundus_pages, ours, score, table

DATA = Path(os.environ.get("MICROFICHE_REAL_DATA", "")) / "html"
needs_pages = pytest.mark.skipif(
    not (os.environ.get("MICROFICHE_REAL_DATA") and DATA.is_dir()),
    reason="MICROFICHE_REAL_DATA names no folder with html/",
)

BENCHMARK = {"f1": 0.977, "precision": 0.975, "recall": 0.978, "exact": 0.49}
FUNDUS = {
    "f1": 0.970,
    "precision": 0.960,
    "recall": 0.980,
    "exact": 0.46,
    "title": 0.85,
    "published": 0.99,
    "authors f1": 0.92,
}


def below(reached: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: reached[name] for name, floor in floors.items() if reached[name] < floor}


@needs_pages
def test_the_benchmark_does_not_fall() -> None:
    pages = benchmark_pages(DATA / "article-extraction-benchmark")
    assert below(table([score(page, ours) for page in pages]), BENCHMARK) == {}


@needs_pages
def test_the_pages_of_publishers_do_not_fall() -> None:
    pages = fundus_pages(DATA / "fundus")
    assert below(table([score(page, ours) for page in pages]), FUNDUS) == {}
