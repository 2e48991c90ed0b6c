"""A better spelling, the culprit, repairs: what helps where little or nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from index.arrays.container import Array
from search.clauses import Clause, Dated
from search.corrections import Corrector
from search.execution import Found
from search.folding import folded
from search.helping import Asked
from search.matches import mask
from search.questions import Part, Question, emptied_by, part_of, places_needed
from search.repairs import meant, repairs
from search.request import FACETS, Filter, SearchRequest
from search.results import Understood
from search.sieve import Sieve
from search.wording import pattern, said

_FREED = {
    "author": pattern("by any author"),
    "source": pattern("from any source"),
    "section": pattern("in any section"),
    "tag": pattern("with any tag"),
    "lang": pattern("in any language"),
    "year": pattern("of any year"),
}


def remedied(
    asked: Asked,
    understood: Understood,
    clauses: tuple[Clause, ...],
    corrector: Corrector,
    *,
    slipped: bool,
    empty: bool,
) -> Understood:
    """``understood`` with a better spelling where a word may be ``slipped``, and with what would
    find more where no article fulfils all of it."""
    question = _question(asked, clauses)
    if slipped:
        understood = replace(understood, did_you_mean=meant(question, corrector))
    if not empty or not question.parts:
        return understood
    return replace(
        understood,
        emptied_by=emptied_by(question),
        repairs=repairs(question, corrector),
    )


def _question(asked: Asked, clauses: tuple[Clause, ...]) -> Question:
    needed = [
        part_of(n, clauses[n], partial(_holds, asked, clauses[n])) for n in places_needed(clauses)
    ]
    parts = (*needed, *_of_days(asked), *_of_filters(asked))
    return Question(
        asked.request, clauses, parts, asked.days, partial(_holds, asked), partial(_total, asked)
    )


def _of_days(asked: Asked) -> Iterator[Part]:
    if asked.days is not None:
        find = partial(_holds, asked, Dated(asked.days, ""))
        text = f"date:{asked.request.start}..{asked.request.end}"
        yield Part(text, find, changes={"start": "", "end": ""}, freed=said("at any time"))


def _of_filters(asked: Asked) -> Iterator[Part]:
    for facet in FACETS:
        filter = asked.request.filter(facet)
        if filter:
            alone: dict[str, Any] = {facet: filter}
            find = partial(_passing, asked, SearchRequest(**alone))
            names = [*filter.wanted, *(f"-{name}" for name in filter.unwanted)]
            text = f"{facet}:{', '.join(names)}"
            yield Part(text, find, changes={facet: Filter()}, freed=said(_FREED[facet]))


def _passing(asked: Asked, request: SearchRequest) -> Array:
    living = asked.filed.living
    return _flags(asked, living[Sieve(asked.filed, request).passing(living)])


def _holds(asked: Asked, clause: Clause) -> Array:
    return _flags(asked, asked.run(clause).documents)


def _flags(asked: Asked, documents: Array) -> Array:
    return mask(documents, len(asked.filed.stories)) if len(documents) else asked.nowhere


def _total(asked: Asked, holds: Array) -> int:
    """How many results the documents make: each story once, where that is asked for."""
    documents = np.flatnonzero(holds)
    found = Found(documents, np.zeros(len(documents)))
    return len(folded(found, asked.filed) if asked.request.dedupe == "story" else found)
