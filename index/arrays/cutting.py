"""Bytes of text to chunks: where white space and signs part them, and what number each chunk is.

A chunk of up to sixteen bytes is two numbers, and they are all of it: comparing chunks is
comparing numbers, for a whole page of text at once.
"""

from __future__ import annotations

import numpy as np

from index.analysis import APART
from index.arrays.container import Array

_HALF, _LONGEST = 8, 16
# No chunk holds a byte 255: the key of numbers without a pair, such as 0, which marks a free slot.
_NO_KEY = np.uint64(0xFFFFFFFFFFFFFFFF)
_FREE = 0
# What every chunk of more than sixteen bytes is to the table: it is told apart elsewhere.
LONG = 1
# Multipliers of the hash: any odd numbers with many bits do.
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_SMALLEST_BITS = 16

# For each length the bits of a number that are text, when eight bytes are read.
_TEXT = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)

# What a byte is to ``plain_words``: a letter or a figure, a sign between words, or anything else,
# such as a sign that belongs to a word (C++, C#) and a byte of a letter that is not of ASCII.
_SIGN, _PLAIN, _OTHER = range(3)
_KINDS = np.array(
    [
        _OTHER if byte > 0x7F or byte in b"+#" else _PLAIN if chr(byte).isalnum() else _SIGN
        for byte in range(256)
    ],
    np.uint8,
)

# Signs that are part of no word, as blanks.
_BLANKED = bytes(0x20 if chr(byte) in APART else byte for byte in range(256))


def blanked(text: bytearray) -> bytearray:
    """``text`` with blanks for the signs that part words wherever they stand: a third of all chunks
    would differ from others only by these, and by a comma at their end."""
    return text.translate(_BLANKED)


def cut(text: bytes | bytearray) -> tuple[Array, Array]:
    """Where each chunk of ``text`` starts, and how many bytes it has.

    White space is every byte up to the blank, except the separator 0x1f of a field's parts, which
    must stand alone between blanks; a comma before white space belongs to it. None of them is ever
    part of a word, so no word is cut.
    """
    content = np.frombuffer(text, np.uint8)
    white = np.ones(len(content) + 2, bool)
    here, behind = white[1:-1], white[2:]
    np.less_equal(content, 0x20, out=here)
    here &= content != 0x1F
    here |= (content == 0x2C) & behind
    edges = np.flatnonzero(white[1:] != white[:-1])
    starts = edges[::2]
    return starts, edges[1::2] - starts


def leading(text: bytes | bytearray, starts: Array, lengths: Array) -> Array:
    """The first eight bytes of stretches of ``text`` as numbers, the first byte lowest.

    A stretch of less has zeros for the rest; behind the last one eight bytes of anything stand.
    """
    windows: Array = np.ndarray((max(len(text) - 7, 0),), "<u8", text, 0, (1,))
    found: Array = windows[starts]
    found &= _TEXT.take(lengths, mode="clip")
    return found


def keys(text: bytes | bytearray, starts: Array, lengths: Array) -> tuple[Array, Array]:
    """The two numbers that each chunk of up to sixteen bytes is; zeros for the longer ones.

    Behind the last chunk sixteen bytes of anything stand.
    """
    lengths = np.where(lengths > _LONGEST, 0, lengths)
    more = np.flatnonzero(lengths > _HALF)
    second = np.zeros(len(starts), np.uint64)
    second[more] = leading(text, starts[more] + _HALF, lengths[more] - _HALF)
    return leading(text, starts, lengths), second


def plain_words(text: bytes | bytearray, starts: Array, lengths: Array) -> tuple[Array, Array]:
    """From where to where each chunk has its one word, where that is letters and figures of ASCII
    with other signs around it, none of which can be part of a word; else twice the same.

    Behind the last chunk sixteen bytes of anything stand.
    """
    windows: Array = np.ndarray((len(text) - _LONGEST + 1, _LONGEST), np.uint8, text, 0, (1, 1))
    kinds = _KINDS.take(windows[starts])
    kinds[np.arange(_LONGEST) >= lengths[:, None]] = _SIGN
    plain = kinds == _PLAIN
    first = plain.argmax(axis=1)
    last = _LONGEST - plain[:, ::-1].argmax(axis=1)
    single = plain.sum(axis=1) == last - first
    single &= (lengths <= _LONGEST) & ~(kinds == _OTHER).any(axis=1)
    return starts + first, np.where(single, starts + last, starts + first)


