"""Articles like another one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Engine, open_archive
from tests.conftest import Program
from tests.search.conftest import Made

STORY = (
    "Ferry crews at Skerry voted to strike over night shifts on Tuesday. The union says that crews"
    " work fourteen hours without a break. The company that runs the ferries offered a bonus, and"
    " the union turned the bonus down. Sailings to the outer islands stop on Friday at midnight."
)
ARTICLES: tuple[dict[str, object], ...] = (
    {
        "title": "Ferry crews vote to strike",
        "text": STORY,
        "source": "Ledger",
        "url": "https://ledger.example/strike",
    },
    {
        "title": "Ferry crews vote to strike",
        "text": STORY,
        "source": "Courier",
        "url": "https://courier.example/strike",
    },
    {
        "title": "Islands without sailings as ferry crews strike",
        "text": "No ferries sailed from Skerry on Saturday. The union of the crews stays firm.",
    },
    {
        "title": "Swans counted",
        "text": "Forty swans were counted below the weir on Tuesday, says the warden.",
    },
)
PRICES: list[dict[str, object]] = [
    {"title": f"Prices {day}", "text": f"Wheat fell again on day {day}."} for day in range(20)
]


@pytest.fixture(scope="module")
def folder(made_of: Made) -> Path:
    return made_of(*ARTICLES, *PRICES)


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with open_archive(folder) as opened:
        yield opened


@pytest.fixture
def id(engine: Engine) -> str:
    return next(found.id for found in engine.suggest("ferry crews vo") if found.kind == "title")


def test_what_shares_the_key_words_is_similar_and_a_copy_is_not(engine: Engine, id: str) -> None:
    found = engine.similar(id)
    assert found is not None
    assert [held.article.title for held in found.articles] == [
        "Islands without sailings as ferry crews strike"
    ]
    assert {"ferry", "crews", "strike"} <= set(found.terms), found.terms
    held = engine.article(id)
    assert held is not None
    assert held.copies
    assert not {"the", "on", "to"} & set(found.terms)


def test_an_article_that_is_not_held_has_no_similar_ones(engine: Engine) -> None:
    assert engine.similar("nosuch") is None


def test_the_command_lists_them(program: Program, folder: Path, id: str) -> None:
    done = program("similar", id, archive=folder)
    assert done.returncode == 0
    assert "Islands without sailings" in done.stdout
    assert "ferry" in done.stderr
    listed = json.loads(program("similar", id, "--json", archive=folder).stdout)
    assert [one["title"] for one in listed["articles"]] == [
        "Islands without sailings as ferry crews strike"
    ]


def test_the_command_says_what_is_not_there(program: Program, folder: Path) -> None:
    done = program("similar", "nosuch", archive=folder)
    assert done.returncode == 1
    assert done.stderr == "microfiche: nosuch is not in this archive\n"
