"""In which order results come, and which of them a page has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays.container import Array
from index.arrays.view import View
from search.clauses import Not, Picking
from search.cursor import Cursor
from search.execution import Found
from search.filed import Filed
from search.language import Query
from search.ordering import first
from search.request import MOST_RESULTS, SearchRequest, Sort

# Later than any moment, either way round: undated articles come last.
_NEVER = 2**62


class Order:
    """The order of a request's results, and which of them its page has.

    Undated articles come last by date; what ties goes by date, then by place; in a harvest by id,
    because places change.
    """

    def __init__(self, view: View, filed: Filed, request: SearchRequest, query: Query) -> None:
        self._view = view
        self._filed = filed
        self._request = request
        sort = request.sort or _usual(query)
        harvest = request.after is not None and sort == "relevance"
        self._sort: Sort = "newest" if harvest else sort

    def chosen(self, found: Found) -> tuple[int, Array]:
        """(the rank of the first result of what was asked for, the places of all of it in
        ``found``), best first."""
        request = self._request
        keys = self._keys(found)
        if request.after is None:
            start = (request.page - 1) * request.per_page
            last = min(start + request.per_page, MOST_RESULTS)
            return start + 1, first(keys, last)[start:]
        ahead = np.flatnonzero(self._is_after(request.after, keys))
        chosen = first([key[ahead] for key in keys], request.per_page)
        return len(found) - len(ahead) + 1, ahead[chosen]

    def of_all(self, found: Found) -> Array:
        """The places of all results, best first."""
        return np.lexsort(self._keys(found)[::-1])

    def next(self, found: Found, chosen: Array, first_rank: int) -> Cursor | None:
        """Where a harvest goes on after what was ``chosen``; None where that was the last of it."""
        past = first_rank + len(chosen) > len(found)
        if self._request.after is None or past or not len(chosen):
            return None
        last = found.documents[chosen[-1]]
        moment = int(self._filed.published[last]) if self._filed.dated[last] else None
        return Cursor(moment, self._view.ids_of(np.array([last]))[0].decode())

    def _keys(self, found: Found) -> list[Array]:
        """What to order by, ascending, the most important first."""
        documents = found.documents
        moments = self._moments(documents)
        if self._request.after is not None:
            return [moments, self._view.ids[documents]]
        by_score = self._sort == "relevance"
        return [-found.scores, moments, documents] if by_score else [moments, documents]

    def _moments(self, documents: Array) -> Array:
        """What ascends by date, undated documents last."""
        moments = self._filed.published[documents]
        newest_first = self._sort != "oldest"
        return np.where(self._filed.dated[documents], -moments if newest_first else moments, _NEVER)

    def _is_after(self, cursor: Cursor, keys: Sequence[Array]) -> Array:
        """For each result whether it comes after ``cursor``."""
        moments, ids = keys
        if not cursor.id:
            return np.ones(len(moments), bool)
        moment = _NEVER if cursor.moment is None else cursor.moment
        if cursor.moment is not None and self._sort != "oldest":
            moment = -moment
        is_later: Array = (moments > moment) | ((moments == moment) & (ids > cursor.id.encode()))
        return is_later


def _usual(query: Query) -> Sort:
    """By relevance where words were asked for; what only a date or an exclusion picks, by date."""
    ranked = any(not isinstance(clause, Not | Picking) for clause in query.clauses)
    return "relevance" if ranked else "newest"
