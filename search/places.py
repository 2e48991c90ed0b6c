"""Positions of words as arrays: which documents have words near one another, and which words are
spelt alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.container import Array
from index.arrays.ranges import ranges
from search.adjacency import PLACE, Unit
from search.rounds import documents_with

_FARTHEST = 1 << 30  # no slop may reach the next document


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far apart words may stand: from ``least`` to ``most`` places, and in which order."""

    most: int
    ordered: bool
    least: int


ADJACENT = Nearness(1, ordered=True, least=1)


def near(words: Sequence[Unit], nearness: Nearness, spend: Callable[[int], None]) -> Array | None:
    """The documents in which each word stands near what the words before it span.

    None where the question is none that arrays answer here.
    """
    if nearness.least < 1 or nearness.most >= _FARTHEST:
        return None
    first, *others, last = words
    behind = [word.starts for word in others]

    def fitting(chosen: Array) -> Array:
        return _beginning(chosen, behind, last.starts, nearness, spend)

    return documents_with(first, fitting)


def _beginning(
    chosen: Array,
    others: Sequence[Array],
    last: Array,
    nearness: Nearness,
    spend: Callable[[int], None],
) -> Array:
    """The documents in which the others and ``last`` follow near any of the ``chosen`` places."""
    starts = ends = chosen
    for word in others:
        spans = _spans(starts, word, *_behind(ends, word, nearness), spend, after=True)
        if not nearness.ordered:
            before = _spans(ends, word, *_before(starts, word, nearness), spend, after=False)
            spans = (np.concatenate((spans[0], before[0])), np.concatenate((spans[1], before[1])))
        starts, ends = _distinct(*spans) if nearness.most > 1 or not nearness.ordered else spans
    # Of the last word it is enough that it is there: nothing goes on from where it stands.
    spend(len(starts))
    there = _has(last, ends + nearness.least, ends + nearness.most)
    if not nearness.ordered:
        there |= _has(last, starts - nearness.most, starts - nearness.least)
    found: Array = starts[there] >> PLACE
    return found


def _has(word: Array, low: Array, high: Array) -> Array:
    """Whether ``word`` has a place from each of ``low`` to the one of ``high`` beside it."""
    at = word.searchsorted(low)
    found: Array = word[np.minimum(at, len(word) - 1)] <= high
    return found & (at < len(word))


def _behind(ends: Array, word: Array, nearness: Nearness) -> tuple[Array, Array]:
    """From where to where the places of ``word`` are that stand near behind each of ``ends``."""
    return (
        np.searchsorted(word, ends + nearness.least, "left"),
        np.searchsorted(word, ends + nearness.most, "right"),
    )


def _before(starts: Array, word: Array, nearness: Nearness) -> tuple[Array, Array]:
    """The same before each of ``starts``."""
    return (
        np.searchsorted(word, starts - nearness.most, "left"),
        np.searchsorted(word, starts - nearness.least, "right"),
    )


def _spans(
    kept: Array, word: Array, low: Array, high: Array, spend: Callable[[int], None], *, after: bool
) -> tuple[Array, Array]:
    """(start, end) of each span joined with each place of ``word`` from ``low`` to ``high``."""
    counts = np.maximum(high - low, 0)
    total = int(counts.sum())
    spend(total + len(counts))
    other = word[ranges(low, counts)]
    mine = np.repeat(kept, counts)
    return (mine, other) if after else (other, mine)


def _distinct(starts: Array, ends: Array) -> tuple[Array, Array]:
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    if len(starts) < 2:
        return starts, ends
    new = np.append(True, (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1]))
    return starts[new], ends[new]


def within_distance(terms: Sequence[bytes], text: str, most: int, prefix: int) -> list[bytes]:
    """Those of ``terms`` that at most ``most`` edits make of ``text``; its first ``prefix``
    letters stand fast. All terms go through the table of Levenshtein at once."""
    prefix = min(prefix, len(text))
    rest = text[prefix:]
    likely = [
        (term, word[prefix:])
        for term in terms
        if abs(len(word := term.decode()) - len(text)) <= most and word.startswith(text[:prefix])
    ]
    if not likely:
        return []
    longest = max(len(word) for _, word in likely)
    letters = np.zeros((longest, len(likely)), np.uint32)
    lengths = np.array([len(word) for _, word in likely])
    for column, (_, word) in enumerate(likely):
        letters[: len(word), column] = [ord(letter) for letter in word]
    row = np.tile(np.arange(longest + 1)[:, None], (1, len(likely)))
    for count, letter in enumerate(rest, start=1):
        above, row = row, np.empty_like(row)
        row[0] = count
        changed = above[:-1] + (letters != ord(letter))
        for place in range(longest):
            row[place + 1] = np.minimum(
                np.minimum(above[place + 1], row[place]) + 1, changed[place]
            )
    distances = row[lengths, np.arange(len(likely))]
    return [term for (term, _), far in zip(likely, distances.tolist(), strict=True) if far <= most]
