"""What comes first, and why: words of texts before bylines, groups of words as one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import open_archive
from search.request import SearchRequest
from tests.search.conftest import Ask, Made, asker, titles

FILLING = "The council met again on a wet evening and said little that was new to anybody. " * 6
LONG = "Seven boats left before dawn, and none of their crews would tell us where they went. " * 6

ARTICLES: tuple[dict[str, object], ...] = (
    {"title": "Bridge toll", "text": "A toll for the bridge.", "author": "Ada Corn"},
    {"title": "Late frost", "text": f"{FILLING} Growers fear for the corn.", "author": "Una Ashby"},
    {"title": "Corn is dear", "text": "Corn is dear, and corn will stay so."},
)

# Words that begin alike, more than are looked for: most of them in the first article alone.
MANY = " ".join(f"zo{a}{b}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop")
FORMS: tuple[dict[str, object], ...] = (
    {"title": "All of them", "text": f"{MANY}."},
    {"title": "Zoom 0", "text": "A zoom lens, then."},
    {"title": "Zoom 1", "text": "The zoom lens again."},
    {"title": "Zoom 2", "text": "What a zoom is."},
    {"title": "Slip", "text": f"{FILLING} The harbr and the harbuor are shut."},
    {"title": "One", "text": f"{LONG} The harbour is shut."},
    {"title": "Harbour, harbour", "text": "The harbour! A harbour is a harbour."},
    {"title": "Harbour news", "text": "The harbour is open."},
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    with open_archive(made_of(*ARTICLES, *FORMS)) as engine:
        yield asker(engine)


def test_a_byline_finds_its_author_behind_all_that_say_the_word(ask: Ask) -> None:
    assert titles(ask("corn")) == ["Corn is dear", "Late frost", "Bridge toll"]
    assert titles(ask("ashby")) == ["Late frost"]
    assert titles(ask('"Ada Corn"')) == ["Bridge toll"]


@pytest.mark.parametrize("q", ["harb*", "harb*r"])
def test_a_rare_form_says_no_more_than_the_others(ask: Ask, q: str) -> None:
    assert titles(ask(q)) == ["Harbour, harbour", "Harbour news", "Slip", "One"]


def test_each_letter_that_is_not_as_it_was_typed_costs(ask: Ask) -> None:
    assert titles(ask("harbour~"))[:3] == ["Harbour, harbour", "Harbour news", "One"]
    assert titles(ask("harbuor~"))[0] == "Slip"
    assert set(titles(ask("harbuor~"))[1:]) == {"Harbour, harbour", "Harbour news", "One"}


def test_headline_and_text_are_one_text_to_a_word_and_the_headline_counts_more(
    made_of: Made,
) -> None:
    story = "A tram ran late on Monday, {} the board, which met for an hour, has been told. "
    folder = made_of(
        {"title": "Tram is late", "text": story.format("as") * 2},
        {"title": "Morning news", "text": story.format("as") * 6},
        {"title": "Evening news", "text": story.format("as") + FILLING},
        {"title": "Tram, tram, tram", "text": FILLING},
        {"title": "Nothing else", "text": FILLING},
    )
    with open_archive(folder) as engine:
        hits = engine.search(SearchRequest(q="tram", explain=True, dedupe="off")).hits
    assert [hit.title.text for hit in hits][-1] == "Evening news"
    for hit in hits:
        assert hit.explanation is not None
        (clause,) = hit.explanation.clauses
        most = max(share.factors.rarity for share in clause.shares if share.factors) * 2.5 * 1.1
        assert hit.score < most, "saturated once, whatever the number of fields"


def test_of_too_many_words_the_most_frequent_are_looked_for(ask: Ask) -> None:
    page = ask("zo*")
    assert {"Zoom 0", "Zoom 1", "Zoom 2", "All of them"} == set(titles(page))
    assert any("begins too many words" in note for note in page.query.notes)


def test_of_too_many_words_all_are_excluded(ask: Ask) -> None:
    page = ask("(zopp OR corn) -zo*")
    assert set(titles(page)) == {"Corn is dear", "Late frost", "Bridge toll"}
    assert page.query.notes == ()
    assert titles(ask("zopp -zo?p")) == []
