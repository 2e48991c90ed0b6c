"""Queries that stand for many words: which words of a view they are, and what these say together.

Ours (``Beginning``, ``Fitting``, ``Similar``) stand for the same words in every segment, and score
as one word would that all these are spellings of: by themselves the rarest forms and slips of the
pen would say most.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.arrays.container import Array
from index.arrays.scoring import fields_of_rarity, rarity
from index.arrays.segment import Field
from index.arrays.view import View
from search import places
from search.matches import mask
from search.spellings import bare
from search.word_queries import Beginning, Fitting, Similar

# What a word costs to look at, in postings: to read it, to match it, to measure how far it is.
_READ, _MATCHED, _MEASURED = 50, 50, 20
# What is kept of a word that a query stands for, in bytes.
_KEPT = 128


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Group:
    """``words`` with how far each is from what was typed; ``more`` where others fit as well;
    ``known`` are their ranks in the fields that were asked for them."""

    words: Mapping[bytes, int]
    more: bool
    known: dict[Field, Array] = dataclasses.field(default_factory=dict)

    def ranks(self, of: Field) -> Array:
        """The rank of each word in a field of a segment, -1 where it is not there."""
        if of not in self.known:
            self.known[of] = of.lexicon.ranks(list(self.words))
        return self.known[of]


class Expansion:
    """Finds the words that a prefix, a pattern, a fuzzy word or a range stands for.

    ``spend`` is told what that costs, before it is done.
    """

    def __init__(self, view: View, spend: Callable[[int], None]) -> None:
        self._view = view
        self._spend = spend
        self._weights: dict[Hashable, float] = {}

    def group(self, query: Beginning | Fitting | Similar) -> Group:
        """The words that one of our queries stands for: the nearest, then the most frequent."""
        leaves = self._view.leaves
        if not leaves:
            return Group({}, more=False)
        found: Group | None = leaves[0].remembered.get(("group", query.known_by))
        if found is None:
            found = self._grouped(query)
            weight = _KEPT * len(found.words) + 1
            leaves[0].remembered.keep(("group", query.known_by), found, weight)
        return found

    def _grouped(self, query: Beginning | Fitting | Similar) -> Group:
        every_fits, begin = isinstance(query, Beginning), query.beginning.encode()
        stretches = [
            (field, *field.lexicon.beginning(begin)) for field in self._fields(query.fieldname)
        ]
        sizes = [high - low for _, low, high in stretches]
        self._spend(sum(sizes) if every_fits else sum(sizes) * _READ)
        words = _among_the_most_frequent(stretches, query.most if every_fits else None)
        distances = {word: query.distance(bare(word.decode())) for word in words}
        far = {word: distance for word, distance in distances.items() if distance is not None}
        ranks = {field: field.lexicon.ranks(list(far)) for field, _, _ in stretches}
        articles = np.zeros(len(far), np.int64)
        for field, its in ranks.items():
            articles[its >= 0] += field.document_frequencies(its[its >= 0])
        ranked = zip(far.values(), (-articles).tolist(), far, range(len(far)), strict=True)
        best = sorted(ranked)[: query.most]
        fitting = max([len(far), *sizes]) if every_fits else len(far)
        order = np.array([number for *_, number in best], np.intp)
        return Group(
            {word: distance for distance, _, word, _ in best},
            more=fitting > len(best),
            known={field: its[order] for field, its in ranks.items()},
        )

    def _fields(self, name: str) -> list[Field]:
        """A field in each segment that has it."""
        return [leaf.fields[name] for leaf in self._view.leaves if name in leaf.fields]

    def weight(self, query: Beginning | Fitting | Similar) -> float:
        """How much one of the words says: as rare as all of them are together."""
        if not self._view.schema[query.fieldname].scorable:
            return 1.0
        if query.known_by not in self._weights:
            group = self.group(query)
            names = fields_of_rarity(query.fieldname)
            frequency = max(self._articles(name, group) for name in names)
            self._weights[query.known_by] = rarity(self._view.documents_ever, frequency)
        return self._weights[query.known_by]

    def _articles(self, fieldname: str, group: Group) -> int:
        """How many articles have a word of ``group`` in a field."""
        total = 0
        for leaf in self._view.leaves:
            if fieldname in leaf.fields:
                here = leaf.fields[fieldname]
                ranks = group.ranks(here)
                ranks = ranks[ranks >= 0]
                self._spend(int(here.document_frequencies(ranks).sum()))
                there = mask(here.documents_of(ranks), leaf.documents)
                total += int(np.count_nonzero(there))
        return total

    # -- Whoosh's own

    def words(self, query: Any, field: Field) -> list[bytes]:
        """The words of ``field`` in one segment that a query of Whoosh's own stands for."""
        kind = type(query)
        if kind is whoosh.Prefix:
            return self._beginning(query, field)
        if kind is whoosh.Wildcard:
            return self._matching_pattern(query, field)
        if kind is whoosh.FuzzyTerm:
            return self._similar(query, field)
        return self._between(query, field)

    def _beginning(self, query: Any, field: Field) -> list[bytes]:
        low, high = field.lexicon.beginning(self._view.bytes_of(query.fieldname, query.text) or b"")
        self._spend((high - low) * _READ)
        return field.lexicon.terms(low, high)

    def _matching_pattern(self, query: Any, field: Field) -> list[bytes]:
        pattern = re.compile(query._get_pattern())
        low, high = field.lexicon.beginning(query._find_prefix(query.text).encode())
        self._spend((high - low) * _MATCHED)
        return [term for term in field.lexicon.terms(low, high) if pattern.match(term.decode())]

    def _similar(self, query: Any, field: Field) -> list[bytes]:
        low, high = field.lexicon.beginning(query.text[: query.prefixlength].encode())
        self._spend((high - low) * _MEASURED)
        return places.within_distance(
            field.lexicon.terms(low, high), query.text, query.maxdist, query.prefixlength
        )

    def _between(self, query: Any, field: Field) -> list[bytes]:
        start = self._view.bytes_of(query.fieldname, query.start) if query.start else b""
        end = self._view.bytes_of(query.fieldname, query.end) if query.end else b"\xff" * 4
        if start is None or end is None:
            return []
        low, high = field.lexicon.at_or_after(start), field.lexicon.at_or_after(end + b"\0")
        self._spend(max(high - low, 0) * _READ)
        terms = field.lexicon.terms(low, high)
        if query.startexcl and terms and terms[0] == start:
            terms = terms[1:]
        if query.endexcl and terms and terms[-1] == end:
            terms = terms[:-1]
        return terms


def _among_the_most_frequent(
    stretches: Sequence[tuple[Field, int, int]], most: int | None
) -> set[bytes]:
    """Of stretches of lexicons (from one rank to another) the words that may be among the ``most``
    most frequent of all together; all words where there is no such bound.

    One of these has no fewer articles than the last of the most frequent of any one stretch, and in
    one stretch at least it has its share of them.
    """
    found: set[bytes] = set()
    if most is None:
        for field, low, high in stretches:
            found.update(field.lexicon.terms(low, high))
        return found
    counts = [
        np.diff(field.starts[low : high + 1].astype(np.int64)) for field, low, high in stretches
    ]
    last = [int(np.partition(its, -most)[-most]) for its in counts if len(its) > most]
    least = max(last, default=0)
    for (field, low, _), its in zip(stretches, counts, strict=True):
        found.update(field.lexicon.some(np.flatnonzero(its * len(stretches) >= least) + low))
    return found
