"""Clauses about places (near, in a sentence, so many times) to Whoosh queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from whoosh import query as whoosh

from index.schema import GAP
from search.clauses import AtLeast, Near, Sentence
from search.place_queries import Repeated, Run, SameSentence, Window

# (field of the index, how much it counts)
Fields = Sequence[tuple[str, float]]
RunOf = Callable[[str, str], Run]


def near(clause: Near, fields: Fields, run_of: RunOf) -> Any:
    """Two words as Whoosh's own phrases, both ways round; more, or phrases, as a window."""

    def picking(field: str, runs: Sequence[Run]) -> Any:
        if len(runs) == 2 and all(len(run) == 1 for run in runs):
            (one,), (other,) = runs
            ways = [[one, other], [other, one]] if one != other else [[one, one]]
            return whoosh.Or([whoosh.Phrase(field, way, slop=clause.places) for way in ways])
        return Window(field, runs, clause.places)

    return _each(clause.parts, fields, run_of, picking)


def sentence(clause: Sentence, fields: Fields, run_of: RunOf) -> Any:
    """A headline is one sentence: all its words are nearer than two headlines can be."""

    def picking(field: str, runs: Sequence[Run]) -> Any:
        each = list(dict.fromkeys(runs))  # a window would want a word twice that is asked for twice
        return Window(field, each, GAP) if field == "title" else SameSentence(field, each)

    return _each(clause.parts, fields, run_of, picking)


def at_least(clause: AtLeast, fields: Fields, run_of: RunOf) -> Any:
    return _each(
        (clause.text,),
        fields,
        run_of,
        lambda field, runs: Repeated(field, runs, clause.times),
    )


def _each(
    parts: Sequence[str],
    fields: Fields,
    run_of: RunOf,
    picking: Callable[[str, Sequence[Run]], Any],
) -> Any:
    """In any of ``fields``: the words give the score, where they stand only picks."""
    found = []
    for field, boost in fields:
        runs = [run_of(field, part) for part in parts]
        words = dict.fromkeys(term for run in runs for term in run)
        scored = whoosh.And([whoosh.Term(field, word, boost=boost) for word in words])
        found.append(whoosh.Require(scored, picking(field, runs)))
    return whoosh.Or(found)
