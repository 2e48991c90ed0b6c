"""Engines to measure: each makes an index in a folder, and gives a function that answers a query.

Every query asks for the ten best and, where the engine can tell, the exact total. Each engine stems
English in its own way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.corpus import Asked, Text

Answer = Callable[[Asked], int]


def schema_of_ours() -> Any:
    from whoosh import columns, fields

    from index.schema import NewsAnalyzer

    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(NewsAnalyzer("stem")),
        body=fields.TEXT(NewsAnalyzer("stem")),
        published=fields.NUMERIC(int, 64, shift_step=8, sortable=True, default=0),
        source_values=fields.COLUMN(columns.VarBytesColumn()),
    )


def as_document(text: Text) -> dict[str, Any]:
    return {
        "id": str(text.number),
        "title": text.title or None,
        "body": text.body or None,
        "published": text.published,
        "source_values": text.source.encode(),
    }


def _whoosh_query(asked: Asked) -> Any:
    from whoosh import query

    from index.analysis import forms
    from search.translation import Without
    from search.word_queries import Beginning

    def word(text: str) -> Any:
        stem = forms(text)[0].stem
        return query.Or([query.Term("title", stem), query.Term("body", stem)])

    match asked.kind:
        case "or":
            return query.Or([word(text) for text in asked.words])
        case "and":
            return query.And([word(text) for text in asked.words])
        case "not":
            return Without(word(asked.words[0]), word(asked.words[1]))
        case "phrase":
            stems = [form.stem for form in forms(" ".join(asked.words))]
            return query.Or([query.Phrase("title", stems), query.Phrase("body", stems)])
        case "prefix":
            start = asked.words[0]
            return query.Or([Beginning("title", start), Beginning("body", start)])
        case _:
            words = query.And([word(text) for text in asked.words])
            return query.Require(words, query.NumericRange("published", *asked.days))


def _refused(document: dict[str, Any], reason: str) -> None:
    raise ValueError(f"{document}: {reason}")


def arrays(folder: Path, articles: Iterable[Text]) -> Callable[[], Answer]:
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    from index.arrays.writer import ArrayWriter

    index = FileIndex.create(FileStorage(str(folder)), schema_of_ours())
    writer = ArrayWriter(index, on_refused=_refused)
    for text in articles:
        writer.add_document(**as_document(text))
    writer.commit()
    return lambda: opened_arrays(folder, index)


def opened_arrays(folder: Path, index: Any) -> Answer:
    from index.arrays.view import View
    from search.execution import Execution
    from search.ordering import first

    view = View(folder, index._read_toc().segments, schema_of_ours(), index.searcher)

    def answer(asked: Asked) -> int:
        found = Execution(view).run(_whoosh_query(asked))
        best = first([-found.scores, found.documents], 10)
        for document in found.documents[best].tolist():
            view.stored_fields(document)
        return len(found)

    return answer


def whoosh(folder: Path, articles: Iterable[Text]) -> Callable[[], Answer]:
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    index = FileIndex.create(FileStorage(str(folder)), schema_of_ours())
    writer = index.writer(limitmb=64, codec=W3Codec(compression=1))
    for text in articles:
        writer.add_document(**{k: v for k, v in as_document(text).items() if v is not None})
    writer.commit()

    def opened() -> Answer:
        searcher = index.searcher()

        def answer(asked: Asked) -> int:
            wanted, days = _whoosh_query(asked), None
            if asked.kind == "dated":  # Require fails inside Whoosh where it skips by score
                wanted, days = wanted.a, wanted.b
            found = searcher.search(wanted, limit=10, filter=days)
            for hit in found:
                hit.fields()
            return len(found)

        return answer

    return opened


def fts5(folder: Path, articles: Iterable[Text]) -> Callable[[], Answer]:
    import sqlite3

    path = folder / "fts.sqlite"
    database = sqlite3.connect(path)
    database.execute(
        "CREATE VIRTUAL TABLE t USING fts5(title, body, content='', tokenize='porter unicode61')"
    )
    database.execute("CREATE TABLE dates (number INTEGER PRIMARY KEY, at INTEGER, source TEXT)")
    with database:
        database.executemany(
            "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)",
            ((text.number, text.title, text.body) for text in articles),
        )
        database.executemany(
            "INSERT INTO dates VALUES (?, ?, ?)",
            ((text.number, text.published, text.source) for text in articles),
        )
    database.execute("CREATE INDEX by_date ON dates(at)")
    database.close()

    def opened() -> Answer:
        local = threading.local()

        def answer(asked: Asked) -> int:
            if not hasattr(local, "database"):
                local.database = sqlite3.connect(path)
            found, values = "t WHERE t MATCH ?", [fts5_query(asked)]
            if asked.kind == "dated":  # words first: the other way round takes it half a second
                found = (
                    "t CROSS JOIN dates ON number = t.rowid WHERE t MATCH ? AND at BETWEEN ? AND ?"
                )
                values += list(asked.days)
            rows = f"SELECT t.rowid FROM {found} ORDER BY rank LIMIT 10"
            local.database.execute(rows, values).fetchall()
            count = f"SELECT count(*) FROM {found}"
            return int(local.database.execute(count, values).fetchone()[0])

        return answer

    return opened


def fts5_query(asked: Asked) -> Any:
    quoted = [f'"{word}"' for word in asked.words]
    match asked.kind:
        case "or":
            return " OR ".join(quoted)
        case "not":
            return " NOT ".join(quoted)
        case "phrase":
            return '"' + " ".join(asked.words) + '"'
        case "prefix":
            return quoted[0] + "*"
        case _:
            return " AND ".join(quoted)


def tantivy(folder: Path, articles: Iterable[Text]) -> Callable[[], Answer]:
    import tantivy as engine  # type: ignore[import-not-found]

    builder = engine.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=False)
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("source", tokenizer_name="raw", fast=True)
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(heap_size=256_000_000)
    for text in articles:
        writer.add_document(
            engine.Document(
                number=text.number,
                title=text.title,
                body=text.body,
                published=text.published,
                source=text.source,
            )
        )
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Answer:
        index.reload()
        searcher = index.searcher()

        def answer(asked: Asked) -> int:
            found = searcher.search(tantivy_query(engine, schema, index, asked), 10, count=True)
            for _, address in found.hits:
                searcher.doc(address)
            return int(found.count)

        return answer

    return opened


def tantivy_query(engine: Any, schema: Any, index: Any, asked: Asked) -> Any:
    words = asked.words
    match asked.kind:
        case "or":
            text = " ".join(words)
        case "not":
            text = f"+{words[0]} -{words[1]}"
        case "phrase":
            text = '"' + " ".join(words) + '"'
        case "prefix":
            parts = [
                engine.Query.regex_query(schema, f, words[0] + ".*") for f in ("title", "body")
            ]
            return engine.Query.boolean_query([(engine.Occur.Should, part) for part in parts])
        case _:
            text = " ".join("+" + word for word in words)
    if asked.kind == "dated":
        text = f"({text}) AND published:[{asked.days[0]} TO {asked.days[1]}]"
    return index.parse_query(text, ["title", "body"])


def bm25s(folder: Path, articles: Iterable[Text]) -> Callable[[], Answer]:
    import bm25s as engine  # type: ignore[import-not-found]
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    corpus = [f"{text.title}\n{text.body}" for text in articles]
    tokens = engine.tokenize(corpus, stopwords=None, stemmer=stemmer, show_progress=False)
    made = engine.BM25()
    made.index(tokens, show_progress=False)
    made.save(str(folder))
    del corpus, tokens, made

    def opened() -> Answer:
        retriever = engine.BM25.load(str(folder), mmap=True)

        def answer(asked: Asked) -> int:
            words = engine.tokenize(
                [" ".join(asked.words)],
                stopwords=None,
                stemmer=stemmer,
                show_progress=False,
                return_ids=False,
            )
            retriever.retrieve(words, k=10, show_progress=False)
            return -1

        return answer

    return opened
