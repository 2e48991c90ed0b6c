"""The pages in another language: nothing is forgotten, and nothing of the English is left."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search.engine import Engine
from search.request import Match, SearchRequest
from search.wording import Language, Listed, Said, counted, said
from web import Settings, create_app
from web.collecting import TEMPLATE
from web.wording import WORDS, languages, wording_in

QUERIES = (
    "", "ferry strike", "ferry OR strike", "bridge -toll", '"harbour bridge"', "elect*", "el*al",
    "goverment~2 ferry~", "ferry NEAR/5 strike", "ferry NEAR/1 strike", "ferry SENTENCE strike",
    "atleast:3(toll) atleast:1(bridge)", "title:strike lead:toll", "in:clutter subscribe",
    'author:gri* source:"Northfield Courier" tag:ferry', "author:grieve~ source:north?ield",
    'section:sport dateline:paris slug:"update 2"', "lang:de", "lang:xx", "words:>1200",
    "words:<2000", "words:500-1800", "words:700", 'date:"last week"', "date:>2021-03",
    "date:..2021-03 -author:grieve", "updated:2022-06", 'updated:"last week" OR ferry',
    "NOT (author:a OR author:b)", "(bridge -toll) OR strike", 'date:"31 april"', "date:2021-02-30",
    "foo:bar", "OR bridge", "ferry (", '"unclosed', "ferry~3 a~", "?erry x*", "zzzzqq goverment",
    "***", "words:many", "atleast:5 x", "-in:clutter bridge", '"ferry"~3', "ferry NEAR/99 strike",
    "author: ", "ferry NEAR/5 stri*", f"{'bridge ' * 300}",
)  # fmt: skip
# With letters on both sides of their gaps, English patterns are told from German ones by these.
_GAP = re.compile(r"%\(\w+\)s|\{[^}]*\}|%%|<[^>]*>")


def _catalogue() -> Catalog:
    with (WORDS / "de.po").open("rb") as file:
        return read_po(file, locale="de")


def _messages() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _both(message: Message) -> Iterator[tuple[str, str]]:
    """(English, German), of a plural each form."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
        return
    yield from zip(message.id, message.string, strict=True)


def test_the_list_of_words_is_what_the_sources_say() -> None:
    # In a process of its own: libraries that read pages complain while they are imported.
    ran = subprocess.run([sys.executable, "-m", "web.collecting", "--check"], check=False)
    assert ran.returncode == 0, "run make words"


def test_everything_is_in_german() -> None:
    missing = [m.id for m in _messages() if m.fuzzy or not all(text for _, text in _both(m))]
    assert not missing
    with TEMPLATE.open("rb") as file:
        assert {m.id for m in read_po(file)} == {m.id for m in _catalogue()}


def test_a_translation_has_the_same_places_for_values() -> None:
    for english, german in (pair for message in _messages() for pair in _both(message)):
        assert sorted(_GAP.findall(german)) == sorted(_GAP.findall(english))
        assert '"' not in german or '"' in english  # some stand in attributes


# -- what was said


def test_what_was_said_is_its_text() -> None:
    note = said("“{text}” holds no word", text="***")
    assert note == "“***” holds no word"
    assert hash(note) == hash("“***” holds no word")
    assert list(dict.fromkeys([note, "“***” holds no word"])) == [note]
    with pytest.raises(AttributeError, match="cannot be changed"):
        note.pattern = "other"


def test_what_was_said_can_be_said_in_german() -> None:
    german = wording_in("de")
    days = said("since {day}", day=date(2021, 3, 4))
    assert str(days) == "since 4 March 2021"
    assert german.translated(said("published {days}", days=days)) == (
        "erschienen seit dem 4. März 2021"
    )
    assert german.translated(said("of more than {count:,} words", count=1200)) == (
        "mit mehr als 1.200 Wörtern"
    )
    assert german.translated(said("in {language}", language=Language("French", "fr"))) == (
        "auf Französisch"
    )
    three = Listed("{before}, {next}", ["a", said("undated"), "b"], last="{before} and {next}")
    assert three == "a, undated and b"
    assert german.translated(three) == "a, undatiert und b"
    typed = said("“{text}”", text="{evil} %s {0}")
    assert german.translated(typed) == "„{evil} %s {0}“"


@pytest.mark.parametrize(("number", "shown"), [(1, "1 Artikel"), (60_662, "60.662 Artikel")])
def test_numbers_are_german(number: int, shown: str) -> None:
    articles = counted(number, "{count:,} article", "{count:,} articles")
    assert wording_in("de").translated(articles) == shown
    assert str(articles) == wording_in("en").translated(articles)


def test_text_that_nobody_said_stays() -> None:
    assert wording_in("de").translated("undated") == "undated"


# -- sentences and notes


def _said_in(text: object) -> Iterator[Said]:
    """Everything said in ``text``, the inner parts too."""
    if isinstance(text, Said):
        yield text
        for value in text.values.values():
            yield from _said_in(value)
    elif isinstance(text, Listed):
        for part in text.parts:
            yield from _said_in(part)


