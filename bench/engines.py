"""Index the same articles with several engines, ask all of them the same queries, print one table.

    python -m bench.engines shared/data --articles 26680,60657

Ours (arrays), stock Whoosh, SQLite FTS5, tantivy and bm25s, each in a process of its own, one
after the other, on articles read from one file; those that are not installed are left out.

The engines are measured in turn, three times over, each time in a fresh process: a figure is the
median, and how often ours goes into it the median of what came out each time, because the machine
may be twice as fast the next time. Indexing is timed by itself: to watch the memory of several
processes takes a tenth of their time. An engine that indexes for more than a minute is measured
once, and timed while it is watched.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench import peers
from bench.corpus import Asked, Text, mix, texts
from bench.watching import Watch

ENGINES = ("arrays", "whoosh", "fts5", "tantivy", "bm25s")
_SECONDS_A_THREAD_TEST = 3.0
_ROUNDS = 3  # of queries asked again, and of all engines
_MEASURED_ONCE = 60.0  # seconds of indexing from which on it is not repeated


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


# What was measured of each engine, one time after the other.
Rounds = Sequence[Mapping[str, Measured]]


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
        first = timed(answer, queries)
        took = [pair for _ in range(_ROUNDS) for pair in timed(answer, queries)]
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
        )


def indexed(name: str, corpus: Corpus) -> float:
    """The seconds that indexing takes, in this process, once the engine's libraries are loaded."""
    with tempfile.TemporaryDirectory() as folder:
        getattr(peers, name)(Path(folder), islice(corpus, 1))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        getattr(peers, name)(Path(folder), corpus)
        return time.perf_counter() - began


def timed(answer: peers.Answer, queries: Sequence[Asked]) -> list[tuple[str, float]]:
    """(kind, milliseconds) of each query."""
    took: list[tuple[str, float]] = []
    for asked in queries:
        start = time.perf_counter()
        answer(asked)
        took.append((asked.kind, (time.perf_counter() - start) * 1e3))
    return took


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


def compared(data: Path, articles: int, engines: Sequence[str]) -> Rounds:
    """Each of ``engines`` on so many articles, one after the other, and all of that again."""
    rounds: list[dict[str, Measured]] = []
    with tempfile.TemporaryDirectory() as temporary:
        Corpus(Path(temporary)).write(data, articles)
        for number in range(_ROUNDS):
            rounds.append({name: one for name in engines if (one := _measured(temporary, name))})
            engines = [name for name, one in rounds[0].items() if one.seconds < _MEASURED_ONCE]
            print(f"{articles} articles, round {number + 1}: done", file=sys.stderr)
    return rounds


def _measured(corpus: str, engine: str) -> Measured | None:
    """One engine's figures, from fresh processes; None where it is not installed."""
    found = _apart(corpus, "--one", engine)
    if found is None:
        return None
    one = Measured(**found)
    if one.seconds < _MEASURED_ONCE:
        one = replace(one, seconds=_apart(corpus, "--index", engine))
    return one


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


def _print(rounds: Rounds) -> None:
    engines = list(rounds[0])
    ours = "arrays" if "arrays" in engines else engines[0]

    def typical(engine: str, figure: Callable[[Measured], float]) -> float:
        return statistics.median(figure(found[engine]) for found in rounds if engine in found)

    def ahead(engine: str, figure: Callable[[Measured], float]) -> str:
        ratios = [
            figure(found[engine]) / figure(found[ours]) for found in rounds if engine in found
        ]
        return f"{statistics.median(ratios):.2f}"

    size = rounds[0][ours]
    print(
        f"\n{size.articles:,} articles, {size.text:.0f} MB of text; x: how often ours goes into it"
    )
    rows = [
        ["engine", "articles/s", "x", "MB/s", "p50 ms", "x", "p99 ms", "x", "first p50",
         "first p99", "queries/s", "2 threads", "disk/text", "indexing MB", "serving MB"]
    ]  # fmt: skip
    for engine in engines:
        two_threads = typical(engine, lambda found: found.two_threads)
        rows.append([
            engine,
            f"{typical(engine, lambda found: found.articles / found.seconds):,.0f}",
            ahead(engine, lambda found: found.seconds),
            f"{typical(engine, lambda found: found.text / found.seconds):.1f}",
            f"{typical(engine, lambda found: found.p50):.3f}",
            ahead(engine, lambda found: found.p50),
            f"{typical(engine, lambda found: found.p99):.2f}",
            ahead(engine, lambda found: found.p99),
            f"{typical(engine, lambda found: found.first_p50):.3f}",
            f"{typical(engine, lambda found: found.first_p99):.2f}",
            f"{typical(engine, lambda found: found.one_thread):,.0f}",
            f"{two_threads:,.0f}" if two_threads else "-",
            f"{typical(engine, lambda found: found.disk / found.text):.2f}",
            f"{typical(engine, lambda found: found.indexing):,.0f}",
            f"{typical(engine, lambda found: found.serving):,.0f}",
        ])  # fmt: skip
    _print_rows(rows)
    print("\nmedian ms by kind of query")
    kinds = list(size.by_kind)
    rows = [["engine", *kinds]]
    for engine in engines:
        cells = ["-"] * len(kinds)
        for place, kind in enumerate(kinds):
            if kind in rounds[0][engine].by_kind:
                cells[place] = f"{typical(engine, partial(_of_kind, kind)):.3f}"
        rows.append([engine, *cells])
    _print_rows(rows)


def _of_kind(kind: str, found: Measured) -> float:
    return found.by_kind[kind]


def _print_rows(rows: Sequence[Sequence[str]]) -> None:
    head, *others = rows
    for row in (head, ["---"] * len(head), *others):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    sys.exit(main())
