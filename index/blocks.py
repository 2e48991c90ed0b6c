"""The lines a reader sees on a page, each with the element of the tree that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from index.cleaning.rule import bare

# What stays within a line; everything else starts a new one.
_INLINE_WORDS = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr
    output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_WORDS.split())
_UNSEEN = frozenset(
    ["head", "script", "style", "noscript", "template", "select", "option", "textarea", "title"]
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, the block it stands in, and what of it is linked.

    ``words`` is the text as ``bare`` leaves it; ``linked`` what of it is in ``links`` links.
    """

    text: str
    words: str
    element: HtmlElement
    linked: str = ""
    links: int = 0

    @property
    def share_linked(self) -> float:
        return len(bare(self.linked)) / len(self.words) if self.linked else 0.0


class _Reader:
    """Walks a tree and cuts its text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked: list[str] = []
        self._links = 0

    def walk(self, element: HtmlElement, block: HtmlElement, in_link: bool = False) -> None:
        self._add(element.text, in_link)
        for child in element:
            tag = child.tag
            if tag == "br":
                self.finish(block)
            elif tag in _INLINE:
                self._links += tag == "a"
                self.walk(child, block, in_link or tag == "a")
            elif tag not in _UNSEEN:
                self.finish(block)
                self.walk(child, child, in_link)
                self.finish(child)
            self._add(child.tail, in_link)

    def finish(self, block: HtmlElement) -> None:
        if not self._pieces:
            self._links = 0
            return
        text = " ".join("".join(self._pieces).split())
        if text and (words := bare(text)):
            linked = " ".join("".join(self._linked).split())
            self.lines.append(Line(text, words, block, linked, self._links))
        self._pieces.clear()
        self._linked.clear()
        self._links = 0

    def _add(self, text: str | None, in_link: bool) -> None:
        if text and (self._pieces or not text.isspace()):
            self._pieces.append(text)
            if in_link:
                self._linked.append(text)


def lines(tree: HtmlElement) -> list[Line]:
    """The lines of a page in its order."""
    reader = _Reader()
    reader.walk(tree, tree)
    reader.finish(tree)
    return reader.lines
