"""Questions as people ask them: what only asks is left out, and said to be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.asking import without_asking
from search.clauses import printed
from search.engine import open_archive
from search.language import parse
from tests.search.conftest import Ask, Made, asker, titles

ARTICLES: tuple[dict[str, object], ...] = (
    {"title": "Mill shut", "text": "The mill at Orme failed on Monday."},
    {"title": "Riddle", "text": "Which why is what? Nobody knows what the mill did."},
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    with open_archive(made_of(*ARTICLES)) as engine:
        yield asker(engine)


@pytest.mark.parametrize(
    ("q", "left"),
    [
        ("what happened at Fukushima", "happened at Fukushima"),
        ("why did Lehman Brothers fail?", "Lehman Brothers fail"),
        ("Who is the prime minister of Japan?", "is the prime minister of Japan"),
        ("who's the prime minister", "the prime minister"),
        ("did the mill fail?", "the mill fail"),
        ("how old is the mill", "old is the mill"),
    ],
)
def test_question_words_are_left_out(q: str, left: str) -> None:
    root = without_asking(parse(q)).root
    assert root is not None
    assert printed(root) == left


@pytest.mark.parametrize(
    "q",
    [
        "The Who",
        "Who concert",
        "WHO report",
        '"what happened" at Orme',
        "what",
        "what is it?",
        "what title:mill",
        "what OR why",
        "mill -what",
        "ferry strike?",
    ],
)
def test_what_is_no_question_stays_as_it_is(q: str) -> None:
    assert without_asking(parse(q)) == parse(q)


def test_a_question_is_answered_by_what_does_not_ask_it(ask: Ask) -> None:
    page = ask("Why did the mill fail?")
    assert titles(page) == ["Mill shut"]
    assert page.query.notes == ("only asking, and not searched for: “Why” and “did”",)
    assert page.query.sentence == "Articles with “the” and “mill” and “fail”."
    [hit] = page.hits
    assert [part for part, found in hit.snippets[0].parts if found] == ["mill", "failed"]


def test_whoever_wants_all_words_gets_them(ask: Ask) -> None:
    page = ask("why what mill", match="all")
    assert titles(page) == ["Riddle"]
    # The page of the article, which knows the question alone, marks the same words.
    assert page.hits[0].matches == 1
