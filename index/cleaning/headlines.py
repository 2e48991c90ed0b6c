"""The headline again, pasted into one of the first lines with a caption, a label or a standfirst.

Pages whose head was saved as one paragraph read "Ann Lee on the quay. Harbour board votes no": a
caption, the headline that the page showed (its own short form, often), then the text. Three signs
must meet: a place where a headline may begin, the words of the title, and no full stop behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.cleaning.pictures import AGENCY
from index.cleaning.rule import Passage, Rule, Span, bare
from index.sentences import sentences

_HEAD_LINES = 2
_LONGEST = 1500  # characters of a line; a longer one is an article without line breaks
_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# What a picture's credit and a scrap of markup end in; both may stand before a caption too.
_CREDIT = re.compile(
    rf"(?:^|\| |/|\bvia |\band ){AGENCY}(?:/(?!{AGENCY})[^\W\d_a-z][\w .-]{{2,30}}?)?(?= \S)"
)
_SCRAP = re.compile(r'\w+="[^"\n]*" (?=\S)')
_ENDED = re.compile(r"[.!?…]['\")\]]*$")
# A sentence goes on with them: "Board votes no Friday".
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|March|April|May |June|July|Aug|Sep|Oct"
    r"|Nov|Dec)"
)
_LABEL = 30  # characters of a section's name between a caption and a headline
_LABEL_WORDS = 4
_SHORTEST = 15  # characters of a title that can be told from chance
_SURE_WORDS = 6  # of a title that is found in its own spelling behind whatever stands there
_FEWEST, _MOST = 3, 16  # words of a headline that is not the title itself
# Of its words that the title must have: in 60,000 articles a half lets in no sentence. What an
# outlet with two headlines for each article shows is told by its place alone.
_SHARED = 0.5
_SHORT_FORMS = ("politico",)
_LONGEST_HEADLINE = 120  # characters
_NEARLY = 0.75  # where nothing but the line itself speaks for it
_CAPTION = 12  # characters


@dataclass(frozen=True, slots=True)
class _Pasted:
    """Where in the text the caption starts, the headline (with a label before it), and the end."""

    caption: int
    headline: int
    end: int


# Two rules ask one after the other, and a text is held anyway while they do.
@lru_cache(maxsize=1)
def _pasted(passage: Passage) -> _Pasted | None:
    title = _plain(passage.title).strip()
    if len(title) < _SHORTEST:
        return None
    lines = _first_lines(passage.text)
    for place, (start, line) in enumerate(lines[:_HEAD_LINES]):
        if len(line) > _LONGEST:
            continue
        text = _plain(line)
        scrap = _SCRAP.match(text)
        first = scrap.end() if scrap else 0
        found = _spelt(text, first, title)
        short = not place and passage.is_from(_SHORT_FORMS)
        if found is None and place + 1 < len(lines) and _is_open(text, asks=short):
            found = _open(text, first, title, 0 if short else _SHARED, whole=not place)
        if found is None and not place and _is_above_picture(lines, title):
            found = (0, len(text))
        if found is not None:
            headline = first if found[0] < first + _CAPTION else found[0]
            return _Pasted(start + first, start + headline, start + found[1])
    return None


def _plain(text: str) -> str:
    """The text with straight quotation marks, character for character."""
    if text.isascii():
        return text
    # In four runs this takes a tenth of what ``translate`` does.
    return text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def _is_open(text: str, *, asks: bool) -> bool:
    """Whether no full stop nor any other sign ends the text, but for a question's where it asks."""
    last = text.rstrip("'\"")[-1:]
    return text[-1:] != "." and (last.isalnum() or (asks and text[-1:] == "?"))


def _is_above_picture(lines: list[tuple[int, str]], title: str) -> bool:
    """Whether the first line is a headline because the lead image follows on it. One that is the
    title in the same wording is ``furniture``'s."""
    texts = [line for _, line in lines]
    return (
        len(texts) > 1
        and texts[1].startswith("Enlarge this image")
        and len(texts[0]) <= _LONGEST_HEADLINE
        and not texts[0].endswith(".")
        and bare(texts[0]) != bare(title)
    )


