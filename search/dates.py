"""Dates as people type them, to half-open ranges of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_INTERVAL = re.compile(r"(?P<start>[\d-]*)(?:/|\.\.)(?P<end>[\d-]*)")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<day>[\d-]+)")


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to before ``after``; None where the range is open."""

    first: date | None
    after: date | None

    def seconds(self, zone: tzinfo) -> tuple[int | None, int | None]:
        """The range as half-open seconds since 1970; days begin and end in ``zone``."""
        return _second(self.first, zone), _second(self.after, zone)

    @property
    def last(self) -> date | None:
        """The last day of the range."""
        return self.after - timedelta(days=1) if self.after else None

    def __str__(self) -> str:
        """In words: "on 3 March 2021", "from 1 March 2021 to 31 March 2021", "before ..."."""
        if self.first and self.last:
            if self.first == self.last:
                return f"on {spelt(self.first)}"
            return f"from {spelt(self.first)} to {spelt(self.last)}"
        if self.first:
            return f"since {spelt(self.first)}"
        return f"before {spelt(self.after)}" if self.after else "at any time"


def parse(text: str) -> Days | None:
    """A day, month or year, or an interval of them; None for anything else.

    ``2014-02``, ``2014-02/2014-04``, ``2014..``, ``>2014-03``, ``<=2014-03-05``. Both ends of an
    interval count: ``2014-02/2014-04`` ends with the 30th of April.
    """
    text = text.strip()
    if days := period(text):
        return days
    if match := _INTERVAL.fullmatch(text):
        start, end = period(match["start"]), period(match["end"])
        if (match["start"] and not start) or (match["end"] and not end) or not (start or end):
            return None
        return between(start, end)
    if match := _COMPARED.fullmatch(text):
        days = period(match["day"])
        if days is None:
            return None
        return {
            ">": Days(days.after, None),
            ">=": Days(days.first, None),
            "<": Days(None, days.first),
            "<=": Days(None, days.after),
        }[match["sign"]]
    return None


def spelt(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def between(start: Days | None, end: Days | None) -> Days:
    """From the first day of ``start`` to the last of ``end``; backwards means the same."""
    if start and end and start.first and end.first and end.first < start.first:
        start, end = end, start
    return Days(start.first if start else None, end.after if end else None)


def period(text: str) -> Days | None:
    """The days of an ISO day, month or year; None for anything else."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or not 1 <= year <= 9998:
            return None
        if month is None:
            return Days(date(year, 1, 1), date(year + 1, 1, 1))
        if day is None:
            first = date(year, month, 1)
            return Days(first, (first + timedelta(days=31)).replace(day=1))
        first = date(year, month, day)
    except ValueError:
        return None
    return Days(first, first + timedelta(days=1))


def _second(day: date | None, zone: tzinfo) -> int | None:
    return int(datetime.combine(day, time(), zone).timestamp()) if day else None
