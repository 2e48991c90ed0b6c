"""Words to numbers, each word analysed once: what makes taking a text in a matter of look-ups.

A text is cut into chunks (``cutting``) where no term of ours crosses and none depends on what is
beyond: at white space and at signs that are part of no word. A chunk met before is a number. Those
met for the first time are one plain word, or are cut into words by ``index.analysis``, all of a
page in one call, and so are the words analysed. All else is arithmetic on arrays.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np

from index.analysis import raw_words_of_lines
from index.arrays.container import Array
from index.arrays.cutting import LONG, ChunkTable, blanked, cut, keys, plain_words
from index.arrays.ranges import ranges
from index.schema import SEPARATOR, Kind, terms_of_all

# Past this a vocabulary is thrown away and begun again: it holds what was met, misspellings and
# numbers too, and must not grow with the archive.
_MOST_CHUNKS = 190_000  # some 25 MB; 300,000 would take 30 more in two processes, and no less time
_MOST_WORDS = 2_000_000  # in all chunks together: a page of Chinese can be one chunk
# Behind a page of text: what reading its last chunk as two numbers may touch.
_PADDING = bytes(16)
_SEPARATOR = SEPARATOR.encode()
_SEPARATOR_CHUNK = LONG + 1  # the first that is learned
# A line feed is no word and no term: among words it ends a chunk, among terms it stands for none.
_NONE = "\n"
_END_OF_CHUNK = _NO_TERM = 0
_UNKNOWN = 0xFFFFFFFF
NO_RANK = 0xFFFFFFFF


class _Numbers(dict[str, int]):
    """A number for each string, given when it is first asked for; ``strings`` has them in order."""

    def __init__(self, first: str) -> None:
        super().__init__({first: 0})
        self.strings = [first]

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        self.strings.append(key)
        return number

    def of(self, strings: list[str]) -> Array:
        return np.fromiter(map(self.__getitem__, strings), np.uint32, len(strings))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page as numbers, and for each chunk of it where it starts, how many words it
    has, and whether it is a separator."""

    words: Array
    starts: Array
    counts: Array
    separators: Array


@dataclass(frozen=True, slots=True)
class Ranked:
    """Terms in order, and for each word of the vocabulary the ranks of its term and of its second
    one, NO_RANK for none."""

    terms: list[bytes]
    first: Array
    second: Array


