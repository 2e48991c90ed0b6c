"""The pages of authors, sources and days in other forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search.engine import open_archive
from tests.conftest import Program
from web import Settings, create_app

SUBJECTS = [
    ("/author/Jane%20Hollister", "author=Jane+Hollister"),
    ("/source/Northfield%20Courier", "source=Northfield+Courier"),
    ("/day/2022-01-19", "from=2022-01-19&to=2022-01-19"),
]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(("path", "search"), SUBJECTS)
def test_a_twin_answers_as_the_search_does(path: str, search: str, client: FlaskClient) -> None:
    for more in ("", "&q=ferry&per_page=2"):
        given = json.loads(client.get(f"{path}.json?{more[1:]}").text)
        wanted = json.loads(client.get(f"/search.json?{search}{more}").text)
        assert given["total"] > 0
        assert given["results"] == wanted["results"]
        assert given["facets"] == wanted["facets"]
        for form in ("csv", "jsonl"):
            taken = client.get(f"{path}.{form}?{more[1:]}")
            assert taken.text == client.get(f"/search.{form}?{search}{more}").text
            assert taken.headers["X-Total-Count"] == str(given["total"])
        feed = ElementTree.fromstring(client.get(f"{path}.atom?{more[1:]}").text)
        other = ElementTree.fromstring(client.get(f"/search.atom?{search}{more}").text)
        for tag in ("entry", "id", "subtitle"):
            assert [*map(ElementTree.tostring, feed.findall(ATOM + tag))] == [
                *map(ElementTree.tostring, other.findall(ATOM + tag))
            ]


@pytest.mark.parametrize(("path", "search"), SUBJECTS[:2])
def test_pages_are_turned_at_the_address_of_the_subject(
    path: str, search: str, client: FlaskClient
) -> None:
    for begin in ("?per_page=2", "?per_page=2&cursor=*"):
        met: list[str] = []
        address = f"{path}.json{begin}"
        while address:
            assert address.startswith(f"{path}.json?")
            assert search not in address
            answer = json.loads(client.get(address).text)
            met += [result["id"] for result in answer["results"]]
            address = answer["links"]["next"]
        assert len(met) == len(set(met)) == answer["total"] > 2
    feed = ElementTree.fromstring(client.get(f"{path}.atom?per_page=2").text)
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(f"{path}.atom?per_page=2")
    assert f"{path}.atom?" in links["next"]


def test_the_drawing_is_that_of_the_page(client: FlaskClient) -> None:
    for path, _ in SUBJECTS:
        page = BeautifulSoup(client.get(path).text, "lxml")
        alone = BeautifulSoup(client.get(f"{path}.svg").text, "lxml")
        bars = [bar["data-first"] for bar in page.select(".drawing .room")]
        assert len(bars) > 1
        assert [bar["data-first"] for bar in alone.select(".room")] == bars
        leads = {link.get("href") or link["xlink:href"] for link in alone.select("a")}
        assert leads
        assert not any("per_page" in address for address in leads)
        assert client.get(f"{path}.svg").headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_each_page_names_its_twins(client: FlaskClient) -> None:
    for path, _ in SUBJECTS:
        page = client.get(path).text
        for form in ("json", "csv", "jsonl", "atom"):
            assert f'href="{path}.{form}"' in page
            assert client.get(f"{path}.{form}").headers["X-Robots-Tag"] == "noindex, follow"


@pytest.mark.parametrize(
    "path", ["/author/Nobody", "/source/x", "/day/1999-01-01", "/day/20220119", "/day/2022-02-30"]
)
def test_what_has_no_page_has_no_twins(path: str, client: FlaskClient) -> None:
    for form in ("json", "csv", "jsonl", "atom", "svg"):
        answer = client.get(f"{path}.{form}")
        assert answer.status_code == 404
        assert answer.get_json(force=True)["code"] == "not_found"


def test_who_has_any_copy_hears_all_the_same_that_there_is_no_page(client: FlaskClient) -> None:
    for path in ("/author/Nobody", "/source/x", "/author/Nobody.json"):
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == 404


def test_what_has_no_page_any_more_has_no_twins(
    archive_of: Callable[..., Path], program: Program
) -> None:
    archive = archive_of({"title": "Ferry strike", "text": "All boats stay in.", "source": "Bell"})
    with open_archive(archive) as engine:
        client = create_app(Settings(archive=archive), engine).test_client()
        (found,) = json.loads(client.get("/source/Bell.json").text)["results"]
        assert client.get("/source/Bell.svg").status_code == 200
        assert program("remove", found["id"], archive=archive).returncode == 0
        assert client.get("/source/Bell.svg").status_code == 404


def test_a_subject_that_is_not_there_is_told_before_a_bad_parameter(client: FlaskClient) -> None:
    assert client.get("/author/Nobody.json?page=none").status_code == 404


def test_a_bad_parameter_is_told_to_programs(client: FlaskClient) -> None:
    answer = client.get("/author/Jane%20Hollister.json?page=none")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, "bad_page")


@pytest.mark.parametrize(
    "name", ["feeds.example", "feeds.json", "feeds.json.html", "A/B.csv", "ä?#.svg"]
)
def test_a_name_with_dots_has_its_page_and_its_twins(
    name: str, archive_of: Callable[..., Path]
) -> None:
    archive = archive_of(
        {"title": "Ferry strike begins", "text": "Seven boats stay in port.", "source": name},
        {"title": "Ferry strike ends", "text": "All boats sail again.", "source": "feeds"},
    )
    with open_archive(archive) as engine:
        client = create_app(Settings(archive=archive), engine).test_client()
        hit = BeautifulSoup(client.get("/search?q=begins").text, "lxml").select_one(".hit .source")
        assert hit is not None
        page = BeautifulSoup(client.get(str(hit["href"])).text, "lxml")
        heading = page.select_one("h1")
        assert heading is not None
        assert heading.text == name
        canonical = page.select_one("link[rel=canonical]")
        twin = page.select_one('link[type="application/json"]')
        assert canonical is not None
        assert canonical["href"] == hit["href"]
        assert twin is not None
        answer = json.loads(client.get(str(twin["href"])).text)
        assert [result["source"] for result in answer["results"]] == [name]
        assert answer["links"]["self"] == str(twin["href"])
