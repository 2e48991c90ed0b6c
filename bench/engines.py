"""Index the same articles with several engines, ask all of them the same queries, print one table.

    python -m bench.engines shared/data --articles 26680,60657

Ours (arrays), stock Whoosh, SQLite FTS5, tantivy and bm25s, each in a process of its own, one
after the other, on articles read from one file; those that are not installed are left out.

Indexing is timed by itself, because to watch the memory of several processes takes a tenth of their
time: three times, the engines in turn, each time in a fresh process; the median counts. An engine
that takes more than a minute is timed once, while it is watched.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench import peers
from bench.corpus import Asked, Text, mix, texts
from bench.watching import Watch

ENGINES = ("arrays", "whoosh", "fts5", "tantivy", "bm25s")
_SECONDS_A_THREAD_TEST = 3.0
_ROUNDS = 3
_TIMED_ONCE = 60.0  # seconds of indexing from which on it is not repeated


@dataclass(frozen=True)
class Measured:
    """One engine's figures. Times in milliseconds, memory and sizes in megabytes.

    ``first`` are the times of queries asked for the first time, the others of later rounds.
    """

    engine: str
    seconds: float
    articles: int
    text: float
    disk: float
    first_p50: float
    first_p99: float
    p50: float
    p99: float
    by_kind: dict[str, float]
    one_thread: float
    two_threads: float
    indexing: float
    serving: float
    totals: list[int]


class Corpus:
    """A file of articles, one record after the other, so that no engine's memory holds them."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self.queries = folder / "queries"

    def write(self, data: Path, most: int) -> None:
        real: list[Text] = []
        with self.articles.open("wb") as file:
            for text in texts(data, most):
                pickle.dump(text, file, protocol=5)
                if text.number < 60_000:
                    real.append(text)
        self.queries.write_bytes(pickle.dumps(mix(real)))

    def __iter__(self) -> Iterator[Text]:
        with self.articles.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)  # this script wrote it
                except EOFError:
                    return

    def mix(self) -> list[Asked]:
        found: list[Asked] = pickle.loads(self.queries.read_bytes())
        return found


def measure(name: str, corpus: Corpus) -> Measured:
    """Index and ask, in this process."""
    queries = corpus.mix()
    if name == "bm25s":  # words joined by OR are all it knows
        queries = [asked for asked in queries if asked.kind == "or"]
    count, size = 0, 0
    for text in corpus:
        count += 1
        size += len(text.title.encode()) + len(text.body.encode())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with Watch() as memory:
            began = time.perf_counter()
            opened = getattr(peers, name)(folder, corpus)
            seconds = time.perf_counter() - began
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        before = _resident()
        answer = opened()
        first, totals = timed(answer, queries)
        took = [pair for _ in range(_ROUNDS) for pair in timed(answer, queries)[0]]
        every = sorted(milliseconds for _, milliseconds in took)
        once = sorted(milliseconds for _, milliseconds in first)
        kinds = dict.fromkeys(kind for kind, _ in took)
        return Measured(
            engine=name,
            seconds=seconds,
            articles=count,
            text=size / 1e6,
            disk=disk / 1e6,
            first_p50=statistics.median(once),
            first_p99=once[int(len(once) * 0.99)],
            p50=statistics.median(every),
            p99=every[int(len(every) * 0.99)],
            by_kind={k: statistics.median(ms for kind, ms in took if kind == k) for k in kinds},
            one_thread=_throughput(answer, queries, 1),
            two_threads=_throughput(answer, queries, 2) if name != "whoosh" else 0.0,
            indexing=memory.peak,
            serving=_resident() - before,
            totals=totals,
        )


def indexed(name: str, corpus: Corpus) -> float:
    """The seconds that indexing takes, in this process, once the engine's libraries are loaded."""
    with tempfile.TemporaryDirectory() as folder:
        getattr(peers, name)(Path(folder), islice(corpus, 1))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        getattr(peers, name)(Path(folder), corpus)
        return time.perf_counter() - began


