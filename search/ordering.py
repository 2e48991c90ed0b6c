"""The first few of many, without sorting the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.arrays.container import Array

_BLOCK = 64  # values looked at as one; as many again make no difference up to 100,000 values


def first(keys: Sequence[Array], count: int) -> Array:
    """The indexes of the first ``count`` by ``keys``, ascending, the first key first."""
    likely = _likely(keys[0], count)
    if likely is None:
        order: Array = np.lexsort(keys[::-1])
        return order[:count]
    order = np.lexsort([key[likely] for key in reversed(keys)])
    found: Array = likely[order[:count]]
    return found


def _likely(key: Array, count: int) -> Array | None:
    """The indexes of all values that may be among the lowest ``count``; None where that is no
    fewer than all.

    Of the lowest values of as many blocks, ``count`` are no higher than the limit, so nothing
    above it is among the first.
    """
    blocks = len(key) // _BLOCK
    if blocks < 2 * count or key.dtype == bool:
        return None
    lowest = key[: blocks * _BLOCK].reshape(blocks, _BLOCK).min(axis=1)
    limit = np.partition(lowest, count - 1)[count - 1]
    return np.flatnonzero(key <= limit)
