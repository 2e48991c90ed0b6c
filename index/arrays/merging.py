"""Several segments into one, deleted documents left out: arrays are gathered, nothing is analysed.

Which segments, is decided so that a document is merged a few times in its life: segments stand in
tiers, each eight times the size of the one below, and a tier of eight is made into one. A segment
never grows past 65,536 documents, so that one merge takes four seconds of work at the most, and
about 120 MB beside the mapped files, of which one array at a time is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import lexicon
from index.arrays.building import write_bytes, write_numbers
from index.arrays.container import Array, ArrayWriter
from index.arrays.ranges import ranges
from index.arrays.segment import MOST_DOCUMENTS, Column, Field, Segment

_TIER = 8
_SMALLEST_TIER = 512
# Postings or positions moved at once: their places stay in the processor's cache.
_STRETCH = 1 << 18


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
            about[name] = _Merge(name, parts).write(writer)
            _forget(parts)
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


def _forget(parts: Iterable[Part]) -> None:
    """What was moved is not needed again: it counts as memory of ours as long as it is mapped."""
    for part in parts:
        part.segment.file.forget()


@dataclass(frozen=True, slots=True)
class _Source:
    """One field of one part, and what becomes of it."""

    field: Field
    ranks: Array  # of its terms among those of all parts
    numbers: Array  # of its documents in the merged segment; those of the deleted are never used
    kept: Array | None  # whether each posting is of a living document; None where all are

    def documents(self, first: int, last: int) -> Array:
        """The documents of the postings of its terms from ``first`` to ``last``."""
        documents = self._living(self.field.postings(first, last).documents, first, last)
        return self.numbers.take(documents)

    def codes(self, first: int, last: int) -> Array:
        postings = self.field.postings(first, last)
        if postings.codes is None:
            codes = np.full(len(postings), 1 << 8, np.uint16)
        else:
            codes = postings.codes
        return self._living(codes, first, last)

    def positions(self, first: int, last: int) -> Array:
        places = self.field.places
        found = self.field.position_stretch(int(places[first]), int(places[last]))
        if self.kept is None:
            return found
        frequencies = self.field.frequencies(self.field.postings(first, last))
        start, stop = self.field.starts[[first, last]].tolist()
        living: Array = found[np.repeat(self.kept[start:stop], frequencies)]
        return living

    def _living(self, values: Array, first: int, last: int) -> Array:
        if self.kept is None:
            return values
        start, stop = self.field.starts[[first, last]].tolist()
        found: Array = values[self.kept[start:stop]]
        return found

    def frequencies(self) -> Array:
        """How often each term stands in each document, zero where that is deleted."""
        found = self.field.frequencies(self.field.postings(0, len(self.ranks)))
        return found if self.kept is None else np.where(self.kept, found, 0)

    def over(self) -> tuple[Array, Array, Array]:
        """The postings whose frequency fits no code: rank of the term in this part, number among
        the living of the term, and frequency."""
        postings = self.field.postings(0, len(self.ranks))
        starts = self.field.starts
        at, frequencies = postings.over_at, postings.over_frequencies
        if self.kept is not None:
            there = self.kept[at]
            at, frequencies = at[there], frequencies[there]
        terms = np.searchsorted(starts, at, "right") - 1
        before = at if self.kept is None else _through(self.kept)[at]
        first = starts[terms] if self.kept is None else _through(self.kept)[starts[terms]]
        return terms, before - first, frequencies


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the runs of values stand that each source has for each of its terms.

    ``starts`` is where the values of each merged term start, and the end; ``counts`` and ``begins``
    are, for each source, how many values it has for each of its terms, and where they start.
    """

    starts: Array
    counts: list[Array]
    begins: list[Array]


def _layout(terms: int, sources: Sequence[_Source], ends: Iterable[Array]) -> _Layout:
    """The layout where the values of a source's terms stand between ``ends`` so far."""
    counts: list[Array] = [np.diff(each.astype(np.int64)) for each in ends]
    totals = np.zeros(terms, np.int64)
    for source, each in zip(sources, counts, strict=True):
        totals[source.ranks] += each
    starts = np.append(0, np.cumsum(totals))
    free = starts[:-1].copy()
    begins: list[Array] = []
    for source, each in zip(sources, counts, strict=True):
        begins.append(free[source.ranks])
        free[source.ranks] += each
    return _Layout(starts, counts, begins)


def _through(values: Array) -> Array:
    """The sum of all values before each, and of all at the end."""
    found = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=found[1:])
    return found


