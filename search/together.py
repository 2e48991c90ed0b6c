"""Which documents have words or phrases at places that fit together: on arrays, as ``windows``
says it of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from index.arrays.container import Array
from search.adjacency import PLACE
from search.rounds import documents_with, find

Spend = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a run of so many words begins, in order."""

    starts: Array
    words: int

    @property
    def ends(self) -> Array:
        ends: Array = self.starts + (self.words - 1)
        return ends


def repeated(unit: Unit, number: int) -> Array:
    """The documents that have ``unit`` at least ``number`` times."""
    return np.flatnonzero(np.bincount(unit.starts >> PLACE) >= number)


def sharing(units: Sequence[Unit], sentences: Array, spend: Spend) -> Array:
    """The documents in which one sentence has each unit whole.

    ``sentences`` has the places at which sentences begin in the documents that matter, one at the
    least, and of each of these the place 0.
    """
    rarest, *others = sorted(units, key=lambda unit: len(unit.starts))
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

    return documents_with(rarest.starts, fitting)


def within(units: Sequence[Unit], places: int, spend: Spend) -> Array:
    """The documents in which the units stand in any order with fewer than ``places`` other words
    among them; none of the units is nowhere."""
    found = np.zeros(1 + max(int(unit.starts[-1] >> PLACE) for unit in units), bool)
    for number, unit in enumerate(units):
        others = (*units[:number], *units[number + 1 :])
        ending = partial(_ending, words=unit.words, units=others, places=places, spend=spend)
        find(found, unit.starts, ending)
    return np.flatnonzero(found)


def _ending(
    starts: Array, *, words: int, units: Sequence[Unit], places: int, spend: Spend
) -> Array:
    """The documents in which such a window ends with so many words from one of ``starts``: of each
    of ``units`` it has the last before, that overlaps nothing chosen so far."""
    chosen = [last := Unit(starts, words)]
    for unit in units:
        spend(len(chosen[0].starts))
        side: Literal["left", "right"] = "right" if unit.words <= last.words else "left"
        before = unit.starts.searchsorted(chosen[0].starts, side) - 1
        while (overlap := _overlapping(unit, before, chosen)).any():
            before -= overlap
        there = before >= 0
        there &= unit.starts[before] >> PLACE == chosen[0].starts >> PLACE
        chosen = [Unit(one.starts[there], one.words) for one in chosen]
        chosen.append(Unit(unit.starts[before[there]], unit.words))
    first = np.minimum.reduce([one.starts for one in chosen])
    end = np.maximum.reduce([one.ends for one in chosen])
    others = end - first + 1 - sum(one.words for one in chosen)
    found: Array = first[others < places] >> PLACE
    return found


def _overlapping(unit: Unit, at: Array, chosen: Sequence[Unit]) -> Array:
    """Whether what ``unit`` has at each of ``at`` overlaps anything of ``chosen``; what is before
    its first does not."""
    starts = unit.starts[at]
    found = np.zeros(len(at), bool)
    for one in chosen:
        found |= (starts <= one.ends) & (one.starts <= starts + (unit.words - 1))
    return found & (at >= 0)
