"""What is suggested while somebody types."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from search.engine import Engine, open_archive
from search.request import Filter, SearchRequest
from tests.conftest import Program
from tests.search.conftest import Made

ARTICLES: tuple[dict[str, object], ...] = (
    {
        "title": "Harbour Bridge closed",
        "text": "The bridge was closed on Friday. Café owners wept.",
        "author": "Una Ashby",
        "date": "2020-01-01",
    },
    {
        "title": "Harbour bridge open again",
        "text": "Brides and bridges: the bridge is open.",
        "author": "Una Ashby and Piers O'Hara",
        "date": "2021-01-01",
    },
    {
        "title": "Bread is dear",
        "text": "Bakers blame the harvest for the price of bread. Breakwater!",
        "author": "Sorrel Ashdown",
        "date": "2019-01-01",
    },
    {
        "title": "Briar roses",
        "text": "Roses grow at the harbour.",
        "author": "Una Ashby",
        "source": "Hill Gazette",
    },
)

Suggest = Callable[..., list[str]]


@pytest.fixture(scope="module")
def engine(made_of: Made) -> Iterator[Engine]:
    with open_archive(made_of(*ARTICLES)) as opened:
        yield opened


@pytest.fixture(scope="module")
def suggest(engine: Engine) -> Suggest:
    def texts(text: str, kind: str = "term") -> list[str]:
        return [found.text for found in engine.suggest(text) if found.kind == kind]

    return texts


def test_the_words_of_most_articles_come_first_with_how_many(engine: Engine) -> None:
    terms = [found for found in engine.suggest("br") if found.kind == "term"]
    assert [(found.text, found.count) for found in terms] == [
        ("bridge", 2), ("bread", 1), ("briar", 1),
    ]  # fmt: skip


def test_words_of_texts_fill_what_headlines_leave(suggest: Suggest) -> None:
    assert suggest("bak") == ["bakers"]
    assert suggest("break") == ["breakwater"]


def test_words_are_suggested_as_they_are_written(suggest: Suggest) -> None:
    assert suggest("caf") == suggest("Café") == ["café"]


def test_the_words_before_are_known(suggest: Suggest) -> None:
    assert suggest("harbour br")[0] == "harbour bridge"
    assert "harbour briar" in suggest("harbour br")
    assert suggest("bakers br") == ["bakers bread", "bakers breakwater"]
    assert suggest("harbour zz") == []
    assert suggest("harbour -cl") == ["harbour -closed"]


def test_after_or_all_articles_count_again(suggest: Suggest) -> None:
    found = suggest("roses OR bread OR bri")
    assert found[0] == "roses OR bread OR bridge"
    assert "roses OR bread OR briar" in found


def test_a_space_asks_for_the_next_word(suggest: Suggest) -> None:
    assert "harbour bridge" in suggest("harbour ")
    assert "harbour harbour" not in suggest("harbour ")


def test_behind_a_comma_a_word_begins(suggest: Suggest) -> None:
    assert suggest("harbour,")[0] == "harbour, bridge"
    assert suggest("harbour;") == [text.replace(",", ";") for text in suggest("harbour, ")]


def test_a_quotation_is_closed(suggest: Suggest) -> None:
    assert suggest('"harbour bri')[0] == '"harbour bridge"'


def test_a_field_is_completed_with_its_own_words(suggest: Suggest) -> None:
    assert suggest("title:bre") == ["title:bread"]
    assert suggest("source:h") == ["source:hill"]
    assert suggest("author:bri") == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ash", ["Una Ashby", "Sorrel Ashdown"]),
        ("una", ["Una Ashby"]),
        ("una ash", ["Una Ashby"]),
        ("ashby, u", ["Una Ashby"]),
        ("oh", ["Piers O'Hara"]),
        ("o'h", ["Piers O'Hara"]),
        ("author:sor", ["Sorrel Ashdown"]),
        ('author:"sorrel a', ["Sorrel Ashdown"]),
        ("bread author:sor", ["Sorrel Ashdown"]),
        ("una ashdown", []),
        ("shby", []),
    ],
)
def test_authors_are_found_by_any_part_of_the_name(
    suggest: Suggest, typed: str, names: list[str]
) -> None:
    assert suggest(typed, "author") == names


@pytest.mark.parametrize(
    ("typed", "headlines"),
    [
        ("bridge", ["Harbour bridge open again", "Harbour Bridge closed"]),
        ("har bri", ["Harbour bridge open again", "Harbour Bridge closed"]),
        ("bridge harb", ["Harbour bridge open again", "Harbour Bridge closed"]),
        ("dear bread", ["Bread is dear"]),
        ("the rose", ["Briar roses"]),
        ("idge", []),
        ("b", []),
    ],
)
def test_headlines_are_found_by_the_beginnings_of_their_words_newest_first(
    suggest: Suggest, typed: str, headlines: list[str]
) -> None:
    assert suggest(typed, "title") == headlines


TYPED = (
    "br", "harbour b", "ash", '"har', "una ", "title:har", "bread author:s", '"the bri', "-br",
    "harbour -b", "the br", "what br", "who d", "harbour OR br", "(harbour OR bread) b", "br? o",
    "bread -harbour b", 'title:"harbour b', "atleast:2(br", "bri NEAR/5 h", "source:h", "br the o",
    "words:>3 br", "date:2020 br", "-title:br", "café o", "bridge a", "on ", "the ",
    "how harbour b", "what is the br", "the a", "on the br", "who baked br", "how the b",
    "date:2020 the br", "-bread the br", "the -bread br", "why (bread) b",
)  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_every_suggestion_finds_what_it_promises(engine: Engine, text: str) -> None:
    for found in engine.suggest(text):
        total = engine.search(SearchRequest(q=found.q)).total
        assert (total == found.count) if found.kind != "title" else total, found


def test_suggestions_of_the_sample_find_what_they_promise(sample_engine: Engine) -> None:
    """Copies of a story among them."""
    chance = random.Random(3)
    starts = ("", "", '"', "-", "title:", "the ", "(", "strike OR ", "how ", "is the ")
    asked = SearchRequest(per_page=100)
    titles = [hit.held.article.title for hit in sample_engine.search(asked).hits]
    counted = 0
    for text in titles:
        start = chance.choice(starts)
        typed = start + text[: chance.randint(2, 14)]
        for found in sample_engine.suggest(typed):
            if found.kind != "title":
                counted += 1
                total = sample_engine.search(SearchRequest(q=found.q, with_facets=False)).total
                assert total == found.count > 0, (typed, found)
    assert counted > 200


@pytest.mark.parametrize("text", ["date:ma", "bridge date:2", "words:b", "updated:br", "date:>b"])
def test_where_days_and_numbers_are_asked_for_no_word_is_suggested(
    engine: Engine, text: str
) -> None:
    assert engine.suggest(text) == ()


@pytest.mark.parametrize(
    "scope",
    [
        SearchRequest(source=Filter(("The Harbour Ledger",))),
        SearchRequest(author=Filter((), ("Jane Hollister",)), start="2021"),
        SearchRequest(start="2022-01", end="2022-04"),
        SearchRequest(source=Filter(("The Harbour Ledger",)), end="1999"),
    ],
)
def test_a_part_of_the_archive_suggests_what_finds_something_there(
    sample: Engine, scope: SearchRequest
) -> None:
    everything = replace(scope, dedupe="off", per_page=100)
    there = {hit.held.article.id for hit in sample.search(everything).hits}
    kinds = set()
    for text in ("harb", "harbour b", "f", "ja", "author:m", '"har', "strike OR b", "bridge "):
        for found in sample.suggest(text, scope):
            kinds.add(found.kind)
            assert sample.search(replace(everything, q=found.q)).total >= found.count > 0
            assert not found.id or found.id in there
    assert kinds == ({"term", "author", "title"} if there else set())


def test_the_whole_archive_is_suggested_from_after_a_part_of_it(sample: Engine) -> None:
    before = sample.suggest("harbour b")
    assert sample.suggest("harbour b", SearchRequest(start="2022")) != before
    assert sample.suggest("harbour b") == before


def test_nothing_that_is_typed_fails(engine: Engine) -> None:
    for text in ("", " ", '"', "((((", "-", "author:", 'author:"', "OR", "NOT", "\x00", "*", "~",
                 "a" * 10_000, "東京", "x:y:z", "ferry AND", "\ud800"):  # fmt: skip
        assert len(engine.suggest(text)) <= 10


def test_a_removed_article_is_suggested_no_more(made_of: Made, program: Program) -> None:
    folder = made_of({"title": "Only here", "text": "Gone soon.", "author": "Ada Quill"},
                     {"title": "Stays", "text": "Still onlookers."})  # fmt: skip
    with open_archive(folder) as engine:
        assert [found.kind for found in engine.suggest("only")] == ["term", "title"]
        id = engine.suggest("only")[-1].id
        assert program("remove", id, archive=folder).returncode == 0
        assert engine.suggest("only") == ()
        assert engine.suggest("quill") == ()
