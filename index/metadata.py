"""What a page says of itself: JSON-LD first, then meta tags, then what the reader can see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from index.blocks import Line
from index.candidates import Candidate, resolved
from index.credits import credits_of
from index.linked_data import LinkedArticle, linked_article
from index.markup import words
from index.moments import moments

_META = {
    "title": "og:title twitter:title dc.title parsely-title headline",
    "description": "og:description description twitter:description",
    "source": "og:site_name application-name dc.publisher",
    "section": "article:section parsely-section section",
    "language": "og:locale dc.language language",
}
_SUFFIX = re.compile(r"\s+(?:[|»•·]|[-–—]|::)\s+[^|»•·–—]{2,50}$")

_LONGEST_KICKER = 70  # characters

_Metas = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article; "" or () where it says nothing.

    ``titles`` holds all headlines the page gives it, the best first. ``authors`` are the
    ``people`` credited, with what is listed beside them, else the ``organisations``.
    ``candidates`` hold every value for title, author and date with its source, the most trusted
    first within a field.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def published(self) -> tuple[Candidate, ...]:
        return resolved(self.candidates, "published")

    @property
    def updated(self) -> tuple[Candidate, ...]:
        return resolved(self.candidates, "updated")


def read(tree: HtmlElement, lines: Sequence[Line], url: str = "") -> Metadata:
    """The metadata of a page with these ``lines``; ``url`` is where it was saved from, if known."""
    metas = _metas(tree)
    addresses = [url, *_addresses(tree, metas)]
    headings = [words(element) for element in islice(tree.iter("h1"), 2)]
    article = linked_article(tree, {*addresses} - {""}, [*headings, _first(metas, "title")])
    publisher = next((name.text for name in article.names("publisher")), "")
    source = publisher or _first(metas, "source")
    titles = _titles(tree, article, metas, source, headings)
    address = next(filter(_is_web, (*addresses[1:], *_linked_addresses(article))), "")
    outlets = [name for name in (publisher, _first(metas, "source")) if name]
    credits = credits_of(tree, lines, article, metas, outlets)
    return Metadata(
        titles=_distinct(titles),
        descriptions=tuple(
            filter(None, (article.text("description"), _first(metas, "description")))
        ),
        authors=credits.authors,
        people=credits.people,
        organisations=credits.organisations,
        source=source,
        section=article.text("articleSection") or _first(metas, "section"),
        tags=_tags(article, metas),
        url=address,
        language=tree.get("lang", "") or article.text("inLanguage") or _first(metas, "language"),
        candidates=(*titles, *credits.candidates, *moments(tree, article, metas, url or address)),
    )


def address_of(tree: HtmlElement) -> str:
    """Where a page says that it is from, "" where it does not say."""
    return next(filter(_is_web, _addresses(tree, _metas(tree))), "")


def _metas(tree: HtmlElement) -> _Metas:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            metas.setdefault(name.casefold(), []).append(" ".join(content.split()))
    return metas


def _first(metas: _Metas, field: str) -> str:
    return next((metas[name][0] for name in _META[field].split() if name in metas), "")


def _titles(
    tree: HtmlElement,
    article: LinkedArticle,
    metas: _Metas,
    source: str,
    headings: Sequence[str],
) -> list[Candidate]:
    page = tree.find(".//title")
    written = [
        (article.text("headline"), "json-ld"),
        (_first(metas, "title"), "meta"),
        *((heading, "heading") for heading in headings),
        (article.text("alternativeHeadline"), "json-ld"),
        (words(page) if page is not None else "", "title"),
    ]
    found = (
        Candidate("title", title, origin, "medium" if origin == "title" else "high")
        for text, origin in written
        if (title := _without_suffix(" ".join(text.split()), source, headings))
        and title.casefold() != source.casefold()
    )
    return list(found)


def _distinct(titles: Sequence[Candidate]) -> tuple[str, ...]:
    """The titles in their order, those that differ only in signs or case once.

    Where the first is what the page tells other sites with a kicker before it ("Harbour: The crane
    is back"), the headline alone comes first.
    """
    distinct: dict[str, str] = {}
    for title in titles:
        distinct.setdefault(_signless(title.value), title.value)
    first = next(iter(distinct), "")
    for title in titles:
        alone = _signless(title.value)
        kicker = first.removesuffix(alone) if title.origin == "meta" else ""
        if alone and kicker != first and 0 < len(kicker) <= _LONGEST_KICKER:
            return tuple({alone: title.value, **distinct}.values())
    return tuple(distinct.values())


def _signless(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _without_suffix(title: str, source: str, headings: Sequence[str]) -> str:
    """A title without what the site puts behind it: known by the sign before it, the site's name,
    or a heading of the page without it."""
    title, bar, rest = title.partition(" | ")
    if bar and len(title) < 15:  # "Opinion | The headline"
        title = f"{title}{bar}{rest}"
    match = _SUFFIX.search(title)
    if match is None:
        return title
    short = title[: match.start()].strip()
    suffix = re.sub(r"\W+", "", match.group()).casefold()
    name = re.sub(r"\W+", "", source).casefold()
    if (name and (suffix in name or name in suffix)) or short in headings:
        return short
    return title


def _tags(article: LinkedArticle, metas: _Metas) -> tuple[str, ...]:
    listed = article.texts("keywords")
    tags = listed if len(listed) > 1 else [*listed, *metas.get("article:tag", [])]
    if not tags:
        tags = [*(metas.get("news_keywords") or metas.get("keywords") or [])]
    if len(tags) == 1:
        tags = re.split(r"[,;]", tags[0])
    return tuple(dict.fromkeys(tag.strip() for tag in tags if 1 < len(tag.strip()) <= 80))[:30]


def _addresses(tree: HtmlElement, metas: _Metas) -> list[str]:
    canonical = next(
        (link for link in tree.iter("link") if "canonical" in link.get("rel", "")), None
    )
    return [
        "" if canonical is None else canonical.get("href", ""),
        next(iter(metas.get("og:url", [])), ""),
    ]


def _linked_addresses(article: LinkedArticle) -> list[str]:
    page = article.node.get("mainEntityOfPage")
    of_page = page.get("@id") if isinstance(page, dict) else page
    return [of_page if isinstance(of_page, str) else "", article.text("url")]


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
