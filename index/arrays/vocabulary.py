"""Words to numbers, each word analysed once: what makes taking a text in a matter of look-ups.

A text is cut at white space into chunks, which is safe because no term of ours crosses it and
none depends on what is behind it. A chunk met before is a number; one met for the first time is
cut into words by ``index.analysis``, and so are the words. All else is arithmetic on arrays.
"""

from __future__ import annotations

from array import array

import numpy as np

from index.analysis import forms_of, raw_words
from index.arrays.container import Array
from index.schema import KINDS, SEPARATOR, Kind, terms_of

# Past this a vocabulary is thrown away and begun again: it holds what was met, misspellings and
# numbers too, and must not grow with the archive.
MOST_CHUNKS = 600_000
# The number of the sign between two parts of a field.
SEPARATOR_CHUNK = 0
NO_TERM = 0xFFFFFFFF


class Vocabulary(dict[str, int]):
    """The number of each chunk met so far; a new one is learned when it is looked up."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._starts = array("I", [0])
        self._counts = array("I", [0])
        self._flat = array("I")
        self._terms: dict[str, int] = {}
        self._bytes: list[bytes] = []
        self._by_kind: dict[Kind, tuple[array[int], array[int]]] = {
            kind: (array("I"), array("I")) for kind in KINDS
        }
        self._order: list[int] = []
        self[SEPARATOR] = SEPARATOR_CHUNK

    def __missing__(self, chunk: str) -> int:
        words = self._words
        numbers = [words[word] if word in words else self._learn(word) for word in raw_words(chunk)]
        self._starts.append(len(self._flat))
        self._counts.append(len(numbers))
        self._flat.extend(numbers)
        number = self[chunk] = len(self._starts) - 1
        return number

    def _learn(self, word: str) -> int:
        """Give ``word`` a number, and its terms theirs, for each kind of analysis."""
        number = self._words[word] = len(self._words)
        forms = forms_of(word)
        for kind, (first, second) in self._by_kind.items():
            numbers = [*map(self._term, terms_of(forms, kind)), NO_TERM, NO_TERM]
            first.append(numbers[0])
            second.append(numbers[1])
        return number

    def _term(self, term: str) -> int:
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self._bytes)
            self._bytes.append(term.encode())
        return number

    # -- taking texts in

    def chunks(self, value: str) -> array[int]:
        """The numbers of the chunks of ``value``."""
        if SEPARATOR not in value:
            return array("I", map(self.__getitem__, value.split()))
        found = array("I")
        for part in value.split(SEPARATOR):
            found.extend(map(self.__getitem__, part.split()))
            found.append(SEPARATOR_CHUNK)
        found.pop()
        return found

    # -- giving arrays out; they are copies, because what is learned later moves the originals

    def counts(self) -> Array:
        """For each chunk how many words it has."""
        return np.array(self._counts, np.uint32)

    def expanded(self, chunks: Array, counts: Array) -> Array:
        """The words of ``chunks``, one after the other; ``counts`` says how many each has."""
        starts = np.array(self._starts, np.uint32)[chunks]
        flat = np.array(self._flat, np.uint32)
        if not len(flat):
            return flat
        ends = np.cumsum(counts, dtype=np.int64)
        places = np.repeat(starts.astype(np.int64) - (ends - counts), counts)
        places += np.arange(len(places))
        return flat[places]

    def terms(self, kind: Kind) -> tuple[Array, Array]:
        """For each word the numbers of its term and of its second one, NO_TERM for none."""
        first, second = self._by_kind[kind]
        return np.array(first, np.uint32), np.array(second, np.uint32)

    def ranks(self) -> tuple[Array, list[bytes]]:
        """For each term its rank among all terms by bytes, and the terms in that order."""
        known, text = len(self._order), self._bytes
        self._order.extend(range(known, len(text)))
        self._order.sort(key=text.__getitem__)  # what was sorted before is one run: a merge
        ranks = np.empty(len(text), np.uint32)
        ranks[self._order] = np.arange(len(text), dtype=np.uint32)
        return ranks, [text[number] for number in self._order]
