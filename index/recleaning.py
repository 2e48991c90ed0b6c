"""Cleaning again what an archive holds: from the records it kept, without the files they lay in."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.archive import Archive
from index.extraction import cleaner_of
from index.forking import without_interrupts
from index.fulltext import FullText
from index.locking import writer_lock
from index.pipeline import Listener, article_of
from index.readers import Record, Rejection
from index.rows import Version
from index.settings import Settings
from index.workers import Outcome, Workers

_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecleanRequest:
    """What to clean again: one source or all; ``everything`` also what the same rules cleaned."""

    source: str | None = None
    everything: bool = False
    jobs: int = 2
    wait: float = 30.0


@dataclass(slots=True)
class Recleaned:
    """What came of it: ``changed + same + failed`` is all that was looked at."""

    changed: int = 0
    same: int = 0
    failed: int = 0
    seconds: float = 0.0
    interrupted: bool = False


def reclean(folder: Path, request: RecleanRequest, listener: Listener) -> Recleaned:
    """Read every article held once more, and index those that read otherwise now.

    What nothing has changed for since it was cleaned is not touched; what cannot be read any more
    stays as it is and is reported. Raises ArchiveMissing, ArchiveLocked, ArchiveUnreadable.
    """
    began = time.monotonic()
    Archive.open(folder).close()
    with writer_lock(folder, request.wait), Archive.create(folder) as archive:
        run = _Run(archive, archive.settings, request, listener, Recleaned())
        listener.expect(0)
        try:
            run.all()
        except KeyboardInterrupt:
            run.done.interrupted = True
        FullText(folder / "index").catch_up(archive, listener.indexing)
    run.done.seconds = time.monotonic() - began
    return run.done


@dataclass(slots=True)
class _Run:
    """One run of ``reclean``: what its steps share; ``waiting`` are the batches at the workers."""

    archive: Archive
    settings: Settings
    request: RecleanRequest
    listener: Listener
    done: Recleaned
    waiting: deque[list[Version]] = field(default_factory=deque)

    def all(self) -> None:
        task = partial(article_of, settings=self.settings)
        with Workers(task, self.request.jobs) as workers:
            for _, outcomes in workers.map(self._records()):
                with without_interrupts(), self.archive.writing():  # what landed is counted
                    for version, outcome in zip(self.waiting.popleft(), outcomes, strict=True):
                        self._take(version, outcome)
                self.listener.advance(len(outcomes), 0)

    def _records(self) -> Iterator[list[Record]]:
        for versions in self._batches():
            self.waiting.append(versions)
            yield [version.record for version in versions]

    def _batches(self) -> Iterator[list[Version]]:
        """The versions that may read otherwise now; the others are counted on the way."""
        batch: list[Version] = []
        for version in self.archive.current_versions(self.request.source):
            cleaner = cleaner_of(version.source, self.settings)
            if version.cleaner == cleaner and not self.request.everything:
                self.done.same += 1
                continue
            batch.append(version)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _take(self, version: Version, outcome: Outcome) -> None:
        if isinstance(outcome, Rejection):
            self.done.failed += 1
            self.listener.failed(Rejection(f"article {version.id}", outcome.reason))
            return
        article = replace(outcome, id=version.id)
        cleaner = cleaner_of(article.source, self.settings)
        changed = self.archive.reread(version.number, article, cleaner)
        self.done.changed += changed
        self.done.same += not changed
