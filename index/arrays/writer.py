"""A Whoosh writer that takes documents in stretches and leaves segments of arrays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from index.arrays import merging
from index.arrays.building import SegmentBuilder
from index.arrays.codec import ArrayCodec, ArraySegment
from index.arrays.container import sync
from index.arrays.merging import Part
from index.arrays.processes import Document, Processes, make
from index.arrays.segment import MOST_DOCUMENTS, Segment

MEGABYTES = 256
PROCESSES = 2
# What a megabyte of text costs, measured on wire articles (bench/watching.py): five in the process
# that makes a segment of it, for words, places and sort keys, three while it waits for that.
_MEGABYTES_A_MEGABYTE = 8
# Each process has a vocabulary and the libraries in memory besides, and a share in the process
# that started it.
_MEGABYTES_A_PROCESS = 90
# A document of less text is counted as this much: it has keys and dates too.
_LEAST_SIZE = 500

OnRefused = Callable[[Document, str], None]


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, whose lock, table of contents and deletions stay in charge; documents go
    to processes that make a segment of each stretch of them, instead of to Whoosh's pool.

    ``megabytes`` bounds the memory of all processes together. The segments are the same with one
    process and with several. ``on_refused`` is told of each document that cannot be indexed, with
    the reason; the others of its stretch are taken.
    """

    def __init__(
        self,
        index: FileIndex,
        *,
        timeout: float = 0.0,
        megabytes: int = MEGABYTES,
        processes: int = PROCESSES,
        on_refused: OnRefused | None = None,
    ) -> None:
        super().__init__(index, timeout=timeout, codec=ArrayCodec(), limitmb=1)
        self._folder = Path(self.storage.folder)
        self._on_refused = on_refused
        each = megabytes // max(processes, 1) - _MEGABYTES_A_PROCESS
        self._most_size = max(each, 16) * 1_000_000 // _MEGABYTES_A_MEGABYTE
        self._processes = Processes(self.schema, processes)
        self._stretch: list[Document] = []
        self._size = 0
        self._tasks: list[ArraySegment] = []
        self._builder: SegmentBuilder | None = None

    # -- taking documents in

    def add_document(self, **fields: Any) -> None:
        self._check_state()
        if self._on_refused is None:
            self._own_builder().check(fields)
        self._stretch.append(fields)
        self._size += max(_LEAST_SIZE, len(fields.get("body") or ""))
        if self._size >= self._most_size or len(self._stretch) >= MOST_DOCUMENTS:
            self._start()

    def _own_builder(self) -> SegmentBuilder:
        if self._builder is None:
            self._builder = SegmentBuilder(self.schema)
        return self._builder

    def _start(self) -> None:
        """Hand the stretch to a process; nothing of its documents is kept."""
        segment = ArraySegment(self.indexname)
        self._processes.start(len(self._tasks), self._stretch, segment.path(self._folder))
        self._tasks.append(segment)
        self._stretch, self._size = [], 0

    def _finish_segments(self) -> list[ArraySegment]:
        """The segments of all that was taken in, in the order in which it came."""
        if self._stretch and self._tasks:
            self._start()
        made = self._processes.finish()
        if self._stretch:  # all there was is less than a stretch: not worth a process
            segment = ArraySegment(self.indexname)
            made[0] = make(self._own_builder(), self._stretch, segment.path(self._folder))
            self._tasks.append(segment)
        found: list[ArraySegment] = []
        for number, segment in enumerate(self._tasks):
            outcome = made[number]
            for refused in outcome.refused:
                self._refuse({"id": refused.id}, refused.reason)
            if outcome.documents:
                segment.set_doc_count(outcome.documents)
                found.append(segment)
        return found

    def _refuse(self, document: Document, reason: str) -> None:
        if self._on_refused is not None:
            self._on_refused(document, reason)

    # -- deleting

    def delete_terms(self, field: str, texts: Iterable[str]) -> int:
        """Delete every committed document that has one of ``texts`` in ``field``; how many."""
        terms = [text.encode("utf-8", "replace") for text in texts]
        count = 0
        for segment in self.segments:
            arrays = Segment(segment.path(self._folder))
            for document in _holding(arrays, field, terms):
                if not segment.is_deleted(document):
                    segment.delete_document(document)
                    count += 1
            arrays.close()
        return count

    # -- committing

    def commit(self, *, merge: bool = True, optimize: bool = False) -> None:
        """Make all that was taken in, and every deletion, visible in one step.

        With ``merge`` the segments of this commit become one, and a tier that is full is merged;
        with ``optimize`` all segments are, as far as they fit into one.
        """
        self._check_state()
        try:
            fresh = self._finish_segments()
            self._processes.close()
            segments = [*self.segments, *fresh]
            if optimize:
                segments = self._merged(segments, _all_groups(segments, always=True))
            elif merge:
                merged = self._merged(fresh, _all_groups(fresh))
                segments = [*self.segments, *merged]
                segments = self._merged(segments, _full_tiers(segments))
            for segment in segments:
                if segment not in self.segments:
                    sync(segment.path(self._folder))
            self._close_segment()
            self._commit_toc(segments)
        except BaseException:
            self._processes.close()
            self._cleanup_on_error()
            raise
        self._finish()

    def cancel(self) -> None:
        self._processes.close()
        super().cancel()

    def _merged(
        self, segments: Sequence[ArraySegment], groups: Sequence[Sequence[int]]
    ) -> list[ArraySegment]:
        """``segments`` with each group of them made into one, which stands where the first did."""
        taken = {index for group in groups for index in group}
        made = {group[0]: self._merge([segments[index] for index in group]) for group in groups}
        kept = [
            made.get(index) if index in taken else segment for index, segment in enumerate(segments)
        ]
        return [segment for segment in kept if segment is not None]

    def _merge(self, segments: Sequence[ArraySegment]) -> ArraySegment | None:
        """One segment of several; None where no document of them lives."""
        merged = ArraySegment(self.indexname)
        parts = [_part(segment, self._folder) for segment in segments]
        count = sum(part.documents for part in parts)
        if count:
            merging.merge(parts, merged.path(self._folder))
        for part, segment in zip(parts, segments, strict=True):
            part.segment.close()
            if segment not in self.segments:  # of this commit: nothing lists it yet
                segment.path(self._folder).unlink()
        merged.set_doc_count(count)
        return merged if count else None


