"""Which documents have a place that fits: a few places of each are asked, then more of the others.

Where words are frequent most documents have one early, and there it ends for them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.arrays.container import Array
from index.arrays.ranges import ranges
from search.adjacency import Unit

# So many places of a document are asked first, and so many times as many in each round after.
_FIRST, _MORE = 1, 4


def documents_with(unit: Unit, fitting: Callable[[Array], Array]) -> Array:
    """The documents that have a place of ``unit`` that fits, in order: see ``find``."""
    found = np.zeros(1 + int(unit.documents[-1]) if len(unit) else 0, bool)
    find(found, unit, fitting)
    return np.flatnonzero(found)


def find(found: Array, unit: Unit, fitting: Callable[[Array], Array]) -> None:
    """Mark in ``found`` the documents that have a place of ``unit`` that fits.

    ``fitting`` gives of some places the documents of those that fit, each as often as it likes.
    Documents that are marked already are not asked.
    """
    documents, first = unit.documents, unit.first
    ends = np.append(first[1:], len(unit))
    few = _FIRST
    while len(documents):
        open_ = (first < ends) & ~found[documents]
        documents, first, ends = documents[open_], first[open_], ends[open_]
        counts = np.minimum(ends - first, few)
        found[fitting(unit.starts[ranges(first, counts)])] = True
        first = first + counts
        few *= _MORE
