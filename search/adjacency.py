"""Where words stand, and which documents have words that follow one another, on arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.container import Array

# Looking one key up among sorted ones takes as long as merging with this many of them.
_LOOKED_UP = 16
# A place is document << PLACE | position; where positions have two bytes, << _NARROW.
PLACE, _NARROW = 32, 16


@dataclass(frozen=True, slots=True)
class Stretches:
    """The positions of one word in some documents: document ``documents[n]`` has ``counts[n]`` of
    them, one at the least, and they follow one another in ``positions``."""

    documents: Array
    counts: Array
    positions: Array

    def keys(self, bits: int) -> Array:
        """document << bits | position, in order; in four bytes where the position has two."""
        dtype = np.uint32 if bits == _NARROW else np.int64
        found: Array = np.repeat(np.left_shift(self.documents.astype(dtype), bits), self.counts)
        found |= self.positions
        return found


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a word, or a run of so many words, begins: ``starts`` are places in order, of each of
    ``documents`` those from its number in ``first`` on."""

    starts: Array
    words: int
    documents: Array
    first: Array

    @classmethod
    def of_word(cls, word: Stretches) -> Unit:
        return cls(word.keys(PLACE), 1, word.documents, np.cumsum(word.counts) - word.counts)

    @classmethod
    def of_run(cls, starts: Array, words: int) -> Unit:
        documents = starts >> PLACE
        first = np.flatnonzero(_is_new(documents))
        return cls(starts, words, documents[first], first)

    def __len__(self) -> int:
        return len(self.starts)


def following(words: Sequence[Stretches], spend: Callable[[int], None]) -> Array:
    """The documents in which the words stand one after the other."""
    bits = _NARROW if all(_is_narrow(word, len(words)) for word in words) else PLACE
    starts = beginnings(words, bits, spend)
    return distinct(starts >> starts.dtype.type(bits))


def beginnings(words: Sequence[Stretches], bits: int, spend: Callable[[int], None]) -> Array:
    """Where the words stand one after the other: document << bits | position of the first.

    The rarest word goes first; of the others only what follows on it is kept.
    """
    order = sorted(range(len(words)), key=lambda number: len(words[number].positions))
    first, *others = order
    starts = words[first].keys(bits)
    starts -= starts.dtype.type(first)
    for number in others:
        spend(len(starts) + len(words[number].positions))
        keys = words[number].keys(bits)
        keys -= keys.dtype.type(number)
        starts = in_both(starts, keys)
    return starts


def _is_narrow(word: Stretches, words: int) -> bool:
    """Whether no place of a phrase of so many words can reach past two bytes."""
    return word.positions.dtype == np.uint16 and int(word.positions.max()) < (1 << _NARROW) - words


def in_both(few: Array, many: Array) -> Array:
    """What is in both sorted arrays, neither of which has anything twice."""
    if len(few) * _LOOKED_UP < len(many):
        at = np.searchsorted(many, few)
        np.minimum(at, len(many) - 1, out=at)
        looked_up: Array = few[many[at] == few]
        return looked_up
    joined = np.concatenate((few, many))
    joined.sort(kind="stable")  # two sorted runs: a merge
    twice: Array = joined[1:][joined[1:] == joined[:-1]]
    return twice


def distinct(values: Array) -> Array:
    """Each of the sorted ``values`` once."""
    found: Array = values[_is_new(values)]
    return found


def _is_new(values: Array) -> Array:
    """For each of the sorted ``values`` whether it is another than the one before."""
    found: Array = np.append(True, values[1:] != values[:-1])[: len(values)]
    return found
