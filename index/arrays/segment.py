"""A segment: up to 65,536 articles in one file of arrays, read-only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays.container import Array, ArrayFile
from index.arrays.lexicon import Lexicon
from index.arrays.ranges import ranges

EXTENSION = ".arrays"
# A document's number is two bytes wide: half of a posting list is such numbers.
MOST_DOCUMENTS = 65_536
# A posting's code is its frequency in the high byte, the length of the field in the low one.
# Where the frequency does not fit it is this, and the true one stands in ``<field>.over_tf``.
OVER = 255


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term, or several that follow one another, stand: ``documents`` is sorted for one
    term; ``codes`` is None where every frequency is one and no length counts."""

    documents: Array
    codes: Array | None
    # Which postings have a frequency that fits no code, and what it is: mostly none.
    over_at: Array
    over_frequencies: Array

    def __len__(self) -> int:
        return len(self.documents)


class Field:
    """The postings of one field."""

    def __init__(self, file: ArrayFile, name: str, notes: dict[str, Any]) -> None:
        self._file = file
        self.name = name
        self.length = int(notes["length"])  # words in all articles together
        self.with_codes = f"{name}.codes" in file
        self.with_positions = f"{name}.positions" in file

    @property
    def wide_positions(self) -> bool:
        """Whether a position takes four bytes instead of two."""
        return self.position_stretch(0, 0).dtype == np.uint32

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self._file, self.name)

    @cached_property
    def starts(self) -> Array:
        """For each term the number of its first posting; one more at the end."""
        return self._file.array(f"{self.name}.starts")

    @cached_property
    def places(self) -> Array:
        """For each term the number of its first position; one more at the end."""
        return self._file.array(f"{self.name}.places")

    @cached_property
    def lengths(self) -> Array:
        """For each document the length of this field, as Whoosh rounds it to a byte."""
        return self._file.array(f"{self.name}.lengths")

    @cached_property
    def _over(self) -> tuple[Array, Array]:
        return self._file.array(f"{self.name}.over_at"), self._file.array(f"{self.name}.over_tf")

    def document_frequency(self, rank: int) -> int:
        return int(self.starts[rank + 1]) - int(self.starts[rank])

    def document_frequencies(self, ranks: Array) -> Array:
        """How many documents have each of the terms of ``ranks``."""
        starts, stops = self._stretches(ranks)
        found: Array = stops - starts
        return found

    def postings(self, low: int, high: int) -> Postings:
        """The postings of the terms from rank ``low`` to ``high``, one term after the other."""
        start, stop = int(self.starts[low]), int(self.starts[high])
        documents = self._file.part(f"{self.name}.documents", start, stop)
        codes = self._file.part(f"{self.name}.codes", start, stop) if self.with_codes else None
        at, frequencies = self._over
        if len(at):
            low, high = np.searchsorted(at, (start, stop))
            at, frequencies = at[low:high].astype(np.int64) - start, frequencies[low:high]
        return Postings(documents, codes, at, frequencies)

    def documents_of(self, ranks: Array) -> Array:
        """The documents of the terms of ``ranks``, one term after the other."""
        return self._file.parts(f"{self.name}.documents", *self._stretches(ranks))

    def postings_of(self, ranks: Array) -> Postings:
        """The postings of the terms of ``ranks``, one term after the other."""
        starts, stops = self._stretches(ranks)
        codes = self._file.parts(f"{self.name}.codes", starts, stops) if self.with_codes else None
        at, frequencies = self._over
        low, high = np.searchsorted(at, starts), np.searchsorted(at, stops)
        over = ranges(low, high - low)
        begins = np.cumsum(stops - starts) - (stops - starts)
        moved = np.repeat(begins - starts, high - low)
        return Postings(self.documents_of(ranks), codes, at[over] + moved, frequencies[over])

    def _stretches(self, ranks: Array) -> tuple[Array, Array]:
        """The first posting of each of the terms, and the first behind its last."""
        return self.starts[ranks].astype(np.int64), self.starts[ranks + 1].astype(np.int64)

    def frequencies(self, postings: Postings) -> Array:
        """How often the term stands in each document of ``postings``."""
        if postings.codes is None:
            return np.ones(len(postings), np.int64)
        found = (postings.codes >> 8).astype(np.int64)
        found[postings.over_at] = postings.over_frequencies
        return found

    def positions(self, rank: int) -> Array:
        """The positions of a term, document after document."""
        return self.position_stretch(int(self.places[rank]), int(self.places[rank + 1]))

    def position_stretch(self, start: int, stop: int) -> Array:
        return self._file.part(f"{self.name}.positions", start, stop)


class Column:
    """A value for each document: numbers (``numbers``, ``present``), or ``codes`` into a list of
    distinct byte strings, of which the first is the empty one."""

    def __init__(self, file: ArrayFile, name: str, kind: str) -> None:
        self._file = file
        self.name = name
        self.kind = kind

    @cached_property
    def numbers(self) -> Array:
        return self._file.array(f"={self.name}.numbers")

    @cached_property
    def present(self) -> Array:
        """Whether a document has a value at all."""
        return self._file.array(f"={self.name}.present").view(bool)

    @cached_property
    def codes(self) -> Array:
        return self._file.array(f"={self.name}.codes")

    @cached_property
    def values(self) -> Lexicon:
        """The distinct byte strings, sorted."""
        return Lexicon(self._file, f"={self.name}")

    def bytes_of(self, document: int) -> bytes:
        return self.values[int(self.codes[document])]

    def numbers_of(self, documents: Array) -> tuple[Array, Array]:
        """The 32-bit numbers that the values of ``documents`` are made of, as all values are here:
        how many each has, and all of them, one after the other."""
        return self.values.numbers(self.codes[documents])


class Segment:
    """An open segment."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        notes = self.file.notes
        self.documents = int(notes["documents"])
        self.fields = {
            name: Field(self.file, name, about) for name, about in notes["fields"].items()
        }
        self.columns = {
            name: Column(self.file, name, kind) for name, kind in notes["columns"].items()
        }
        self.stored: tuple[str, ...] = tuple(notes["stored"])

    @cached_property
    def _stored(self) -> list[tuple[str, Column]]:
        return [(name, self.columns[f"stored {name}"]) for name in self.stored]

    def stored_fields(self, document: int) -> dict[str, Any]:
        """The stored values of a document, by field."""
        found: dict[str, Any] = {}
        for name, column in self._stored:
            if column.kind == "number":
                if column.present[document]:
                    found[name] = int(column.numbers[document])
            elif value := column.bytes_of(document):
                found[name] = value.decode()
        return found

    def close(self) -> None:
        self.file.close()
