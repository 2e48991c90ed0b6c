"""What the results can be narrowed by, and how they lie in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.engine import open_archive
from search.request import Filter, SearchRequest
from search.results import SearchPage
from tests.search.conftest import Ask, Made, asker, titles

# title, authors, source, tags, date
ROWS: tuple[tuple[str, str, str, list[str], str], ...] = (
    ("A", "Una Ashby", "Hill Gazette", ["mill", "river"], "2020-01-05"),
    ("B", "Una Ashby and Piers Holloway", "Hill Gazette", ["mill"], "2020-01-20"),
    ("C", "Piers Holloway", "Valley Herald", ["river"], "2020-02-03"),
    ("D", "Zoë Brontë", "Valley Herald", [], "2020-03-09"),
    ("E", "", "Valley Herald", ["tram"], ""),
    ("F", "Una Ashby", "", ["mill", "tram"], "2020-03-31"),
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    articles: list[dict[str, object]] = [
        {
            "title": title,
            "text": f"Wool was sold at market {title}." + (" Felt too." if title in "AC" else ""),
            "author": author,
            "source": source,
            "tags": tags,
            "date": date,
        }
        for title, author, source, tags, date in ROWS
    ]
    with open_archive(made_of(*articles)) as engine:
        yield asker(engine)


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[facet]}


def test_every_value_is_counted_among_the_results(ask: Ask) -> None:
    page = ask("wool")
    assert counts(page, "author") == {"Una Ashby": 3, "Piers Holloway": 2, "Zoë Brontë": 1}
    assert counts(page, "source") == {"Valley Herald": 3, "Hill Gazette": 2}
    assert counts(page, "tag") == {"mill": 3, "river": 2, "tram": 2}
    assert counts(ask("felt"), "author") == {"Una Ashby": 1, "Piers Holloway": 1}


def test_the_most_frequent_value_comes_first_then_the_alphabet(ask: Ask) -> None:
    assert [value.value for value in ask("wool").facets["tag"]] == ["mill", "river", "tram"]
    assert ask("wool").facets["source"][0].value == "Valley Herald"


def test_counts_are_of_all_results_not_of_the_page(ask: Ask) -> None:
    page = ask("wool", per_page=1, page=2)
    assert len(page.hits) == 1
    assert counts(page, "tag") == {"mill": 3, "river": 2, "tram": 2}


def test_a_value_that_was_chosen_narrows_the_results(ask: Ask) -> None:
    page = ask("wool", author=Filter(("Una Ashby",)))
    assert set(titles(page)) == {"A", "B", "F"}
    assert page.total == 3


def test_a_facets_own_filter_does_not_shrink_its_own_counts(ask: Ask) -> None:
    page = ask("wool", author=Filter(("Una Ashby",)))
    assert counts(page, "author") == {"Una Ashby": 3, "Piers Holloway": 2, "Zoë Brontë": 1}
    assert counts(page, "source") == {"Hill Gazette": 2}
    assert counts(page, "tag") == {"mill": 3, "river": 1, "tram": 1}
    assert {value.value for value in page.facets["author"] if value.selected} == {"Una Ashby"}
    assert not any(value.selected for value in page.facets["tag"])


def test_two_values_of_one_facet_are_either_two_facets_are_both(ask: Ask) -> None:
    either = ask("wool", tag=Filter(("river", "tram")))
    assert set(titles(either)) == {"A", "C", "E", "F"}
    both = ask("wool", tag=Filter(("river", "tram")), source=Filter(("Valley Herald",)))
    assert set(titles(both)) == {"C", "E"}
    assert counts(both, "tag") == {"river": 1, "tram": 1}
    assert counts(both, "source") == {"Valley Herald": 2, "Hill Gazette": 1}


def test_a_value_that_was_excluded_takes_its_articles_away(ask: Ask) -> None:
    page = ask("wool", tag=Filter((), ("mill",)))
    assert set(titles(page)) == {"C", "D", "E"}
    assert counts(page, "tag") == {"mill": 3, "river": 2, "tram": 2}
    assert counts(page, "source") == {"Valley Herald": 3}


def test_wanted_and_excluded_values_of_one_facet_both_count(ask: Ask) -> None:
    page = ask("wool", tag=Filter(("river",), ("mill",)))
    assert titles(page) == ["C"]
    page = ask("wool", author=Filter(("Una Ashby",), ("Piers Holloway",)))
    assert set(titles(page)) == {"A", "F"}


@pytest.mark.parametrize(
    "name", ["Zoë Brontë", "zoe bronte", "ZOË  BRONTË", "Zoe\u0308 Bronte\u0308"]
)
def test_a_name_is_chosen_however_it_is_written(name: str, ask: Ask) -> None:
    page = ask("wool", author=Filter((name,)))
    assert titles(page) == ["D"]
    assert [value.value for value in page.facets["author"] if value.selected] == ["Zoë Brontë"]


def test_part_of_a_name_chooses_nobody(ask: Ask) -> None:
    assert ask("wool", author=Filter(("Una",))).total == 0
    assert ask("wool", author=Filter(("Nobody",), ())).total == 0
    assert ask("wool", author=Filter((), ("Nobody",))).total == 6


def test_filters_hold_without_facets_too(ask: Ask) -> None:
    page = ask("wool", author=Filter(("Una Ashby",)), with_facets=False)
    assert page.total == 3
    assert page.facets == {}
    assert page.histogram is None


def test_filters_and_days_and_words_hold_together(ask: Ask) -> None:
    page = ask("wool", tag=Filter(("mill",)), start="2020-01-10", end="2020-03-30")
    assert titles(page) == ["B"]
    assert counts(page, "tag") == {"mill": 1, "river": 1}


def test_no_results_have_no_values_and_no_histogram(ask: Ask) -> None:
    page = ask("xylophonist")
    assert not any(page.facets.values())
    assert page.histogram is None


def test_at_most_twelve_values_are_shown_and_the_chosen_one_beyond_them(made_of: Made) -> None:
    articles: list[dict[str, object]] = [
        {"title": f"T{n}{m}", "text": f"Slate cart {n} {m}.", "tags": [f"tag {chr(97 + n)}"]}
        for n in range(15)
        for m in range(2 if n < 14 else 1)
    ]
    with open_archive(made_of(*articles)) as engine:
        ask = asker(engine)
        shown = ask("slate").facets["tag"]
        assert [value.value for value in shown] == [f"tag {chr(97 + n)}" for n in range(12)]
        chosen = ask("slate", tag=Filter(("tag o",))).facets["tag"]
        assert len(chosen) == 13
        assert (chosen[-1].value, chosen[-1].count, chosen[-1].selected) == ("tag o", 1, True)


def test_section_language_and_year_are_facets_too(made_of: Made) -> None:
    rows = (
        ("News", "en", "1999-12-31T23:30:00Z"),
        ("news", "en", "2000-01-01"),
        ("Sport", "de", ""),
    )
    articles: list[dict[str, object]] = [
        {"title": f"T{n}", "text": f"Slate {n}.", "section": section, "language": lang, "date": day}
        for n, (section, lang, day) in enumerate(rows)
    ]
    with open_archive(made_of(*articles)) as engine:
        ask = asker(engine)
        page = ask("slate")
        assert sorted(counts(page, "section").values()) == [1, 2]
        assert counts(page, "lang") == {"en": 2, "de": 1}
        assert counts(page, "year") == {"1999": 1, "2000": 1, "undated": 1}
        assert titles(ask("slate", section=Filter((), ("NEWS",)))) == ["T2"]
        assert titles(ask("slate", lang=Filter(("German",)))) == ["T2"]
        assert titles(ask("slate", year=Filter(("undated",)))) == ["T2"]
        two = ask("slate", year=Filter(("1999", "2000")))
        assert set(titles(two)) == {"T0", "T1"}
        assert counts(two, "year") == {"1999": 1, "2000": 1, "undated": 1}
        assert [v.value for v in two.facets["year"] if v.selected] == ["1999", "2000"]
        without = ask("slate", year=Filter((), ("undated",)))
        assert without.total == 2
        assert [v.value for v in without.facets["year"] if v.excluded] == ["undated"]


def test_all_values_of_a_facet_can_be_listed_and_searched(made_of: Made) -> None:
    articles: list[dict[str, object]] = [
        {"title": f"T{n}", "text": "Slate.", "author": f"Zoë Number{n:03}", "language": "de"}
        for n in range(230)
    ]
    with open_archive(made_of(*articles)) as engine:
        asked = SearchRequest(q="slate", dedupe="off")
        everyone = engine.values("author", asked)
        assert (everyone.total, everyone.pages, len(everyone.values)) == (230, 2, 200)
        rest = engine.values("author", replace(asked, page=2))
        assert [value.value for value in rest.values][-1] == "Zoë Number229"
        assert engine.search(asked).distinct["author"] == 230
        found = engine.values("author", asked, "zoe number22")
        assert [value.value for value in found.values] == [f"Zoë Number22{n}" for n in range(10)]
        assert engine.values("author", asked, "nobody").values == ()
        assert engine.values("lang", asked, "GERM").values[0].value == "de"
        assert engine.values("author", replace(asked, q="xylophone")).total == 0


# -- the histogram


def test_its_buckets_sum_to_the_dated_results_and_to_everything_held(ask: Ask) -> None:
    page = ask("wool")
    assert page.histogram is not None
    assert page.histogram.interval == "month"
    assert [(b.start, b.count, b.total) for b in page.histogram.buckets] == [
        ("2020-01", 2, 2),
        ("2020-02", 1, 1),
        ("2020-03", 2, 2),
    ]
    felt = ask("felt").histogram
    assert felt is not None
    assert felt.interval == "day"
    assert sum(bucket.count for bucket in felt.buckets) == 2
    assert sum(bucket.total for bucket in felt.buckets) == 3
    assert len(felt.buckets) == 30  # 5 January to 3 February, the empty days too
    assert (felt.buckets[0].start, felt.buckets[-1].start) == ("2020-01-05", "2020-02-03")


def test_it_counts_what_the_filters_left(ask: Ask) -> None:
    histogram = ask("wool", tag=Filter(("river",))).histogram
    assert histogram is not None
    assert sum(bucket.count for bucket in histogram.buckets) == 2


def test_undated_articles_are_a_bucket_of_their_own(ask: Ask) -> None:
    wool = ask("wool").histogram
    assert wool is not None
    assert (wool.undated.count, wool.undated.total) == (1, 1)
    alone = ask("title:E").histogram
    assert alone is not None
    assert alone.buckets == ()
    assert (alone.undated.count, alone.undated.total) == (1, 1)
    dated = ask("title:D").histogram
    assert dated is not None
    assert (dated.undated.count, dated.undated.total) == (0, 1)


@pytest.mark.parametrize(
    ("interval", "starts"),
    [
        ("year", ["2020"]),
        ("month", ["2020-01", "2020-02"]),
        ("week", ["2019-12-30", "2020-01-06", "2020-01-13", "2020-01-20", "2020-01-27",
                  "2020-02-03"]),
    ],
)  # fmt: skip
def test_its_interval_can_be_chosen_and_weeks_begin_on_monday(
    interval: str, starts: list[str], ask: Ask
) -> None:
    histogram = ask("", end="2020-02", interval=interval).histogram
    assert histogram is not None
    assert histogram.interval == interval
    assert [bucket.start for bucket in histogram.buckets] == starts
    assert sum(bucket.count for bucket in histogram.buckets) == 3


def test_an_interval_too_fine_for_the_results_becomes_the_next_coarser(
    ask_stretches: Ask,
) -> None:
    for asked, shown in (("day", "year"), ("month", "year"), ("year", "year")):
        page = ask_stretches("gold", interval=asked)
        assert page.histogram is not None
        assert page.histogram.interval == shown
        assert (page.query.notes == ()) == (asked == shown)
    weeks = ask_stretches("gold OR coal", start="2003", interval="day")
    assert weeks.histogram is not None
    assert weeks.histogram.interval == "month"
    assert weeks.query.notes == ("the results reach too far for a bar a day: there is one a month",)


STRETCHES = {
    "coal": (("2020-01-01",), "day", 1),
    "iron": (("2020-01-01", "2020-03-03"), "day", 63),
    "zinc": (("2020-01-01", "2020-03-04"), "month", 3),
    "lead": (("2019-12-31", "2021-01-01"), "month", 14),
    "gold": (("1899-07-01", "2003-02-02"), "year", 105),
}


@pytest.fixture(scope="module")
def ask_stretches(made_of: Made) -> Iterator[Ask]:
    articles: list[dict[str, object]] = [
        {"title": f"{metal} {day}", "text": f"Some {metal} was landed.", "date": day}
        for metal, (days, _, _) in STRETCHES.items()
        for day in days
    ]
    with open_archive(made_of(*articles)) as engine:
        yield asker(engine)


@pytest.mark.parametrize("metal", STRETCHES)
def test_the_longer_the_stretch_the_wider_the_buckets(metal: str, ask_stretches: Ask) -> None:
    days, interval, buckets = STRETCHES[metal]
    histogram = ask_stretches(metal).histogram
    assert histogram is not None
    assert (histogram.interval, len(histogram.buckets)) == (interval, buckets)
    assert sum(bucket.count for bucket in histogram.buckets) == len(days)
    assert histogram.buckets[0].count == histogram.buckets[-1].count == 1
    assert all(bucket.count <= bucket.total for bucket in histogram.buckets)
    starts = [bucket.start for bucket in histogram.buckets]
    assert starts == sorted(set(starts))


def test_the_sample_archives_histogram_adds_up(ask_sample: Ask) -> None:
    everything = ask_sample("", per_page=100, dedupe="off")
    dated = sum(hit.held.article.published is not None for hit in everything.hits)
    assert everything.histogram is not None
    assert sum(b.count for b in everything.histogram.buckets) == dated
    assert all(b.count == b.total for b in everything.histogram.buckets)
    ferry = ask_sample("ferry", per_page=100)
    assert ferry.histogram is not None
    totals = {b.start: b.total for b in everything.histogram.buckets}
    assert all(b.total == totals[b.start] for b in ferry.histogram.buckets)
    assert all(b.count <= b.total for b in ferry.histogram.buckets)
