"""Which documents have words or phrases at places that fit together: on arrays, as ``windows``
says it of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from index.arrays.container import Array
from search.adjacency import PLACE, Unit
from search.rounds import documents_with, find

Spend = Callable[[int], None]


def repeated(unit: Unit, number: int) -> Array:
    """The documents that have ``unit`` at least ``number`` times."""
    found: Array = unit.documents[np.diff(unit.first, append=len(unit)) >= number]
    return found


def sentences_of(documents: Array, counts: Array, starts: Array) -> Array:
    """Where the sentences of ``documents`` begin, in order: each at place 0, and ``documents[n]``
    at ``counts[n]`` of the places of ``starts``, which has those of one document after the other.
    """
    first = np.cumsum(counts) - counts + np.arange(len(documents))
    inner = np.ones(len(documents) + len(starts), bool)
    inner[first] = False
    found: Array = np.repeat(documents.astype(np.int64) << PLACE, counts + 1)
    found[inner] |= starts
    return found


def sharing(units: Sequence[Unit], sentences: Array, spend: Spend) -> Array:
    """The documents in which one sentence has each unit whole.

    ``sentences`` has the places at which sentences begin in the documents that matter, one at the
    least, and of each of these the place 0.
    """
    rarest, *others = sorted(units, key=len)
    ends = ((sentences >> PLACE) + 1) << PLACE  # of the documents
    np.minimum(ends[:-1], sentences[1:], out=ends[:-1])

    def fitting(starts: Array) -> Array:
        spend(len(starts) * len(units))
        numbers = sentences.searchsorted(starts, "right") - 1
        there = starts + rarest.words <= ends[numbers]
        there &= sentences[numbers] >> PLACE == starts >> PLACE
        numbers = numbers[there]
        for unit in others:
            at = unit.starts.searchsorted(sentences[numbers])
            first = unit.starts[np.minimum(at, len(unit.starts) - 1)]
            there = (at < len(unit.starts)) & (first + unit.words <= ends[numbers])
            numbers = numbers[there]
        found: Array = sentences[numbers] >> PLACE
        return found

    return documents_with(rarest, fitting)


class _Run(NamedTuple):
    """One place in each of several documents, at which so many words begin."""

    starts: Array
    words: int

    @property
    def ends(self) -> Array:
        ends: Array = self.starts + (self.words - 1)
        return ends


def within(units: Sequence[Unit], places: int, spend: Spend) -> Array:
    """The documents in which the units stand in any order with fewer than ``places`` other words
    among them; none of the units is nowhere."""
    found = _by_first(units, places, spend)
    for number, unit in enumerate(units):
        others = (*units[:number], *units[number + 1 :])
        ending = partial(_ending, words=unit.words, units=others, places=places, spend=spend)
        find(found, unit, ending)
    return np.flatnonzero(found)


def _by_first(units: Sequence[Unit], places: int, spend: Spend) -> Array:
    """For each document whether such a window has the first of each unit: of frequent words most
    have."""
    size = 1 + max(int(unit.documents[-1]) for unit in units)
    spend(len(units) * size)
    starts = np.full((len(units), size), -1)
    for number, unit in enumerate(units):
        starts[number, unit.documents] = unit.starts[unit.first]
    words = np.array([unit.words for unit in units])
    order = np.argsort(starts, axis=0)
    starts = np.take_along_axis(starts, order, axis=0)
    ends = starts + words[order]
    found: Array = (starts[0] >= 0) & (ends[:-1] <= starts[1:]).all(axis=0)
    found &= ends[-1] - starts[0] - words.sum() < places
    return found


def _ending(
    starts: Array, *, words: int, units: Sequence[Unit], places: int, spend: Spend
) -> Array:
    """The documents in which such a window ends with so many words from one of ``starts``: of each
    of ``units`` it has the last before, that overlaps nothing chosen so far."""
    chosen = [last := _Run(starts, words)]
    for unit in units:
        spend(len(chosen[0].starts))
        side: Literal["left", "right"] = "right" if unit.words <= last.words else "left"
        before = unit.starts.searchsorted(chosen[0].starts, side) - 1
        while (overlap := _overlapping(unit, before, chosen)).any():
            before -= overlap
        there = before >= 0
        there &= unit.starts[before] >> PLACE == chosen[0].starts >> PLACE
        chosen = [_Run(one.starts[there], one.words) for one in chosen]
        chosen.append(_Run(unit.starts[before[there]], unit.words))
    first = np.minimum.reduce([one.starts for one in chosen])
    end = np.maximum.reduce([one.ends for one in chosen])
    others = end - first + 1 - sum(one.words for one in chosen)
    found: Array = first[others < places] >> PLACE
    return found


def _overlapping(unit: Unit, at: Array, chosen: Sequence[_Run]) -> Array:
    """Whether what ``unit`` has at each of ``at`` overlaps anything of ``chosen``; what is before
    its first does not."""
    starts = unit.starts[at]
    found = np.zeros(len(at), bool)
    for one in chosen:
        found |= (starts <= one.ends) & (one.starts <= starts + (unit.words - 1))
    return found & (at >= 0)
