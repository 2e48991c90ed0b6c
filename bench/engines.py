"""Index the same articles with several engines, ask all of them the same queries, print one table.

    python bench/engines.py shared/data --articles 26680

Ours (arrays), stock Whoosh, SQLite FTS5, tantivy and bm25s, each in a process of its own, one
after the other; those that are not installed are left out. Every query asks for the ten best and,
where the engine can tell, the exact total. Each engine stems English in its own way.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ENGINES = ("arrays", "whoosh", "fts5", "tantivy", "bm25s")
QUERIES = 240
_SECONDS_A_THREAD_TEST = 3.0


@dataclass(frozen=True)
class Text:
    """One article, as all engines get it."""

    number: int
    title: str
    body: str
    published: int
    source: str


@dataclass(frozen=True)
class Asked:
    """One query of the mix. ``kind``: or, and, not, phrase, prefix, dated."""

    kind: str
    words: tuple[str, ...]
    days: tuple[int, int] = (0, 0)


# -- articles


def texts(data: Path, most: int) -> Iterator[Text]:
    """Wire articles, then other outlets, then Reuters-21578; past that, recombined sentences."""
    real: list[Text] = []
    for title, body, moment, source in _real(data):
        real.append(Text(len(real), title, body, moment, source))
        yield real[-1]
        if len(real) == most:
            return
    chance = random.Random(1)
    for number in range(len(real), most):
        parts = [chance.choice(real).body.split(". ") for _ in range(6)]
        body = ". ".join(". ".join(chance.choices(part, k=3)) for part in parts)
        base = chance.choice(real)
        yield Text(number, base.title, body, base.published, base.source)


def _real(data: Path) -> Iterator[tuple[str, str, int, str]]:
    with gzip.open(data / "wire" / "articles.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], row["body"], _moment(row["date"]), "wire"
    with gzip.open(data / "outlets" / "articles.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"] or "", row["text"] or "", _moment(row["date"]), row["source"] or ""
    for path in sorted((data / "reuters21578").glob("*.sgm")):
        for match in re.finditer(
            r"<REUTERS.*?<TITLE>(.*?)</TITLE>.*?<BODY>(.*?)</BODY>",
            path.read_text("latin-1"),
            re.DOTALL,
        ):
            yield match[1], match[2], 550_000_000, "Reuters-21578"


def _moment(text: str | None) -> int:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return 0
    return int(found.replace(tzinfo=found.tzinfo or UTC).timestamp())


def mix(articles: Sequence[Text], count: int = QUERIES) -> list[Asked]:
    """Queries drawn from the articles: one to five words, frequent and rare, of every kind."""
    chance = random.Random(7)
    frequency = Counter(
        word
        for text in chance.sample(list(articles), min(2_000, len(articles)))
        for word in set(re.findall(r"[a-z]{3,}", text.body.lower()))
    )
    ranked = [word for word, _ in frequency.most_common()]
    bands = (ranked[:60], ranked[60:600], ranked[600:4_000], ranked[4_000:])
    found: list[Asked] = []
    while len(found) < count:
        several = chance.choice((1, 2, 2, 3, 4, 5))
        words = tuple(chance.choice(chance.choice(bands)) for _ in range(several))
        start = chance.randrange(1_160_000_000, 1_350_000_000)
        days = (start, start + 86_400 * chance.choice((7, 90, 700)))
        match len(found) % 8:
            case 0 | 1:
                found.append(Asked("or", words))
            case 2 | 3:
                found.append(Asked("and", words))
            case 4:
                found.append(Asked("phrase", _run(chance, articles)))
            case 5:
                found.append(Asked("prefix", (chance.choice(bands[2])[:4],)))
            case 6:
                found.append(Asked("dated", words[:2], days))
            case _:
                found.append(Asked("not", (chance.choice(bands[1]), chance.choice(bands[0]))))
    return found


def _run(chance: random.Random, articles: Sequence[Text]) -> tuple[str, ...]:
    while True:
        words = re.findall(r"[A-Za-z]+", chance.choice(articles).body)
        if len(words) > 10:
            start = chance.randrange(len(words) - 4)
            return tuple(word.lower() for word in words[start : start + chance.choice((2, 2, 3))])


# -- engines: each makes an index in a folder, and gives a function that answers a query

Answer = Callable[[Asked], int]


def _schema() -> Any:
    from whoosh import columns, fields

    from index.schema import NewsAnalyzer

    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(NewsAnalyzer("stem")),
        body=fields.TEXT(NewsAnalyzer("stem")),
        published=fields.NUMERIC(int, 64, shift_step=8, sortable=True, default=0),
        source_values=fields.COLUMN(columns.VarBytesColumn()),
    )


def _document(text: Text) -> dict[str, Any]:
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
    from search.translation import Beginning, Without

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


def arrays(folder: Path, articles: Sequence[Text]) -> Callable[[], Answer]:
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    from index.arrays.view import View
    from index.arrays.writer import ArrayWriter
    from search.execution import Execution
    from search.ordering import first

    index = FileIndex.create(FileStorage(str(folder)), _schema())
    writer = ArrayWriter(index)
    for text in articles:
        writer.add_document(**_document(text))
    writer.commit()

    def opened() -> Answer:
        view = View(folder, index._read_toc().segments, _schema(), index.searcher)

        def answer(asked: Asked) -> int:
            found = Execution(view).run(_whoosh_query(asked))
            best = first([-found.scores, found.documents], 10)
            for document in found.documents[best].tolist():
                view.stored_fields(document)
            return len(found)

        return answer

    return opened


def whoosh(folder: Path, articles: Sequence[Text]) -> Callable[[], Answer]:
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    index = FileIndex.create(FileStorage(str(folder)), _schema())
    writer = index.writer(limitmb=64, codec=W3Codec(compression=1))
    for text in articles:
        writer.add_document(**{k: v for k, v in _document(text).items() if v is not None})
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


def fts5(folder: Path, articles: Sequence[Text]) -> Callable[[], Answer]:
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
            where, values = "t MATCH ?", [_fts5_query(asked)]
            if asked.kind == "dated":
                where += " AND rowid IN (SELECT number FROM dates WHERE at BETWEEN ? AND ?)"
                values += list(asked.days)
            rows = f"SELECT rowid FROM t WHERE {where} ORDER BY rank LIMIT 10"
            local.database.execute(rows, values).fetchall()
            count = f"SELECT count(*) FROM t WHERE {where}"
            return int(local.database.execute(count, values).fetchone()[0])

        return answer

    return opened


def _fts5_query(asked: Asked) -> Any:
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


def tantivy(folder: Path, articles: Sequence[Text]) -> Callable[[], Answer]:
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

    both = ["title", "body"]

    def query(asked: Asked) -> Any:
        words = asked.words
        match asked.kind:
            case "or":
                text = " ".join(words)
            case "not":
                text = f"+{words[0]} -{words[1]}"
            case "phrase":
                text = '"' + " ".join(words) + '"'
            case "prefix":
                regex = words[0] + ".*"
                parts = [
                    engine.Query.regex_query(schema, name, regex) for name in ("title", "body")
                ]
                return engine.Query.boolean_query([(engine.Occur.Should, part) for part in parts])
            case _:
                text = " ".join("+" + word for word in words)
        if asked.kind == "dated":
            text = f"({text}) AND published:[{asked.days[0]} TO {asked.days[1]}]"
        return index.parse_query(text, both)

    def opened() -> Answer:
        index.reload()
        searcher = index.searcher()

        def answer(asked: Asked) -> int:
            found = searcher.search(query(asked), 10, count=True)
            for _, address in found.hits:
                searcher.doc(address)
            return int(found.count)

        return answer

    return opened


def bm25s(folder: Path, articles: Sequence[Text]) -> Callable[[], Answer]:
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


# -- measuring


@dataclass(frozen=True)
class Measured:
    """One engine's figures. Times in milliseconds, memory and sizes in megabytes."""

    engine: str
    seconds: float
    articles: int
    text: float
    disk: float
    p50: float
    p99: float
    by_kind: dict[str, float]
    one_thread: float
    two_threads: float
    peak: float
    serving: float
    totals: list[int]


