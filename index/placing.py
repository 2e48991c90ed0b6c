"""Where on a page the lines stand that the body engine chose, and which element is the body."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from index.blocks import Line
from index.cleaning.rule import bare

# The body is the deepest element that holds this share of the text: with more, one long box
# beside it decides; with less, half of a body that an advert cuts in two.
_MOST_OF_IT = 0.6
# A mangled line is looked for this many lines of the page behind the line before it; it is the one
# that holds nearly all of its words, and whole where hardly any of that one's are missing.
_FARTHEST = 20
_FEW_WORDS = 6
_SAME = 0.9
_WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the body as the engine wrote it, and the number of its line of the page, or None
    where no line of the page reads the same (a row of a table)."""

    text: str
    number: int | None


def place(chosen: Sequence[str], page: Sequence[Line]) -> list[Placed]:
    """Each chosen line with its place on the page, in the order of the engine.

    A text that stands on the page more than once is taken to be the first one behind the line
    before it: menus and lists of headlines repeat what the article says.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(page):
        places[line.words].append(number)
    found: list[list[int]] = [places.get(bare(text), []) for text in chosen]
    last = next((numbers[0] for numbers in found if len(numbers) == 1), 0) - len(chosen)
    placed: list[Placed] = []
    for text, numbers in zip(chosen, found, strict=True):
        behind = bisect_right(numbers, last)
        if behind < len(numbers):
            last = numbers[behind]
        placed.append(Placed(text, numbers[min(behind, len(numbers) - 1)] if numbers else None))
    return [_mended(line, place, placed, page) for place, line in enumerate(placed)]


def _mended(line: Placed, place: int, placed: Sequence[Placed], page: Sequence[Line]) -> Placed:
    """A line that the engine cut a piece out of (it drops some links), as the page has it.

    Where next to nothing is missing, the engine's text stays: it leaves out what readers do not
    see, too.
    """
    mine = bare(line.text).split()
    if line.number is not None or len(mine) < _FEW_WORDS or line.text.startswith("|"):
        return line
    above = next((other.number for other in placed[place::-1] if other.number is not None), -1)
    below = next((other.number for other in placed[place:] if other.number is not None), len(page))
    bag = Counter(mine)
    for number in range(above + 1, min(below, above + 1 + _FARTHEST)):
        theirs = page[number].words.split()
        shared = (bag & Counter(theirs)).total()
        if shared >= _SAME * len(mine) and len(theirs) <= 3 * len(mine):
            complete = shared >= _WHOLE * len(theirs)
            return Placed(line.text if complete else page[number].text, number)
    return line


def body_element(numbers: Sequence[int], page: Sequence[Line]) -> HtmlElement | None:
    """The deepest element that holds most of the lines with these numbers; None for no lines."""
    weight: Counter[HtmlElement] = Counter()
    for number in numbers:
        for element in (page[number].element, *page[number].element.iterancestors()):
            weight[element] += len(page[number].words)
    found = None
    inner: HtmlElement | None = max(weight, key=weight.__getitem__, default=None)
    if inner is not None:
        inner = inner.getroottree().getroot()
    most = _MOST_OF_IT * sum(len(page[number].words) for number in numbers)
    while inner is not None:
        found = inner
        inner = next((child for child in found if weight[child] >= most), None)
    return found


def holds(element: HtmlElement, line: Line) -> bool:
    """Whether a line stands in ``element``."""
    return line.element is element or element in line.element.iterancestors()


def between(element: HtmlElement, within: HtmlElement) -> Iterator[HtmlElement]:
    """``element`` and what it lies in, as far as that is not also around ``within``."""
    around = {within, *within.iterancestors()}
    current: HtmlElement | None = element
    while current is not None and current not in around:
        yield current
        current = current.getparent()


def signature(line: Line, within: HtmlElement) -> tuple[tuple[str, str], ...]:
    """Tags and classes from a line up to the body: paragraphs of one text share them."""
    return tuple(
        (str(element.tag), element.get("class", "")) for element in between(line.element, within)
    )


def numbers_of(placed: Iterable[Placed]) -> list[int]:
    return [line.number for line in placed if line.number is not None]
