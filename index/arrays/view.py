"""One state of an index, open for reading: its segments, what of them lives, and what BM25F needs
to know of all of them together."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.arrays.codec import ArraySegment
from index.arrays.container import Array
from index.arrays.scoring import LENGTHS, Weighting, fields_of_rarity, norm, rarity, saturated
from index.arrays.segment import OVER, Column, Field, Postings, Segment
from index.remembering import Frequent

if TYPE_CHECKING:
    from whoosh.fields import Schema
    from whoosh.searching import Searcher

# Ids are read one by one up to so many.
_FEW = 100
# The table of a field is made for a word with so many postings: it takes two milliseconds, which a
# search from the command line would spend on each field, and these without it a tenth of one.
_FEW_POSTINGS = 20_000
# Ranks of words asked for before, a segment, and rarities: a few megabytes at the most.
_MOST_KEPT = 20_000
# Bytes of postings of words that are kept for the next query with the word, in all segments
# together: they take 10 each and save a frequent word most of its time.
_MOST_REMEMBERED = 44_000_000


class Impacts:
    """What BM25F gives a posting by its code, but for the rarity of its word."""

    def __init__(self, average_length: float, *, scored: bool) -> None:
        self.average_length = average_length
        self._norms = norm(LENGTHS, average_length)
        self._scored = scored

    def counts(self, frequencies: Array, lengths: Array) -> Array:
        """Frequencies beside how long the field is, for lengths as bytes."""
        tf = frequencies.astype(float)
        return tf / self._norms[lengths] if self._scored else tf

    def of(self, frequencies: Array, lengths: Array) -> Array:
        """For frequencies, and lengths as bytes."""
        return self.saturated(self.counts(frequencies, lengths))

    def saturated(self, counts: Array) -> Array:
        """What words give that count so often, once in this field alone or with others."""
        return saturated(counts) if self._scored else counts

    def counts_of(self, postings: Postings) -> Array:
        """Of each posting of a term what ``counts`` gives."""
        if postings.codes is None:
            return np.ones(len(postings))
        if len(postings) < _FEW_POSTINGS and "table" not in self.__dict__:
            found = self.counts(postings.codes >> 8, postings.codes & 0xFF)
        else:
            found = self.table.take(postings.codes)
        if len(postings.over_at):
            lengths = postings.codes[postings.over_at] & 0xFF
            found[postings.over_at] = self.counts(postings.over_frequencies, lengths)
        return found

    def of_postings(self, postings: Postings) -> Array:
        """For each posting of a term."""
        counts = self.counts_of(postings)
        return counts if postings.codes is None else self.saturated(counts)

    @cached_property
    def table(self) -> Array:
        """The counts for every code; a look-up takes a third of the time of the arithmetic."""
        codes = np.arange(1 << 16)
        table = self.counts(codes >> 8, codes & 0xFF)
        table[codes >> 8 == OVER] = 0.0
        return table


class Leaf:
    """One segment of a view. Its documents' numbers in the view begin at ``base``."""

    def __init__(
        self, segment: Segment, base: int, number: int, deleted: Sequence[int], most_remembered: int
    ) -> None:
        self.segment = segment
        self.base = base
        self.number = number
        self.documents = segment.documents
        self.fields: dict[str, Field] = segment.fields
        self.columns: dict[str, Column] = segment.columns
        self.living: Array | None = None
        if len(deleted):
            self.living = np.ones(self.documents, bool)
            self.living[list(deleted)] = False
        self._ranks: dict[tuple[str, bytes], int] = {}
        self._with_field: dict[str, Array] = {}
        # What queries matched here, as long as there is room for it; see ``search.execution``.
        self.remembered: Frequent[Any] = Frequent(most_remembered)

    def rank(self, field: str, term: bytes) -> int:
        """The rank of a term, -1 where no document has it."""
        rank = self._ranks.get((field, term))
        if rank is None:
            if len(self._ranks) > _MOST_KEPT:
                self._ranks.clear()
            rank = self.fields[field].lexicon.find(term) if field in self.fields else -1
            self._ranks[field, term] = rank
        return rank

    @cached_property
    def _all(self) -> Array:
        everything = np.arange(self.documents)
        return everything if self.living is None else everything[self.living]

    def all(self) -> Array:
        """The documents that live."""
        return self._all

    def with_field(self, field: Field) -> Array:
        """The documents with any term in a field."""
        found = self._with_field.get(field.name)
        if found is None:
            there = np.zeros(self.documents, bool)
            there[field.postings(0, len(field.lexicon)).documents] = True
            found = self._with_field[field.name] = np.flatnonzero(there)
        return found


