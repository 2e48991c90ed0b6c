"""The head of a text dump: which of its first lines are title, standfirst, byline and date.

A dump has no markup, so position and shape decide. A line is only read as something when it can
hardly be anything else; what is left over stays in the body, where nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.article import Removal
from index.bylines import only_names, people
from index.cleaning import Passage
from index.cleaning.rule import Line

_HEAD_LINES = 12
_LONGEST_TITLE = 220
_LONGEST_STANDFIRST = 400
_LONGEST_DECK = 120  # characters of a line between the headline and the byline

_BYLINE = re.compile(r"(?:by|von|par|por)\s+[^\W\d_a-z].{2,120}", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE_LINE = re.compile(
    rf"(?:\w+day,?\s+)?(?:{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\.?\s+{_MONTH}\.?,?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)[^a-z]{{0,3}}.{{0,24}}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<label>first published|originally published|posted|published|last updated|updated)\b"
    r"\s*(?:on\b|at\b|:)?\s*(?P<moment>.*?)(?=\s*(?:last updated|updated|posted|published)\b|\s*$)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_SENTENCE_END = re.compile(r"[.…][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class HeadRule:
    """What a line of the head was understood as, and the field it went to."""

    name: str
    field: str
    reason: str


_TITLE = HeadRule("head-title", "title", "the headline")
_STANDFIRST = HeadRule("head-standfirst", "standfirst", "the standfirst")
_AUTHORS = HeadRule("head-authors", "authors", "the byline")
_PUBLISHED = HeadRule("head-published", "published", "the date line")
HEAD_RULES = (_TITLE, _STANDFIRST, _AUTHORS, _PUBLISHED)


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around the body say of the article; dates are still as they were written.

    ``removals`` hold the lines that were understood, each moved to the field it fills.
    """

    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    removals: tuple[Removal, ...] = ()


def read_head(passage: Passage, removals: Sequence[Removal], *, titled: bool = False) -> Head:
    """Read the head of ``passage``, whose furniture is already in ``removals``.

    ``titled`` says that the title is known from elsewhere, so that no line is taken for it.
    """
    lines = _left_over(passage, removals)
    published, updated = _labelled_dates(removals)
    if not lines:
        return Head(published=published, updated=updated)
    title = lines[0] if not titled and _is_title(lines[0], lines) else None
    head = _head_lines(passage, lines[1:] if title else lines, removals)
    dates = [line for line in head if _DATE_LINE.fullmatch(line.text)]
    byline = next((line for line in head if _BYLINE.fullmatch(line.text)), None) or next(
        (line for line in head if only_names(line.text)), None
    )
    standfirst = next(
        (
            line
            for line in head
            if line is not byline and line not in dates and _is_standfirst(line)
        ),
        None,
    )
    taken = [
        (title, _TITLE),
        (standfirst, _STANDFIRST),
        (byline, _AUTHORS),
        *((line, _PUBLISHED) for line in dates),
    ]
    return Head(
        title=title.text if title else "",
        standfirst=standfirst.text if standfirst else "",
        authors=people(byline.text) if byline else (),
        published=published or (dates[0].text if dates else ""),
        updated=updated,
        removals=tuple(_removal(line, rule) for line, rule in taken if line),
    )


def read_names(passage: Passage, removals: Sequence[Removal]) -> Head | None:
    """The byline of a page that names its author only in one of the first lines of its text."""
    lines = _left_over(passage, removals)
    for line in lines[:3] if len(lines) >= 3 else ():
        if only_names(line.text):
            return Head(authors=people(line.text), removals=(_removal(line, _AUTHORS),))
        if len(line.text) > _LONGEST_DECK or _SENTENCE_END.search(line.text):
            break
    return None


def _left_over(passage: Passage, removals: Iterable[Removal]) -> list[Line]:
    """The first lines of the passage that no rule took."""
    spans = [(removal.start, removal.end) for removal in removals]
    return [
        line
        for line in passage.lines[:_HEAD_LINES]
        if not any(start <= line.start and line.end <= end for start, end in spans)
    ]


def _is_title(line: Line, lines: Sequence[Line]) -> bool:
    """A short first line that is no sentence, with something under it."""
    return (
        len(lines) > 1
        and len(line.text) <= _LONGEST_TITLE
        and not _SENTENCE_END.search(line.text)
        and not _BYLINE.fullmatch(line.text)
    )


def _head_lines(passage: Passage, lines: list[Line], removals: Sequence[Removal]) -> list[Line]:
    """The lines under the title and above the body: up to the last byline, date or update line.

    An update line belongs to the head only where it names a year and stands among the first: at
    the foot of a short text the same kind of line says nothing about what is above it.
    """
    top = passage.lines[max(min(_HEAD_LINES // 2, len(passage.lines) - 3), 0)].start
    dated = [
        removal.end
        for removal in removals
        if removal.rule == "update-note" and removal.start <= top and _YEAR.search(removal.text)
    ]
    last = 0
    for number, line in enumerate(lines[:4], start=1):
        marked = _BYLINE.fullmatch(line.text) or _DATE_LINE.fullmatch(line.text)
        if marked or (dated and line.end <= max(dated)):
            last = number
    return lines[:last]


def _is_standfirst(line: Line) -> bool:
    return 20 <= len(line.text) <= _LONGEST_STANDFIRST


def _labelled_dates(removals: Iterable[Removal]) -> tuple[str, str]:
    """(published, updated) of lines such as "Posted on ... Updated on ..."."""
    found: dict[str, str] = {}
    for removal in removals:
        if removal.rule != "update-note":
            continue
        for match in _LABELLED.finditer(removal.text):
            found.setdefault(match["label"].casefold(), match["moment"].strip(" |·•,"))
    published = next(
        (
            found[label]
            for label in ("first published", "originally published", "published", "posted")
            if found.get(label)
        ),
        "",
    )
    return published, found.get("updated") or found.get("last updated") or ""


def _removal(line: Line, rule: HeadRule) -> Removal:
    return Removal(
        start=line.start,
        end=line.end,
        text=line.text,
        rule=rule.name,
        version=1,
        reason=rule.reason,
        moves_to=rule.field,
    )
