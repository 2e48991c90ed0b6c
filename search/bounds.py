"""The days that ``from`` and ``to`` name together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta

from search import dates
from search.dates import Clock, Days, Reading
from search.wording import Listed, Said, pattern, said

_FIELDS = {"from": pattern("from"), "to": pattern("to")}


@dataclass(frozen=True, slots=True)
class Bounds:
    """``days`` is None where neither was given; ``counted`` says what relative words in ``said``
    were counted from, and is empty where there are none."""

    days: Days | None = None
    said: str = ""
    counted: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.told

    @property
    def told(self) -> Said:
        """The days in words, and what they were counted from."""
        days = (self.days or Days(None, None)).said
        if not self.counted:
            return days
        return said(
            "{days} ({text}, counted from {day})", days=days, text=self.said, day=self.counted
        )


def fault(text: str) -> str:
    """Why ``text`` can be no bound, in the words that follow "from" or "to"; "" where it can."""
    return _fault(text, dates.read(text, Clock.at(UTC)))


def bounds(start: str, end: str, clock: Clock) -> Bounds:
    """From the first day that ``start`` names to the last of ``end``; "" is no bound.

    A bound that is no date is left out with a note.
    """
    texts = {"from": start.strip(), "to": end.strip()}
    readings = {name: dates.read(text, clock) for name, text in texts.items()}
    known = {name: reading.days for name, reading in readings.items() if reading and reading.days}
    first, last = known.get("from"), known.get("to")
    return Bounds(
        days=dates.between(_closed(first), _closed(last)) if first or last else None,
        said=Listed(
            pattern("{before} to {next}"),
            [texts[name] for name, reading in readings.items() if reading and reading.counted],
        ),
        counted=next((r.counted for r in readings.values() if r and r.counted), ""),
        notes=tuple(
            said(
                "{field} {fault}: it was left out",
                field=said(_FIELDS[name]),
                fault=_fault(text, readings[name]),
            )
            for name, text in texts.items()
            if text and name not in known
        ),
    )


def _fault(text: str, reading: Reading | None) -> str:
    if reading is None:
        return said(
            "“{text}” is no date such as 2014, 2014-02, 2014-02-03, “March 2014” or “last week”",
            text=text,
        )
    if reading.days:
        return ""
    return said("“{text}” is no date, because {fault}", text=text, fault=reading.fault)


def _closed(days: Days | None) -> Days | None:
    """Days with both ends: of "since March" only the first day can be a bound."""
    if days is None or (days.first and days.after):
        return days
    day = days.first or days.last
    return Days(day, day + timedelta(days=1)) if day else None
