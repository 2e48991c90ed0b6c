"""Copies of a story are one result: which is shown, how they are counted, and how to see all."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from search import account
from search.engine import Engine, open_archive
from search.request import Filter, SearchRequest
from tests.conftest import Program

_DICE = random.Random(11)
WORDS = [f"{a}{b}{c}" for a in ("ko", "la", "mi", "ru") for b in "aeiou" for c in "bdfglmnprstvz"]


def body(*more: str) -> str:
    return " ".join([*more, *_DICE.choices(WORDS, k=150)])


SALT = body("A barge laden with salt ran aground.")
EELS = body("The eel season opened with a barge race.")


def told(number: int, text: str, source: str, day: str, **more: str) -> dict[str, object]:
    return {
        "id": str(number),
        "title": f"{source} {number}",
        "text": text,
        "source": source,
        "date": day,
        **more,
    }


@pytest.fixture
def engine(archive_of: Callable[..., Path]) -> object:
    folder = archive_of(
        told(1, SALT, "Echo", "2021-03-05", author="Ann Weir"),
        told(2, SALT + " Salt, salt.", "Herald", "2021-03-04", author="Odd Varrick"),
        told(3, SALT, "Log", "2021-03-06", author="Ann Weir"),
        told(4, EELS, "Echo", "2021-03-07", author="Odd Varrick"),
        told(5, SALT, "Undated", ""),
    )
    with open_archive(folder) as engine:
        yield engine


def sources(engine: Engine, **asked: object) -> list[str]:
    page = engine.search(SearchRequest(**{"q": "barge", "sort": "oldest", **asked}))  # type: ignore[arg-type]
    return [hit.held.article.source for hit in page.hits]


def test_a_story_is_one_result_and_shows_the_first_published(engine: Engine) -> None:
    assert sources(engine) == ["Herald", "Echo"]
    page = engine.search(SearchRequest(q="barge"))
    assert (page.total, page.folded) == (2, 3)
    (salt,) = (hit for hit in page.hits if "salt" in hit.held.article.raw_text)
    assert [copy.source for copy in salt.held.copies] == ["Echo", "Log", "Undated"]


def test_every_copy_can_be_had(engine: Engine) -> None:
    assert sources(engine, dedupe="off") == ["Herald", "Echo", "Log", "Echo", "Undated"]
    page = engine.search(SearchRequest(q="barge", dedupe="off"))
    assert (page.total, page.folded) == (5, 0)


def test_of_the_copies_that_pass_the_filters_the_first_is_shown(engine: Engine) -> None:
    assert sources(engine, author=Filter(("Ann Weir",))) == ["Echo"]
    assert sources(engine, source=Filter(unwanted=("Herald", "Echo"))) == ["Log"]
    assert sources(engine, start="2021-03-06") == ["Log", "Echo"]


def test_a_facet_counts_the_results_that_choosing_it_leaves(engine: Engine) -> None:
    for dedupe in ("story", "off"):
        page = engine.search(SearchRequest(q="barge", dedupe=dedupe))
        for facet in ("author", "source"):
            for value in page.facets[facet]:
                chosen = engine.search(
                    SearchRequest(q="barge", dedupe=dedupe, **{facet: Filter((value.value,))})  # type: ignore[arg-type]
                )
                assert chosen.total == value.count, (dedupe, facet, value)
    counts = {v.value: v.count for v in engine.search(SearchRequest(q="barge")).facets["author"]}
    assert counts == {"Ann Weir": 1, "Odd Varrick": 2}


def test_the_histogram_counts_coverage_so_every_copy(engine: Engine) -> None:
    histogram = engine.search(SearchRequest(q="barge")).histogram
    assert histogram is not None
    assert sum(bucket.count for bucket in histogram.buckets) == 4


def test_a_story_ranks_by_its_best_copy(engine: Engine) -> None:
    """The Herald's copy alone says salt again; the story has its score, whoever is shown."""
    best = engine.search(SearchRequest(q="salt", dedupe="off")).hits[0]
    assert best.held.article.source == "Herald"
    others = SearchRequest(q="salt", start="2021-03-04", end="2021-03-05")
    assert engine.search(others).hits[0].score == best.score


def test_pages_neither_repeat_nor_lose_a_story(engine: Engine) -> None:
    pages = [
        engine.search(SearchRequest(q="barge", per_page=1, page=number)).hits for number in (1, 2)
    ]
    assert {hit.held.article.source for page in pages for hit in page} == {"Herald", "Echo"}


def test_json_lists_the_copies(engine: Engine) -> None:
    answer = account.of_page(engine.search(SearchRequest(q="salt")))
    assert answer["folded"] == 3
    duplicates = answer["results"][0]["duplicates"]
    assert duplicates["count"] == 3
    assert duplicates["ids"] == [article["id"] for article in duplicates["articles"]]
    assert [article["source"] for article in duplicates["articles"]] == ["Echo", "Log", "Undated"]
    days = [article["published"] for article in duplicates["articles"]]
    assert [day and day["at"] for day in days[::2]] == ["2021-03-05", None]


def test_the_command_folds_and_unfolds(archive_of: Callable[..., Path], program: Program) -> None:
    folder = archive_of(told(1, SALT, "Echo", "2021-03-05"), told(2, SALT, "Log", "2021-03-06"))
    folded = program("search", "barge", archive=folder)
    assert "also 1 more: Log" in folded.stdout
    assert "1 article (and 1 more copies: --all-copies)" in folded.stderr
    every = program("search", "barge", "--all-copies", "--json", archive=folder)
    answer = json.loads(every.stdout)
    assert (answer["total"], answer["folded"]) == (2, 0)
    assert answer["links"]["self"] == "/search.json?q=barge&dedupe=off"
