"""Boxes that a page sets beside a story and a saved text has within it.

A box of highlights says the story in advance, in lines of its own without a full stop. It is set
aside down to the first real paragraph; where no line breaks are left to tell one from the other,
only its label is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.cleaning.rule import Gate, Line, Passage, Rule, Span, within_line

_LABEL = re.compile(r"story highlights\b:?\s*", re.IGNORECASE)
_LONGEST = 130  # characters of a highlight
_LONGEST_FIRST = 240  # of one that stands in the line of the label, and has no full stop either
_MOST = 7  # highlights; more lines without a full stop are something else
_CLOSED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.[A-Z]|[ap]\.m|Jr|Sr|Inc|Corp|Co)\.$")


def _highlights(passage: Passage) -> Iterator[Span]:
    for line in passage.candidates:
        label = _LABEL.match(line.text)
        if label is None:
            continue
        first = line.text[label.end() :]
        if first and not re.match(r"[^\W\d_a-z]|[\d“\"‘'$]", first):
            continue  # "Story highlights the risks"
        if first and not _is_highlight(first, _LONGEST_FIRST):
            yield Span(line.start, line.start + label.end(), evidence="the label alone")
            continue
        below = passage.lines[passage.lines.index(line) + 1 :][: _MOST + 1]
        yield from (Span(one.start, one.end) for one in (line, *_until_prose(below)))


def _until_prose(below: Sequence[Line]) -> Sequence[Line]:
    """The highlights that ``below`` begins with; none where no paragraph of prose ends them."""
    count = next((n for n, line in enumerate(below) if not _is_highlight(line.text)), None)
    if count is None:
        return ()
    while count and below[count - 1].text[-1] == "?":
        count -= 1  # a question may be how the story begins
    return below[:count]


def _is_highlight(text: str, longest: int = _LONGEST) -> bool:
    is_open = text.endswith("?") or not _CLOSED.search(text) or _ABBREVIATED.search(text)
    return len(text) <= longest and bool(is_open)


BOXES: tuple[Rule, ...] = (
    Rule(
        "highlights-box",
        "a box that says the story in advance",
        _highlights,
        version=2,
        gate=Gate(opens=("story highlights",)),
    ),
    Rule(
        "explainer-controls",
        "label and buttons of a box",
        within_line(
            r"^(?:Q&A|Quick guide|Profile|Timeline)\s+(?=[^\n]{3,140} Show Hide\b)",
            r"(?<=\S) Show Hide(?=\s|$)",
        ),
        gate=Gate(holds=(" show hide",)),
        sources=("guardian",),
    ),
)
