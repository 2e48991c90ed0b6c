"""The main loop: read, clean, extract, archive, index; in parallel, with progress and a report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from index.archive import Archive
from index.errors import RejectedDocument
from index.extraction import cleaner_of, extract
from index.forking import without_interrupts
from index.fulltext import FullText
from index.locking import writer_lock
from index.readers import Guess, Options, Record, Rejection, draft_of
from index.readers.sources import Source, read, walk
from index.settings import Settings
from index.workers import Outcome, Workers

# A batch is one transaction and one trip to a worker: large enough for both to pay, small enough
# that Ctrl-C and a crash lose little.
_BATCH_RECORDS = 100
_BATCH_BYTES = 4_000_000
# Each time the index begins its vocabulary anew and merges what it made: seldom, in a bulk load.
_INDEX_EVERY = 20_000


class Listener(Protocol):
    """Who watches a run: the terminal, or nobody."""

    def expect(self, total_bytes: int) -> None:
        """How much there is to read, as far as it is known."""
        ...

    def guessed(self, guess: Guess) -> None: ...

    def failed(self, rejection: Rejection) -> None: ...

    def advance(self, articles: int, read_bytes: int) -> None:
        """So many more articles are in the archive, so many bytes of input were read."""
        ...

    def indexing(self, articles: int) -> None:
        """So many more articles are in the index."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """What to take in, and how."""

    inputs: tuple[str, ...]
    format: str = "auto"
    mapping: tuple[tuple[str, str], ...] = ()
    source: str = ""
    jobs: int = 2
    wait: float = 30.0
    dry_run: bool = False


@dataclass(slots=True)
class Report:
    """What a run did. ``added + updated + unchanged + failed`` is all that was found."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    unindexed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.added + self.updated + self.unchanged + self.failed


def add(folder: Path, request: AddRequest, listener: Listener) -> Report:
    """Take the articles of ``request`` into the archive in ``folder``, then into its index.

    Everything taken in before an interruption stays, and is searchable; running the same command
    again goes on from there. Raises ArchiveLocked, ArchiveUnreadable.
    """
    began = time.monotonic()
    report = Report()
    with ExitStack() as stack:
        if request.dry_run:
            archive = Archive.open(folder) if Archive.exists(folder) else Archive.in_memory()
        else:
            stack.enter_context(writer_lock(folder, request.wait))
            archive = Archive.create(folder)
        stack.callback(archive.close)
        run = _Run(archive, FullText(folder / "index"), request, listener, report, archive.settings)
        try:
            run.all()
        except KeyboardInterrupt:
            report.interrupted = True
        if not request.dry_run:
            run.index()
    report.seconds = time.monotonic() - began
    return report


def article_of(record: Record, settings: Settings) -> Outcome:
    """The article in a record, or why there is none; what the workers run."""
    try:
        return extract(draft_of(record), settings)
    except RejectedDocument as error:
        return Rejection(record.location, str(error))
    except MemoryError:
        return Rejection(record.location, "needs more memory than one article may")
    except RecursionError:
        return Rejection(record.location, "is nested too deep")
    except Exception as error:  # noqa: BLE001 - whatever a parser raises, one document is at fault
        return Rejection(record.location, f"cannot be read ({type(error).__name__}: {error})"[:300])


@dataclass(slots=True)
class _Run:
    """One run of ``add``: what its steps share."""

    archive: Archive
    fulltext: FullText
    request: AddRequest
    listener: Listener
    report: Report
    settings: Settings
    since_index: int = 0

    def all(self) -> None:
        sources = list(walk(self.request.inputs))
        self.listener.expect(sum(source.size for source in sources if isinstance(source, Source)))
        task = partial(article_of, settings=self.settings)
        with Workers(task, self.request.jobs) as workers:
            for records, outcomes in workers.map(self._new_batches(sources)):
                self._take(records, outcomes)

    def index(self) -> None:
        """Bring the index up to the archive."""
        refused = self.fulltext.catch_up(self.archive, self.listener.indexing)
        for article in refused:
            self.report.unindexed.append(article.id)
            self.listener.failed(
                Rejection(
                    f"article {article.id}",
                    f"is archived, but the index refused it: {article.reason}",
                )
            )
        self.since_index = 0

    def _new_batches(self, sources: Sequence[Source | Rejection]) -> Iterator[list[Record]]:
        """The records that are not held yet, in batches; the others are counted on the way."""
        for batch in self._batches(sources):
            known = self.archive.known([record.fingerprint for record in batch])
            fresh = [record for record in batch if record.fingerprint not in known]
            self.report.unchanged += len(batch) - len(fresh)
            self.listener.advance(len(batch) - len(fresh), 0)
            if fresh:
                yield fresh

    def _batches(self, sources: Iterable[Source | Rejection]) -> Iterator[list[Record]]:
        batch: list[Record] = []
        size = 0
        for source in sources:
            if isinstance(source, Rejection):
                self._fail(source)
                continue
            options = Options(mapping=self.request.mapping, source=self.request.source)
            for found in read(source, options, self.request.format):
                match found:
                    case Guess():
                        self.listener.guessed(found)
                    case Rejection():
                        self._fail(found)
                    case Record():
                        batch.append(found)
                        size += len(found.payload)
                if len(batch) >= _BATCH_RECORDS or size >= _BATCH_BYTES:
                    yield batch
                    batch, size = [], 0
            self.listener.advance(0, source.size)
        if batch:
            yield batch

    def _take(self, records: list[Record], outcomes: list[Outcome]) -> None:
        """One transaction: the articles of a batch."""
        if self.request.dry_run:
            counts = Counter("failed" if isinstance(o, Rejection) else "added" for o in outcomes)
            self.report.added += counts["added"]
            for outcome in outcomes:
                if isinstance(outcome, Rejection):
                    self._fail(outcome)
            return
        with without_interrupts():  # what landed is counted
            with self.archive.writing():
                counted = Counter(
                    self.archive.put(record, outcome, cleaner_of(outcome.source, self.settings))
                    for record, outcome in zip(records, outcomes, strict=True)
                    if not isinstance(outcome, Rejection)
                )
            self.report.added += counted["added"]
            self.report.updated += counted["updated"]
            self.report.unchanged += counted["unchanged"]
        for outcome in outcomes:
            if isinstance(outcome, Rejection):
                self._fail(outcome)
        self.listener.advance(len(outcomes), 0)
        self.since_index += counted["added"] + counted["updated"]
        if self.since_index >= _INDEX_EVERY:
            self.index()

    def _fail(self, rejection: Rejection) -> None:
        self.report.failed += 1
        self.listener.failed(rejection)
