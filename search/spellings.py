"""Which words fit a pattern, or are spelt nearly so. Searching and marking ask the same."""

from __future__ import annotations

import re

from index.analysis import SPELLING, fold

_APOSTROPHE = re.compile(r"['’ʼ]")


def folded(pattern: str) -> str:
    """A pattern, or a word, as the words of the index are folded."""
    return fold(_APOSTROPHE.sub("", pattern))


def bare(term: str) -> str:
    """A term of a field of exact words without the spelling behind it."""
    return term.partition(SPELLING)[0]


def fits(pattern: str, word: str) -> bool:
    """Whether ``word`` is what ``pattern`` says, both folded. In steps of their lengths' product.

    Not a regular expression: many stars would make one take for ever.
    """
    place = at = 0
    star, resumed = -1, 0
    while place < len(word):
        if at < len(pattern) and pattern[at] == "*":
            star, resumed = at, place
            at += 1
        elif at < len(pattern) and pattern[at] in {"?", word[place]}:
            at += 1
            place += 1
        elif star >= 0:
            resumed += 1
            at, place = star + 1, resumed
        else:
            return False
    return all(sign == "*" for sign in pattern[at:])


def differ(one: str, other: str, most: int) -> int | None:
    """How many letters must be changed, added, left out, or swapped with the next, to make one
    word the other; None where it is more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return None
    # Each letter that only one of them has takes an edit; this is known long before the distance.
    if len(set(one).difference(other)) > most or len(set(other).difference(one)) > most:
        return None
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return None
        before, above = above, line
    return above[-1] if above[-1] <= most else None


def is_near(word: str, sought: str, edits: int) -> bool:
    """Whether ``word`` is spelt like ``sought`` but for ``edits`` letters; the first one stands."""
    return word[:1] == sought[:1] and differ(word, sought, edits) is not None
