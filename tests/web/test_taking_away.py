"""Results as CSV, JSON Lines and Atom, and the feeds of saved searches."""

from __future__ import annotations

import csv
import io
import json
import socket
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search import watching
from search.engine import open_archive
from search.request import SearchRequest
from tests.search.multitude import article, take
from web import Settings, create_app


def test_the_twins_have_every_result_of_the_search(client: FlaskClient) -> None:
    address = "q=ferry&source=The+Harbour+Ledger&sort=newest"
    answer = client.get(f"/search.json?{address}&per_page=100").get_json()
    lines = client.get(f"/search.jsonl?{address}&page=2").get_data(as_text=True).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == answer["results"]
    sheet = client.get(f"/search.csv?{address}")
    rows = list(csv.DictReader(io.StringIO(sheet.get_data(as_text=True), newline="")))
    assert [row["id"] for row in rows] == [result["id"] for result in answer["results"]]
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="ferry.csv"'
    assert sheet.headers["X-Total-Count"] == str(answer["total"])
    assert sheet.headers["X-Partial"] == "false"
    assert sheet.mimetype == "text/csv"
    assert "Content-Length" not in sheet.headers


def test_every_search_names_its_twins(client: FlaskClient) -> None:
    links = client.get("/search.json?q=ferry+strike&page=2&per_page=2").get_json()["links"]
    for name in ("html", "atom", "csv", "jsonl"):
        assert "page" not in links[name]
        assert client.get(links[name]).status_code == 200


def test_a_header_is_to_be_had_alone_and_nothing_is_sent_twice(client: FlaskClient) -> None:
    for _ in range(10):  # as many would use up what may be taken away at once
        head = client.head("/search.csv?q=ferry")
        assert head.status_code == 200
        assert head.get_data() == b""
        assert int(head.headers["X-Total-Count"]) > 0
    again = client.get("/search.csv?q=ferry", headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_few_may_take_results_away_at_once_and_all_after_them(client: FlaskClient) -> None:
    taking = [client.get("/search.csv", buffered=False) for _ in range(4)]
    refused = client.get("/search.csv")
    assert (refused.status_code, refused.get_json()["code"]) == (503, "busy")
    assert refused.headers["Retry-After"] == "60"
    for response in taking:
        response.close()
    assert client.get("/search.csv").status_code == 200


@pytest.mark.parametrize("twin", ["json", "csv", "jsonl", "atom"])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("cursor=!", "bad_cursor"),
        ("cursor=Li4u", "bad_cursor"),
        ("cursor=%2A&sort=relevance", "bad_cursor"),
        ("from=31+feb", "bad_date"),
    ],
)
def test_a_bad_parameter_is_a_problem(
    twin: str, query: str, code: str, client: FlaskClient
) -> None:
    response = client.get(f"/search.{twin}?{query}")
    assert (response.status_code, response.get_json()["code"]) == (400, code)


def test_the_links_of_a_harvest_lead_through_all_results(client: FlaskClient) -> None:
    address: str | None = "/api/v1/search?q=ferry&per_page=4&cursor=*"
    ids: list[str] = []
    total = -1
    while address:
        response = client.get(address)
        answer = response.get_json()
        total = answer["total"]
        ids += [result["id"] for result in answer["results"]]
        address = answer["links"]["next"]
        links = response.headers["Link"]
        assert (f'<{address}>; rel="next"' in links) if address else ('rel="next"' not in links)
    assert len(ids) == len(set(ids)) == total


# -- feeds


def test_a_search_is_a_feed_newest_first_page_after_page(client: FlaskClient) -> None:
    address: str | None = "http://localhost/search.atom?q=ferry&per_page=5"
    links: list[str] = []
    total = -1
    while address:
        response = client.get(address)
        assert response.mimetype == "application/atom+xml"
        feed = feedparser.parse(response.get_data())
        assert not feed.bozo, feed.bozo_exception
        total = int(feed.feed.opensearch_totalresults)
        assert int(feed.feed.opensearch_startindex) == len(links) + 1
        assert feed.feed.opensearch_itemsperpage == "5"
        assert feed.feed.opensearch_query["searchterms"] == "ferry"
        links += [entry.link for entry in feed.entries]
        moments = [entry.published_parsed for entry in feed.entries if "published" in entry]
        assert moments == sorted(moments, reverse=True)
        assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)
        assert all("updated" in entry for entry in feed.entries)
        assert feed.feed.author  # of the entries that have none
        address = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    assert len(links) == len(set(links)) == total
    assert client.get(links[0]).status_code == 200


