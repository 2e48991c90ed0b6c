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
# Other letters than English ones are folded in many ways: every chunk with one is looked at.
_FOLDED = "[^\\W\x00-\x7f]|[\u0300-\u036f]"


def beginning(stem: str) -> str:
    """What every word with this stem begins with, as far as it is sure; folded."""
    letters = "".join(filter(str.isalnum, stem))
    return _UNLIKE.get(stem) or letters[: max(1, min(len(letters) - 1, _ALIKE))]


@lru_cache(maxsize=1_000)
def pattern(beginnings: Iterable[str]) -> re.Pattern[str] | None:
    """Finds something in each chunk of a text in which a word begins in one of these ways, and in
    some others; None where that is no help, because one of them is empty."""
    plain = {start for start in beginnings if start.isascii()}
    if "" in plain:
        return None
    found = sorted(f"(?i:{_LEFT_OUT.join(map(re.escape, start))})" for start in plain)
    return re.compile("|".join([*found, _FOLDED]))
