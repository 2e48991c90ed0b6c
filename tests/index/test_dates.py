"""Dates as publishers write them: what they mean, how exactly, and what is refused."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.article import Stamp
from index.dates import parse, plausible


def parsed(text: str, zone: str = "UTC") -> tuple[str, str] | None:
    """(the moment in full, the precision) of ``text``."""
    stamp = parse(text, origin="test", zone=ZoneInfo(zone))
    return None if stamp is None else (stamp.at.isoformat(), stamp.precision)


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2021-03-03T18:20:05+01:00", "2021-03-03T18:20:05+01:00", "second"),
        ("2021-03-03T18:20:05Z", "2021-03-03T18:20:05+00:00", "second"),
        ("2021-03-03T18:20:05.123Z", "2021-03-03T18:20:05.123000+00:00", "second"),
        ("2021-03-03T18:20+01:00", "2021-03-03T18:20:00+01:00", "minute"),
        ("2021-03-03 18:20:05", "2021-03-03T18:20:05+00:00", "second"),
        ("2021-03-03T18:20:05+0100", "2021-03-03T18:20:05+01:00", "second"),
        ("2021-03-03", "2021-03-03T00:00:00+00:00", "day"),
        ("2021-03", "2021-03-01T00:00:00+00:00", "month"),
        ("2021", "2021-01-01T00:00:00+00:00", "year"),
        ("2021-03-03T00:00:00Z", "2021-03-03T00:00:00+00:00", "day"),
        ("20210303", "2021-03-03T00:00:00+00:00", "day"),
        ("20210303T182005Z", "2021-03-03T18:20:05+00:00", "second"),
        ("1614795605", "2021-03-03T18:20:05+00:00", "second"),
        ("1614795605123", "2021-03-03T18:20:05+00:00", "second"),
        ("Wed, 03 Mar 2021 18:20:05 +0100", "2021-03-03T18:20:05+01:00", "second"),
        ("03 Mar 2021 18:20:05 GMT", "2021-03-03T18:20:05+00:00", "second"),
        ("March 3, 2021", "2021-03-03T00:00:00+00:00", "day"),
        ("3 March 2021", "2021-03-03T00:00:00+00:00", "day"),
        ("Wednesday, March 3rd, 2021", "2021-03-03T00:00:00+00:00", "day"),
        ("March 2021", "2021-03-01T00:00:00+00:00", "month"),
        ("Mar 3, 2021, 6:20 pm CST", "2021-03-03T18:20:00-06:00", "minute"),
        ("May 25, 2021, 12:15 am CDT", "2021-05-25T00:15:00-05:00", "minute"),
        ("March 3, 2021 at 6:20 p.m. EST", "2021-03-03T18:20:00-05:00", "minute"),
        ("March 3, 2021 | 6:20 PM", "2021-03-03T18:20:00+00:00", "minute"),
        ("Published: March 3, 2021", "2021-03-03T00:00:00+00:00", "day"),
        ("Posted on 3 March 2021 at 18:20", "2021-03-03T18:20:00+00:00", "minute"),
        ("Last updated March 3, 2021 18:20:05", "2021-03-03T18:20:05+00:00", "second"),
        ("14 février 2017", "2017-02-14T00:00:00+00:00", "day"),
        ("14. Februar 2017", "2017-02-14T00:00:00+00:00", "day"),
        ("14 de febrero de 2017", "2017-02-14T00:00:00+00:00", "day"),
        ("14 февраля 2017", "2017-02-14T00:00:00+00:00", "day"),
        ("July 4, 1776", "1776-07-04T00:00:00+00:00", "day"),
    ],
)
def test_a_date_means_what_was_written(text: str, at: str, precision: str) -> None:
    assert parsed(text) == (at, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "yesterday",
        "today",
        "now",
        "Tuesday",
        "March",
        "March 3",
        "18:20",
        "noon",
        "2021-02-30",
        "2021-13-01",
        "2021-03-03T25:00:00Z",
        "20211340",
        "31 June 2021",
        "0001-01-01",
        "0000-00-00",
        "1604-01-01",
        "2999-01-01",
        "9999-12-31T23:59:59-23:59",
        "99999999999999999999",
        "-1",
        "a heron",
        "12",
        "March 3, 2021 " + "x" * 500,
        "10 herons came in 2021 or so",
    ],
)
def test_what_names_no_moment_is_refused(text: str) -> None:
    assert parsed(text) is None


def test_a_time_without_a_zone_is_read_in_the_zone_of_the_archive() -> None:
    assert parsed("2021-07-03 18:20", "America/Chicago") == ("2021-07-03T18:20:00-05:00", "minute")
    assert parsed("2021-01-03 18:20", "America/Chicago") == ("2021-01-03T18:20:00-06:00", "minute")
    assert parsed("July 3, 2021", "Europe/Oslo") == ("2021-07-03T00:00:00+02:00", "day")
    assert parsed("14 février 2017", "Europe/Oslo") == ("2017-02-14T00:00:00+01:00", "day")


def test_a_zone_that_was_written_outranks_that_of_the_archive() -> None:
    for text in ("2021-07-03T18:20:00-05:00", "July 3, 2021, 6:20 pm CDT"):
        found = parsed(text, "Europe/Oslo")
        assert found is not None
        assert found[0] == "2021-07-03T18:20:00-05:00"


def test_a_stamp_keeps_where_it_came_from() -> None:
    stamp = parse("2021-03-03", origin="meta", confidence="low")
    assert stamp is not None
    assert (stamp.origin, stamp.confidence, stamp.text()) == ("meta", "low", "2021-03-03")


def test_a_stamp_prints_no_more_than_is_known() -> None:
    at = datetime(2021, 3, 3, 18, 20, 5, tzinfo=timezone(timedelta(hours=-5)))
    assert Stamp(at, "second", "x", "high").text() == "2021-03-03T18:20:05-05:00"
    assert Stamp(at, "day", "x", "high").text() == "2021-03-03"
    assert Stamp(at, "month", "x", "high").text() == "2021-03"
    assert Stamp(at, "year", "x", "high").text() == "2021"


def test_a_stamp_without_a_zone_is_an_error_at_once() -> None:
    with pytest.raises(ValueError, match="aware"):
        Stamp(datetime(2021, 3, 3), "day", "x", "high")  # noqa: DTZ001, RUF100


def test_only_the_past_of_newspapers_and_a_year_ahead_is_plausible() -> None:
    assert not plausible(datetime(1604, 12, 31, tzinfo=UTC))
    assert plausible(datetime(1605, 1, 1, tzinfo=UTC))
    assert plausible(datetime.now(UTC) + timedelta(days=300))
    assert not plausible(datetime.now(UTC) + timedelta(days=400))


_offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1605, 1, 2), datetime(2026, 1, 1), timezones=_offsets))
@settings(deadline=None)
def test_what_a_system_writes_reads_back_to_the_second(at: datetime) -> None:
    at = at.replace(microsecond=0, second=at.second or 1)
    stamp = parse(at.isoformat(), origin="test")
    assert stamp is not None
    assert (stamp.at, stamp.at.utcoffset()) == (at, at.utcoffset())


_SCRAPS = (
    "2021|03|3|31|99|-|/|:| |, |T|Z|+05:00|-23:59|am|p.m.|March|Feb|févr.|Tuesday|at|Updated|CST"
    "|UTC|GMT|0|00|24|60|9999|1605|st|th|±|٣|month|ago|last"
)


@given(
    st.lists(st.sampled_from(_SCRAPS.split("|")), max_size=9).map("".join) | st.text(max_size=60)
)
@example("10000-01-01")
@example("٢٠٢١-٠٣-٠٣")
@settings(deadline=None, max_examples=200)
def test_whatever_the_text_there_is_a_plausible_stamp_or_none(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries for dates warn of what they guess
        stamp = parse(text, origin="test")
    if stamp is not None:
        assert plausible(stamp.at)
        assert stamp.text()
