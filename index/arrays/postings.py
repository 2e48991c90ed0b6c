"""Sorted keys to the arrays of a field.

A key is the rank of a term, a document and a position, one above the other in 64 bits: sorting
keys is all the work there is. They are read in stretches that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.util.numeric import byte_to_length

from index.arrays import lexicon
from index.arrays.container import Array, ArrayWriter
from index.arrays.segment import OVER

POSITION_BITS = 27
TERM_SHIFT = np.uint64(16 + POSITION_BITS)
_DOCUMENT = np.uint64(0xFFFF)
_POSITION = np.uint64((1 << POSITION_BITS) - 1)
_STRETCH = 1 << 17
_LONGEST_LENGTH = 106_374  # Whoosh rounds every longer field to the same byte

# Whoosh's ``length_to_byte`` for every length at once.
_ROUNDED = np.searchsorted(
    [byte_to_length(n) for n in range(256)], np.arange(_LONGEST_LENGTH + 1)
).astype(np.uint8)


def write_field(
    writer: ArrayWriter,
    name: str,
    keys: Array,
    terms: list[bytes],
    documents: int,
    *,
    positions: bool,
    scored: bool,
) -> dict[str, Any]:
    """Write the postings that the sorted ``keys`` stand for, of ``terms``, none of them without.

    Gives what is noted about the field.
    """
    starts, numbers, firsts = _postings(keys)
    lexicon.write(writer, name, terms)
    writer.add(f"{name}.starts", np.append(firsts, np.uint32(len(numbers))))
    if positions:
        _write_positions(writer, name, keys)
        writer.add(f"{name}.places", np.append(starts[firsts], np.uint32(len(keys))))
    frequencies = np.diff(starts, append=np.uint32(len(keys)))
    lengths = None
    if scored:
        lengths = _lengths(numbers, frequencies, documents)
        writer.add(f"{name}.lengths", rounded(lengths))
    _write_postings(writer, name, numbers, frequencies, lengths)
    return {"length": 0 if lengths is None else int(lengths.sum())}


def _postings(keys: Array) -> tuple[Array, Array, Array]:
    """The first key of each posting, its document, and the first posting of each term."""
    starts: list[Array] = [np.zeros(0, np.uint32)]
    numbers: list[Array] = [np.zeros(0, np.uint16)]
    firsts: list[Array] = [np.zeros(0, np.uint32)]
    count, last = 0, ~np.uint64(0)
    for low in range(0, len(keys), _STRETCH):
        postings = keys[low : low + _STRETCH] >> np.uint64(POSITION_BITS)
        at = np.flatnonzero(_changes(postings, last))
        postings = postings[at]
        terms = postings >> np.uint64(16)
        starts.append((at + low).astype(np.uint32))
        numbers.append((postings & _DOCUMENT).astype(np.uint16))
        firsts.append(
            (np.flatnonzero(_changes(terms, last >> np.uint64(16))) + count).astype(np.uint32)
        )
        count += len(at)
        last = postings[-1] if len(postings) else last
    return np.concatenate(starts), np.concatenate(numbers), np.concatenate(firsts)


def _changes(values: Array, last: np.uint64) -> Array:
    """Whether each value differs from the one before it; ``last`` stands before the first."""
    found = np.empty(len(values), bool)
    found[:1] = values[:1] != last
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def rounded(lengths: Array) -> Array:
    """Lengths of fields as Whoosh keeps them, in a byte."""
    return _ROUNDED[np.minimum(lengths, _LONGEST_LENGTH)]


def _lengths(numbers: Array, frequencies: Array, documents: int) -> Array:
    found = np.zeros(documents, np.int64)
    for low in range(0, len(numbers), _STRETCH):
        part = slice(low, low + _STRETCH)
        found += np.bincount(numbers[part], frequencies[part], documents).astype(np.int64)
    return found


def _write_positions(writer: ArrayWriter, name: str, keys: Array) -> None:
    """Write positions in the narrowest type that holds them all."""

    def stretches() -> Iterator[Array]:
        for low in range(0, len(keys), _STRETCH):
            yield keys[low : low + _STRETCH] & _POSITION

    narrow = all(int(stretch.max()) < 1 << 16 for stretch in stretches())
    dtype = np.dtype(np.uint16 if narrow else np.uint32)
    writer.add_parts(f"{name}.positions", dtype, stretches())


def _write_postings(
    writer: ArrayWriter, name: str, numbers: Array, frequencies: Array, lengths: Array | None
) -> None:
    """Write document numbers, and codes unless they would all say the same."""
    writer.add(f"{name}.documents", numbers)
    over = np.flatnonzero(frequencies >= OVER)
    if lengths is not None or (frequencies > 1).any():
        codes = np.minimum(frequencies, OVER).astype(np.uint16) << np.uint16(8)
        if lengths is not None:
            codes |= rounded(lengths).take(numbers)
        writer.add(f"{name}.codes", codes)
    writer.add(f"{name}.over_at", over.astype(np.uint32))
    writer.add(f"{name}.over_tf", frequencies[over])
