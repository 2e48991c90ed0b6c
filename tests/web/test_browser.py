"""The pages in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


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
