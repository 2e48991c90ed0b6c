"""The days that ``from`` and ``to`` name together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta

from search import dates
from search.dates import Clock, Days, Reading

_EXAMPLES = "2014, 2014-02, 2014-02-03, “March 2014” or “last week”"


@dataclass(frozen=True, slots=True)
class Bounds:
    """``days`` is None where neither was given; ``counted`` says what relative words in ``said``
    were counted from, and is empty where there are none."""

    days: Days | None = None
    said: str = ""
    counted: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        counted = f" ({self.said}, counted from {self.counted})" if self.counted else ""
        return f"{self.days}{counted}"


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
        said=" to ".join(
            texts[name] for name, reading in readings.items() if reading and reading.counted
        ),
        counted=next((r.counted for r in readings.values() if r and r.counted), ""),
        notes=tuple(
            f"{name} {_fault(text, readings[name])}: it was left out"
            for name, text in texts.items()
            if text and name not in known
        ),
    )


def _fault(text: str, reading: Reading | None) -> str:
    if reading is None:
        return f"“{text}” is no date such as {_EXAMPLES}"
    return "" if reading.days else f"“{text}” is no date, because {reading.fault}"


def _closed(days: Days | None) -> Days | None:
    """Days with both ends: of "since March" only the first day can be a bound."""
    if days is None or (days.first and days.after):
        return days
    day = days.first or days.last
    return Days(day, day + timedelta(days=1)) if day else None
