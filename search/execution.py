"""Runs Whoosh query trees on arrays: a node at a time over whole posting lists.

``Execution.run`` gives for each query what Whoosh's own matchers would give, one Python call a
document, from the same index: the same documents, the same BM25F scores. Each node becomes
``Matches`` of one segment: sorted document numbers, and a score beside each where one is asked
for. What this module does not know is left to Whoosh's matchers, node by node, and counted.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.query import spans as whoosh_spans

from index.arrays.container import Array
from index.arrays.ranges import ranges
from index.arrays.segment import Field
from index.arrays.view import Leaf, View
from search import places
from search.adjacency import Stretches, following
from search.expansion import Expansion
from search.matches import Kept, Matches, all_of, any_of, no_matches, ranks_in, without
from search.place_queries import SENTENCES, Placed, Repeated, SameSentence, Window
from search.request import MOST_SECONDS
from search.translation import Without
from search.word_queries import Beginning, Fitting, Similar

# What one query may read of postings and positions before it is answered in part: 40 million are
# half a second to a second of work, twenty times what any query over 100,000 articles has needed.
MOST_WORK = 40_000_000
# To pick a word's positions in few documents out of all takes four times as long a position as to
# take all of them.
_FEW = 4
# What a word counts for each letter that tells it from the one that was typed: with a tenth, one
# mention as typed outweighs any number of others but in very long texts.
_EDIT = 0.1
# What remembering costs where nothing was found, in bytes.
_LEAST_WEIGHT = 1_000


class WorkExceeded(Exception):
    """A query asked for more than one answer may cost."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that matched: document numbers in ascending order, and the score of each.

    ``partial`` says that the bound on work was met: some segments were not looked at.
    """

    documents: Array
    scores: Array
    partial: bool = False

    def __len__(self) -> int:
        return len(self.documents)

    def only(self, chosen: Array) -> Found:
        """Those of the matches for which ``chosen`` is true."""
        if chosen.all():
            return self
        return replace(self, documents=self.documents[chosen], scores=self.scores[chosen])


class Execution:
    """Runs the queries of one request over one view; they share their bound and what they found."""

    def __init__(
        self,
        view: View,
        *,
        leaves: Sequence[Leaf] | None = None,
        most_work: int = MOST_WORK,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        """With ``leaves`` only these segments of the view are looked at."""
        self._view = view
        self._leaves = view.leaves if leaves is None else leaves
        self._left = most_work
        self._until = time.monotonic() + most_seconds
        self.fallbacks: Counter[str] = Counter()
        self.expansion = Expansion(view, self.spend)

    def run(self, query: Any, *, scored: bool = True) -> Found:
        """Everything that matches ``query``; without ``scored`` every score is nought."""
        documents: list[Array] = []
        scores: list[Array] = []
        partial = False
        for leaf in self._leaves:
            try:
                matches = _Evaluation(self, self._view, leaf).of(query, scored=scored)
            except WorkExceeded:
                partial = True
                break
            documents.append(matches.documents + leaf.base)
            scores.append(matches.dense_scores())
        if not documents:
            return Found(np.zeros(0, np.int64), np.zeros(0), partial)
        if len(documents) == 1:
            return Found(documents[0], scores[0], partial)
        return Found(np.concatenate(documents), np.concatenate(scores), partial)

    def stands_for_more(self, query: Beginning | Fitting | Similar) -> bool:
        """Whether ``query`` fits more words than are looked for."""
        try:
            group = self.expansion.group(query)
        except WorkExceeded:  # the search itself comes to that as well, and says so
            return False
        return group.fitting > len(group.words)

    def spend(self, work: int) -> None:
        """Note that ``work`` postings are about to be read. Raises WorkExceeded."""
        self._left -= work
        if self._left < 0 or time.monotonic() > self._until:
            raise WorkExceeded


class _Evaluation:
    """One query over one segment."""

    def __init__(self, execution: Execution, view: View, leaf: Leaf) -> None:
        self._execution = execution
        self._view = view
        self._leaf = leaf
        self._in_word = False

    def of(self, query: Any, *, scored: bool) -> Matches:
        """What matches ``query``; what one word matched is remembered for other queries."""
        key = None if self._in_word else _key(query)
        if key is None:
            return self._evaluated(query, scored)
        found = self._remembered(key, scored)
        if found is None:
            self._in_word = True  # its parts are remembered with it
            found = self._evaluated(query, scored)
            self._in_word = False
            kept = found.kept()
            self._leaf.remembered.keep((key, scored), kept, kept.weight + _LEAST_WEIGHT)
        else:
            self._execution.spend(len(found))
        return found

    def _remembered(self, key: Hashable, scored: bool) -> Matches | None:
        """What was found before; with scores it serves those too who want none."""
        kept: Kept | None = self._leaf.remembered.get((key, True))
        if kept is None and not scored:
            kept = self._leaf.remembered.get((key, False))
        return None if kept is None else kept.matches(scored=scored)

    def _evaluated(self, query: Any, scored: bool) -> Matches:
        rule = _RULES.get(type(query))
        if query is whoosh.NullQuery:
            return no_matches()
        if rule is not None:
            found = rule(self, query, scored)
            if found is not None:
                return found
        return self._by_whoosh(query)

    def _by_whoosh(self, query: Any) -> Matches:
        """What Whoosh's own matcher finds, one document at a time."""
        self._execution.fallbacks[type(query).__name__] += 1
        documents: list[int] = []
        scores: list[float] = []
        with self._view.whoosh:
            matcher = self._view.matcher(query, self._leaf)
            while matcher.is_active():
                documents.append(matcher.id())
                scores.append(matcher.score())
                if len(documents) % 256 == 0:
                    self._execution.spend(256 * 100)  # a document costs a hundred postings
                matcher.next()
        return Matches(np.array(documents, np.int64), np.array(scores, float))

    # -- words

    def _term(self, query: Any, scored: bool) -> Matches | None:
        if query.minquality:
            return None
        return self._of_term(query.fieldname, query.text, query.boost, scored=scored)

    def _of_term(self, fieldname: str, text: Any, boost: float, *, scored: bool) -> Matches:
        term = self._view.bytes_of(fieldname, text)
        field = self._leaf.fields.get(fieldname)
        if term is None or field is None:
            return no_matches()
        rank = self._leaf.rank(fieldname, term)
        if rank < 0:
            return no_matches()
        return self._of_ranks(field, [(rank, term)], boost, scored=scored)

    def _of_ranks(
        self, field: Field, ranks: Sequence[tuple[int, bytes]], boost: float, *, scored: bool
    ) -> Matches:
        """The sum over the terms of these ranks."""
        parts: list[Matches] = []
        impacts = self._view.impacts(field.name)
        for rank, term in ranks:
            postings = self._leaf.postings(field, rank)
            self._execution.spend(len(postings))
            scores = None
            if scored:
                scores = impacts.of_postings(postings)
                scores *= boost * self._view.weight(field.name, term)
            parts.append(self._living(Matches(postings.documents.astype(np.intp), scores)))
        return any_of(parts, self._leaf.documents) if len(parts) != 1 else parts[0]

    def _living(self, matches: Matches) -> Matches:
        living = self._leaf.living
        return matches if living is None else matches.where(living[matches.documents])

    def _that_live(self, documents: Array) -> Array:
        """Those of ``documents`` that are not deleted, as indexes."""
        living = self._leaf.living
        return (documents if living is None else documents[living[documents]]).astype(np.intp)

    # -- many words

    def _prefix(self, query: Any, scored: bool) -> Matches:
        if query.text == "":
            return self._field_every(query.fieldname, query.boost)
        return self._expanded(query, scored)

    def _expanded(self, query: Any, scored: bool) -> Matches:
        """The words of a query that stands for many: those that Whoosh's expansion gives."""
        if type(query) is whoosh.Wildcard and query.text == "*":
            return self._field_every(query.fieldname, query.boost)
        field = self._leaf.fields.get(query.fieldname)
        if field is None:
            return no_matches()
        ranks = [
            (rank, term)
            for term in self._execution.expansion.words(query, field)
            if term and (rank := self._leaf.rank(field.name, term)) >= 0
        ]
        if not ranks:
            return no_matches()
        if len(ranks) >= whoosh.Or.TOO_MANY_CLAUSES and query.constantscore:
            found = self._of_ranks(field, ranks, 1.0, scored=False)
            return Matches.constant(found.documents, 1.0)  # Whoosh gives up on scores there
        return self._of_ranks(field, ranks, query.boost, scored=scored)

    def _grouped(self, query: Any, scored: bool) -> Matches:
        """The words of one of our queries, as one word; what is spelt otherwise counts less."""
        field = self._leaf.fields.get(query.fieldname)
        if field is None:
            return no_matches()
        expansion = self._execution.expansion
        by_distance: dict[int, list[int]] = {}
        for word, distance in expansion.group(query).words.items():
            if (rank := self._leaf.rank(field.name, word)) >= 0:
                by_distance.setdefault(distance, []).append(rank)
        weight = query.boost * expansion.weight(query) if scored and by_distance else 0.0
        parts = [
            self._of_one(field, ranks, weight * _EDIT**distance, scored=scored)
            for distance, ranks in by_distance.items()
        ]
        return any_of(parts, self._leaf.documents) if parts else no_matches()

    def _of_one(
        self, field: Field, ranks: Sequence[int], weight: float, *, scored: bool
    ) -> Matches:
        """Terms as if they were one."""
        times = np.zeros(self._leaf.documents, np.int64)
        for rank in ranks:
            postings = self._leaf.postings(field, rank)
            self._execution.spend(len(postings))
            times[postings.documents] += field.frequencies(postings)
        documents = self._that_live(np.flatnonzero(times))
        if not scored:
            return Matches(documents)
        if not field.with_codes:
            return Matches.constant(documents, weight)
        impacts = self._view.impacts(field.name)
        return Matches(documents, weight * impacts.of(times[documents], field.lengths[documents]))

    # -- ranges, all, none

    def _number_range(self, query: Any, scored: bool) -> Matches | None:
        column = self._leaf.columns.get(query.fieldname)
        if not query.constantscore:
            return None
        if column is None:
            return no_matches()
        self._execution.spend(self._leaf.documents // 4)
        wanted = column.present.copy()
        numbers = column.numbers
        if query.start is not None:
            wanted &= numbers > query.start if query.startexcl else numbers >= query.start
        if query.end is not None:
            wanted &= numbers < query.end if query.endexcl else numbers <= query.end
        return self._living(Matches.constant(np.flatnonzero(wanted), query.boost))

    def _every(self, query: Any, scored: bool) -> Matches:
        if query.fieldname in (None, "", "*"):
            return Matches.constant(self._leaf.all(), query.boost)
        return self._field_every(query.fieldname, query.boost)

    def _field_every(self, fieldname: str, boost: float) -> Matches:
        field = self._leaf.fields.get(fieldname)
        if field is None:
            return no_matches()
        self._execution.spend(int(field.starts[-1]))
        return self._living(Matches.constant(self._leaf.with_field(field), boost))

    def _not(self, query: Any, scored: bool) -> Matches:
        unwanted = self.of(query.query, scored=False)
        return without(Matches.constant(self._leaf.all(), 1.0), unwanted, self._leaf.documents)

    def _constant(self, query: Any, scored: bool) -> Matches:
        return Matches.constant(self.of(query.child, scored=False).documents, query.score)

    # -- joined

    def _and(self, query: Any, scored: bool) -> Matches:
        if len(query.subqueries) == 1:
            return self.of(query.subqueries[0], scored=scored)  # Whoosh drops its boost
        parts: list[Matches] = []
        for part in query.subqueries:
            parts.append(self.of(part, scored=scored))
            if not len(parts[-1]):
                return no_matches()
        return all_of(parts, self._leaf.documents).times(query.boost)

    def _or(self, query: Any, scored: bool) -> Matches | None:
        if query.scale or query.minmatch:
            return None
        if len(query.subqueries) == 1:
            return self.of(query.subqueries[0], scored=scored)
        parts = self._alternatives(query, scored)
        return any_of(parts, self._leaf.documents).times(query.boost)

    def _alternatives(self, query: Any, scored: bool) -> list[Matches]:
        """What each part of an Or matches; an Or inside it is taken apart, not joined first."""
        parts: list[Matches] = []
        for part in query.subqueries:
            if type(part) is whoosh.Or and not (part.scale or part.minmatch):
                boost = part.boost if len(part.subqueries) > 1 else 1.0
                parts += [one.times(boost) for one in self._alternatives(part, scored)]
            else:
                parts.append(self.of(part, scored=scored))
        return parts

    def _and_maybe(self, query: Any, scored: bool) -> Matches:
        needed = self.of(query.a, scored=scored)
        if not scored or not len(needed):
            return needed
        return needed.plus(self.of(query.b, scored=True), self._leaf.documents)

    def _require(self, query: Any, scored: bool) -> Matches:
        needed = self.of(query.b, scored=False)
        if not len(needed):
            return no_matches()
        return self.of(query.a, scored=scored).within(needed, self._leaf.documents)

    def _and_not(self, query: Any, scored: bool) -> Matches:
        wanted = self.of(query.a, scored=scored)
        if not len(wanted):
            return wanted
        return without(wanted, self.of(query.b, scored=False), self._leaf.documents)

    def _otherwise(self, query: Any, scored: bool) -> Matches:
        first = self.of(query.a, scored=scored)
        return first if len(first) else self.of(query.b, scored=scored)

    # -- near one another

    def _phrase(self, query: Any, scored: bool) -> Matches | None:
        field = self._leaf.fields.get(query.fieldname)
        if field is None or not len(query.words):
            return no_matches()
        if not field.with_positions:
            return None
        terms = [whoosh.Term(query.fieldname, word) for word in query.words]
        near = self._near(terms, places.Nearness(query.slop, ordered=True, least=1), scored)
        return None if near is None else near.times(query.boost)

    def _sequence(self, query: Any, scored: bool) -> Matches | None:
        return None if len(query.subqueries) < 2 else self._joined_sequence(query, scored)

    def _joined_sequence(self, query: Any, scored: bool) -> Matches | None:
        if len(query.subqueries) > 2:
            return None  # Whoosh pairs them off as a tree, whose spans only it knows
        nearness = places.Nearness(query.slop, ordered=query.ordered, least=1)
        near = self._near(query.subqueries, nearness, scored)
        return None if near is None else near.times(query.boost)

    def _span_near(self, query: Any, scored: bool) -> Matches | None:
        parts = query.qs if isinstance(query, whoosh_spans.SpanNear2) else [query.a, query.b]
        nearness = places.Nearness(query.slop, ordered=query.ordered, least=query.mindist)
        return self._near(parts, nearness, scored)

    def _near(
        self, parts: Sequence[Any], nearness: places.Nearness, scored: bool
    ) -> Matches | None:
        """Words of one field that stand near one another, each after the one before."""
        if any(type(part) is not whoosh.Term for part in parts) or len(parts) < 2:
            return None
        found = [self.of(part, scored=scored) for part in parts]
        documents = self._in_all(found)
        if not len(documents):
            return no_matches()
        where = [self._stretches(part, documents) for part in parts]
        if nearness == places.ADJACENT:
            near: Array | None = following(where, self._execution.spend)
        else:
            keys = [stretches.keys(32) for stretches in where]
            near = places.near(keys, nearness, self._execution.spend)
        return None if near is None else self._summed(found, self._that_live(near))

    def _in_all(self, found: Sequence[Matches]) -> Array:
        """The documents that are in each of ``found``."""
        if not all(map(len, found)):
            return no_matches().documents
        return all_of([Matches(one.documents) for one in found], self._leaf.documents).documents

    def _summed(self, found: Sequence[Matches], documents: Array) -> Matches:
        """``documents``, which are in each of ``found``, with the sum of their scores there."""
        if any(one.scores is None for one in found):
            return Matches(documents)
        scores = np.zeros(len(documents))
        for one in found:
            scores += one.of(documents, self._leaf.documents)
        return Matches(documents, scores)

    def _placed(self, query: Placed, scored: bool) -> Matches | None:
        """Documents with all the words of ``query``, each asked whether their places fit."""
        field = self._leaf.fields.get(query.fieldname)
        if field is None:
            return no_matches()
        if not field.with_positions:
            return None
        terms = [whoosh.Term(query.fieldname, term) for term in query.distinct()]
        documents = self._in_all([self.of(term, scored=False) for term in terms])
        if not len(documents):
            return no_matches()
        self._execution.spend(100 * len(documents))
        where = [self._by_document(term, documents) for term in terms]
        column = self._leaf.columns.get(SENTENCES)
        holding = [
            number
            for number, document in enumerate(documents.tolist())
            if query.holds(
                {term.text: places[number] for term, places in zip(terms, where, strict=True)},
                column.bytes_of(document) if column is not None else b"",
            )
        ]
        return Matches.constant(documents[holding], 1.0)

    def _by_document(self, term: Any, documents: Array) -> list[list[int]]:
        """For each of ``documents`` the places of a word."""
        keys = self._stretches(term, documents).keys(32)
        positions = (keys & 0xFFFFFFFF).tolist()
        starts = np.searchsorted(keys, documents << 32).tolist()
        ends = np.searchsorted(keys, (documents + 1) << 32).tolist()
        return [positions[a:b] for a, b in zip(starts, ends, strict=True)]

    def _stretches(self, term: Any, documents: Array) -> Stretches:
        """The positions of a word in ``documents``, which all have it; where they are many, in
        all that have it."""
        field = self._leaf.fields[term.fieldname]
        text = self._view.bytes_of(term.fieldname, term.text) or b""
        rank = self._leaf.rank(field.name, text)
        postings = self._leaf.postings(field, rank)
        counts = field.frequencies(postings)
        positions = field.positions(rank)
        self._execution.spend(len(counts))
        if len(documents) * _FEW > len(counts):
            return Stretches(postings.documents, counts, positions)
        at = ranks_in(postings.documents, documents, self._leaf.documents)
        lows = (np.cumsum(counts) - counts)[at]
        counts = counts[at]
        positions = positions[ranges(lows, counts)]
        return Stretches(documents, counts, positions)


def _key(query: Any) -> Hashable | None:
    """What a query for one word is remembered by, in whatever fields it looks; None for others."""
    kind = type(query)
    if kind is whoosh.Term:
        return None if query.minquality else (query.fieldname, query.text, query.boost)
    if kind is whoosh.Or and all(type(part) is whoosh.Term for part in query.subqueries):
        known = tuple(map(_key, query.subqueries))
        return None if query.scale or query.minmatch or None in known else (query.boost, *known)
    if kind is whoosh.AndMaybe:
        wanted, optional = _key(query.a), _key(query.b)
        return None if wanted is None or optional is None else (kind, wanted, optional)
    if kind in _EXPANDED:
        return (query.known_by, query.boost)
    return None


# Queries of ours that stand for many words, and know which by these alone.
_EXPANDED = (Beginning, Fitting, Similar)

_Rule = Callable[[_Evaluation, Any, bool], Matches | None]
_RULES: dict[type[Any], _Rule] = {
    whoosh.Term: _Evaluation._term,
    whoosh.And: _Evaluation._and,
    whoosh.Or: _Evaluation._or,
    whoosh.AndMaybe: _Evaluation._and_maybe,
    whoosh.AndNot: _Evaluation._and_not,
    Without: _Evaluation._and_not,
    whoosh.Require: _Evaluation._require,
    whoosh.Otherwise: _Evaluation._otherwise,
    whoosh.Not: _Evaluation._not,
    whoosh.Every: _Evaluation._every,
    whoosh.Phrase: _Evaluation._phrase,
    whoosh.Sequence: _Evaluation._sequence,
    whoosh_spans.SpanNear: _Evaluation._span_near,
    whoosh_spans.SpanNear2: _Evaluation._span_near,
    Window: _Evaluation._placed,
    SameSentence: _Evaluation._placed,
    Repeated: _Evaluation._placed,
    whoosh.Prefix: _Evaluation._prefix,
    Fitting: _Evaluation._grouped,
    Similar: _Evaluation._grouped,
    Beginning: _Evaluation._grouped,
    whoosh.Wildcard: _Evaluation._expanded,
    whoosh.FuzzyTerm: _Evaluation._expanded,
    whoosh.TermRange: _Evaluation._expanded,
    whoosh.NumericRange: _Evaluation._number_range,
    whoosh.ConstantScoreQuery: _Evaluation._constant,
}
