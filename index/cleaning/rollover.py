"""Rollover captions: the pop-up of a person's name, pasted into the sentence it hung on.

A page shows "Ann Lee"; hovering opens a card with the full name, up to three headlines of other
stories and a link MORE. Saved as text, the card lands inside the sentence:

    Senator Ann LeeAnn Margaret LeeFirst headline Second headline MORE said on Monday

Three things together make it certain: MORE in capitals ends it, the surname before it comes
again at the end of a fuller name, and at least one of the joins has no space, or the first names
agree and the sentence goes on after MORE as a sentence would.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.cleaning.rule import Passage, Span

# The longest caption seen was under 900 characters: three headlines, two of them digests.
_LONGEST = 1_100

_END = re.compile(r"MORE(?![A-Za-z0-9])")
# Where the card's full name can begin: a capital or a bracket, with or without a space before it.
_JOIN = re.compile(r"(?<=[\w.)\]’'\"”])(?P<space>\s?)(?=[^\W\d_a-z]|\()")
_SUFFIX = r"(?:[JS]r\.?|II|III|IV)"
_ANCHOR = re.compile(rf"(?P<surname>[^\W\d_][\w’'-]*)\.?(?:\s+{_SUFFIX})?$")
_GIVEN = re.compile(
    r"""(?:[^\W\d_a-z][\w’'-]*\.?,?|\([^\W\d_][^()\n]{0,24}\)|["“][^"“”\n]{1,20}["”]
    |d[aeiou]s?|d[aei]ll?a|v[ao]n|der|den|bin|al|el|la|le)\s+""",
    re.VERBOSE,
)
_MOST_GIVEN = 6
_GOES_ON = re.compile(rf"[’']s?\b|[’'\",.;:)\]?!—–-]|\s*$|\s+[—–\"“(\[-]|\s+[a-z]|\s+{_SUFFIX}\b")
_NEXT_NAME = re.compile(r"\s+(?P<surname>[^\W\d_a-z][\w’'-]+)")
_FEWEST_HEADLINE_WORDS = 6
# The first half of a name in two capitals: "Mc|Connell" is no join.
_HALF_NAMES = frozenset({"mc", "mac", "de", "la", "le", "du", "di", "st", "fitz"})


@dataclass(frozen=True, slots=True)
class _Caption:
    """A place where a shown name meets the full name of its card, and what speaks for it."""

    start: int
    weight: int
    evidence: str


def find_captions(passage: Passage) -> Iterator[Span]:
    """Every rollover caption of ``passage``, from the join to the end of MORE."""
    text = passage.text
    floor = 0
    for end in _END.finditer(text):
        paragraph = text.rfind("\n\n", floor, end.start())
        caption = _likeliest(text, max(floor, paragraph, end.start() - _LONGEST), end)
        if caption is not None:
            yield Span(
                caption.start, end.end(), 1.0 if caption.weight >= 4 else 0.9, caption.evidence
            )
            floor = end.end()


def _likeliest(text: str, floor: int, end: re.Match[str]) -> _Caption | None:
    """The likeliest caption that ends at ``end``, None where nothing is certain."""
    before_more = text[end.start() - 1 : end.start()]
    if before_more.isupper() or (before_more in "’'" and text[end.start() - 2].isupper()):
        return None  # the tail of a longer word: EVERMORE, B'MORE
    best: _Caption | None = None
    for caption in _captions(text, floor, end):
        if best is None or caption.weight > best.weight:
            best = caption
    return best


def _captions(text: str, floor: int, end: re.Match[str]) -> Iterator[_Caption]:
    """Every possible caption: a surname that comes again at the end of a fuller name."""
    window = fold(text[floor : end.start()])
    after = _NEXT_NAME.match(text, end.end())
    for join in _JOIN.finditer(text, floor, end.start()):
        anchor = _ANCHOR.search(text, max(floor, join.start() - 32), join.start())
        if anchor is None or not _mixed_case(anchor["surname"]):
            continue
        surname = window[anchor.start() - floor : anchor.end("surname") - floor]
        name_end = _full_name(text, window, floor, join.end(), surname)
        if name_end is None and after is not None:
            # A name shown in two pieces, "Sarah Huckabee|... MORE Sanders".
            name_end = _full_name(text, window, floor, join.end(), fold(after["surname"]))
            if name_end is None or not _first_name_agrees(text, join.start(), join.end(), name_end):
                continue
        if name_end is not None:
            caption = _weigh(text, join, anchor, name_end, end)
            if caption is not None:
                yield caption


def _full_name(text: str, window: str, floor: int, start: int, surname: str) -> int | None:
    """Where the full name that begins at ``start`` ends, if given names lead to ``surname``."""
    if (
        len(surname) < 2
        or surname in _HALF_NAMES
        or surname not in window[start - floor : start - floor + 90]
    ):
        return None
    position = start
    for _ in range(_MOST_GIVEN + 1):
        stop = position + len(surname)
        if window.startswith(surname, position - floor) and not text[stop : stop + 1].islower():
            return stop
        given = _GIVEN.match(text, position, floor + len(window))
        if given is None:
            return None
        position = given.end()
    return None


def _weigh(
    text: str, join: re.Match[str], anchor: re.Match[str], name_end: int, end: re.Match[str]
) -> _Caption | None:
    """What speaks for a caption; None where it is too little to be certain."""
    headlines = text[name_end : end.start()]
    joins = {
        "name on full name": not join["space"],
        "full name on headline": bool(headlines) and headlines[0] not in " \n\t\xa0’'.,;:)",
        "headline on MORE": not text[end.start() - 1].isspace(),
    }
    given = bool(text[join.end() : name_end - len(anchor["surname"])].strip())
    agrees = _first_name_agrees(text, anchor.start(), join.end(), name_end)
    goes_on = bool(_GOES_ON.match(text, end.end()))
    glued = sum(joins.values())
    both_names_glued = joins["name on full name"] and joins["full name on headline"]
    certain = (
        both_names_glued
        or (given and glued and (agrees or goes_on))
        or (agrees and goes_on and len(headlines.split()) >= _FEWEST_HEADLINE_WORDS)
    )
    if not certain:
        return None
    evidence = [how for how, holds in joins.items() if holds] or ["first names agree"]
    weight = 2 * joins["name on full name"] + 2 * joins["full name on headline"] + agrees + given
    return _Caption(
        join.start(),
        weight,
        f"{anchor.group()} | {text[join.end() : name_end]}: {', '.join(evidence)}",
    )


def _mixed_case(name: str) -> bool:
    """Whether this is written as a name is, not in capitals: a shouted line proves nothing."""
    return name[0].isupper() and not name.isupper()


def _first_name_agrees(text: str, surname_start: int, name_start: int, name_end: int) -> bool:
    """Whether a word shown just before the surname comes again in, or begins, the full name."""
    shown = [
        fold(word).strip('.,()“”"')
        for word in text[max(0, surname_start - 40) : surname_start].split()[-2:]
    ]
    given = [fold(word).strip('.,()“”"') for word in text[name_start:name_end].split()]
    return any(
        word == first or (len(first) > 2 and word[:3] == first[:3])
        for first in shown
        for word in given
    )


class _Folding(dict[int, str]):
    """Single characters to the same without case and accent; filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` without case and accents, character for character, so that offsets agree."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)
