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
# Signs that a word may hold in a text and its term does not.
_LEFT_OUT = "['’ʼ,.&]?"
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

    It begins with a set of letters, which is what regular expressions skip to quickly.
    """
    starts = sorted(start for start in beginnings if start.isascii())
    if "" in starts:
        return None
    firsts = {start[0] for start in starts}
    others = re.escape("".join(letter for letter in _ASCII if letter not in firsts))
    rests = [_first(start[0]) + "".join(map(_further, start[1:])) for start in starts]
    return re.compile(f"[^{others}](?:{'|'.join([*rests, _FOREIGN])})")


def _first(letter: str) -> str:
    """Where ``letter`` was just read and begins a word."""
    if not letter.isalnum():
        return f"(?<={re.escape(letter)})"
    return f"(?<={letter})(?<!{_IN_NUMBER if letter.isdigit() else _INSIDE}{letter})"


def _further(letter: str) -> str:
    return _LEFT_OUT + re.escape(letter)


def plain(text: str) -> str | None:
    """``text`` in small letters, each where it was; None where that cannot be."""
    small = text.lower()
    if not small.isascii():
        for sign, other in _SIGNS.items():
            small = small.replace(sign, other)
    return small if len(small) == len(text) else None
