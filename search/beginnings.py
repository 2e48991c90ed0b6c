"""How the words of a text begin that a query may match: one look for all of them skips the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# A stem is what its words have in common, but for a last letter or two: company, compani.
_ALIKE = 5
# The stems of which that is not true: dying, lying, tying, vying.
_UNLIKE = {"die": "d", "lie": "l", "tie": "t", "vie": "v"}
# Signs that a word may hold in a text and its term does not.
_LEFT_OUT = "['’ʼ,.&]?"
_FOREIGN = r"(?<=[^\x00-\x7f])"
_ASCII = "".join(map(chr, range(128)))
# Frequent signs that are no letters, and what stands for them where words are looked for.
_SIGNS = {"’": "'", "‘": "'", "“": " ", "”": " ", "–": " ", "—": " ", "…": " ", "\xa0": " "}


def beginning(stem: str) -> str:
    """What every word with this stem begins with, as far as it is sure; folded."""
    letters = "".join(filter(str.isalnum, stem))
    return _UNLIKE.get(stem) or letters[: max(1, min(len(letters) - 1, _ALIKE))]


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
    rests = [
        f"(?<={re.escape(start[0])})"
        + "".join(_LEFT_OUT + re.escape(letter) for letter in start[1:])
        for start in starts
    ]
    return re.compile(f"[^{others}](?:{'|'.join([*rests, _FOREIGN])})")


def plain(text: str) -> str | None:
    """``text`` in small letters, each where it was; None where that cannot be."""
    small = text.lower()
    if not small.isascii():
        for sign, other in _SIGNS.items():
            small = small.replace(sign, other)
    return small if len(small) == len(text) else None
