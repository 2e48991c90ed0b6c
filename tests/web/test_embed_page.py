"""The page that writes the code for another site, and what browsers learn of the search."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

CHOSEN = "site=https://paper.example/x&source=A+%26+B|C&not-author=%22D%22&limit=7&label=<b>Go</b>"
NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def _code(client: FlaskClient, id: str) -> str:
    soup = BeautifulSoup(client.get(f"/embed?{CHOSEN}").data, "lxml")
    found = soup.select_one(f'[data-snippet="{id}"]')
    assert found is not None
    return found.get_text()


def test_the_code_is_whole_markup_of_what_was_chosen(client: FlaskClient) -> None:
    element = BeautifulSoup(_code(client, "element"), "lxml").find("news-search")
    assert element is not None
    assert element["source"] == "A & B | C"  # type: ignore[index]
    assert element["not-author"] == '"D"'  # type: ignore[index]
    assert element["label"] == "<b>Go</b>"  # type: ignore[index]
    form = BeautifulSoup(_code(client, "form"), "lxml")
    hidden = [(i["name"], i["value"]) for i in form.select("input[type=hidden]")]
    assert hidden == [("source", "A & B"), ("source", "C"), ("-author", '"D"')]
    assert form.find("b") is None
    frame = BeautifulSoup(_code(client, "frame"), "lxml").find("iframe")
    assert "source=A+%26+B&source=C&-author=%22D%22&per_page=7" in str(frame["src"])  # type: ignore[index]
    assert "--data-urlencode 'source=A & B'" in _code(client, "curl")
    assert "</script" not in _code(client, "fetch")


def test_the_page_says_what_both_sites_must_allow(client: FlaskClient) -> None:
    text = BeautifulSoup(client.get(f"/embed?{CHOSEN}").data, "lxml").get_text(" ", strip=True)
    assert "--allow-origin https://paper.example" in " ".join(text.split())
    assert "https://paper.example may not search, and may not show the frame" in text
    assert "script-src http://localhost; connect-src http://localhost; form-action" in text
    assert "no address of a site" in client.get("/embed?site=javascript:alert(1)").text


@pytest.mark.browser
def test_code_and_previews_follow_the_choice_and_can_be_copied(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(f"{site}/embed")
    expect(page.locator("#allowed")).to_be_hidden()
    page.get_by_label("Your site").fill("https://paper.example")
    expect(page.locator("#allowed")).to_have_text(
        "At the moment https://paper.example may search, and may not show the frame."
    )
    page.get_by_label("Colour").fill("#123456")
    page.get_by_label("Label").fill("Look here")
    page.get_by_text("Search only a part of the archive").click()
    page.get_by_label("Source", exact=True).fill("The Harbour Ledger")
    preview = page.locator("#preview")
    field = preview.get_by_role("combobox", name="Look here")
    expect(page.locator('[data-snippet="element"]')).to_contain_text('source="The Harbour Ledger"')
    expect(page.locator('[data-snippet="colours"]')).to_contain_text("#123456")
    field.fill("ferry")
    field.press("Enter")
    expect(preview.get_by_role("listitem")).to_have_count(5)
    for about in preview.locator(".about").all_inner_texts():
        assert about.startswith("The Harbour Ledger")
    colour = preview.locator(".title").first.evaluate("e => getComputedStyle(e).color")
    assert colour == "rgb(18, 52, 86)"
    inside = page.frame_locator("#framed")
    expect(inside.get_by_role("searchbox")).to_be_visible()
    page.get_by_role("button", name="Copy the element").click()
    expect(page.get_by_role("button", name="Copy the element")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator('[data-snippet="element"]').inner_text()
    assert "source=The+Harbour+Ledger" in page.url
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy the form").click()
    expect(page.locator("#said")).to_contain_text("cop", ignore_case=True)
    selected = page.evaluate("getSelection().toString()")
    assert selected == page.locator('[data-snippet="form"]').inner_text()
    assert complaints == []
    context.close()


@pytest.mark.browser
def test_the_page_writes_its_code_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/embed")
    page.get_by_label("Label").fill("Look here")
    page.get_by_role("button", name="Make the code").click()
    expect(page.locator('[data-snippet="element"]')).to_contain_text('label="Look here"')
    expect(page.locator(".copy").first).to_be_hidden()
    context.close()


def test_browsers_learn_how_to_search_here_behind_a_path_too(client: FlaskClient) -> None:
    for below in ("http://localhost/", "https://paper.example/archive/"):
        page = BeautifulSoup(client.get("/", base_url=below).data, "lxml")
        link = page.select_one('link[rel="search"]')
        assert link is not None
        assert below.endswith(str(link["href"]).removesuffix("opensearch.xml"))
        response = client.get("/opensearch.xml", base_url=below)
        assert response.mimetype == "application/opensearchdescription+xml"
        described = ElementTree.fromstring(response.data)
        name = described.findtext("o:ShortName", namespaces=NAMES)
        assert name
        assert len(name) <= 16
        templates = {
            url.attrib["type"]: url.attrib["template"]
            for url in described.findall("o:Url", namespaces=NAMES)
        }
        assert all(template.startswith(below) for template in templates.values())
        for kind in ("text/html", "application/x-suggestions+json", "application/atom+xml"):
            address = templates[kind].replace("{searchTerms}", "ferry").replace("{startPage?}", "1")
            answer = client.get("/" + address.removeprefix(below))
            assert answer.status_code == 200
            assert answer.mimetype == kind


def test_crawlers_are_told_paths_as_they_see_them(client: FlaskClient) -> None:
    text = client.get("/robots.txt", base_url="https://paper.example/archive/").text
    closed = [line.removeprefix("Disallow: ") for line in text.splitlines()[1:]]
    assert "/archive/search" in closed
    assert all(path.startswith("/archive/") for path in closed)


@pytest.mark.browser
def test_the_parts_of_the_page_have_names_for_everybody(page: Page, site: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{site}/embed?source=The+Harbour+Ledger")
    page.locator("#preview").get_by_role("combobox").fill("ferry")
    page.locator("#preview").get_by_role("combobox").press("Enter")
    expect(page.locator("#preview").get_by_role("listitem")).to_have_count(5)
    page.wait_for_load_state("networkidle")
    violations = [
        (found["id"], found["nodes"][0]["html"])
        for found in Axe().run(page, context="main").response["violations"]
    ]
    assert violations == []
