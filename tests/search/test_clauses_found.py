"""What each clause of the language finds, in articles that are short enough to see why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import Engine, open_archive
from search.request import SearchRequest
from tests.search.conftest import Made

ARTICLES: tuple[dict[str, object], ...] = (
    {
        "title": "Toll vote",
        "standfirst": "Councillors chose a levy.",
        "text": "The ferry crews met the harbour board. A strike over the toll began.\n\n"
        "A bonfire was lit. The tolls and the toll keepers stayed.",
        "author": "Jane Quill",
        "section": "Local",
        "language": "en",
        "published": "2013-06-12",
        "updated": "2013-06-14",
    },
    {
        "title": "Ferry toll doubled",
        "text": "The board met.\n\nA levy on every ferry, and on crews, was struck out.",
        "author": "J. R. Quill",
        "section": "World News",
        "language": "de",
        "published": "2013-06-05",
    },
    {
        "title": "Cafés close",
        "text": "The colour of the harbour wall is grey." + " Grey walls stand." * 60,
        "author": "John Quilliam",
        "published": "2013-05-20",
        "language": "en",
    },
    {
        "title": "UPDATE 2-Harbour wall falls",
        "text": "The cost was not known.\n\nAlderman Ada QuennellAda Mirabel QuennellToll scuttled"
        " by gale Lantern toll postponed MORE said on Monday that the weir would close.",
        "author": "Ada Jane Smith-Quill",
        "published": "2012-06-12",
        "language": "en",
    },
)
VOTE, DOUBLED, CAFES = (str(article["title"]) for article in ARTICLES[:3])
FALLS = "Harbour wall falls"  # the slug is no part of a headline


@pytest.fixture(scope="module")
def engine(made_of: Made) -> Iterator[Engine]:
    with open_archive(made_of(*ARTICLES)) as engine:
        yield engine


def found(engine: Engine, q: str) -> set[str]:
    page = engine.search(SearchRequest(q=q, match="all", dedupe="off"))
    assert page.query.notes == ()
    return {hit.held.article.title for hit in page.hits}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        # near one another, in either order
        ('"harbour ferry"~5', {VOTE}),
        ('"harbour ferry"~4', {VOTE}),
        ('"harbour ferry"~3', set()),
        ("ferry NEAR/1 toll", {DOUBLED}),
        ("toll NEAR/1 ferry", {DOUBLED}),
        ('"ferry crews harbour"~3', {VOTE}),
        ('"ferry crews harbour"~2', set()),
        ('"ferry crews" NEAR/3 harbour', {VOTE}),
        ('"harbour board" NEAR/4 ferry', {VOTE}),
        ("title:(doubled NEAR/2 ferry)", {DOUBLED}),
        ("author:(quill NEAR/2 jane)", {VOTE, FALLS}),
        ('-"harbour ferry"~5', {DOUBLED, CAFES, FALLS}),
        # not across the standfirst, nor two headlines
        ('"levy ferry"~9', {DOUBLED}),
        # in one sentence
        ("strike SENTENCE toll", {VOTE}),
        ("ferry SENTENCE toll", {DOUBLED}),  # the headline is a sentence
        ("ferry SENTENCE harbour SENTENCE met", {VOTE}),
        ("bonfire SENTENCE toll", set()),
        ('"harbour board" SENTENCE crews', {VOTE}),
        ("lead:(board SENTENCE met)", {VOTE, DOUBLED}),
        ("levy SENTENCE crews", {DOUBLED}),
        ("councillors SENTENCE levy", {VOTE}),
        # so many times in the text, other forms of the word included
        ("atleast:3(toll)", {VOTE}),
        ("atleast:4(toll)", set()),
        ('atleast:2("the toll")', {VOTE}),
        ("title:atleast:1(toll)", {VOTE, DOUBLED}),
        ("atleast:50(grey)", {CAFES}),
        # patterns and spellings
        ("co?our", {CAFES}),
        ("caf?s", {CAFES}),
        ("st*ck", {DOUBLED}),
        ("hrabour~", {VOTE, CAFES, FALLS}),
        ("habrour", set()),
        ("title:dubled~", {DOUBLED}),
        ("author:quil~", {VOTE, DOUBLED, FALLS}),
        ("author:qu*m", {CAFES}),
        # the headline and the first paragraph, with what stands over it
        ("lead:ferry", {VOTE, DOUBLED}),
        ("lead:levy", {VOTE}),
        ("lead:bonfire", set()),
        ("lead:cou*", {VOTE}),
        ('lead:"ferry crews"', {VOTE}),
        ("lead:crewz~", {VOTE}),
        # names
        ('author:"j. quill"', {VOTE, DOUBLED, FALLS}),
        ('author:"J R Quill"', {DOUBLED}),
        ('author:"JANE QUILL"', {VOTE}),
        ('author:"a. j. quill"', {FALLS}),
        ("author:j", {DOUBLED}),
        # the other fields
        ("section:local", {VOTE}),
        ('section:"world news"', {DOUBLED}),
        ("lang:de", {DOUBLED}),
        ("lang:German", {DOUBLED}),
        ("lang:EN toll", {VOTE}),
        ('lang:"de en"', set()),
        ('slug:"update 2"', {FALLS}),
        ("slug:update", {FALLS}),
        # what was set aside
        ("lantern", set()),
        ("in:clutter lantern", {FALLS}),
        ('in:clutter "lantern toll"', {FALLS}),
        ("in:clutter lant*", {FALLS}),
        ("clutter:toll weir", {FALLS}),
        ("in:clutter ferry", set()),
        # how long
        ("words:>100", {CAFES}),
        ("words:<100", {VOTE, DOUBLED, FALLS}),
        ("words:10-30 toll", {VOTE, DOUBLED}),
        ("-words:<100", {CAFES}),
        # when, by the newest article of an archive that is closed
        ("date:today", {VOTE}),
        ("date:last week", {DOUBLED}),
        ('date:"last month"', {CAFES}),
        ("date:last year", {FALLS}),
        ("date:since 5 June", {VOTE, DOUBLED}),
        ("date:first half of 2013", {VOTE, DOUBLED, CAFES}),
        ("-date:2013", {FALLS}),
        ("updated:2013-06-14", {VOTE}),
        ("updated:>2014", set()),
        ("updated:2013 OR lang:de", {VOTE, DOUBLED}),
    ],
)
def test_a_clause_finds(q: str, expected: set[str], engine: Engine) -> None:
    assert found(engine, q) == expected


def test_what_words_of_a_date_were_counted_from_is_said(engine: Engine) -> None:
    page = engine.search(SearchRequest(q='levy date:"last week"'))
    assert page.query.sentence == (
        "Articles with “levy”, published from 3 June 2013 to 9 June 2013"
        " (last week, counted from 12 June 2013, the newest article)."
    )


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        (
            '"ferry crews"~5 author:"j. quill" -lang:de words:>1200',
            "Articles with “ferry” and “crews” within 5 words of one another, by “j. quill”,"
            " not in German, of more than 1,200 words.",
        ),
        (
            "ferry SENTENCE toll lead:levy atleast:3(toll)",
            "Articles with “ferry” and “toll” in the same sentence and “levy” in the title or"
            " first paragraph and “toll” at least 3 times.",
        ),
        (
            'co?our fery~ in:clutter "read more"',
            "Articles with words like “co?our” in what was set aside and “fery” or words that"
            " differ from it by a letter in what was set aside and the phrase “read more” in"
            " what was set aside.",
        ),
        (
            'section:sport dateline:paris slug:"update 2" updated:2014 words:<200',
            "Articles in the section “sport”, datelined “paris”, sent as “update 2”, updated from"
            " 1 January 2014 to 31 December 2014, of fewer than 200 words.",
        ),
    ],
)
def test_what_was_understood_is_one_plain_sentence(q: str, sentence: str, engine: Engine) -> None:
    assert engine.search(SearchRequest(q=q, match="all")).query.sentence == sentence


def test_what_only_picks_is_sorted_by_date(engine: Engine) -> None:
    page = engine.search(SearchRequest(q="words:<100", dedupe="off"))
    assert [hit.held.article.title for hit in page.hits] == [VOTE, DOUBLED, FALLS]


def test_a_pattern_that_fits_too_many_words_says_so(made_of: Made) -> None:
    text = " ".join(f"zeb{number:04}q" for number in range(300))
    with open_archive(made_of({"title": "Numbers", "text": f"A list. {text}"})) as engine:
        page = engine.search(SearchRequest(q="zeb?*q"))
        assert page.total == 1
        told = "“zeb?*q” fits too many words: the 200 most frequent were searched"
        assert told in page.query.notes
