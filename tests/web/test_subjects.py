"""The pages of authors, sources and days."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def _page(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def _total(client: FlaskClient, path: str) -> int:
    answer = client.get(path).json
    assert answer is not None
    total: int = answer["total"]
    return total


@pytest.mark.parametrize(
    ("path", "name", "search"),
    [
        ("/author/Jane%20Hollister", "Jane Hollister", "author=Jane+Hollister"),
        ("/author/jane%20hollister", "Jane Hollister", "author=Jane+Hollister"),
        ("/source/Northfield%20Courier", "Northfield Courier", "source=Northfield+Courier"),
        ("/day/2022-01-19", "Wednesday 19 January 2022", "from=2022-01-19&to=2022-01-19"),
    ],
)
def test_a_page_tells_of_all_that_the_search_finds(
    path: str, name: str, search: str, client: FlaskClient
) -> None:
    page = _page(client, path)
    heading = page.select_one("h1")
    assert heading is not None
    assert heading.text.replace(",", "") == name
    total = _total(client, f"/search.json?{search}")
    count = page.select_one(".subject .understood")
    assert count is not None
    assert count.text.strip() in {f"{total} articles", f"{total} article"}
    assert len(page.select(".hit")) == min(total, 10) > 0
    assert page.select(".over-time")


@pytest.mark.parametrize(
    "path",
    [
        "/author/Nobody%20At%20All",
        "/source/x",
        "/day/1999-01-01",
        "/day/0001-01-01",
        "/day/9999-12-31",
        "/day/2022-02-30",
        "/day/20220119",
        "/day/today",
        "/author/%00",
    ],
)
def test_there_is_no_page_of_what_the_archive_does_not_have(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


def test_nobody_is_offered_another_subject_in_place_of_this_one(client: FlaskClient) -> None:
    headings = _page(client, "/author/Jane%20Hollister").select(".facets h2")
    assert "Section" in [heading.text for heading in headings]
    assert "Author" not in [heading.text for heading in headings]


def test_a_feed_goes_with_each_page(client: FlaskClient) -> None:
    for path in ("/author/Jane%20Hollister", "/source/Northfield%20Courier", "/day/2022-01-19"):
        link = _page(client, path).select_one('link[type="application/atom+xml"]')
        assert link is not None
        feed = client.get(str(link["href"]))
        assert feed.status_code == 200
        assert "<entry>" in feed.text


def test_days_lead_to_the_nearest_days_that_have_articles(client: FlaskClient) -> None:
    path = "/day/2022-01-19"
    seen: list[str] = []
    while len(seen) < 6:
        seen.append(path)
        after = _page(client, path).select_one(".beside [rel=next]")
        assert after is not None
        path = str(after["href"])
    assert seen == sorted(set(seen))
    back = _page(client, seen[-1]).select_one(".beside [rel=prev]")
    assert back is not None
    assert back["href"] == seen[-2]
    last = _total(client, f"/search.json?from={seen[-1][5:]}&to={seen[-1][5:]}")
    assert last > 0


def test_the_day_is_marked_among_the_days_around_it(client: FlaskClient) -> None:
    (current,) = _page(client, "/day/2022-01-19").select("svg.drawing .current title")
    assert current.text.startswith("19 January 2022:")


def test_all_pages_of_an_author_together_list_every_article_once(client: FlaskClient) -> None:
    total = _total(client, "/search.json?source=Northfield+Courier")
    links = [
        str(link["href"])
        for number in range(1, -(-total // 10) + 1)
        for link in _page(client, f"/source/Northfield%20Courier?page={number}").select(".hit h2 a")
    ]
    assert len(links) == len(set(links)) == total


def test_searching_from_an_authors_page_stays_with_the_author(client: FlaskClient) -> None:
    hidden = _page(client, "/author/Jane%20Hollister").select("form.search input[type=hidden]")
    assert [(i["name"], i["value"]) for i in hidden] == [("author", "Jane Hollister")]
