"""The part of an archive that the filters and days of a request leave, whatever its words."""

from __future__ import annotations

from collections.abc import Callable

from index.arrays.container import Array
from search.bounds import bounds
from search.clauses import Clause, Dated
from search.dates import Clock
from search.filed import Filed
from search.matches import mask
from search.request import FACETS, SearchRequest
from search.sieve import Sieve


def scope_of(
    request: SearchRequest, filed: Filed, clock: Clock, run: Callable[[Clause], Array]
) -> Array | None:
    """For each document whether it is in the scope of ``request``; None where all are.

    ``run`` gives the documents that match a clause.
    """
    days = bounds(request.start, request.end, clock).days
    if days is None and not any(request.filter(facet) for facet in FACETS):
        return None
    documents = filed.living if days is None else run(Dated(days, ""))
    return mask(documents[Sieve(filed, request).passing(documents)], len(filed.stories))
