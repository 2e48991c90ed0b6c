"""The evaluation of one query over one segment: node by node, within a bound, remembering words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.arrays.container import Array
from index.arrays.view import Leaf, View
from search.adjacency import Unit
from search.expansion import Expansion
from search.field_queries import Across
from search.matches import Kept, Matches, no_matches
from search.place_queries import Placed
from search.word_queries import Beginning, Fitting, Similar

# What remembering costs where nothing was found, in bytes.
_LEAST_WEIGHT = 1_000
# Queries of ours that stand for many words, and know which by these alone.
_EXPANDED = (Beginning, Fitting, Similar)
# Queries that ask where words stand.
_NEAR = (whoosh.Phrase, Placed)
# Queries for one word, and those of ours that know what they are known by.
_WORDS = (whoosh.Term, Across)
_KNOWN = (Across, *_EXPANDED)
_DEAR = (*_EXPANDED, *_NEAR)

Rule = Callable[["Evaluation", Any, bool], Matches | None]


class WorkExceeded(Exception):
    """A query asked for more than one answer may cost."""


class Budget:
    """What the queries of one request may cost together, what each is remembered by, and how often
    Whoosh had to help out."""

    def __init__(self, most_work: int, most_seconds: float) -> None:
        self._left = most_work
        self._until = time.monotonic() + most_seconds
        self._keys: dict[int, tuple[Any, Hashable | None]] = {}
        self.fallbacks: Counter[str] = Counter()

    def spend(self, work: int) -> None:
        """Note that ``work`` postings are about to be read. Raises WorkExceeded."""
        self._left -= work
        if self._left < 0 or time.monotonic() > self._until:
            raise WorkExceeded

    def key(self, query: Any) -> Hashable | None:
        """See ``_key``; found out once for all segments, which share it."""
        known = self._keys.get(id(query))
        if known is None:
            known = self._keys[id(query)] = query, _key(query)  # kept, its number stays its own
        return known[1]


class Evaluation:
    """One query over one segment, by ``rules`` for the kinds of queries there are."""

    def __init__(
        self,
        budget: Budget,
        expansion: Expansion,
        view: View,
        leaf: Leaf,
        rules: Mapping[type[Any], Rule],
    ) -> None:
        self.spend = budget.spend
        self._key = budget.key
        self.expansion = expansion
        self.view = view
        self.leaf = leaf
        self._fallbacks = budget.fallbacks
        self._rules = rules
        self._in_word = False
        self.units: dict[tuple[str, str], Unit] = {}  # where words of the query stand: see _unit

    def of(self, query: Any, *, scored: bool) -> Matches:
        """What matches ``query``; what one word or one phrase matched is remembered for other
        queries: for the next page of this one, for one thing."""
        key = None if self._in_word else self._key(query)
        if key is None:
            return self._evaluated(query, scored)
        found = self._remembered(key, scored)
        if found is None:
            self._in_word = not isinstance(query, _NEAR)  # parts of a word are remembered with it
            found = self._evaluated(query, scored)
            self._in_word = False
            if len(found) or isinstance(query, _DEAR):  # a word that nobody has is soon missed
                kept = found.kept()
                self.leaf.remembered.keep(key, kept, kept.weight + _LEAST_WEIGHT)
        else:
            self.spend(len(found))
        return found

    def _remembered(self, key: Hashable, scored: bool) -> Matches | None:
        """What was found before; with scores it serves those too who want none."""
        kept: Kept | None = self.leaf.remembered.get(key)
        if kept is None or (scored and kept.scores is None):
            return None
        return kept.matches(scored=scored)

    def _evaluated(self, query: Any, scored: bool) -> Matches:
        rule = self._rules.get(type(query))
        if query is whoosh.NullQuery:
            return no_matches()
        if rule is not None:
            found = rule(self, query, scored)
            if found is not None:
                return found
        return self._by_whoosh(query)

    def _by_whoosh(self, query: Any) -> Matches:
        """What Whoosh's own matcher finds, one document at a time."""
        self._fallbacks[type(query).__name__] += 1
        documents: list[int] = []
        scores: list[float] = []
        with self.view.whoosh:
            matcher = self.view.matcher(query, self.leaf)
            while matcher.is_active():
                documents.append(matcher.id())
                scores.append(matcher.score())
                if len(documents) % 256 == 0:
                    self.spend(256 * 100)  # a document costs a hundred postings
                matcher.next()
        return Matches(np.array(documents, np.int64), np.array(scores, float))

    def living(self, matches: Matches) -> Matches:
        """Without what is deleted."""
        living = self.leaf.living
        return matches if living is None else matches.where(living[matches.documents])

    def that_live(self, documents: Array) -> Array:
        """Those of ``documents`` that are not deleted, as indexes."""
        living = self.leaf.living
        return (documents if living is None else documents[living[documents]]).astype(np.intp)


def _key(query: Any) -> Hashable | None:
    """What a query for one word, in whatever fields it looks, or for words near one another is
    remembered by; None for others."""
    kind = type(query)
    if kind is whoosh.Term:
        return None if query.minquality else (query.fieldname, query.text, query.boost)
    if kind is whoosh.Or and all(type(part) in _WORDS for part in query.subqueries):
        known = tuple(map(_key, query.subqueries))
        return None if query.scale or query.minmatch or None in known else (query.boost, *known)
    if kind is whoosh.AndMaybe:
        wanted, optional = _key(query.a), _key(query.b)
        return None if wanted is None or optional is None else (kind, wanted, optional)
    if kind in _KNOWN:
        return (query.known_by, query.boost)
    if kind is whoosh.Phrase:
        return (kind, query.fieldname, tuple(query.words), query.slop, query.boost)
    return query if isinstance(query, Placed) else None
