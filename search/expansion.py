"""Queries that stand for many words: which words of a segment they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from whoosh import query as whoosh

from index.arrays.segment import Field
from index.arrays.view import Leaf, View
from search import places
from search.word_queries import Fitting, Similar

# What a word costs to look at, in postings: to read it, to match it, to measure how far it is.
_READ, _MATCHED, _MEASURED = 50, 50, 20
_WEIGHT = 64  # of a word that is remembered, in bytes


class Expansion:
    """Finds the words that a prefix, a pattern, a fuzzy word or a range stands for.

    ``spend`` is told what that costs, before it is done.
    """

    def __init__(self, view: View, spend: Callable[[int], None]) -> None:
        self._view = view
        self._spend = spend

    def most(self, query: Any) -> int:
        """How many words ``query`` stands for, in the segment where they are most."""
        if isinstance(query, whoosh.Prefix):
            return self._view.beginning(query.fieldname, query.text)
        return max((len(self._of_ours(query, leaf)) for leaf in self._view.leaves), default=0)

    def words(self, query: Any, field: Field, leaf: Leaf) -> list[bytes]:
        """The words of ``field`` in one segment that ``query`` stands for."""
        kind = type(query)
        if issubclass(kind, whoosh.Prefix):
            return self._beginning(query, field)
        if kind in (Fitting, Similar):
            return self._of_ours(query, leaf)
        if kind is whoosh.Wildcard:
            return self._matching_pattern(query, field)
        if kind is whoosh.FuzzyTerm:
            return self._similar(query, field)
        return self._between(query, field)

    def _of_ours(self, query: Fitting | Similar, leaf: Leaf) -> list[bytes]:
        key = (type(query), query.fieldname, query.text, getattr(query, "maxdist", 0), "words")
        found: list[bytes] | None = leaf.remembered.get(key)
        if found is None:
            found = list(query._btexts(_Words(leaf)))
            leaf.remembered.keep(key, found, _WEIGHT * (len(found) + 1))
        return found

    def _beginning(self, query: Any, field: Field) -> list[bytes]:
        low, high = field.lexicon.beginning(self._view.bytes_of(query.fieldname, query.text) or b"")
        most = getattr(query, "most", None)
        high = high if most is None else min(high, low + most)
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


class _Words:
    """The words of a segment, as far as our own queries ask a reader of Whoosh's for them."""

    def __init__(self, leaf: Leaf) -> None:
        self._fields = leaf.fields

    def expand_prefix(self, fieldname: str, prefix: str) -> list[bytes]:
        if fieldname not in self._fields:
            return []
        lexicon = self._fields[fieldname].lexicon
        return lexicon.terms(*lexicon.beginning(prefix.encode()))
