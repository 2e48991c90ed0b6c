"""Worker processes that turn records into articles, each record under a limit of time and memory.

A page can be made to hang or swell every HTML parser there is. So pages are parsed in processes
that may die: the record that was at fault is set apart with its reason, a fresh process takes the
rest of its batch, and nothing else is lost.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from index.article import Article
from index.forking import started
from index.readers import Record, Rejection

# No real page took a tenth of either; measured over public pages and the hostile ones.
_SECONDS = 20.0
_MEGABYTES = 2_048

Outcome = Article | Rejection
Task = Callable[[Record], Outcome]


@dataclass(slots=True)
class _Batch:
    """Some records on their way; ``outcomes`` grows from the front."""

    number: int
    records: list[Record]
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.outcomes) == len(self.records)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    batch: _Batch | None = None
    deadline: float = 0.0


class Workers:
    """``jobs`` processes that run ``task``; a context manager that leaves none behind."""

    def __init__(
        self, task: Task, jobs: int, *, seconds: float = _SECONDS, megabytes: int = _MEGABYTES
    ) -> None:
        self._task = task
        self._seconds = seconds
        self._megabytes = megabytes
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def map(self, batches: Iterable[list[Record]]) -> Iterator[tuple[list[Record], list[Outcome]]]:
        """Each batch with its outcomes, in the order of ``batches``; reads only a little ahead."""
        coming = enumerate(batches)
        finished: dict[int, _Batch] = {}
        give = 0
        exhausted = False
        while True:
            # At most two batches a worker in flight or waiting their turn: memory stays bounded.
            while not exhausted and self._has_room(len(finished)):
                number, records = next(coming, (0, None))
                if records is None:
                    exhausted = True
                else:
                    self._start(_Batch(number, records))
            for batch in self._collect() if self._in_flight() else ():
                finished[batch.number] = batch
            while give in finished:
                batch = finished.pop(give)
                give += 1
                yield batch.records, batch.outcomes
            if exhausted and not finished and not self._in_flight():
                return

    def _has_room(self, waiting: int) -> bool:
        busy = self._in_flight()
        return busy < self._jobs and busy + waiting < 2 * self._jobs

    def _in_flight(self) -> int:
        return sum(worker.batch is not None for worker in self._workers)

    def _start(self, batch: _Batch) -> None:
        worker = next((worker for worker in self._workers if worker.batch is None), None)
        if worker is None:
            worker = self._fresh()
            self._workers.append(worker)
        self._hand(worker, batch)

    def _hand(self, worker: _Worker, batch: _Batch) -> None:
        worker.batch = batch
        worker.deadline = time.monotonic() + self._seconds
        worker.pipe.send(batch.records[len(batch.outcomes) :])

    def _fresh(self) -> _Worker:
        return _Worker(*started(_serve, self._task, self._megabytes, module="index.extraction"))

    def _collect(self) -> Iterator[_Batch]:
        """Wait for news of the workers; the batches that it completes."""
        busy = {worker.pipe: worker for worker in self._workers if worker.batch is not None}
        soonest = min(worker.deadline for worker in busy.values())
        ready = wait(list(busy), timeout=max(0.0, soonest - time.monotonic()))
        for pipe, worker in busy.items():
            batch = worker.batch
            if batch is None:
                continue
            if pipe in ready:
                try:
                    batch.outcomes.append(pipe.recv())
                except (EOFError, OSError):
                    self._replace(
                        worker, f"needs more than {self._megabytes} MB, or breaks its parser"
                    )
                else:
                    worker.deadline = time.monotonic() + self._seconds
            elif time.monotonic() >= worker.deadline:
                self._replace(worker, f"takes longer than {self._seconds:.0f} s to read")
            if batch.done:
                worker.batch = None
                yield batch

    def _replace(self, worker: _Worker, reason: str) -> None:
        """Set the record apart at which ``worker`` ended, and go on with a fresh process."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        batch = worker.batch
        fresh = self._fresh()
        worker.process, worker.pipe = fresh.process, fresh.pipe
        if batch is not None:
            record = batch.records[len(batch.outcomes)]
            batch.outcomes.append(Rejection(record.location, reason))
            if not batch.done:
                self._hand(worker, batch)


def _serve(pipe: Connection, task: Task, megabytes: int) -> None:
    """The life of a worker: batches in, an outcome a record out, until the other end is gone."""
    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    while True:
        try:
            records = pipe.recv()
        except (EOFError, OSError):
            return
        for record in records:
            pipe.send(task(record))
