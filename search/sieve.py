"""The filters of a request, applied to what matched, and the values that are left to choose."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.arrays.container import Array
from search.filed import Filed
from search.request import FACETS, SearchRequest
from search.results import Values

_SHOWN = 12  # values of a facet; those of a filter are shown beyond these


class Sieve:
    """Applies the filters of a request, each on its own, so that a facet can be counted without
    its own filter: what else could be chosen stays visible."""

    def __init__(self, filed: Filed, request: SearchRequest) -> None:
        self.filed = filed
        self.request = request
        self._allowed = {
            name: filed.facets[name].allowing(request.filter(name))
            for name in FACETS
            if request.filter(name)
        }

    def passing(self, documents: Array, *, without: str = "") -> Array:
        """For each of ``documents`` whether it passes every filter but the one of ``without``."""
        passing = np.ones(len(documents), bool)
        for name, allowed in self._allowed.items():
            if name != without:
                passing &= allowed[self.filed.facets[name].entries[documents]]
        return passing

    def parted(self, documents: Array, *, without: str = "") -> tuple[Array, Array]:
        """Those of ``documents`` that pass, and of them those that are to be counted by story."""
        if self._allowed:
            documents = documents[self.passing(documents, without=without)]
        if self.request.dedupe == "off":
            return documents, documents[:0]
        copied = self.filed.copied[documents]
        return documents[np.flatnonzero(~copied)], documents[np.flatnonzero(copied)]


class Choices:
    """The values that results could be narrowed by, and how many each would leave."""

    def __init__(self, sieve: Sieve, documents: Array) -> None:
        self._sieve = sieve
        self._documents = documents

    @cached_property
    def _passing(self) -> tuple[Array, Array]:
        return self._sieve.parted(self._documents)

    def shown(self, name: str) -> Values:
        """The most frequent values of a facet; those of its filter are shown in any case."""
        facet, filter = self._sieve.filed.facets[name], self._sieve.request.filter(name)
        counts = self._counts(name)
        keys = facet.ranked(counts, _SHOWN)
        if filter:
            named = np.flatnonzero(facet.among(filter.wanted + filter.unwanted) & (counts > 0))
            named = named[np.argsort(-counts[named], kind="stable")]
            keys = np.append(keys, named[~np.isin(named, keys)])
        return Values(facet.values(keys, counts, filter), int(np.count_nonzero(counts)))

    def listed(self, name: str, contains: str, start: int, stop: int) -> Values:
        """The values of a facet that contain a text, from number ``start`` on."""
        facet, filter = self._sieve.filed.facets[name], self._sieve.request.filter(name)
        counts = np.where(facet.containing(contains), self._counts(name), 0)
        keys = facet.ranked(counts, stop)[start:]
        return Values(facet.values(keys, counts, filter), int(np.count_nonzero(counts)))

    def _counts(self, name: str) -> Array:
        parted = self._passing
        if self._sieve.request.filter(name):
            parted = self._sieve.parted(self._documents, without=name)
        return self._sieve.filed.facets[name].counts(*parted)
