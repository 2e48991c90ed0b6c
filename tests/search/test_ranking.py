"""What comes first, and why: words of texts before bylines, groups of words as one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import open_archive
from tests.search.conftest import Ask, Made, asker, titles

FILLING = "The council met again on a wet evening and said little that was new to anybody. " * 6

ARTICLES: tuple[dict[str, object], ...] = (
    {"title": "Bridge toll", "text": "A toll for the bridge.", "author": "Ada Corn"},
    {"title": "Late frost", "text": f"{FILLING} Growers fear for the corn.", "author": "Una Ashby"},
    {"title": "Corn is dear", "text": "Corn is dear, and corn will stay so."},
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    with open_archive(made_of(*ARTICLES)) as engine:
        yield asker(engine)


def test_a_byline_finds_its_author_behind_all_that_say_the_word(ask: Ask) -> None:
    assert titles(ask("corn")) == ["Corn is dear", "Late frost", "Bridge toll"]
    assert titles(ask("ashby")) == ["Late frost"]
    assert titles(ask('"Ada Corn"')) == ["Bridge toll"]
