"""The words of one view as they are written there, and how many articles have each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import isqrt

import numpy as np

from index.analysis import SPELLING
from index.arrays.container import Array
from index.arrays.segment import Field as Postings
from index.arrays.view import Leaf, View
from search.clauses import Field
from search.neighbours import Neighbours
from search.ordering import first
from search.translation import lexicons_of

# Postings of a segment that are looked at to see which words stand beside others: some tenths of a
# millisecond. Past that, only the words that most articles have are looked at.
_MOST_POSTINGS = 100_000
_MOST_WORDS = 60
_SHORT = 2  # letters that so many words begin with that it is worth to know the likeliest
_BEHIND = re.compile(rf"{SPELLING}[^\n]*")  # what ``bare`` takes away, of all terms at once
# Beside the most frequent word that begins so, one that is a hundred times as rare is noise.
_NOISE = 0.01


class Vocabulary:
    """Reads what it needs when it is first asked; keeps what spelling and short beginnings need."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._beginnings: dict[tuple[str, str, int], list[str]] = {}
        self._neighbours: dict[tuple[str, ...], Neighbours] = {}

    def frequency(self, fieldname: str, term: str) -> int:
        """How many articles have a term in a field of the index."""
        return self._view.documents_with(fieldname, term.encode())

    def having(self, fieldname: str, prefix: str) -> Array:
        """For each document whether a word of a field begins with ``prefix``."""
        found = np.zeros(self._view.documents_ever, bool)
        for leaf, field, low, high in self._stretches(fieldname, prefix):
            found[field.postings(low, high).documents.astype(np.intp) + leaf.base] = True
        return found

    def beginning(
        self, fieldname: str, prefix: str, most: int, among: Array | None = None
    ) -> list[str]:
        """The words that begin with ``prefix`` and that most articles have, most first.

        Where ``among`` says for each document whether it counts, a word counts for more that mostly
        stands there: "after" stands everywhere.
        """
        if among is not None or len(prefix) > _SHORT:
            return self._likeliest(fieldname, prefix, most, among)
        known = self._beginnings.get((fieldname, prefix, most))
        if known is None:
            known = self._likeliest(fieldname, prefix, most, None)
            if known:  # there are no more of these than the archive has beginnings
                self._beginnings[fieldname, prefix, most] = known
        return known

    def _likeliest(self, fieldname: str, prefix: str, most: int, among: Array | None) -> list[str]:
        found: Counter[str] = Counter()
        for leaf, field, low, high in self._stretches(fieldname, prefix):
            ranks, weights = _weighed(leaf, field, low, high, among)
            best = first([-weights], most)
            for rank, weight in zip(ranks[best].tolist(), weights[best].tolist(), strict=True):
                if weight:
                    found[field.lexicon[rank].decode()] += weight
        likely = found.most_common()
        return [term for term, weight in likely if weight >= _NOISE * likely[0][1]]

    def usual(self, times: int = 1) -> int:
        """How many articles have a word that cannot well be a slip itself, or so many ``times`` as
        many: 1 of a hundred articles, 3 of ten thousand, 33 of a million."""
        return max(1, times * isqrt(self._view.documents_ever) // 30)

    def near(self, word: str, field: Field | None, edits: int) -> Sequence[tuple[str, int, int]]:
        """See ``Neighbours.of``; in the words of a field of the language."""
        names = lexicons_of(field)
        if names not in self._neighbours:
            self._neighbours[names] = Neighbours(self._frequent(names))
        return self._neighbours[names].of(word, edits)

    def _frequent(self, names: Sequence[str]) -> dict[str, int]:
        """The folded words that are not rare, each with the articles of the field that has most."""
        least = self.usual()
        found: dict[str, int] = {}
        for name in names:
            of_field: dict[str, int] = {}
            for _, field, low, high in self._stretches(name, ""):
                counts = np.diff(field.starts[low : high + 1].astype(np.int64))
                often = np.flatnonzero(counts >= max(1, least // len(self._view.leaves)))
                terms = b"\n".join(field.lexicon.some(often + low)).decode()
                words = _BEHIND.sub("", terms).split("\n")
                for word, count in zip(words, counts[often].tolist(), strict=False):
                    of_field[word] = of_field.get(word, 0) + count
            for word, count in of_field.items():
                if count > found.get(word, 0):
                    found[word] = count
        return {word: count for word, count in found.items() if count >= least}

    def _stretches(self, name: str, prefix: str) -> list[tuple[Leaf, Postings, int, int]]:
        """For each segment the ranks (from, to) of the words that begin so, where there are any."""
        found = []
        for leaf in self._view.leaves:
            field = leaf.fields.get(name)
            if field is not None:
                low, high = field.lexicon.beginning(prefix.encode())
                if low < high:
                    found.append((leaf, field, low, high))
        return found


def _weighed(
    leaf: Leaf, field: Postings, low: int, high: int, among: Array | None
) -> tuple[Array, Array]:
    """(ranks, weights) of the words from ``low`` to ``high``."""
    starts = field.starts[low : high + 1].astype(np.int64)
    ranks, counts = np.arange(low, high), np.diff(starts)
    if among is None:
        return ranks, counts
    if starts[-1] - starts[0] <= _MOST_POSTINGS:
        documents = field.postings(low, high).documents
    else:
        often = first([-counts], _MOST_WORDS)
        ranks, counts = ranks[often], counts[often]
        documents = field.documents_of(ranks)
    there = among[leaf.base : leaf.base + leaf.documents].take(documents)
    beside = np.add.reduceat(there, np.cumsum(counts) - counts, dtype=np.int64)
    return ranks, beside * (beside / counts)
