"""The frame: who may show it, what it says to whom, and that it needs no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from search.engine import Engine
from tests.web.hosts import OtherSite
from web import Settings, create_app
from web.settings import BadOrigin

pytestmark = pytest.mark.browser

SANDBOX = "allow-forms allow-scripts allow-same-origin allow-top-navigation-by-user-activation"
FRAME = '<iframe src="{site}/embed/frame?{query}" sandbox="' + SANDBOX + '" height="300"></iframe>'
HEIGHT = '<script type="module" src="{site}/embed/height.js"></script>'


@pytest.fixture(scope="module")
def framing(serve: Callable[..., str], sample_archive: Path, other_site: OtherSite) -> str:
    """A server that lets the other site show the frame."""
    return serve(sample_archive, "--frame-origin", other_site.origin)


@pytest.fixture
def stranger() -> Iterator[OtherSite]:
    """A site on another port, which is on no list."""
    with OtherSite() as other:
        yield other


def test_only_sites_on_the_list_show_the_frame_and_none_any_other_page(
    browser: Browser, framing: str, other_site: OtherSite, stranger: OtherSite
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(other_site.page(FRAME.format(site=framing, query="q=ferry")))
    expect(page.frame_locator("iframe").locator("li").first).to_be_visible()
    page.goto(other_site.page(f'<iframe src="{framing}/search?q=ferry"></iframe>'))
    expect(page.frame_locator("iframe").locator("form")).to_have_count(0)
    page.goto(stranger.page(FRAME.format(site=framing, query="q=ferry")))
    page.wait_for_load_state("networkidle")
    expect(page.frame_locator("iframe").locator("form")).to_have_count(0)
    context.close()


def test_the_frame_searches_turns_pages_and_leads_out_without_scripts(
    browser: Browser, framing: str, other_site: OtherSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    query = "source=The+Harbour+Ledger&amp;per_page=3&amp;scheme=dark"
    page.goto(other_site.page(FRAME.format(site=framing, query=query)))
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").fill("ferry")
    frame.get_by_role("button").click()
    expect(frame.locator("li")).to_have_count(3)
    first = frame.locator("li > a").first.inner_text()
    for about in frame.locator(".about").all_inner_texts():
        assert about.startswith("The Harbour Ledger")
    frame.get_by_role("link", name="More").click()
    expect(frame.get_by_role("link", name="Back")).to_be_visible()
    assert frame.locator("li > a").first.inner_text() != first
    expect(frame.locator("html")).to_have_attribute("data-scheme", "dark")
    frame.locator("li > a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    context.close()


def test_the_frame_gets_the_height_that_it_needs_and_keeps_it_while_searching(
    page: Page, framing: str, other_site: OtherSite
) -> None:
    body = FRAME.format(site=framing, query="per_page=5") + HEIGHT.format(site=framing)
    reset = "<style>iframe{all:unset !important}</style>"
    page.goto(other_site.page(body, head=reset))
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("style", _height_below(200))
    inside = page.frame_locator("iframe")
    inside.get_by_role("searchbox").fill("ferry")
    inside.get_by_role("button").click()
    expect(inside.locator("li")).to_have_count(5)
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 400")
    needed = inside.locator("html").evaluate("e => e.getBoundingClientRect().height")
    page.wait_for_function(
        f"Math.abs(document.querySelector('iframe').offsetHeight - {needed}) < 3"
    )


def _height_below(most: int) -> re.Pattern[str]:
    return re.compile(rf"^height: \d{{2,{len(str(most))}}}px !important;$")


def test_messages_are_believed_only_from_the_frame_and_only_a_sensible_height(
    page: Page, framing: str, other_site: OtherSite, stranger: OtherSite
) -> None:
    liar = stranger.page("<script>addEventListener('message', () => 0)</script>")
    body = (
        FRAME.format(site=framing, query="")
        + f'<iframe id="liar" src="{liar}"></iframe>'
        + HEIGHT.format(site=framing)
    )
    page.goto(other_site.page(body))
    frame = page.locator("iframe").first
    expect(frame).to_have_attribute("style", _height_below(999))
    inside, other = page.frames[1], page.frames[2]
    before = frame.bounding_box()
    other.evaluate("parent.postMessage({type: 'microfiche:height', height: 777}, '*')")
    page.evaluate("postMessage({type: 'microfiche:height', height: 777}, '*')")
    for message in (
        "{type: 'microfiche:height', height: NaN}",
        "{type: 'microfiche:height', height: -1}",
        "{type: 'microfiche:height', height: Infinity}",
        "{type: 'microfiche:height', height: '777'}",
        "{type: 'microfiche:height', height: {valueOf: null}}",
        "{type: 'microfiche:height'}",
        "{type: 'height', height: 777}",
        "{height: 777}",
        "'777'",
        "null",
    ):
        inside.evaluate(f"parent.postMessage({message}, '*')")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert frame.bounding_box() == before
    inside.evaluate("parent.postMessage({type: 'microfiche:height', height: 1e9}, '*')")
    page.wait_for_function("document.querySelector('iframe').style.height === '5000px'")
    inside.evaluate("parent.postMessage({type: 'microfiche:height', height: 0.5}, '*')")
    page.wait_for_function("document.querySelector('iframe').style.height === '80px'")


def test_the_frame_tells_its_height_only_to_a_site_on_the_list(
    page: Page, framing: str, other_site: OtherSite
) -> None:
    listens = (
        "<script>window.told = [];"
        " addEventListener('message', (event) => told.push(event.data.type))</script>"
    )
    asks = "document.querySelector('iframe').contentWindow.postMessage({type: '%s'}, '*')"
    page.goto(other_site.page(listens + FRAME.format(site=framing, query="")))
    page.evaluate(asks % "microfiche:other")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    assert page.evaluate("told") == []
    page.evaluate(asks % "microfiche:ask")
    page.wait_for_function("told.length > 0")
    assert set(page.evaluate("told")) == {"microfiche:height"}


@pytest.mark.parametrize("path", ["/embed.js", "/embed", "/", "/a/x"])
def test_no_other_address_may_be_framed(sample: Engine, sample_archive: Path, path: str) -> None:
    settings = Settings(archive=sample_archive, frame_origins=("https://paper.example",))
    client = create_app(settings, sample).test_client()
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    framed = client.get("/embed/frame").headers
    assert "frame-ancestors 'self' https://paper.example" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed


def test_a_site_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadOrigin, match="--frame-origin takes a scheme and a host"):
        Settings(archive=tmp_path, frame_origins=("paper.example; script-src *",))


def test_what_is_typed_is_no_markup_in_the_frame(client: FlaskClient) -> None:
    text = client.get('/embed/frame?q="><script>alert(1)</script>&scheme="><b>').text
    assert "<script>alert" not in text
    assert "<b>" not in text
