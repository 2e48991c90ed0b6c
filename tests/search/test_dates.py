"""Days as people type them, and the seconds they mean in a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.dates import Days, parse

NEW_YORK = ZoneInfo("America/New_York")
AUCKLAND = ZoneInfo("Pacific/Auckland")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


def first_and_last(text: str) -> tuple[str | None, str | None]:
    days = parse(text)
    assert days is not None
    return (
        days.first.isoformat() if days.first else None,
        days.last.isoformat() if days.last else None,
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # a day, a month, a year
        ("2014-02-03", "2014-02-03", "2014-02-03"),
        ("2014-2-3", "2014-02-03", "2014-02-03"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2014-12", "2014-12-01", "2014-12-31"),
        ("2014", "2014-01-01", "2014-12-31"),
        (" 2014 ", "2014-01-01", "2014-12-31"),
        # leap days
        ("2012-02-29", "2012-02-29", "2012-02-29"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        # intervals: both ends count, in either notation
        ("2014-02/2014-04", "2014-02-01", "2014-04-30"),
        ("2014-02..2014-04", "2014-02-01", "2014-04-30"),
        ("2014/2015", "2014-01-01", "2015-12-31"),
        ("2014-02-03/2014-02-03", "2014-02-03", "2014-02-03"),
        ("2014-02-27/2014-03", "2014-02-27", "2014-03-31"),
        ("2013/2014-02-03", "2013-01-01", "2014-02-03"),
        # open intervals
        ("2014..", "2014-01-01", None),
        ("2014-02/", "2014-02-01", None),
        ("..2014", None, "2014-12-31"),
        ("/2014-02-03", None, "2014-02-03"),
        # comparisons
        (">2014-03", "2014-04-01", None),
        (">=2014-03", "2014-03-01", None),
        ("<2014-03", None, "2014-02-28"),
        ("<=2014-03", None, "2014-03-31"),
        (">2014-02-28", "2014-03-01", None),
        ("<=2014-03-05", None, "2014-03-05"),
        # backwards means the same interval
        ("2014-03-05/2014-03-01", "2014-03-01", "2014-03-05"),
        ("2014-03-05..2013-03-05", "2013-03-05", "2014-03-05"),
        # the ends of the calendar
        ("0001", "0001-01-01", "0001-12-31"),
        ("9998-12-31", "9998-12-31", "9998-12-31"),
    ],
)
def test_a_text_means_these_days(text: str, first: str | None, last: str | None) -> None:
    assert first_and_last(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "yesterday",
        "14",
        "201",
        "20140203",
        "2014-02-30",
        "2013-02-29",
        "1900-02-29",
        "2014-13",
        "2014-00",
        "2014-01-00",
        "2014-04-31",
        "0000",
        "9999",
        "2014-02-03T10:00",
        "03/02/2014",
        "2014-",
        "-2014",
        "2014-02-03-04",
        "/",
        "..",
        "2014//2015",
        "2014/..",
        "2014..2015..2016",
        "2014-02-30/2014-03",
        "2014/2015-13",
        ">",
        "<2014-13",
        "=2014",
        "=>2014",
        ">2014/2015",
        "2014 2015",
        "²014",
    ],
)
def test_what_is_no_day_is_nothing(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=40) | st.text("0123456789-/.<>= ", max_size=24))
@example("٢٠١٤")
@example("9" * 5_000)
def test_no_text_raises_and_what_is_understood_is_in_order(text: str) -> None:
    days = parse(text)
    if days is not None:
        assert days.first or days.after
        if days.first and days.after:
            assert days.first < days.after


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_an_interval_of_two_days_holds_both_in_either_order(one: date, other: date) -> None:
    first, last = sorted((one, other))
    expected = Days(first, last + timedelta(days=1))
    for sign in ("/", ".."):
        assert parse(f"{one.isoformat()}{sign}{other.isoformat()}") == expected
        assert parse(f"{other.isoformat()}{sign}{one.isoformat()}") == expected


@given(st.dates(date(1, 2, 1), date(9998, 11, 30)))
def test_comparisons_of_a_day_part_all_days_in_two(day: date) -> None:
    before, after = parse(f"<{day.isoformat()}"), parse(f">={day.isoformat()}")
    assert before is not None
    assert after is not None
    assert (before.first, before.after) == (None, day)
    assert (after.first, after.after) == (day, None)


# -- seconds


@pytest.mark.parametrize(
    ("text", "zone", "hours"),
    [
        ("2021-03-14", UTC, 24),
        ("2021-03-14", NEW_YORK, 23),  # clocks go forward
        ("2021-11-07", NEW_YORK, 25),  # and back
        ("2021-07-04", NEW_YORK, 24),
        ("2021-09-26", AUCKLAND, 23),
        ("2021-04-04", AUCKLAND, 25),
        ("2021-06-01", KATHMANDU, 24),
        ("2021-10-03", LORD_HOWE, 23.5),  # by half an hour
        ("2021-03", NEW_YORK, 31 * 24 - 1),
        ("2021", NEW_YORK, 365 * 24),
        ("2020", UTC, 366 * 24),
    ],
)
def test_a_day_is_as_long_as_it_was_there(text: str, zone: ZoneInfo, hours: float) -> None:
    days = parse(text)
    assert days is not None
    start, after = days.seconds(zone)
    assert start is not None
    assert after is not None
    assert after - start == hours * 3600
    begins = datetime.fromtimestamp(start, zone)
    assert (begins.hour, begins.minute, begins.second) == (0, 0, 0)
    assert begins.date() == days.first
    assert datetime.fromtimestamp(after - 1, zone).date() == days.last
    assert datetime.fromtimestamp(after, zone).date() == days.after


def test_seconds_are_half_open_and_known() -> None:
    days = parse("1970-01-01")
    assert days is not None
    assert days.seconds(UTC) == (0, 86_400)
    assert days.seconds(NEW_YORK) == (5 * 3600, 29 * 3600)
    assert days.seconds(KATHMANDU) == (-int(5.5 * 3600), 86_400 - int(5.5 * 3600))


def test_an_open_end_has_no_second() -> None:
    since, before = parse("2014.."), parse("<2014")
    assert since is not None
    assert before is not None
    assert since.seconds(UTC) == (1_388_534_400, None)
    assert before.seconds(UTC) == (None, 1_388_534_400)


@pytest.mark.parametrize("text", ["0001", "9998-12-31", "..0001-01-01", ">9998"])
@pytest.mark.parametrize("zone", [UTC, NEW_YORK, AUCKLAND, KATHMANDU])
def test_the_ends_of_the_calendar_have_seconds_in_every_zone(text: str, zone: ZoneInfo) -> None:
    days = parse(text)
    assert days is not None
    start, after = days.seconds(zone)
    assert start is None or after is None or start < after


# -- in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-03-03", "on 3 March 2021"),
        ("2021-03", "from 1 March 2021 to 31 March 2021"),
        ("2021-03-03/2021-04", "from 3 March 2021 to 30 April 2021"),
        ("2021-03..", "since 1 March 2021"),
        (">2021-03", "since 1 April 2021"),
        ("<2021-03", "before 1 March 2021"),
        ("..2021-03", "before 1 April 2021"),
    ],
)
def test_days_can_be_told_in_words(text: str, words: str) -> None:
    assert str(parse(text)) == words


def test_no_days_at_all_are_any_time() -> None:
    assert str(Days(None, None)) == "at any time"
    assert Days(None, None).last is None
