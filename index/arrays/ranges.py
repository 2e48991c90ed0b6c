"""Runs of numbers that follow one another, many at once."""

from __future__ import annotations

import numpy as np

from index.arrays.container import Array


def ranges(lows: Array, counts: Array) -> Array:
    """``counts`` numbers from each of ``lows`` on, one range after the other."""
    found = np.repeat(lows - (np.cumsum(counts) - counts), counts)
    found += np.arange(len(found))
    return found
