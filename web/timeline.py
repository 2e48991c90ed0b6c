"""The timeline of a search as a drawing: a bar for each stretch of time, each a way into it.

Widths are parts of a hundred, so that the drawing fits every window while its letters keep their
size; heights are pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from search.coverage import Bucket, Histogram, Peak
from search.facets import UNDATED
from search.request import INTERVAL_NAMES, INTERVALS, Interval, SearchRequest
from search.wording import said
from web import choices
from web.addresses import Pairs, at, here
from web.current import wording

TALL = 88  # pixels that the highest bar takes
_NEAR_THE_TOP = TALL - 8  # above that, the number of a summit is as high as ``Drawing.top``
_GAP = 0.18  # of a bar's room, where there are few enough to be told apart
_CROWDED = 150
_MOST_TICKS = 4  # more run into one another on a telephone
_BESIDE_THE_TOP = 85.0  # a number on a high bar after it would run into what the top is called
_AT_THE_EDGE = 90.0  # a label that begins later would run out of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time from ``first`` to ``last``, as addresses have them, and the part of the
    drawing it takes. ``share`` is the part of all articles of then, in percent."""

    name: str
    first: str
    last: str
    count: int
    total: int
    share: float
    x: float
    width: float
    height: float
    address: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the bars, at ``x`` percent; ``anchor`` is the end of it that stands there."""

    x: float
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Summit:
    """A peak: the number that marks its bar, and the article that says what happened there."""

    number: int
    bar: Bar
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """``top`` is what the highest bar stands for. ``intervals`` are (name, address, whether it is
    the one that is drawn)."""

    interval: Interval
    share: bool
    current: str
    top: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    summits: tuple[Summit, ...]
    undated: int
    undated_address: str
    intervals: tuple[tuple[str, str, bool], ...]
    other_measure: str

    @property
    def top_anchor(self) -> str:
        """The end of the drawing at which ``top`` is written: the first where the number of a
        summit takes the last."""
        high = [summit.bar.middle for summit in self.summits if summit.bar.height > _NEAR_THE_TOP]
        return "start" if any(middle > _BESIDE_THE_TOP for middle in high) else "end"


def drawing(
    asked: SearchRequest,
    histogram: Histogram | None,
    narrow: Callable[[str, str], str],
    pairs: Pairs | None = None,
    current: str = "",
) -> Drawing | None:
    """The timeline of what was asked; None where there is no time to see.

    ``narrow`` gives the address of the same between two days, ``pairs`` are the parameters of the
    page, None where there is only one drawing. ``current`` is the start of the bucket that is on
    show, "" where all are.
    """
    if histogram is None or len(histogram.buckets) < 2:
        return None
    heights = [_height(bucket, share=asked.share) for bucket in histogram.buckets]
    highest = max(heights) or 1.0
    bars = tuple(
        _bar(histogram, place, height / highest, narrow) for place, height in enumerate(heights)
    )
    return Drawing(
        interval=histogram.interval,
        share=asked.share,
        current=current,
        top=f"{wording().percent(highest)} %" if asked.share else wording().number(highest),
        bars=bars,
        ticks=_ticks(histogram, bars),
        summits=_summits(histogram.peaks, bars),
        undated=histogram.undated.count,
        undated_address=choices.only(asked, "year", UNDATED),
        intervals=_intervals(pairs, histogram) if pairs is not None else (),
        other_measure=_drawn(pairs or (), "share", "" if asked.share else "1"),
    )


def _height(bucket: Bucket, *, share: bool) -> float:
    return 100 * bucket.count / max(bucket.total, 1) if share else float(bucket.count)


def _bar(histogram: Histogram, place: int, height: float, narrow: Callable[[str, str], str]) -> Bar:
    """``height`` is a part of the highest."""
    bucket, several = histogram.buckets[place], len(histogram.buckets)
    first, last = _ends(bucket.start, histogram.interval)
    room = 100 / several
    gap = _GAP * room if several < _CROWDED else 0.0
    return Bar(
        name=wording().spelt_bucket(_day(bucket.start), histogram.interval),
        first=first,
        last=last,
        count=bucket.count,
        total=bucket.total,
        share=_height(bucket, share=True),
        x=round(place * room + gap / 2, 3),
        width=round(room - gap, 3),
        height=round(max(height * TALL, 2.0), 1) if bucket.count else 0.0,
        address=narrow(first, last),
    )


def _day(start: str) -> date:
    """The first day of a bucket, which is named by a day, a month or a year."""
    return date.fromisoformat(start + "0001-01-01"[len(start) :])


def _ends(start: str, interval: Interval) -> tuple[str, str]:
    """What goes from and to: the same month or year, or the days of a week."""
    if interval != "week":
        return start, start
    return start, (_day(start) + timedelta(days=6)).isoformat()


def _ticks(histogram: Histogram, bars: tuple[Bar, ...]) -> tuple[Tick, ...]:
    step = -(-len(bars) // _MOST_TICKS)
    return tuple(
        Tick(
            x=bar.x if place == 0 else bar.middle,
            name=wording().short_day(_day(bar.first), histogram.interval),
            anchor="start" if place == 0 else "end" if bar.middle > _AT_THE_EDGE else "middle",
        )
        for place, bar in list(enumerate(bars))[::step]
    )


def _summits(peaks: tuple[Peak, ...], bars: tuple[Bar, ...]) -> tuple[Summit, ...]:
    by_start = {bar.first: bar for bar in bars}
    return tuple(
        Summit(number, by_start[peak.start], peak.title, at(f"/a/{peak.id}"))
        for number, peak in enumerate(peaks, 1)
    )


def _intervals(pairs: Pairs, histogram: Histogram) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (
            said(INTERVAL_NAMES[interval]),
            _drawn(pairs, "interval", interval),
            interval == histogram.interval,
        )
        for interval in INTERVALS
        if interval != "auto"
    )


def _drawn(pairs: Pairs, name: str, value: str) -> str:
    """The same page with another drawing."""
    kept = [pair for pair in pairs if pair[0] != name]
    return here([*kept, *([(name, value)] if value else [])])
