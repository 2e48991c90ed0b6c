"""A range of days, and the ISO days, months and years that people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from search.wording import Said, said

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


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
        return self.said

    @property
    def said(self) -> Said:
        """In words: "on 3 March 2021", "from 1 March 2021 to 31 March 2021", "before ..."."""
        if self.first and self.last:
            if self.first == self.last:
                return said("on {day}", day=self.first)
            return said("from {first} to {last}", first=self.first, last=self.last)
        if self.first:
            return said("since {day}", day=self.first)
        return said("before {day}", day=self.after) if self.after else said("at any time")


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
        if year is None:
            return None
        if month is None:
            return year_of(year)
        return month_of(year, month) if day is None else day_of(date(year, month, day))
    except ValueError:
        return None


def year_of(year: int) -> Days:
    """Raises ValueError beyond the calendar, as do the others."""
    return months_from(year, 1, 12)


def month_of(year: int, month: int) -> Days:
    return months_from(year, month, 1)


def months_from(year: int, month: int, count: int) -> Days:
    """``count`` months from ``month`` on."""
    if not 1 <= year <= 9998 or not 1 <= month <= 12:
        raise ValueError(f"no month {month} of {year}")
    after = year * 12 + month - 1 + count
    return Days(date(year, month, 1), date(after // 12, after % 12 + 1, 1))


def day_of(day: date, count: int = 1) -> Days:
    """``count`` days from ``day`` on."""
    if day.year > 9998:
        raise ValueError(f"{day} is beyond the calendar")
    return Days(day, day + timedelta(days=count))


def _second(day: date | None, zone: tzinfo) -> int | None:
    return int(datetime.combine(day, time(), zone).timestamp()) if day else None
