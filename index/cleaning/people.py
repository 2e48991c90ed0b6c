"""Lines that say who wrote an article: they move to its ``authors`` and ``contributors``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.notes import MOMENT, OPENS_WITH_THIS, THIS_TEXT
from index.cleaning.rule import Gate, Passage, Rule, Span, whole_line, within_line

_I = re.IGNORECASE
_BULLET = r"[\W_]{0,4}"
# What somebody did for a story, as its credits say it.
WORK = ("reporting", "writing", "editing", "compiled", "edited", "written", "produced")
_WORK_BY = tuple(f"{more}{work} by" for more in ("", "additional ") for work in WORK)
_CAPITALISED = r"(?-i:[^\W\d_a-z])[\w.’'-]*"
_PEOPLE = rf"{_CAPITALISED}(?:(?:,? and|,|;|/| of| in| at| for| the|) {_CAPITALISED}){{0,30}}"
# A name of two words and more, of which none is all in capitals as the place behind them is.
_PART = r"[^\W\d_a-z]\w*[a-z][\w’'-]*"
_NAMED = rf"{_PART}(?:\s+(?:[^\W\d_a-z]\.|{_PART}|d[aei]|van|von|al|bin)){{1,4}}"


def _names(passage: Passage) -> list[str]:
    return [author.lower() for author in passage.authors if author]


def _contributed(passage: Passage) -> Iterator[Span]:
    """A short line near the end that says who else wrote it."""
    pattern = re.compile(
        rf"[(\[—–*•-]?\s*(?:this {THIS_TEXT} "
        r"(?:was written|was produced|includes|contains material).{0,160}"
        r"|.{3,300}\b(?:contributed|contributing) "
        r"(?:to (?:this|the) (?:report|story|article|piece|post|reporting)|reporting)\b.{0,80}"
        r"|(?:with|additional) (?:reporting|files|contributions?) (?:by|from) .{3,120}"
        rf"|contributing:\s?.{{3,300}}|{_PEOPLE} (?:also )?contributed\.?)[)\]]?",
        _I,
    )
    for line in passage.candidates:
        if pattern.fullmatch(line.text):
            yield Span(line.start, line.end)


_DOES = re.compile(
    r"(?:, [^,]{3,60},)?\s+(?:is|was|writes|covers|reports|edits|teaches|can be reached|works"
    r"|has written|has covered|represents|serves|leads|directs|heads|chairs|hosts|lives in"
    r"|blogs|tweets)\b",
    _I,
)


def _about_the_author(passage: Passage) -> Iterator[Span]:
    """A line at either end that says who the author is: "Ann Lee covers the courts"."""
    for line in passage.candidates:
        text = line.text.lstrip("•*—–-_ \t")
        name = next((n for n in passage.authors if text.lower().startswith(n.lower())), "")
        if " " in name and _DOES.match(text, len(name)):
            yield Span(line.start, line.end, evidence="begins with the author's name")


def _repeated_byline(passage: Passage) -> Iterator[Span]:
    """The byline as one of the first lines of the body: "By", the authors, maybe a date."""
    rest_of_line = re.compile(
        rf"(?:{MOMENT}|and\b|for\b|published\b|updated\b|staff\b|writer\b|reporter\b"
        r"|correspondent\b|[|,·&–—-]|\s)*+",
        _I,
    )
    authors = tuple(_names(passage))
    for line in passage.candidates:
        said_by = re.match(r"by\s", line.text, _I)
        # In an interview the name stands over every question.
        alone = line.text.lower().startswith(authors) and passage.text.count(line.text) == 1
        if said_by or alone:
            rest = line.text[2:] if said_by else line.text
            for author in passage.authors:
                rest = re.sub(re.escape(author), " ", rest, flags=_I)
            if rest_of_line.fullmatch(rest):
                yield Span(line.start, line.end)


PEOPLE: tuple[Rule, ...] = (
    Rule(
        "byline-repeat",
        "the byline, which has a field of its own",
        _repeated_byline,
        moves_to="authors",
        version=2,
        gate=Gate(mentions=_names, head=4, longest=160),
    ),
    Rule(
        "byline-of-dateline",
        "the byline, which has a field of its own",
        within_line(
            rf"^By\s+{_NAMED}(?:(?:,|\s+and|,\s+and)\s+{_NAMED}){{0,4}}"
            r"(?=\s+[A-Z][A-Z/ .'’-]{2,60}(?:, [^\W\d_a-z]\w+\.?)?(?:,? [A-Z][a-z]+\.? \d{1,2})?"
            r"\s+\((?:Reuters|AP|AFP)\))"
        ),
        moves_to="authors",
        gate=Gate(opens=("by",), head=3),
    ),
    Rule(
        "about-the-author",
        "who the author is",
        _about_the_author,
        moves_to="contributors",
        version=3,
        gate=Gate(mentions=_names, head=2, foot=3, longest=400),
    ),
    Rule(
        "reporting-credit",
        "who reported and edited it",
        whole_line(
            r"\(?\s*(?:additional )?(?:reporting|writing|compiled|edited|editing|written) by "
            r"[^()\n]{3,300}\)",
            r"\(.{0,80}(?:reporting|editing|writing) by [^()\n]{3,300}\)",
            r"(?:reporting|writing) by [^()\n]{3,160}; ?"
            r"(?:editing|writing|additional reporting) by [^()\n]{3,160}",
            rf"(?:reporting|writing|editing|compiled|produced|edited) by {_PEOPLE}\.?",
        ),
        moves_to="contributors",
        version=2,
        gate=Gate(
            opens=_WORK_BY,
            brackets=_WORK_BY,
            foot=8,
            longest=420,
        ),
    ),
    Rule(
        "contributed",
        "who else contributed",
        _contributed,
        moves_to="contributors",
        version=2,
        gate=Gate(
            opens=(*OPENS_WITH_THIS, *_WORK_BY, "with"),
            holds=("contribut",),
            foot=6,
            longest=420,
        ),
    ),
    Rule(
        "contact-line",
        "how to write to the reporter",
        whole_line(
            r"(?:write to|contact|reach|email|e-mail)\b[^\n]{0,100}\S+@\S+\.[a-z]{2,}[^\n]{0,60}",
            r"[^\n]{3,80}\? ?[-–—]? ?e-?mail (?:us (?:at )?)?\S+@\S+\.[a-z]{2,}[^\n]{0,80}",
            rf"{_BULLET}(?-i:[A-Z])[^\n]{{5,300}}\b(?:(?:can|may) be (?:reached|contacted)"
            r"|(?:contact|reach|e-?mail|follow) (?:him|her|them|me))\b[^\n]{0,60}"
            r"(?:@|\[email)[^\n]{0,120}(?<!:)",
        ),
        moves_to="contributors",
        version=2,
        gate=Gate(brackets=("email",), holds=("@",), longest=560),
    ),
)
