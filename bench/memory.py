"""Index articles as they stream from the disk, and measure the memory of all processes together.

    python bench/memory.py shared/data --articles 26680

The memory is the proportional set size (what is shared counts once), sampled every 50 ms: of this
process, without what it held before it opened the writer, and of all its descendants.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from bench.engines import Text, _document, _real, _schema
from index.arrays.writer import ArrayWriter

_SECONDS_A_SAMPLE = 0.05


def streamed(data: Path, most: int) -> Iterator[Text]:
    """The articles of ``bench.engines``, none of them held."""
    for number, (title, body, moment, source) in enumerate(islice(_real(data), most)):
        yield Text(number, title, body, moment, source)


def descendants(process: int) -> Iterator[int]:
    """``process`` and all that it started, and they in turn."""
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from descendants(int(child))


def megabytes(process: int) -> float:
    """The proportional set size of a process; nothing where it has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


class Watch:
    """Samples the memory until it is told to stop; ``peak`` is by process, of the worst moment."""

    def __init__(self) -> None:
        self._before = megabytes(os.getpid())
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.peak: dict[int, float] = {}
        self._thread.start()

    def _run(self) -> None:
        while not self._done.wait(_SECONDS_A_SAMPLE):
            try:
                found = {process: megabytes(process) for process in descendants(os.getpid())}
            except OSError:  # a process ended while it was looked at
                continue
            found[os.getpid()] -= self._before
            if sum(found.values()) > sum(self.peak.values()):
                self.peak = found

    def stop(self) -> dict[int, float]:
        self._done.set()
        self._thread.join()
        return self.peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="the folder with wire/, outlets/, reuters21578/")
    parser.add_argument("--articles", type=int, default=26_680)
    parser.add_argument("--megabytes", type=int, default=256)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = FileIndex.create(FileStorage(folder), _schema())
        articles = map(_document, streamed(options.data, options.articles))
        next(articles)  # what reading takes is held before
        watch, began = Watch(), time.perf_counter()
        writer = ArrayWriter(index, megabytes=options.megabytes)
        for document in articles:
            writer.add_document(**document)
        taken = time.perf_counter()
        building = dict(watch.peak)
        writer.commit()
        ended, peak = time.perf_counter(), watch.stop()
    print(f"taken in after {taken - began:.1f} s, committed after {ended - began:.1f} s")
    for name, found in (("while taking in", building), ("at the worst moment", peak)):
        each = ", ".join(f"{size:.0f}" for size in found.values())
        print(f"{name}: {sum(found.values()):.0f} MB (this process and the others: {each})")


if __name__ == "__main__":
    main()
