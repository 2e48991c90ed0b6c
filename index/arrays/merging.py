"""Several segments into one, deleted documents left out: arrays are gathered, nothing is analysed.

Which segments, is decided so that a document is merged a few times in its life: segments stand in
tiers, each eight times the size of the one below, and a tier of eight is made into one. A segment
never grows past 65,536 documents, so that one merge takes a few seconds at the most, and at most
about 100 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import building, lexicon
from index.arrays.container import Array, ArrayWriter
from index.arrays.segment import MOST_DOCUMENTS, Column, Field, Segment

_TIER = 8
_SMALLEST_TIER = 512
# Ranks of terms merged at once: their numbers fit two bytes, which numpy sorts by radix.
_RANKS = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to merge, and which of its documents live."""

    segment: Segment
    living: Array

    @property
    def documents(self) -> int:
        return int(self.living.sum())


def tiers(sizes: Sequence[int]) -> list[list[int]]:
    """Which segments to merge, as groups of their indexes; ``sizes`` are their living documents.

    A group never holds more documents than one segment may.
    """
    by_tier = sorted(range(len(sizes)), key=lambda index: (_tier(sizes[index]), index))
    groups: list[list[int]] = []
    for _, members in groupby(by_tier, key=lambda index: _tier(sizes[index])):
        several = list(members)
        if len(several) >= _TIER:
            groups += [group for group in fitting(several, sizes) if len(group) > 1]
    return groups


def _tier(size: int) -> int:
    tier = 0
    while size >= _SMALLEST_TIER:
        size //= _TIER
        tier += 1
    return tier


