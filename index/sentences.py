"""Sentences of a news text, by rule: enough for snippets, and it never splits "Gov. Jane Doe"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis import raw_words

# It begins with a set of letters, which is what regular expressions skip to quickly.
_END = re.compile(
    r"[.!?…。！？\n](?:"
    r"(?<=[.!?…])[.!?…]*[\"”’')\]]*(?=\s)"
    r"|(?<=[。！？])[。！？]*[」』”]?"
    r"|(?<=\n)\s*\n)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'\[])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mr|Mrs|Atty|Supt|Dept|Ph\.D|M\.D|Ms|Mx|Dr|Prof|Rev|Hon|St|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Col|Maj"
    r"|Capt|Cmdr|Sgt|Adm|Pres|Jr|Sr|vs|No|Nos|Inc|Corp|Co|Ltd|Bros|Ave|Blvd|Rd|Mt|Ft|est|approx|etc|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass"
    r"|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|D-[A-Z]\w*|R-[A-Z]\w*)$"
)
_SMALL = frozenset({"vs", "est", "approx", "etc", "al"})


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence; a paragraph ends one in any case."""
    start = 0
    for found in _END.finditer(text):
        first, end = found.span()
        sign = text[first]
        if sign == "\n":
            left, right = _trimmed(text, start, first)
        elif text[end : end + 3].lstrip()[:1].islower():
            continue  # “Stop!” she said
        elif end - first == 1 and sign == "." and _is_abbreviation(text, first):
            continue
        else:
            left, right = _trimmed(text, start, end)
        if left < right:
            yield left, right
        start = end
    left, right = _trimmed(text, start, len(text))
    if left < right:
        yield left, right


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the word that ends there is one that a full stop belongs to."""
    start = max(0, end - 16)
    word = text[max(text.rfind(" ", start, end) + 1, start) : end]
    if word.islower() and word.isalpha():  # nearly all, and told without a regular expression
        return word in _SMALL
    return _ABBREVIATION.search(text[start:end]) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def places(text: str) -> Iterator[int]:
    """The place among the words of ``text`` at which each sentence with a word in it starts."""
    place = 0
    for start, end in sentences(text):
        count = len(raw_words(text[start:end]))
        if count:
            yield place
        place += count
