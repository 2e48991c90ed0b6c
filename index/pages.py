"""Saved pages: the text of the article out of the markup, with what was set aside in place."""

from __future__ import annotations

import re
from collections import Counter

import trafilatura
from lxml.html import HtmlElement

from index.cleaning.rule import bare
from index.markup import words
from index.marks import Body, marked, unmarked
from index.readers.encoding import tidy
from index.sites import site_of, xpath

# A class that says "this is the text" in the words that publishers use for it.
_BODY = re.compile(r"body|article|content|story|paywall|text", re.IGNORECASE)


def body(tree: HtmlElement, url: str = "") -> Body:
    """The body of the article on a page, its paragraphs parted by blank lines; changes ``tree``.

    The body engine is trafilatura. In its precise mode it now and then keeps a fraction of the
    article; where the default mode finds twice as much, that is taken (both measured on labelled
    pages, where the choice between the two wins over either alone).
    """
    site = site_of(url)
    for number, rule in enumerate(site.clutter):
        for element in xpath(rule.selector)(tree):
            _replace(element, marked(words(element), number))
    precise = _extract(tree, favor_precision=True)
    text = precise
    if len(precise) < 2_000:
        default = _extract(tree, favor_precision=False)
        if len(default) > 2 * len(precise):
            text = default
    text = _completed(tree, text) if text else _paragraphs(tree)
    return unmarked(tidy(text.replace("\n", "\n\n")), site.clutter)


def _completed(tree: HtmlElement, text: str) -> str:
    """``text`` with the paragraphs of the article's other containers, in the order of the page.

    Some magazines cut a body into several containers of one class, with an advert between, and
    the engine takes the first. Only where half as much again is missing, in containers that are
    named as a body and lie in the same article, is it added: less is as often a teaser.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    place = {bare(line): number for number, line in enumerate(lines)}
    paragraphs = [(element, bare(words(element))) for element in tree.iter("p")]
    inside = Counter(_container(element) for element, words in paragraphs if words in place)
    bodies = {key for key, count in inside.items() if count >= 4 and _BODY.search(key[0])}
    everything = bare(text)
    missing = {
        element
        for element, said in paragraphs
        if _container(element) in bodies and len(said) >= 60 and said not in everything
    }
    if sum(len(said) for element, said in paragraphs if element in missing) < len(text) / 2:
        return text
    whole: list[str] = []
    taken = 0
    for element, said in paragraphs:
        if element in missing:
            whole.append(words(element))
        elif place.get(said, -1) >= taken:
            whole += lines[taken : place[said] + 1]
            taken = place[said] + 1
    return "\n".join([*whole, *lines[taken:]])


def _container(paragraph: HtmlElement) -> tuple[str, HtmlElement | None]:
    """What a paragraph stands in: the classes of its parent, and which article that belongs to."""
    parent = paragraph.getparent()
    classes = "" if parent is None else parent.get("class", "")
    return " ".join(classes.split()), next(paragraph.iterancestors("article"), None)


def linked_lines(tree: HtmlElement) -> frozenset[str]:
    """The texts (see ``bare``) of paragraphs and list items that are a link and nothing else."""
    found: set[str] = set()
    for element in tree.iter("p", "li"):
        if element.find(".//a") is None:
            continue
        said = bare(words(element))
        if 15 <= len(said) <= 220:
            linked = bare(" ".join(words(link) for link in element.iter("a")))
            if len(linked) >= 0.9 * len(said):
                found.add(said)
    return frozenset(found)


def captions(tree: HtmlElement) -> frozenset[str]:
    """The texts (see ``bare``) of the captions of pictures."""
    return frozenset(bare(words(element)) for element in tree.iter("figcaption")) - {""}


def _extract(tree: HtmlElement, *, favor_precision: bool) -> str:
    return (
        trafilatura.extract(
            tree,
            include_comments=False,
            include_tables=True,
            favor_precision=favor_precision,
            deduplicate=False,
        )
        or ""
    )


def _replace(element: HtmlElement, text: str) -> None:
    """Put ``text`` where ``element`` stands."""
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _paragraphs(tree: HtmlElement) -> str:
    """The paragraphs of <article>, else of the page."""
    article = tree.find(".//article")
    root = tree if article is None else article
    return "\n".join(text for element in root.iter("p") if (text := words(element)))
