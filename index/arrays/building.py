"""Articles to a segment: whole batches are cut, counted and sorted at once.

``SegmentBuilder.add`` looks up a number for each piece of text and keeps nothing else of it;
``write`` makes every posting of the batch in a handful of sorts. A field that ``index.analysis``
does not cut (keys, ids, numbers) gives few terms, which are taken one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import analysis, columns, fields, formats
from whoosh.util.numeric import byte_to_length

from index.arrays import lexicon
from index.arrays.container import Array, ArrayWriter
from index.arrays.segment import OVER
from index.arrays.vocabulary import MOST_CHUNKS, NO_TERM, SEPARATOR_CHUNK, Vocabulary
from index.schema import GAP, Kind, NewsAnalyzer

_MOST_KNOWN = 20_000  # values of a field whose terms are remembered
_LONGEST_LENGTH = 106_374  # Whoosh rounds every longer field to the same byte
_DOCUMENT_BITS, _POSITION_BITS = 16, 27

# Whoosh's ``length_to_byte`` for every length at once.
_ROUNDED = np.searchsorted(
    [byte_to_length(n) for n in range(256)], np.arange(_LONGEST_LENGTH + 1)
).astype(np.uint8)


@dataclass(slots=True)
class _Texts:
    """What the documents of a batch have in a field of running text."""

    kind: Kind
    positions: bool
    chunks: array[int] = field(default_factory=lambda: array("I"))
    sizes: array[int] = field(default_factory=lambda: array("I"))
    documents: array[int] = field(default_factory=lambda: array("I"))

    def same_text(self, other: _Texts) -> bool:
        mine = (self.chunks, self.sizes, self.documents)
        return mine == (other.chunks, other.sizes, other.documents)


@dataclass(slots=True)
class _Terms:
    """What the documents of a batch have in a field whose terms are taken one by one."""

    positions: bool
    numbers: dict[bytes, int] = field(default_factory=dict)
    terms: array[int] = field(default_factory=lambda: array("I"))
    documents: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("I"))

    def add(self, document: int, term: bytes, places: list[int]) -> None:
        number = self.numbers.setdefault(term, len(self.numbers))
        for place in places:
            self.terms.append(number)
            self.documents.append(document)
            self.places.append(place)


@dataclass(slots=True)
class _Values:
    """A value for some documents of a batch: numbers, or bytes."""

    kind: str
    documents: array[int] = field(default_factory=lambda: array("I"))
    numbers: array[int] = field(default_factory=lambda: array("q"))
    texts: list[bytes] = field(default_factory=list)

    def add(self, document: int, value: int | bytes) -> None:
        self.documents.append(document)
        if isinstance(value, int):
            self.numbers.append(value)
        else:
            self.texts.append(value)


class SegmentBuilder:
    """Takes documents in and writes them as one segment; the vocabulary lives on from segment to
    segment. What it keeps grows with the text: whoever uses it bounds the batch."""

    def __init__(self, schema: fields.Schema) -> None:
        self._schema = schema
        self._vocabulary = Vocabulary()
        self._plans = {name: _plan(name, schema[name]) for name in schema.names()}
        self._clear()

    def _clear(self) -> None:
        self.documents = 0
        self._texts: dict[str, _Texts] = {}
        self._terms: dict[str, _Terms] = {}
        self._values: dict[str, _Values] = {}
        if len(self._vocabulary) > MOST_CHUNKS:
            self._vocabulary = Vocabulary()

    def check(self, document: Mapping[str, Any]) -> None:
        """Raise what ``add`` would raise."""
        for name, value in document.items():
            if value is not None:
                _checked(self._plans[name], self._schema[name], value)

    def add(self, document: Mapping[str, Any]) -> None:
        """Take a document in, or raise and leave no trace of it."""
        steps = [
            (self._plans[name], name, value, _checked(self._plans[name], self._schema[name], value))
            for name, value in document.items()
            if value is not None
        ]
        known: dict[str, array[int]] = {}
        for plan, name, value, checked in steps:
            if plan.kind is not None:
                if value not in known:
                    known[value] = self._vocabulary.chunks(value)
                self._add_text(name, plan, known[value])
            self._add_others(name, plan, value, checked)
        self.documents += 1

    def _add_text(self, name: str, plan: _Plan, chunks: array[int]) -> None:
        if plan.kind is None:
            return
        texts = self._texts.get(name)
        if texts is None:
            texts = self._texts[name] = _Texts(plan.kind, plan.positions)
        texts.chunks.extend(chunks)
        texts.sizes.append(len(chunks))
        texts.documents.append(self.documents)

    def _add_others(
        self, name: str, plan: _Plan, value: Any, checked: list[tuple[bytes, list[int]]]
    ) -> None:
        if checked:
            terms = self._terms.get(name)
            if terms is None:
                terms = self._terms[name] = _Terms(plan.positions)
            for term, places in checked:
                terms.add(self.documents, term, places)
        if plan.number:
            self._value(name, "number", int(value))
        elif plan.column:
            self._value(name, "bytes", value)
        if plan.stored:
            stored = value if isinstance(value, int) else value.encode()
            self._value(f"stored {name}", "number" if isinstance(value, int) else "bytes", stored)

    def _value(self, name: str, kind: str, value: int | bytes) -> None:
        values = self._values.get(name)
        if values is None:
            values = self._values[name] = _Values(kind)
        values.add(self.documents, value)

    # -- writing

    def write(self, path: Path) -> int:
        """Write what was taken in as a segment, sync it, and begin anew; how many documents."""
        with ArrayWriter(path) as writer:
            about: dict[str, Any] = {}
            ranks, text = self._vocabulary.ranks() if self._texts else (np.zeros(0), [])
            latest: tuple[_Texts, Array, Array] | None = None
            for name in sorted({*self._texts, *self._terms, *self._numbers()}):
                if name in self._texts:
                    latest = self._words(self._texts[name], latest)
                    keys = self._keys(*latest, ranks)
                    about[name] = write_field(
                        writer, name, keys, text, self.documents,
                        positions=self._texts[name].positions, scored=True,
                    )  # fmt: skip
                else:
                    about[name] = self._write_terms(writer, name)
            for name, values in self._values.items():
                _write_values(writer, name, values, self.documents)
            kinds = {name: values.kind for name, values in self._values.items()}
            stored = [name.split(" ", 1)[1] for name in kinds if name.startswith("stored ")]
            writer.finish(
                {"documents": self.documents, "fields": about, "columns": kinds, "stored": stored}
            )
        count = self.documents
        self._clear()
        return count

    def _numbers(self) -> list[str]:
        return [name for name in self._values if name in self._plans and self._plans[name].number]

    def _words(
        self, texts: _Texts, latest: tuple[_Texts, Array, Array] | None
    ) -> tuple[_Texts, Array, Array]:
        """The words of a field, and (document << position bits | position) of each.

        Two fields in a row of the same text, as written and stemmed, share the work.
        """
        if latest is not None and latest[0].same_text(texts):
            return texts, latest[1], latest[2]
        chunks = np.frombuffer(texts.chunks, np.uint32)
        counts = self._vocabulary.counts()[chunks]
        words = self._vocabulary.expanded(chunks, counts)
        sizes = np.frombuffer(texts.sizes, np.uint32)
        # Where the first word of each chunk stands: all words before it, and a gap for each sign
        # before it, less what was before its text began.
        words_before = np.cumsum(counts, dtype=np.int64) - counts
        signs = chunks == SEPARATOR_CHUNK
        standing = words_before + GAP * (np.cumsum(signs) - signs)
        begun = np.append(standing, 0)[np.cumsum(sizes, dtype=np.int64) - sizes]
        standing -= np.repeat(begun, sizes)
        documents = np.frombuffer(texts.documents, np.uint32).astype(np.int64)
        standing += np.repeat(documents << _POSITION_BITS, sizes)
        places = np.repeat(standing - words_before, counts)
        places += np.arange(len(words))
        return texts, words, places.astype(np.uint64)

    def _keys(self, texts: _Texts, words: Array, places: Array, ranks: Array) -> Array:
        """A sort key for each posting: term, document, position."""
        shift = np.uint64(_DOCUMENT_BITS + _POSITION_BITS)
        first, second = self._vocabulary.terms(texts.kind)
        found: list[Array] = []
        for numbers in (first[words], second[words]):
            if (there := numbers != NO_TERM).all():
                found.append((ranks[numbers].astype(np.uint64) << shift) | places)
            elif there.any():
                found.append((ranks[numbers[there]].astype(np.uint64) << shift) | places[there])
        keys = np.concatenate(found) if len(found) != 1 else found[0]
        keys.sort()
        return keys

    def _write_terms(self, writer: ArrayWriter, name: str) -> dict[str, Any]:
        scored = bool(self._schema[name].scorable)
        if name in self._terms:
            terms = self._terms[name]
            text = sorted(terms.numbers)
            ranks = np.empty(len(text), np.uint64)
            ranks[[terms.numbers[term] for term in text]] = np.arange(len(text), dtype=np.uint64)
            keys = ranks[np.frombuffer(terms.terms, np.uint32)] << np.uint64(
                _DOCUMENT_BITS + _POSITION_BITS
            )
            keys |= np.frombuffer(terms.documents, np.uint32).astype(np.uint64) << np.uint64(
                _POSITION_BITS
            )
            keys |= np.frombuffer(terms.places, np.uint32)
            positions = terms.positions
        else:
            keys, text = self._number_keys(name)
            positions = False
        keys.sort()
        return write_field(
            writer, name, keys, text, self.documents, positions=positions, scored=scored
        )

    def _number_keys(self, name: str) -> tuple[Array, list[bytes]]:
        """The terms of numbers as Whoosh makes them: each value at several resolutions."""
        values, kind = self._values[name], self._schema[name]
        documents = np.frombuffer(values.documents, np.uint32).astype(np.uint64)
        numbers = np.frombuffer(values.numbers, np.int64).astype(np.uint64)
        if kind.signed:
            numbers = numbers + np.uint64(1 << (kind.bits - 1))  # wraps, as it should
            numbers &= np.uint64((1 << kind.bits) - 1)
        text: list[bytes] = []
        keys: list[Array] = []
        for shift in range(0, kind.bits, kind.shift_step or kind.bits):
            distinct, which = np.unique(numbers >> np.uint64(shift), return_inverse=True)
            ranks = (which + len(text)).astype(np.uint64)
            keys.append(
                ranks << np.uint64(_DOCUMENT_BITS + _POSITION_BITS)
                | documents << np.uint64(_POSITION_BITS)
            )
            text += [kind.sortable_to_bytes(number << shift, shift) for number in distinct.tolist()]
        return np.concatenate(keys), text


# -- what becomes of a field's value


@dataclass(frozen=True, slots=True)
class _Plan:
    """``kind`` where the text is cut by the vocabulary; the others say what else is kept."""

    kind: Kind | None
    positions: bool
    number: bool
    column: bool
    stored: bool
    known: dict[Any, list[tuple[bytes, list[int]]]] = field(default_factory=dict)


def _plan(name: str, about: fields.FieldType) -> _Plan:
    if about.vector:
        raise ValueError(f"the field {name} has vectors, which are not kept")
    number = isinstance(about, fields.NUMERIC)
    if number and about.numtype is not int:
        raise ValueError(f"the field {name} has numbers that are not whole")
    by_words = isinstance(about.analyzer, NewsAnalyzer) and about.format is not None
    column = about.column_type is not None and not number
    if column and not isinstance(about.column_type, columns.VarBytesColumn):
        raise ValueError(f"the field {name} has a column of a kind that is not kept")
    return _Plan(
        kind=about.analyzer.kind if by_words else None,
        positions=about.format is not None and bool(about.format.supports("positions")),
        number=number,
        column=column,
        stored=bool(about.stored),
    )


def _checked(plan: _Plan, about: fields.FieldType, value: Any) -> list[tuple[bytes, list[int]]]:
    """The terms of a value and their places, as far as they are not left to the vocabulary.

    Raises whatever is wrong with the value: its document is refused before a part of it is taken.
    """
    if plan.kind is not None:
        if not isinstance(value, str):
            raise TypeError(f"{value!r} is no text")
        value.encode()
        return []
    if plan.number:
        about.prepare_number(value)
        return []
    if plan.column and not isinstance(value, bytes):
        raise TypeError(f"{value!r} is not bytes")
    if plan.stored and not isinstance(value, int | str):
        raise TypeError(f"{value!r} is neither a whole number nor text")
    if about.format is None:
        return []
    if type(about.analyzer) is analysis.IDTokenizer and isinstance(about.format, formats.Existence):
        return [(value.encode(), [0])]
    # An author or a tag comes with many articles: its terms are found once.
    found = plan.known.get(value)
    if found is None:
        if len(plan.known) > _MOST_KNOWN:
            plan.known.clear()
        found = plan.known[value] = _indexed(plan, about, value)
    return found


def _indexed(plan: _Plan, about: fields.FieldType, value: Any) -> list[tuple[bytes, list[int]]]:
    """The terms of a value as Whoosh's own field gives them."""
    found: list[tuple[bytes, list[int]]] = []
    for term, frequency, weight, encoded in about.index(value):
        if weight != frequency:
            raise ValueError("a boost on a word of a document is not kept")
        places = about.format.decode_positions(encoded) if plan.positions else [0] * frequency
        found.append((term, places))
    return found


