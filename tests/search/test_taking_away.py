"""All results at once: however many, whatever happens meanwhile, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, HeldArticle
from search.cursor import Cursor
from search.engine import Engine, open_archive
from search.exporting import COLUMNS, csv_lines, json_lines
from search.request import SearchRequest
from search.results import Hit, SearchPage, Snippet
from tests.search.multitude import article, take

MANY = 20_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "archive"
    take(folder, [article(number) for number in range(MANY)])
    return folder


@pytest.fixture
def few(tmp_path: Path) -> Path:
    take(tmp_path, [article(number, hours=number // 7) for number in range(250)])
    return tmp_path


def test_memory_does_not_grow_with_the_number_of_results(many: Path) -> None:
    code = """
import resource, sys
from search.engine import open_archive
from search.exporting import csv_lines
from search.request import SearchRequest
with open_archive(sys.argv[1]) as engine:
    found = engine.stream(SearchRequest(q="heron"))
    lines = csv_lines(found.hits)
    for _ in range(1_000):
        next(lines)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rest = sum(1 for _ in lines)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(found.total, 999 + rest, after - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(many)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    total, rows, growth = map(int, done.stdout.split())
    assert total == rows == MANY
    # Kilobytes, most of them caches of words that fill up; keeping the hits would take 75,000.
    assert growth < 40_000


def test_a_stream_has_the_results_of_the_pages_in_their_order(few: Path) -> None:
    with open_archive(few) as engine:
        for sort in ("relevance", "newest", "oldest"):
            request = SearchRequest(q="heron", sort=sort, per_page=100)
            paged = [
                hit for page in (1, 2, 3) for hit in engine.search(replace(request, page=page)).hits
            ]
            streamed = engine.stream(request)
            assert streamed.total == 250
            assert list(streamed.hits) == paged


def test_what_is_added_changed_or_rebuilt_meanwhile_does_not_change_a_stream(few: Path) -> None:
    with open_archive(few) as engine:
        before = [hit.held.article for hit in engine.stream(SearchRequest(q="heron")).hits]
        streamed = engine.stream(SearchRequest(q="heron"))
        seen = [next(streamed.hits).held.article]
        changed = replace(article(3, hours=0), raw_text="Nothing but a coot.")
        take(few, [article(number) for number in range(1_000, 1_200)] + [changed])
        assert engine.search(SearchRequest(q="heron")).total == 450  # the view moved on
        seen += [hit.held.article for hit in streamed.hits]
        assert seen == before
        assert engine.search(SearchRequest(q="coot")).total == 1


def test_what_is_removed_meanwhile_is_not_given_out(few: Path) -> None:
    with open_archive(few) as engine:
        streamed = engine.stream(SearchRequest(sort="oldest"))
        first = next(streamed.hits).held.article.id
        take(few, [], remove=(article(200).id,))
        rest = [hit.held.article.id for hit in streamed.hits]
    assert len({first, *rest}) == 249
    assert article(200).id not in rest


def test_others_search_while_a_stream_waits_for_its_reader(few: Path) -> None:
    with open_archive(few) as engine:
        streams = [engine.stream(SearchRequest(q="heron")) for _ in range(20)]
        for streamed in streams:
            next(streamed.hits)
        assert engine.search(SearchRequest(q="heron")).total == 250


# -- harvesting


def harvest(engine: Engine, between: Callable[[], None], **wishes: object) -> Iterator[SearchPage]:
    """The pages of a harvest, with something done between each two."""
    cursor: Cursor | None = Cursor()
    while cursor is not None:
        request = SearchRequest(after=cursor, dedupe="off", per_page=20, **wishes)  # type: ignore[arg-type]
        page = engine.search(request)
        yield page
        cursor = page.next
        between()


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_harvest_has_each_article_that_was_there_throughout_once(sort: str, few: Path) -> None:
    undated = [replace(article(number), published=None) for number in range(250, 300)]
    take(few, undated)
    comings = iter(range(2_000, 9_000, 100))
    goings = iter(range(0, 250, 9))
    gone: set[str] = set()

    def change() -> None:
        number = next(comings)
        leaving = article(next(goings)).id
        gone.add(leaving)
        take(few, [article(n, hours=n % 40) for n in range(number, number + 9)], remove=(leaving,))

    with open_archive(few) as engine:
        ids = [
            hit.held.article.id
            for page in harvest(engine, change, q="heron", sort=sort)
            for hit in page.hits
        ]
    assert len(ids) == len(set(ids))
    assert {article(number).id for number in range(300)} - gone <= set(ids)


def test_a_harvest_counts_its_ranks_and_goes_past_where_pages_end(many: Path) -> None:
    with open_archive(many) as engine:
        request = SearchRequest(sort="oldest", per_page=100, dedupe="off")
        late = engine.search(replace(request, after=Cursor(2_000_000_000, "x")))
        assert (late.total, late.hits, late.next) == (MANY, (), None)
        last = list(engine.stream(request).hits)[15_000].held.article
        assert last.published is not None
        after = Cursor(int(last.published.at.timestamp()), last.id)
        page = engine.search(replace(request, after=after))
        assert [hit.rank for hit in page.hits] == list(range(15_002, 15_102))


def test_a_harvest_never_goes_by_other_words(few: Path) -> None:
    with open_archive(few) as engine:
        assert engine.search(SearchRequest(q="heron pelican")).total == 250
        assert engine.search(SearchRequest(q="heron pelican", after=Cursor())).total == 0


@given(
    st.none() | st.integers(-(10**14), 10**14),
    st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=1, max_size=16),
)
def test_a_cursor_is_read_as_it_was_written(moment: int | None, id: str) -> None:
    cursor = Cursor(moment, id)
    assert Cursor.read(cursor.text()) == cursor


@given(st.text(max_size=30))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    try:
        cursor = Cursor.read(text)
    except ValueError:
        return
    assert cursor.text() == text


# -- lines


def hit(**fields: object) -> Hit:
    held = HeldArticle(
        Article(**{"id": "a", "title": "T", "raw_text": "x", **fields}),  # type: ignore[arg-type]
        1,
        datetime(2020, 1, 1, tzinfo=UTC),
        1,
    )
    return Hit(1, 1.5, held, Snippet(()), (Snippet((("a ", False), ("b", True))),), 1, 1)


@pytest.mark.parametrize("sign", list("=+-@\t\r\n"))
def test_no_cell_begins_with_what_a_spreadsheet_computes(sign: str) -> None:
    hostile = f'{sign}HYPERLINK("http://evil.example";"click")'
    made = hit(title=hostile, authors=(hostile,), source=hostile, section=hostile, tags=(hostile,))
    (row,) = csv.DictReader(io.StringIO("".join(csv_lines([made])), newline=""))
    assert tuple(row) == COLUMNS
    for column in ("title", "authors", "source", "section", "tags"):
        assert row[column] == f"'{hostile}"


def test_quotation_marks_commas_and_lines_stay_in_their_cell() -> None:
    odd = 'He said "no", twice;\nthen left'
    (row,) = csv.DictReader(io.StringIO("".join(csv_lines([hit(title=odd)])), newline=""))
    assert row["title"] == odd
    assert row["snippet"] == "a b"


def test_nothing_found_is_a_header_and_no_line_of_json() -> None:
    assert list(csv_lines([])) == [",".join(COLUMNS) + "\n"]
    assert list(json_lines([])) == []


def test_a_line_of_json_is_one_line_whatever_the_article_holds() -> None:
    (line,) = json_lines([hit(title="a\nb\u2028c")])
    assert line.count("\n") == 1
    assert json.loads(line)["title"] == "a\nb\u2028c"
