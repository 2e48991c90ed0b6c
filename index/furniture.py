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
from index.markup import words
from index.metadata import Metadata
from index.placing import Placed, between, holds
from index.surroundings import KINDS, reason

# A kind of furniture that would take more of the text than this is what the article is made of.
# Links are not counted: no article is made of them.
_MOST_SHARE = 0.35
_MOST_BEHIND = 0.15  # more behind the body may be its second half
_BEHIND = "behind the article"
_HEADLINE, _BEFORE = "headline", "head of the page"
STANDFIRST = "standfirst"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_HEAD_LINES = 3
_LONGEST_KICKER = 70  # characters before a headline in one line with it
_SHORT = 60
_LONGEST_CAPTION = 300
_SENTENCE_END = re.compile(r"[.!?…。:][\"”’»)\]]*$")
_LABEL_BEHIND = re.compile(r"\s*[\[(][A-Z ]{3,20}[\])]\W*")
_PICTURE = ("img", "picture", "video", "amp-img", "iframe")
_TEXT_BLOCKS = frozenset({"p", "li", "td", "th", "blockquote", "article", "ul", "ol", "table"})
_FIELDS = {"caption": "captions", "byline": "authors", "about the author": "contributors"}


@dataclass(frozen=True, slots=True)
class MarkedRule:
    """A kind of furniture that markup tells of."""

    name: str
    reason: str


MARKED_RULES = {
    kind: MarkedRule(f"marked-{kind.replace(' ', '-')}", f"{kind}, by the markup around it")
    for kind in sorted({*KINDS, _HEADLINE, _BEHIND, _BEFORE, STANDFIRST})
}


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
            rule=MARKED_RULES[self.kind].name,
            version=1,
            reason=MARKED_RULES[self.kind].reason,
            evidence=self.evidence,
            moves_to=self.moves_to,
        )


@dataclass(frozen=True, slots=True)
class _Here:
    """What a line is judged against: the body, where it begins and ends, and the titles."""

    body: HtmlElement
    first: int
    last: int
    titles: frozenset[str]


def found(
    placed: Sequence[Placed], page: Sequence[Line], body: HtmlElement, about: Metadata
) -> dict[int, Found]:
    """The furniture among the placed lines, by their place in ``placed``."""
    inside = [p.number for p in placed if p.number is not None and holds(body, page[p.number])]
    if not inside:
        return {}
    titles = frozenset(words for title in about.titles if len(words := bare(title)) > 15)
    here = _Here(body, min(inside), max(inside), titles)
    marked: dict[int, Found] = {}
    for place, line in enumerate(placed):
        kind, evidence = _judged(line, place, page, here)
        if kind:
            marked[place] = Found(kind, evidence, _FIELDS.get(kind))
    marked = _within_reason(marked, placed, page)
    for place in _listed(placed, page, body):
        marked.setdefault(place, Found("other stories", "under a heading that says so"))
    return marked


def _judged(placed: Placed, place: int, page: Sequence[Line], here: _Here) -> tuple[str, str]:
    """(kind, evidence) of the furniture that a line is; ("", "") for none."""
    if place < _HEAD_LINES and _repeats(placed.text, here.titles):
        return _HEADLINE, "the title of the page"
    if placed.number is None:
        return "", ""
    line = page[placed.number]
    if line.element.tag == "h1" and (place < _HEAD_LINES or line.words in here.titles):
        return _HEADLINE, "<h1>"
    judged = reason(line.element, here.body)
    if not judged[0]:
        judged = _linked(line)
    if not judged[0]:
        within = holds(here.body, line)
        judged = (
            _beside_a_picture(line, here.body) if within else _outside(placed.number, line, here)
        )
    return judged


def _linked(line: Line) -> tuple[str, str]:
    if is_labelled_link(line):
        return "other stories", "a label and a link"
    tags = line.links >= 3 and line.share_linked >= 0.85
    return ("tags", "links and nothing between them") if tags else ("", "")


