"""A whole page of results, beside as much of it as other engines can do.

    python -m bench.pages ARCHIVE [--rounds 3]

ARCHIVE is one of the product's own; its cleaned texts go into SQLite FTS5 and tantivy. A page of
ours is what the site shows: ten results with up to three whole sentences each, the exact total, six
facets with counts, a histogram beside everything indexed with its peaks, the read-back with a count
for each clause. Theirs: ten results with one fragment each, the exact total, two facets and a
histogram by year, as far as the engine has it. bm25s and stock Whoosh are left out: the one has no
more than a list of numbers, the other is in ``engines``. Needs the engines of
requirements/bench.txt.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import peers
from bench.corpus import Asked, Text, mix
from index.archive import Archive
from index.reading import read
from microfiche import settle
from search.engine import open_archive
from search.request import SearchRequest

Page = Callable[[Asked], int]


def texts_of(archive: Path) -> Iterator[Text]:
    """The articles of an archive, as they read."""
    with Archive.open(archive) as opened:
        for number, version in enumerate(opened.current_versions()):
            held = opened.get(version.id)
            if held is None:
                continue
            article = held.article
            moment = int(article.published.at.timestamp()) if article.published else 0
            body = read(article.raw_text, article.removals).text
            yield Text(number, article.title, body, moment, article.source)


def typed(asked: Asked) -> str:
    """A query as a person types it."""
    words = asked.words
    match asked.kind:
        case "or":
            return " OR ".join(words)
        case "not":
            return f"{words[0]} -{words[1]}"
        case "phrase":
            return '"' + " ".join(words) + '"'
        case "prefix":
            return f"{words[0]}*"
        case _:
            return " ".join(words)


def ours(archive: Path) -> Page:
    engine = open_archive(archive)

    def page(asked: Asked) -> int:
        start, end = (datetime.fromtimestamp(day, UTC).date().isoformat() for day in asked.days)
        bounds = {"start": start, "end": end} if asked.kind == "dated" else {}
        return engine.search(SearchRequest(q=typed(asked), match="all", **bounds)).total  # type: ignore[arg-type]

    return page


def fts5(folder: Path, texts: list[Text]) -> Page:
    path = folder / "pages.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter unicode61')")
    database.execute(
        "CREATE TABLE about (n INTEGER PRIMARY KEY, at INTEGER, year TEXT, source TEXT)"
    )
    with database:
        for text in texts:
            database.execute(
                "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)",
                (text.number, text.title, text.body),
            )
            year = datetime.fromtimestamp(text.published, UTC).strftime("%Y")
            database.execute(
                "INSERT INTO about VALUES (?, ?, ?, ?)",
                (text.number, text.published, year, text.source),
            )

    def page(asked: Asked) -> int:
        found, values = (
            "t CROSS JOIN about ON n = t.rowid WHERE t MATCH ?",
            [peers.fts5_query(asked)],
        )
        if asked.kind == "dated":
            found += " AND at BETWEEN ? AND ?"
            values += list(asked.days)
        database.execute(
            "SELECT t.title, snippet(t, 1, '<b>', '</b>', '…', 40), source, at"
            f" FROM {found} ORDER BY rank LIMIT 10",
            values,
        ).fetchall()
        for facet in ("source", "year"):
            database.execute(
                f"SELECT {facet}, count(*) AS c FROM {found} GROUP BY 1 ORDER BY c DESC LIMIT 12",
                values,
            ).fetchall()
        total = database.execute(f"SELECT count(*) FROM {found}", values).fetchone()
        return int(total[0])

    return page


def tantivy(folder: Path, texts: list[Text]) -> Page:
    import tantivy as engine  # type: ignore[import-not-found]

    builder = engine.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("year", tokenizer_name="raw", fast=True)
    builder.add_text_field("source", tokenizer_name="raw", fast=True)
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(heap_size=256_000_000)
    for text in texts:
        year = datetime.fromtimestamp(text.published, UTC).strftime("%Y")
        writer.add_document(
            engine.Document(
                title=text.title,
                body=text.body,
                published=text.published,
                year=year,
                source=text.source,
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    facets = {name: {"terms": {"field": name, "size": 12}} for name in ("source", "year")}

    def page(asked: Asked) -> int:
        query = peers.tantivy_query(engine, schema, index, asked)
        found = searcher.search(query, 10, count=True)
        snippets = engine.SnippetGenerator.create(searcher, query, schema, "body")
        for _, address in found.hits:
            snippets.snippet_from_doc(searcher.doc(address)).to_html()
        searcher.aggregate(query, facets)
        return int(found.count)

    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    settle()
    texts = list(texts_of(given.archive))
    queries = mix(texts)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        pages = {
            "microfiche": ours(given.archive),
            "SQLite FTS5": fts5(Path(first), texts),
            "tantivy": tantivy(Path(second), texts),
        }
        took: dict[str, list[float]] = {name: [] for name in pages}
        once: dict[str, list[float]] = {name: [] for name in pages}
        for number in range(given.rounds + 1):
            for (
                asked
            ) in queries:  # each query by every engine in turn: they share what the machine does
                for name, page in pages.items():
                    began = time.perf_counter()
                    page(asked)
                    # The first round warms everybody up.
                    (took if number else once)[name].append((time.perf_counter() - began) * 1e3)
    print(f"{len(texts):,} articles, {len(queries)} queries, {given.rounds} rounds\n")
    print("| whole page | p50 ms | p99 ms | first p50 | p50, ours is |")
    print("|---|---|---|---|---|")
    mine = statistics.median(took["microfiche"])
    for name, times in took.items():
        p50, p99 = statistics.median(times), sorted(times)[int(len(times) * 0.99)]
        cold = statistics.median(once[name])
        print(f"| {name} | {p50:.1f} | {p99:.1f} | {cold:.1f} | {p50 / mine:.2f}x as fast |")


if __name__ == "__main__":
    main()