class ChunkTable:
    """The number of each pair of keys: a hash table that is asked for a whole page at once.

    Numbers are given from 2 on, as pairs are met. A slot holds a number, and both keys are always
    compared: two chunks of one hash are two chunks.
    """

    def __init__(self) -> None:
        self._count = LONG + 1
        self._make(_SMALLEST_BITS)
        self._first[LONG] = self._second[LONG] = 0
        self._slots[0] = LONG  # the hash of zeros is zero

    def __len__(self) -> int:
        return self._count

    def _make(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._slots = np.zeros(1 << bits, np.uint32)
        self._first, self._second = (np.full(1 << bits - 1, _NO_KEY) for _ in range(2))

    def reserve(self, count: int) -> int:
        """The first of ``count`` numbers that no pair will have."""
        self._make_room(count)
        self._count += count
        return self._count - count

    def numbers(self, first: Array, second: Array) -> tuple[Array, Array]:
        """The number of each pair, and where those stand that are new, in the order of their
        numbers."""
        self._make_room(len(first))
        places = self._places(first, second)
        found = self._slots[places].astype(np.int64)
        open_ = np.flatnonzero(self._differ(found, first, second))
        fresh: list[Array] = [np.zeros(0, np.int64)]
        while len(open_):
            at = places[open_]
            fresh.append(self._claim(open_[self._slots[at] == _FREE], places, first, second))
            found[open_] = there = self._slots[at].astype(np.int64)
            open_ = open_[self._differ(there, first[open_], second[open_])]
            places[open_] = self._next(places[open_])
        return found, np.concatenate(fresh)

    def _differ(self, numbers: Array, first: Array, second: Array) -> Array:
        found: Array = (self._first[numbers] != first) | (self._second[numbers] != second)
        return found

    def _claim(self, wanting: Array, places: Array, first: Array, second: Array) -> Array:
        """Number the pairs at ``wanting``, one for each free slot that they want; which those are.

        The others look at the slot once more: mostly it has their own pair now.
        """
        at = places[wanting]
        tickets = np.arange(len(wanting), dtype=np.uint32)
        self._slots[at] = tickets
        winners: Array = wanting[self._slots[at] == tickets]
        numbers = np.arange(self._count, self._count + len(winners), dtype=np.uint32)
        self._slots[places[winners]] = numbers
        self._first[numbers], self._second[numbers] = first[winners], second[winners]
        self._count += len(winners)
        return winners

    def _places(self, first: Array, second: Array) -> Array:
        hashes: Array = first * _FIRST + second * _SECOND
        return (hashes >> self._shift).astype(np.int64)

    def _next(self, places: Array) -> Array:
        return (places + 1) & (len(self._slots) - 1)

    def _make_room(self, more: int) -> None:
        """See to it that half of all slots stay free with ``more`` pairs."""
        bits = (2 * (self._count + more)).bit_length()
        if bits <= len(self._slots).bit_length() - 1:
            return
        first, second = self._first[: self._count], self._second[: self._count]
        self._make(bits)
        self._first[: self._count], self._second[: self._count] = first, second
        # The lowest last: it gets the slot that several want, and low numbers are met most.
        numbers = np.flatnonzero(first != _NO_KEY)[::-1].astype(np.uint32)
        places = self._places(first[numbers], second[numbers])
        while len(numbers):
            free = self._slots[places] == _FREE
            self._slots[places[free]] = numbers[free]
            homeless = self._slots[places] != numbers
            numbers, places = numbers[homeless], self._next(places[homeless])