# -- sorted keys to the arrays of a field


def write_field(
    writer: ArrayWriter,
    name: str,
    keys: Array,
    text: list[bytes],
    documents: int,
    *,
    positions: bool,
    scored: bool,
) -> dict[str, Any]:
    """Write the postings that the sorted ``keys`` stand for; ``text`` has the term of each rank.

    Gives what is noted about the field.
    """
    postings = keys >> np.uint64(_POSITION_BITS)
    starts = _changes(postings)
    found = postings[starts]
    del postings
    numbers = (found & np.uint64((1 << _DOCUMENT_BITS) - 1)).astype(np.uint16)
    ranks = (found >> np.uint64(_DOCUMENT_BITS)).astype(np.uint32)
    frequencies = np.diff(starts, append=len(keys))
    firsts = _changes(ranks)
    lexicon.write(writer, name, [text[rank] for rank in ranks[firsts].tolist()])
    writer.add(f"{name}.starts", np.append(firsts, len(ranks)).astype(np.uint32))
    if positions:
        write_positions(writer, name, keys, np.append(starts[firsts], len(keys)))
    lengths = np.zeros(documents, np.int64)
    if scored:
        lengths = np.bincount(numbers, frequencies, documents).astype(np.int64)
        writer.add(f"{name}.lengths", rounded(lengths))
    write_postings(writer, name, numbers, frequencies, lengths if scored else None)
    return {"length": int(lengths.sum())}


