"""Processes that make segments side by side, each of one stretch of documents at a time."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from whoosh.fields import Schema

from index.arrays.building import SegmentBuilder
from index.errors import MicroficheError
from index.forking import started

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that cannot be indexed, by its id, and why."""

    id: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a stretch: how many documents are in the segment, and which are not."""

    documents: int
    refused: tuple[Refused, ...]


class ProcessLost(MicroficheError):
    """A process that made a segment ended early: killed, or out of memory."""


def make(builder: SegmentBuilder, documents: Iterable[Document], path: Path) -> Made:
    """Make one segment of ``documents``; no file is written where none of them can be indexed."""
    refused: list[Refused] = []
    for document in documents:
        try:
            builder.add(document)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, one document is at fault
            refused.append(Refused(document.get("id"), f"{type(error).__name__}: {error}"))
    count = builder.write(path) if builder.documents else 0
    return Made(count, tuple(refused))


@dataclass(slots=True)
class _Process:
    process: BaseProcess
    pipe: Connection
    task: int | None = None


class Processes:
    """At most ``most`` processes, started when there is work for them; ``close`` ends them all."""

    def __init__(self, schema: Schema, most: int) -> None:
        self._schema = schema
        self._most = most
        self._processes: list[_Process] = []
        self._made: dict[int, Made] = {}

    def start(self, task: int, documents: Sequence[Document], path: Path) -> None:
        """Have a segment made; waits while all processes are busy."""
        free = self._free()
        free.task = task
        free.pipe.send((list(documents), path))

    def _free(self) -> _Process:
        while True:
            for process in self._processes:
                if process.task is None:
                    return process
            if len(self._processes) < self._most:
                self._processes.append(self._fresh())
                return self._processes[-1]
            self._collect()

    def _fresh(self) -> _Process:
        return _Process(*started(_serve, self._schema, module="index.arrays.building"))

    def _collect(self) -> None:
        busy = {found.pipe: found for found in self._processes if found.task is not None}
        for pipe in wait(list(busy)):
            found = busy[pipe]  # type: ignore[index]
            try:
                answer = found.pipe.recv()
            except (EOFError, OSError) as error:
                raise ProcessLost(
                    "a process that was indexing has ended early, perhaps for want of memory:"
                    " run the same command again to go on"
                ) from error
            if isinstance(answer, BaseException):
                raise answer
            if found.task is not None:
                self._made[found.task] = answer
            found.task = None

    def finish(self) -> dict[int, Made]:
        """Wait for all that was started; what became of each task."""
        while any(process.task is not None for process in self._processes):
            self._collect()
        return self._made

    def close(self) -> None:
        for process in self._processes:
            process.process.kill()
            process.process.join()
            process.pipe.close()
        self._processes.clear()


def _serve(pipe: Connection, schema: Schema) -> None:
    """The life of a process: stretches in, segments on the disk, until the other end is gone."""
    # Of what is made here next to nothing goes in circles, and all of it is let go of at the end of
    # a stretch: to look for garbage as often as usual takes one twentieth of the time.
    gc.set_threshold(100_000)
    builder = SegmentBuilder(schema)
    while True:
        try:
            documents, path = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(make(builder, _emptied(documents), path))
            _let_go()
        except OSError as error:  # a full disk is told as such
            pipe.send(error)
            return


def _let_go() -> None:
    """Give back what the last stretch took: the C library keeps it, as much as a stretch takes
    again, in pieces that the next one does not fit into. Elsewhere than on Linux there is no need.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _emptied(documents: list[Document]) -> Iterator[Document]:
    """``documents``, each let go of when the next is wanted: its text is in numbers then."""
    documents.reverse()
    while documents:
        yield documents.pop()
