"""Grow one index to a million articles, and draw what indexing, asking and keeping cost on the way.

    python -m bench.growth shared/data --most 1000000 --plot docs/growth.svg

Real articles first, then sentences of theirs put together anew (see ``bench.corpus``). At each size
the articles are committed, and the mix of queries is asked twice: first, and again.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from bench.corpus import Asked, Text, mix, texts
from bench.engines import timed
from bench.peers import as_document, opened_arrays, schema_of_ours
from bench.watching import Watch, held
from index.arrays.writer import ArrayWriter

SIZES = (15_000, 30_000, 60_000, 125_000, 250_000, 500_000, 1_000_000)


@dataclass(frozen=True)
class Point:
    """At one size: what the last stretch of indexing took, and what asking takes now.

    Times of queries are in milliseconds, memory and sizes in megabytes.
    """

    articles: int
    seconds: float
    added: int
    indexing: float
    disk: float
    text: float
    segments: int
    first_p50: float
    p50: float
    p99: float
    serving: float


def grown(data: Path, most: int, folder: Path) -> list[Point]:
    articles = texts(data, most)
    index = FileIndex.create(FileStorage(str(folder)), schema_of_ours())
    points: list[Point] = []
    queries: list[Asked] = []
    count, size = 0, 0
    for goal in (goal for goal in SIZES if goal <= most):
        batch: list[Text] = []
        seconds = peak = 0.0
        while count < goal:
            # Articles are made before the clock runs, some at a time.
            batch = list(islice(articles, min(25_000, goal - count)))
            queries = queries or mix(batch)
            with Watch() as memory:
                began = time.perf_counter()
                writer = ArrayWriter(index)
                for text in batch:
                    writer.add_document(**as_document(text))
                    size += len(text.title.encode()) + len(text.body.encode())
                writer.commit()
                seconds += time.perf_counter() - began
            peak = max(peak, memory.peak)
            count += len(batch)
        added = goal - (points[-1].articles if points else 0)
        points.append(_point(folder, index, queries, goal, (seconds, added, peak, size / 1e6)))
        print(points[-1], file=sys.stderr)
    return points


def _point(
    folder: Path,
    index: FileIndex,
    queries: Sequence[Asked],
    articles: int,
    made: tuple[float, int, float, float],
) -> Point:
    before = held()
    answer = opened_arrays(folder, index)
    rounds = [sorted(took for _, took in timed(answer, queries)) for _ in range(2)]
    seconds, added, peak, text = made
    return Point(
        articles=articles,
        seconds=seconds,
        added=added,
        indexing=peak,
        disk=sum(path.stat().st_size for path in folder.glob("*.arrays")) / 1e6,
        text=text,
        segments=len(list(folder.glob("*.arrays"))),
        first_p50=statistics.median(rounds[0]),
        p50=statistics.median(rounds[1]),
        p99=rounds[1][int(len(queries) * 0.99)],
        serving=held() - before,
    )


def draw(points: Sequence[Point], path: Path) -> None:
    from matplotlib.figure import Figure  # type: ignore[import-not-found]

    figure = Figure(figsize=(10, 3.4), layout="constrained")
    sizes = [point.articles for point in points]
    rates, times, memory = figure.subplots(1, 3)
    rates.plot(sizes, [point.added / point.seconds for point in points], marker="o")
    rates.set(title="articles indexed a second", ylim=(0, None))
    times.plot(sizes, [point.p50 for point in points], marker="o", label="p50")
    times.plot(sizes, [point.p99 for point in points], marker="o", label="p99")
    times.set(title="milliseconds a query", yscale="log")
    memory.plot(sizes, [point.indexing for point in points], marker="o", label="indexing, MB")
    memory.plot(sizes, [point.serving for point in points], marker="o", label="serving, MB")
    memory.plot(sizes, [point.disk for point in points], marker="o", label="on disk, MB")
    memory.set(title="memory and disk", yscale="log")
    for axes in (rates, times, memory):
        axes.set(xscale="log", xlabel="articles")
        axes.grid(visible=True, alpha=0.3)
    times.legend()
    memory.legend()
    figure.savefig(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="the folder with wire/, outlets/, reuters21578/")
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--plot", type=Path, help="draw the curves into this file")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        points = grown(options.data, options.most, folder)
    finally:
        shutil.rmtree(folder)
    print("| articles | articles/s | p50 ms | p99 ms | first p50 | disk/text | segments"
          " | indexing MB | serving MB |\n" + "|---" * 9 + "|")  # fmt: skip
    for point in points:
        print(
            f"| {point.articles:,} | {point.added / point.seconds:,.0f} | {point.p50:.3f}"
            f" | {point.p99:.2f} | {point.first_p50:.3f} | {point.disk / point.text:.2f}"
            f" | {point.segments} | {point.indexing:,.0f} | {point.serving:,.0f} |"
        )
    if options.plot:
        draw(points, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
