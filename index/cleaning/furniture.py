"""Furniture of the page that a saved text carries as lines of its own: adverts, buttons, labels.

A rule here may run on every outlet, because a whole line of this shape is furniture wherever it
was seen. What asks the reader for something is in ``invitations``; other stories are in ``links``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.cleaning.rule import Gate, Passage, Rule, Span, bare, whole_line

_HEAD_LINES = 5  # a label of the lead image only means that in the head
_NETWORKS = r"(?:twitter|facebook|instagram|linkedin|google\+|threads|pinterest|reddit|whatsapp)"
_BUTTONS = (
    "share", "tweet", "email", "e-mail", "e", "mail", "print", "facebook", "twitter", "linkedin",
    "whatsapp", "reddit", "pin", "pinterest", "pocket", "flipboard", "copy link", "save",
    "comment", "comments", "post", "more", "messenger", "telegram", "read or share",
)  # fmt: skip
_BUTTON = (
    r"(?:share|tweet|e-?mail|print|facebook|twitter|linkedin|whatsapp|reddit|pin it|pinterest"
    r"|pocket|flipboard|copy link|save|comments?|post|more|messenger|telegram|\d+)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_GAP = r"[\s|•·,/:]"


def _lead_image_label(passage: Passage) -> Iterator[Span]:
    label = re.compile(
        r"(?:article )?(?:lead|featured|main|header|hero) (?:image|photo|picture)", re.IGNORECASE
    )
    for line in passage.candidates:
        if label.fullmatch(line.text):
            yield Span(line.start, line.end)


def _end_of_title(passage: Passage) -> list[str]:
    return re.findall(r"(?:\w+ )?\w+(?=\W*$)", passage.title)[-1:]


def _first_word_of_source(passage: Passage) -> list[str]:
    return re.findall(r"\w+", passage.source)[:1]


_LONGEST_KICKER = 70  # characters before the headline in one line with it


def _repeated_title(passage: Passage) -> Iterator[Span]:
    """The headline again as one of the first lines of the body, maybe behind a kicker."""
    title = bare(passage.title)
    for line in passage.candidates:
        words = bare(line.text)
        is_long = len(title) > 15 and len(words) <= len(title) + _LONGEST_KICKER
        is_long = is_long and line.text[-1] not in ".!?"  # a sentence may end in the same words
        if words == title or (is_long and words.endswith(title)):
            yield Span(line.start, line.end)


def _outlet(passage: Passage) -> Iterator[Span]:
    """A line that is the name of the outlet and nothing else."""
    outlet = bare(passage.source).replace(" ", "")
    for line in passage.candidates:
        if bare(line.text).replace(" ", "") == outlet:
            yield Span(line.start, line.end)


_LONG = 60  # characters that no line of a song nor of a table has twice by chance
_LONG_WORDS = 8


def _repeated_paragraph(passage: Passage) -> Iterator[Span]:
    """A paragraph that says word for word what the one above it says."""
    above = ""
    for start, raw in passage.raw_lines():
        if raw and not raw.isspace():
            if raw == above and len(raw) >= _LONG and len(_WORDS.findall(raw)) >= _LONG_WORDS:
                line = passage.line_at(start)
                yield Span(line.start, line.end)
            above = raw


# A pull quote, in characters, and how much longer the paragraph is at the least that has its words.
_QUOTE, _LONGEST_QUOTE, _LONGER = 45, 400, 20
_HEAD = 2  # lines
_NO_PROSE = ("(@", "Hide Caption ")
_AROUND = "“”\"‘’'.,…;:!?-—–• "


def _pull_quote(passage: Passage) -> Iterator[Span]:
    """A line whose words a paragraph has that is longer: what the page shows in large letters, or
    above the text. Not where it is the first lines that have them: these may be captions, which go.
    """
    text = passage.text
    for start, raw in passage.raw_lines():
        words = raw.strip(_AROUND) if _QUOTE <= len(raw) <= _LONGEST_QUOTE else ""
        if len(words) >= _QUOTE:
            own = start + raw.find(words)
            at = text.find(words)
            if at == own:
                at = text.find(words, own + len(words))
            if at >= 0 and _is_in_prose(passage, at, len(raw)):
                line = passage.line_at(start)
                yield Span(line.start, line.end)


def _is_in_prose(passage: Passage, at: int, length: int) -> bool:
    """Whether what stands at ``at`` is in a paragraph of more than that length: none of the first
    two, no gallery and no post that is quoted with who signed it, which are set aside or shown."""
    line = passage.line_at(passage.text.rfind("\n", 0, at) + 1)
    return (
        len(line.text) >= length + _LONGER
        and not any(sign in line.text for sign in _NO_PROSE)
        and line not in passage.lines[:_HEAD]
    )


def _button_stack(passage: Passage) -> Iterator[Span]:
    """Buttons one under the other: alone, each might be the head of a section."""
    button = re.compile(
        rf"(?:{_BUTTON}|(?:click to )?(?:share|e-?mail)\b.{{0,60}}\(opens in new window\))",
        re.IGNORECASE,
    )
    buttons = [line for line in passage.candidates if button.fullmatch(line.text)]
    touching: set[Span] = set()
    for above, below in pairwise(buttons):
        if not passage.text[above.end : below.start].strip():
            touching |= {Span(above.start, above.end), Span(below.start, below.end)}
    yield from touching


FURNITURE: tuple[Rule, ...] = (
    Rule(
        "lead-image-label",
        "label of the lead image",
        _lead_image_label,
        gate=Gate(
            opens=("article", "lead", "featured", "main", "header", "hero"), head=_HEAD_LINES
        ),
    ),
    Rule(
        "title-repeat",
        "the headline again, as the first line of the text",
        _repeated_title,
        gate=Gate(mentions=_end_of_title, head=3, longest=400),
    ),
    Rule(
        "agency-sign-off",
        "the sign-off of the agency",
        whole_line(
            r"[(\[–—-]{0,3}\s?(?:reuters?|(?:the )?associated press|agence france-presse"
            r"|united press international|press association|field level media"
            r"|(?-i:AP|AFP|UPI|PA|DPA|dpa|EFE|ANSA|TASS|Xinhua|Kyodo))[)\].…]{0,4}"
        ),
        gate=Gate(
            opens=(
                "reuter",
                "associated press",
                "the associated press",
                "agence france",
                "united press",
                "press association",
                "field level media",
                "ap",
                "afp",
                "upi",
                "pa",
                "dpa",
                "efe",
                "ansa",
                "tass",
                "xinhua",
                "kyodo",
            ),
            foot=2,
            longest=40,
        ),
    ),
    Rule(
        "outlet-line",
        "the name of the outlet",
        _outlet,
        gate=Gate(mentions=_first_word_of_source, head=6, longest=40),
    ),
    Rule(
        "advertisement",
        "an advertisement stood here",
        whole_line(
            r"\W*(?:advertisements?|adverts?|anzeige|publicité|sponsored content)\W*"
            r"(?:continue reading the main story)?",
            r"(?:advertisement\W*){2,}|(?-i:AD)",
        ),
        version=2,
        gate=Gate(
            opens=(
                "advertisement",
                "advertisements",
                "advert",
                "adverts",
                "ad",
                "anzeige",
                "publicité",
                "sponsored content",
            ),
            longest=120,
        ),
    ),
    Rule(
        "continued",
        "the page broke off and went on here",
        whole_line(
            r"\(?(?:story|article) continue[sd]? below"
            r"(?: (?:the |this )?(?:advertisement|ad|video|gallery|image|photo|map)\b.{0,40})?"
            r"[.:]?\)?",
            r"continue reading(?: the main story| below| this story.{0,30})?[.…]*",
            r"(?:text|article) continues? (?:after|below) .{3,40}",
        ),
        version=3,
        gate=Gate(
            opens=(
                "story continue",
                "article continue",
                "text continue",
                "continue reading",
            )
        ),
    ),
    Rule(
        "share-line",
        "buttons to share the article",
        whole_line(
            rf"(?:{_BUTTON}{_GAP}*)*share (?:this|on)\b"
            rf"(?: (?:article|story|post|page|via|on {_NETWORKS}))?{_GAP}*(?:{_BUTTON}{_GAP}*)*",
            rf"(?:(?:share|tweet|facebook|twitter){_GAP}+){{2,}}(?:{_BUTTON}{_GAP}*)*",
            r"(?:share|tweet|facebook|twitter)\s(?:share|tweet|facebook|twitter)",
            r"read or share this story: ?https?://\S+",
        ),
        gate=Gate(opens=_BUTTONS, longest=200),
    ),
    Rule(
        "share-stack",
        "buttons to share the article",
        _button_stack,
        gate=Gate(opens=(*_BUTTONS, "click to"), longest=80),
    ),
    Rule(
        "copyright",
        "a copyright notice",
        whole_line(
            r"(?:copyright\s*(?:©|\(c\))?|©|\(c\))\s*(?:copyright\s*)?\d{4}\b.{0,200}",
            r".{0,80}\ball rights reserved\b.{0,160}",
            r"distributed by (?-i:[A-Z])\S+(?: \S+){0,4}",
            r"content created by .{3,60} is available without charge\b.{0,400}",
        ),
        version=2,
        gate=Gate(
            opens=("copyright", "c", "all rights", "distributed by", "content created by"),
            holds=("©",),
            longest=560,
        ),
    ),
    Rule(
        "age-of-article",
        "how old the page said it was",
        whole_line(
            r"this article is more than \d+ (?:day|week|month|year)s? old\.?",
            r"\d+ (?:minute|hour|day|week|month|year)s? ago\.?",
            r"\d+ min(?:ute)?s? read",
        ),
        gate=Gate(
            opens=(
                "this article is more",
                "minute",
                "minutes",
                "hour",
                "hours",
                "day",
                "days",
                "week",
                "weeks",
                "month",
                "months",
                "year",
                "years",
                "min",
                "mins",
            ),
            longest=60,
        ),
    ),
    Rule(
        "archive-menu",
        "a menu of the page",
        whole_line(
            r".{3,60} archives select date\W*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
            r"\w*,? \d{4}.*)?",
        ),
        gate=Gate(holds=("select date",)),
        sources=("politico",),
    ),
    Rule(
        "separator",
        "a line of signs, or a number of the editing system",
        whole_line(r"(?:[*•·\-–—=#~_]\s?){2,}", r"\d{12,18}"),
        version=2,
        gate=Gate(opens=("",)),
    ),
    Rule(
        "repeated-paragraph",
        "the paragraph above once more",
        _repeated_paragraph,
    ),
    Rule("pull-quote", "words of the text in large letters", _pull_quote),
)
