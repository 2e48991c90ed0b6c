"""What a page adds where little or nothing was found: a better spelling, the culprit, repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from index.arrays.container import Array
from search.clauses import AllOf, Clause, Dated
from search.corrections import Corrector
from search.days import Days
from search.execution import Found
from search.filed import Filed
from search.folding import folded
from search.language import Query
from search.loosening import loosened
from search.questions import Part, Question, emptied_by, part_of, places_needed
from search.repairs import meant, repairs
from search.request import FACETS, Filter, SearchRequest
from search.results import Understood
from search.sieve import Sieve
from search.vocabulary import Vocabulary
from search.wording import pattern, said

_FREED = {
    "author": pattern("by any author"),
    "source": pattern("from any source"),
    "section": pattern("in any section"),
    "tag": pattern("with any tag"),
    "lang": pattern("in any language"),
    "year": pattern("of any year"),
}


@dataclass(frozen=True)
class Asked:
    """A request as it was read. ``run`` gives all that match a clause."""

    request: SearchRequest
    query: Query
    days: Days | None
    filed: Filed
    vocabulary: Vocabulary
    run: Callable[[Clause], Found]

    def helped(self, understood: Understood, *, empty: bool) -> Understood:
        """``understood`` with what helps; ``empty`` says that no article fulfils all of it."""
        clauses = self._clauses()
        corrector = Corrector(self.vocabulary)
        slips = [slip for clause in clauses for slip in corrector.slips(clause)]
        if not slips and not empty:
            return understood
        question = self._question(clauses)
        if slips:
            understood = replace(understood, did_you_mean=meant(question, corrector))
        if not empty or not question.parts:
            return understood
        return replace(
            understood,
            emptied_by=emptied_by(question),
            repairs=repairs(question, corrector),
        )

    def _clauses(self) -> tuple[Clause, ...]:
        root = self.query.root
        if self.request.match == "any" and root is not None:
            root = loosened(root)
        return root.parts if isinstance(root, AllOf) else () if root is None else (root,)

    def _question(self, clauses: tuple[Clause, ...]) -> Question:
        needed = [
            part_of(n, clauses[n], partial(self._holds, clauses[n])) for n in places_needed(clauses)
        ]
        parts = (*needed, *self._of_days(), *self._of_filters())
        return Question(self.request, clauses, parts, self.days, self._holds, self._total)

    def _of_days(self) -> Iterator[Part]:
        if self.days is not None:
            find = partial(self._holds, Dated(self.days, ""))
            text = f"date:{self.request.start}..{self.request.end}"
            yield Part(text, find, changes={"start": "", "end": ""}, freed=said("at any time"))

    def _of_filters(self) -> Iterator[Part]:
        for facet in FACETS:
            filter = self.request.filter(facet)
            if filter:
                alone: dict[str, Any] = {facet: filter}
                find = partial(self._passing, SearchRequest(**alone))
                names = [*filter.wanted, *(f"-{name}" for name in filter.unwanted)]
                text = f"{facet}:{', '.join(names)}"
                yield Part(text, find, changes={facet: Filter()}, freed=said(_FREED[facet]))

    def _passing(self, request: SearchRequest) -> Array:
        living = self.filed.living
        return self._flags(living[Sieve(self.filed, request).passing(living)])

    def _holds(self, clause: Clause) -> Array:
        return self._flags(self.run(clause).documents)

    def _flags(self, documents: Array) -> Array:
        if not len(documents):
            return self._nowhere
        flags = np.zeros(len(self.filed.stories), bool)
        flags[documents] = True
        return flags

    @cached_property
    def _nowhere(self) -> Array:
        """One array for all that no document matches: most parts of a long query may be so."""
        flags = np.zeros(len(self.filed.stories), bool)
        flags.flags.writeable = False
        return flags

    def _total(self, holds: Array) -> int:
        """How many results the documents make: each story once, where that is asked for."""
        documents = np.flatnonzero(holds)
        found = Found(documents, np.zeros(len(documents)))
        return len(folded(found, self.filed) if self.request.dedupe == "story" else found)
