"""When a page says that it was published and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from index import dates
from index.article import Confidence
from index.candidates import Candidate, resolved
from index.linked_data import LinkedArticle
from index.markup import words

_PUBLISHED_WORDS = """
    article:published_time og:article:published_time parsely-pub-date datepublished date dc.date
    dc.date.issued dcterms.created dcterms.issued pubdate publishdate publish-date publish_date
    sailthru.date article.published cxenseparse:recs:publishtime date.release
"""
_PUBLISHED = _PUBLISHED_WORDS.split()
_UPDATED = [
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "lastmod",
    "article.updated",
    "datemodified",
    "dcterms.modified",
]
_DATED = etree.XPath(
    ".//*[@itemprop='datePublished' or @itemprop='dateModified' or (self::time and @datetime)]"
)
_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<sign>[/_-]?)(?P<month>0[1-9]|1[0-2]|[a-z]{3})(?P=sign)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def moments(
    tree: HtmlElement, article: LinkedArticle, metas: Mapping[str, Sequence[str]], url: str
) -> list[Candidate]:
    """Every date that the page gives, the most trusted first, published and updated apart.

    The day in the address of a page decides between two that cannot both be right; htmldate is
    only asked where nothing else says when the page was published: it is slow, and guesses.
    """
    found = [
        *_given(article, metas),
        *_in_elements(tree),
        *((Candidate("published", day, "url", "medium"),) if (day := day_in(url)) else ()),
    ]
    if not any(candidate.field == "published" for candidate in found):
        found += _guessed(tree)
    return list(resolved(_arbitrated(found), "published", "updated"))


def day_in(url: str) -> str:
    """The day that an address names, as in /2019/02/14/ or /20190214/ ("2019-02-14"), else ""."""
    for match in _IN_ADDRESS.finditer(url):
        month = match["month"].lower()
        number = _MONTHS.index(month) + 1 if month in _MONTHS else None
        try:
            day = date(int(match["year"]), number or int(month), int(match["day"]))
        except ValueError:
            continue
        return day.isoformat()
    return ""


def _given(article: LinkedArticle, metas: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    for field, key, names in (
        ("published", "datePublished", _PUBLISHED),
        ("published", "dateCreated", ()),
        ("updated", "dateModified", _UPDATED),
    ):
        if text := article.text(key):
            confidence: Confidence = "high" if key != "dateCreated" else "medium"
            yield Candidate(field, text, "json-ld", confidence)
        for name in names:
            if name in metas:
                yield Candidate(field, metas[name][0], "meta", "high")


def _in_elements(tree: HtmlElement) -> Iterator[Candidate]:
    """The dates in <time> and in microdata, three of each kind: lists of stories have more."""
    seen = {"published": 0, "updated": 0}
    for element in cast(list[HtmlElement], _DATED(tree)):
        prop = element.get("itemprop", "")
        names = element.get("class", "").casefold()
        is_update = prop == "dateModified" or "updat" in names or "modif" in names
        field = "updated" if is_update else "published"
        value = (element.get("datetime") or element.get("content") or words(element)).strip()
        if value and seen[field] < 3:
            seen[field] += 1
            yield Candidate(field, value, "microdata" if prop else "time", "medium")


def _guessed(tree: HtmlElement) -> list[Candidate]:
    found = htmldate.find_date(tree, original_date=True, extensive_search=False)
    return [Candidate("published", found, "htmldate", "low")] if found else []


def _arbitrated(found: list[Candidate]) -> list[Candidate]:
    """Where the two best dates lie days apart and one is the day of the address, it comes first."""
    best = [candidate for candidate in resolved(found, "published") if candidate.origin != "url"]
    address = next((candidate.value for candidate in found if candidate.origin == "url"), "")
    if len(best) < 2 or not address or not _apart(best[0].value, address):
        return found
    right = next(
        (candidate for candidate in best[1:] if not _apart(candidate.value, address)), None
    )
    if right is None:
        return found
    rest = [candidate for candidate in found if candidate is not right]
    doubted = [
        replace(candidate, confidence="medium") if candidate is best[0] else candidate
        for candidate in rest
    ]
    return [replace(right, confidence="high"), *doubted]


def _apart(text: str, day: str) -> bool:
    """Whether ``text`` is a date more than a day from ``day``: zones make a day of difference."""
    stamp = dates.parse(text, origin="")
    return stamp is not None and abs((stamp.at.date() - date.fromisoformat(day)).days) > 1
