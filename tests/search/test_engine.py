"""What a question finds. Every article here is short enough to see by eye what should match."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Engine, open_archive
from search.request import SearchRequest
from tests.search.conftest import Ask, Made, asker, titles

# Each group has a vocabulary of its own, so that no test disturbs another.
ARTICLES: tuple[dict[str, object], ...] = (
    # all words, some words, small words
    {"title": "Blast at Pellworth", "text": "The quarry blast rattled windows. Nobody was hurt."},
    {"title": "Granite dear again", "text": "The quarry sold granite at a record price."},
    {"title": "Thaw comes early", "text": "An early thaw filled the reservoir. The dam held."},
    {"title": "Dam shut", "text": "Wardens shut a dam."},
    # phrases
    {"title": "Floods at Orme", "text": "Orme declared a state of emergency before dawn."},
    {
        "title": "Orme drills",
        "text": "Orme tested its state emergency plan, emergency of state or not.",
    },
    # OR, NOT, brackets
    {"title": "Owls", "text": "An owl nested in the belfry."},
    {"title": "Bats", "text": "A bat nested in the belfry."},
    {"title": "Owls and bats", "text": "An owl and a bat shared the belfry."},
    {"title": "Swifts", "text": "A swift nested under the belfry."},
    # beginnings and stems
    {"title": "Ballots", "text": "The election was close. Electoral rolls were open."},
    {"title": "Wires", "text": "Electricians were called."},
    {"title": "Strikes", "text": "Weavers were striking. Two earlier strikes had failed."},
    # fields
    {
        "title": "Orchard blight",
        "text": "Growers met on Tuesday about cider.",
        "author": "Una Ashby and Piers Holloway",
        "source": "Hill Gazette",
        "tags": ["farming", "fruit trees"],
    },
    {
        "title": "Cider prices",
        "text": "Una Ashby told growers that an orchard needs bees.",
        "author": "Sorrel Vane",
        "source": "Valley Herald",
        "tags": ["money"],
    },
    # how news writes
    {"title": "Senate sits", "text": "The U.S. senate sat until midnight for the crumhorn bill."},
    {"title": "Envoys fly", "text": "The US envoy flew home with a crumhorn."},
    {"title": "Letters to the desk", "text": "Readers told us about the crumhorn."},
    {"title": "Coders", "text": "The turbine runs on C++ and a little C#."},
    {"title": "Vitamins", "text": "Doctors gave vitamin C to sailors."},
    {"title": "Calls", "text": "Q&R Telegraph cut its tariff."},
    {"title": "Letters", "text": "Q wrote to R about the tariff."},
    {"title": "Straight apostrophe", "text": "Mayor O'Brannigan resigned."},
    {"title": "Curly apostrophe", "text": "Mayor O’Brannigan stayed away."},
    {"title": "No apostrophe", "text": "Mayor OBrannigan signed twice."},
    {"title": "With a comma", "text": "Some 140,000 herring were landed."},
    {"title": "Without a comma", "text": "Some 140000 herring were eaten."},
    {"title": "Other herring", "text": "Some 140 herring escaped, and 000 was the code."},
    {"title": "Accented", "text": "The pâté was sold on Tanner Street."},
    {"title": "Unaccented", "text": "The pate was sold on Tanner Street."},
    {"title": "Decades", "text": "In the 1980s the cinema showed 3.5 films a week."},
    {"title": "Tōkyō", "text": "The sign above the shop says 東京 in red."},
    {"title": "In September", "text": "May Day speeches are in May."},
    {
        "title": "The Rt. Hon. Wick's hat",
        "text": "Wick's hats were Tam-o'-shanters, post-war ones.",
    },
    # the title counts more than the text
    {"title": "Kestrel chicks hatch", "text": "A pair has been seen on the tower for a week now."},
    {"title": "Tower repairs", "text": "A kestrel watched the masons at work on the tower wall."},
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    with open_archive(made_of(*ARTICLES)) as engine:
        yield asker(engine)


def found(ask: Ask, q: str, match: str = "all") -> set[str]:
    page = ask(q, match=match, per_page=100)
    assert page.total == len(page.hits)
    return set(titles(page))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        # every word must be there, in whatever order and place
        ("quarry", {"Blast at Pellworth", "Granite dear again"}),
        ("quarry granite", {"Granite dear again"}),
        ("granite QUARRY", {"Granite dear again"}),
        ("Pellworth windows", {"Blast at Pellworth"}),
        ("granite windows", set()),
        # small words need not be there, unless nothing else is asked for
        ("the dam", {"Thaw comes early", "Dam shut"}),
        ("dam was on", {"Thaw comes early", "Dam shut"}),
        ("nobody was", {"Blast at Pellworth"}),
        # phrases mean what they say, small words included
        ('"state of emergency"', {"Floods at Orme"}),
        ('"state emergency"', {"Orme drills"}),
        ('"emergency of state"', {"Orme drills"}),
        ("state of emergency", {"Floods at Orme", "Orme drills"}),
        ('"quarry blast" windows', {"Blast at Pellworth"}),
        ('"blast quarry"', set()),
        ('"dawn Orme"', set()),
        # OR, NOT, brackets
        ("(owl OR bat) belfry", {"Owls", "Bats", "Owls and bats"}),
        ("owl OR bat OR swift", {"Owls", "Bats", "Owls and bats", "Swifts"}),
        ("(owl bat) OR swift", {"Owls and bats", "Swifts"}),
        ("owl bat OR swift", {"Owls and bats", "Swifts"}),
        ("owl nested OR quarry granite", {"Owls", "Granite dear again"}),
        # without
        ("belfry -owl", {"Bats", "Swifts"}),
        ("belfry -owl -bat", {"Swifts"}),
        ("belfry NOT (owl OR bat)", {"Swifts"}),
        ("belfry -(owl bat)", {"Owls", "Bats", "Swifts"}),
        ("(owl OR bat) -(owl bat)", {"Owls", "Bats"}),
        ("belfry -owl*", {"Bats", "Swifts"}),
        ('quarry -"quarry blast"', {"Granite dear again"}),
        ("cider -title:cider", {"Orchard blight"}),
        ("orchard -author:Ashby", {"Cider prices"}),
        ("crumhorn -U.S.", {"Letters to the desk"}),
        ("herring -date:2020", {"With a comma", "Without a comma", "Other herring"}),
        # beginnings
        ("electio*", {"Ballots"}),
        ("elect*", {"Ballots", "Wires"}),
        ("Elect*", {"Ballots", "Wires"}),
        ("title:ball*", {"Ballots"}),
        ("title:elect*", set()),
        # a word finds its other forms
        ("strike", {"Strikes"}),
        ("struck", set()),
        ("weaver", {"Strikes"}),
        ("weaver's", {"Strikes"}),
        # fields
        ("author:Ashby", {"Orchard blight"}),
        ("by:una", {"Orchard blight"}),
        ("Ashby", {"Orchard blight", "Cider prices"}),
        ('author:"Piers Holloway"', {"Orchard blight"}),
        ('author:"Holloway Piers"', set()),
        ("title:orchard", {"Orchard blight"}),
        ("orchard", {"Orchard blight", "Cider prices"}),
        ("title:(orchard OR cider)", {"Orchard blight", "Cider prices"}),
        ("source:gazette", {"Orchard blight"}),
        ('source:"Valley Herald"', {"Cider prices"}),
        ("tag:fruit", {"Orchard blight"}),
        ('tag:"fruit trees"', {"Orchard blight"}),
        ("tag:farm*", {"Orchard blight"}),
        ("author:hollow*", {"Orchard blight"}),
        ("orchard author:Vane", {"Cider prices"}),
        ("growers author:(Vane OR Holloway)", {"Orchard blight", "Cider prices"}),
        # the words of one question may be spread over title, text and byline
        ("blight Tuesday Holloway", {"Orchard blight"}),
        # U.S. is not us
        ("U.S. crumhorn", {"Senate sits", "Envoys fly"}),
        ("US crumhorn", {"Senate sits", "Envoys fly", "Letters to the desk"}),
        ("us crumhorn", {"Senate sits", "Envoys fly", "Letters to the desk"}),
        # names that plain word splitting loses
        ("C++", {"Coders"}),
        ("c++", {"Coders"}),
        ("C#", {"Coders"}),
        ("vitamin C", {"Vitamins"}),
        ("Q&R", {"Calls"}),
        ("q&r tariff", {"Calls"}),
        ("O'Brannigan", {"Straight apostrophe", "Curly apostrophe", "No apostrophe"}),
        ("O’Brannigan", {"Straight apostrophe", "Curly apostrophe", "No apostrophe"}),
        ("obrannigan", {"Straight apostrophe", "Curly apostrophe", "No apostrophe"}),
        ("140,000 herring", {"With a comma", "Without a comma"}),
        ("140000", {"With a comma", "Without a comma"}),
        ("140", {"Other herring"}),
        ("1980s 3.5", {"Decades"}),
        ("東京", {"Tōkyō"}),
        ("京東", set()),
        ("tokyo", {"Tōkyō"}),
        ("may title:September", {"In September"}),
        ("Wick", {"The Rt. Hon. Wick's hat"}),
        ("hat", {"The Rt. Hon. Wick's hat"}),
        ("post-war", {"The Rt. Hon. Wick's hat"}),
        # what is left out is left out from the first article on, and beside dates
        ("dam -the", {"Dam shut"}),
        ("belfry OR dam -the", {"Owls", "Bats", "Owls and bats", "Swifts", "Dam shut"}),
        ("(owl OR date:2020) OR bat", {"Owls", "Bats", "Owls and bats"}),
        ("belfry -(owl OR date:2020)", {"Bats", "Swifts"}),
        ("tam-o'-shanter", {"The Rt. Hon. Wick's hat"}),
    ],
)
def test_a_question_finds(q: str, expected: set[str], ask: Ask) -> None:
    assert found(ask, q) == expected


def test_a_small_word_alone_is_looked_for(ask: Ask) -> None:
    assert "Blast at Pellworth" in found(ask, "was")
    assert "Granite dear again" not in found(ask, "was")


def test_a_small_word_with_a_capital_is_a_name_and_must_be_there(ask: Ask) -> None:
    assert found(ask, "dam The") == {"Thaw comes early"}


def test_an_empty_question_finds_everything(ask: Ask) -> None:
    page = ask("")
    assert page.total == len(ARTICLES)
    assert page.query.sentence == "All articles."
    assert page.query.clauses == ()


def test_a_beginning_bound_to_a_field_stays_in_it(ask: Ask) -> None:
    assert found(ask, "source:val*") == {"Cider prices"}
    assert found(ask, "source:orch*") == set()


# -- match: auto, all, any


def test_where_no_article_has_all_words_those_with_some_are_found_and_it_says_so(ask: Ask) -> None:
    page = ask("granite windows")
    assert set(titles(page)) == {"Granite dear again", "Blast at Pellworth"}
    assert page.query.notes == ("no article has all of these words: these have some of them",)
    assert page.query.sentence == "Articles with “granite”, or with “windows”."


def test_where_an_article_has_all_words_auto_means_all(ask: Ask) -> None:
    page = ask("quarry granite")
    assert titles(page) == ["Granite dear again"]
    assert page.query.notes == ()


def test_asked_for_all_nothing_else_is_tried(ask: Ask) -> None:
    page = ask("granite windows", match="all")
    assert (page.total, page.hits, page.query.notes) == (0, (), ())


def test_asked_for_any_one_word_is_enough(ask: Ask) -> None:
    assert found(ask, "granite windows", "any") == {"Granite dear again", "Blast at Pellworth"}
    page = ask("quarry granite", match="any")
    assert titles(page) == ["Granite dear again", "Blast at Pellworth"]  # more words rank first
    assert page.query.notes == ()


def test_with_any_a_small_word_finds_nothing_by_itself(ask: Ask) -> None:
    assert found(ask, "the granite of", "any") == {"Granite dear again"}


def test_a_single_word_that_is_nowhere_finds_nothing_in_any_mode(ask: Ask) -> None:
    for match in ("auto", "all", "any"):
        page = ask("xylophonist", match=match)
        assert (page.total, page.hits, page.query.notes) == (0, (), ())


def test_a_field_beside_a_word_that_it_never_meets_is_not_given_up(ask: Ask) -> None:
    assert titles(ask("author:Vane granite")) == []


# -- what ranks first


def test_a_title_counts_more_than_the_text(ask: Ask) -> None:
    assert titles(ask("kestrel")) == ["Kestrel chicks hatch", "Tower repairs"]


@pytest.mark.parametrize(
    ("q", "first"), [("pâté", "Accented"), ("pate", "Unaccented"), ("PÂTÉ", "Accented")]
)
def test_both_spellings_are_found_and_the_one_that_was_typed_comes_first(
    q: str, first: str, ask: Ask
) -> None:
    page = ask(q)
    assert page.total == 2
    assert titles(page)[0] == first


def test_the_form_that_was_typed_comes_before_other_forms(made_of: Made) -> None:
    folder = made_of(
        {"title": "One", "text": "The miller baked a loaf that morning."},
        {"title": "Two", "text": "The miller baking a loaf was seen."},
    )
    with open_archive(folder) as engine:
        ask = asker(engine)
        assert titles(ask("baked")) == ["One", "Two"]
        assert titles(ask("baking")) == ["Two", "One"]


def test_us_in_capitals_ranks_the_country_before_the_pronoun(ask: Ask) -> None:
    assert titles(ask("US"))[-1] == "Letters to the desk"
    assert ask("US").total == 3


def test_scores_fall_along_the_page_and_ranks_count_up(ask: Ask) -> None:
    page = ask("belfry OR tower OR owl", per_page=100)
    scores = [hit.score for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]
    assert [hit.rank for hit in page.hits] == list(range(1, page.total + 1))


# -- what was understood


def test_the_answer_repeats_the_question_and_counts_each_clause(ask: Ask) -> None:
    page = ask('quarry "quarry blast" title:dam')
    assert page.query.q == 'quarry "quarry blast" title:dam'
    assert [(clause.text, clause.matches) for clause in page.query.clauses] == [
        ("quarry", 2),
        ('"quarry blast"', 1),
        ("title:dam", 1),
    ]


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("quarry", "Articles with “quarry”."),
        ("quarry granite", "Articles with “quarry” and “granite”."),
        ('"state of emergency"', "Articles with the phrase “state of emergency”."),
        ("electio*", "Articles with words that begin with “electio”."),
        ("title:dam", "Articles with “dam” in the title."),
        ("author:Ashby", "Articles by “Ashby”."),
        ("source:Gazette", "Articles in “Gazette”."),
        ("tag:money", "Articles tagged “money”."),
        ("owl -bat", "Articles with “owl”, without “bat”."),
        ("owl OR bat", "Articles with “owl” or “bat”."),
        ("date:2014-02-03", "Articles published on 3 February 2014."),
        ("date:2014..2015", "Articles published from 1 January 2014 to 31 December 2015."),
    ],
)
def test_the_question_is_told_back_in_a_sentence(q: str, sentence: str, ask: Ask) -> None:
    assert ask(q).query.sentence == sentence


def test_notes_of_the_language_reach_the_answer(ask: Ask) -> None:
    page = ask('colour:mauve "quarry')
    assert page.total == 2
    assert page.query.notes == (
        "a quotation mark without its partner was left out",
        "there is no field “colour”: it was searched as a word",
        "no article has all of these words: these have some of them",
    )


# -- what must not be found


def test_what_was_set_aside_is_not_found(archive_of: Callable[..., Path]) -> None:
    folder = archive_of(
        {
            "title": "Mill to close",
            "text": "Alderman Ada QuennellAda Mirabel QuennellBridge tariff scuttled by gale"
            " Lantern parade postponed MORE said on Monday that the old mill would close.",
        }
    )
    with open_archive(folder) as engine:
        ask = asker(engine)
        assert ask("mill Quennell").total == 1
        assert ask("scuttled", match="all").total == 0
        assert ask("Mirabel", match="all").total == 0
        assert ask('"Quennell said on Monday"').total == 1
        (hit,) = ask("mill").hits
        assert "scuttled" in hit.held.article.raw_text
        assert all("scuttled" not in snippet.text for snippet in hit.snippets)


@pytest.mark.parametrize(
    "q",
    [
        "'; DROP TABLE articles; --",
        '" OR 1=1 --',
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00%2e%2e",
        "title:<b>",
        "{{ 7*7 }}",
        "${jndi:ldap://x}",
        "id:1",
        "_stored",
        "title:[a TO z]",
        "quarry~2 blast^9",
    ],
)
def test_code_in_a_question_is_only_words(q: str, ask: Ask) -> None:
    page = ask(q, match="all")
    assert page.query.q == q
    assert page.total == 0
    assert ask("quarry").total == 2


def test_a_field_of_the_index_that_is_none_of_ours_is_a_word(ask: Ask) -> None:
    page = ask("body:quarry", match="all")
    assert page.total == 0
    assert page.query.notes == ("there is no field “body”: it was searched as a word",)


# -- the port


def test_an_engine_gives_whole_articles_by_id(ask: Ask, made_of: Made) -> None:
    folder = made_of({"title": "Alone", "text": "One lighthouse keeper wrote a diary."})
    with open_archive(folder) as engine:
        (hit,) = engine.search(SearchRequest(q="lighthouse")).hits
        held = engine.article(hit.held.article.id)
        assert held is not None
        assert held.article == hit.held.article
        assert engine.article("nosuchid") is None
        assert engine.was_removed("nosuchid") is None
        assert engine.articles() == 1


def test_questions_from_several_threads_get_their_own_answers(sample_engine: Engine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    questions = ["ferry", "bridge", "flood", "hospital", "school", "mine"] * 5
    alone = {q: sample_engine.search(SearchRequest(q=q)).total for q in set(questions)}
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda q: sample_engine.search(SearchRequest(q=q)), questions))
    assert [page.total for page in together] == [alone[q] for q in questions]
    assert [page.query.q for page in together] == questions
