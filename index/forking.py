"""Processes that work for this one, and that Ctrl-C does not reach: it is for who asked.

A terminal sends it to all of them at once. Each ignores it when it begins to work; the server that
they are forked from, and they until then, are started with the signal blocked.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any


def started(
    work: Callable[..., None], *arguments: Any, module: str
) -> tuple[BaseProcess, Connection]:
    """A process that does ``work(pipe, *arguments)``, and the other end of the pipe.

    ``module``, of the first that is started, is imported once, before processes are forked.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    resource_tracker.ensure_running()  # unblocks the signal: it must be done by then
    with without_interrupts():
        forkserver.ensure_running()
    ours, theirs = context.Pipe()
    process = context.Process(target=_uninterrupted, args=(work, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _uninterrupted(work: Callable[..., None], *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(*arguments)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Ctrl-C waits until the end; a program started meanwhile never has it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
