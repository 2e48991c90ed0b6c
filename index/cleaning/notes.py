"""Lines that are not the story but are worth keeping: they move to a field of the article.

``notes`` (updates, where it appeared, whose opinion it is), ``corrections``, ``contributors``,
``genre``; and what already has a field: ``standfirst``, ``authors``. A correction is never thrown
away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Passage, Rule, Span, whole_line

_I = re.IGNORECASE

# A piece of a date or a time and nothing else: a line with other words is a heading of a live blog.
MOMENT = (
    r"(?:[\s,|·•–—-]|at\b|on\b|GMT|UTC|(?-i:[A-Z]{1,4}T)\b|Eastern|Central|Pacific|time|noon"
    r"|\d{1,4}(?:st|nd|rd|th)?(?:[:./-]\d{1,4}){0,2}(?:\s?[ap]\.?\s?m\b\.?)?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\b\.?"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?)"
)
_WHEN = rf"\b(?=[^\n]*\d)(?: at| on|:)?{MOMENT}++"
_BULLET = r"[\W_]{0,4}"
_TEXTS = (
    "story",
    "article",
    "post",
    "report",
    "essay",
    "piece",
    "column",
    "interview",
    "review",
)
THIS_TEXT = rf"(?:{'|'.join(_TEXTS)})"
OPENS_WITH_THIS = tuple(f"this {text}" for text in _TEXTS)
_CORRECTION_LABEL = re.compile(
    rf"(?:corrections?|clarifications?)(?: (?:&|and) (?:clarifications|amplifications))?:?"
    rf"(?:\s{MOMENT}++)?",
    _I,
)


def _labelled_correction(passage: Passage) -> Iterator[Span]:
    """A label with nothing behind it but maybe a date, and the correction in the next line."""
    for label in passage.candidates:
        if _CORRECTION_LABEL.fullmatch(label.text):
            yield Span(label.start, label.end)
            below = passage.lines[passage.lines.index(label) + 1 :][:1]
            yield from (Span(line.start, line.end, evidence="under a label") for line in below)


NOTES: tuple[Rule, ...] = (
    Rule(
        "about-the-text",
        "where the text appeared, what it is, or that it will change",
        whole_line(
            rf"{_BULLET}this is a (?:developing|breaking)(?: news)? story\b[^\n]{{0,120}}",
            rf"{_BULLET}this {THIS_TEXT} (?:first |originally )?"
            r"(?:appears?|appeared|was (?:first |originally )?published|ran) "
            r"(?:in|on|by|at)\b[^\n]{3,160}",
            rf"{_BULLET}this {THIS_TEXT} (?:is|was) (?:based in part on wire|part of a series"
            r"|(?:published|produced) in partnership|co-?published|adapted from)\b[^\n]{3,300}",
            r"(?:originally|first) published (?:on|by|in|at) (?-i:[A-Z])[^\n]{2,60}",
            r"[^\n]{3,200}\b(?:originally|first) appeared on [\w-]+(?:\.[\w-]+)+\.?",
            r"re(?:printed|published) (?:from|with|by)\b[^\n]{0,120}\bpermission\b[^\n]{0,300}",
            r"this is a rush transcript\b[^\n]{0,160}",
        ),
        moves_to="notes",
        version=3,
        gate=Gate(
            opens=(
                "this is a",
                *OPENS_WITH_THIS,
                "originally published",
                "first published",
                "reprinted",
                "republished",
            ),
            holds=(" appeared on ",),
            longest=620,
        ),
    ),
    Rule(
        "about-the-column",
        "what the column or the broadcast is",
        whole_line(
            r"[^\n]{0,20}transcripts are created on a rush deadline\b[^\n]{0,500}",
            # “The Tide” brings you the harbour’s stories every day.
            r"[“\"](?-i:[A-Z])[^”\"\n]{2,40}[”\"] (?:shows|brings|gives|offers) you [^\n]{5,160}"
            r"\b(?:day|week|month|morning|evening)\b[^\n]{0,60}",
            r"(?-i:[A-Z])[^.!?\n]{2,50} is a (?:reported |weekly |daily |regular )?"
            r"(?:column|newsletter|series|feature) (?:by|from|about|on|that)\b[^\n]{5,240}",
            # Crane Days is the Bell’s home for ... If you have an idea, write to crane@bell.com.
            r"(?-i:[A-Z])[^.!?\n]{2,50} is (?-i:[A-Z]|the )[\w. ]{1,30}[’']s home for "
            r"[^\n]{10,400}\s[\w.+-]+@[\w-]+\.[\w.-]*[a-z]\.?",
        ),
        moves_to="notes",
        version=3,
        gate=Gate(
            holds=("transcripts are created", " is a ", " you ", "s home for "),
            head=1,
            foot=2,
            longest=620,
        ),
    ),
    Rule(
        "whose-opinion",
        "whose opinion it is",
        whole_line(
            rf"{_BULLET}(?:the )?(?:opinions?|views?)(?: and opinions)? expressed "
            r"(?:by|in|here|herein|above)\b[^\n]{5,300}",
            r"[^\n]{5,700}\bthe (?:opinions?|views?)(?: and opinions)? expressed in this "
            rf"(?:commentary|{THIS_TEXT})\b[^\n]{{5,160}}",
        ),
        moves_to="notes",
        gate=Gate(
            opens=("opinions expressed", "views expressed", "the opinion", "the view"),
            holds=("expressed in this",),
            longest=1000,
        ),
    ),
    Rule(
        "genre",
        "what kind of text it is",
        whole_line(
            r"(?:analysis|opinion|commentary|editorial)(?:/(?:analysis|opinion|commentary))?:?",
            flags=0 | _I,
        ),
        moves_to="genre",
        gate=Gate(opens=("analysis", "opinion", "commentary", "editorial"), head=4, longest=24),
    ),
    Rule(
        "update-note",
        "when the page was published or changed",
        whole_line(
            rf"{_BULLET}(?:last |this {THIS_TEXT} (?:was|has been) )?updated{_WHEN}\W*",
            rf"{_BULLET}(?:first |originally )(?:published|posted){_WHEN}\W*",
            rf"{_BULLET}(?:posted|published){_WHEN}(?:updated{_WHEN})?\W*",
            rf"{_BULLET}(?:update: )?(?:this )?{THIS_TEXT} (?:has been |was )?updated\b"
            r"(?![^\n]*\bcorrect)[^\n]{0,160}",
        ),
        moves_to="notes",
        version=2,
        gate=Gate(
            opens=(
                "last updated",
                *OPENS_WITH_THIS,
                "updated",
                "first",
                "originally",
                "posted",
                "published",
                "update",
            ),
            longest=240,
        ),
    ),
    Rule(
        "labelled-correction",
        "a correction",
        _labelled_correction,
        moves_to="corrections",
        gate=Gate(opens=("correction", "corrections", "clarification"), foot=6, longest=60),
    ),
    Rule(
        "correction",
        "a correction",
        whole_line(
            rf"{_BULLET}(?:correction|clarification|erratum)s?\b"
            r"(?: ?(?:&|and) (?:clarification|amplification)s?)?"
            r"(?:\s?\([^)]{3,40}\)|, [^:\n]{3,24})?(?:\s*[:—–]|\s+-+\s).{10,1200}",
            rf"{_BULLET}(?:editor(?:[’']s|s)? )?note(?:\s*[:—–]|\s+-+\s)(?=.*\b(?:correct|incorrect"
            r"|inaccura|clarif|misstat|misspel|mistaken|error|erroneous|amended|retract|omitted"
            r"|(?:earlier|previous|updated|original) version|originally (?:said|stated)))"
            r".{10,1200}",
            rf"{_BULLET}(?:note: )?(?:an earlier|a previous) version of "
            rf"(?:a (?:photo )?(?:caption|headline) in )?this {THIS_TEXT}\b.{{0,300}}\b"
            r"(?:incorrect\w*|inaccurate\w*|mis\w+|wrong\w*|erroneous\w*|omitted|said|stated)\b.{2,500}",
            rf"{_BULLET}this {THIS_TEXT} has been (?:corrected|amended|modified|updated) "
            r"(?:to|since|because).{5,600}",
            rf".{{0,400}}\b(?:an earlier|a previous) version of this {THIS_TEXT}\b.{{0,60}}\b"
            r"(?:incorrectly|inaccurately|mis\w+|wrongly|erroneously)\b.{2,400}",
        ),
        moves_to="corrections",
        version=3,
        gate=Gate(
            opens=(
                "correction",
                "corrections",
                "clarification",
                "clarifications",
                "editor",
                "editors",
                "erratum",
                "erratums",
                "an earlier",
                "a previous",
                "note",
                *OPENS_WITH_THIS,
            ),
            holds=(" version of this",),
            longest=1300,
        ),
    ),
    Rule(
        "editors-note",
        "a note of the editors",
        whole_line(
            rf"{_BULLET}editor(?:[’']s|s[’']?)? note(?:\s*[:—–]|\s+-+\s).{{10,1200}}",
            r"editor(?:[’']s)? note:?",
        ),
        moves_to="notes",
        gate=Gate(opens=("editor", "editors"), longest=1300),
    ),
)
