"""Passages that are not the story but are worth keeping: they move to a field of the article.

``credits`` (of pictures), ``captions``, ``notes`` (updates), ``corrections``, ``contributors``;
and what already has a field: ``standfirst``, ``authors``. A correction is never thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Passage, Rule, Span, bare, whole_line

_I = re.IGNORECASE

_AGENCY = (
    r"(?:Getty(?: Images)?|AP(?: Photo)?|Associated Press|Reuters|AFP|EPA|PA|Flickr"
    r"|Wikimedia(?: Commons)?|Wikipedia|Shutterstock|iStock|Unsplash|Pexels|Pixabay|Bloomberg"
    r"|Twitter|YouTube|Facebook|Instagram|Alamy|Rex|Zuma)"
)
# A piece of a date or a time and nothing else: a line with other words is a heading of a live blog.
_MOMENT = (
    r"(?:[\s,|·•–—-]|at\b|on\b|GMT|UTC|(?-i:[A-Z]{1,4}T)\b|Eastern|Central|Pacific|time"
    r"|\d{1,4}(?:st|nd|rd|th)?(?:[:./-]\d{1,4}){0,2}(?:\s?[ap]\.?\s?m\b\.?)?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\b\.?"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?)"
)
_WHEN = rf"\b(?=[^\n]*\d)(?: at| on|:)?{_MOMENT}++"
_BULLET = r"[\W_]{0,4}"
_THIS_TEXT = r"(?:story|article|post|report|essay|piece|column|interview|review)"


def _contributed(passage: Passage) -> Iterator[Span]:
    """A short line near the end that says who else wrote it."""
    pattern = re.compile(
        rf"[(\[—–*-]?\s*(?:this {_THIS_TEXT} (?:was written|was produced|includes).{{0,160}}"
        r"|.{3,160}\b(?:contributed|contributing) "
        r"(?:to (?:this|the) (?:report|story|article|piece|post|reporting)|reporting)\b.{0,80}"
        r"|(?:with|additional) (?:reporting|files|contributions?) (?:by|from) .{3,120})[)\]]?",
        _I,
    )
    for line in passage.lines:
        if pattern.fullmatch(line.text):
            yield Span(line.start, line.end)


def _about_the_author(passage: Passage) -> Iterator[Span]:
    """A last line that says who the author is: "Ann Lee covers the courts"."""
    does = (
        r"(?:is|was|writes|covers|reports|edits|teaches|can be reached|works|has written"
        r"|has covered)\b"
    )
    authors = tuple(author.lower() for author in passage.authors if author)
    for line in passage.lines if authors else ():
        text = line.text.lstrip("•*—–-_ \t")
        if text.lower().startswith(authors) and any(
            re.match(rf"{re.escape(author)}\s+{does}", text, _I) for author in authors
        ):
            yield Span(line.start, line.end, evidence="begins with the author's name")


def _repeated_byline(passage: Passage) -> Iterator[Span]:
    """The byline as one of the first lines of the body: "By", the authors, maybe a date."""
    rest_of_line = re.compile(
        rf"(?:{_MOMENT}|and\b|for\b|published\b|updated\b|staff\b|writer\b|reporter\b"
        r"|correspondent\b|[|,·&–—-]|\s)*+",
        _I,
    )
    for line in passage.lines if passage.authors else ():
        if len(line.text) <= 160 and re.match(r"by\s", line.text, _I):
            rest = line.text[2:]
            for author in passage.authors:
                rest = re.sub(re.escape(author), " ", rest, flags=_I)
            if rest_of_line.fullmatch(rest):
                yield Span(line.start, line.end)


def _marked_caption(passage: Passage) -> Iterator[Span]:
    """A line that in the markup is the caption of a picture."""
    for line in passage.lines if passage.captions else ():
        if bare(line.text) in passage.captions:
            yield Span(line.start, line.end, evidence="a caption in the markup")


NOTES: tuple[Rule, ...] = (
    Rule("marked-caption", "the caption of a picture", _marked_caption, moves_to="captions"),
    Rule(
        "byline-repeat",
        "the byline, which has a field of its own",
        _repeated_byline,
        moves_to="authors",
        gate=Gate(opens=("by",), head=4),
    ),
    Rule(
        "about-the-author",
        "who the author is",
        _about_the_author,
        moves_to="contributors",
        gate=Gate(foot=3, longest=300),
    ),
    Rule(
        "about-the-text",
        "where the text appeared, or that it will change",
        whole_line(
            rf"{_BULLET}this is a (?:developing|breaking)(?: news)? story\b[^\n]{{0,120}}",
            rf"{_BULLET}this {_THIS_TEXT} (?:first |originally )?"
            r"(?:appears?|appeared|was (?:first |originally )?published|ran) "
            r"(?:in|on|by|at)\b[^\n]{3,160}",
        ),
        moves_to="notes",
        gate=Gate(opens=("this",)),
    ),
    Rule(
        "photo-credit",
        "the credit of a picture",
        whole_line(
            rf"[^.!?\n]{{2,80}}/\s?{_AGENCY}(?:\s?\([\w .-]{{2,30}}\))?",
            r"[^.!?\n]{0,80}\((?:CC|Creative Commons)[\w .-]{0,30}\)",
            r"(?:photo(?:graph)?|image|picture|illustration|screenshot|(?:photo |image )?credit)"
            r"\s?(?:(?:by|via|from|credit)\s*:?|:)\s?(?-i:[^a-z\s])[^\n]{1,100}",
        ),
        moves_to="credits",
        gate=Gate(
            opens=(
                "photo",
                "photograph",
                "image",
                "picture",
                "illustration",
                "screenshot",
                "credit",
            ),
            brackets=("cc", "creative commons"),
            holds=("/",),
            longest=170,
        ),
    ),
    Rule(
        "photo-caption",
        "the caption of a picture",
        whole_line(
            r"FILE PHOTO:? .{5,400}",
            r"Enlarge this image(?: toggle caption)?.{0,400}",
            r"Image copyright .{2,80} Image caption .{5,300}",
            r".{10,400}(?:\s|\()(?:REUTERS|AP Photo|AFP|Getty Images)\s?/\s?"
            r"[A-Z][\w .’'-]{2,60}\)?",
            r".{0,200}\b(?:hide|toggle) caption",
            r"Play Video \d+:\d\d .{5,300}",
            r"CLOSE .{10,400}(?:Wochit|USA TODAY(?: \w+)?|Video provided by \w+|AP|Newslook"
            r"|Storyful)\W*",
            flags=0,
        ),
        moves_to="captions",
        gate=Gate(
            opens=("file photo", "enlarge this", "image copyright", "play video", "close"),
            holds=("/", " caption"),
            longest=600,
        ),
    ),
    Rule(
        "update-note",
        "when the page was published or changed",
        whole_line(
            rf"{_BULLET}(?:last |this {_THIS_TEXT} (?:was|has been) )?updated{_WHEN}\W*",
            rf"{_BULLET}(?:first |originally )(?:published|posted){_WHEN}\W*",
            rf"{_BULLET}(?:posted|published){_WHEN}(?:updated{_WHEN})?\W*",
            rf"{_BULLET}this {_THIS_TEXT} (?:has been|was) updated\b"
            r"(?![^\n]*\bcorrect)[^\n]{0,160}",
        ),
        moves_to="notes",
        gate=Gate(opens=("last", "this", "updated", "first", "originally", "posted", "published")),
    ),
    Rule(
        "correction",
        "a correction",
        whole_line(
            rf"{_BULLET}(?:correction|clarification|editor[’']s note|erratum)s?\b"
            r"(?:\s?\([^)]{3,40}\))?(?:\s*[:—–]|\s+-+\s).{10,1200}",
            rf"{_BULLET}(?:an earlier|a previous) version of this {_THIS_TEXT}\b.{{0,300}}\b"
            r"(?:incorrect\w*|inaccurate\w*|mis\w+|wrong\w*|erroneous\w*|omitted|said|stated)\b.{2,500}",
            rf"{_BULLET}this {_THIS_TEXT} has been (?:corrected|amended|updated) "
            r"(?:to|since|because).{5,600}",
        ),
        moves_to="corrections",
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
                "this",
            )
        ),
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
        ),
        moves_to="contributors",
        gate=Gate(
            opens=(
                "additional",
                "reporting",
                "writing",
                "compiled",
                "edited",
                "editing",
                "written",
            ),
            holds=(
                "reporting by",
                "editing by",
                "writing by",
                "compiled by",
                "edited by",
                "written by",
            ),
            foot=12,
        ),
    ),
    Rule(
        "contributed",
        "who else contributed",
        _contributed,
        moves_to="contributors",
        gate=Gate(
            opens=("this",),
            holds=("contribut", "reporting by", "reporting from", "files by", "files from"),
            foot=6,
            longest=240,
        ),
    ),
    Rule(
        "contact-line",
        "how to write to the reporter",
        whole_line(
            r"(?:write to|contact|reach|email|e-mail)\b[^\n]{0,100}\S+@\S+\.[a-z]{2,}[^\n]{0,60}",
            r"[^\n]{3,80}\? ?[-–—]? ?e-?mail (?:us (?:at )?)?\S+@\S+\.[a-z]{2,}[^\n]{0,80}",
        ),
        moves_to="contributors",
        gate=Gate(holds=("@",)),
    ),
)