def measure(name: str, data: Path, most: int) -> Measured:
    """Index and ask, in this process."""
    articles = list(texts(data, most))
    queries = mix(articles)
    if name == "bm25s":  # words joined by OR are all it knows
        queries = [asked for asked in queries if asked.kind == "or"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        began = time.perf_counter()
        opened = globals()[name](folder, articles)
        seconds = time.perf_counter() - began
        size = sum(len(text.title.encode()) + len(text.body.encode()) for text in articles)
        count = len(articles)
        del articles
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        before = _resident()
        answer = opened()
        totals = [answer(asked) for asked in queries]
        took: dict[str, list[float]] = {}
        for _ in range(3):
            for asked in queries:
                start = time.perf_counter()
                answer(asked)
                took.setdefault(asked.kind, []).append((time.perf_counter() - start) * 1e3)
        every = sorted(one for several in took.values() for one in several)
        return Measured(
            engine=name,
            seconds=seconds,
            articles=count,
            text=size / 1e6,
            disk=disk / 1e6,
            p50=statistics.median(every),
            p99=every[int(len(every) * 0.99)],
            by_kind={kind: statistics.median(several) for kind, several in took.items()},
            one_thread=_throughput(answer, queries, 1),
            two_threads=_throughput(answer, queries, 2) if name != "whoosh" else 0.0,
            peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
            serving=_resident() - before,
            totals=totals,
        )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _throughput(answer: Answer, queries: Sequence[Asked], threads: int) -> float:
    """Queries a second. Whoosh's matchers are not safe to share between threads."""
    until = time.perf_counter() + _SECONDS_A_THREAD_TEST
    counts = [0] * threads

    def work(number: int) -> None:
        while time.perf_counter() < until:
            answer(queries[(counts[number] * threads + number) % len(queries)])
            counts[number] += 1

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / _SECONDS_A_THREAD_TEST


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="the folder with wire/, outlets/, reuters21578/")
    parser.add_argument("--articles", type=int, default=26_680)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(asdict(measure(options.one, options.data, options.articles))))
        return 0
    results: list[Measured] = []
    for name in options.engines.split(","):
        command = [sys.executable, "-m", "bench.engines", str(options.data), "--one", name]
        done = subprocess.run(
            [*command, "--articles", str(options.articles)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"{name}: left out ({done.stderr.strip().splitlines()[-1]})", file=sys.stderr)
            continue
        results.append(Measured(**json.loads(done.stdout.splitlines()[-1])))
        print(f"{name}: done", file=sys.stderr)
    _print(results)
    return 0


def _print(results: Sequence[Measured]) -> None:
    ours = next((found for found in results if found.engine == "arrays"), results[0])
    print(
        f"{ours.articles:,} articles, {ours.text:.0f} MB of text; x: how many times ours is ahead"
    )
    print("| engine | articles/s | x | MB/s | p50 ms | x | p99 ms | x | queries/s, 1 thread"
          " | 2 threads | disk/text | peak MB | serving MB |")  # fmt: skip
    print("|---" * 13 + "|")
    for found in results:
        rate, our_rate = found.articles / found.seconds, ours.articles / ours.seconds
        cells = [
            found.engine,
            f"{rate:,.0f}",
            f"{our_rate / rate:.2f}",
            f"{found.text / found.seconds:.1f}",
            f"{found.p50:.3f}",
            f"{found.p50 / ours.p50:.2f}",
            f"{found.p99:.2f}",
            f"{found.p99 / ours.p99:.2f}",
            f"{found.one_thread:,.0f}",
            f"{found.two_threads:,.0f}" if found.two_threads else "-",
            f"{found.disk / found.text:.2f}",
            f"{found.peak:,.0f}",
            f"{found.serving:,.0f}",
        ]
        print("| " + " | ".join(cells) + " |")
    print("\nmedian ms by kind of query")
    kinds = list(ours.by_kind)
    print("| engine | " + " | ".join(kinds) + " |")
    print("|---" * (len(kinds) + 1) + "|")
    for found in results:
        cells = [f"{found.by_kind[k]:.3f}" if k in found.by_kind else "-" for k in kinds]
        print(f"| {found.engine} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
