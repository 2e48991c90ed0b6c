"""The filters of a request, applied to what matched."""

from __future__ import annotations

import numpy as np

from index.arrays.container import Array
from search.filed import Filed
from search.request import FACETS, SearchRequest


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
