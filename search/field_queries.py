"""A word in several fields as if they were one text: BM25F, which Whoosh has only the name of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.matching import ListMatcher, NullMatcher

from index.arrays.scoring import norm, saturated


class Across(whoosh.Query):  # type: ignore[misc]
    """Documents that have ``text`` in any of ``fields``, each with what a word there counts beside
    one of the text.

    How often a field has the word is divided by how long the field is beside others of its kind,
    the fields are added up, and only the sum is saturated: Robertson, Zaragoza and Taylor, "Simple
    BM25 extension to multiple weighted fields" (2004), with a length for each field as in their
    later papers. Whoosh saturates each field by itself, so that a headline and a text that both
    have a word count nearly twice as much as a text that is full of it.
    """

    fieldname = None  # what Whoosh knows a query of one field by

    def __init__(self, text: str, fields: Sequence[tuple[str, float]], boost: float = 1.0) -> None:
        self.text = text
        self.fields = tuple(fields)
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Across) and (self.known_by, self.boost) == (
            other.known_by,
            other.boost,
        )

    def __hash__(self) -> int:
        return hash((self.known_by, self.boost))

    def __repr__(self) -> str:
        return f"Across({self.text!r}, {self.fields!r}, boost={self.boost:f})"

    __str__ = __repr__

    @property
    def known_by(self) -> tuple[Any, ...]:
        return Across, self.text, self.fields

    def has_terms(self) -> bool:
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        for name, _ in self.fields:
            yield name, self.text

    def estimate_size(self, ixreader: Any) -> int:
        return sum(int(ixreader.doc_frequency(name, self.text)) for name, _ in self.fields)

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Whoosh's way, a posting at a time."""
        from whoosh.searching import SearchContext  # noqa: PLC0415 - Whoosh's own way alone needs it

        counts: dict[int, float] = defaultdict(float)
        rarities = []
        for name, weight in self.fields:
            average = searcher.get_parent().avg_field_length(name) or 1
            rarities.append(searcher.weighting.idf(searcher, name, self.text))
            reading = SearchContext(needs_current=True, weighting=searcher.weighting)
            matcher = whoosh.Term(name, self.text).matcher(searcher, reading)
            while matcher.is_active():
                length = searcher.reader().doc_field_length(matcher.id(), name)
                counts[matcher.id()] += weight * matcher.weight() / norm(length, average)
                matcher.next()
        if not counts:
            return NullMatcher()
        found = sorted(counts)
        scores = self.boost * min(rarities) * saturated(np.array([counts[at] for at in found]))
        return ListMatcher(found, scores.tolist())