def _holding(arrays: Segment, field: str, terms: Iterable[bytes]) -> list[int]:
    """The documents of a segment that have one of ``terms`` in ``field``."""
    found = arrays.fields.get(field)
    if found is None:
        return []
    ranks = [rank for term in terms if (rank := found.lexicon.find(term)) >= 0]
    return [
        number for rank in ranks for number in found.postings(rank, rank + 1).documents.tolist()
    ]


def _part(segment: ArraySegment, folder: Path) -> Part:
    arrays = Segment(segment.path(folder))
    living = np.ones(arrays.documents, bool)
    living[list(segment.deleted_docs())] = False
    return Part(arrays, living)


def _all_groups(segments: Sequence[ArraySegment], *, always: bool = False) -> list[list[int]]:
    """All segments, in groups that fit; ``always`` takes a single one too if it has deletions."""
    sizes = [segment.doc_count() for segment in segments]
    return [
        group
        for group in merging.fitting(range(len(segments)), sizes)
        if len(group) > 1 or (group and always and segments[group[0]].has_deletions())
    ]


def _full_tiers(segments: Sequence[ArraySegment]) -> list[list[int]]:
    """Tiers that are full, and each other segment of which more is deleted than lives."""
    groups = merging.tiers([segment.doc_count() for segment in segments])
    taken = {index for group in groups for index in group}
    return groups + [
        [index]
        for index, segment in enumerate(segments)
        if index not in taken and segment.deleted_count() > segment.doc_count()
    ]
