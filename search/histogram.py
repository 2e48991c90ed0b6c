"""Matches over time, beside everything that is indexed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import starmap

import numpy as np

from index.arrays.container import Array
from search.coverage import Bucket, Histogram, Undated
from search.request import Interval

# Two months of days, five years of months: as many bars as a window of a telephone can show.
_DAYS_SHOWN = 62
_MONTHS_SHOWN = 60
# What a person asks for may be wider: two years of days, or fourteen of weeks.
MOST_BUCKETS = 750
_COARSER: dict[Interval, Interval] = {"day": "week", "week": "month", "month": "year"}


@dataclass(frozen=True)
class Timeline:
    """The day of each document, counted from 1 January 1970, whether it is ``dated`` at all, and
    which documents are ``living``. What no query changes is found once."""

    days: Array
    dated: Array
    living: Array

    def histogram(self, matching: Array, wanted: Interval = "auto") -> Histogram | None:
        """``matching`` by day, week, month or year; None where there is none.

        An interval that makes more than 750 buckets gives way to the next coarser one.
        """
        if not len(matching):
            return None
        dated = matching[self.dated[matching]]
        undated = Undated(len(matching) - len(dated), len(self.living) - len(self._living_dated))
        interval = self._interval(dated, wanted)
        if not len(dated):
            return Histogram(interval, (), undated)
        numbers = self._numbers(interval)[dated]
        first, last = int(numbers.min()), int(numbers.max())
        lowest, all_totals = self._totals(interval)
        counts = np.bincount(numbers - first)
        totals = all_totals[first - lowest : last - lowest + 1]
        names = _names(np.arange(first, last + 1), interval)
        buckets = zip(names, counts.tolist(), totals.tolist(), strict=True)
        return Histogram(interval, tuple(starmap(Bucket, buckets)), undated)

    def placed(self, matching: Array, interval: Interval) -> Array:
        """In which bucket of their histogram each of ``matching`` stands, -1 for the undated."""
        numbers, dated = self._numbers(interval)[matching], self.dated[matching]
        first = numbers.min(where=dated, initial=np.iinfo(numbers.dtype).max)
        return np.where(dated, numbers - first, -1)

    def _interval(self, dated: Array, wanted: Interval) -> Interval:
        if not len(dated):
            return "day" if wanted == "auto" else wanted
        days = self.days[dated]
        ends = np.array([days.min(), days.max()])
        if wanted == "auto":
            apart = int(ends[1] - ends[0])
            if apart <= _DAYS_SHOWN:
                return "day"
            return "month" if apart <= 31 * _MONTHS_SHOWN else "year"
        while wanted in _COARSER and np.diff(_bucketed(ends, wanted))[0] >= MOST_BUCKETS:
            wanted = _COARSER[wanted]
        return wanted

    @cached_property
    def _living_dated(self) -> Array:
        return self.living[self.dated[self.living]]

    @cached_property
    def _kept(self) -> dict[Interval, tuple[Array, int, Array]]:
        return {}

    def _numbers(self, interval: Interval) -> Array:
        """The bucket of each document."""
        return self._by(interval)[0]

    def _totals(self, interval: Interval) -> tuple[int, Array]:
        """The lowest bucket, and of all from there on how many articles are in it."""
        return self._by(interval)[1:]

    def _by(self, interval: Interval) -> tuple[Array, int, Array]:
        if interval not in self._kept:
            numbers = _bucketed(self.days, interval)
            living = numbers[self._living_dated]
            lowest = int(living.min())
            self._kept[interval] = numbers, lowest, np.bincount(living - lowest)
        return self._kept[interval]


def _bucketed(days: Array, interval: Interval) -> Array:
    """The number of the bucket that each day is in; weeks begin on Monday."""
    match interval:
        case "week":
            return (days + 3) // 7  # 1 January 1970 was a Thursday
        case "month" | "year":
            unit = "M8[M]" if interval == "month" else "M8[Y]"
            return days.astype("M8[D]").astype(unit).astype(np.int64)
        case _:
            return days


def _names(numbers: Array, interval: Interval) -> list[str]:
    """Each bucket by its first day, month or year."""
    match interval:
        case "week":
            moments = (numbers * 7 - 3).astype("M8[D]")
        case "month":
            moments = numbers.astype("M8[M]")
        case "year":
            moments = numbers.astype("M8[Y]")
        case _:
            moments = numbers.astype("M8[D]")
    names: list[str] = np.datetime_as_string(moments).tolist()
    return names
