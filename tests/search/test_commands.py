"""``microfiche search`` and ``microfiche show``, run as a person runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.exporting import COLUMNS
from tests.conftest import Program
from tests.search.conftest import Made

Run = Callable[..., subprocess.CompletedProcess[str]]

TOP = ["query", "total", "total_is_exact", "partial", "folded", "page", "per_page"]
TOP += ["pages", "took_ms"]
TOP += ["results", "facets", "facet_values", "histogram", "links"]
QUERY = ["q", "understood", "clauses", "notes", "did_you_mean", "emptied_by", "repairs"]
QUERY += ["from", "to", "counting", "counted_from"]
RESULT = [
    "id",
    "rank",
    "score",
    "url",
    "title",
    "title_ranges",
    "slug",
    "authors",
    "author_ranges",
    "source",
    "section",
    "tags",
]
RESULT += [
    "lang",
    "words",
    "published",
    "updated",
    "snippets",
    "hits",
    "duplicates",
    "set_aside",
    "links",
]
ARTICLES: tuple[dict[str, object], ...] = (
    {
        "title": "Saltworks sold",
        "text": "The saltworks at Corran were sold on Friday. Nobody named a price.",
        "author": "Una Ashby and Piers Holloway",
        "source": "Hill Gazette",
        "tags": ["salt", "trade"],
        "date": "2020-05-04T09:30:00Z",
        "url": "https://gazette.example/saltworks-sold",
    },
    {
        "title": '=HYPERLINK("http://evil.example") and salt',
        "text": "@saltworks said nothing, <b>nothing</b> & less.",
        "author": "Rowan Mead",
        "source": "-Dash Daily",
        "date": "2021-06",
    },
    {
        "title": "Old saltworks",
        "text": "A saltworks, undated.",
        "author": "Piers Holloway",
        "source": "Hill Gazette",
    },
)


@pytest.fixture(scope="module")
def archive(made_of: Made) -> Path:
    return made_of(*ARTICLES)


@pytest.fixture(scope="module")
def run(archive: Path, program: Program) -> Run:
    return lambda *arguments: program(*arguments, archive=archive)


def search_json(run: Run, *arguments: str) -> dict[str, Any]:
    done = run("search", *arguments, "--json")
    answer: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if answer["total"] else 1)
    assert done.stderr == ""
    return answer


def test_results_go_to_stdout_and_the_rest_to_stderr(run: Run) -> None:
    done = run("search", "saltworks", "Corran")
    assert done.returncode == 0
    assert "1. Saltworks sold" in done.stdout
    assert "The saltworks at Corran were sold on Friday." in done.stdout
    assert "Hill Gazette · Una Ashby, Piers Holloway · 2020-05-04 09:30" in done.stdout
    assert "\x1b" not in done.stdout  # no colours where nobody looks
    assert done.stderr.startswith("Articles with “saltworks” and “Corran”. 1 article, ")
    assert "1 article" not in done.stdout


def test_notes_and_the_next_page_are_told_on_stderr(run: Run) -> None:
    done = run("search", "saltworks", '"', "--limit", "2")
    assert done.returncode == 0
    assert "(a quotation mark without its partner was left out)" in done.stderr
    assert "page 1 of 2; the next: --page 2" in done.stderr
    assert "quotation mark" not in done.stdout
    rest = run("search", "saltworks", "--limit", "2", "--page", "2")
    assert rest.stdout.count("\n3. ") == 1
    assert "the next" not in rest.stderr


def test_nothing_found_is_exit_code_1_and_an_empty_stdout(run: Run) -> None:
    done = run("search", "xylophonist")
    assert (done.returncode, done.stdout) == (1, "")
    assert "0 articles" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--match", "some"),
        ("--limit", "0"),
        ("--page", "0"),
        ("--limit", "10001", "--json"),
        ("--limit", "6000", "--page", "2"),
        ("--colour",),
    ],
)
def test_a_wrong_option_is_exit_code_2_and_says_which(arguments: tuple[str, ...], run: Run) -> None:
    done = run("search", "saltworks", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_json_has_exactly_the_keys_of_the_contract(run: Run) -> None:
    answer = search_json(run, "saltworks", "--sort", "oldest")
    assert list(answer) == TOP
    assert list(answer["query"]) == QUERY
    assert (answer["total"], answer["total_is_exact"], answer["partial"]) == (3, True, False)
    assert (answer["page"], answer["per_page"], answer["pages"]) == (1, 10, 1)
    assert answer["query"]["clauses"] == [{"text": "saltworks", "matches": 3}]
    assert all(list(result) == RESULT for result in answer["results"])
    first = answer["results"][0]
    assert first["title"] == "Saltworks sold"
    assert first["title_ranges"] == [[0, 9]]
    assert first["authors"] == ["Una Ashby", "Piers Holloway"]
    assert first["tags"] == ["salt", "trade"]
    assert first["url"] == "https://gazette.example/saltworks-sold"
    assert first["rank"] == 1
    assert first["published"] == {
        "at": "2020-05-04T09:30:00+00:00",
        "precision": "second",
        "from": "field",
        "confidence": "high",
    }
    assert first["updated"] is None
    assert first["snippets"] == [
        {
            "text": "The saltworks at Corran were sold on Friday.",
            "ranges": [[4, 13]],
            "html": "The <mark>saltworks</mark> at Corran were sold on Friday.",
            "hit": 1,
        }
    ]
    assert first["hits"] == 1
    assert first["duplicates"] == {"count": 0, "ids": [], "articles": []}
    assert first["links"] == {
        "self": f"/a/{first['id']}",
        "api": f"/api/v1/articles/{first['id']}",
    }
    assert first["words"] == 12
    undated = answer["results"][2]
    assert (undated["published"], undated["url"]) == (None, None)


def test_json_has_facets_and_a_histogram(run: Run) -> None:
    answer = search_json(run, "saltworks", "--author", "Piers Holloway")
    assert list(answer["facets"]) == ["author", "source", "section", "tag", "lang", "year"]
    assert answer["facets"]["author"][0] == {
        "value": "Piers Holloway",
        "count": 2,
        "selected": True,
        "excluded": False,
    }
    assert [value["value"] for value in answer["facets"]["year"]] == ["2020", "undated"]
    assert answer["facet_values"] == {
        "author": 3, "source": 1, "section": 0, "tag": 2, "lang": 0, "year": 2
    }  # fmt: skip
    assert answer["histogram"] == {
        "interval": "day",
        "buckets": [{"start": "2020-05-04", "count": 1, "total": 1}],
        "undated": {"count": 1, "total": 1},
        "peaks": [],
    }
    assert answer["links"]["self"] == "/search.json?q=saltworks&author=Piers+Holloway"


def test_json_of_nothing_is_still_whole(run: Run) -> None:
    answer = search_json(run, "xylophonist")
    assert list(answer) == TOP
    assert (answer["total"], answer["pages"], answer["results"]) == (0, 0, [])
    assert not any(answer["facets"].values())
    assert answer["histogram"] is None


def test_json_escapes_what_articles_hold(run: Run) -> None:
    answer = search_json(run, "nothing")
    (snippet,) = answer["results"][0]["snippets"]
    assert snippet["text"] == "@saltworks said nothing, <b>nothing</b> & less."
    assert snippet["html"] == (
        "@saltworks said <mark>nothing</mark>, &lt;b&gt;<mark>nothing</mark>&lt;/b&gt; &amp; less."
    )


def test_jsonl_is_one_result_a_line(run: Run) -> None:
    done = run("search", "saltworks", "--jsonl")
    assert done.returncode == 0
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == 3
    assert all(list(result) == RESULT for result in results)
    assert results == search_json(run, "saltworks")["results"]


def test_csv_and_jsonl_have_all_results_or_as_many_as_were_asked_for(
    sample_archive: Path, program: Program
) -> None:
    for form in ("--csv", "--jsonl"):
        header = form == "--csv"
        total = json.loads(program("search", "--json", archive=sample_archive).stdout)["total"]
        done = program("search", form, archive=sample_archive)
        rows = (
            len(list(csv.reader(io.StringIO(done.stdout)))) if header else done.stdout.count("\n")
        )
        assert rows - header == total > 20
        assert program("search", form, "--limit", "3", archive=sample_archive).stdout.count(
            "\n3," if header else "\n"
        ) == (1 if header else 3)


def test_csv_has_a_row_a_result_and_no_formula(run: Run) -> None:
    done = run("search", "saltworks", "--csv", "--sort", "oldest")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["title"] == "Saltworks sold"
    assert rows[0]["authors"] == "Una Ashby; Piers Holloway"
    assert rows[0]["url"] == "https://gazette.example/saltworks-sold"
    assert rows[0]["published"] == "2020-05-04T09:30:00+00:00"
    assert rows[1]["title"] == '\'=HYPERLINK("http://evil.example") and salt'
    assert rows[1]["source"] == "'-Dash Daily"
    assert rows[1]["snippet"].startswith("'@saltworks")
    assert rows[1]["published"] == "2021-06"
    for row in rows:
        assert all(cell[:1] not in set("=+-@\t\r") for cell in row.values())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--author", "Una Ashby"), ["Saltworks sold"]),
        (
            ("--author", "una ashby", "--author", "Rowan Mead"),
            ["Saltworks sold", '=HYPERLINK("http://evil.example") and salt'],
        ),
        (("--source", "Hill Gazette"), ["Saltworks sold", "Old saltworks"]),
        (("--tag", "trade"), ["Saltworks sold"]),
        (("--from", "2021"), ['=HYPERLINK("http://evil.example") and salt']),
        (("--from", "2020-05-04", "--to", "2020-05-04"), ["Saltworks sold"]),
        (("--match", "all", "xylophonist"), []),
        (("author:Holloway",), ["Saltworks sold", "Old saltworks"]),
        (('"sold on Friday"',), ["Saltworks sold"]),
    ],
)
def test_options_narrow_the_results(
    arguments: tuple[str, ...], expected: list[str], run: Run
) -> None:
    done = run("search", "saltworks", *arguments, "--sort", "oldest", "--jsonl")
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == expected
    assert done.returncode == (0 if expected else 1)


def test_sort_takes_the_order_of_days(run: Run) -> None:
    for sort, expected in (
        ("newest", ["2021-06", "2020-05-04T09:30:00+00:00", None]),
        ("oldest", ["2020-05-04T09:30:00+00:00", "2021-06", None]),
    ):
        done = run("search", "saltworks", "--sort", sort, "--jsonl")
        published = [json.loads(line)["published"] for line in done.stdout.splitlines()]
        assert [stamp and stamp["at"] for stamp in published] == expected


def test_no_words_at_all_list_everything_newest_first(run: Run) -> None:
    done = run("search", "--jsonl")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert json.loads(done.stdout.splitlines()[0])["published"]["at"] == "2021-06"


def test_the_archive_can_be_named_in_the_environment(
    archive: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROFICHE_ARCHIVE", str(archive))
    done = program("search", "saltworks", "--jsonl")
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize("command", [("search", "saltworks"), ("show", "a" * 16)])
def test_a_missing_archive_is_one_line_that_says_what_to_do(
    command: tuple[str, ...], tmp_path: Path, program: Program
) -> None:
    done = program(*command, archive=tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("microfiche: there is no archive at ")
    assert "microfiche add PATH" in done.stderr
    assert not (tmp_path / "nowhere").exists()


# -- show


@pytest.fixture(scope="module")
def id(run: Run) -> str:
    return str(json.loads(run("search", "Corran", "--jsonl").stdout)["id"])


def test_show_prints_an_article(id: str, run: Run) -> None:
    done = run("show", id)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Saltworks sold\n"
        "Hill Gazette · Una Ashby, Piers Holloway · 2020-05-04 09:30"
        " · https://gazette.example/saltworks-sold\n"
        "\n"
        "The saltworks at Corran were sold on Friday. Nobody named a price.\n"
    )


def test_show_prints_an_article_as_json(id: str, run: Run) -> None:
    done = run("show", id, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    article = json.loads(done.stdout)
    assert article["id"] == id
    assert article["title"] == "Saltworks sold"
    assert article["text"] == "The saltworks at Corran were sold on Friday. Nobody named a price."
    assert article["authors"] == ["Una Ashby", "Piers Holloway"]
    assert article["published"]["at"] == "2020-05-04T09:30:00+00:00"
    assert article["removed"] == []


def test_an_id_that_is_not_held_is_exit_code_1_and_one_line(run: Run) -> None:
    done = run("show", "nosuchid", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "microfiche: nosuchid is not in this archive\n"


def test_show_can_print_what_was_set_aside_and_says_when_an_article_was_removed(
    archive_of: Made, program: Program
) -> None:
    folder = archive_of(
        {
            "title": "Kiln to close",
            "text": "Alderman Ada QuennellAda Mirabel QuennellBridge tariff scuttled by gale"
            " Lantern parade postponed MORE said on Monday that the old kiln would close.",
        }
    )
    (line,) = program("search", "kiln", "--jsonl", archive=folder).stdout.splitlines()
    id, set_aside = json.loads(line)["id"], json.loads(line)["set_aside"]
    assert set_aside == 1
    assert "scuttled" not in program("show", id, archive=folder).stdout
    assert "scuttled" in program("show", id, "--raw", archive=folder).stdout
    (removal,) = json.loads(program("show", id, "--json", archive=folder).stdout)["removed"]
    assert "scuttled" in removal["text"]

    assert program("remove", id, archive=folder).returncode == 0
    done = program("show", id, archive=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"microfiche: {id} was removed on 2")
    assert program("search", "kiln", archive=folder).returncode == 1


def test_show_without_an_id_is_a_usage_error(run: Run) -> None:
    done = run("show")
    assert (done.returncode, done.stdout) == (2, "")
