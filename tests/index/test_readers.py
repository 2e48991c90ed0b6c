"""Every format that articles come in, and how each says what an article is."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from index.article import Article
from index.reading import read
from tests.conftest import Program
from tests.index.taking import take

TEXT = """Heron returns to the gasworks

By Odile Marsh

March 3, 2021

The heron that left the gasworks in the spring came back to it on Tuesday evening.

Nobody at the gasworks had expected it, and nobody had kept its box.
"""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Heron returns to the gasworks - The Sluice</title>
<meta property="og:title" content="Heron returns to the gasworks">
<meta property="og:site_name" content="The Sluice">
<meta name="author" content="Odile Marsh">
<meta property="article:published_time" content="2021-03-03T18:20:00+01:00">
<link rel="canonical" href="https://www.sluice.example/2021/heron">
</head><body><nav><a href="/">Home</a> <a href="/birds">Birds</a></nav>
<article><h1>Heron returns to the gasworks</h1>
<p>The heron that left the gasworks in the spring came back to it on Tuesday evening.</p>
<p>Nobody at the gasworks had expected it, and nobody had kept its box, the foreman said.</p>
<p>It stood on the rim of the smaller tank until it was dark, and then it was not there.</p>
</article><footer>The Sluice</footer></body></html>
"""

HERON: dict[str, object] = {
    "url": "https://www.sluice.example/2021/heron",
    "headline": "Heron returns to the gasworks",
    "byline": "By Odile Marsh",
    "pub_date": "2021-03-03T18:20:00+01:00",
    "publication": "The Sluice",
    "keywords": ["birds", "gas"],
    "body": "The heron came back on Tuesday.\n\nNobody had kept its box.",
}
OTTER: dict[str, object] = {
    **HERON,
    "url": "https://www.sluice.example/2021/otter",
    "headline": "Otter seen at the lock",
    "body": "An otter sat on the lock gate on Friday.\n\nIt ate an eel there.",
}


def text_of(article: Article) -> str:
    return read(article.raw_text, article.removals).text


def table(rows: list[dict[str, object]], delimiter: str = ",") -> str:
    columns = ["url", "headline", "byline", "pub_date", "publication", "keywords", "body"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "keywords": "birds; gas"})
    return out.getvalue()


EXPORTS = {
    "lines.jsonl": "\n".join(json.dumps(row) for row in (HERON, OTTER)),
    "list.json": json.dumps([HERON, OTTER]),
    "list-indented.json": json.dumps([HERON, OTTER], indent=2),
    "wrapped.json": json.dumps({"status": "ok", "articles": [HERON, OTTER]}),
    "wrapped-twice.json": json.dumps({"response": {"results": [HERON, OTTER]}}, indent=1),
    "commas.csv": table([HERON, OTTER]),
    "semicolons.csv": table([HERON, OTTER], ";"),
    "tabs.tsv": table([HERON, OTTER], "\t"),
    "pipes.csv": table([HERON, OTTER], "|"),
}


def check_heron(article: Article) -> None:
    assert article.title == "Heron returns to the gasworks"
    assert article.authors == ("Odile Marsh",)
    assert article.source == "The Sluice"
    assert article.url == "https://www.sluice.example/2021/heron"
    assert article.tags == ("birds", "gas")
    assert article.published is not None
    assert article.published.text() == "2021-03-03T18:20:00+01:00"
    assert text_of(article) == "The heron came back on Tuesday.\n\nNobody had kept its box."


def test_a_text_dump_gives_its_title_author_date_and_body(tmp_path: Path) -> None:
    (tmp_path / "heron.txt").write_text(TEXT)
    (article,) = take(tmp_path / "heron.txt").articles
    assert article.title == "Heron returns to the gasworks"
    assert article.authors == ("Odile Marsh",)
    assert article.published is not None
    assert article.published.text() == "2021-03-03"
    assert text_of(article).startswith("The heron that left")
    assert text_of(article).endswith("had kept its box.")
    assert article.raw_text == TEXT


