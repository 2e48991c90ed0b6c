"""What a page says of itself: who wrote it, when, and under which headline."""

from __future__ import annotations

import json

import pytest

from index.article import Article
from index.candidates import Candidate, resolved
from index.markup import parse
from index.metadata import Metadata, read
from index.moments import day_in
from index.pages import lines
from index.sites import Site
from tests.index.saved import HEADLINE, article_of, page, paragraphs, text_of


def linked(**fields: object) -> str:
    node = {"@type": "NewsArticle", "headline": HEADLINE, **fields}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def said(head: str = "", before: str = "", url: str = "") -> Article:
    return article_of(page(paragraphs(), head=head, before=before), url)


def metadata(head: str = "", before: str = "", url: str = "") -> Metadata:
    tree = parse(page(paragraphs(), head=head, before=before))
    return read(tree, lines(tree, Site()), url)


ODILE = {"@type": "Person", "name": "Odile Marsh"}
WIRE = {"@type": "Organization", "name": "Ellmouth Wire"}
PAPER = {"@type": "Organization", "name": "The Sluice"}

AUTHORS = {
    "a person": ({"author": ODILE}, ("Odile Marsh",)),
    "a list": (
        {"author": [ODILE, {"@type": "Person", "name": "Jo Tern"}]},
        ("Odile Marsh", "Jo Tern"),
    ),
    "a text": ({"author": "Odile Marsh and Jo Tern"}, ("Odile Marsh", "Jo Tern")),
    "given name and family name": (
        {"author": {"@type": "Person", "givenName": "Odile", "familyName": "Marsh"}},
        ("Odile Marsh",),
    ),
    "a person who has the name of a thing": (
        {"author": {"@type": "Person", "name": "Emily Post"}},
        ("Emily Post",),
    ),
    "a person whose name begins like a byline": (
        {"author": {"@type": "Person", "name": "von Trapp Georg"}},
        ("von Trapp Georg",),
    ),
    "an agency": ({"author": WIRE, "publisher": PAPER}, ("Ellmouth Wire",)),
    "a paper that is called a person": (
        {"author": {"@type": "Person", "name": "The Sluice"}, "publisher": PAPER},
        ("The Sluice",),
    ),
    "a person and an agency": (
        {"author": [ODILE, WIRE], "publisher": PAPER},
        ("Odile Marsh", "Ellmouth Wire"),
    ),
    "a person and the paper": ({"author": [ODILE, PAPER], "publisher": PAPER}, ("Odile Marsh",)),
    "a name of one word in a script without spaces": (
        {"author": {"@type": "Person", "name": "김하늘"}},
        ("김하늘",),
    ),
    "an account of the editing system": (
        {
            "author": {
                "@type": "Person",
                "name": "Sluice D",
                "url": "https://s.example/author/admin/",
            }
        },
        ("Sluice D",),
    ),
}


@pytest.mark.parametrize(("fields", "authors"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors_come_from_json_ld(fields: dict[str, object], authors: tuple[str, ...]) -> None:
    assert said(linked(**fields)).authors == authors


def test_an_author_that_is_a_reference_is_looked_up() -> None:
    graph = [
        {"@type": "Article", "headline": HEADLINE, "author": {"@id": "#o"}, "publisher": "#p"},
        {"@type": "Person", "@id": "#o", "name": "Odile Marsh"},
        {"@type": "Organization", "@id": "#p", "name": "The Sluice"},
    ]
    head = f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
    assert said(head).authors == ("Odile Marsh",)
    assert said(head).source == "The Sluice"


@pytest.mark.parametrize(
    "wrapped",
    ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{};", '{{"@type": "WebSite"}}{}'],
)
def test_json_ld_is_read_through_what_publishers_put_around_it(wrapped: str) -> None:
    node = json.dumps({"@type": "Article", "headline": HEADLINE, "author": "Odile Marsh"})
    head = f"<script type='application/ld+json'>{wrapped.format(node)}</script>"
    assert said(head).authors == ("Odile Marsh",)


def test_a_comma_too_many_in_json_ld_is_forgiven() -> None:
    node = '{"@type": "Article", "author": "Odile Marsh",}'
    head = f"<script type='application/ld+json'>{node}</script>"
    assert said(head).authors == ("Odile Marsh",)


def test_people_and_organisations_are_told_apart() -> None:
    found = metadata(linked(author=[ODILE, WIRE], publisher=PAPER))
    assert found.people == ("Odile Marsh",)
    assert found.organisations == ("Ellmouth Wire",)


SHOWN = {
    "a byline by its class": "<p class='byline'>By Odile Marsh</p>",
    "microdata": "<span itemprop='author'>Odile Marsh</span>",
    "a link to the author": "<a rel='author' href='/o'>Odile Marsh</a>",
    "a line under the headline": "<p>By Odile Marsh on Monday, 3 May 2021 at 11:08</p>",
    "a label": "<p>Author: Odile Marsh</p>",
    "a name after a label of its own": "<p class='authors'>Von <b>Odile Marsh</b></p>",
}


@pytest.mark.parametrize("before", SHOWN.values(), ids=SHOWN.keys())
def test_a_byline_on_the_page_names_who_the_data_does_not(before: str) -> None:
    assert said(linked(author=PAPER, publisher=PAPER), before).authors == ("Odile Marsh",)


def test_a_name_alone_above_the_text_is_its_author() -> None:
    body = f"<p>…as the council counts its ladders</p><p>Odile Marsh</p>{paragraphs()}"
    article = article_of(page(body))
    assert article.authors == ("Odile Marsh",)
    assert "Odile Marsh\n" not in text_of(article)


def test_authors_in_elements_of_their_own_are_all_named() -> None:
    before = "<div><span class='author'>Odile Marsh</span><span class='author'>Jo Tern</span></div>"
    assert said(before=before).authors == ("Odile Marsh", "Jo Tern")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<aside class='related-stories'><p class='byline'>By Ada Winter</p></aside>",
        "<figure><figcaption><span class='author'>Ada Winter</span></figcaption></figure>",
        "<div class='comments'><span class='author'>Ada Winter</span></div>",
    ],
)
def test_the_byline_of_something_else_is_nobodys(elsewhere: str) -> None:
    assert "Ada Winter" not in said(before=elsewhere).authors


