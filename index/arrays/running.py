"""The running texts of a batch, cut into words page by page."""

from __future__ import annotations

from array import array

import numpy as np

from index.arrays.container import Array
from index.arrays.vocabulary import Vocabulary
from index.schema import GAP, SEPARATOR

# Bytes cut at once. Their arrays stay in the processor's cache: four times as much takes a
# quarter longer, a hundred times as much three times as long.
_PAGE = 1 << 18
_SEPARATOR = SEPARATOR.encode()


class RunningText:
    """Takes texts and gives the words of each, as numbers of the vocabulary, with their places."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._page = bytearray()
        self._begun = array("I")  # where each text of the page begins
        self._words = array("I")
        self._places = array("I")
        self._bounds = array("I", [0])  # where the words of each text end, and the next begin

    def __len__(self) -> int:
        return len(self._bounds) - 1 + len(self._begun)

    def add(self, content: bytes) -> int:
        """Take a text in; its number."""
        if _SEPARATOR in content:
            content = content.replace(_SEPARATOR, b" %b " % _SEPARATOR)
        if len(self._page) + len(content) > _PAGE:
            self._turn()
        self._begun.append(len(self._page))
        self._page += content
        self._page += b"\n"
        return len(self) - 1

    def _turn(self) -> None:
        """Cut the page, and begin another."""
        found = self._vocabulary.words(self._page)
        first_chunks = np.searchsorted(found.starts, np.frombuffer(self._begun, np.uint32))
        # Words before each chunk, and before the first of each text.
        before = np.append(0, np.cumsum(found.counts))
        begun = before[first_chunks]
        sizes = np.diff(begun, append=len(found.words))
        places = np.arange(len(found.words))
        places -= np.repeat(begun, sizes)
        if found.separators.any():
            signs = np.append(0, np.cumsum(found.separators))
            places += GAP * np.repeat(signs[:-1], found.counts)
            places -= GAP * np.repeat(signs[first_chunks], sizes)
        last = self._bounds[-1]
        self._words.frombytes(found.words.view(np.uint8).data)
        self._places.frombytes(places.astype(np.uint32).view(np.uint8).data)
        self._bounds.frombytes((last + begun + sizes).astype(np.uint32).view(np.uint8).data)
        self._begun = array("I")
        self._page = bytearray()

    def finish(self) -> None:
        """Cut what is left; after this the words can be had."""
        if self._begun:
            self._turn()

    def words(self, texts: Array) -> Array:
        """All words of ``texts``, one text after the other."""
        return _gathered(self._words, self._bounds, texts)

    def places(self, texts: Array) -> Array:
        """The place of each of those words in its text."""
        return _gathered(self._places, self._bounds, texts)

    def sizes(self, texts: Array) -> Array:
        """How many words each text has."""
        return np.diff(np.frombuffer(self._bounds, np.uint32))[texts]


def _gathered(values: array[int], bounds: array[int], texts: Array) -> Array:
    found = np.frombuffer(values, np.uint32)
    ends = np.frombuffer(bounds, np.uint32)
    starts, stops = ends[texts].tolist(), ends[1:][texts].tolist()
    return np.concatenate([found[start:stop] for start, stop in zip(starts, stops, strict=True)])
