"""In a real browser: the pages, and the element inside a page of another origin."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src {site}; connect-src {site}; form-action {site}"
EMBED = (
    '<news-search endpoint="{site}" {options}>'
    '<form action="{site}/search"><label>Search <input type="search" name="q"></label>'
    "<button>Search</button></form></news-search>"
    '<script type="module" src="{site}/embed.js"></script>'
)


class OtherSite:
    """A web server of somebody else: another origin, with a strict policy of its own."""

    def __init__(self, folder: Path, server: http.server.ThreadingHTTPServer) -> None:
        self._folder = folder
        self.origin = f"http://127.0.0.1:{server.server_port}"

    def page(self, site: str, options: str = "") -> str:
        """The address of a page that embeds the search of ``site``."""
        policy = POLICY.format(site=site)
        (self._folder / "index.html").write_text(
            '<!doctype html><html lang="en"><head><title>A paper</title>'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
            f"<body><h1>A paper of its own</h1>{EMBED.format(site=site, options=options)}</body>"
        )
        return f"{self.origin}/index.html"


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[OtherSite]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    folder = tmp_path / "other-site"
    folder.mkdir()
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield OtherSite(folder, server)
        server.shutdown()


def test_a_reader_finds_reads_and_sees_what_was_set_aside(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("combobox", name="Search the archive").fill('"harbour bridge" toll')
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#understood")).to_contain_text("the phrase “harbour bridge” and “toll”")
    page.get_by_role("link", name="Toll bill for Harbour Bridge").click()
    expect(page.locator("article h1 mark").first).to_have_text("Toll")
    expect(page.locator(".text")).not_to_contain_text("MORE")
    page.get_by_role("link", name="Show what was set aside").click()
    expect(page.locator("del.set-aside", has_text="MORE").first).to_be_visible()


def test_everything_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("searchbox").fill("flood defences")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".facets a", has_text="The Harbour Ledger").click()
    expect(page.locator(".chips")).to_contain_text("in The Harbour Ledger")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article .text mark").first).to_be_visible()
    context.close()


def test_a_reader_steps_from_hit_to_hit_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search?q=ferry")
    page.locator(".hit").first.locator(".to-hit").first.click()
    step = page.locator(".step:visible")
    expect(step).to_contain_text("hit 1 of")
    step.get_by_label("Next hit").click()
    expect(step).to_contain_text("hit 2 of")
    expect(page.locator("mark:target")).to_be_in_viewport()
    step.get_by_label("Previous hit").click()
    expect(step).to_contain_text("hit 1 of")
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_its_window(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for address in (
        "/",
        "/search?q=ferry+strike&source=The+Harbour+Ledger",
        "/facets/author?q=ferry",
        "/help",
        "/embed",
        "/a/none",
    ):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(f"{site}/search?q=ferry")
    colours = page.evaluate(
        "(e => [e.color, e.backgroundColor])(getComputedStyle(document.documentElement))"
    )
    light = {"rgb(29, 27, 23)", "rgb(251, 249, 244)"}
    assert (set(colours) == light) == (scheme == "light")
    context.close()


def test_the_element_searches_from_a_page_of_another_origin(
    page: Page, site: str, other_site: OtherSite
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(other_site.page(site, 'source="The Harbour Ledger" limit="3"'))
    element = page.locator("news-search")
    field = element.get_by_role("searchbox", name="Search the archive")
    expect(field).to_be_visible()
    assert not [url for url in asked if "/api/" in url], "it asks nothing before the reader does"
    field.fill("ferry")
    field.press("Enter")
    expect(element.get_by_role("status")).to_contain_text("articles")
    results = element.get_by_role("listitem")
    expect(results).to_have_count(3)
    expect(results.first).to_contain_text("The Harbour Ledger")
    expect(element.locator("mark").first).to_have_text("ferry", ignore_case=True)
    link = element.get_by_role("listitem").first.get_by_role("link")
    assert str(link.get_attribute("href")).startswith(f"{site}/a/")
    link.click()
    expect(page.locator("article h1")).to_be_visible()


def test_without_scripts_the_form_in_the_element_leads_to_the_archive(
    browser: Browser, site: str, other_site: OtherSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(other_site.page(site))
    page.get_by_role("searchbox").fill("ferry")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{site}/search?q=ferry")
    expect(page.locator(".hit").first).to_be_visible()
    context.close()


def test_where_the_origin_is_not_allowed_the_element_says_so_and_leads_on(
    browser: Browser, serve: Callable[..., str], sample_archive: Path, other_site: OtherSite
) -> None:
    closed = serve(sample_archive, "--allow-origin", "https://another.example")
    context = browser.new_context()
    page = context.new_page()
    page.goto(other_site.page(closed))
    element = page.locator("news-search")
    element.get_by_role("searchbox").fill("ferry")
    element.get_by_role("button").click()
    expect(element.get_by_role("status")).to_contain_text("cannot be reached")
    link = element.get_by_role("link")
    assert link.get_attribute("href") == f"{closed}/search?q=ferry"
    context.close()


def test_hostile_text_in_an_article_does_nothing_in_the_element(
    page: Page,
    serve: Callable[..., str],
    archive_of: Callable[..., Path],
    other_site: OtherSite,
) -> None:
    folder = archive_of(
        {
            "id": "1",
            "title": "Herons <img src=x onerror=alert(1)>",
            "text": "Herons <script>alert(2)</script> & <b>storks</b> 𝔥erons, 🦢 herons.",
            "author": "<svg onload=alert(3)>",
            "url": "javascript:alert(4)",
        }
    )
    site = serve(folder, "--allow-origin", other_site.origin)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto(other_site.page(site, 'link="publisher"'))
    element = page.locator("news-search")
    element.get_by_role("searchbox").fill("herons")
    element.get_by_role("button").click()
    expect(element.get_by_role("listitem")).to_have_count(1)
    expect(element.get_by_role("listitem")).to_contain_text("<script>alert(2)</script>")
    marks = element.locator("mark").all_inner_texts()
    assert marks == ["Herons", "Herons", "𝔥erons", "herons"]
    assert element.locator("img, script, svg, b").count() == 0
    assert str(element.get_by_role("link").get_attribute("href")).startswith(site)
    assert dialogs == []
