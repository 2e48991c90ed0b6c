"""JSON-LD: the article that a page says it is, and the people and papers it names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.cleaning.rule import bare

Node = Mapping[str, object]

_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Opinion|Analysis|Review|Background|Scholarly|Live)?\w*"
    r"(?:Article|Posting|Report)$|^WebPage$|^ClaimReview$"
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>|;)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
# A page of a shop or a forum can hold a graph of thousands; no article needs so many.
_MOST_NODES = 5_000
_MOST_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name that JSON-LD gives, the type it gives it ("Person", "Organization", ""), and the
    address of its profile."""

    text: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article in a page's JSON-LD; everything empty where there is none."""

    node: Node
    by_id: Mapping[str, Node]

    def text(self, key: str) -> str:
        """The text under ``key``, of a list the first."""
        return text_of(self.node.get(key))

    def texts(self, key: str) -> list[str]:
        return [text for value in listed(self.node.get(key)) if (text := text_of(value))]

    def names(self, key: str) -> list[Name]:
        """The names under ``key``: texts, objects, lists of either, or references by @id."""
        return [name for value in listed(self.node.get(key)) for name in self._names(value)]

    def _names(self, value: object) -> Iterator[Name]:
        if isinstance(value, dict):
            known = self.by_id.get(str(value.get("@id", "")), {})
            text = _called(value) or _called(known)
            kind = text_of(value.get("@type")) or text_of(known.get("@type"))
            url = text_of(value.get("url")) or text_of(known.get("url"))
            if text:
                yield Name(text, kind, url or str(value.get("@id", "")))
        elif text := text_of(value):
            known = self.by_id.get(text, {})
            if name := _called(known):
                yield Name(name, text_of(known.get("@type")), text)
            elif not text.startswith(("http://", "https://")):
                yield Name(text)


def linked_article(
    tree: HtmlElement, addresses: Collection[str], titles: Collection[str]
) -> LinkedArticle:
    """The article that the page of ``tree`` is about.

    Of several it is the one with an address or a headline of the page, then one with a headline
    and a date: pages list other stories in the same way.
    """
    values = [value for script in tree.iter("script") for value in _values(script.text or "")]
    nodes = [node for value in values for node in _nodes(value)]
    by_id: dict[str, Node] = {}
    for value in values:
        _index(value, by_id)
    headlines = {bare(title) for title in titles}

    def rank(node: Node) -> tuple[bool, ...]:
        own = {text_of(node.get("url")), text_of(node.get("@id")), *_page(node)}
        about = not own.isdisjoint(addresses) or bare(text_of(node.get("headline"))) in headlines
        return "headline" not in node, not about, "datePublished" not in node

    articles = sorted((node for node in nodes if _is_article(node)), key=rank)
    return LinkedArticle(articles[0] if articles else {}, by_id)


def _called(node: Node) -> str:
    return text_of(node.get("name")) or " ".join(
        filter(None, (text_of(node.get("givenName")), text_of(node.get("familyName"))))
    )


def _page(node: Node) -> Iterator[str]:
    value = node.get("mainEntityOfPage")
    yield text_of(value.get("@id")) if isinstance(value, dict) else text_of(value)


def _values(text: str) -> Iterator[object]:
    """The values in a script: one, or several in a row; a comma too many is forgiven."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip()
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        found: list[object] = []
        position = 0
        try:
            while position < len(attempt):
                value, position = decoder.raw_decode(attempt, position)
                found.append(value)
                position += len(attempt[position:]) - len(attempt[position:].lstrip(" \n\t\r,;"))
        except (ValueError, RecursionError):
            if not found:
                continue
        yield from found
        return


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, list):
        for member in value:
            yield from _nodes(member, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INSIDE:
            yield from _nodes(value.get(key), depth + 1)


def _index(value: object, by_id: dict[str, Node], depth: int = 0) -> None:
    """Note every node that has an @id and a name."""
    if depth > _MOST_DEPTH or len(by_id) >= _MOST_NODES:
        return
    if isinstance(value, list):
        for member in value:
            _index(member, by_id, depth + 1)
    elif isinstance(value, dict):
        identifier = value.get("@id")
        if isinstance(identifier, str) and "name" in value:
            by_id.setdefault(identifier, value)
        for member in value.values():
            if isinstance(member, (dict, list)):
                _index(member, by_id, depth + 1)


def _is_article(node: Node) -> bool:
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in listed(node.get("@type"))
    )


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """A value's text, of a list the first; entities that publishers left in are resolved."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""