def test_nothing_found_is_a_sound_feed(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.atom?q=zeppelinonsense").get_data())
    assert not feed.bozo
    assert (feed.entries, feed.feed.opensearch_totalresults) == ([], "0")


def test_whatever_articles_and_queries_hold_the_feed_is_sound(
    archive_of: Callable[..., Path],
) -> None:
    odd = "\x01\x0b\ufffe]]> <b>&amp; \u2028 \U0001f9ad"
    folder = archive_of(
        {"id": "1", "title": f"Seal {odd}", "text": f"A seal {odd}.", "author": f"A {odd}",
         "tags": [odd], "source": odd, "url": "https://x.example/?a=1&b=2"},
        {"id": "2", "title": "Seal, undated", "text": "By nobody."},
    )  # fmt: skip
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder, title=odd), engine).test_client()
        response = client.get("/search.atom", query_string={"q": f"seal OR {odd}"})
        feed = feedparser.parse(response.get_data())
    assert not feed.bozo, feed.bozo_exception
    assert len(feed.entries) == 2
    assert all("Seal" in entry.title for entry in feed.entries)
    assert "\U0001f9ad" in response.get_data(as_text=True)


def test_a_saved_search_has_a_feed_of_what_it_found(tmp_path: Path) -> None:
    take(tmp_path, [article(1)])
    watching.save(tmp_path, "herons", SearchRequest(q="heron"))
    with open_archive(tmp_path) as engine:
        client = create_app(Settings(archive=tmp_path), engine).test_client()
        empty = client.get("/watch/herons.atom")
        assert feedparser.parse(empty.get_data()).entries == []
        take(tmp_path, [article(2), article(3)])
        watching.look(tmp_path)
        found = client.get("/watch/herons.atom", headers={"If-None-Match": empty.headers["ETag"]})
        feed = feedparser.parse(found.get_data())
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["Heron 3", "Heron 2"]
        assert watching.unlisted(tmp_path, [])[0].found  # reading the feed lists nothing
        for name in ("nobody", "..%2Fherons", "HERONS"):
            assert client.get(f"/watch/{name}.atom").status_code == 404


# -- slow readers


def test_clients_that_read_slowly_or_leave_keep_nobody_waiting(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    words = " ".join(f"estuary{number}" for number in range(300))
    take(tmp_path, [article(number, words=f"{words} {number}") for number in range(1_500)])
    site = serve(tmp_path)
    host, port = site.removeprefix("http://").split(":")
    slow: list[socket.socket] = []
    try:
        for number in range(12):
            connection = socket.create_connection((host, int(port)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.sendall(b"GET /search.jsonl?q=heron HTTP/1.1\r\nHost: x\r\n\r\n")
            if number % 3:
                slow.append(connection)
            else:
                connection.close()
        for _ in range(5):
            assert answered(f"{site}/search.json?q=heron&per_page=1")["total"] == 1_500
    finally:
        for connection in slow:
            connection.close()


def answered(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=20) as response:
        return json.load(response)


@pytest.fixture
def hurried(sample_archive: Path) -> Iterator[FlaskClient]:
    """A site whose searches have no time at all."""
    with open_archive(sample_archive, most_seconds=-1.0) as engine:
        yield create_app(Settings(archive=sample_archive), engine).test_client()


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_who_gets_only_a_part_is_told(ending: str, hurried: FlaskClient) -> None:
    taken = hurried.get(f"/search.{ending}?q=ferry")
    assert taken.headers["X-Partial"] == "true"
    assert taken.headers["Content-Disposition"].endswith(f'"ferry-partial.{ending}"')
    assert taken.headers["Cache-Control"] == "no-store"


def test_a_feed_a_page_and_a_list_of_values_say_that_they_are_only_a_part(
    hurried: FlaskClient,
) -> None:
    told = "only a part of the articles was looked at"
    feed = BeautifulSoup(hurried.get("/search.atom?q=ferry").text, "xml")
    assert told in (feed.find("subtitle") or feed).text
    for path in ("/search?q=ferry", "/facets/author?q=ferry"):
        answer = hurried.get(path)
        assert told in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_whoever_has_an_answer_already_is_told_so_without_a_search(
    client: FlaskClient, hurried: FlaskClient
) -> None:
    for path in ("/search?q=ferry", "/search.json?q=ferry", "/search.svg?q=ferry"):
        tag = client.get(path).headers["ETag"]
        # The hurried site could not have made this answer: it did not try.
        again = hurried.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert hurried.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
