"""In which order results stand, and how they are dealt out to pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from index.archive import FILE, Archive
from search import dates
from search.bounds import bounds
from search.engine import open_archive
from tests.conftest import Program
from tests.search.conftest import Ask, Made, asker, titles
from tests.search.test_date_words import COUNTED, FIXED

DATED = (
    ("2019-05-04", "middle"),
    ("2001-01-01", "oldest"),
    ("2023-11-30T08:15:00Z", "newest"),
    ("2023-11-30", "newest day"),
    ("1998", "a year"),
    ("2010-06", "a month"),
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    dated = [
        {"title": title, "text": f"The beacon was lit, {title}.", "date": date}
        for date, title in DATED
    ]
    undated = [
        {"title": f"undated {n}", "text": f"The beacon was lit, undated {n}.", "date": ""}
        for n in range(3)
    ]
    with open_archive(made_of(*undated[:2], *dated, undated[2])) as engine:
        yield asker(engine)


@pytest.fixture(scope="module")
def ask_many(made_of: Made) -> Iterator[Ask]:
    """Forty-three articles of which many tie in every order."""
    articles: list[dict[str, object]] = [
        {
            "title": f"Notice {n:02}",
            "text": "A foghorn was sounded." + " A foghorn again." * (n % 3),
            "date": f"2020-0{1 + n % 4}-01" if n % 5 else "",
        }
        for n in range(43)
    ]
    with open_archive(made_of(*articles)) as engine:
        yield asker(engine)


def test_newest_first_ends_with_the_undated(ask: Ask) -> None:
    found = titles(ask("beacon", sort="newest"))
    assert found[:6] == ["newest", "newest day", "middle", "a month", "oldest", "a year"]
    assert set(found[6:]) == {"undated 0", "undated 1", "undated 2"}


def test_oldest_first_ends_with_the_undated_too(ask: Ask) -> None:
    found = titles(ask("beacon", sort="oldest"))
    assert found[:6] == ["a year", "oldest", "a month", "middle", "newest day", "newest"]
    assert set(found[6:]) == {"undated 0", "undated 1", "undated 2"}


@pytest.mark.parametrize("q", ["", "date:1998..2023", "-foghorn", "date:2001 -foghorn"])
def test_where_no_word_ranks_them_the_newest_come_first(q: str, ask: Ask) -> None:
    assert titles(ask(q)) == titles(ask(q, sort="newest"))


def test_equal_scores_go_by_date_newest_first_and_the_undated_last(ask_many: Ask) -> None:
    hits = ask_many("foghorn", sort="relevance", per_page=100).hits
    by_score: dict[float, list[str]] = {}
    for hit in hits:
        published = hit.held.article.published
        by_score.setdefault(hit.score, []).append(published.text() if published else "")
    assert list(by_score) == sorted(by_score, reverse=True)
    assert len(by_score) == 3
    assert all(days == sorted(days, reverse=True) for days in by_score.values())


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("per_page", [1, 7, 10, 43, 100])
@pytest.mark.parametrize("q", ["foghorn", "", "notice OR foghorn"])
def test_pages_neither_overlap_nor_leave_a_gap(
    q: str, per_page: int, sort: str, ask_many: Ask
) -> None:
    whole = ask_many(q, sort=sort, per_page=100)
    assert whole.total == len(whole.hits) == 43
    pages = [
        ask_many(q, sort=sort, per_page=per_page, page=number, with_facets=False)
        for number in range(1, whole.total // per_page + 2)
    ]
    dealt = [hit.held.article.id for page in pages for hit in page.hits]
    assert dealt == [hit.held.article.id for hit in whole.hits]
    assert [hit.rank for page in pages for hit in page.hits] == list(range(1, 44))
    assert {page.total for page in pages} == {43}
    assert {page.pages for page in pages} == {-(-43 // per_page)}


def test_a_page_beyond_the_last_is_empty_and_still_knows_the_total(ask_many: Ask) -> None:
    page = ask_many("foghorn", page=6)
    assert page.hits == ()
    assert (page.total, page.pages, page.page) == (43, 5, 6)
    assert ask_many("foghorn", page=1000).hits == ()


def test_asking_twice_gives_the_same_order(ask_many: Ask) -> None:
    assert titles(ask_many("foghorn", per_page=43)) == titles(ask_many("foghorn", per_page=43))


# -- days, from and to


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({"q": "date:2019-05-04"}, {"middle"}),
        ({"q": "date:2019-05"}, {"middle"}),
        ({"q": "date:2019"}, {"middle"}),
        ({"q": "date:2019-05-05"}, set()),
        ({"q": "date:2023-11-30"}, {"newest", "newest day"}),
        ({"q": "date:1998"}, {"a year"}),
        ({"q": "date:2010-06"}, {"a month"}),
        ({"q": "date:2001/2010-06"}, {"oldest", "a month"}),
        ({"q": "date:<2001"}, {"a year"}),
        ({"q": "date:<=2001"}, {"a year", "oldest"}),
        ({"q": "date:>2019"}, {"newest", "newest day"}),
        ({"q": "date:>=2019"}, {"middle", "newest", "newest day"}),
        ({"q": "date:..2001"}, {"a year", "oldest"}),
        ({"q": "date:2023.."}, {"newest", "newest day"}),
        ({"q": "date:2001 OR date:2019"}, {"oldest", "middle"}),
        ({"q": "lit date:2019"}, {"middle"}),
        ({"start": "2019-05-04", "end": "2019-05-04"}, {"middle"}),
        ({"start": "2019-05-04"}, {"middle", "newest", "newest day"}),
        ({"start": "2019-05-05"}, {"newest", "newest day"}),
        ({"end": "2001-01-01"}, {"a year", "oldest"}),
        ({"end": "2000-12-31"}, {"a year"}),
        ({"start": "2001", "end": "2010"}, {"oldest", "a month"}),
        ({"start": "2010-06", "end": "2019-05"}, {"a month", "middle"}),
        ({"q": "date:2019..", "end": "2020"}, {"middle"}),
    ],
)
def test_days_are_inclusive_and_leave_the_undated_out(
    wishes: dict[str, str], expected: set[str], ask: Ask
) -> None:
    page = ask(**wishes)
    assert set(titles(page)) == expected
    assert page.total == len(expected)


def test_the_answer_says_which_days_it_looked_at(ask: Ask) -> None:
    page = ask("beacon", start="2010", end="2019-05")
    assert (page.query.start, page.query.end) == ("2010-01-01", "2019-05-31")
    assert page.query.sentence.endswith("published from 1 January 2010 to 31 May 2019.")


def test_a_bound_that_is_no_day_is_left_out_and_says_so(ask: Ask) -> None:
    page = ask("beacon", start="last gasp", end="2001")
    assert set(titles(page)) == {"a year", "oldest"}
    assert page.query.notes == (
        "from “last gasp” is no date such as 2014, 2014-02, 2014-02-03, “March 2014” or"
        " “last week”: it was left out",
    )
    assert (page.query.start, page.query.end) == (None, "2001-12-31")


CLOCKS = {"today": dates.Clock(date(2026, 11, 22)), "newest": dates.Clock(date(2001, 5, 9))}
PHRASES = [text for text, *_ in (*COUNTED, *FIXED)]


@pytest.mark.parametrize("text", PHRASES)
@pytest.mark.parametrize("clock", CLOCKS.values(), ids=list(CLOCKS))
def test_every_phrase_of_a_date_can_be_a_bound(text: str, clock: dates.Clock) -> None:
    days = dates.parse(text, clock)
    assert days is not None
    since, until = bounds(text, "", clock), bounds("", text, clock)
    assert since.notes == until.notes == ()
    assert since.days is not None
    assert until.days is not None
    if days.first:
        assert since.days.first == days.first
    if days.after:
        assert until.days.after == days.after
    if days.first and days.after:
        assert bounds(text, text, clock).days == days
    reading = dates.read(text, clock)
    assert reading is not None
    assert since.counted == until.counted == reading.counted


def test_a_bound_in_words_says_what_it_was_counted_from(ask: Ask) -> None:
    page = ask("beacon", start="last year", counting="newest")
    newest = max(hit.held.article.published.at for hit in ask("beacon").hits
                 if hit.held.article.published)  # fmt: skip
    assert page.query.start == f"{newest.year - 1}-01-01"
    assert page.query.counting == "newest"
    assert page.query.counted.endswith("the newest article")
    assert f"(last year, counted from {page.query.counted})" in page.query.sentence
    today = ask("beacon", end="yesterday", counting="today")
    assert today.query.counted.endswith(", today")
    assert today.query.start is None
    assert ask("beacon date:yesterday", counting="today").query.counted.endswith(", today")
    assert ask("beacon", start="2001").query.counted == ""


def test_an_open_date_is_a_bound_by_the_day_that_it_names() -> None:
    clock = CLOCKS["today"]
    assert str(bounds("since March 2014", "", clock)) == "since 1 March 2014"
    assert str(bounds("", "until 2014", clock)) == "before 1 January 2015"
    assert str(bounds("2015", "until 2014", clock)) == "from 31 December 2014 to 31 December 2015"
    assert bounds("31 feb", "", clock).notes == (
        "from “31 feb” is no date, because February has no day 31: it was left out",
    )


def test_days_begin_and_end_in_the_archives_own_zone(tmp_path: Path, program: Program) -> None:
    folder = tmp_path / "archive"
    Archive.create(folder).close()
    with sqlite3.connect(folder / FILE) as db:
        db.execute("INSERT OR REPLACE INTO settings VALUES ('zone', 'America/New_York')")
    db.close()
    moments = {
        "last second of the 13th": "2021-03-14T04:59:59Z",
        "first second of the 14th": "2021-03-14T05:00:00Z",
        "last second of the 14th": "2021-03-15T03:59:59Z",  # clocks went forward: 23 hours
        "first second of the 15th": "2021-03-15T04:00:00Z",
        "the 14th, no hour": "2021-03-14",
    }
    lines = "\n".join(
        f'{{"title": "{title}", "text": "Rain fell, {title}.", "date": "{date}"}}'
        for title, date in moments.items()
    )
    done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
    assert done.returncode == 0, done.stderr
    inside = {"first second of the 14th", "last second of the 14th", "the 14th, no hour"}
    with open_archive(folder) as engine:
        ask = asker(engine)
        assert set(titles(ask("date:2021-03-14"))) == inside
        assert set(titles(ask("rain", start="2021-03-14", end="2021-03-14"))) == inside
        assert set(titles(ask("rain", end="2021-03-13"))) == {"last second of the 13th"}
        histogram = ask("rain").histogram
        assert histogram is not None
        assert [(bucket.start, bucket.count) for bucket in histogram.buckets] == [
            ("2021-03-13", 1),
            ("2021-03-14", 3),
            ("2021-03-15", 1),
        ]


def test_an_article_keeps_its_place_when_others_are_updated(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of(
        {"id": "1", "title": "First", "text": "Tin was found.", "date": "2020-01-01"},
        {"id": "2", "title": "Second", "text": "Tin was lost.", "date": "2020-01-02"},
    )
    archive_of({"id": "1", "title": "First", "text": "Tin was found, twice.", "date": "2020-01-01"})
    with open_archive(folder) as engine:
        page = asker(engine)("tin", sort="newest")
        assert titles(page) == ["Second", "First"]
        assert asker(engine)("twice").total == 1
        assert engine.articles() == 2
