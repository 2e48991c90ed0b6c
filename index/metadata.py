"""What a page says of itself: JSON-LD first, then meta tags, then what the reader can see."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

import htmldate
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import extract_metadata

from index.bylines import newsrooms, people
from index.cleaning.rule import bare
from index.markup import words

_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Opinion|Analysis|Review|Background|Scholarly|Live)?\w*(?:Article|Posting|Report)$|^WebPage$"
)
_META = {
    "title": "og:title twitter:title dc.title parsely-title headline",
    "standfirst": "og:description description twitter:description",
    "author": "author article:author parsely-author dc.creator byl sailthru.author",
    "published": """
        article:published_time og:article:published_time parsely-pub-date datepublished date
        dc.date dc.date.issued pubdate publishdate publish-date sailthru.date article.published
        cxenseparse:recs:publishtime date.release
    """,
    "updated": """
        article:modified_time og:updated_time last-modified lastmod article.updated datemodified
        dcterms.modified
    """,
    "source": "og:site_name application-name dc.publisher",
    "section": "article:section parsely-section section",
    "language": "og:locale dc.language language",
}
_SHOWN = etree.XPath("body//text()[not(parent::script)]")
_BYLINE = re.compile(r"by-?line|author|writer|reporter", re.IGNORECASE)
_NOT_BYLINE = re.compile(
    r"bio|about|avatar|image|photo|follow|share|comment|related", re.IGNORECASE
)
_SUFFIX = re.compile(r"\s+(?:[|»•·]|[-–—]|::)\s+[^|»•·–—]{2,50}$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a page writes it, and where it stood."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The best candidate for each field; "" or () where the page says nothing.

    ``titles`` holds all headlines the page gives the article, the best first.
    """

    titles: tuple[str, ...]
    standfirst: str
    descriptions: tuple[str, ...]
    article_body: str
    authors: tuple[str, ...]
    published: Dated | None
    updated: Dated | None
    source: str
    section: str
    tags: tuple[str, ...]
    url: str
    language: str


def read(tree: HtmlElement) -> Metadata:
    """The metadata of a page."""
    linked = next(_linked_articles(tree), {})
    metas = _metas(tree)
    source = _name(linked.get("publisher")) or _first(metas, "source")
    return Metadata(
        titles=_titles(tree, linked, metas, source),
        standfirst=_standfirst(tree, linked, metas),
        descriptions=tuple(filter(None, (_text(linked.get("description")), _first(metas, "standfirst")))),
        article_body=_text(linked.get("articleBody")),
        authors=_authors(tree, linked, metas, source),
        published=_dated(tree, linked, metas, "published"),
        updated=_dated(tree, linked, metas, "updated"),
        source=source,
        section=_text(linked.get("articleSection")) or _first(metas, "section"),
        tags=_tags(linked, metas),
        url=_url(tree, linked, metas),
        language=_language(tree, linked, metas),
    )


def _standfirst(tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]]) -> str:
    """The description, where a reader of the page can see it too."""
    shown = bare(" ".join(_SHOWN(tree)))
    for text in (_text(linked.get("description")), _first(metas, "standfirst")):
        said = bare(text)
        if len(said) >= 20 and said in shown:
            return text
    return ""


def _linked_articles(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The articles in the page's JSON-LD, those with a headline first."""
    found: list[dict[str, object]] = []
    for script in tree.iter("script"):
        try:
            value = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [node for node in _nodes(value) if _is_article(node)]
    yield from sorted(found, key=lambda node: ("headline" not in node, "datePublished" not in node))


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for member in value:
            yield from _nodes(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(value.get(key), depth + 1)


def _is_article(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            metas.setdefault(name.casefold(), []).append(" ".join(content.split()))
    return metas


def _first(metas: dict[str, list[str]], field: str) -> str:
    return next((metas[name][0] for name in _META[field].split() if name in metas), "")


def _titles(
    tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]], source: str
) -> tuple[str, ...]:
    headings = [words(element) for element in islice(tree.iter("h1"), 2)]
    page = words(title) if (title := tree.find(".//title")) is not None else ""
    candidates = [
        _text(linked.get("headline")),
        _first(metas, "title"),
        *headings,
        _text(linked.get("alternativeHeadline")),
        page,
    ]
    titles: dict[str, str] = {}
    for candidate in candidates:
        title = _without_suffix(" ".join(candidate.split()), source, headings)
        if title and title.casefold() != source.casefold():
            titles.setdefault(re.sub(r"\W+", "", title).casefold(), title)
    return tuple(titles.values())


def _without_suffix(title: str, source: str, headings: list[str]) -> str:
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


def _authors(
    tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]], source: str
) -> tuple[str, ...]:
    linked_authors = [_name(author) for author in _listed(linked.get("author"))]
    in_metas = [
        text
        for name in _META["author"].split()
        for text in metas.get(name, [])
        if not text.startswith(("http://", "https://"))
    ]
    weak: tuple[str, ...] = ()
    for candidates in (linked_authors, in_metas, _bylines(tree)):
        names = tuple(name for name in people(candidates) if name.casefold() != source.casefold())
        if any(" " in name for name in names):
            return names
        weak = weak or names
    return weak or _by_engine(tree) or newsrooms(linked_authors) or newsrooms(in_metas)