class _Merge:
    """One field of all parts."""

    def __init__(self, name: str, parts: Sequence[Part]) -> None:
        self._name = name
        there = [part for part in parts if name in part.segment.fields]
        self._terms, ranks = lexicon.merged([part.segment.fields[name].lexicon for part in there])
        self._parts = parts
        self._sources: list[_Source] = []
        base = 0
        for part in parts:
            if name in part.segment.fields:
                numbers = (base + np.cumsum(part.living) - 1).astype(np.uint16)
                its = ranks[len(self._sources)]
                self._sources.append(_source(part, part.segment.fields[name], its, numbers))
            base += part.documents

    def write(self, writer: ArrayWriter) -> dict[str, Any]:
        """Write the merged field; what is noted of it."""
        name = self._name
        postings = self._postings()
        kept = np.flatnonzero(np.diff(postings.starts))
        lexicon.write(writer, name, [self._terms[rank] for rank in kept.tolist()])
        writer.add(f"{name}.starts", self._ends(postings, kept))
        if any(source.field.with_positions for source in self._sources):
            places = self._places()
            wide = any(source.field.wide_positions for source in self._sources)
            dtype = np.dtype(np.uint32 if wide else np.uint16)
            writer.add_parts(
                f"{name}.positions", dtype, self._laid(places, _Source.positions, dtype)
            )
            writer.add(f"{name}.places", self._ends(places, kept))
        scored = any(f"{name}.lengths" in part.segment.file for part in self._parts)
        if scored:
            writer.add(
                f"{name}.lengths", np.concatenate([self._lengths(part) for part in self._parts])
            )
        small = np.dtype(np.uint16)
        writer.add_parts(f"{name}.documents", small, self._laid(postings, _Source.documents, small))
        if any(source.field.with_codes for source in self._sources):
            writer.add_parts(f"{name}.codes", small, self._laid(postings, _Source.codes, small))
        self._write_over(writer, postings)
        return {"length": sum(map(_length, self._sources)) if scored else 0}

    def _postings(self) -> _Layout:
        """Where the postings go."""
        ends = (
            source.field.starts
            if source.kept is None
            else _through(source.kept)[source.field.starts]
            for source in self._sources
        )
        return _layout(len(self._terms), self._sources, ends)

    def _places(self) -> _Layout:
        """Where the positions go."""
        ends = (
            source.field.places
            if source.kept is None
            else _through(source.frequencies())[source.field.starts]
            for source in self._sources
        )
        return _layout(len(self._terms), self._sources, ends)

    def _ends(self, layout: _Layout, kept: Array) -> Array:
        return np.append(layout.starts[kept], layout.starts[-1]).astype(np.uint32)

    def _laid(
        self, layout: _Layout, values: Callable[[_Source, int, int], Array], dtype: np.dtype[Any]
    ) -> Iterator[Array]:
        """The values of all sources, term after term, a stretch of terms at a time."""
        starts = layout.starts
        edges = np.searchsorted(starts, np.arange(0, starts[-1], _STRETCH))
        edges = np.unique(np.append(edges, len(starts) - 1))
        within = [np.searchsorted(source.ranks, edges).tolist() for source in self._sources]
        for number, (low, high) in enumerate(pairwise(edges.tolist())):
            found = np.empty(int(starts[high] - starts[low]), dtype)
            for source, counts, begins, own in zip(
                self._sources, layout.counts, layout.begins, within, strict=True
            ):
                first, last = own[number : number + 2]
                places = ranges(begins[first:last] - starts[low], counts[first:last])
                found[places] = values(source, first, last)
            yield found
        _forget(self._parts)

    def _lengths(self, part: Part) -> Array:
        if f"{self._name}.lengths" not in part.segment.file:
            return np.zeros(part.documents, np.uint8)
        found: Array = part.segment.fields[self._name].lengths[part.living]
        return found

    def _write_over(self, writer: ArrayWriter, postings: _Layout) -> None:
        at: list[Array] = [np.zeros(0, np.uint32)]
        true: list[Array] = [np.zeros(0, np.uint32)]
        for source, begins in zip(self._sources, postings.begins, strict=True):
            terms, number, frequencies = source.over()
            at.append((begins[terms] + number).astype(np.uint32))
            true.append(frequencies)
        order = np.argsort(np.concatenate(at))
        writer.add(f"{self._name}.over_at", np.concatenate(at)[order])
        writer.add(f"{self._name}.over_tf", np.concatenate(true)[order])


def _source(part: Part, field: Field, ranks: Array, numbers: Array) -> _Source:
    kept = None
    if not part.living.all():
        kept = part.living[field.postings(0, len(ranks)).documents]
    return _Source(field, ranks, numbers, kept)


def _length(source: _Source) -> int:
    return source.field.length if source.kept is None else int(source.frequencies().sum())


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
    write_numbers(writer, name, np.concatenate(numbers), np.concatenate(present).astype(np.uint8))


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
    write_bytes(writer, name, np.concatenate(codes), distinct)