class Vocabulary:
    """The words of each chunk met so far, and the terms of each word."""

    def __init__(self) -> None:
        self._table = ChunkTable()
        self._long: dict[bytes, int] = {}
        # For each chunk where its words stand in ``_flat``, and how many there are.
        self._starts = array("I", [0, 0])
        self._counts = array("I", [0, 0])
        self._flat = array("I")
        self._words = _Numbers(_NONE)
        self._terms = _Numbers(_NONE)
        self._by_kind: dict[Kind, Array] = {}
        self._table.numbers(*keys(_SEPARATOR + _PADDING, np.array([0]), np.array([1])))
        self._learn(bytearray(_SEPARATOR + _PADDING), np.array([0]), np.array([1]))

    @property
    def full(self) -> bool:
        return len(self._table) > _MOST_CHUNKS or len(self._flat) > _MOST_WORDS

    # -- texts to words

    def words(self, page: bytearray) -> Words:
        """The words of a page of texts. A separator on it stands between blanks."""
        page = blanked(page)
        starts, lengths = cut(page)
        page += _PADDING
        chunks, fresh = self._table.numbers(*keys(page, starts, lengths))
        self._learn(page, starts[fresh], lengths[fresh])
        long = np.flatnonzero(chunks == LONG)
        chunks[long] = self._long_chunks(_slices(page, starts[long], lengths[long]))
        counts = np.frombuffer(self._counts, np.uint32)[chunks].astype(np.int64)
        starting = np.frombuffer(self._starts, np.uint32)[chunks]
        found = np.frombuffer(self._flat, np.uint32)[ranges(starting, counts)]
        return Words(found, starts, counts, chunks == _SEPARATOR_CHUNK)

    def _long_chunks(self, chunks: list[bytes]) -> list[int]:
        fresh = [chunk for chunk in dict.fromkeys(chunks) if chunk not in self._long]
        first = self._table.reserve(len(fresh))
        self._long.update(zip(fresh, range(first, first + len(fresh)), strict=True))
        lengths = np.array([len(chunk) for chunk in fresh], np.int64)
        self._learn(bytearray(b"".join([*fresh, _PADDING])), np.cumsum(lengths) - lengths, lengths)
        return [self._long[chunk] for chunk in chunks]

    def _learn(self, page: bytearray, starts: Array, lengths: Array) -> None:
        """Cut new chunks of a page, whose numbers follow one another, into words."""
        if not len(starts):
            return
        first, last = plain_words(page, starts, lengths)
        plain = first < last
        words = self._words.of(_strings(page, first[plain], last[plain]))
        others, counts = self._cut(_slices(page, starts[~plain], lengths[~plain]))
        count_of = np.ones(len(starts), np.uint32)
        count_of[~plain] = counts
        start_of = np.empty(len(starts), np.uint32)
        start_of[plain] = np.arange(len(words)) + len(self._flat)
        start_of[~plain] = np.cumsum(counts) - counts + len(words) + len(self._flat)
        for kept, more in (
            (self._starts, start_of),
            (self._counts, count_of),
            (self._flat, words),
            (self._flat, others),
        ):
            kept.frombytes(more.tobytes())

    def _cut(self, chunks: list[bytes]) -> tuple[Array, Array]:
        """The words of all chunks, and how many each has."""
        lines = b"\n".join([*chunks, b""]).decode()
        found = self._words.of(raw_words_of_lines(lines))
        ends = np.flatnonzero(found == _END_OF_CHUNK)
        return found[found != _END_OF_CHUNK], np.diff(ends, prepend=-1) - 1

    # -- words to terms

    def ranked(self, kind: Kind, words: Array) -> Ranked:
        """The terms that ``words`` have in a field of this kind, in the order of their bytes."""
        mentioned = np.zeros(len(self._words), bool)
        mentioned[words] = True
        used = np.flatnonzero(mentioned)
        numbers = self._terms_of(kind, used)
        there = np.zeros(len(self._terms), bool)
        there[numbers] = True
        there[_NO_TERM] = False
        distinct = np.flatnonzero(there)
        names = self._terms.strings
        texts = [names[number] for number in distinct.tolist()]
        order = sorted(range(len(texts)), key=texts.__getitem__)  # of characters, so of bytes too
        rank = np.full(len(names), NO_RANK, np.uint32)
        rank[distinct[order]] = np.arange(len(order))
        ranks = np.full((2, len(mentioned)), NO_RANK, np.uint32)
        ranks[:, used] = rank[numbers]
        return Ranked([texts[index].encode() for index in order], ranks[0], ranks[1])

    def _terms_of(self, kind: Kind, words: Array) -> Array:
        """Two rows: the numbers of the term and of the second term of each word."""
        known = self._by_kind.get(kind, np.zeros((2, 0), np.uint32))
        more = len(self._words) - known.shape[1]
        known = np.pad(known, ((0, 0), (0, more)), constant_values=_UNKNOWN)
        unknown = words[known[0, words] == _UNKNOWN]
        names = self._words.strings
        for row, terms in enumerate(
            terms_of_all([names[n] for n in unknown.tolist()], kind, _NONE)
        ):
            known[row, unknown] = self._terms.of(terms)
        self._by_kind[kind] = known
        found: Array = known[:, words]
        return found


def _strings(page: bytearray, starts: Array, ends: Array) -> list[str]:
    """Stretches of a page that are ASCII."""
    text = page.decode("latin-1")
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _slices(page: bytearray, starts: Array, lengths: Array) -> list[bytes]:
    ends = (starts + lengths).tolist()
    return [bytes(page[start:end]) for start, end in zip(starts.tolist(), ends, strict=True)]
