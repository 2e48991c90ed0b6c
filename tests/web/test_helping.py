"""Suggestions, better spellings, repairs and similar articles on the web."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from search.language import MOST_CHARACTERS


def test_browsers_get_suggestions_as_they_want_them(client: FlaskClient) -> None:
    response = client.get("/suggest?q=harb")
    assert response.mimetype == "application/x-suggestions+json"
    typed, completions, descriptions, addresses = response.get_json(force=True)
    assert typed == "harb"
    assert "harbour" in completions
    assert len(completions) == len(descriptions) == len(addresses)
    for address in addresses:
        assert client.get(address).status_code == 200


def test_programs_get_suggestions_with_kind_and_count(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest?q=harbour+b").get_json()["suggestions"]
    assert {suggestion["kind"] for suggestion in found} >= {"term", "title"}
    for suggestion in found:
        assert set(suggestion) == {"text", "kind", "count", "q", "link"}
        assert suggestion["count"] > 0
        assert client.get(suggestion["link"]).status_code == 200


def test_nothing_typed_is_answered_with_nothing(client: FlaskClient) -> None:
    assert client.get("/suggest").get_json(force=True) == ["", [], [], []]
    assert client.get("/api/v1/suggest").get_json() == {"suggestions": []}
    response = client.get("/api/v1/suggest?q=" + "x" * (MOST_CHARACTERS + 1))
    assert response.get_json()["code"] == "query_too_long"


def test_a_slip_is_offered_mended_with_its_count(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=harbuor+bridge").get_json()
    assert answer["query"]["did_you_mean"] == "harbour bridge"
    page = client.get("/search?q=harbuor+bridge").text
    assert 'Did you mean <a href="/search?q=harbour+bridge"' in page


@pytest.mark.parametrize(
    "asked", ["q=ferry+zeppelin&match=all", "q=ferry&from=1901&to=1902", "q=ferry&source=Nobody"]
)
def test_an_empty_page_leads_to_what_finds_something(client: FlaskClient, asked: str) -> None:
    query = client.get(f"/search.json?{asked}").get_json()["query"]
    assert query["emptied_by"]
    assert query["repairs"]
    page = unescape(client.get(f"/search?{asked}").text)
    for repair in query["repairs"]:
        assert f'href="{repair["link"]}"' in page
        again = client.get(repair["link"].replace("/search?", "/search.json?")).get_json()
        assert again["total"] == repair["matches"] > 0
        assert again["query"]["q"] == repair["q"]


def test_what_is_typed_is_no_markup_on_an_empty_page(client: FlaskClient) -> None:
    page = client.get("/search?q=ferry+zeppel<b>in&source=<script>alert(1)</script>").text
    assert "<script>" not in page
    assert "<b>in" not in page


def test_an_article_shows_similar_ones(client: FlaskClient) -> None:
    id = client.get("/search.json?q=title:ferry").get_json()["results"][0]["id"]
    listed = client.get(f"/api/v1/articles/{id}/similar").get_json()
    assert listed["terms"]
    assert listed["articles"]
    assert id not in {article["id"] for article in listed["articles"]}
    section = re.search(r"Similar articles</h2>(.*?)</section>", client.get(f"/a/{id}").text, re.S)
    assert section is not None
    for address in re.findall(r'href="(.*?)"', section[1]):
        assert client.get(address).status_code == 200


def test_an_article_that_is_not_held_has_no_similar_ones(client: FlaskClient) -> None:
    assert client.get("/api/v1/articles/nosuch/similar").status_code == 404
