"""Whoosh queries that join others: on their matches. See ``running_words``."""

from __future__ import annotations

from typing import Any

from whoosh import query as whoosh

from search.evaluation import Evaluation
from search.matches import Matches, all_of, any_of, no_matches, without


def negation(at: Evaluation, query: Any, scored: bool) -> Matches:
    unwanted = at.of(query.query, scored=False)
    return without(Matches.constant(at.leaf.all(), 1.0), unwanted, at.leaf.documents)


def constant(at: Evaluation, query: Any, scored: bool) -> Matches:
    return Matches.constant(at.of(query.child, scored=False).documents, query.score)


def conjunction(at: Evaluation, query: Any, scored: bool) -> Matches:
    if len(query.subqueries) == 1:
        return at.of(query.subqueries[0], scored=scored)  # Whoosh drops its boost
    parts: list[Matches] = []
    for part in query.subqueries:
        parts.append(at.of(part, scored=scored))
        if not len(parts[-1]):
            return no_matches()
    return all_of(parts, at.leaf.documents).times(query.boost)


def disjunction(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    if query.scale or query.minmatch:
        return None
    if len(query.subqueries) == 1:
        return at.of(query.subqueries[0], scored=scored)
    parts = _alternatives(at, query, scored)
    return any_of(parts, at.leaf.documents).times(query.boost)


def _alternatives(at: Evaluation, query: Any, scored: bool) -> list[Matches]:
    """What each part of an Or matches; an Or inside it is taken apart, not joined first."""
    parts: list[Matches] = []
    for part in query.subqueries:
        if type(part) is whoosh.Or and not (part.scale or part.minmatch):
            boost = part.boost if len(part.subqueries) > 1 else 1.0
            parts += [one.times(boost) for one in _alternatives(at, part, scored)]
        else:
            parts.append(at.of(part, scored=scored))
    return parts


def and_maybe(at: Evaluation, query: Any, scored: bool) -> Matches:
    needed = at.of(query.a, scored=scored)
    if not scored or not len(needed):
        return needed
    return needed.plus(at.of(query.b, scored=True), at.leaf.documents)


def require(at: Evaluation, query: Any, scored: bool) -> Matches:
    needed = at.of(query.b, scored=False)
    if not len(needed):
        return no_matches()
    return at.of(query.a, scored=scored).within(needed, at.leaf.documents)


def and_not(at: Evaluation, query: Any, scored: bool) -> Matches:
    wanted = at.of(query.a, scored=scored)
    if not len(wanted):
        return wanted
    return without(wanted, at.of(query.b, scored=False), at.leaf.documents)


def otherwise(at: Evaluation, query: Any, scored: bool) -> Matches:
    first = at.of(query.a, scored=scored)
    return first if len(first) else at.of(query.b, scored=scored)
