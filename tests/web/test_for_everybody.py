"""Every page, on a telephone and on a desk, by day and by night: nothing that axe-core finds wrong,
nothing wider than the window, no complaint of the page's own policy."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/search?q=ferry+strike",
    "/search?q=ferry&share=1&interval=year&-source=Echo&from=2021",
    "/search?q=harbuor+brigde+zzyx&match=all",
    "/facets/author?q=ferry",
    "/author/Jane%20Hollister",
    "/day/2022-01-19",
    "/about",
    "/help",
    "/embed",
    "/nowhere",
)


def _faults(page: Page) -> list[str]:
    found = Axe().run(page)
    return [
        f"{fault['id']}: {[node['target'] for node in fault['nodes']]}"
        for fault in found.response["violations"]
    ]


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1280, "dark"),
        pytest.param(320, "dark", marks=pytest.mark.nightly),
        pytest.param(1280, "light", marks=pytest.mark.nightly),
    ],
)
def test_no_page_shuts_anybody_out(
    width: int, scheme: Literal["light", "dark"], browser: Browser, site: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    faults: dict[str, list[str]] = {}
    page.goto(f"{site}/search?q=ferry")
    article = page.locator(".hit h2 a").first.get_attribute("href")
    for path in (*PAGES, f"{article}&set-aside=shown"):
        page.goto(f"{site}{path}")
        expect(page.locator("button.keys")).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        if found := _faults(page):
            faults[path] = found
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            faults.setdefault(path, []).append(f"{wide} px too wide")
    context.close()
    assert not faults
    assert not complaints


@pytest.mark.parametrize(
    "path", ["/search?q=ferry+strike&-source=Echo", "/day/2022-01-19", "/embed"]
)
def test_what_is_pressed_alone_is_large_enough_for_a_finger(
    path: str, browser: Browser, site: str
) -> None:
    """Links amid text are as high as the text; whatever stands by itself has 24 px both ways."""
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(f"{site}{path}")
    expect(page.locator("button.keys")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, select), footer *")]
        .filter((one) => !one.closest("svg") && getComputedStyle(one).display !== "inline")
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24)
        .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".number")]
        .filter((one) => one.getClientRects().length > 1 || one.offsetHeight > 30)
        .map((one) => one.parentElement.textContent)"""
    )
    context.close()
    assert small == []
    assert cut == []


def test_open_suggestions_shut_nobody_out(page: Page, site: str) -> None:
    # The first suggestions of an archive read its words once, which a busy machine takes its time
    # for: what is looked at here is the open list.
    page.request.get(f"{site}/api/v1/suggest?q=harb")
    page.goto(site)
    page.get_by_role("combobox", name="Search the archive").press_sequentially("harb")
    expect(page.locator(".suggestions li").first).to_be_visible(timeout=20_000)
    page.keyboard.press("ArrowDown")
    assert _faults(page) == []


def test_a_keyboard_alone_finds_narrows_and_reads(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_role("combobox", name="Search the archive")).to_be_focused()
    page.keyboard.type("ferry strike")
    page.keyboard.press("Enter")
    expect(page.locator("#understood")).to_contain_text("ferry")

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"the keyboard never came to {selector}")

    tab_to(".facets a.value")
    page.keyboard.press("Enter")
    expect(page.locator(".chips a")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("button.keys")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_be_in_viewport()
    tab_to(".skip, .nameplate a, .step a, .tools a, .about a")


def test_the_print_of_a_page_has_its_text_and_no_controls(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=ferry")
    page.emulate_media(media="print")
    expect(page.locator(".hit").first).to_be_visible()
    for selector in (".search", ".facets", ".colophon", ".suggestions", ".measure", ".to-hit"):
        expect(page.locator(selector).first).to_be_hidden()


def test_a_dark_screen_prints_dark_on_white(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=ferry")
    page.locator(".hit h2 a").first.click()
    page.emulate_media(media="print", color_scheme="dark")
    # Asked until the sheet is there: the story's own text may come before it.
    expect(page.locator("article h1")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("article mark").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".tools")).to_be_hidden()


def test_all_of_a_story_that_is_read_from_the_right_begins_there(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=ferry")
    hit = page.locator(".hit").first
    hit.locator("h2 a").evaluate("(link) => (link.textContent = 'הנמל החדש נפתח')")
    right = hit.evaluate("(hit) => hit.getBoundingClientRect().right")
    for first in ("h2 a", ".about .source"):
        box = hit.locator(first).bounding_box()
        assert box is not None
        assert abs(box["x"] + box["width"] - right) < 1
