"""Articles written by an enemy, in the element and in the frame: text stays text."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.web.hosts import STRICT, OtherSite, element

pytestmark = [pytest.mark.browser, pytest.mark.nightly]

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src onerror=alert(1)>'>",
    '" autofocus onfocus=alert(1) x="',
    "</template><template shadowrootmode=open><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "<mark>&lt;img src=x onerror=alert(1)&gt;</mark>",
    "<base href=//evil.example><form action=//evil.example>",
    "\u202ealert(1)\u2066<\u0000script>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "//[",
    "",
)
# What the element is made of; anything else came out of an article.
OWN = {"div", "form", "label", "input", "button", "span", "ul", "li", "p", "ol", "a", "mark", "bdi"}


def _result(place: int, payload: str) -> dict[str, Any]:
    address = ADDRESSES[place % len(ADDRESSES)]
    return {
        "id": payload,
        "url": address,
        "title": payload,
        "title_ranges": [[0, 3], [5, 10**9], [-4, 2]],
        "authors": [payload, payload],
        "source": payload,
        "lang": payload,
        "published": {"at": payload, "precision": "constructor", "confidence": "low"},
        "snippets": [{"text": f"\U0001d525 {payload}", "ranges": [[0, 1]], "html": payload}],
        "links": {"self": f"/a/{place}"},
    }


ANSWER = {
    "__proto__": {"polluted": 1},
    "constructor": 1,
    "query": {"q": "x", "did_you_mean": PAYLOADS[0]},
    "total": len(PAYLOADS),
    "results": [_result(place, payload) for place, payload in enumerate(PAYLOADS)],
    "links": {"next": "javascript:alert(1)"},
}
SUGGESTED = [
    {"text": payload, "kind": kind, "count": 1, "q": payload, "link": "javascript:alert(1)"}
    for payload in PAYLOADS[:4]
    for kind in ("term", "author", "title", "__proto__")
]


def test_nothing_in_an_answer_becomes_markup_or_runs(
    page: Page, site: str, other_site: OtherSite
) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def answer(route: Route) -> None:
        found = {"suggestions": SUGGESTED} if "/suggest?" in route.request.url else ANSWER
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
        route.fulfill(headers=headers, body=json.dumps(found))

    page.on("dialog", note)
    page.route("**/api/v1/**", answer)
    page.goto(other_site.page(element(site, 'link="publisher"'), policy=STRICT.format(site=site)))
    found = page.locator("news-search")
    field = found.get_by_role("combobox")
    field.press_sequentially("x")
    expect(found.get_by_role("option")).to_have_count(len(SUGGESTED))
    field.press("Escape")
    field.press("Enter")
    results = found.get_by_role("listitem")
    expect(results).to_have_count(len(PAYLOADS))
    for place, payload in enumerate(PAYLOADS):
        title = results.nth(place).get_by_role("link")
        assert title.evaluate("link => link.textContent") == payload
        assert title.get_attribute("href") == f"{site}/a/{place}?q=x"
    expect(found.get_by_role("button", name="More")).to_be_hidden()
    inside = found.evaluate("e => [...e.shadowRoot.querySelectorAll('*')].map(x => x.localName)")
    assert set(inside) <= OWN
    handlers = found.evaluate(
        "e => [...e.shadowRoot.querySelectorAll('*')].flatMap(x => x.getAttributeNames())"
        ".filter(name => name.startsWith('on') || name === 'style')"
    )
    assert handlers == []
    assert page.evaluate("({}).polluted") is None
    assert page.locator("script").count() == 1
    assert dialogs == []


def test_hostile_articles_of_a_real_archive_stay_text_in_element_and_frame(
    page: Page,
    serve: Callable[..., str],
    archive_of: Callable[..., Any],
    other_site: OtherSite,
) -> None:
    payloads = [payload for payload in PAYLOADS if "\x00" not in payload]
    folder = archive_of(
        *(
            {"id": str(n), "title": f"Herons {payload}", "text": f"Herons 𝔥erons {payload} again.",
             "author": payload, "source": payload, "url": ADDRESSES[n % len(ADDRESSES)]}
            for n, payload in enumerate(payloads)
        )
    )  # fmt: skip
    site = serve(folder, "--allow-origin", other_site.origin)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto(other_site.page(element(site, 'limit="20"'), policy=STRICT.format(site=site)))
    found = page.locator("news-search")
    found.get_by_role("combobox").fill("herons")
    found.get_by_role("button", name="Search").click()
    expect(found.get_by_role("listitem")).to_have_count(len(payloads))
    assert found.locator("mark").first.inner_text() == "Herons"
    inside = found.evaluate("e => [...e.shadowRoot.querySelectorAll('*')].map(x => x.localName)")
    assert set(inside) <= OWN
    page.goto(f"{site}/embed/frame?q=herons&per_page=20&link=publisher")
    expect(page.locator("li")).to_have_count(len(payloads))
    assert page.locator("body script, img, svg, iframe, style, template").count() == 0
    links = page.locator("li > a").evaluate_all("links => links.map(link => link.href)")
    assert all(link.startswith(f"{site}/a/") for link in links)
    assert dialogs == []
