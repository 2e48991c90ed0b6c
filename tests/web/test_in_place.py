"""In a real browser: what scripts add to the pages. Nothing reloads, all has its address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def quiet(page: Page, site: str) -> Page:
    """A page that fails a test which leaves it: everything is to happen in place."""
    page.goto(f"{site}/search?q=ferry")
    page.evaluate("window.stayed = true")
    return page


def _stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_a_facet_narrows_in_place_and_back_goes_back(quiet: Page) -> None:
    before = quiet.locator(".count").text_content()
    quiet.locator(".facets a.value", has_text="The Harbour Ledger").click()
    expect(quiet.locator(".chips")).to_contain_text("in The Harbour Ledger")
    assert "source=The+Harbour+Ledger" in quiet.url
    expect(quiet.locator(".facets a.value:focus")).to_contain_text("The Harbour Ledger")
    expect(quiet.locator('p[role="status"]')).to_contain_text("articles")
    quiet.go_back()
    expect(quiet.locator(".chips")).to_have_count(0)
    expect(quiet.locator(".count")).to_have_text(before or "")
    assert _stayed(quiet)


def test_another_search_is_shown_in_place_and_keeps_no_old_filter(quiet: Page) -> None:
    quiet.locator(".facets a.value", has_text="The Harbour Ledger").click()
    expect(quiet.locator(".chips")).to_be_visible()
    quiet.locator(".chips a").first.click()
    expect(quiet.locator(".chips")).to_have_count(0)
    field = quiet.locator('input[name="q"]')
    field.fill("harbour")
    field.press("Enter")
    expect(quiet.locator("#understood")).to_contain_text("harbour")
    assert quiet.url.endswith("/search?q=harbour")
    assert _stayed(quiet)


def test_a_bar_of_the_timeline_narrows_in_place(quiet: Page) -> None:
    quiet.locator("svg.drawing a", has_text="January 2022").locator(".bar").click()
    expect(quiet.locator(".chips")).to_contain_text("in 2022-01")
    expect(quiet.locator(".count")).to_contain_text("5 articles")
    assert _stayed(quiet)


def test_dragging_over_the_timeline_narrows_to_what_was_dragged_over(quiet: Page) -> None:
    first = quiet.locator('.room[data-first="2022-01"]').bounding_box()
    last = quiet.locator('.room[data-first="2022-05"]').bounding_box()
    assert first
    assert last
    quiet.mouse.move(last["x"] + last["width"] / 2, last["y"] + 40)
    quiet.mouse.down()
    quiet.mouse.move(first["x"] + first["width"] / 2, first["y"] + 30, steps=5)
    quiet.mouse.up()
    expect(quiet.locator(".chips")).to_contain_text("from 2022-01")
    expect(quiet.locator(".chips")).to_contain_text("until 2022-05")
    expect(quiet.locator('input[name="from"]')).to_have_value("2022-01")
    assert _stayed(quiet)


def test_the_table_beside_the_timeline_leads_into_it_by_keyboard(quiet: Page) -> None:
    quiet.locator("summary").focus()
    quiet.keyboard.press("Enter")
    quiet.keyboard.press("Tab")
    quiet.keyboard.press("Enter")
    expect(quiet.locator(".chips")).to_contain_text("in 2021-08")
    assert _stayed(quiet)


def test_an_answer_that_is_no_page_of_ours_is_followed_as_a_plain_link(quiet: Page) -> None:
    quiet.route(
        "**/search?*source=*",
        lambda route: route.fulfill(body="<p>Back soon</p>", content_type="text/html"),
    )
    quiet.locator(".facets a.value", has_text="The Harbour Ledger").click()
    expect(quiet.get_by_text("Back soon")).to_be_visible()
    assert not _stayed(quiet)
    quiet.unroute_all()


def test_suggestions_are_stepped_through_and_taken_with_the_keyboard(quiet: Page) -> None:
    field = quiet.get_by_role("combobox", name="Search the archive")
    field.fill("")
    field.press_sequentially("harb")
    options = quiet.locator(".suggestions li")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    chosen = quiet.locator('[role="option"][aria-selected="true"]')
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    text = chosen.locator("span").first.text_content() or ""
    field.press("Enter")
    expect(quiet.locator("#understood")).to_contain_text(text)
    expect(quiet.get_by_role("listbox", include_hidden=True)).to_be_hidden()


def test_suggestions_are_of_the_articles_that_the_filters_leave(page: Page, site: str) -> None:
    page.goto(f"{site}/source/The%20Harbour%20Ledger")
    with page.expect_response("**/api/v1/suggest*") as answered:
        page.get_by_role("combobox").press_sequentially("ha", delay=0)
    assert "source=The+Harbour+Ledger" in answered.value.url
    there = page.request.get(f"{site}/source/The%20Harbour%20Ledger.json?per_page=100").json()
    titles = {result["title"] for result in there["results"]}
    suggested = [one for one in answered.value.json()["suggestions"] if one["kind"] == "title"]
    assert suggested
    assert {one["text"] for one in suggested} <= titles


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(quiet: Page) -> None:
    field = quiet.get_by_role("combobox", name="Search the archive")
    field.fill("")
    field.press_sequentially("harb")
    expect(quiet.locator(".suggestions li").first).to_be_visible()
    field.press("Escape")
    expect(quiet.locator(".suggestions")).to_be_hidden()
    expect(field).to_have_value("harb")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_what_an_article_calls_itself_is_text_in_a_suggestion(quiet: Page, site: str) -> None:
    quiet.route(
        "**/api/v1/suggest*",
        lambda route: route.fulfill(
            json={
                "suggestions": [
                    {
                        "text": "<img src=x onerror=alert(1)>",
                        "kind": "term",
                        "count": 1,
                        "q": "x",
                        "link": "/search?q=x",
                    }
                ]
            }
        ),
    )
    quiet.get_by_role("combobox", name="Search the archive").press_sequentially("x")
    expect(quiet.locator(".suggestions li")).to_contain_text("<img src=x")
    assert quiet.locator(".suggestions img").count() == 0
    quiet.unroute_all()


def test_keys_step_through_results_and_can_be_switched_off(quiet: Page) -> None:
    quiet.keyboard.press("j")
    expect(quiet.locator(".hit").nth(0).locator("h2 a")).to_be_focused()
    quiet.keyboard.press("j")
    expect(quiet.locator(".hit").nth(1).locator("h2 a")).to_be_focused()
    quiet.keyboard.press("k")
    expect(quiet.locator(".hit").nth(0).locator("h2 a")).to_be_focused()
    quiet.keyboard.press("/")
    expect(quiet.get_by_role("combobox", name="Search the archive")).to_be_focused()
    quiet.keyboard.type("/jk")
    expect(quiet.get_by_role("combobox", name="Search the archive")).to_have_value("/jk")
    quiet.locator("button.keys").click()
    expect(quiet.locator("button.keys")).to_have_attribute("aria-pressed", "false")
    quiet.keyboard.press("j")
    expect(quiet.locator(".hit h2 a:focus")).to_have_count(0)
    quiet.reload()
    expect(quiet.locator("button.keys")).to_have_attribute("aria-pressed", "false")


def test_keys_step_through_the_hits_of_an_article(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=ferry")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("article")).to_be_visible()
    expect(page.locator("button.keys")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_have_id("h1")
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_have_id("h2")
    page.keyboard.press("p")
    expect(page.locator("mark:target")).to_have_id("h1")


def test_forms_that_are_shown_for_other_sites_are_left_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/embed")
    expect(page.get_by_role("combobox", name="Search the archive").first).to_be_visible()
    assert page.locator(".suggestions").count() == 1
    assert page.locator("#-suggestions").count() == 0