def test_a_byline_does_not_outrank_the_data() -> None:
    assert said(
        linked(author=WIRE, publisher=PAPER), "<p class='byline'>Ada Winter</p>"
    ).authors == ("Ellmouth Wire",)


@pytest.mark.parametrize(
    "name", ["author", "article:author", "cXenseParse:author", "parsely-author"]
)
def test_meta_tags_name_authors_under_many_names(name: str) -> None:
    assert said(f"<meta name='{name}' content='Odile Marsh'>").authors == ("Odile Marsh",)


DAYS = {
    "https://s.example/2019/02/14/heron": "2019-02-14",
    "https://s.example/2019/feb/14/heron": "2019-02-14",
    "https://s.example/news/2019-02-14-heron": "2019-02-14",
    "https://s.example/story/20190214/heron": "2019-02-14",
    "https://s.example/2019/2/heron": "",
    "https://s.example/2019/02/31/heron": "",
    "https://s.example/a/120190214": "",
    "https://s.example/1206313/heron": "",
}


@pytest.mark.parametrize(("url", "day"), DAYS.items())
def test_the_day_in_an_address(url: str, day: str) -> None:
    assert day_in(url) == day


def test_published_and_updated_are_told_apart() -> None:
    article = said(linked(datePublished="2021-05-03T10:14:00Z", dateModified="2021-05-09"))
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.text()[:10], article.updated.text()) == ("2021-05-03", "2021-05-09")


def test_a_date_that_is_none_gives_way_to_the_next() -> None:
    head = linked(datePublished="soon") + "<meta name='date' content='2021-05-03'>"
    published = said(head).published
    assert published is not None
    assert (published.text(), published.origin) == ("2021-05-03", "meta")


def test_the_address_decides_between_two_dates_days_apart() -> None:
    head = linked(datePublished="2021-05-09") + "<meta name='date' content='2021-05-03'>"
    doubted = said(head)
    settled = said(head, url="https://s.example/2021/05/03/heron")
    assert doubted.published is not None
    assert settled.published is not None
    assert doubted.published.text() == "2021-05-09"
    assert settled.published.text() == "2021-05-03"


def test_the_address_of_a_page_dates_it_where_nothing_else_does() -> None:
    published = said(url="https://s.example/2021/05/03/heron").published
    assert published is not None
    assert (published.text(), published.origin, published.confidence) == (
        "2021-05-03",
        "url",
        "medium",
    )


def test_every_candidate_is_kept_with_its_source() -> None:
    head = linked(author=ODILE, datePublished="2021-05-09") + (
        "<meta property='og:title' content='A heron is back'>"
        "<meta name='date' content='2021-05-03'><meta name='author' content='The Sluice'>"
    )
    found = {(c.field, c.value, c.origin) for c in metadata(head).candidates}
    assert {
        ("title", HEADLINE, "json-ld"),
        ("title", "A heron is back", "meta"),
        ("title", HEADLINE, "heading"),
        ("author", "Odile Marsh", "json-ld"),
        ("organisation", "The Sluice", "meta"),
        ("published", "2021-05-09", "json-ld"),
        ("published", "2021-05-03", "meta"),
    } <= found


def test_the_most_trusted_candidate_comes_first_and_of_equals_the_first() -> None:
    candidates = [
        Candidate("published", "a", "htmldate", "low"),
        Candidate("published", "b", "json-ld", "high"),
        Candidate("updated", "c", "json-ld", "high"),
        Candidate("published", "d", "meta", "high"),
    ]
    assert [c.value for c in resolved(candidates, "published")] == ["b", "d", "a"]


def test_a_kicker_is_no_part_of_the_headline() -> None:
    head = (
        linked(headline=f"Harbour: {HEADLINE}") + f"<meta property='og:title' content='{HEADLINE}'>"
    )
    article = said(head)
    assert article.title == HEADLINE
    assert f"Harbour: {HEADLINE}" in article.titles


def test_of_several_articles_in_the_data_it_is_the_one_of_the_page() -> None:
    nodes = [
        {"@type": "NewsArticle", "headline": "Otter at the lock", "author": "Ada Winter",
         "datePublished": "2021-05-09", "url": "https://s.example/otter"},
        {"@type": "NewsArticle", "headline": "The heron", "author": "Odile Marsh",
         "datePublished": "2021-05-03", "url": "https://s.example/heron"},
    ]  # fmt: skip
    head = f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    article = said(f"{head}<link rel='canonical' href='https://s.example/heron'>")
    assert article.authors == ("Odile Marsh",)
    assert article.url == "https://s.example/heron"
