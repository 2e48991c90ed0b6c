"""Pieces of markup that are all article, such as the body field of an export, to text."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from index.marks import Body, marked, unmarked
from index.markup import check
from index.readers.encoding import tidy
from index.sites import site_of

_UNREAD = ["script", "style", "noscript", "template"]
_BLOCKS = ["p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"]


def read(markup: str) -> Body:
    """All text of ``markup``, block by block. Raises RejectedDocument as ``markup.parse`` does."""
    check(markup)
    rules = site_of("").clutter
    soup = BeautifulSoup(markup, "lxml")
    for number, rule in enumerate(rules):
        for element in soup.select(rule.selector):
            element.replace_with(marked(element.get_text(" "), number))
    for element in soup(_UNREAD):
        element.decompose()
    for element in soup.find_all("br"):
        element.replace_with("\n")
    for element in soup.find_all(_BLOCKS):
        element.insert_after("\n\n")
    blocks = re.split(r"\n\s*\n", soup.get_text())
    text = "\n\n".join(text for block in blocks if (text := " ".join(block.split())))
    return unmarked(tidy(text), rules)