def fitting(indexes: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    """``indexes`` in order, cut into groups that each fit one segment."""
    groups: list[list[int]] = [[]]
    room = MOST_DOCUMENTS
    for index in indexes:
        if sizes[index] > room:
            groups.append([])
            room = MOST_DOCUMENTS
        groups[-1].append(index)
        room -= sizes[index]
    return groups


def merge(parts: Sequence[Part], path: Path) -> int:
    """Write the living documents of ``parts``, in their order, as one segment; how many."""
    documents = sum(part.documents for part in parts)
    with ArrayWriter(path) as writer:
        about: dict[str, Any] = {}
        for name in sorted({name for part in parts for name in part.segment.fields}):
            about[name] = _Merge(name, parts, documents).write(writer)
        kinds: dict[str, str] = {}
        for part in parts:
            kinds |= {name: column.kind for name, column in part.segment.columns.items()}
        for name, kind in kinds.items():
            columns = [part.segment.columns.get(name) for part in parts]
            if kind == "number":
                _merge_numbers(writer, name, parts, columns)
            else:
                _merge_bytes(writer, name, parts, columns)
        stored = sorted({name for part in parts for name in part.segment.stored})
        writer.finish({"documents": documents, "fields": about, "columns": kinds, "stored": stored})
    return documents


class _Merge:
    """One field of all parts."""

    def __init__(self, name: str, parts: Sequence[Part], documents: int) -> None:
        self._name = name
        self._documents = documents
        self._parts: list[tuple[Field, Array, Array, Array]] = []
        lists: list[list[bytes]] = []
        base = 0
        for part in parts:
            # Each document's number in the merged segment; those of the deleted are never used.
            numbers = (base + np.cumsum(part.living) - 1).astype(np.uint16)
            base += part.documents
            if name in part.segment.fields:
                field = part.segment.fields[name]
                lists.append(list(field.lexicon))
                self._parts.append((field, part.living, numbers, np.zeros(0, np.uint32)))
        self._terms = sorted(set().union(*lists))
        ranks = {term: rank for rank, term in enumerate(self._terms)}
        self._parts = [
            (field, living, numbers, np.fromiter(map(ranks.__getitem__, terms), np.uint32))
            for (field, living, numbers, _), terms in zip(self._parts, lists, strict=True)
        ]
        self._scored = any(f"{name}.lengths" in part.segment.file for part in parts)
        self._placed = any(field.with_positions for field, _, _, _ in self._parts)

    def write(self, writer: ArrayWriter) -> dict[str, Any]:
        """Write the merged field; what is noted of it."""
        stretches = [self._stretch(low) for low in range(0, max(len(self._terms), 1), _RANKS)]
        counts = np.concatenate([stretch[0] for stretch in stretches])
        numbers = np.concatenate([stretch[1] for stretch in stretches])
        frequencies = np.concatenate([stretch[2] for stretch in stretches])
        kept = np.flatnonzero(counts)
        ends = np.cumsum(counts[kept])
        lexicon.write(writer, self._name, [self._terms[rank] for rank in kept.tolist()])
        writer.add(f"{self._name}.starts", np.append(0, ends).astype(np.uint32))
        if self._placed:
            self._write_positions(writer, [stretch[3] for stretch in stretches], frequencies, ends)
        lengths = None
        if self._scored:
            lengths = np.bincount(numbers, frequencies, self._documents).astype(np.int64)
            writer.add(f"{self._name}.lengths", building.rounded(lengths))
        building.write_postings(writer, self._name, numbers, frequencies, lengths)
        return {"length": 0 if lengths is None else int(lengths.sum())}

    def _write_positions(
        self, writer: ArrayWriter, parts: list[Array], frequencies: Array, ends: Array
    ) -> None:
        narrow = all(part.dtype == np.uint16 for part in parts)
        dtype = np.dtype(np.uint16 if narrow else np.uint32)
        writer.add_parts(f"{self._name}.positions", dtype, parts)
        through = np.append(0, np.cumsum(frequencies))
        writer.add(f"{self._name}.places", through[np.append(0, ends)].astype(np.uint32))

    def _stretch(self, low: int) -> tuple[Array, Array, Array, Array]:
        """The terms from rank ``low`` on: postings of each, then document, frequency and positions
        of all."""
        high = min(low + _RANKS, len(self._terms))
        ranks: list[Array] = []
        numbers: list[Array] = []
        frequencies: list[Array] = []
        positions: list[Array] = []
        for field, living, renumbered, merged in self._parts:
            first, last = (int(np.searchsorted(merged, rank)) for rank in (low, high))
            postings = field.postings(first, last)
            there = living[postings.documents]
            starts = field.starts[first : last + 1].astype(np.int64)
            each: Array = starts[1:] - starts[:-1]
            of_field = field.frequencies(postings)
            ranks.append(np.repeat((merged[first:last] - low).astype(np.uint16), each)[there])
            numbers.append(renumbered[postings.documents[there]])
            frequencies.append(of_field[there])
            if self._placed:
                start, stop = int(field.places[first]), int(field.places[last])
                stretch = field.position_stretch(start, stop)
                positions.append(stretch if there.all() else stretch[np.repeat(there, of_field)])
        order = np.argsort(np.concatenate(ranks), kind="stable")
        counts = np.bincount(np.concatenate(ranks), minlength=high - low)
        all_frequencies = np.concatenate(frequencies)
        placed = np.zeros(0, np.uint16)
        if self._placed:
            placed = _reordered(np.concatenate(positions), all_frequencies, order)
        return counts, np.concatenate(numbers)[order], all_frequencies[order], placed


def _reordered(positions: Array, frequencies: Array, order: Array) -> Array:
    """Positions, so many a posting, with the postings in another order."""
    starts = np.cumsum(frequencies) - frequencies
    counts = frequencies[order]
    ends = np.cumsum(counts)
    places = np.repeat(starts[order] - (ends - counts), counts)
    places += np.arange(len(places))
    found: Array = positions[places]
    return found


def _merge_numbers(
    writer: ArrayWriter, name: str, parts: Sequence[Part], columns: Sequence[Column | None]
) -> None:
    numbers = [
        np.zeros(part.documents, np.int64) if column is None else column.numbers[part.living]
        for part, column in zip(parts, columns, strict=True)
    ]
    present = [
        np.zeros(part.documents, bool) if column is None else column.present[part.living]
        for part, column in zip(parts, columns, strict=True)
    ]
    building.write_numbers(
        writer, name, np.concatenate(numbers), np.concatenate(present).astype(np.uint8)
    )


def _merge_bytes(
    writer: ArrayWriter, name: str, parts: Sequence[Part], columns: Sequence[Column | None]
) -> None:
    lists = [[b""] if column is None else list(column.values) for column in columns]
    distinct = sorted(set().union(*lists))
    numbers = {value: rank for rank, value in enumerate(distinct)}
    codes: list[Array] = []
    for part, column, values in zip(parts, columns, lists, strict=True):
        ranks = np.fromiter(map(numbers.__getitem__, values), np.uint32)
        old = np.zeros(len(part.living), np.uint32) if column is None else column.codes
        codes.append(ranks[old[part.living]])
    building.write_bytes(writer, name, np.concatenate(codes), distinct)
