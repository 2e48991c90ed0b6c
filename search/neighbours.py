"""Words that are spelt nearly alike: one word beside all words of an archive at once.

The distance is Damerau's with swaps of neighbours (optimal string alignment), as in
``spellings.differ``, counted in bytes of UTF-8: a letter of most scripts differs from another in
one byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.arrays.container import Array

_SHORTEST, _LONGEST = 3, 24  # bytes; nobody mistypes a longer word into another one
_FAR = 100


class Neighbours:
    """``frequencies`` are the words that may be found, with how many articles have each."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        encoded = {
            word: text
            for word in frequencies
            if word.isalpha() and _SHORTEST <= len(text := word.encode()) <= _LONGEST
        }
        self._words = list(encoded)
        self._counts = np.array([frequencies[word] for word in encoded], np.int64)
        padded = b"".join(text.ljust(_LONGEST, b"\0") for text in encoded.values())
        self._letters = np.frombuffer(padded, np.uint8).reshape(-1, _LONGEST)
        self._lengths = np.array([len(text) for text in encoded.values()], np.int64)
        self._bags = _bags(self._letters)

    def of(self, word: str, edits: int) -> Sequence[tuple[str, int, int]]:
        """(word, edits, articles) of the words that at most ``edits`` tell from ``word``."""
        text = word.encode()
        if not _SHORTEST <= len(text) <= _LONGEST or not self._words:
            return ()
        likely = self._likely(text, edits)
        distances = _distances(text, self._letters[likely], self._lengths[likely], edits)
        return [
            (self._words[number], int(distance), int(self._counts[number]))
            for number, distance in zip(likely.tolist(), distances.tolist(), strict=True)
            if 0 < distance <= edits
        ]

    def _likely(self, text: bytes, edits: int) -> Array:
        """Those of about that length and of about those letters: an edit changes one at the most
        on either side. One word in a hundred is left."""
        bag = _bags(np.frombuffer(text, np.uint8).reshape(1, -1))[0]
        long_enough = np.abs(self._lengths - len(text)) <= edits
        missing = np.bitwise_count(bag & ~self._bags) <= edits
        added = np.bitwise_count(self._bags & ~bag) <= edits
        return np.flatnonzero(long_enough & missing & added)


def _bags(letters: Array) -> Array:
    """For each row which letters it has, as bits."""
    bits = np.where(letters > 0, np.uint32(1) << (letters & 31).astype(np.uint32), np.uint32(0))
    bags: Array = np.bitwise_or.reduce(bits, axis=1)
    return bags


def _distances(text: bytes, letters: Array, lengths: Array, edits: int) -> Array:
    """How many edits tell ``text`` from each row; at least one more than ``edits`` where more.

    The usual table, a cell of all rows at once, and only of it the cells near the diagonal.
    """
    width = int(lengths.max(initial=0))
    table = np.full((len(text) + 1, width + 1, len(letters)), _FAR, np.int8)
    table[0, : edits + 1] = np.arange(min(edits, width) + 1)[:, None]
    table[: edits + 1, 0] = np.arange(min(edits, len(text)) + 1)[:, None]
    same = [letters[:, column] for column in range(width)]
    for row, letter in enumerate(text, start=1):
        for column in range(max(1, row - edits), min(width, row + edits) + 1):
            cost = table[row - 1, column - 1] + (same[column - 1] != letter)
            np.minimum(cost, table[row - 1, column] + 1, out=cost)
            np.minimum(cost, table[row, column - 1] + 1, out=cost)
            if row > 1 and column > 1:
                swapped = (same[column - 2] == letter) & (same[column - 1] == text[row - 2])
                cost = np.where(swapped, np.minimum(cost, table[row - 2, column - 2] + 1), cost)
            table[row, column] = cost
    distances: Array = table[len(text), lengths, np.arange(len(letters))]
    return distances
