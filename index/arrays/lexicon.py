"""The terms of one field of a segment, sorted by their bytes; a term's rank is its number.

``<field>.text`` has the terms one after the other, ``<field>.ends`` where each ends, and
``<field>.keys`` the first eight bytes of each as one number, so that a search compares numbers
and looks at the text only among terms that begin alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from index.arrays.container import Array, ArrayFile, ArrayWriter
from index.arrays.cutting import leading
from index.arrays.ranges import ranges

_KEY = 8
# With so many terms that begin alike a term is compared with all of them at once.
_FEW = 64
_NUMBER = 4


class Lexicon:
    """Terms by rank and ranks by term."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._text = file.array(f"{field}.text").data
        self._ends = file.array(f"{field}.ends")
        self._keys = file.array(f"{field}.keys")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, rank: int) -> bytes:
        start = int(self._ends[rank - 1]) if rank else 0
        return bytes(self._text[start : int(self._ends[rank])])

    def terms(self, low: int, high: int) -> list[bytes]:
        """The terms of the ranks from ``low`` to ``high``, which is left out."""
        if low >= high:
            return []
        start = int(self._ends[low - 1]) if low else 0
        text = bytes(self._text[start : int(self._ends[high - 1])])
        ends = (self._ends[low:high].astype(np.int64) - start).tolist()
        return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]

    def some(self, ranks: Array) -> list[bytes]:
        """The terms of ``ranks``."""
        starts, ends = self._bounds(ranks)
        text = self._text
        return [bytes(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]

    def numbers(self, ranks: Array) -> tuple[Array, Array]:
        """The terms of ``ranks`` where all terms are 32-bit numbers: how many each has, and all of
        them, one after the other."""
        starts, ends = self._bounds(ranks)
        counts = (ends - starts) // _NUMBER
        found: Array = np.frombuffer(self._text, np.uint32)[ranges(starts // _NUMBER, counts)]
        return counts, found

    def _bounds(self, ranks: Array) -> tuple[Array, Array]:
        """Where the text of each of the terms of ``ranks`` starts, and where it ends."""
        ranks = ranks.astype(np.int64)  # one less than none must not wrap
        ends = self._ends[ranks].astype(np.int64)
        return np.where(ranks, self._ends[ranks - 1], 0).astype(np.int64), ends

    def find(self, term: bytes) -> int:
        """The rank of ``term``, -1 where there is no such term."""
        rank = self.at_or_after(term)
        return rank if rank < len(self) and self[rank] == term else -1

    def ranks(self, terms: Sequence[bytes]) -> Array:
        """The rank of each of ``terms``, -1 where there is no such term."""
        text, ends, keys = _laid(terms)
        lengths = np.diff(ends, prepend=0)
        lows, highs = (self._keys.searchsorted(keys, side) for side in ("left", "right"))
        peers = highs - lows
        found = np.full(len(terms), -1)
        # Each with all that begin alike: the same length first, then the same bytes.
        few = np.flatnonzero((peers > 0) & (peers <= _FEW))
        numbers, ranks = np.repeat(few, peers[few]), ranges(lows[few], peers[few])
        starts, stops = self._bounds(ranks)
        alike = stops - starts == lengths[numbers]
        numbers, ranks, starts = numbers[alike], ranks[alike], starts[alike]
        sizes = lengths[numbers]
        sought = np.frombuffer(text, np.uint8)[ranges(ends[numbers] - sizes, sizes)]
        there = np.frombuffer(self._text, np.uint8)[ranges(starts, sizes)]
        same = np.ones(len(numbers), bool)
        same[np.repeat(np.arange(len(numbers)), sizes)[sought != there]] = False
        found[numbers[same]] = ranks[same]
        for number in np.flatnonzero(peers > _FEW).tolist():
            found[number] = self.find(terms[number])
        return found

    def at_or_after(self, term: bytes) -> int:
        """The rank of ``term``, or of the first term after it."""
        key = np.uint64(int.from_bytes(term[:_KEY].ljust(_KEY, b"\0"), "big"))
        low = int(self._keys.searchsorted(key, "left"))
        if low == len(self) or self._keys[low] != key:
            return low
        if len(term) <= _KEY and not term.endswith(b"\0"):
            return low  # all with this key begin with it
        high = int(self._keys.searchsorted(key, "right"))
        return bisect_left(_Slice(self), term, low, high)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The ranks (from, to) of the terms that begin with ``prefix``."""
        low = self.at_or_after(prefix)
        end = _next(prefix)
        return low, len(self) if end is None else self.at_or_after(end)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.terms(0, len(self)))

    @cached_property
    def brief(self) -> Array:
        """For each term whether it is all in its key, which says no zeros at the end."""
        lengths = np.diff(self._ends.astype(np.int64), prepend=0)
        behind = (8 * (_KEY - lengths.clip(1, _KEY))).astype(np.uint64)
        last = (self._keys >> behind) & np.uint64(0xFF)
        found: Array = (lengths > 0) & (lengths <= _KEY) & (last != 0)
        return found

    @property
    def keys(self) -> Array:
        """The keys of the brief terms."""
        found: Array = self._keys[self.brief]
        return found

    def longer(self) -> list[bytes]:
        """The terms that are not brief."""
        text, wanted = bytes(self._text), ~self.brief
        ends = self._ends[wanted].tolist()
        starts = np.append(0, self._ends[:-1])[wanted].tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def merged(several: Sequence[Lexicon]) -> tuple[list[bytes], list[Array]]:
    """All terms of ``several``, sorted, each once; and for each lexicon the ranks of its own terms
    among them, as uint32.

    Three of four terms are brief, and numbers are merged in a quarter of the time of bytes.
    """
    keys = np.sort(np.concatenate([one.keys for one in several]))  # thrice as fast as np.unique
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    long = [one.longer() for one in several]
    # Each list is sorted, so that sorting all is merging: a third of the time that a set takes.
    longer = list(dict.fromkeys(sorted(chain.from_iterable(long))))
    begin = _laid(longer)[2]
    ranks_of_keys = np.arange(len(keys)) + begin.searchsorted(keys, "left")
    ranks_of_longer = np.arange(len(longer)) + keys.searchsorted(begin, "right")
    terms = np.empty(len(keys) + len(longer), object)
    terms[ranks_of_keys] = keys.byteswap().view(f"S{_KEY}").tolist()
    terms[ranks_of_longer] = longer
    rank = dict(zip(longer, ranks_of_longer.tolist(), strict=True))
    ranks: list[Array] = []
    for one, its in zip(several, long, strict=True):
        found = np.empty(len(one), np.uint32)
        found[one.brief] = ranks_of_keys[keys.searchsorted(one.keys)]
        found[~one.brief] = [rank[term] for term in its]
        ranks.append(found)
    return terms.tolist(), ranks


class _Slice(Sequence[bytes]):
    """What ``bisect`` needs of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __len__(self) -> int:
        return len(self._lexicon)

    def __getitem__(self, rank: int) -> bytes:  # type: ignore[override]
        return self._lexicon[rank]


def _next(prefix: bytes) -> bytes | None:
    """The first byte string after all that begin with ``prefix``; None where there is none."""
    stem = prefix.rstrip(b"\xff")
    return stem[:-1] + bytes([stem[-1] + 1]) if stem else None


def write(writer: ArrayWriter, field: str, terms: Sequence[bytes]) -> None:
    """Write the lexicon of ``field``: ``terms``, sorted, each once."""
    text, ends, keys = _laid(terms)
    writer.add(f"{field}.text", np.frombuffer(text, np.uint8))
    writer.add(f"{field}.ends", ends.astype(np.uint32))
    writer.add(f"{field}.keys", keys)


def _laid(terms: Sequence[bytes]) -> tuple[bytes, Array, Array]:
    """``terms`` one after the other, where each ends, and the key of each."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    ends = np.cumsum(lengths)
    text = b"".join(terms)
    # Numbers that sort as the bytes do: the first byte highest.
    return text, ends, leading(text + bytes(_KEY), ends - lengths, lengths).byteswap()
