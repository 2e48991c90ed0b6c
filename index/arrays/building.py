"""Articles to a segment: whole batches are cut, counted and sorted at once.

``SegmentBuilder.add`` keeps of a text the numbers of its words (``running``); ``write`` makes every
posting of the batch in a handful of sorts. A field that ``index.analysis`` does not cut (keys, ids,
numbers) gives few terms, which are taken one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields

from index.arrays import lexicon
from index.arrays.container import Array, ArrayWriter
from index.arrays.planning import Plan, checked, planned
from index.arrays.postings import POSITION_BITS, TERM_SHIFT, write_field
from index.arrays.running import RunningText
from index.arrays.vocabulary import NO_RANK, Ranked, Vocabulary
from index.schema import Kind

# Texts whose sort keys are made at once: their arrays stay in the processor's cache.
_TEXTS = 256


@dataclass(slots=True)
class _Texts:
    """What the documents of a batch have in a field of running text, by the texts' numbers."""

    kind: Kind
    positions: bool
    texts: array[int] = field(default_factory=lambda: array("I"))
    documents: array[int] = field(default_factory=lambda: array("I"))


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


# A field's name, its plan, its value, and the terms of that with their places.
_Step = tuple[str, Plan, Any, list[tuple[bytes, list[int]]]]


class SegmentBuilder:
    """Takes documents in and writes them as one segment; the vocabulary lives on from segment to
    segment. What it keeps grows with the text: whoever uses it bounds the batch."""

    def __init__(self, schema: fields.Schema) -> None:
        self._schema = schema
        self._vocabulary = Vocabulary()
        self._plans = {name: planned(name, schema[name]) for name in schema.names()}
        self._clear()

    def _clear(self) -> None:
        self.documents = 0
        self._texts: dict[str, _Texts] = {}
        self._terms: dict[str, _Terms] = {}
        self._values: dict[str, _Values] = {}
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        self._running = RunningText(self._vocabulary)

    def check(self, document: Mapping[str, Any]) -> None:
        """Raise what ``add`` would raise."""
        self._checked(document)

    def _checked(self, document: Mapping[str, Any]) -> tuple[list[_Step], dict[str, bytes]]:
        """The values of a document, and each of its running texts once."""
        steps = [
            (name, self._plans[name], value, checked(self._plans[name], self._schema[name], value))
            for name, value in document.items()
            if value is not None
        ]
        texts = {value for _, plan, value, _ in steps if plan.kind is not None}
        return steps, {text: text.encode() for text in texts}

    def add(self, document: Mapping[str, Any]) -> None:
        """Take a document in, or raise and leave no trace of it."""
        steps, texts = self._checked(document)
        numbers = {text: self._running.add(content) for text, content in texts.items()}
        for name, plan, value, terms in steps:
            if plan.kind is not None:
                self._add_text(name, plan, plan.kind, numbers[value])
            self._add_others(name, plan, value, terms)
        self.documents += 1

    def _add_text(self, name: str, plan: Plan, kind: Kind, text: int) -> None:
        texts = self._texts.get(name)
        if texts is None:
            texts = self._texts[name] = _Texts(kind, plan.positions)
        texts.texts.append(text)
        texts.documents.append(self.documents)

    def _add_others(
        self, name: str, plan: Plan, value: Any, checked: list[tuple[bytes, list[int]]]
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
        """Write what was taken in as a segment, and begin anew; how many documents."""
        self._running.finish()
        with ArrayWriter(path) as writer:
            about = {
                name: self._write_texts(writer, name, self._texts[name])
                if name in self._texts
                else self._write_terms(writer, name)
                for name in sorted({*self._texts, *self._terms, *self._numbers()})
            }
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

    def _write_texts(self, writer: ArrayWriter, name: str, texts: _Texts) -> dict[str, Any]:
        numbers = np.frombuffer(texts.texts, np.uint32)
        documents = np.frombuffer(texts.documents, np.uint32)
        ranked = self._vocabulary.ranked(texts.kind, self._running.words(numbers))
        found = array("Q")
        for low in range(0, len(numbers), _TEXTS):
            for keys in self._keys(
                numbers[low : low + _TEXTS], documents[low : low + _TEXTS], ranked
            ):
                found.frombytes(keys.view(np.uint8).data)
        keys = np.frombuffer(found, np.uint64)
        keys.sort()
        return write_field(
            writer, name, keys, ranked.terms, self.documents,
            positions=texts.positions, scored=True,
        )  # fmt: skip

    def _keys(self, texts: Array, documents: Array, ranked: Ranked) -> Iterator[Array]:
        """The sort keys of texts, each of which is in one document: term, document, position."""
        words = self._running.words(texts)
        standing = documents.astype(np.uint64) << np.uint64(POSITION_BITS)
        places = np.repeat(standing, self._running.sizes(texts)) | self._running.places(texts)
        for ranks in (ranked.first, ranked.second):
            found = ranks.take(words)  # by anything but a numpy.intp [] takes three times as long
            there = found != NO_RANK
            if there.all():
                yield (found.astype(np.uint64) << TERM_SHIFT) | places
            elif there.any():
                yield (found[there].astype(np.uint64) << TERM_SHIFT) | places[there]

    def _write_terms(self, writer: ArrayWriter, name: str) -> dict[str, Any]:
        scored = bool(self._schema[name].scorable)
        if name in self._terms:
            terms = self._terms[name]
            text = sorted(terms.numbers)
            ranks = np.empty(len(text), np.uint64)
            ranks[[terms.numbers[term] for term in text]] = np.arange(len(text), dtype=np.uint64)
            keys = ranks[np.frombuffer(terms.terms, np.uint32)] << TERM_SHIFT
            keys |= np.frombuffer(terms.documents, np.uint32).astype(np.uint64) << np.uint64(
                POSITION_BITS
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
            keys.append(ranks << TERM_SHIFT | documents << np.uint64(POSITION_BITS))
            text += [kind.sortable_to_bytes(number << shift, shift) for number in distinct.tolist()]
        return np.concatenate(keys), text


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
