"""Which documents have words or phrases at places that fit together: on arrays, as ``windows``
says it of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays.container import Array
from search.adjacency import distinct, in_both

# A place is (document << 32 | position).
DOCUMENT = 32
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
    documents, counts = np.unique(unit.starts >> DOCUMENT, return_counts=True)
    found: Array = documents[counts >= number]
    return found


def sharing(units: Sequence[Unit], sentences: Array, spend: Spend) -> Array:
    """The documents in which one sentence has each unit whole.

    ``sentences`` has the places at which sentences begin in the documents that matter, one at the
    least, and of each of these the place 0.
    """
    shared: Array | None = None
    for unit in units:
        spend(len(unit.starts))
        numbers = sentences.searchsorted(unit.starts, "right") - 1
        there = sentences[numbers] >> DOCUMENT == unit.starts >> DOCUMENT
        if unit.words > 1:
            there &= numbers == sentences.searchsorted(unit.ends, "right") - 1
        numbers = distinct(numbers[there])
        shared = numbers if shared is None else in_both(*sorted((shared, numbers), key=len))
    return sentences[:0] if shared is None else distinct(sentences[shared] >> DOCUMENT)


def within(units: Sequence[Unit], places: int, spend: Spend) -> Array:
    """The documents in which the units stand in any order with fewer than ``places`` other words
    among them; none of the units is nowhere."""
    found = np.zeros(1 + max(int(unit.starts[-1] >> DOCUMENT) for unit in units), bool)
    for number, unit in enumerate(units):
        sought = Unit(unit.starts[~found[unit.starts >> DOCUMENT]], unit.words)
        others = (*units[:number], *units[number + 1 :])
        found[_ending(sought, others, places, spend)] = True
    return np.flatnonzero(found)


def _ending(last: Unit, units: Sequence[Unit], places: int, spend: Spend) -> Array:
    """The documents in which such a window ends with ``last``: of each other unit it has the last
    before, that overlaps nothing chosen so far."""
    chosen = [last]
    for unit in units:
        spend(len(chosen[0].starts))
        side: Literal["left", "right"] = "right" if unit.words <= last.words else "left"
        before = unit.starts.searchsorted(chosen[0].starts, side) - 1
        while (overlap := _overlapping(unit, before, chosen)).any():
            before -= overlap
        there = before >= 0
        there &= unit.starts[before] >> DOCUMENT == chosen[0].starts >> DOCUMENT
        chosen = [Unit(one.starts[there], one.words) for one in chosen]
        chosen.append(Unit(unit.starts[before[there]], unit.words))
    first = np.minimum.reduce([one.starts for one in chosen])
    end = np.maximum.reduce([one.ends for one in chosen])
    others = end - first + 1 - sum(one.words for one in chosen)
    found: Array = first[others < places] >> DOCUMENT
    return found


def _overlapping(unit: Unit, at: Array, chosen: Sequence[Unit]) -> Array:
    """Whether what ``unit`` has at each of ``at`` overlaps anything of ``chosen``; what is before
    its first does not."""
    starts = unit.starts[at]
    found = np.zeros(len(at), bool)
    for one in chosen:
        found |= (starts <= one.ends) & (one.starts <= starts + (unit.words - 1))
    return found & (at >= 0)
