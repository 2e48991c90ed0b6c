"""Whoosh queries for where words stand, and ours: on lists of positions. See ``running_words``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.query import spans as whoosh_spans

from index.arrays.container import Array
from index.arrays.ranges import ranges
from search import places
from search.adjacency import PLACE, Stretches, Unit, beginnings, following
from search.evaluation import Evaluation
from search.matches import Matches, all_of, no_matches, ranks_in
from search.place_queries import SENTENCES, Placed, Repeated, SameSentence, Window
from search.together import repeated, sentences_of, sharing, within

# To pick a word's positions in few documents out of all takes four times as long a position as to
# take all of them.
_FEW = 4
# Of so many words the places stay laid out: a chain goes back to the word before, in two fields.
_MOST_UNITS = 8


def phrase(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    field = at.leaf.fields.get(query.fieldname)
    if field is None or not len(query.words):
        return no_matches()
    if not field.with_positions:
        return None
    terms = [whoosh.Term(query.fieldname, word) for word in query.words]
    near = _near(at, terms, places.Nearness(query.slop, ordered=True, least=1), scored)
    return None if near is None else near.times(query.boost)


def sequence(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    return None if len(query.subqueries) < 2 else _joined_sequence(at, query, scored)


def _joined_sequence(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    if len(query.subqueries) > 2:
        return None  # Whoosh pairs them off as a tree, whose spans only it knows
    nearness = places.Nearness(query.slop, ordered=query.ordered, least=1)
    near = _near(at, query.subqueries, nearness, scored)
    return None if near is None else near.times(query.boost)


def span_near(at: Evaluation, query: Any, scored: bool) -> Matches | None:
    parts = query.qs if isinstance(query, whoosh_spans.SpanNear2) else [query.a, query.b]
    nearness = places.Nearness(query.slop, ordered=query.ordered, least=query.mindist)
    return _near(at, parts, nearness, scored)


def _near(
    at: Evaluation, parts: Sequence[Any], nearness: places.Nearness, scored: bool
) -> Matches | None:
    """Words of one field that stand near one another, each after the one before."""
    if any(type(part) is not whoosh.Term for part in parts) or len(parts) < 2:
        return None
    found: list[Matches] = []
    for part in parts:
        found.append(at.of(part, scored=scored))
        if not len(found[-1]):
            return no_matches()
    documents = _in_all(at, found)
    if not len(documents):
        return no_matches()
    if nearness == places.ADJACENT:
        where = [_stretches(at, part, documents) for part in parts]
        near: Array | None = following(where, at.spend)
    else:
        units = [_unit(at, part, documents) for part in parts]
        near = places.near(units, nearness, at.spend)
    return None if near is None else _summed(at, found, at.that_live(near))


def _in_all(at: Evaluation, found: Sequence[Matches]) -> Array:
    """The documents that are in each of ``found``."""
    if not all(map(len, found)):
        return no_matches().documents
    return all_of([Matches(one.documents) for one in found], at.leaf.documents).documents


def _summed(at: Evaluation, found: Sequence[Matches], documents: Array) -> Matches:
    """``documents``, which are in each of ``found``, with the sum of their scores there."""
    if any(one.scores is None for one in found):
        return Matches(documents)
    scores = np.zeros(len(documents))
    for one in found:
        scores += one.of(documents, at.leaf.documents)
    return Matches(documents, scores)


def placed(at: Evaluation, query: Placed, scored: bool) -> Matches | None:
    """Documents with all the words of ``query``, at places that fit."""
    field = at.leaf.fields.get(query.fieldname)
    if field is None:
        return no_matches()
    if not field.with_positions:
        return None
    terms = {term: whoosh.Term(query.fieldname, term) for term in query.distinct()}
    documents = _in_all(at, [at.of(term, scored=False) for term in terms.values()])
    if not len(documents):
        return no_matches()
    units = [_run(at, [terms[text] for text in run], documents) for run in query.runs]
    if not all(map(len, units)):
        return no_matches()
    match query:
        case Repeated(number=number):
            fitting = repeated(units[0], number)
        case SameSentence():
            fitting = sharing(units, _sentences(at, documents), at.spend)
        case Window(number=number):
            fitting = within(units, number, at.spend)
        case _:
            return None
    return Matches.constant(at.that_live(fitting), 1.0)


def _sentences(at: Evaluation, documents: Array) -> Array:
    """Where the sentences of ``documents`` begin, and each of these itself."""
    column = at.leaf.columns.get(SENTENCES)
    if column is None:
        return documents.astype(np.int64) << PLACE
    counts, starts = column.numbers_of(documents)
    at.spend(len(starts))
    return sentences_of(documents, counts, starts)


def _run(at: Evaluation, terms: Sequence[Any], documents: Array) -> Unit:
    """Where words follow one another in ``documents``, and wherever else they are looked up."""
    if len(terms) == 1:
        return _unit(at, terms[0], documents)
    words = [_stretches(at, term, documents) for term in terms]
    return Unit.of_run(beginnings(words, PLACE, at.spend), len(terms))


def _unit(at: Evaluation, term: Any, documents: Array) -> Unit:
    """Where a word stands in ``documents``, and wherever else it is looked up; a question that asks
    for a word several times has its places laid out once."""
    key = (term.fieldname, term.text)
    if key in at.units:
        return at.units[key]
    word = _stretches(at, term, documents)
    unit = Unit.of_word(word)
    if word.documents is not documents:
        at.units[key] = unit
        if len(at.units) > _MOST_UNITS:
            del at.units[next(iter(at.units))]
    return unit


def _stretches(at: Evaluation, term: Any, documents: Array) -> Stretches:
    """The positions of a word in ``documents``, which all have it; where they are many, in
    all that have it."""
    field = at.leaf.fields[term.fieldname]
    text = at.view.bytes_of(term.fieldname, term.text) or b""
    rank = at.leaf.rank(field.name, text)
    postings = field.postings(rank, rank + 1)
    counts = field.frequencies(postings)
    positions = field.positions(rank)
    at.spend(len(counts))
    if len(documents) * _FEW > len(counts):
        return Stretches(postings.documents, counts, positions)
    which = ranks_in(postings.documents, documents, at.leaf.documents)
    lows = (np.cumsum(counts) - counts)[which]
    counts = counts[which]
    positions = positions[ranges(lows, counts)]
    return Stretches(documents, counts, positions)
