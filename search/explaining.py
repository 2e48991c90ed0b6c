"""Where a score comes from: for each clause of a query the words that an article was found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.arrays.scoring import LENGTHS
from index.arrays.view import View
from search.clauses import Clause, printed
from search.execution import Execution, Found
from search.explanation import ExplainedClause, Explanation, Factors, Share
from search.field_queries import Across
from search.translation import Without

_CHOOSING = (whoosh.Require, whoosh.AndNot, Without)


class Explainer:
    """Explains the scores of one query: ``scoring`` is its clauses, each with its Whoosh query;
    without any, every article scores one.

    A node of a query tree is run once, over all articles; a word's share is computed anew from
    its frequency and the length of the field.
    """

    def __init__(self, view: View, scoring: Sequence[tuple[Clause, Any]]) -> None:
        self._view = view
        self._execution = Execution(view)
        self._scoring = [(printed(clause), query) for clause, query in scoring]
        self._scoring = self._scoring or [("", whoosh.Every())]
        self._found: dict[int, Found] = {}

    def of(self, document: int, recency: float) -> Explanation:
        """``recency`` is the factor by which all of it is multiplied."""
        clauses: list[ExplainedClause] = []
        for text, query in self._scoring:
            shares = tuple(self._shares(query, document, 1.0))
            if shares:
                clauses.append(ExplainedClause(text, shares))
        return Explanation(tuple(clauses), recency)

    def _shares(self, query: Any, document: int, boost: float) -> Iterator[Share]:
        """What each word gives, as ``execution`` adds it up."""
        if self._score(query, document) is None:
            return
        match query:
            case Across():
                yield from self._of_word(query.text, query.fields, document, boost * query.boost)
            case whoosh.Term():
                alone = ((query.fieldname, 1.0),)
                yield from self._of_word(query.text, alone, document, boost * query.boost)
            case whoosh.Phrase():
                alone = ((query.fieldname, 1.0),)
                for word in query.words:
                    yield from self._of_word(word, alone, document, boost * query.boost)
            case whoosh.And() | whoosh.Or():
                for part in query.subqueries:
                    yield from self._shares(part, document, boost * query.boost)
            case whoosh.AndMaybe():
                yield from self._shares(query.a, document, boost)
                yield from self._shares(query.b, document, boost)
            case _ if isinstance(query, _CHOOSING):
                yield from self._shares(query.a, document, boost)
            case _:
                yield self._of_many(query, document, boost)

    def _score(self, query: Any, document: int) -> float | None:
        """The score of ``document``, None where ``query`` does not find it."""
        found = self._found.get(id(query))
        if found is None:
            found = self._found[id(query)] = self._execution.run(query)
        at = int(np.searchsorted(found.documents, document))
        there = at < len(found) and found.documents[at] == document
        return float(found.scores[at]) if there else None

    def _of_word(
        self, text: Any, fields: Sequence[tuple[str, float]], document: int, boost: float
    ) -> Iterator[Share]:
        """What each of ``fields`` gives that has the word: what they count is added before it is
        saturated, so that each has its part of that."""
        view = self._view
        terms = {name: view.bytes_of(name, text) or b"" for name, _ in fields}
        rarity = min(view.weight(name, term) for name, term in terms.items())
        counts: dict[str, float] = {}
        seen: dict[str, tuple[int, int]] = {}
        for name, term in terms.items():
            frequency, length = seen[name] = view.counted(name, term, document)
            lone = view.impacts(name).counts(np.array([frequency]), np.array([length]))
            counts[name] = float(lone[0])
        counted = sum(weight * counts[name] for name, weight in fields)
        for name, weight in fields:
            frequency, length = seen[name]
            if not frequency:
                continue
            impacts = view.impacts(name)
            factors = Factors(
                frequency,
                int(LENGTHS[length]),
                impacts.average_length,
                counted,
                rarity,
                float(impacts.saturated(np.array([counted]))[0]) * counts[name] / counted,
            )
            score = boost * weight * rarity * factors.saturation
            yield Share(name, terms[name].decode(), boost * weight, score, factors)

    def _of_many(self, query: Any, document: int, boost: float) -> Share:
        """A query that stands for many words, or for none: only their sum."""
        score = boost * (self._score(query, document) or 0.0)
        return Share(query.field() or "", getattr(query, "text", ""), boost, score)
