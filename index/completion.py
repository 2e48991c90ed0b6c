"""Lines of the body that the body engine left out, known by the company they keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from index.blocks import Line
from index.cleaning.rule import bare
from index.placing import Placed, holds, numbers_of, signature
from index.surroundings import reason

# A class that says "this is the text" in the words that publishers use for it.
_BODY = re.compile(r"body|article|content|story|paywall|text", re.IGNORECASE)
_HEADINGS = frozenset({"h2", "h3", "h4"})
_HEADING = re.compile(r"sub-?_?head|cross-?head|heading|zwischen(?:titel|ueberschrift)", re.I)
_BEFORE = 3  # lines before the first that was chosen: the engine may drop that one, too
_PARAGRAPH = 40  # characters; shorter lines in the place of paragraphs are mostly labels
_LINKED = 0.5  # of 19 such lines on labelled pages 17 belong to the text; above it 3 of 19


def completed(placed: list[Placed], page: Sequence[Line], body: HtmlElement) -> list[Placed]:
    """``placed`` with what is missing from its first line in ``body`` to its last.

    A paragraph is missing that stands in the same elements of the same classes as two others that
    were chosen (the engine drops short ones with a link in them), and a heading between such
    paragraphs. What else stands there was left out for good reasons.
    """
    chosen = {number for number in numbers_of(placed) if holds(body, page[number])}
    if not chosen:
        return placed
    first, last = min(chosen), max(chosen)
    alike = Counter(
        signature(page[number], body)
        for number in chosen
        if len(page[number].words) >= _PARAGRAPH and not reason(page[number].element, body)[0]
    )
    usual = {names for names, count in alike.items() if count >= 2}
    parents = {names[1:] for names in usual}
    said = " ".join(bare(line.text) for line in placed)
    missing = [
        (number, line.text)
        for number, line in enumerate(page[:last])
        if number >= first - _BEFORE
        and number not in chosen
        and line.share_linked < _LINKED
        and holds(body, line)
        and _fits(line, signature(line, body), usual, parents)
        and line.words not in said
        and not reason(line.element, body)[0]
    ]
    return _in_order(placed, missing)


def with_other_parts(placed: list[Placed], page: Sequence[Line]) -> list[Placed]:
    """``placed`` with the paragraphs of the article's other containers.

    Some magazines cut a body into several containers of one class, with an advert between, and
    the engine takes the first. Only where half as much again is missing, in containers that are
    named as a body and lie in the same article, is it added: less is as often a teaser.
    """
    chosen = set(numbers_of(placed))
    inside = Counter(_container(page[number]) for number in chosen if _is_paragraph(page[number]))
    bodies = {key for key, count in inside.items() if count >= 4 and _BODY.search(key[0])}
    said = " ".join(page[number].words for number in sorted(chosen))
    missing = [
        (number, line.text)
        for number, line in enumerate(page)
        if number not in chosen
        and len(line.words) >= 60
        and _is_paragraph(line)
        and _container(line) in bodies
        and line.words not in said
    ]
    size = sum(len(text) for _, text in missing)
    return _in_order(placed, missing) if size >= len(said) / 2 else placed


def _is_paragraph(line: Line) -> bool:
    return bool(line.element.tag == "p")


def _container(paragraph: Line) -> tuple[str, HtmlElement | None]:
    """What a paragraph stands in: the classes of its parent, and which article that belongs to."""
    parent = paragraph.element.getparent()
    classes = "" if parent is None else parent.get("class", "")
    return " ".join(classes.split()), next(paragraph.element.iterancestors("article"), None)


def _fits(
    line: Line,
    names: tuple[tuple[str, str], ...],
    usual: set[tuple[tuple[str, str], ...]],
    parents: set[tuple[tuple[str, str], ...]],
) -> bool:
    if line.element.tag in _HEADINGS or _HEADING.search(line.element.get("class", "")):
        return names[1:] in parents
    return len(line.words) >= _PARAGRAPH and names in usual


def _in_order(placed: list[Placed], missing: list[tuple[int, str]]) -> list[Placed]:
    """Each missing line before the first placed line that stands behind it on the page."""
    whole: list[Placed] = []
    turn = 0
    for line in placed:
        while turn < len(missing) and line.number is not None and line.number > missing[turn][0]:
            whole.append(Placed(missing[turn][1], missing[turn][0]))
            turn += 1
        whole.append(line)
    return [*whole, *(Placed(text, number) for number, text in missing[turn:])]
