"""Newer articles before older ones that answer as well: a factor on scores, with a floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, tzinfo

import numpy as np

from index.arrays.container import Array
from search.dates import Clock
from search.filed import Filed
from search.request import Recency

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Fading:
    """A new article's score counts whole, an endlessly old one's ``floor`` of it; ``half_life``
    days on the way there halve what is above the floor."""

    floor: float
    half_life: float


# The floor is what an old article may trust in: one that answers twice as well as a new one, or at
# "light" a quarter better, stays before it however old it is. News is new for weeks, background
# for a year.
FADING: dict[Recency, Fading] = {"light": Fading(0.8, 365), "strong": Fading(0.5, 30)}


def factors(recency: Recency, documents: Array, filed: Filed, clock: Clock, zone: tzinfo) -> Array:
    """What the scores of ``documents`` are multiplied by.

    Age counts from the day of ``clock``, the newest article's in a closed archive. What has no
    date counts as old, what is dated later as new.
    """
    if recency == "off":
        return np.ones(len(documents))
    fading = FADING[recency]
    today = datetime.combine(clock.day, time(), zone).timestamp()
    days = np.maximum(today - filed.published[documents], 0) / _DAY
    fresh = np.where(filed.dated[documents], 0.5 ** (days / fading.half_life), 0.0)
    return fading.floor + (1 - fading.floor) * fresh
