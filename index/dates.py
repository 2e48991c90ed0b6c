"""Dates as publishers write them, to stamps. Anything doubtful becomes None, never a guess."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from dateutil import parser as dateutil_parser

from index.article import Confidence, Precision, Stamp

# Abbreviations in news pages mean these; CST is never China's and BST never Bangladesh's here.
_ZONES: dict[str, int] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
    "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7,
    "PST": -8, "PDT": -7, "PT": -8, "AKST": -9, "AKDT": -8, "HST": -10,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip

# The oldest newspaper is of 1605; a year ahead allows for magazines dated in advance.
_FIRST_YEAR = 1605
_AHEAD = timedelta(days=366)

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?P<time>[T ]\d\d:?\d\d(?P<second>:?\d\d)?\S*)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_RFC_2822 = re.compile(r"(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)? \S+$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_LABEL = re.compile(
    r"^\W*(?:first\s+|last\s+|originally\s+)?"
    r"(?:posted|published|updated|modified|date|created|issued|filed|on|at|am|le|veröffentlicht)\b[\s:]*(?:on\b|at\b)?\s*",
    re.IGNORECASE,
)
_NOISE = re.compile(r"\s*(?:\||·|•|,?\s+at\s+)\s*|(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_DOTTED_NOON = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)


def parse(
    text: str, *, origin: str, confidence: Confidence = "high", zone: tzinfo = UTC
) -> Stamp | None:
    """The stamp that ``text`` names, or None where it names no real, plausible moment.

    A time without a zone is read in ``zone``. Both ISO 8601 and what people write are understood,
    English first and other languages by dateparser. Never raises.
    """
    text = text.strip()
    if not text or len(text) > 120:
        return None
    found = _iso(text, zone) or _digits(text, zone) or _written(text, zone)
    if found is None:
        return None
    at, precision = found
    if not plausible(at):
        return None
    return Stamp(at, precision, origin, confidence)


def plausible(at: datetime) -> bool:
    """Whether an article can have been published then: after 1605, and not in a far future."""
    return at.year >= _FIRST_YEAR and at <= datetime.now(UTC) + _AHEAD


def _iso(text: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        if match["time"]:
            at = datetime.fromisoformat(text)
            at = at if at.tzinfo else at.replace(tzinfo=zone)
            # 00:00:00 is what systems write that know only the day.
            if at.time().isoformat() == "00:00:00" and at.utcoffset() == timedelta(0):
                return at, "day"
            return at, "second" if match["second"] else "minute"
        day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None
    precision: Precision = "day" if match["day"] else "month" if match["month"] else "year"
    return datetime(day.year, day.month, day.day, tzinfo=zone), precision


def _digits(text: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC), "second"
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    iso = f"{year}-{month}-{day}"
    if hour:
        iso += f"T{hour}:{minute}:{second or '00'}{offset or ''}"
    return _iso(iso, zone)


@lru_cache(maxsize=4096)
def _written(text: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """What people write: "Feb 14, 2017, 11:17 am CST", RFC 2822, "14 février 2017"."""
    plain = _LABEL.sub("", _DOTTED_NOON.sub(r"\1m", text))
    plain = re.sub(r"\s+", " ", _NOISE.sub(" ", plain)).strip(" ,;.-–—")
    if not re.search(r"\d", plain):
        return None
    if _RFC_2822.match(plain):
        try:
            at = parsedate_to_datetime(plain)
        except (ValueError, TypeError, IndexError):
            return None
        return (at if at.tzinfo else at.replace(tzinfo=zone)), "second"
    return _by_dateutil(plain, zone) or _by_dateparser(plain, zone)


def _by_dateutil(text: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """Parsed over two unlike defaults: what differs between the two was not in the text."""
    try:
        first = dateutil_parser.parse(text, default=datetime(1996, 1, 1), tzinfos=_zone)
        second = dateutil_parser.parse(text, default=datetime(2004, 12, 2, 7, 31), tzinfos=_zone)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    if first.year != second.year or first.month != second.month:
        return None
    if first.tzinfo is None:
        first = first.replace(tzinfo=zone)
    if first.day != second.day:
        return first, "month"
    if (first.hour, first.minute) != (second.hour, second.minute):
        return first.replace(hour=0, minute=0), "day"
    return first, "second" if re.search(r":\d\d:\d\d", text) else "minute"


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """A zone by its number or its abbreviation; one that means several places means none."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return timezone(timedelta(hours=_ZONES[name]), name) if name in _ZONES else None


def _by_dateparser(text: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """Month names of other languages. The library is slow to load, so only where it is needed."""
    if not re.search(r"\d{4}", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    import dateparser  # noqa: PLC0415

    at = dateparser.parse(
        text, settings={"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
    )
    if at is None:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    return (
        (at, "minute") if re.search(r"\d[:h]\d\d", text) else (at.replace(hour=0, minute=0), "day")
    )
