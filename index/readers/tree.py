"""XML trees, parsed so that nothing outside the document is read, and asked by local names.

The formats come in several namespaces and in none, with one meaning: names go without them here.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from index.errors import RejectedDocument
from index.readers.root import xml_text

Element = etree._Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

# Elements of NITF and XHTML that part paragraphs, and those that are not the article's own text.
_BLOCKS = frozenset([
    "p", "hl1", "hl2", "block", "bq", "blockquote", "pre", "hr", "br", "ol", "ul", "li", "dl", "dt",
    "dd", "table", "caption", "tr", "fn", "note", "div", "section", "article", "main", "header",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6",
])  # fmt: skip
_ASIDE = frozenset([
    "media", "figure", "script", "style", "head", "nav", "form", "iframe", "noscript", "template",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree; ``fault`` says where the XML was broken, "" where it was not."""

    root: Element
    fault: str


def parse(data: bytes) -> Parsed:
    """The tree of an XML document; of a broken one, as much as can be read.

    Entities of HTML are read, others are left out, and no file or address is opened. Raises
    RejectedDocument where there is nothing to read.
    """
    text = _ENTITY.sub(_named, xml_text(data)).encode()
    fault = ""
    try:
        root = etree.fromstring(text, parser=_parser(recover=False))
    except etree.XMLSyntaxError as error:
        fault = " ".join(str(error.msg).split())[:150]
        root = _recovered(text)
    if root is None:
        raise RejectedDocument(f"is broken XML: {fault or 'there is no root element'}")
    return Parsed(root, fault)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _recovered(text: bytes) -> Element | None:
    try:
        return etree.fromstring(text, parser=_parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _named(match: re.Match[str]) -> str:
    name = match.group(1)
    code = None if name in _XML_ENTITIES else html.entities.name2codepoint.get(name)
    return match.group() if code is None else chr(code)


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements at the end of ``path``, in their order."""
    if element is None:
        return
    name, *rest = path
    for child in element:
        if local(child) == name:
            if rest:
                yield from children(child, *rest)
            else:
                yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of ``path``."""
    return next(children(element, *path), None)


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """The elements of these names anywhere below, in their order."""
    if element is not None:
        for found in element.iter():
            if local(found) in names:
                yield found


def line(element: Element | None, *without: str) -> str:
    """The text of an element on one line, ``without`` that of some elements in it."""
    if element is None:
        return ""
    return " ".join("".join(_pieces(element, frozenset(without), frozenset())).split())


def attribute(element: Element | None, name: str) -> str:
    return " ".join(str(element.get(name) or "").split()) if element is not None else ""


def language(element: Element | None) -> str:
    return attribute(element, _LANGUAGE)


def paragraphs(element: Element) -> str:
    """The text of an article's markup, its paragraphs parted by blank lines.

    Pictures with their captions are left out: the formats set them apart from the text.
    """
    blocks = "".join(_pieces(element, _ASIDE, _BLOCKS)).split("\x00")
    return "\n\n".join(text for block in blocks if (text := " ".join(block.split())))


def _pieces(element: Element, without: frozenset[str], blocks: frozenset[str]) -> Iterator[str]:
    """The text below an element; NUL, which XML cannot hold, where a block starts or ends."""
    yield element.text or ""
    for below in element:
        name = local(below)
        if name and name not in without:
            edge = "\x00" if name in blocks else " " if name in {"td", "th"} else ""
            yield edge
            yield from _pieces(below, without, blocks)
            yield edge
        yield below.tail or ""