def rounded(lengths: Array) -> Array:
    """Lengths of fields as Whoosh keeps them, in a byte."""
    return _ROUNDED[np.minimum(lengths, _LONGEST_LENGTH)]


def write_positions(writer: ArrayWriter, name: str, keys: Array, places: Array) -> None:
    """Write positions in the narrowest type that holds them all."""
    found = keys & np.uint64((1 << _POSITION_BITS) - 1)
    narrow = not len(found) or int(found.max()) < 1 << 16
    writer.add(f"{name}.positions", found.astype(np.uint16 if narrow else np.uint32))
    writer.add(f"{name}.places", places.astype(np.uint32))


def write_postings(
    writer: ArrayWriter, name: str, numbers: Array, frequencies: Array, lengths: Array | None
) -> None:
    """Write document numbers, and codes unless they would all say the same."""
    writer.add(f"{name}.documents", numbers)
    over = np.flatnonzero(frequencies >= OVER)
    if lengths is not None or (frequencies > 1).any():
        codes = np.minimum(frequencies, OVER).astype(np.uint16) << np.uint16(8)
        if lengths is not None:
            codes |= rounded(lengths)[numbers]
        writer.add(f"{name}.codes", codes)
    writer.add(f"{name}.over_at", over.astype(np.uint32))
    writer.add(f"{name}.over_tf", frequencies[over].astype(np.uint32))


