"""The versions of an article, and how it is cited, as the site shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from index.archive import Archive
from index.console import Console
from index.pipeline import AddRequest, add
from search.engine import open_archive
from web import Settings, create_app

_VERSIONS = (
    {"title": "Ferry strike <b>looms</b>", "text": "Six boats stay in port.\nTalks go on & on."},
    {"title": "Ferry strike begins", "text": "Seven boats stay in port.\nTalks go on & on."},
    {"title": "Ferry strike ends", "text": "All boats sail again.\nTalks go on & on."},
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("versions")
    page = {"url": "https://ledger.example/ferry", "author": "Jane Hollister", "date": "2022-03-02"}
    for version in _VERSIONS:
        (folder / "ferry.jsonl").write_text(json.dumps(page | version))
        with Console(None) as console:
            add(folder / "archive", AddRequest(inputs=(str(folder / "ferry.jsonl"),)), console)
    with open_archive(folder / "archive") as engine:
        yield create_app(Settings(archive=folder / "archive", title="City"), engine).test_client()


@pytest.fixture(scope="module")
def id(client: FlaskClient) -> str:
    return str(client.get("/api/v1/search").get_json()["results"][0]["id"])


def test_the_article_lists_its_versions(client: FlaskClient, id: str) -> None:
    page = client.get(f"/a/{id}").get_data(as_text=True)
    assert "3 versions" in page
    for number in (1, 2):
        assert f'href="/a/{id}?version={number}"' in page
    assert "?version=3" not in page
    listed = client.get(f"/api/v1/articles/{id}/versions").get_json()
    assert [version["version"] for version in listed["versions"]] == [3, 2, 1]
    assert [version["current"] for version in listed["versions"]] == [True, False, False]
    for version in listed["versions"]:
        whole = client.get(version["links"]["api"]).get_json()
        assert (whole["version"], whole["title"]) == (version["version"], version["title"])
        assert client.get(version["links"]["self"]).status_code == 200


def test_a_former_version_shows_what_the_next_one_changed(client: FlaskClient, id: str) -> None:
    response = client.get(f"/a/{id}?version=1")
    page = response.get_data(as_text=True)
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert f'<link rel="canonical" href="/a/{id}">' in page
    assert "<del>Six</del><ins>Seven</ins> boats stay in port." in page
    assert "Talks go on &amp; on." in page
    assert "<b>looms" not in page
    assert "&lt;b&gt;" in page
    assert f'href="/a/{id}?version=2"' in page
    newest = client.get(f"/a/{id}?version=3").get_data(as_text=True)
    assert newest == client.get(f"/a/{id}").get_data(as_text=True)


@pytest.mark.parametrize("number", [4, 999_999_999])
def test_a_version_that_never_was_is_not_found(client: FlaskClient, id: str, number: int) -> None:
    assert client.get(f"/a/{id}?version={number}").status_code == 404
    problem = client.get(f"/api/v1/articles/{id}?version={number}")
    assert (problem.status_code, problem.get_json()["code"]) == (404, "not_found")
    assert f"no version {number}" in problem.get_json()["detail"]


def test_a_version_that_is_no_number_is_the_newest_to_people(client: FlaskClient, id: str) -> None:
    for wrong in ("0", "-1", "x", "1" * 40):
        assert "Ferry strike ends" in client.get(f"/a/{id}?version={wrong}").get_data(as_text=True)
        problem = client.get(f"/api/v1/articles/{id}?version={wrong}").get_json()
        assert problem["code"] == "bad_version"


def test_an_article_that_is_not_held_has_no_versions() -> None:
    assert Archive.in_memory().history("none") == []


def test_the_page_of_citations_has_what_the_files_have(client: FlaskClient, id: str) -> None:
    page = client.get(f"/a/{id}/cite").get_data(as_text=True)
    bib = client.get(f"/a/{id}.bib")
    item = client.get(f"/a/{id}.csl.json")
    assert bib.mimetype == "application/x-bibtex"
    assert item.mimetype == "application/vnd.citationstyles.csl+json"
    assert bib.get_data(as_text=True).startswith("@article{hollister2022-" + id)
    assert bib.get_data(as_text=True).strip().replace('"', "&#34;") in page
    assert json.loads(item.get_data())[0]["archive"] == "City"
    assert f"City, http://localhost/a/{id} (accessed " in page
    assert "noindex" in client.get(f"/a/{id}/cite").headers["X-Robots-Tag"]


@pytest.mark.parametrize("behind", ["/cite", ".bib", ".csl.json", ".json", "?version=1"])
def test_an_article_that_is_not_held_is_not_found_in_any_form(
    client: FlaskClient, behind: str
) -> None:
    for method in (client.get, client.head):
        assert method(f"/a/none{behind}").status_code == 404