def _first_lines(text: str) -> list[tuple[int, str]]:
    """Where the first lines start that are not blank, and one more, without a look at others."""
    lines = []
    for found in islice(_LINE.finditer(text, 0, (_HEAD_LINES + 1) * _LONGEST), _HEAD_LINES + 1):
        lines.append((found.start(), found[0].rstrip()))
    return lines


def _spelt(text: str, first: int, title: str) -> tuple[int, int] | None:
    """Where the title stands in its own spelling, with a label before it; None where it reads on.

    It ends the line, behind a caption, or something new begins behind it that is not a day.
    """
    start = text.find(title, first)
    end = start + len(title)
    if start < 0 or title[-1] == "." or "MORE" in text:
        return None
    behind = text[end:]
    if behind and not re.match(r" ['\"]?[^\W\d_a-z]", behind):
        return None
    if _DAY.match(behind[1:]) or (behind and start == first and len(title.split()) < _LABEL_WORDS):
        return None
    begins = _beginning(text, first, start)
    if len(text[begins:start]) <= _LABEL and len(text[begins:start].split()) <= _LABEL_WORDS:
        return (begins, end) if behind or begins > first else None
    return (start, end) if behind and len(title.split()) >= _SURE_WORDS else None


def _open(
    text: str, first: int, title: str, shared: float, *, whole: bool
) -> tuple[int, int] | None:
    """Where the headline is in a line without a full stop: at its end, or ``whole`` that line.

    A line that is the title in the same wording is ``furniture``'s.
    """
    if len(text) - first < 2 * _LONGEST_HEADLINE:
        if bare(text[first:]) == bare(title):
            return (first, len(text)) if first else None
        if whole and _is_nearly(text[first:], title):
            return first, len(text)
    near = max(first, len(text) - _LONGEST_HEADLINE - _LABEL)
    start = _beginning(text, near, len(text))
    piece = text[start:]
    if start == near or start - first < _CAPTION or piece[:1].islower():
        return None
    share = _share(piece, title)
    return (start, len(text)) if share is not None and share >= shared else None


def _beginning(text: str, first: int, end: int) -> int:
    """Where what stands before ``end`` begins: behind the last sentence or credit, or at first."""
    ends = [first, *(credit.end() + 1 for credit in _CREDIT.finditer(text, first, end + 1))]
    for _, stop in sentences(text[first:end]):
        if first + stop < end and _ENDED.search(text, first, first + stop):
            ends.append(first + stop + 1)
    return min(max(ends), end)


def _share(piece: str, title: str) -> float | None:
    """The share of its words that a title has, None where it is too short or long to say."""
    words = _WORD.findall(piece.casefold())
    if not _FEWEST <= len(words) <= _MOST:
        return None
    known = set(_WORD.findall(title.casefold()))
    return sum(word in known for word in words) / len(words)


def _is_nearly(text: str, title: str) -> bool:
    """Whether a line is the title in another wording: each has nearly all words of the other."""
    shares = _share(text, title), _share(title, text)
    return len(text.split()) > _FEWEST and all((share or 0) >= _NEARLY for share in shares)


def _headline(passage: Passage) -> Iterator[Span]:
    if pasted := _pasted(passage):
        yield Span(pasted.headline, pasted.end)


def _caption(passage: Passage) -> Iterator[Span]:
    if pasted := _pasted(passage):
        caption = passage.text[pasted.caption : pasted.headline].rstrip()
        if caption:
            yield Span(pasted.caption, pasted.caption + len(caption))


HEADLINES: tuple[Rule, ...] = (
    Rule("caption-of-head", "the caption of the lead image", _caption, moves_to="captions"),
    Rule("headline-of-head", "the headline again, in one line with others", _headline, version=2),
)