def _repeats(text: str, titles: frozenset[str]) -> bool:
    """Whether a line is a title, maybe behind a kicker; a sentence may end in the same words."""
    words = bare(text)
    return words in titles or (
        not text.rstrip().endswith((".", "!"))
        and any(
            words.endswith(title) and len(words) <= len(title) + _LONGEST_KICKER for title in titles
        )
    )


def _beside_a_picture(line: Line, body: HtmlElement) -> tuple[str, str]:
    """A caption, or the card of another story: alone with a picture in an element of their own."""
    if len(line.text) > _LONGEST_CAPTION:
        return "", ""
    for element in between(line.element, body):
        if element.tag in _TEXT_BLOCKS:
            continue
        if next(element.iter(*_PICTURE), None) is not None:
            alone = len(bare(words(element))) <= 1.3 * len(line.words) + 10
            kind = "other stories" if line.share_linked >= 0.9 else "caption"
            return (kind, "alone with a picture") if alone else ("", "")
    return "", ""


def _outside(number: int, line: Line, here: _Here) -> tuple[str, str]:
    """What stands before or behind the body, unless the text goes on in an element like it."""
    if _is_twin(line, here.body):
        return "", ""
    if number > here.last:
        linked = line.share_linked >= 0.9
        return ("other stories" if linked else _BEHIND), "an element of its own"
    short = len(line.text) < _SHORT and not _SENTENCE_END.search(line.text)
    return (_BEFORE, "before the article") if short and number < here.first else ("", "")


def _is_twin(line: Line, body: HtmlElement) -> bool:
    """Whether a line stands in an element like the body, beside it: the text in several parts."""
    outer = list(between(line.element, body))[::-1]
    ours = list(between(body, line.element))[::-1]
    return 0 < len(ours) <= len(outer) and all(
        (theirs.tag, theirs.get("class")) == (own.tag, own.get("class"))
        for theirs, own in zip(outer, ours, strict=False)
    )


def is_link(line: Line) -> bool:
    """Whether a line is a link and nothing else; shorter ones are as often part of a list."""
    return (
        line.element.tag in {"p", "li"}
        and 15 <= len(line.words) <= 220
        and line.share_linked >= 0.9
        and not line.linked.startswith(("http://", "https://", "www."))  # the address is the text
    )


def is_labelled_link(line: Line) -> bool:
    """Whether a line is a link with a short label before it, or one in brackets behind it:
    "See also: The heron is back", "The heron is back [VIDEO]"."""
    if line.links != 1 or len(line.linked) < 25:
        return False
    label, _, rest = line.text.partition(line.linked)
    if _LABEL_BEHIND.fullmatch(rest) and not label.strip():
        return True
    return (
        not rest.strip(" .")
        and bool(label.strip())
        and len(label.split()) <= 6
        and label.rstrip()[-1] in ":|»>"
    )


def is_caption(line: Line) -> bool:
    return line.element.tag == "figcaption" or any(
        element.tag == "figcaption" for element in line.element.iterancestors()
    )


def _within_reason(
    marked: dict[int, Found], placed: Sequence[Placed], page: Sequence[Line]
) -> dict[int, Found]:
    size: Counter[str] = Counter()
    for place, found in marked.items():
        number = placed[place].number
        if number is None or page[number].share_linked < 0.9:
            size[found.kind] += len(placed[place].text)
    whole = sum(len(line.text) for line in placed)
    return {
        place: found
        for place, found in marked.items()
        if size[found.kind] <= whole * (_MOST_BEHIND if found.kind == _BEHIND else _MOST_SHARE)
    }


def _listed(placed: Sequence[Placed], page: Sequence[Line], body: HtmlElement) -> Iterator[int]:
    """The lines under a heading whose class says that other stories follow."""
    heading: HtmlElement | None = None
    for place, number in ((n, p.number) for n, p in enumerate(placed) if p.number is not None):
        line = page[number]
        if line.element.tag in _HEADINGS:
            if reason(line.element, body)[0] == "other stories":
                heading = line.element
                yield place
                continue
            if heading is not None and line.element.tag <= heading.tag:
                heading = None
        if heading is not None:
            parent = heading.getparent()
            if parent is not None and holds(parent, line):
                yield place
