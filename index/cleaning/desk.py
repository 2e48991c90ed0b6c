"""What the desk of an agency wrote over or under a story: what is new in it, what it mends.

Such a note stands in brackets and has no subject: "(Adds details, updates shares)". It was written
for the papers that had the version before. One that mends an error is a correction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from index.cleaning.rule import Gate, Line, Passage, Rule, Span

_VERBS = (
    "adds", "adding", "recasts", "rewrites", "refiles", "removes", "deletes", "deleting",
    "clarifies", "corrects", "correcting", "releads", "combines", "updates", "repeats", "changes",
)  # fmt: skip
_OPENINGS = (
    *_VERBS,
    "company corrects",
    "in ",
    "this ",
    "the following",
    "please read",
    "please be advised",
    "language in",
)
_I = re.IGNORECASE
# Three of the verbs are nouns too: "(Updates to follow)".
_DOES = (
    rf"(?:{'|'.join(_VERBS)})\b(?<!\bchanges)(?<!\bupdates)(?<!\brepeats)"
    r"|(?:changes|updates|repeats)\b"
    r"(?! (?:to (?!add|show|say|include|reflect|remove|clarify|correct)|are|is|of|will|were|can"
    r"|have|on|at)\b)"
)
_THIS = r"this (?:version of (?:the|this) )?[^()\n]{0,30}?"
_THIS_STORY = rf"{_THIS}story "
_WAS_MENDED = (
    rf"{_THIS}(?:story|article|report|item|version) "
    r"(?:has been|was|is) (?:corrected|refiled|amended|modified|fixed|revised|updated|changed"
    r"|clarified)\b"
)
_ITEM = r"in [^(),\n]{3,40}, "
_INSIDE = r"(?:[^()\n]|\n(?!\s*\n)|\([^()\n]{1,90}\))"  # the note may go on in the next line
_NOTE = re.compile(
    rf"\(\s?(?:(?:company |{_THIS_STORY}|{_ITEM})?(?:{_DOES}){_INSIDE}{{2,600}}?"
    rf"|{_WAS_MENDED}{_INSIDE}{{2,600}}?"
    rf"|please (?:read\b|be advised that (?:paragraph|language)\b){_INSIDE}{{5,400}}?"
    rf"|language in {_INSIDE}{{0,60}}\bparagraphs? {_INSIDE}{{5,80}}?)\)\.?"
    # a byline, a place or nothing: "(Adds reaction)  By Ida Brankovic  SARN, May 3 -"
    r"(?=[^\S\n]*(?:\n|$)|\s{2,}|\s(?:By\s|(?-i:[A-Z]{3})))"
    rf"|\(\s?the following (?:statement|story) was (?:released|issued) by {_INSIDE}{{3,120}}?\)",
    _I,
)
_NEVER_CLOSED = re.compile(rf"\(\s?(?:{_DOES})[^()\n]{{5,300}}", _I)
# Behind the last sentence of a story: "... it fell. (This story was refiled to mend the headline)"
_LAST = re.compile(
    rf"(?<=[.!?\"”)])\s+\((?:{_THIS_STORY}(?:{_DOES})|{_WAS_MENDED})[^()\n]{{2,400}}\)?\.?\)?$", _I
)
_BLANK_LINE = re.compile(r"\s*?\n\s*\n")
_CORRECTS = re.compile(
    r"\b(?:in)?correct|\b(?:refiles|refiled|story|fixes) (?:to )?fix|\bstory was fixed\b"
    r"|\bplease read\b|\binstead of\b",
    _I,
)


def _notes(*, correcting: bool) -> Callable[[Passage], Iterator[Span]]:
    def find(passage: Passage) -> Iterator[Span]:
        for line in passage.candidates:
            start, end = line.start, _end(passage.text, line)
            if not end and (note := _LAST.search(line.text)):
                start, end = line.start + note.start(), line.end
            if end and bool(_CORRECTS.search(passage.text, start, end)) is correcting:
                yield Span(start, end)

    return find


def _end(text: str, line: Line) -> int:
    """Where the note ends that a line begins with, 0 where it begins with none."""
    if note := _NOTE.match(text, line.start):
        return note.end()
    # A bracket that is never closed, in a paragraph of its own.
    alone = _NEVER_CLOSED.fullmatch(line.text) and _BLANK_LINE.match(text, line.end)
    return line.end if alone else 0


_GATE = Gate(brackets=_OPENINGS, head=2, foot=3)

DESK: tuple[Rule, ...] = (
    Rule(
        "desk-correction",
        "a correction",
        _notes(correcting=True),
        moves_to="corrections",
        version=2,
        gate=_GATE,
    ),
    Rule(
        "desk-note",
        "what the agency's desk says of this version",
        _notes(correcting=False),
        moves_to="notes",
        version=2,
        gate=_GATE,
    ),
)