def _by_engine(tree: HtmlElement) -> tuple[str, ...]:
    """The authors that trafilatura finds by the markup of many sites; slow, so asked last."""
    found = extract_metadata(deepcopy(tree))
    names = people((found.author or "").split(";")) if found else ()
    return names if any(" " in name for name in names) else ()


def _bylines(tree: HtmlElement) -> list[str]:
    """The texts of elements that are marked up as a byline, the first that names a person."""
    for element in tree.iter(etree.Element):
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        marked = element.get("itemprop") == "author" or "author" in element.get("rel", "").split()
        if not marked and (not _BYLINE.search(marks) or _NOT_BYLINE.search(marks)):
            continue
        text = words(element)
        if 3 < len(text) <= 120 and people(text):
            return [text]
    return []


def _dated(
    tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]], field: str
) -> Dated | None:
    key = "datePublished" if field == "published" else "dateModified"
    if text := _text(linked.get(key)):
        return Dated(text, "json-ld")
    if text := _first(metas, field):
        return Dated(text, "meta")
    for element in tree.iterfind(".//*"):
        if element.get("itemprop") != key and (
            element.tag != "time" or not element.get("datetime")
        ):
            continue
        marks = element.get("class", "").casefold()
        is_update = (
            "updat" in marks or "modif" in marks or element.get("itemprop") == "dateModified"
        )
        if is_update == (field == "updated"):
            value = (
                element.get("datetime") or element.get("content") or words(element)
            )
            if isinstance(value, str) and value.strip():
                return Dated(value.strip(), "time")
    return _guessed(tree) if field == "published" else None


def _guessed(tree: HtmlElement) -> Dated | None:
    """The day that htmldate finds somewhere on the page: better than none, marked as doubtful."""
    found = htmldate.find_date(tree, original_date=True, extensive_search=False)
    return Dated(found, "htmldate") if found else None


def _tags(linked: dict[str, object], metas: dict[str, list[str]]) -> tuple[str, ...]:
    listed = [_text(tag) for tag in _listed(linked.get("keywords"))]
    tags = listed if len(listed) > 1 else [*listed, *metas.get("article:tag", [])]
    if not tags:
        tags = metas.get("news_keywords", []) or metas.get("keywords", [])
    if len(tags) == 1:
        tags = re.split(r"[,;]", tags[0])
    return tuple(dict.fromkeys(tag.strip() for tag in tags if 1 < len(tag.strip()) <= 80))[:30]


def _url(tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]]) -> str:
    canonical = tree.find(".//link[@rel='canonical']")
    candidates = [
        "" if canonical is None else canonical.get("href", ""),
        next(iter(metas.get("og:url", [])), ""),
        _name(linked.get("mainEntityOfPage"), key="@id"),
        _text(linked.get("url")),
    ]
    return next((url for url in candidates if url.startswith(("http://", "https://"))), "")


def _language(tree: HtmlElement, linked: dict[str, object], metas: dict[str, list[str]]) -> str:
    declared = tree.get("lang", "")
    return declared or _text(linked.get("inLanguage")) or _first(metas, "language")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name(value: object, key: str = "name") -> str:
    """The name in a JSON-LD value: a text, an object with a name, or a list of either."""
    if isinstance(value, dict):
        return _text(value.get(key))
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(member, key) for member in value)))
    text = _text(value)
    return "" if text.startswith(("http://", "https://")) and key == "name" else text


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
