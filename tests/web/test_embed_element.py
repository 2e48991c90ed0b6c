"""What ``<news-search>`` does in a page of another origin, by mouse and by keyboard."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.conftest import ROOT
from tests.web.hosts import STRICT, OtherSite, element

pytestmark = pytest.mark.browser

MOST = 12_000  # bytes that a page has to load, compressed
SCRIPT = ROOT / "web" / "static" / "embed.js"


@pytest.fixture
def embedded(page: Page, site: str, other_site: OtherSite) -> Callable[..., Locator]:
    """Open a strict page with the element: ``embedded('limit="3"')``."""

    def opened(options: str = "", body: str = "", **given: str) -> Locator:
        policy = STRICT.format(site=site) if not body else ""
        page.goto(other_site.page(body + element(site, options), policy=policy, **given))
        return page.locator("news-search")

    return opened


def test_it_is_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= MOST


def test_nothing_is_asked_before_somebody_types(
    page: Page, site: str, embedded: Callable[..., Locator]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    found = embedded()
    found.get_by_role("combobox", name="Search the archive").focus()
    page.wait_for_load_state("networkidle")
    assert [path for path in asked if path.startswith("/")] == ["/embed.js"]
    page.keyboard.type("har")
    expect(found.get_by_role("option").first).to_be_visible()
    assert [path for path in asked if path.startswith("/api/")] == ["/api/v1/suggest?q=har"]


def test_results_come_in_place_and_lead_to_the_article_with_its_hits(
    page: Page, site: str, embedded: Callable[..., Locator]
) -> None:
    found = embedded('source="The Harbour Ledger" limit="3"')
    field = found.get_by_role("combobox")
    field.fill("ferry")
    field.press("Enter")
    results = found.get_by_role("listitem")
    expect(results).to_have_count(3)
    expect(found.get_by_role("status").last).to_contain_text("articles. 3 shown. See all")
    for about in found.locator(".about").all_inner_texts():
        assert about.startswith("The Harbour Ledger")
    expect(found.locator("mark").first).to_have_text("ferry", ignore_case=True)
    found.get_by_role("button", name="More").click()
    expect(results).to_have_count(6)
    expect(results.nth(3).get_by_role("link")).to_be_focused()
    titles = found.locator(".title").all_inner_texts()
    assert len(set(titles)) == len(titles)
    results.nth(3).get_by_role("link").click()
    expect(page.locator("article mark").first).to_be_visible()
    assert page.url.startswith(f"{site}/a/")


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        ('source="A | B" not-author="C"', [("source", "A"), ("source", "B"), ("-author", "C")]),
        ('section="s" tag="t" year="2021" language="de"',
         [("section", "s"), ("tag", "t"), ("year", "2021"), ("lang", "de")]),
        ('not-year="undated" from="2021" to="2022" sort="newest" match="any"',
         [("-year", "undated"), ("from", "2021"), ("to", "2022"), ("sort", "newest"),
          ("match", "any")]),
        ('limit="-7"', []),
    ],
)  # fmt: skip
def test_every_filter_can_be_fixed_by_an_attribute(
    page: Page,
    site: str,
    embedded: Callable[..., Locator],
    options: str,
    parameters: list[tuple[str, str]],
) -> None:
    found = embedded(options)
    with page.expect_request(f"{site}/api/v1/search?*") as asked:
        found.get_by_role("combobox").fill("ferry")
        found.get_by_role("button", name="Search").click()
    sent = parse_qsl(urlsplit(asked.value.url).query)
    assert sent[:1] + sent[-1:] == [
        ("q", "ferry"),
        ("per_page", "1" if "limit" in options else "5"),
    ]
    assert sent[1:-1] == parameters
    expect(found.get_by_role("status").last).not_to_contain_text("Searching")


def test_suggestions_are_a_combobox_for_the_keyboard(
    page: Page, embedded: Callable[..., Locator]
) -> None:
    found = embedded()
    field = found.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.click()
    page.keyboard.type("harb")
    options = found.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(found.get_by_role("status").first).to_contain_text("suggestion")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(found.locator('[aria-selected="true"]')).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_value("harb")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("harb")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.locator("span").first.inner_text()
    page.keyboard.press("Enter")
    expect(field).to_have_value(chosen)
    expect(found.get_by_role("listitem").first).to_be_visible()
    expect(options).to_have_count(0)


def test_a_headline_that_is_suggested_leads_to_its_article(
    page: Page, site: str, embedded: Callable[..., Locator]
) -> None:
    found = embedded()
    found.get_by_role("combobox").press_sequentially("harbour b")
    found.get_by_role("option").filter(has_text="headline").first.click()
    expect(page.locator("article h1")).to_be_visible()
    assert page.url.startswith(f"{site}/a/")


def test_where_the_search_is_narrowed_nothing_outside_is_suggested(
    page: Page, embedded: Callable[..., Locator]
) -> None:
    found = embedded('source="The Harbour Ledger"')
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found.get_by_role("combobox").press_sequentially("harbour b")
    expect(found.get_by_role("option").first).to_be_visible()
    last = [url for url in asked if "/api/v1/suggest" in url][-1]
    suggestions = page.request.get(last).json()["suggestions"]
    shown = [text.split("\n")[0] for text in found.get_by_role("option").all_inner_texts()]
    assert shown == [suggestion["text"] for suggestion in suggestions]
    for suggestion in suggestions:
        answer = page.request.get(
            last.partition("suggest")[0] + "search",
            params={"q": suggestion["q"], "source": "The Harbour Ledger", "dedupe": "off"},
        )
        assert answer.json()["total"] >= suggestion["count"] > 0


def test_a_dialog_takes_the_focus_and_gives_it_back(
    page: Page, embedded: Callable[..., Locator]
) -> None:
    found = embedded('results="dialog" shortcut="ctrl+k"')
    opener = found.get_by_role("button", name="Search the archive")
    opener.click()
    field = found.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("harb")
    expect(found.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(found.get_by_role("option")).to_have_count(0)
    expect(found.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("our")
    page.keyboard.press("Enter")
    expect(found.get_by_role("listitem")).to_have_count(5)
    found.get_by_role("button", name="Close").click()
    expect(found.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.mouse.click(5, page.viewport_size["height"] - 5)  # type: ignore[index]
    expect(found.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_no_key_of_the_page_is_taken_unless_the_page_asks_for_it(
    page: Page, embedded: Callable[..., Locator]
) -> None:
    own = (
        '<input id="own"><div id="edited" contenteditable>x</div><button id="other">b</button>'
        '<div id="shadowed"></div>'
        '<script>shadowed.attachShadow({mode: "open"})'
        '.append(document.createElement("input"))</script>'
    )
    embedded(body=own)
    page.locator("#other").focus()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "other"
    found = embedded('shortcut="/"', body=own)
    for editable in ("#own", "#edited", "#shadowed input"):
        page.locator(editable).focus()
        page.keyboard.press("/")
        expect(found.get_by_role("combobox")).not_to_be_focused()
    expect(page.locator("#own")).to_have_value("/")
    expect(page.locator("#edited")).to_contain_text("/")
    page.locator("#other").focus()
    page.keyboard.press("/")
    expect(found.get_by_role("combobox")).to_be_focused()
    expect(found.get_by_role("combobox")).to_have_value("")
    page.locator("#other").focus()
    page.evaluate("document.querySelector('news-search').remove()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "other"


def test_where_the_origin_is_not_allowed_it_says_so_and_leads_on(
    browser: Browser, serve: Callable[..., str], sample_archive: Path, other_site: OtherSite
) -> None:
    closed = serve(sample_archive, "--allow-origin", "https://another.example")
    context = browser.new_context()
    page = context.new_page()
    page.goto(other_site.page(element(closed)))
    found = page.locator("news-search")
    found.get_by_role("combobox").fill("ferry")
    found.get_by_role("button").click()
    expect(found.get_by_role("status").last).to_contain_text("cannot be reached")
    assert found.get_by_role("link").get_attribute("href") == f"{closed}/search?q=ferry"
    context.close()


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (429, {"Retry-After": "1200"}, "", "try again in 1,200 seconds"),
        (429, {"Retry-After": "soon"}, "", "try again in a moment"),
        (503, {}, "", "try again in a moment"),
        (400, {}, '{"detail": "from has <b>no</b> such day"}', "from has <b>no</b> such day"),
        (400, {}, "<html>", "cannot answer this"),
        (200, {}, "<html>", "cannot be reached"),
        (200, {}, '{"results": null}', "cannot be reached"),
        (500, {}, '{"detail": {"__proto__": 1}}', "cannot answer this"),
    ],
)
def test_errors_are_said_in_words_and_lead_to_the_archive(
    browser: Browser,
    site: str,
    other_site: OtherSite,
    status: int,
    headers: dict[str, str],
    body: str,
    said: str,
) -> None:
    context = browser.new_context()
    page = context.new_page()
    exposed = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers={**exposed, **headers}, body=body)

    page.route("**/api/v1/search?*", answer)
    page.goto(other_site.page(element(site, 'source="x" suggestions="off"')))
    found = page.locator("news-search")
    found.get_by_role("searchbox").fill("ferry")
    found.get_by_role("button").click()
    expect(found.get_by_role("status")).to_contain_text(said)
    assert found.get_by_role("link").get_attribute("href") == f"{site}/search?q=ferry&source=x"
    context.close()


def test_a_page_can_insist_on_one_version(
    page: Page, browser: Browser, site: str, other_site: OtherSite, client: FlaskClient
) -> None:
    digest = hashlib.sha384(SCRIPT.read_bytes())
    integrity = f"sha384-{base64.b64encode(digest.digest()).decode()}"
    snippet = json.loads(client.get("/embed/snippets.json?version=pinned").data)["snippets"]
    assert f'integrity="{integrity}" crossorigin="anonymous"' in snippet["element"]
    address = re.search(r'src="http://localhost(/embed/\w+\.js)"', snippet["element"])
    assert address is not None
    response = client.get(address[1])
    assert response.data == SCRIPT.read_bytes() == client.get("/embed.js").data
    assert "immutable" in response.headers["Cache-Control"]
    assert "immutable" not in client.get("/embed.js").headers["Cache-Control"]
    assert client.get("/embed/0123456789abcdef0123.js").status_code == 404
    assert client.get("/embed/..%2fsettings.py").status_code == 404
    pasted = snippet["element"].replace("http://localhost", site)
    page.goto(other_site.page(pasted, policy=STRICT.format(site=site)))
    expect(page.locator("news-search").get_by_role("combobox")).to_be_visible()
    context = browser.new_context()
    forged = context.new_page()
    changed = pasted.replace("sha384-", "sha384-AAAA")
    forged.goto(other_site.page(changed))
    expect(forged.get_by_role("searchbox")).to_be_visible()  # the plain form is still there
    expect(forged.get_by_role("combobox")).to_have_count(0)
    context.close()


def test_it_finds_the_archive_below_a_path(page: Page, site: str, other_site: OtherSite) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        below = route.request.url
        asked.append(below)
        route.continue_(url=below.replace("/archive/", "/", 1))

    page.route(f"{site}/archive/**", answer)
    page.goto(other_site.page(element(f"{site}/archive")))
    found = page.locator("news-search")
    found.get_by_role("combobox").fill("ferry")
    found.get_by_role("button", name="Search").click()
    expect(found.get_by_role("listitem")).to_have_count(5)
    expect(found.get_by_role("link", name="See all")).to_have_attribute(
        "href", f"{site}/archive/search?q=ferry"
    )
    assert any(url.startswith(f"{site}/archive/api/v1/search?") for url in asked)
