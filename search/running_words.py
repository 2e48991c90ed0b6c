"""Whoosh queries for words, for all the words that fit, and for values: on posting lists.

Each takes the evaluation that it is part of, the query, and whether scores are wanted; None leaves
the query to Whoosh. ``execution`` says which is for which query.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.arrays.container import Array
from index.arrays.scoring import saturated
from index.arrays.segment import Field
from search.evaluation import Evaluation
from search.field_queries import Across
from search.matches import Matches, any_of, mask, no_matches

# What a word counts for each letter that tells it from the one that was typed: with a tenth, one
# mention as typed outweighs any number of others but in very long texts.
_EDIT = 0.1


def term(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    if query.minquality:
        return None
    return _of_term(at, query.fieldname, query.text, query.boost, scored=scored)


def _of_term(at: Evaluation, fieldname: str, text: Any, boost: float, *, scored: bool) -> Matches:
    term = at.view.bytes_of(fieldname, text)
    field = at.leaf.fields.get(fieldname)
    if term is None or field is None:
        return no_matches()
    rank = at.leaf.rank(fieldname, term)
    if rank < 0:
        return no_matches()
    return _of_ranks(at, field, [(rank, term)], boost, scored=scored)


def _of_ranks(
    at: Evaluation, field: Field, ranks: Sequence[tuple[int, bytes]], boost: float, *, scored: bool
) -> Matches:
    """The sum over the terms of these ranks."""
    parts: list[Matches] = []
    impacts = at.view.impacts(field.name)
    for rank, term in ranks:
        postings = field.postings(rank, rank + 1)
        at.spend(len(postings))
        scores = None
        if scored:
            scores = impacts.of_postings(postings)
            scores *= boost * at.view.weight(field.name, term)
        parts.append(at.living(Matches(postings.documents.astype(np.intp), scores)))
    return any_of(parts, at.leaf.documents) if len(parts) != 1 else parts[0]


def across(at: Evaluation, query: Across, scored: bool) -> Matches:
    """One term in several fields as one text."""
    parts: list[Matches] = []
    rarities: list[float] = []
    for name, weight in query.fields:
        term = at.view.bytes_of(name, query.text)
        field = at.leaf.fields.get(name)
        if term is None or field is None:
            continue
        rarities.append(at.view.weight(name, term))
        rank = at.leaf.rank(name, term)
        if rank < 0:
            continue
        postings = field.postings(rank, rank + 1)
        at.spend(len(postings))
        counts = weight * at.view.impacts(name).counts_of(postings) if scored else None
        parts.append(Matches(postings.documents.astype(np.intp), counts))
    found = at.living(any_of(parts, at.leaf.documents))
    if not parts or found.scores is None:
        return found
    return Matches(found.documents, saturated(found.scores)).times(query.boost * min(rarities))


def prefix(at: Evaluation, query: Any, scored: bool) -> Matches:
    if query.text == "":
        return _field_every(at, query.fieldname, query.boost)
    return expanded(at, query, scored)


def expanded(at: Evaluation, query: Any, scored: bool) -> Matches:
    """The words of a query that stands for many: those that Whoosh's expansion gives."""
    if type(query) is whoosh.Wildcard and query.text == "*":
        return _field_every(at, query.fieldname, query.boost)
    field = at.leaf.fields.get(query.fieldname)
    if field is None:
        return no_matches()
    ranks = [
        (rank, term)
        for term in at.expansion.words(query, field)
        if term and (rank := at.leaf.rank(field.name, term)) >= 0
    ]
    if not ranks:
        return no_matches()
    if len(ranks) >= whoosh.Or.TOO_MANY_CLAUSES and query.constantscore:
        found = _of_ranks(at, field, ranks, 1.0, scored=False)
        return Matches.constant(found.documents, 1.0)  # Whoosh gives up on scores there
    return _of_ranks(at, field, ranks, query.boost, scored=scored)


def grouped(at: Evaluation, query: Any, scored: bool) -> Matches:
    """The words of one of our queries, as one word; what is spelt otherwise counts less."""
    field = at.leaf.fields.get(query.fieldname)
    if field is None:
        return no_matches()
    group = at.expansion.group(query)
    ranks = group.ranks(field)
    distances = np.array(list(group.words.values()), np.int64)[ranks >= 0]
    ranks = ranks[ranks >= 0]
    weight = query.boost * at.expansion.weight(query) if scored and len(ranks) else 0.0
    parts = [
        _of_one(at, field, ranks[distances == far], weight * _EDIT**far, scored=scored)
        for far in np.unique(distances).tolist()
    ]
    return any_of(parts, at.leaf.documents) if parts else no_matches()


def _of_one(at: Evaluation, field: Field, ranks: Array, weight: float, *, scored: bool) -> Matches:
    """Terms as if they were one."""
    at.spend(int(field.document_frequencies(ranks).sum()))
    if not scored:
        there = mask(field.documents_of(ranks), at.leaf.documents)
        return Matches(at.that_live(np.flatnonzero(there)))
    postings = field.postings_of(ranks)
    # Of the types that it counts in: any others cost three times the counting.
    frequencies = field.frequencies(postings).astype(float)
    times = np.bincount(postings.documents.astype(np.intp), frequencies, at.leaf.documents)
    documents = at.that_live(np.flatnonzero(times))
    if not field.with_codes:
        return Matches.constant(documents, weight)
    impacts = at.view.impacts(field.name)
    return Matches(documents, weight * impacts.of(times[documents], field.lengths[documents]))


def number_range(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    column = at.leaf.columns.get(query.fieldname)
    if not query.constantscore:
        return None
    if column is None:
        return no_matches()
    at.spend(at.leaf.documents // 4)
    wanted = column.present.copy()
    numbers = column.numbers
    if query.start is not None:
        wanted &= numbers > query.start if query.startexcl else numbers >= query.start
    if query.end is not None:
        wanted &= numbers < query.end if query.endexcl else numbers <= query.end
    return at.living(Matches.constant(np.flatnonzero(wanted), query.boost))


def every(at: Evaluation, query: Any, scored: bool) -> Matches:
    if query.fieldname in (None, "", "*"):
        return Matches.constant(at.leaf.all(), query.boost)
    return _field_every(at, query.fieldname, query.boost)


def _field_every(at: Evaluation, fieldname: str, boost: float) -> Matches:
    field = at.leaf.fields.get(fieldname)
    if field is None:
        return no_matches()
    at.spend(int(field.starts[-1]))
    return at.living(Matches.constant(at.leaf.with_field(field), boost))
