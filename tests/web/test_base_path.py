"""The site below a path of somebody else's host."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

BELOW = "https://paper.example/archive/"
ADDRESS = re.compile(r'(?:href|action|src)="([^"]*)"')


def _article(client: FlaskClient) -> str:
    found = client.get("/search.json?q=harbour").json
    assert found is not None
    return str(found["results"][0]["id"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=harbour",
        "/search?q=harbor",
        "/search?q=harbour&page=2&-source=x",
        "/facets/author",
        "/a/{id}?q=harbour",
        "/help",
        "/embed",
        "/nowhere",
    ],
)
def test_every_link_of_a_page_stays_below_the_path(path: str, client: FlaskClient) -> None:
    page = client.get(path.format(id=_article(client)), base_url=BELOW).text
    addresses = ADDRESS.findall(page)
    assert len(addresses) > 3
    assert [
        address
        for address in addresses
        if address.startswith("/") and not address.startswith("/archive/")
    ] == []


@pytest.mark.parametrize(
    "path",
    [
        "/search.json?q=harbour",
        "/search.json?q=harbor+brige",
        "/api/v1/articles/{id}/similar",
        "/api/v1/suggest?q=har",
        "/facets/author.json",
        "/search.jsonl?q=harbour",
    ],
)
def test_every_link_of_the_api_stays_below_the_path(path: str, client: FlaskClient) -> None:
    text = client.get(path.format(id=_article(client)), base_url=BELOW).text
    found = re.findall(r'"(/[^"]*)"', text)
    assert found
    assert [address for address in found if not address.startswith("/archive/")] == []


def test_suggestions_and_feeds_name_the_whole_address(client: FlaskClient) -> None:
    links = json.loads(client.get("/suggest?q=har", base_url=BELOW).text)[3]
    assert links
    assert all(link.startswith(BELOW) for link in links)
    feed = client.get("/search.atom?q=harbour", base_url=BELOW).text
    assert f'href="{BELOW}search?q=harbour"' in feed
