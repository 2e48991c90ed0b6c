"""Text of articles and of queries stays text: on the page, in data, in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playwright.sync_api import Dialog, Page

from index.identity import web_address
from search.engine import open_archive
from tests.conftest import ROOT, Program
from tests.web.payloads import PAYLOADS
from web import Settings, create_app

ARTICLES = [
    {
        "id": str(number),
        "title": f"Zebra {number} {payload}",
        "text": f"A zebra {number} said {payload} in the field. And more of it was there.",
        "standfirst": f"A lead {payload}",
        "author": f"{payload} Smith",
        "section": payload,
        "source": f"{payload} Courier",
        "tags": [payload],
        "url": f"javascript:window.hit={number}",
    }
    for number, payload in enumerate(PAYLOADS)
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Path:
    """An archive of forty articles, each with another payload in every field."""
    folder = tmp_path_factory.mktemp("hostile") / "archive"
    lines = "\n".join(map(json.dumps, ARTICLES))
    done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def asked(hostile: Path) -> Iterator[FlaskClient]:
    with open_archive(hostile) as engine:
        yield create_app(Settings(archive=hostile, title=PAYLOADS[1]), engine).test_client()


HARMLESS = (
    "/",
    "/search?q=ferry+strike&author=Jane+Hollister&from=2021&-tag=x",
    "/search?q=ferry+AND+nothingatall+OR+(nothing",
    "/search?q=harbor+brige",
    "/search?q=nothingatall",
    "/facets/author?q=ferry",
    "/facets/tag?contains=nothingatall",
)


@pytest.fixture(scope="module")
def known(sample_archive: Path) -> frozenset[str]:
    """The names of all elements and attributes that pages have when nobody means harm."""
    with open_archive(sample_archive) as engine:
        client = create_app(Settings(archive=sample_archive), engine).test_client()
        found = client.get("/search.json?q=toll+bill").get_json()["results"][0]["links"]["self"]
        addresses = [*HARMLESS, f"{found}?q=toll&set-aside=shown"]
        pages = [BeautifulSoup(client.get(address).data, "lxml") for address in addresses]
    names = frozenset().union(*map(names_in, pages))
    assert not [name for name in names if name.startswith("@on") or name == "@style"]
    return names


def names_in(page: BeautifulSoup) -> set[str]:
    tags = page.find_all(True)
    return {tag.name for tag in tags} | {f"@{name}" for tag in tags for name in tag.attrs}


def page_of(client: FlaskClient, address: str, known: frozenset[str]) -> BeautifulSoup:
    """A page, with nothing in it that harmless pages do not have."""
    response = client.get(address)
    assert response.status_code == 200
    page = BeautifulSoup(response.data, "lxml")
    assert names_in(page) <= known
    for tag in page.find_all(True):
        assert tag.name != "script" or (tag.get("src") and not tag.get_text()), tag
        for name in ("href", "src", "action"):
            assert re.match(r"/(?!/)|#|https?://|$", str(tag.get(name, "")), re.I), tag
    return page


def test_a_page_of_forty_hostile_articles_has_only_our_own_markup(
    asked: FlaskClient, known: frozenset[str]
) -> None:
    page = page_of(asked, "/search?q=zebra&per_page=100&dedupe=off", known)
    titles = {title.get_text() for title in page.select(".hit h2 a")}
    assert len(titles) == len(ARTICLES)
    shown = page.get_text()
    for payload in PAYLOADS:
        assert payload.strip("\ue000\ue001") in shown
    assert {mark.get_text() for mark in page.select(".hit h2 mark")} == {"Zebra"}


def test_every_article_page_shows_its_payload_as_text(
    asked: FlaskClient, known: frozenset[str]
) -> None:
    hits = asked.get("/search.json?q=zebra&per_page=100&dedupe=off").get_json()["results"]
    for hit in hits:
        number = int(re.findall(r"\d+", hit["title"])[0])
        page = page_of(asked, f"{hit['links']['self']}?q=zebra&set-aside=shown", known)
        assert PAYLOADS[number].strip("\ue000\ue001") in page.get_text()


@pytest.mark.parametrize("name", ["q", "author", "from", "sort", "unknown"])
def test_no_parameter_becomes_markup(asked: FlaskClient, known: frozenset[str], name: str) -> None:
    for payload in PAYLOADS:
        page_of(asked, f"/search?{name}={quote(payload)}", known)


@pytest.mark.parametrize("path", ["/facets/author?q={}", "/facets/tag?contains={}"])
def test_pages_of_values_take_no_markup_either(
    asked: FlaskClient, known: frozenset[str], path: str
) -> None:
    for payload in PAYLOADS:
        page_of(asked, path.format(quote(payload)), known)


@pytest.mark.parametrize(
    "path",
    ["/search.json?q={}", "/api/v1/search?q=zebra&author={}", "/suggest?q={}", "/a/{}", "/{}"],
)
def test_data_and_errors_are_never_sent_as_something_a_browser_renders(
    asked: FlaskClient, path: str
) -> None:
    for payload in PAYLOADS:
        response = asked.get(path.format(quote(payload, safe="")))
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if response.mimetype == "text/html":
            assert response.status_code in {404, 410}
            page = BeautifulSoup(response.data, "lxml")
            scripts = [
                tag for tag in page.find_all("script") if tag.get_text() or not tag.get("src")
            ]
            assert not [*scripts, *page.find_all(["img", "svg", "iframe"])], payload
        else:
            assert "json" in str(response.mimetype)


def test_feeds_hold_the_payloads_as_text(asked: FlaskClient) -> None:
    feed = BeautifulSoup(asked.get("/search.atom?q=zebra&per_page=100&dedupe=off").data, "xml")
    titles = [title.get_text() for title in feed.select("entry > title")]
    assert len(titles) == len(ARTICLES)
    assert {str(link["href"]).split(":")[0] for link in feed.find_all("link")} == {"http"}
    assert not feed.find_all(["script", "img", "svg"])


def test_nothing_runs_in_a_browser(page: Page, serve: object, hostile: Path) -> None:
    """The ``page`` fixture fails on anything that the policy of the page had to stop."""
    dialogs: list[str] = []

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", opened)
    site = serve(hostile, "--title", PAYLOADS[1])  # type: ignore[operator]
    together = quote("".join(PAYLOADS)[:1_900])
    for address in (
        "/search?q=zebra&per_page=100&dedupe=off",
        f"/search?q={together}",
        f"/search?q=zebra&author={quote(PAYLOADS[10])}&from={quote(PAYLOADS[32])}",
        "/facets/author?per_page=100",
    ):
        page.goto(f"{site}{address}")
        assert page.evaluate("window.hit") is None
        assert page.locator("body script, body iframe, body svg, [onerror], [onload]").count() == 0
    page.goto(f"{site}/search?q=zebra&per_page=100&dedupe=off")
    page.locator(".hit h2 a").nth(10).click()
    assert page.evaluate("window.hit") is None
    assert "zebra" in page.locator(".text").inner_text()
    assert dialogs == []


# -- markers and entities


def test_marks_cannot_be_forged(archive_of: object, known: frozenset[str]) -> None:
    """Whatever in an article looks like a mark, half a character or an entity, only what was found
    is marked."""
    text = "The \ue000forged\ue001 and <mark>false</mark> \udcff herons of AT&amp;T and AT&T flew."
    folder = archive_of({"id": "1", "title": "Herons \ue000x\ue001 <mark>y</mark>", "text": text})  # type: ignore[operator]
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        for q, marked in (("herons", {"herons", "Herons"}), ("AT%26T", {"AT&T", "AT&amp;T"})):
            page = page_of(client, f"/search?q={q}", known)
            marks = {mark.get_text() for mark in page.select(".hit mark")}
            assert marks
            assert marks <= marked
            assert "<mark>y</mark>" in page.select(".hit h2")[0].get_text()
            (result,) = client.get(f"/search.json?q={q}").get_json()["results"]
            for snippet in result["snippets"]:
                assert {snippet["text"][a:b] for a, b in snippet["ranges"]} <= marked


# -- addresses of articles

LONG = "https://paper.example/" + "x" * 10_000
SCHEMES = [
    ("https://paper.example/a", "https://paper.example/a"),
    ("HTTPS://paper.example/a", "HTTPS://paper.example/a"),
    ("https://bücher.example/a", "https://bücher.example/a"),
    ("https://user@paper.example/a", "https://user@paper.example/a"),
    ("https://paper.example/\t<a>", "https://paper.example/<a>"),
    ("javascript:alert(1)", ""),
    ("jAvAsCrIpT:alert(1)", ""),
    ("java\tscript:alert(1)", ""),
    ("java\nscript:alert(1)", ""),
    ("\x01javascript:alert(1)", ""),
    (" javascript:alert(1)", ""),
    ("javascript\x00:alert(1)", ""),
    ("javascript://paper.example/%0aalert(1)", ""),
    ("view-source:javascript:alert(1)", ""),
    ("data:text/html,<script>alert(1)</script>", ""),
    ("data:text/html;base64,PHNjcmlwdD4=", ""),
    ("vbscript:msgbox(1)", ""),
    ("feed:javascript:alert(1)", ""),
    ("blob:https://paper.example/x", ""),
    ("file:///etc/passwd", ""),
    ("ftp://paper.example/a", ""),
    ("//evil.example/a", ""),
    ("https:evil.example", ""),
    ("\\\\evil.example\\a", ""),
    ("http://[::1", ""),
    (LONG, ""),
]


@pytest.mark.parametrize(("given", "carried"), SCHEMES, ids=range(len(SCHEMES)))
def test_only_web_addresses_become_links(given: str, carried: str) -> None:
    assert web_address(given) == carried


def test_an_article_links_to_its_publisher_only_by_a_web_address(
    tmp_path: Path, program: Program, known: frozenset[str]
) -> None:
    articles = [
        {"id": str(n), "title": f"Plover {n}", "text": f"A plover {n}.", "url": given}
        for n, (given, _) in enumerate(SCHEMES)
    ]
    lines = "\n".join(map(json.dumps, articles))
    folder = tmp_path / "archive"
    program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        hits = client.get("/search.json?q=plover&per_page=100&dedupe=off").get_json()["results"]
        assert len(hits) >= len(SCHEMES) - 2  # the spellings of one address are one article
        for hit in hits:
            assert hit["url"] is None or re.match("https?://[^/]", hit["url"], re.I)
            page = page_of(client, hit["links"]["self"], known)
            for link in page.select(".tools a[rel]"):
                assert re.match("(?:https?://|/a/)", str(link["href"]), re.I)


# -- names that mean something to JavaScript


def test_fields_and_values_named_like_parts_of_javascript_are_only_text(
    archive_of: object,
) -> None:
    names = ["__proto__", "constructor", "prototype", "toString", "form", "location", "hasOwn"]
    folder = archive_of(  # type: ignore[operator]
        {
            "id": "1",
            "title": "__proto__",
            "text": "A constructor named location.",
            "tags": names,
            "__proto__": {"polluted": "yes"},
            "constructor": "x",
        }
    )
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        answer = client.get("/search.json?q=constructor&__proto__=1").get_json()

        def keys(part: object) -> Iterator[str]:
            if isinstance(part, dict):
                yield from part
                for value in part.values():
                    yield from keys(value)
            elif isinstance(part, list):
                for value in part:
                    yield from keys(value)

        assert not set(keys(answer)) & {*names, "polluted"}
        assert {value["value"] for value in answer["facets"]["tag"]} == set(names)


# -- what is shipped

SHIPPED = sorted(
    path
    for folder in ("templates", "static")
    for path in (ROOT / "web" / folder).rglob("*")
    if path.suffix in {".html", ".xml", ".js", ".svg"}
)
FORBIDDEN = re.compile(
    r"""\son[a-z]+\s*=\s*["']   # a handler in markup
    | \sstyle\s*=\s*["'] | <style | javascript:
    | <script(?![^>]*\ssrc=)[^>]*>
    | innerHTML | outerHTML | insertAdjacentHTML | document\.write | \beval\s*\( | new\s+Function
    | setTimeout\(\s*["'] | createContextualFragment | DOMParser""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_templates_and_scripts_hold_nothing_that_runs_inline(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text("utf-8").replace("&lt;", "‹")) == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p onclick="x()">',
        '<p style="color:red">',
        "<script>x()</script>",
        "e.innerHTML = x",
        "eval(x)",
        "document.write(x)",
    ],
)
def test_the_look_for_inline_code_finds_it(bad: str) -> None:
    assert FORBIDDEN.search(bad)
