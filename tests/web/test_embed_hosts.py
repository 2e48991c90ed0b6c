"""The element in the pages of hostile hosts: it works there, and leaves them as they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.hosts import FORM, STRICT, OtherSite, element

pytestmark = [pytest.mark.browser, pytest.mark.nightly]

_STEALS_KEYS = """
window.stolen = [];
const own = () => document.getElementById("own");
for (const on of [window, document, document.body]) for (const early of [true, false])
  on.addEventListener("keydown", (event) => {
    if (event.key !== "/" && event.key !== "s") return;
    if (event.target.matches("input, textarea")) return;
    event.preventDefault();
    stolen.push(event.key);
    own().focus();
  }, early);
"""


@dataclass(frozen=True)
class Host:
    """A page of somebody else around the element, and what it forbids."""

    name: str
    head: str = ""
    before: str = ""
    after: str = ""
    strict: bool = False
    attributes: str = 'lang="en"'


HOSTS = (
    Host(
        "reset",
        "<style>*,*::before{margin:0;padding:0;border:0;font:inherit;list-style:none;"
        "box-sizing:border-box}input,button,ul,li,mark,dialog{display:none;color:red}</style>",
    ),
    Host("unset", "<style>*{all:unset !important}head,head *{display:none !important}</style>"),
    Host("strict", strict=True),
    Host(
        "keys",
        before='<input id="own" aria-label="own search">',
        after=f"<script>{_STEALS_KEYS}</script>",
    ),
    Host("rtl", attributes='lang="ar" dir="rtl"'),
    Host(
        "dark",
        "<style>body{background:#101418;color:#e8e8e8}</style>",
    ),
    Host(
        "trap",
        "<style>header{position:sticky;top:0;z-index:9999;height:40px;background:teal}"
        "main{position:relative;z-index:0}</style>",
        before="<header>A menu</header><main>",
        after="</main>",
    ),
    Host(
        "clobbered",
        before='<img name="createElement" alt=""><img name="querySelector" alt="">'
        '<form name="documentElement"></form><form name="body"></form><a id="fetch"></a>'
        '<a id="customElements"></a><a id="HTMLElement"></a><img name="addEventListener" alt="">'
        '<form name="defaultView"></form><form id="__proto__"></form>'
        '<a id="q"></a><a id="list"></a>',
    ),
)

# What a page could notice of an intruder: its globals, its elements, its style, its prototypes.
_STATE = """() => ({
  globals: Object.getOwnPropertyNames(window).sort().join(),
  outside: Document.prototype.querySelectorAll
    .call(document, "*:not(news-search, news-search *)").length,
  sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
  heading: getComputedStyle(Document.prototype.querySelector.call(document, "h1")).cssText,
  storage: localStorage.length + sessionStorage.length,
  cookies: document.cookie,
  added: Object.keys(Object.prototype).length + Object.keys(Array.prototype).length,
})"""


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_it_works_and_leaves_the_page_as_it_was(
    page: Page, site: str, other_site: OtherSite, host: Host
) -> None:
    policy = STRICT.format(site=site) if host.strict else ""
    bare = other_site.page(
        f"{host.before}<news-search>{FORM.format(site=site)}</news-search>{host.after}",
        head=host.head,
        policy=policy,
        attributes=host.attributes,
    )
    page.goto(bare)
    before = page.evaluate(_STATE)
    embedded = other_site.page(
        host.before + element(site) + host.after,
        head=host.head,
        policy=policy,
        attributes=host.attributes,
    )
    page.goto(embedded)
    found = page.locator("news-search")
    field = found.get_by_role("combobox")
    expect(field).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    field.click()
    page.keyboard.type("ferries/s")
    expect(field).to_have_value("ferries/s")
    field.fill("harb")
    option = found.get_by_role("option").first
    expect(option).to_be_visible()
    assert _is_on_top(page), "the list lies under something"
    field.fill("ferry")
    field.press("Enter")
    expect(found.get_by_role("listitem")).to_have_count(5)
    expect(found.get_by_role("option")).to_have_count(0)
    expect(found.locator("mark").first).to_be_visible()
    assert _readable(page) >= 4.5
    after = page.evaluate(_STATE)
    after["outside"] -= 1  # the script element itself
    assert after == before


def _is_on_top(page: Page) -> bool:
    """Whether a click in the middle of the first suggestion would meet it."""
    return bool(
        page.evaluate(
            """() => {
              const host = Document.prototype.querySelector.call(document, "news-search");
              const option = host.shadowRoot.querySelector("[role=option]");
              const { x, y, width, height } = option.getBoundingClientRect();
              const hit = host.shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
              return option.contains(hit);
            }"""
        )
    )


def _readable(page: Page) -> float:
    """The contrast of what the element writes with the page behind it."""
    colours: list[str] = page.evaluate(
        """() => {
          const host = Document.prototype.querySelector.call(document, "news-search");
          const body = getComputedStyle(host.parentElement.closest("body")).backgroundColor;
          return [getComputedStyle(host.shadowRoot.querySelector(".title")).color, body];
        }"""
    )
    ink, paper = (_light(colour) for colour in colours)
    return (max(ink, paper) + 0.05) / (min(ink, paper) + 0.05)


def _light(colour: str) -> float:
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)]
    if len(numbers) == 4 and numbers[3] == 0:
        return 1.0  # nothing but the canvas, which is white here
    parts = [n / 255 for n in numbers[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_follow_the_language_of_the_page_and_numbers_and_dates_too(
    page: Page, site: str, other_site: OtherSite
) -> None:
    page.goto(other_site.page(element(site), attributes='lang="de"'))
    found = page.locator("news-search")
    found.get_by_role("combobox", name="Im Archiv suchen").fill("ferry")
    found.get_by_role("button", name="Suchen").click()
    expect(found.get_by_role("status").last).to_contain_text("Artikel")
    assert re.search(r"\d{1,2}\. \w+ 20\d\d", found.locator(".about").first.inner_text())


def test_in_a_page_from_right_to_left_it_goes_from_right_to_left(
    page: Page, site: str, other_site: OtherSite
) -> None:
    page.goto(other_site.page(element(site), attributes='lang="ar" dir="rtl"'))
    found = page.locator("news-search")
    field = found.get_by_role("combobox").bounding_box()
    button = found.get_by_role("button", name="Search").bounding_box()
    assert field is not None
    assert button is not None
    assert button["x"] < field["x"]


@pytest.mark.parametrize("early", [True, False])
def test_a_page_that_takes_keys_from_every_field_takes_none_from_this_one(
    page: Page, site: str, other_site: OtherSite, early: bool
) -> None:
    takes = (
        "<input id=own><script>document.addEventListener('keydown', (event) => {"
        "if (event.key === '/') { event.preventDefault(); own.focus(); }"
        f"}}, {str(early).lower()});</script>"
    )
    page.goto(other_site.page(takes + element(site)))
    field = page.locator("news-search").get_by_role("combobox")
    field.click()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "own", "its keys are still its own"


def test_without_scripts_the_form_inside_leads_to_the_archive(
    browser: Browser, site: str, other_site: OtherSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(other_site.page(element(site), policy=STRICT.format(site=site)))
    page.get_by_role("searchbox").fill("ferry")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{site}/search?q=ferry")
    expect(page.locator(".hit").first).to_be_visible()
    context.close()
