"""What the results can be narrowed by, and how they lie in time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import open_archive
from search.request import Filter
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
    assert page.facets == {"author": (), "source": (), "tag": ()}
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


def test_only_undated_results_have_no_histogram(ask: Ask) -> None:
    page = ask("title:E")
    assert page.total == 1
    assert page.histogram is None


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