@pytest.mark.parametrize("q", QUERIES, ids=lambda q: q[:30])
def test_what_search_says_reads_as_german(q: str, sample: Engine) -> None:
    match: Match = "all" if "e" in q else "any" if "OR" in q else "auto"
    start = "last year" if "ferry" in q else ""
    request = SearchRequest(q=q, match=match, start=start, end="never")
    understood = sample.search(request).query
    told = [understood.sentence, *understood.notes, *(r.text for r in understood.repairs)]
    german, known = (
        wording_in("de"),
        {m.id if isinstance(m.id, str) else m.id[0] for m in _messages()},
    )
    for text in told:
        assert wording_in("en").translated(text) == text
        parts = list(_said_in(text))
        assert parts or isinstance(text, Listed), f"nobody can translate {text!r}"
        assert {part.pattern for part in parts} <= known
        shown = german.translated(text)
        assert not re.search(r"\b(with|and|the|of|was|published|without)\b", _untyped(shown, q))


def _untyped(shown: str, q: str) -> str:
    """Without quotations, and without what was typed."""
    quoted = re.sub(r"„[^“]*“", "", shown)
    return quoted.replace(q, "").replace("last year", "")


# -- pages


@pytest.fixture
def german(sample: Engine, sample_archive: Path) -> FlaskClient:
    return create_app(Settings(archive=sample_archive, language="de"), sample).test_client()


_MISSING = frozenset({"/a/nothing", "/nowhere", "/day/x"})


def _addresses(sample: Engine) -> list[str]:
    hit = sample.search(SearchRequest(q="ferry")).hits[0]
    article = hit.held.article
    assert article.published is not None
    return [
        "/", "/?q=ferry", "/search?q=ferry&from=2021&interval=week&share=1&author=Ida+Marsh",
        "/search?q=ferrry+zzzz&match=all&from=2022", "/search?q=zzzz", "/facets/source",
        "/facets/author?contains=zzz", f"/author/{article.authors[0]}", f"/source/{article.source}",
        f"/day/{article.published.at.date()}", "/about", "/help", f"/a/{article.id}",
        f"/a/{article.id}?q=ferry&set-aside=shown", "/embed", "/embed/frame?q=ferry",
        "/embed?site=https://paper.example&source=Echo", *sorted(_MISSING),
    ]  # fmt: skip


# Code, and what the articles say.
_NOT_OURS = (
    "code, script, title, .nameplate, .snippet, .text, .standfirst, .summits, .similar ul,"
    " .copies ul, .moved p, .facets span[dir], .chips, h1[dir], h2 a, ol li > a, ol li > p"
)


def _visible(text: str) -> str:
    """What people see or hear of a page, but what is code or the archive's own text."""
    page = BeautifulSoup(text, "lxml")
    for node in page.select(_NOT_OURS):
        node.decompose()
    attributes = [
        value
        for node in page.find_all(True)
        for name, value in node.attrs.items()
        if name in {"aria-label", "title", "placeholder"} or name.startswith("data-")
    ]
    return " ".join(" ".join([page.get_text(" "), *map(str, attributes)]).split())


def test_no_page_has_english_left(german: FlaskClient, client: FlaskClient, sample: Engine) -> None:
    """Found by the words between the values of every English text; the English pages have them."""
    texts = {
        piece.strip(" .,:;()")
        for message in _messages()
        for english, translated in _both(message)
        for piece in _GAP.split(english)
        if len(piece.split()) > 2 and piece.strip() not in translated
    }
    assert len(texts) > 200
    met = 0
    for address in _addresses(sample):
        answer = german.get(address)
        assert answer.status_code in {200, 404}, address
        assert (answer.status_code == 404) == (address in _MISSING), address
        shown = _visible(answer.text)
        assert '<html lang="de"' in answer.text, address
        left = [text for text in texts if text in shown]
        assert not left, f"{address}: {left}"
        english = _visible(client.get(address).text)
        met += sum(text in english for text in texts)
    assert met > 150


def test_a_page_is_in_the_language_that_the_site_is_set_to(
    german: FlaskClient, client: FlaskClient
) -> None:
    assert "Artikel mit „ferry“." in german.get("/?q=ferry").text
    assert "Articles with “ferry”." in client.get("/?q=ferry").text
    assert '"understood":"Articles with' in german.get("/search.json?q=ferry").text
    pieces = german.get("/embed/snippets.json").text
    assert (
        pieces.count("<label>Archiv durchsuchen <input") == 2
    )  # the form, alone and in the element
    assert german.get("/about").headers["ETag"] != client.get("/about").headers["ETag"]


def test_typed_markup_stays_text_in_every_language(german: FlaskClient) -> None:
    shown = german.get("/?q=<b>x</b>&author=<i>y</i>").text
    assert "<b>x</b>" not in shown
    assert "<i>y</i>" not in shown
    assert "&lt;i&gt;y&lt;/i&gt;" in shown


def test_the_languages_are_those_that_have_words() -> None:
    assert languages() == ["en", "de"]
