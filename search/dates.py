"""Dates as people type them, to half-open ranges of days.

Here are ISO days, months, years and durations, and what joins them to ranges; the words ("last
week", "spring 1987") are in ``date_words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Self

from dateutil.relativedelta import relativedelta

from search.date_words import NoSuchDay, WordReader
from search.days import Days, between, period
from search.request import Counting
from search.wording import Said, said

__all__ = ["Clock", "Days", "Reading", "between", "parse", "period", "read"]

# An archive that took nothing in for two months is finished: "last week" would always be empty.
_CLOSED_AFTER = timedelta(days=60)
_LONGEST = 80  # characters; no date that people write is longer

_DURATION = re.compile(r"P(?=[0-9])(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)\s*(?P<day>.+)")
_OPEN = (
    (re.compile(r"(?:ever )?since (?P<day>.+)|(?:starting|beginning|from) (?P<other>.+)"), ">="),
    (re.compile(r"(?:after|later than) (?P<day>.+)"), ">"),
    (re.compile(r"(?:before|earlier than|prior to) (?P<day>.+)"), "<"),
    (re.compile(r"(?:until|till|up to|through|to|by) (?P<day>.+)"), "<="),
)
# What may stand between the two ends of a range; "and" only after "between".
_BETWEEN = re.compile(r"/|\.\.|\s+(?:to|until|till|through|thru|-|–|—)\s+|(?<=\w)[-–—](?=\w)")
_AND = re.compile(r"\s+(?:and|to|-|–|—)\s+")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words count from. ``newest`` is the day of the newest article.

    A live archive counts from ``today``, a closed one, whose newest article is more than 60 days
    old, from that article; ``counting`` settles it either way. Both days are in the archive's zone.
    """

    today: date
    newest: date | None = None
    counting: Counting = "auto"

    @classmethod
    def at(cls, zone: tzinfo, newest: datetime | None = None, counting: Counting = "auto") -> Self:
        """The clock of this moment in ``zone``."""
        return cls(
            datetime.now(zone).date(), newest.astimezone(zone).date() if newest else None, counting
        )

    @property
    def closed(self) -> bool:
        """Whether words count from the newest article."""
        if self.newest is None or self.counting == "today":
            return False
        return self.counting == "newest" or self.today - self.newest > _CLOSED_AFTER

    @property
    def day(self) -> date:
        return self.newest if self.closed and self.newest else self.today

    @property
    def reason(self) -> Said:
        """What ``day`` is: "12 June 2013, the newest article"."""
        if self.closed:
            return said("{day}, the newest article", day=self.day)
        return said("{day}, today", day=self.day)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as: ``days``, or None with the reason in ``fault``.

    ``counted`` says what relative words were counted from, and is empty where there are none.
    """

    days: Days | None
    counted: str = ""
    fault: str = ""


def parse(text: str, clock: Clock | None = None) -> Days | None:
    """The days that ``text`` names; None for anything else. See ``read``."""
    reading = read(text, clock)
    return reading.days if reading else None


def read(text: str, clock: Clock | None = None) -> Reading | None:
    """The days that ``text`` names, None where it is no date. Never raises.

    ``2014-02/2014-04``, ``2014..``, ``>2014-03``, ``P1W/2014-05-25``, and words. Both ends of a
    range count: ``2014-02/2014-04`` ends with the 30th of April; backwards means the same. Without
    a clock relative words are no dates.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    reader = _Reader(clock)
    try:
        days = reader.range(text)
    except NoSuchDay as fault:
        return Reading(None, fault=fault.said)
    except (OverflowError, ValueError):  # beyond the calendar: "5000 years ago"
        return None
    if days is None or days == Days(None, None):
        return None
    return Reading(days, clock.reason if clock and reader.used_clock else "")


class _Reader:
    """Reads one text. ``used_clock`` says whether the answer depends on the day it is."""

    def __init__(self, clock: Clock | None) -> None:
        self._words = WordReader(clock.day if clock else None)

    @property
    def used_clock(self) -> bool:
        return self._words.used_clock

    def range(self, text: str) -> Days | None:
        """A period, or a range of two, or one with an open end."""
        if days := self._period(text):
            return days
        if match := _COMPARED.fullmatch(text):
            return self._compared(match["sign"], match["day"])
        lower = text.casefold()
        if match := re.fullmatch(r"between (.+)", lower):
            return self._first_of(_cut(match[1], _AND))
        if days := self._first_of(_cut(re.sub(r"^from ", "", lower), _BETWEEN)):
            return days
        for pattern, sign in _OPEN:
            if match := pattern.fullmatch(lower):
                return self._compared(sign, next(filter(None, match.groups())))
        return None

    def _first_of(self, cuts: Iterator[tuple[str, str]]) -> Days | None:
        return next((days for start, end in cuts if (days := self._joined(start, end))), None)

    def _compared(self, sign: str, text: str) -> Days | None:
        days = self._period(text)
        if days is None:
            return None
        return {
            ">": Days(days.after, None),
            ">=": Days(days.first, None),
            "<": Days(None, days.first),
            "<=": Days(None, days.after),
        }[sign]

    def _joined(self, start: str, end: str) -> Days | None:
        """From ``start`` to ``end``, either of which may be missing or a duration."""
        if length := _duration(start):
            last = self._period(end)
            return Days(last.after - length, last.after) if last and last.after else None
        if length := _duration(end):
            first = self._period(start)
            return Days(first.first, first.first + length) if first and first.first else None
        last = self._period(end) if end else None
        first = self._words.before(start, last, end) or self._period(start) if start else None
        if (start and not first) or (end and not last) or not (first or last):
            return None
        return between(first, last)

    def _period(self, text: str) -> Days | None:
        if days := period(text):
            return days
        if length := _duration(text):
            day = self._words.day()
            after = day + timedelta(days=1) if day else None
            return Days(after - length, after) if after else None
        return self._words.period(text)


def _cut(text: str, at: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Every way to cut ``text`` in two at what ``at`` finds."""
    for cut in at.finditer(text):
        yield text[: cut.start()].strip(), text[cut.end() :].strip()


def _duration(text: str) -> relativedelta | None:
    """An ISO duration of whole days: P1W, P3M, P1Y6M."""
    match = _DURATION.fullmatch(text.upper())
    if match is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    length = relativedelta(years=years, months=months, weeks=weeks, days=days)
    return length or None
