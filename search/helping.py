"""What a page adds where little or nothing was found: whether anything is called for at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.arrays.container import Array
from search.clauses import AllOf, Clause
from search.corrections import Corrector
from search.days import Days
from search.execution import Found
from search.filed import Filed
from search.language import Query
from search.loosening import loosened
from search.request import SearchRequest
from search.results import Understood
from search.vocabulary import Vocabulary


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
        from search.remedies import remedied  # noqa: PLC0415 - most searches need none

        return remedied(self, understood, clauses, corrector, slipped=bool(slips), empty=empty)

    def _clauses(self) -> tuple[Clause, ...]:
        root = self.query.root
        if self.request.match == "any" and root is not None:
            root = loosened(root)
        return root.parts if isinstance(root, AllOf) else () if root is None else (root,)

    @cached_property
    def nowhere(self) -> Array:
        """One array for all that no document matches: most parts of a long query may be so."""
        flags = np.zeros(len(self.filed.stories), bool)
        flags.flags.writeable = False
        return flags