def timed(
    answer: peers.Answer, queries: Sequence[Asked]
) -> tuple[list[tuple[str, float]], list[int]]:
    """(kind, milliseconds) of each query, and how many each found."""
    took: list[tuple[str, float]] = []
    totals: list[int] = []
    for asked in queries:
        start = time.perf_counter()
        totals.append(answer(asked))
        took.append((asked.kind, (time.perf_counter() - start) * 1e3))
    return took, totals


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _throughput(answer: peers.Answer, queries: Sequence[Asked], threads: int) -> float:
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


def compared(data: Path, articles: int, engines: Sequence[str]) -> list[Measured]:
    """Each of ``engines`` on so many articles, one after the other."""
    results: list[Measured] = []
    with tempfile.TemporaryDirectory() as temporary:
        Corpus(Path(temporary)).write(data, articles)
        for name in engines:
            found = _apart(temporary, "--one", name)
            if found is not None:
                results.append(Measured(**found))
                print(f"{name}: done", file=sys.stderr)
        quick = [found.engine for found in results if found.seconds < _TIMED_ONCE]
        took = [
            {name: _apart(temporary, "--index", name) for name in quick} for _ in range(_ROUNDS)
        ]
    print(f"seconds of indexing: {took}", file=sys.stderr)
    return [
        replace(found, seconds=statistics.median(each[found.engine] for each in took))
        if found.engine in quick
        else found
        for found in results
    ]


def _apart(corpus: str, what: str, engine: str) -> Any:
    """What this script finds out in a fresh process; None where the engine is not there."""
    command = [sys.executable, "-m", "bench.engines", corpus, what, engine]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1]
        print(f"{engine}: left out ({why})", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="the folder with wire/, outlets/, reuters21578/")
    parser.add_argument("--articles", default="26680", help="how many; several with commas")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--index", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(asdict(measure(options.one, Corpus(options.data)))))
        return 0
    if options.index:
        print(json.dumps(indexed(options.index, Corpus(options.data))))
        return 0
    for articles in map(int, options.articles.split(",")):
        _print(compared(options.data, articles, options.engines.split(",")))
    return 0


def _print(results: Sequence[Measured]) -> None:
    ours = next((found for found in results if found.engine == "arrays"), results[0])
    print(
        f"\n{ours.articles:,} articles, {ours.text:.0f} MB of text; x: how often ours goes into it"
    )
    rows = [
        ["engine", "articles/s", "x", "MB/s", "p50 ms", "x", "p99 ms", "x", "first p50",
         "first p99", "queries/s", "2 threads", "disk/text", "indexing MB", "serving MB"]
    ]  # fmt: skip
    for found in results:
        rate, our_rate = found.articles / found.seconds, ours.articles / ours.seconds
        rows.append([
            found.engine,
            f"{rate:,.0f}",
            f"{our_rate / rate:.2f}",
            f"{found.text / found.seconds:.1f}",
            f"{found.p50:.3f}",
            f"{found.p50 / ours.p50:.2f}",
            f"{found.p99:.2f}",
            f"{found.p99 / ours.p99:.2f}",
            f"{found.first_p50:.3f}",
            f"{found.first_p99:.2f}",
            f"{found.one_thread:,.0f}",
            f"{found.two_threads:,.0f}" if found.two_threads else "-",
            f"{found.disk / found.text:.2f}",
            f"{found.indexing:,.0f}",
            f"{found.serving:,.0f}",
        ])  # fmt: skip
    _print_rows(rows)
    print("\nmedian ms by kind of query")
    kinds = list(ours.by_kind)
    rows = [["engine", *kinds]]
    for found in results:
        cells = [f"{found.by_kind[k]:.3f}" if k in found.by_kind else "-" for k in kinds]
        rows.append([found.engine, *cells])
    _print_rows(rows)


def _print_rows(rows: Sequence[Sequence[str]]) -> None:
    head, *others = rows
    for row in (head, ["---"] * len(head), *others):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    sys.exit(main())