def test_a_saved_page_gives_what_its_markup_says(tmp_path: Path) -> None:
    (tmp_path / "heron.html").write_text(PAGE)
    (article,) = take(tmp_path / "heron.html").articles
    assert (article.title, article.authors) == ("Heron returns to the gasworks", ("Odile Marsh",))
    assert (article.source, article.language) == ("The Sluice", "en")
    assert article.url == "https://www.sluice.example/2021/heron"
    assert article.published is not None
    assert article.published.text() == "2021-03-03T18:20:00+01:00"
    assert text_of(article).startswith("The heron that left")
    assert text_of(article).endswith("it was not there.")
    assert "Birds" not in article.raw_text


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_gives_the_same_articles_whatever_its_shape(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(EXPORTS[name])
    taken = take(tmp_path / name)
    assert taken.titles == ["Heron returns to the gasworks", "Otter seen at the lock"]
    assert taken.rejections == ()
    check_heron(taken.articles[0])


@pytest.mark.parametrize("name", [*EXPORTS, "heron.txt", "heron.html"])
def test_a_gz_of_a_file_reads_as_the_file(name: str, tmp_path: Path) -> None:
    content = {**EXPORTS, "heron.txt": TEXT, "heron.html": PAGE}[name]
    (tmp_path / name).write_text(content)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    packed = take(tmp_path / f"{name}.gz")
    assert packed.articles == take(tmp_path / name).articles
    assert packed.articles


def test_two_gz_files_one_behind_the_other_are_one(tmp_path: Path) -> None:
    lines = [json.dumps(row) + "\n" for row in (HERON, OTTER)]
    (tmp_path / "two.jsonl.gz").write_bytes(
        b"".join(gzip.compress(line.encode()) for line in lines)
    )
    assert len(take(tmp_path / "two.jsonl.gz").articles) == 2


@pytest.mark.parametrize("player", ["  Listen· 3:46", " (+video)", " (+ video) "])
def test_what_a_page_sets_behind_a_headline_is_no_part_of_it(player: str, tmp_path: Path) -> None:
    article = {"title": f"The crane leans (again){player}", "text": "It leans. " * 20}
    (tmp_path / "dump.jsonl").write_text(json.dumps(article))
    (taken,) = take(tmp_path / "dump.jsonl").articles
    assert taken.title == "The crane leans (again)"


def test_a_single_object_over_many_lines_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(HERON, indent=4))
    (article,) = take(tmp_path / "one.json").articles
    check_heron(article)


def test_a_file_of_json_lines_with_one_line_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("\n\n" + json.dumps(HERON))
    (article,) = take(tmp_path / "one.jsonl").articles
    check_heron(article)


def test_an_empty_list_holds_nothing_and_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    taken = take(tmp_path / "none.json")
    assert (taken.records, taken.rejections) == ((), ())


def test_a_quoted_cell_keeps_its_line_breaks_quotes_and_blank_lines(tmp_path: Path) -> None:
    body = 'It said "quark", twice.\n\nThen, after a while, it flew.\n\n\nNobody wrote it down.'
    (tmp_path / "cells.csv").write_text(table([{**HERON, "body": body}, OTTER]))
    taken = take(tmp_path / "cells.csv")
    assert taken.titles == ["Heron returns to the gasworks", "Otter seen at the lock"]
    assert taken.articles[0].raw_text == body
    assert [Path(record.location).name for record in taken.records] == [
        "cells.csv:2",
        "cells.csv:8",
    ]


def test_windows_line_ends_read_as_plain_ones(tmp_path: Path) -> None:
    for name, content in (("heron.txt", TEXT), ("rows.csv", table([HERON]))):
        (tmp_path / name).write_bytes(content.replace("\r\n", "\n").replace("\n", "\r\n").encode())
    for article in take(tmp_path).articles:
        assert "\r" not in article.raw_text
        assert article.title == "Heron returns to the gasworks"


def test_old_macintosh_line_ends_read_as_plain_ones(tmp_path: Path) -> None:
    (tmp_path / "heron.txt").write_bytes(TEXT.replace("\n", "\r").encode())
    (article,) = take(tmp_path / "heron.txt").articles
    assert article.raw_text == TEXT


def test_blank_lines_between_rows_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gaps.csv").write_text(table([HERON]) + "\n\n" + table([OTTER]).split("\n", 1)[1])
    assert len(take(tmp_path / "gaps.csv").articles) == 2


# -- content before suffix


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("page.txt", PAGE, "html"),
        ("page", PAGE, "html"),
        ("page.json.bak", PAGE, "html"),
        ("lines.txt", EXPORTS["lines.jsonl"], "jsonl"),
        ("list.dat", EXPORTS["list-indented.json"], "jsonl"),
        ("rows.txt", EXPORTS["commas.csv"], "csv"),
        ("rows", EXPORTS["tabs.tsv"], "csv"),
        ("prose.html", TEXT, "text"),
        ("prose.md", TEXT, "text"),
    ],
)
def test_the_content_decides_where_the_suffix_lies(
    name: str, content: str, format: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    taken = take(tmp_path / name)
    assert set(taken.formats) == {format}
    assert taken.titles[0] == "Heron returns to the gasworks"


def test_format_on_the_command_line_outranks_the_content(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    assert take(tmp_path / "page.html", format="text").formats == ["text"]


# -- the real program


def test_clean_reads_standard_input_in_any_format(program: Program) -> None:
    for content in (TEXT, PAGE, EXPORTS["list-indented.json"], EXPORTS["semicolons.csv"]):
        done = program("clean", "-", "--json", stdin=content)
        assert done.returncode == 0, done.stderr
        first = json.loads(done.stdout.splitlines()[0])
        assert first["title"] == "Heron returns to the gasworks"
        assert first["authors"] == ["Odile Marsh"]
        assert first["path"].startswith("standard input")


def test_standard_input_may_be_gz(program: Program) -> None:
    done = program("clean", "-", "--json", stdin=gzip.compress(EXPORTS["lines.jsonl"].encode()))
    assert len(done.stdout.splitlines()) == 2