def _changes(sorted_values: Array) -> Array:
    """Where a run of equal values begins."""
    if not len(sorted_values):
        return np.zeros(0, np.int64)
    return np.concatenate(([0], np.flatnonzero(sorted_values[1:] != sorted_values[:-1]) + 1))


def _write_values(writer: ArrayWriter, name: str, values: _Values, documents: int) -> None:
    there = np.frombuffer(values.documents, np.uint32)
    if values.kind == "number":
        numbers = np.zeros(documents, np.int64)
        present = np.zeros(documents, np.uint8)
        numbers[there], present[there] = np.frombuffer(values.numbers, np.int64), 1
        write_numbers(writer, name, numbers, present)
    else:
        distinct = sorted({b"", *values.texts})
        number = {value: rank for rank, value in enumerate(distinct)}
        codes = np.zeros(documents, np.uint32)
        codes[there] = [number[value] for value in values.texts]
        write_bytes(writer, name, codes, distinct)


def write_numbers(writer: ArrayWriter, name: str, numbers: Array, present: Array) -> None:
    writer.add(f"={name}.numbers", numbers)
    writer.add(f"={name}.present", present)


def write_bytes(writer: ArrayWriter, name: str, codes: Array, distinct: list[bytes]) -> None:
    narrow = len(distinct) <= 1 << 16
    writer.add(f"={name}.codes", codes.astype(np.uint16 if narrow else np.uint32))
    lexicon.write(writer, f"={name}", distinct)