class View:
    """The segments of one commit. Safe to share between threads: nothing of it ever changes but
    what is remembered, and that may be remembered twice."""

    def __init__(
        self,
        folder: Path,
        segments: Sequence[ArraySegment],
        schema: Schema,
        searcher: Callable[..., Searcher],
    ) -> None:
        self.schema = schema
        self.leaves: list[Leaf] = []
        base = 0
        opened = [Segment(segment.path(folder)) for segment in segments]
        ever = sum(arrays.documents for arrays in opened)
        for number, (segment, arrays) in enumerate(zip(segments, opened, strict=True)):
            most = _MOST_REMEMBERED * arrays.documents // max(ever, 1)
            leaf = Leaf(arrays, base, number, tuple(segment.deleted_docs()), most)
            self.leaves.append(leaf)
            base += leaf.documents
        self._bases = [leaf.base for leaf in self.leaves]
        self.documents_ever = base  # deleted ones too, until a merge leaves them out
        self._fields = {name: schema[name] for name in schema.names()}
        self._impacts: dict[str, Impacts] = {}
        self._weights: dict[tuple[str, bytes], float] = {}
        self._open_searcher = searcher
        self.whoosh = threading.Lock()  # one matcher of Whoosh's at a time

    def __len__(self) -> int:
        """How many documents live."""
        return sum(len(leaf.all()) for leaf in self.leaves)

    def bytes_of(self, fieldname: str, text: Any) -> bytes | None:
        """A word of a query as the term of a field; None where the field or the word cannot be."""
        if isinstance(text, bytes):
            return text
        field = self._fields.get(fieldname)
        if field is None:
            return None
        try:
            return bytes(field.to_bytes(text))
        except ValueError:
            return None

    def weight(self, fieldname: str, term: bytes) -> float:
        """The rarity of a term; one where the field is not scored."""
        if not self._fields[fieldname].scorable:
            return 1.0
        found = self._weights.get((fieldname, term))
        if found is None:
            if len(self._weights) > _MOST_KEPT:
                self._weights.clear()
            names = fields_of_rarity(fieldname)
            frequency = max(self.documents_with(name, term) for name in names)
            found = self._weights[fieldname, term] = rarity(self.documents_ever, frequency)
        return found

    def documents_with(self, fieldname: str, term: bytes) -> int:
        """How many documents have a term in a field, deleted ones too."""
        return sum(
            leaf.fields[fieldname].document_frequency(rank)
            for leaf in self.leaves
            if (rank := leaf.rank(fieldname, term)) >= 0
        )

    def impacts(self, fieldname: str) -> Impacts:
        found = self._impacts.get(fieldname)
        if found is None:
            length = sum(
                leaf.fields[fieldname].length for leaf in self.leaves if fieldname in leaf.fields
            )
            scored = bool(self._fields[fieldname].scorable)
            found = Impacts(length / (self.documents_ever or 1) or 1.0, scored=scored)
            self._impacts[fieldname] = found
        return found

    def counted(self, fieldname: str, term: bytes, document: int) -> tuple[int, int]:
        """How often a document has a term, and the length of its field as a byte; (0, 0) where it
        has none."""
        leaf = self._leaf_of(document)
        field = leaf.fields.get(fieldname)
        rank = leaf.rank(fieldname, term)
        if field is None or rank < 0:
            return 0, 0
        postings = field.postings(rank, rank + 1)
        number = document - leaf.base
        at = int(np.searchsorted(postings.documents, number))
        if at == len(postings) or postings.documents[at] != number:
            return 0, 0
        return int(field.frequencies(postings)[at]), int(field.lengths[number])

    def _leaf_of(self, document: int) -> Leaf:
        return self.leaves[bisect_right(self._bases, document) - 1]

    def stored_fields(self, document: int) -> dict[str, Any]:
        leaf = self._leaf_of(document)
        return leaf.segment.stored_fields(document - leaf.base)

    @cached_property
    def ids(self) -> Array:
        """The id of each document, as bytes."""
        parts = [
            np.array(list(column.values), np.bytes_)[column.codes]
            for leaf in self.leaves
            for column in (leaf.columns["stored id"],)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.bytes_)

    def ids_of(self, documents: Array) -> Array:
        """The id of each of ``documents``; to read a page of them takes no time, all of them does,
        which a search that is asked from the command line would feel."""
        if len(documents) > _FEW or "ids" in self.__dict__:
            found: Array = self.ids[documents]
            return found
        parts = [self._id_of(document) for document in documents.tolist()]
        return np.array(parts, np.bytes_) if parts else np.zeros(0, np.bytes_)

    def _id_of(self, document: int) -> bytes:
        leaf = self._leaf_of(document)
        return leaf.columns["stored id"].bytes_of(document - leaf.base)

    @cached_property
    def versions(self) -> Array:
        """Which version of each article was indexed."""
        parts = [leaf.columns["stored version"].numbers for leaf in self.leaves]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def leaves_with(self, ids: Iterable[str]) -> list[Leaf]:
        """The segments that hold any of the articles ``ids``."""
        wanted = np.isin(self.ids, np.array([id.encode() for id in ids], np.bytes_))
        return [
            leaf for leaf in self.leaves if wanted[leaf.base : leaf.base + leaf.documents].any()
        ]

    # -- Whoosh beside it

    @cached_property
    def searcher(self) -> Searcher:
        """A stock Whoosh searcher over the same segments, opened when first asked for."""
        return self._open_searcher(weighting=Weighting())

    def matcher(self, query: Any, leaf: Leaf) -> Any:
        """Whoosh's own matcher for ``query`` over one segment."""
        searcher = self.searcher
        searchers = searcher.leaf_searchers()
        context = searcher.context(needs_current=True)
        return query.matcher(searchers[leaf.number][0], context)

    def close(self) -> None:
        if "searcher" in self.__dict__:
            self.searcher.close()
        for leaf in self.leaves:
            leaf.segment.close()
