"""How the words of a text begin that a query may match: one look for all of them skips the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# A stem is what its words have in common, but for a last letter or two: company, compani.
_ALIKE = 5
# The stems of which that is not true: those of dying, lying, tying and vying.
_UNLIKE = re.compile(r".ie")
# A shorter stem is all there in each of its words: "the" is not sought in "that". Not so where it
# may have gained its end, as those of aging, any and skies did.
_WHOLE = 3
_GAINED = re.compile(r"[iy]$|[aeiouy].?e$")
# Signs that a word may hold in a text and its term does not. Others than these plain() makes one of
# them, or they are found as foreign: a set with such signs takes ten times as long to compile.
_LEFT_OUT = "[',.&]?"
# What no word begins behind: a letter or digit, but for the 7 of "3.5bn7".
_INSIDE = "[a-z0-9]"
_IN_NUMBER = "[0-9]"
_FOREIGN = r"(?<=[^\x00-\x7f])"
_ASCII = "".join(map(chr, range(128)))
# Frequent signs that are no letters, and what stands for them where words are looked for.
_SIGNS = {"’": "'", "‘": "'", "“": " ", "”": " ", "–": " ", "—": " ", "…": " ", "\xa0": " "}


def beginning(stem: str) -> str:
    """What every word with this stem begins with, as far as it is sure; folded."""
    letters = "".join(filter(str.isalnum, stem))
    if len(letters) <= _WHOLE and not _GAINED.search(letters):
        return letters
    alike = 1 if _UNLIKE.fullmatch(letters) else min(len(letters) - 1, _ALIKE)
    return letters[: max(1, alike)]


@lru_cache(maxsize=1_000)
def pattern(beginnings: Iterable[str]) -> re.Pattern[str] | None:
    """Finds something in each chunk of a ``plain`` text where a word begins in one of these ways,
    and in each with other letters than English ones, which are folded in many ways. None where that
    is no help, because one of them is empty.

    It begins with a set of letters, which is what regular expressions skip to quickly; what several
    beginnings share is looked at once.
    """
    starts = {start for start in beginnings if start.isascii()}
    if "" in starts:
        return None
    by_first = _by_first(starts)
    others = re.escape("".join(letter for letter in _ASCII if letter not in by_first))
    rests = [_first(letter) + _further(rests) for letter, rests in by_first.items()]
    return re.compile(f"[^{others}](?:{'|'.join([*rests, _FOREIGN])})")


def _first(letter: str) -> str:
    """Where ``letter`` was just read and begins a word."""
    if not letter.isalnum():
        return f"(?<={re.escape(letter)})"
    return f"(?<={letter})(?<!{_IN_NUMBER if letter.isdigit() else _INSIDE}{letter})"


def _further(rests: Iterable[str]) -> str:
    """What goes on in one of these ways."""
    if "" in rests:
        return ""
    by_first = _by_first(rests)
    last = "".join(letter for letter, behind in by_first.items() if "" in behind)
    ways = [
        re.escape(letter) + _further(rests)
        for letter, rests in by_first.items()
        if letter not in last
    ]
    if last:
        ways.append(f"[{re.escape(last)}]")
    return _LEFT_OUT + (ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})")


def _by_first(texts: Iterable[str]) -> dict[str, set[str]]:
    """What follows each first letter."""
    found: dict[str, set[str]] = {}
    for text in sorted(texts):
        found.setdefault(text[0], set()).add(text[1:])
    return found


def plain(text: str) -> str | None:
    """``text`` in small letters, each where it was; None where that cannot be."""
    small = text.lower()
    if not small.isascii():
        for sign, other in _SIGNS.items():
            small = small.replace(sign, other)
    return small if len(small) == len(text) else None
