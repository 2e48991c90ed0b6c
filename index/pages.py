"""Saved pages: the text of the article out of the markup, with what was set aside in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import trafilatura
from lxml.html import HtmlElement

from index import blocks, furniture
from index.article import Removal
from index.blocks import Line
from index.cleaning.rule import bare
from index.completion import completed, with_other_parts
from index.furniture import STANDFIRST, Found
from index.marks import StructuralRule, marked, unmarked
from index.markup import words
from index.metadata import Metadata
from index.placing import Placed, body_element, holds, numbers_of, place
from index.readers.encoding import tidy
from index.sites import Site, selected
from index.standfirst import standfirst

# A text of less than this share of a page's paragraphs may have been missed: of labelled pages
# one in fifty has so little although it is whole, one in twenty because it is not.
_LEAST_SHARE = 0.4
_PARAGRAPH = 80  # characters
_SHORT = 2_000  # characters; a longer text has a small share where a page holds ten articles
_LINKED = 0.3
_SHORTEST = 20  # characters of a description


@dataclass(frozen=True, slots=True)
class PageBody:
    """The text of a page's article, what its markup says is clutter, and its standfirst.

    ``linked`` and ``captions`` hold the ``bare`` texts of lines that are a link, or a caption.
    """

    text: str
    removals: tuple[Removal, ...] = ()
    standfirst: str = ""
    linked: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()


def lines(tree: HtmlElement, site: Site) -> list[Line]:
    """The lines of a page; what is clutter on this ``site`` stands between marks from now on."""
    for number, rule in enumerate(site.clutter):
        for element in selected(tree, rule.selector):
            element.tail = marked(words(element), number) + (element.tail or "")
            element.drop_tree()
    return blocks.lines(tree)


def body(tree: HtmlElement, page: Sequence[Line], about: Metadata, site: Site) -> PageBody:
    """The body of the article on a page, its paragraphs parted by blank lines.

    ``page`` holds the ``lines`` of ``tree``. The body engine is trafilatura. What it chose is found
    again on the page, so that the markup around each line can speak: missing paragraphs are put
    back, furniture is set aside.
    """
    text = _chosen(tree, page) or _paragraphs(tree)
    chosen = [line for line in text.split("\n") if bare(line)]
    placed = with_other_parts(place(chosen, page), page)
    numbers = numbers_of(placed)
    element = _named(tree, numbers, page, site)
    if element is None:
        element = body_element(numbers, page)
    if element is None:
        return _assembled(placed, page, {}, (), site.clutter)
    placed = completed(placed, page, element)
    found = furniture.found(placed, page, element, about)
    lead = _standfirst(placed, page, element, found, about)
    whole = _assembled(placed, page, found, lead, site.clutter)
    return whole if lead else replace(whole, standfirst=_shown_elsewhere(placed, page, about))


def _chosen(tree: HtmlElement, page: Sequence[Line]) -> str:
    """What trafilatura takes for the text.

    Its precise mode without the comparison with other engines costs half as much, and wherever the
    comparison changed anything on labelled pages, the fast result had under a quarter of the
    page's paragraphs. In its precise mode trafilatura now and then keeps a fraction of the article;
    where the default mode finds twice as much, that is taken.
    """
    least = _LEAST_SHARE * sum(len(line.text) for line in page if _is_paragraph(line))
    text = _extract(tree, favor_precision=True, fast=True)
    if len(text) < least or not text:
        text = _extract(tree, favor_precision=True)
    if len(text) < min(least, _SHORT) or not text:
        default = _extract(tree)
        text = default if len(default) > 2 * len(text) else text
    return text


def _extract(tree: HtmlElement, *, favor_precision: bool = False, fast: bool = False) -> str:
    return (
        trafilatura.extract(
            tree,
            include_comments=False,
            include_tables=True,
            favor_precision=favor_precision,
            fast=fast,
            deduplicate=False,
        )
        or ""
    )


def _is_paragraph(line: Line) -> bool:
    return len(line.text) >= _PARAGRAPH and line.share_linked < _LINKED


def _named(
    tree: HtmlElement, numbers: Sequence[int], page: Sequence[Line], site: Site
) -> HtmlElement | None:
    """The element that this site names as its text, where most of the chosen lines are in it."""
    size = sum(len(page[number].text) for number in numbers)
    for element in selected(tree, site.body):
        inside = (len(page[n].text) for n in numbers if holds(element, page[n]))
        if sum(inside) > size / 2:
            return element
    return None


def _standfirst(
    placed: Sequence[Placed],
    page: Sequence[Line],
    element: HtmlElement,
    found: Mapping[int, Found],
    about: Metadata,
) -> list[int]:
    """The numbers of the lines of the standfirst, chosen by the engine or not."""
    chosen = {
        line.number
        for turn, line in enumerate(placed)
        if line.number is not None and turn not in found
    }
    titles = {bare(title) for title in about.titles}
    return standfirst(page, element, chosen, titles, about.descriptions)


def _assembled(
    placed: Sequence[Placed],
    page: Sequence[Line],
    found: Mapping[int, Found],
    lead: Sequence[int],
    rules: Sequence[StructuralRule],
) -> PageBody:
    texts: list[str] = []
    removals: list[Removal] = []
    length = 0
    for turn, line in enumerate(placed):
        part = unmarked(tidy(line.text), rules, length)
        why = found.get(turn)
        if line.number in lead:
            why = Found(STANDFIRST, "by its place and class", "standfirst")
        removals += [why.removal(length, part.text)] if why else part.removals
        texts.append(part.text)
        length += len(part.text) + 2
    chosen = [page[number] for number in numbers_of(placed)]
    return PageBody(
        "\n\n".join(texts),
        tuple(removals),
        tidy(" ".join(page[number].text for number in lead)),
        frozenset(line.words for line in chosen if furniture.is_link(line)),
        frozenset(line.words for line in chosen if furniture.is_caption(line)),
    )


def _shown_elsewhere(placed: Sequence[Placed], page: Sequence[Line], about: Metadata) -> str:
    """The page's description of itself, where a reader of the page can see it outside the text."""
    chosen = set(numbers_of(placed))
    for text in about.descriptions:
        said = bare(text)
        shown = [number for number, line in enumerate(page) if said in line.words]
        if len(said) >= _SHORTEST and shown and chosen.isdisjoint(shown):
            return text
    return ""


def _paragraphs(tree: HtmlElement) -> str:
    """The paragraphs of <article>, else of the page."""
    article = tree.find(".//article")
    root = tree if article is None else article
    return "\n".join(text for element in root.iter("p") if (text := words(element)))
