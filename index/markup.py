"""Markup to a tree: one parse a page, guarded against what hurts a parser and what it loses."""

from __future__ import annotations

import re
from typing import cast

import trafilatura
from bs4 import BeautifulSoup
from lxml import etree, html
from lxml.html import HtmlElement

from index.errors import RejectedDocument

# Every case that hangs or blows up one of the parsers breaks one of these bounds, and no real
# page does: measured over public pages the deepest nests 61 elements and the largest has 9,000.
_MOST_TAGS = 200_000
_MOST_DEPTH = 256
_MOST_ATTRIBUTES = 1_000
_MOST_OPEN = 50_000

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>?")
# Begins at the start of a word only: an attribute may hold a megabyte of base64 in one word.
_ATTRIBUTE = re.compile(r"(?<![\w:-])[\w:-]++\s*+=")
_CLOSES_ITSELF = """
    area base br col embed hr img input link meta param source track wbr p li dt dd option tr td
    th thead tbody tfoot colgroup
"""
_VOID = frozenset(_CLOSES_ITSELF.split())
_NAMES = ("script", "style", "svg", "noscript", "template")
_HIDDEN = re.compile(rf"<(?:({'|'.join(_NAMES)})\b|!--)", re.IGNORECASE)
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _NAMES} | {"": re.compile("-->")}
# A tree that holds fewer of the tags in the markup was cut off; 219 real pages hold .9 or more.
_LEAST_SHARE = 0.8
_MOST_MENDED = 1_000_000  # characters
_ELEMENTS = etree.XPath("count(descendant-or-self::*)")
_ROOT = re.compile(r"<(/?)(html|body)\b[^<>]*>", re.IGNORECASE)
_FEW_TAGS = 50


def parse(markup: str) -> HtmlElement:
    """The tree of a page without what no reader sees, but for its data in JSON-LD.

    lxml is ten times as fast as anything else, but of some broken pages it drops the rest without
    a word. Where its tree holds far fewer elements than the markup opens, the page is tried again
    as one document, and then as BeautifulSoup mends it. Raises RejectedDocument for markup made to
    hurt a parser.
    """
    opened = check(markup)
    tree = _tree(markup)
    for mend in (_one_document, _mended):
        if opened <= _FEW_TAGS or _count(tree) >= _LEAST_SHARE * opened:
            break
        tree = max(tree, _tree(mend(markup)), key=_count)
    return _shown(tree)


def _one_document(markup: str) -> str:
    """``markup`` with one <html> and one <body>, neither closed: lxml stops at a second one."""
    seen: set[str] = set()

    def once(tag: re.Match[str]) -> str:
        name = tag.group(2).lower()
        if tag.group(1) or name in seen:
            return ""
        seen.add(name)
        return tag.group().removesuffix("/>").removesuffix(">") + ">"

    return _ROOT.sub(once, markup)


def _mended(markup: str) -> str:
    """``markup`` as Python's own parser reads it, which recovers from quotation marks left open.

    It is not linear on every input, so a page of the greatest size is left as it is.
    """
    return str(BeautifulSoup(markup, "html.parser")) if len(markup) <= _MOST_MENDED else markup


def words(element: HtmlElement) -> str:
    """The text of an element, its pieces parted by one space."""
    return " ".join(" ".join(element.itertext()).split())


def _tree(markup: str) -> HtmlElement:
    """trafilatura's loader repairs doctypes and self-closed roots that stop lxml."""
    tree = trafilatura.load_html(markup) if markup.strip() else None
    if tree is None:
        try:
            tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=_parser())
        except etree.ParserError:  # nothing in it but comments
            tree = html.document_fromstring("<html><body></body></html>")
    return tree


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )


def _shown(tree: HtmlElement) -> HtmlElement:
    for script in list(tree.iter("script")):
        if "ld+json" not in (script.get("type") or "").lower():
            script.drop_tree()
    etree.strip_elements(tree, "style", "svg", "noscript", "template", with_tail=False)
    return tree


def _count(tree: HtmlElement) -> int:
    return int(cast(float, _ELEMENTS(tree)))


def _visible(markup: str) -> str:
    """``markup`` without scripts, styles and comments, in time that grows with its length alone."""
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opening in _HIDDEN.finditer(markup):
        name = (opening.group(1) or "").lower()
        if opening.start() < position or name in unclosed:
            continue
        end = _ENDS[name].search(markup, opening.end())
        if end is None:
            unclosed.add(name)
            continue
        kept.append(markup[position : opening.start()])
        position = end.end()
    kept.append(markup[position:])
    return "".join(kept)


def check(markup: str) -> int:
    """A linear look at the markup before any parser sees it; how many elements it opens."""
    if markup.count("<") - markup.count(">") > _MOST_OPEN:
        raise RejectedDocument("is broken HTML: most of its tags are never closed")
    depth = opened = 0
    for number, tag in enumerate(_TAG.finditer(_visible(markup))):
        close, name, rest = tag.groups()
        if number >= _MOST_TAGS:
            raise RejectedDocument(f"has over {_MOST_TAGS} tags: no article does")
        if len(rest) > 20_000 and len(_ATTRIBUTE.findall(rest)) > _MOST_ATTRIBUTES:
            raise RejectedDocument(f"has a tag of over {_MOST_ATTRIBUTES} attributes")
        opened += not close
        if rest.endswith("/") or name.lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if close else depth + 1
        if depth > _MOST_DEPTH:
            raise RejectedDocument(f"nests its elements over {_MOST_DEPTH} deep: no page does")
    return opened
