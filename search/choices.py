"""The values that results could be narrowed by, and how many each would leave."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.arrays.container import Array
from search.coverage import Values
from search.sieve import Sieve

_SHOWN = 12  # values of a facet; those of a filter are shown beyond these


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
