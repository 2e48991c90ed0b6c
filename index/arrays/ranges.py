"""Runs of numbers that follow one another, many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def ranges(lows: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
    """``counts`` numbers from each of ``lows`` on, one range after the other."""
    found = np.repeat(lows - (np.cumsum(counts) - counts), counts)
    found += np.arange(len(found))
    return found
