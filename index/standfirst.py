"""The standfirst: what a page shows under its headline and before its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from lxml.html import HtmlElement

from index.blocks import Line
from index.cleaning.rule import bare
from index.placing import between, holds, signature
from index.surroundings import reason

_SHORTEST, _LONGEST = 30, 700
_SENTENCE = 60  # characters; what no class names must be a sentence of this length
_NEAR = 8  # lines under the headline
_FARTHEST = 60  # lines of the page between the headline and the text
_NAMED = re.compile(
    r" (?:stand ?first|dec?k|sub ?titles?|sub ?lines?|sub ?head(?:line|ing|er)?s?|strap ?line"
    r"|lede?|lead ?(?:in|text|paragraph|content)?|vorspann|intro\w*|teaser ?(?:text|lead)?"
    r"|excerpt|summary|abstract|descriptions?|preamble|ingress|chapo|chapeau|perex|spot"
    r"|sommario|occhiello|sottotitolo|entradilla|bajada|sumario|manchete?|highlights?) "
)
_BYLINE = re.compile(r"(?:by|von|par|por|di|door)\s", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»)\]]*$")


def standfirst(
    page: Sequence[Line],
    body: HtmlElement,
    chosen: Collection[int],
    titles: Collection[str],
    descriptions: Collection[str],
) -> list[int]:
    """The numbers of the lines of ``page`` that are the standfirst.

    A line between the headline and the text, which the body engine chose or not (``chosen``), is
    known by its class, by being the page's own description, or by being a sentence right under
    the headline. What was chosen and lies in the body is its first paragraph.
    """
    first = min((number for number in chosen if holds(body, page[number])), default=0)
    start = _headline(page, first, titles)
    if start is None:
        return []
    candidates = [number for number in range(start + 1, first) if _is_possible(page[number], body)]
    starts = tuple(bare(text)[:_SHORTEST] for text in descriptions if len(text) > _SHORTEST)
    known = [number for number in candidates if page[number].words.startswith(starts)] or [
        number for number in candidates if is_named(page[number], body)
    ]
    if known:
        names = signature(page[known[0]], body)
        return [number for number in candidates if signature(page[number], body) == names][:3]
    long = [title for title in titles if len(title) > 15]
    under = next(
        (
            number
            for number in range(start + 1, min(first, start + 1 + _NEAR))
            if not _is_aside(page[number], body)
            and not any(title in page[number].words for title in long)
        ),
        first,
    )
    return [under] if under in candidates and _is_sentence(page[under]) else []


def is_named(line: Line, body: HtmlElement) -> bool:
    """Whether a class on the way from the body to the line says that it is the standfirst."""
    for element in between(line.element, body):
        names = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"
        apart = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", names)
        if _NAMED.search(f" {re.sub(r'[^a-z0-9]+', ' ', apart.lower())} "):
            return True
    return False


def _headline(page: Sequence[Line], first: int, titles: Collection[str]) -> int | None:
    """The number of the line before the text that is the headline.

    The headline stands in menus and share bars too, so a heading that is a title of the page comes
    first, then <h1>, a heading that ends in the title (behind a kicker), and one in a <header>.
    """
    before = range(first - 1, max(first - _FARTHEST, 0) - 1, -1)
    headings = [
        number
        for number in before
        if _heading(page[number].element) and not _in_menu(page[number].element)
    ]
    tests: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.words in titles and _heading(line.element) == "h1",
        lambda line: line.words in titles,
        lambda line: _heading(line.element) == "h1",
        lambda line: line.words.endswith(tuple(title for title in titles if len(title) > 15)),
        lambda line: next(line.element.iterancestors("header"), None) is not None,
    )
    for test in tests:
        found = next((number for number in headings if test(page[number])), None)
        if found is not None:
            return found
    return next((number for number in before if page[number].words in titles), None)


def _heading(element: HtmlElement) -> str:
    """The tag of the heading that an element is or lies in, "" for none."""
    tags = (element.tag, *(ancestor.tag for ancestor in element.iterancestors("h1", "h2", "h3")))
    return next((str(tag) for tag in tags if tag in {"h1", "h2", "h3"}), "")


def _in_menu(element: HtmlElement) -> bool:
    return next(element.iterancestors("nav", "ol", "ul"), None) is not None


def _is_sentence(line: Line) -> bool:
    return (
        len(line.text) >= _SENTENCE
        and (bool(_SENTENCE_END.search(line.text)) or line.element.tag in {"h2", "h3"})
        and not _BYLINE.match(line.text)
    )


def _is_aside(line: Line, body: HtmlElement) -> bool:
    """Whether a line under the headline is a date, a reading time, a button or a caption."""
    if len(line.text) <= 40 and any(sign.isdigit() for sign in line.text):
        return True
    return line.element.tag == "button" or reason(line.element, body)[0] == "caption"


def _is_possible(line: Line, body: HtmlElement) -> bool:
    return (
        _SHORTEST <= len(line.text) <= _LONGEST
        and line.share_linked < 0.5
        and line.element.tag not in {"li", "td", "th", "dd", "dt"}
        and not reason(line.element, body)[0]
    )
