"""Date words: what they mean in an archive that lives, and in one that ended years ago.

The live archive is asked on Sunday, 22 November 2026; the newest article of the closed one is of
Wednesday, 12 June 2013.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.dates import Clock, Days, parse, read

TODAY = date(2026, 11, 22)
LIVE = Clock(TODAY, newest=date(2026, 11, 20))
CLOSED = Clock(TODAY, newest=date(2013, 6, 12))

# (what is typed, what it means live, what it means closed); both days of a range are in it.
COUNTED = (
    ("today", "2026-11-22", "2013-06-12"),
    ("now", "2026-11-22", "2013-06-12"),
    ("yesterday", "2026-11-21", "2013-06-11"),
    ("the day before yesterday", "2026-11-20", "2013-06-10"),
    ("tomorrow", "2026-11-23", "2013-06-13"),
    ("3 days ago", "2026-11-19", "2013-06-09"),
    ("this week", "2026-11-16..2026-11-22", "2013-06-10..2013-06-16"),
    ("last week", "2026-11-09..2026-11-15", "2013-06-03..2013-06-09"),
    ("2 weeks ago", "2026-11-02..2026-11-08", "2013-05-27..2013-06-02"),
    ("two weeks ago", "2026-11-02..2026-11-08", "2013-05-27..2013-06-02"),
    ("past week", "2026-11-16..2026-11-22", "2013-06-06..2013-06-12"),
    ("last 7 days", "2026-11-16..2026-11-22", "2013-06-06..2013-06-12"),
    ("past 2 weeks", "2026-11-09..2026-11-22", "2013-05-30..2013-06-12"),
    ("this weekend", "2026-11-21..2026-11-22", "2013-06-15..2013-06-16"),
    ("last weekend", "2026-11-14..2026-11-15", "2013-06-08..2013-06-09"),
    ("this month", "2026-11-01..2026-11-30", "2013-06-01..2013-06-30"),
    ("last month", "2026-10-01..2026-10-31", "2013-05-01..2013-05-31"),
    ("past month", "2026-10-23..2026-11-22", "2013-05-13..2013-06-12"),
    ("last 3 months", "2026-08-23..2026-11-22", "2013-03-13..2013-06-12"),
    ("3 months ago", "2026-08-01..2026-08-31", "2013-03-01..2013-03-31"),
    ("this quarter", "2026-10-01..2026-12-31", "2013-04-01..2013-06-30"),
    ("last quarter", "2026-07-01..2026-09-30", "2013-01-01..2013-03-31"),
    ("this year", "2026-01-01..2026-12-31", "2013-01-01..2013-12-31"),
    ("last year", "2025-01-01..2025-12-31", "2012-01-01..2012-12-31"),
    ("previous year", "2025-01-01..2025-12-31", "2012-01-01..2012-12-31"),
    ("2 years ago", "2024-01-01..2024-12-31", "2011-01-01..2011-12-31"),
    ("last 2 years", "2024-11-23..2026-11-22", "2011-06-13..2013-06-12"),
    ("this decade", "2020-01-01..2029-12-31", "2010-01-01..2019-12-31"),
    ("last decade", "2010-01-01..2019-12-31", "2000-01-01..2009-12-31"),
    ("last century", "1901-01-01..2000-12-31", "1901-01-01..2000-12-31"),
    ("same week last year", "2025-11-17..2025-11-23", "2012-06-11..2012-06-17"),
    ("same month last year", "2025-11-01..2025-11-30", "2012-06-01..2012-06-30"),
    ("P1D", "2026-11-22", "2013-06-12"),
    ("P1W", "2026-11-16..2026-11-22", "2013-06-06..2013-06-12"),
    ("P3M", "2026-08-23..2026-11-22", "2013-03-13..2013-06-12"),
    ("P1Y6M", "2025-05-23..2026-11-22", "2011-12-13..2013-06-12"),
    ("sunday", "2026-11-22", "2013-06-09"),
    ("tuesday", "2026-11-17", "2013-06-11"),
    ("wednesday", "2026-11-18", "2013-06-12"),
    ("Wed", "2026-11-18", "2013-06-12"),
    ("last tuesday", "2026-11-17", "2013-06-11"),
    ("last wednesday", "2026-11-18", "2013-06-05"),
    ("last sunday", "2026-11-15", "2013-06-09"),
    ("this friday", "2026-11-20", "2013-06-14"),
    ("4 March", "2026-03-04", "2013-03-04"),
    ("March 4th", "2026-03-04", "2013-03-04"),
    ("24 December", "2025-12-24", "2012-12-24"),
    ("29 Feb", "2024-02-29", "2012-02-29"),
    ("march", "2026-03-01..2026-03-31", "2013-03-01..2013-03-31"),
    ("December", "2025-12-01..2025-12-31", "2012-12-01..2012-12-31"),
    ("last march", "2026-03-01..2026-03-31", "2013-03-01..2013-03-31"),
    ("this march", "2026-03-01..2026-03-31", "2013-03-01..2013-03-31"),
    ("Q1", "2026-01-01..2026-03-31", "2013-01-01..2013-03-31"),
    ("Q4", "2026-10-01..2026-12-31", "2012-10-01..2012-12-31"),
    ("spring", "2026-03-01..2026-05-31", "2013-03-01..2013-05-31"),
    ("winter", "2025-12-01..2026-02-28", "2012-12-01..2013-02-28"),
    ("last spring", "2026-03-01..2026-05-31", "2013-03-01..2013-05-31"),
    ("since yesterday", "2026-11-21..", "2013-06-11.."),
    ("since last tuesday", "2026-11-17..", "2013-06-11.."),
    ("since 4 March", "2026-03-04..", "2013-03-04.."),
    ("since march", "2026-03-01..", "2013-03-01.."),
    ("until yesterday", "..2026-11-21", "..2013-06-11"),
    ("before last year", "..2024-12-31", "..2011-12-31"),
    ("after last month", "2026-11-01..", "2013-06-01.."),
    (">yesterday", "2026-11-22..", "2013-06-12.."),
    ("<=last week", "..2026-11-15", "..2013-06-09"),
    ("P1W/yesterday", "2026-11-15..2026-11-21", "2013-06-05..2013-06-11"),
    ("from last monday to yesterday", "2026-11-16..2026-11-21", "2013-06-10..2013-06-11"),
    ("between march and may", "2026-03-01..2026-05-31", "2013-03-01..2013-05-31"),
)

# (what is typed, what it means by any clock)
FIXED = (
    ("2014", "2014-01-01..2014-12-31"),
    ("2014-02", "2014-02-01..2014-02-28"),
    ("2014-02-03", "2014-02-03"),
    ("2014-02/2014-04", "2014-02-01..2014-04-30"),
    (">2014-03", "2014-04-01.."),
    ("P1W/2014-05-25", "2014-05-19..2014-05-25"),
    ("2014-05-25/P1W", "2014-05-25..2014-05-31"),
    ("P1M/2014-03-31", "2014-03-01..2014-03-31"),
    ("2014/P6M", "2014-01-01..2014-06-30"),
    ("March 2014", "2014-03-01..2014-03-31"),
    ("march, 2014", "2014-03-01..2014-03-31"),
    ("Sept. 2014", "2014-09-01..2014-09-30"),
    ("2014 March", "2014-03-01..2014-03-31"),
    ("4 March 2014", "2014-03-04"),
    ("4th of March 2014", "2014-03-04"),
    ("March 4, 2014", "2014-03-04"),
    ("Mar 4 2014", "2014-03-04"),
    ("2014 March 4", "2014-03-04"),
    ("Tuesday 4 March 2014", "2014-03-04"),
    ("Tue, 4 Mar 2014", "2014-03-04"),
    ("29 February 2012", "2012-02-29"),
    ("14 février 2017", "2017-02-14"),
    ("März 2014", "2014-03-01..2014-03-31"),
    ("4 de marzo de 2014", "2014-03-04"),
    ("Q3 1987", "1987-07-01..1987-09-30"),
    ("1987 Q3", "1987-07-01..1987-09-30"),
    ("1987-Q3", "1987-07-01..1987-09-30"),
    ("third quarter of 1987", "1987-07-01..1987-09-30"),
    ("first half of 1987", "1987-01-01..1987-06-30"),
    ("second half of 1987", "1987-07-01..1987-12-31"),
    ("H1 1987", "1987-01-01..1987-06-30"),
    ("1987 H2", "1987-07-01..1987-12-31"),
    ("first half of February 2012", "2012-02-01..2012-02-15"),
    ("second half of March 1987", "1987-03-16..1987-03-31"),
    ("spring 1987", "1987-03-01..1987-05-31"),
    ("summer of 1987", "1987-06-01..1987-08-31"),
    ("autumn 1987", "1987-09-01..1987-11-30"),
    ("fall 1987", "1987-09-01..1987-11-30"),
    ("winter 1987", "1986-12-01..1987-02-28"),
    ("winter 1986/87", "1986-12-01..1987-02-28"),
    ("winter 1986-1987", "1986-12-01..1987-02-28"),
    ("early 1987", "1987-01-01..1987-04-30"),
    ("mid-1987", "1987-05-01..1987-08-31"),
    ("late 1987", "1987-09-01..1987-12-31"),
    ("early March 2014", "2014-03-01..2014-03-10"),
    ("mid-March 2014", "2014-03-11..2014-03-20"),
    ("late February 2012", "2012-02-21..2012-02-29"),
    ("1980s", "1980-01-01..1989-12-31"),
    ("the 1980s", "1980-01-01..1989-12-31"),
    ("1980's", "1980-01-01..1989-12-31"),
    ("early 1980s", "1980-01-01..1983-12-31"),
    ("mid 1980s", "1984-01-01..1986-12-31"),
    ("late 1980s", "1987-01-01..1989-12-31"),
    ("20th century", "1901-01-01..2000-12-31"),
    ("2014-W10", "2014-03-03..2014-03-09"),
    ("2014W10", "2014-03-03..2014-03-09"),
    ("week 10 of 2014", "2014-03-03..2014-03-09"),
    ("week of 4 March 2014", "2014-03-03..2014-03-09"),
    ("week of 2014-03-04", "2014-03-03..2014-03-09"),
    ("since 2014", "2014-01-01.."),
    ("since March 2014", "2014-03-01.."),
    ("from March 2014", "2014-03-01.."),
    ("after 1990", "1991-01-01.."),
    ("before 1990", "..1989-12-31"),
    ("prior to March 1990", "..1990-02-28"),
    ("until 1990", "..1990-12-31"),
    ("up to 4 March 1990", "..1990-03-04"),
    ("by 1990", "..1990-12-31"),
    ("between 2013 and 2014", "2013-01-01..2014-12-31"),
    ("between 2013-02 and 2014", "2013-02-01..2014-12-31"),
    ("between 4 March and 6 April 2014", "2014-03-04..2014-04-06"),
    ("between November and February 2014", "2013-11-01..2014-02-28"),
    ("from 1987 to 1989", "1987-01-01..1989-12-31"),
    ("1987 to 1989", "1987-01-01..1989-12-31"),
    ("1987-1989", "1987-01-01..1989-12-31"),
    ("1987–1989", "1987-01-01..1989-12-31"),
    ("4 to 6 March 2014", "2014-03-04..2014-03-06"),
    ("4-6 March 2014", "2014-03-04..2014-03-06"),
    ("March to May 2014", "2014-03-01..2014-05-31"),
    ("March-May 2014", "2014-03-01..2014-05-31"),
    ("from 30 December to 2 January 2014", "2013-12-30..2014-01-02"),
    ("spring 1987 to autumn 1988", "1987-03-01..1988-11-30"),
    ("1990s..2004", "1990-01-01..2004-12-31"),
    ("Q2 1987/Q3 1987", "1987-04-01..1987-09-30"),
    ("between 2014 and 2013", "2013-01-01..2014-12-31"),
    (">= March 2014", "2014-03-01.."),
    ("<1980s", "..1979-12-31"),
)


def shown(days: Days | None) -> str:
    """ "2014-03-04", or "first..last" with nothing at an open end."""
    assert days is not None
    first = days.first.isoformat() if days.first else ""
    last = days.last.isoformat() if days.last else ""
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(("text", "live", "closed"), COUNTED)
def test_what_is_counted_from_a_day(text: str, live: str, closed: str) -> None:
    for clock, expected in ((LIVE, live), (CLOSED, closed)):
        reading = read(text, clock)
        assert reading is not None
        assert shown(reading.days) == expected
        assert reading.counted == clock.reason
    assert parse(text) is None  # nothing to count from


@pytest.mark.parametrize(("text", "expected"), FIXED)
def test_what_means_the_same_by_any_clock(text: str, expected: str) -> None:
    for clock in (LIVE, CLOSED, None):
        reading = read(text, clock)
        assert reading is not None
        assert shown(reading.days) == expected
        assert reading.counted == ""


@pytest.mark.parametrize("text", [text for text, *_ in (*COUNTED, *FIXED)])
def test_capitals_and_spaces_change_nothing(text: str) -> None:
    expected = parse(text, CLOSED)
    for other in (text.upper(), text.lower(), f"  {text} ", text.replace(" ", "  ")):
        assert parse(other, CLOSED) == expected


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31 feb", "February has no day 31"),
        ("31 February 2014", "February has no day 31"),
        ("29 Feb 2014", "February 2014 has no day 29"),
        ("April 31", "April has no day 31"),
        ("since 0 March 2014", "March has no day 0"),
        ("between 31 June and 4 July", "June has no day 31"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_and_not_raised(text: str, fault: str) -> None:
    reading = read(text, LIVE)
    assert reading is not None
    assert reading.days is None
    assert reading.fault == fault


@pytest.mark.parametrize(
    "text",
    [
        "someday", "last", "last or march", "week", "week 60 2014", "2014-W60", "Q5 1987",
        "h3 1987", "P", "PT5M", "P0D", "P9999Y", "9999 years ago", "since", "between 2013",
        "between and", "2014 to", "to to to", "early", "early last", "spring 1987/90",
        "100 century",
        "0 century",
        "0000s", "4 foo 2014", "march 2014 protest", "3/4/2014", "-", "/", "x" * 500,
        "early " * 20 + "1987", " to ".join(["2014"] * 20),
    ],
)  # fmt: skip
def test_what_is_no_date_is_nothing(text: str) -> None:
    assert read(text, LIVE) is None


_WORDS = (
    "last", "this", "past", "next", "first", "half", "of", "since", "before", "between", "and",
    "to", "week", "month", "year", "days", "ago", "2014", "2014-02", "31", "feb", "March", "Q3",
    "spring", "1980s", "P1W", "/", "..", ">", "-", "tuesday", "yesterday", "4", "the", "early",
    "century", "9999", "0", "'s", "février",
)  # fmt: skip


@given(st.text(max_size=90) | st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join))
@example("9" * 80)
@example("٣ march ٢٠١٤")
def test_no_words_raise_and_what_is_understood_is_in_order(text: str) -> None:
    for clock in (LIVE, CLOSED, Clock(date(1, 1, 1)), Clock(date(9998, 12, 31)), None):
        days = parse(text, clock)
        if days is not None:
            assert days.first or days.after
            if days.first and days.after:
                assert days.first < days.after


@given(st.dates(date(1800, 1, 1), date(2200, 1, 1)))
def test_weeks_months_and_years_meet_without_a_gap(day: date) -> None:
    clock = Clock(day)
    for unit in ("week", "month", "quarter", "year", "decade"):
        last, this, following = (
            parse(f"{step} {unit}", clock) for step in ("last", "this", "next")
        )
        assert last is not None
        assert this is not None
        assert following is not None
        assert last.after == this.first
        assert this.after == following.first
        assert this.first is not None
        assert this.after is not None
        assert this.first <= day < this.after


# -- what words count from


def test_an_archive_counts_from_its_newest_article_once_that_is_two_months_old() -> None:
    assert Clock(TODAY, date(2026, 9, 23)).day == TODAY  # 60 days
    assert Clock(TODAY, date(2026, 9, 22)).day == date(2026, 9, 22)
    assert Clock(TODAY, date(2026, 12, 24)).day == TODAY  # dated in advance
    assert Clock(TODAY).day == TODAY  # nothing in it yet


def test_what_words_count_from_can_be_switched() -> None:
    assert Clock(TODAY, date(2013, 6, 12), "today").day == TODAY
    assert Clock(TODAY, date(2026, 11, 20), "newest").day == date(2026, 11, 20)
    assert Clock(TODAY, None, "newest").day == TODAY


def test_the_day_that_words_count_from_has_its_reason() -> None:
    assert LIVE.reason == "22 November 2026, today"
    assert CLOSED.reason == "12 June 2013, the newest article"


def test_days_of_the_clock_are_days_of_its_zone() -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    clock = Clock.at(auckland, datetime(2013, 6, 12, 20, 0, tzinfo=UTC))
    assert clock.newest == date(2013, 6, 13)
    assert abs((clock.today - datetime.now(UTC).date()).days) <= 1
