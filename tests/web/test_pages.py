"""The pages without a browser: what is in them, and what their headers say."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search.engine import open_archive
from web import Settings, create_app


def soup_of(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.data, "lxml")


def test_a_search_shows_marked_titles_and_snippets_and_what_was_understood(
    client: FlaskClient,
) -> None:
    soup = soup_of(client, "/search?q=ferry+strike")
    understood = soup.select_one("#understood")
    assert understood is not None
    assert "with “ferry” and “strike”" in understood.get_text()
    hits = soup.select(".hit")
    assert len(hits) == 10
    for hit in hits:
        marks = {mark.get_text().casefold() for mark in hit.select("mark")}
        assert marks
        assert all(mark.startswith(("ferr", "strik", "struck")) for mark in marks)


def test_the_first_page_lists_the_newest_articles(client: FlaskClient) -> None:
    dates = [str(time["datetime"])[:10] for time in soup_of(client, "/").select(".hit time")]
    assert len(dates) == 10
    assert dates == sorted(dates, reverse=True)


def test_pages_lead_on_without_overlap_and_to_the_end(client: FlaskClient) -> None:
    seen: list[str] = []
    for number in (1, 2):
        soup = soup_of(client, f"/search?q=ferry+strike&page={number}")
        seen += [str(link["href"]) for link in soup.select(".hit h2 a")]
    total = re.match(r"\d+", soup.select_one(".count").get_text(strip=True))  # type: ignore[union-attr]
    assert total is not None
    assert len(seen) == len(set(seen)) == int(total.group())


def test_a_facet_is_switched_on_by_its_link_and_off_by_its_chip(client: FlaskClient) -> None:
    soup = soup_of(client, "/search?q=ferry")
    link = next(a for a in soup.select(".facets a") if "Harbour Ledger" in a.get_text())
    narrowed = soup_of(client, str(link["href"]))
    assert {s.get_text() for s in narrowed.select(".hit .source")} == {"The Harbour Ledger"}
    chip = narrowed.select_one(".chips a")
    assert chip is not None
    widened = soup_of(client, str(chip["href"]))
    assert widened.select_one(".count") == soup.select_one(".count")


def test_an_article_shows_its_matches_and_on_request_what_was_set_aside(
    client: FlaskClient,
) -> None:
    results = soup_of(client, "/search?q=toll+bill")
    address = str(results.select_one(".hit h2 a")["href"])  # type: ignore[index]
    clean = soup_of(client, address)
    assert clean.select("mark#h1")
    assert not clean.select("del")
    assert "MORE" not in clean.select_one(".text").get_text()  # type: ignore[union-attr]
    full = soup_of(client, f"{address}&set-aside=shown")
    aside = " ".join(passage.get_text() for passage in full.select("del.set-aside"))
    assert "MORE" in aside
    assert full.select("del .rule")
    assert not full.select("del mark")


def test_snippets_lead_to_their_hit_and_each_hit_to_its_neighbours(client: FlaskClient) -> None:
    results = soup_of(client, "/search?q=ferry")
    link = results.select(".to-hit")[1]
    number, total = map(int, re.findall(r"\d+", link.get_text()))
    address, anchor = str(link["href"]).split("#")
    article = soup_of(client, address)
    marks = article.select("mark[id]")
    assert [mark["id"] for mark in marks] == [f"h{n}" for n in range(1, total + 1)]
    assert anchor == f"h{number}"
    for n, step in enumerate(article.select(".step"), 1):
        assert f"hit {n} of {total}" in step.get_text()
        near = [f"#h{m}" for m in (n - 1, n + 1) if 1 <= m <= total]
        assert [str(a["href"]) for a in step.select("a")] == [*near, "#main"]
    hits = client.get("/search.json?q=ferry").get_json()["results"]
    of_article = {hit["links"]["self"]: hit for hit in hits}[address.partition("?")[0]]
    assert of_article["hits"] == total
    assert number in [snippet["hit"] for snippet in of_article["snippets"]]


def test_hits_in_the_standfirst_are_counted_and_no_phrase_runs_into_the_text(
    archive_of: Any,
) -> None:
    folder = archive_of(
        {"id": "1", "title": "Tide", "standfirst": "A quiet harbour", "text": "Bridge and harbour."}
    )
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        (hit,) = client.get("/search.json?q=harbour").get_json()["results"]
        assert hit["hits"] == 2
        article = soup_of(client, f"{hit['links']['self']}?q=harbour")
        assert [m["id"] for m in article.select(".standfirst mark, .text mark")] == ["h1", "h2"]
        phrase = f"{hit['links']['self']}?q=%22harbour+bridge%22"
        assert not soup_of(client, phrase).select("mark")
        assert client.get('/search.json?q="harbour bridge"').get_json()["total"] == 0


def test_a_value_can_be_left_out_and_taken_back_in(client: FlaskClient) -> None:
    soup = soup_of(client, "/search?q=ferry&dedupe=off")
    total = client.get("/search.json?q=ferry&dedupe=off").get_json()["total"]
    link = soup.select_one('[aria-label="Leave out The Harbour Ledger"]')
    assert link is not None
    left = soup_of(client, str(link["href"]))
    assert not [s for s in left.select(".hit .source") if s.get_text() == "The Harbour Ledger"]
    assert "not in The Harbour Ledger" in left.select_one(".chips").get_text()  # type: ignore[union-attr]
    back = left.select_one('[aria-label="Take The Harbour Ledger back in"]')
    assert back is not None
    assert str(total) in soup_of(client, str(back["href"])).select_one(".count").get_text()  # type: ignore[union-attr]


def test_a_facet_has_a_page_of_all_its_values_with_a_box_to_find_one(client: FlaskClient) -> None:
    soup = soup_of(client, "/search?q=ferry")
    link = next(a for a in soup.select(".facets .all a") if "authors" in a.get_text())
    page = soup_of(client, str(link["href"]))
    assert link.get_text().removeprefix("All ") == page.select_one("h1").get_text()  # type: ignore[union-attr]
    answer = client.get("/facets/author.json?q=ferry&contains=NELL").get_json()
    assert answer["total"] == len(answer["values"]) > 0
    assert all("nell" in value["value"].casefold() for value in answer["values"])
    found = soup_of(client, "/facets/author?q=ferry&contains=NELL")
    shown = [a.get_text(strip=True) for a in found.select(".value > :first-child")]
    assert shown == [value["value"] for value in answer["values"]]
    narrowed = soup_of(client, str(found.select_one(".value")["href"]))  # type: ignore[index]
    assert f"by {shown[0]}" in narrowed.select_one(".chips").get_text()  # type: ignore[union-attr]
    assert "noindex" in client.get("/facets/author?q=ferry").headers["X-Robots-Tag"]
    assert client.get("/facets/colour").status_code == 404
    assert client.get("/api/v1/facets/colour").get_json()["code"] == "not_found"
    assert client.get("/api/v1/facets/year?from=31+feb").get_json()["code"] == "bad_date"


def test_dates_in_words_are_bounds_and_the_page_says_what_they_meant(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=ferry&from=last+year&counting=newest").get_json()["query"]
    assert answer["counting"] == "newest"
    assert answer["counted_from"].endswith("the newest article")
    assert answer["from"].endswith("-01-01")
    assert client.get("/search.json?counting=never").get_json()["code"] == "bad_counting"
    assert client.get("/search.json?interval=hour").get_json()["code"] == "bad_interval"
    page = soup_of(client, "/search?q=ferry&from=last+year&counting=newest")
    assert "(last year, counted from" in page.select_one("#understood").get_text()  # type: ignore[union-attr]
    form = {str(field.get("name")) for field in page.select("form input[type=hidden]")}
    assert form == {"counting"}


def test_an_unknown_article_is_not_found_and_a_removed_one_is_gone(
    archive_of: Any, program: Any
) -> None:
    folder = archive_of({"id": "1", "title": "Lamp oil runs short", "text": "There is none."})
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        found = client.get("/search.json?q=lamp").get_json()
        id = found["results"][0]["id"]
        assert client.get(f"/a/{id}").status_code == 200
        assert program("remove", id, archive=folder).returncode == 0
        assert client.get(f"/a/{id}").status_code == 410
        assert client.get("/a/never-was").status_code == 404
        assert client.get("/search.json?q=lamp").get_json()["total"] == 0


HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>"


@pytest.mark.parametrize("place", ["title", "text", "author", "section", "source", "tags"])
def test_other_peoples_text_is_never_markup(archive_of: Any, place: str) -> None:
    article = {"id": "1", "title": "Quiet title", "text": "A quiet sentence about herons."}
    article[place] = f"herons {HOSTILE} herons"
    folder = archive_of(article)
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        listing = soup_of(client, "/search?q=herons")
        assert listing.select(".hit")
        pages = [listing, soup_of(client, str(listing.select_one(".hit h2 a")["href"]))]  # type: ignore[index]
        for page in pages:
            assert not page.select("img, script:not([src='/static/page/start.js'])")
            assert not [
                tag for tag in page.find_all(True) if any(k.startswith("on") for k in tag.attrs)
            ]
        snippet = client.get("/search.json?q=herons").get_json()["results"][0]["snippets"][0]
        assert unescape(re.sub(r"</?mark>", "", snippet["html"])) == snippet["text"]


@pytest.mark.parametrize(
    "q", [HOSTILE, "javascript:alert(1)", "{{7*7}}", "%0d%0aSet-Cookie:x=1", "\x00"]
)
def test_what_is_typed_is_never_markup(client: FlaskClient, q: str) -> None:
    response = client.get("/search", query_string={"q": q, "from": q, "author": q, "-tag": q})
    assert response.status_code == 200
    soup = BeautifulSoup(response.data, "lxml")
    assert not soup.select("img, script:not([src='/static/page/start.js'])")
    assert "Set-Cookie" not in response.headers
    assert "49" not in soup.select_one("title").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "jAvAsCrIpT:alert(1)", "java\tscript:alert(1)",
     "\x01javascript:alert(1)",
     "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example/x", "file:///etc/passwd"],
)  # fmt: skip
def test_only_web_addresses_become_links(archive_of: Any, url: str) -> None:
    folder = archive_of({"id": "1", "title": "Herons", "text": "Herons return.", "url": url})
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        address = client.get("/search.json?q=herons").get_json()["results"][0]["links"]["self"]
        hrefs = [str(a["href"]) for a in soup_of(client, address).select("a[href]")]
        assert all(href.startswith(("/", "#", "http://", "https://")) for href in hrefs)
        assert not any(href.startswith("//") for href in hrefs)


ADDRESSES = ["/", "/search?q=ferry", "/help", "/embed", "/embed.js", "/healthz",
             "/robots.txt", "/a/nope", "/facets/author?q=ferry", "/facets/colour",
             "/search.json?q=ferry", "/api/v1/search?page=0", "/api/v1/articles/nope", "/nowhere",
             "/static/microfiche.css", "/static/../app.py", "/static/%2e%2e/app.py"]  # fmt: skip


@pytest.mark.parametrize("method", ["get", "head", "post", "delete", "options"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers_that_protect(
    client: FlaskClient, address: str, method: str
) -> None:
    response = client.open(address, method=method.upper(), buffered=True)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Server" not in response.headers
    assert b"Traceback" not in response.data
    assert b"create_app" not in response.data


WORKS: tuple[list[str], ...] = ([], ["no article has all of these words: these have some of them"])


def test_nothing_inline_is_in_the_templates_or_the_script() -> None:
    web = Path(__file__).parent.parent.parent / "web"
    for template in (web / "templates").glob("*.html"):
        text = template.read_text()
        assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?! type=\"module\" src)", text), (
            template
        )
    for script in (web / "static").glob("*.js"):
        text = script.read_text()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
            r"|setHTMLUnsafe|DOMParser|createContextualFragment|srcdoc|\.cssText|javascript:",
            text,
        ), script


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=ferry")
    again = client.get("/search?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/search?q=bridge", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert other.status_code == 200


def test_result_pages_ask_not_to_be_indexed(client: FlaskClient) -> None:
    assert "noindex" in client.get("/search?q=ferry").headers["X-Robots-Tag"]
    assert "Disallow: /search" in client.get("/robots.txt").get_data(as_text=True)
    assert "X-Robots-Tag" not in client.get("/").headers


def test_the_help_page_describes_only_what_works(client: FlaskClient) -> None:
    for code in soup_of(client, "/help").select("td code"):
        answer = client.get("/search.json", query_string={"q": code.get_text()}).get_json()
        assert answer["query"]["notes"] in (
            [],
            ["no article has all of these words: these have some of them"],
        )


@pytest.mark.parametrize(
    "contains",
    [
        "<b>x</b>",
        '"><script>',
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass"),
        "*",
        "(",
        "é" * 500,
        "' OR 1=1",
        "{{7*7}}",
        "\u202e",
        "a" * 5_000,
    ],
)
def test_what_is_looked_for_among_values_is_text(
    contains: str | bytes, client: FlaskClient
) -> None:
    answer = client.get("/facets/author", query_string={"contains": contains})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "lxml")
    assert not page.select("b, img, main script")
    assert "49" not in (page.select_one("h1") or page).text
    told = client.get("/facets/author.json", query_string={"contains": contains})
    assert told.status_code == (200 if len(contains) <= 200 else 400)


def test_the_author_who_is_the_reason_is_marked(client: FlaskClient) -> None:
    shown = client.get("/search?q=author:thornbury").text
    assert 'href="/author/Paige%20Thornbury">Paige <mark>Thornbury</mark></a>' in shown
    found = client.get("/search.json?q=author:thornbury").json
    assert found
    result = found["results"][0]
    both = zip(result["authors"], result["author_ranges"], strict=True)
    marked = [name[start:end] for name, ranges in both for start, end in ranges]
    assert marked == ["Thornbury"]
