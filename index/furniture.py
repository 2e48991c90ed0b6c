"""Lines of a page's text that its markup says are not the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.article import Removal
from index.blocks import Line
from index.cleaning.rule import bare
from index.metadata import Metadata
from index.placing import Placed, between, holds, numbers_of
from index.surroundings import reason

# A kind of furniture that would take more of the text than this is what the article is made of.
_MOST_SHARE = 0.25
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LABEL = re.compile(r"[^.!?]{2,45}?\s*[:|»>–—-]*\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """Why a line is set aside, what in the markup says so, and the field that keeps it."""

    kind: str
    evidence: str
    moves_to: str | None = None

    def removal(self, start: int, text: str) -> Removal:
        return Removal(
            start=start,
            end=start + len(text),
            text=text,
            rule=f"marked-{self.kind.replace(' ', '-')}",
            version=1,
            reason=f"{self.kind}, by the markup around it",
            evidence=self.evidence,
            moves_to=self.moves_to,
        )


_FIELDS = {"caption": "captions", "byline": "authors", "about the author": "contributors"}


def found(
    placed: Sequence[Placed], page: Sequence[Line], body: HtmlElement, about: Metadata
) -> dict[int, Found]:
    """The furniture among the placed lines, by the number of the line of the page."""
    numbers = numbers_of(placed)
    titles = {bare(title) for title in about.titles}
    marked: dict[int, Found] = {}
    for place, number in enumerate(numbers):
        line = page[number]
        kind, evidence = _judged(line, body, titles, head=place < 3)
        if kind:
            marked[number] = Found(kind, evidence, _FIELDS.get(kind))
    for number in _behind(numbers, page, body):
        marked.setdefault(number, Found("behind the article", "an element of its own"))
    marked = _within_reason(marked, numbers, page)
    for number in _listed(numbers, page, body):
        marked.setdefault(number, Found("other stories", "under a heading that says so"))
    return marked


def _judged(
    line: Line, body: HtmlElement, titles: set[str], *, head: bool
) -> tuple[str, str]:
    if line.element.tag == "h1" and (head or line.words in titles):
        return "headline", "<h1>"
    kind, evidence = reason(line.element, body)
    if kind:
        return kind, evidence
    if is_labelled_link(line):
        return "other stories", "a label and a link"
    if line.links >= 3 and line.share_linked >= 0.85:
        return "tags", "links and nothing between them"
    return "", ""


def is_link(line: Line) -> bool:
    """Whether a line is a link and nothing else; shorter ones are as often part of a list."""
    return (
        line.element.tag in {"p", "li"}
        and 15 <= len(line.words) <= 220
        and line.share_linked >= 0.9
        and not line.linked.startswith(("http://", "https://", "www."))  # the address is the text
    )


def is_labelled_link(line: Line) -> bool:
    """Whether a line is a short label and then one link: "See also: The heron is back"."""
    if line.links != 1 or not line.linked:
        return False
    label, _, rest = line.text.partition(line.linked)
    return (
        not rest.strip(" .")
        and len(line.linked) >= 25
        and bool(label.strip())
        and len(label.split()) <= 6
        and label.rstrip()[-1] in ":|»>"
    )


def is_caption(line: Line) -> bool:
    return line.element.tag == "figcaption" or any(
        element.tag == "figcaption" for element in line.element.iterancestors()
    )


def _behind(numbers: Sequence[int], page: Sequence[Line], body: HtmlElement) -> list[int]:
    """The lines behind the body and outside it, in another kind of element than the body is."""
    last = max((number for number in numbers if holds(body, page[number])), default=None)
    if last is None:
        return []
    return [
        number
        for number in numbers
        if number > last and not holds(body, page[number]) and not _is_twin(page[number], body)
    ]


def _is_twin(line: Line, body: HtmlElement) -> bool:
    """Whether a line stands in an element like the body, beside it: the text in several parts."""
    outer = list(between(line.element, body))
    ours = list(between(body, line.element))
    if not outer or not ours:
        return False
    return (outer[-1].tag, outer[-1].get("class")) == (ours[-1].tag, ours[-1].get("class"))


def _within_reason(
    marked: dict[int, Found], numbers: Sequence[int], page: Sequence[Line]
) -> dict[int, Found]:
    size: Counter[str] = Counter()
    for number, found in marked.items():
        size[found.kind] += len(page[number].words)
    most = _MOST_SHARE * sum(len(page[number].words) for number in numbers)
    return {number: found for number, found in marked.items() if size[found.kind] <= most}


def _listed(numbers: Sequence[int], page: Sequence[Line], body: HtmlElement) -> Iterator[int]:
    """The lines under a heading whose class says that other stories follow."""
    heading: HtmlElement | None = None
    for number in numbers:
        line = page[number]
        if line.element.tag in _HEADINGS:
            kind, _ = reason(line.element, body)
            if kind == "other stories":
                heading = line.element
                yield number
                continue
            if heading is not None and line.element.tag <= heading.tag:
                heading = None
        if heading is not None:
            parent = heading.getparent()
            if parent is not None and holds(parent, line):
                yield number
