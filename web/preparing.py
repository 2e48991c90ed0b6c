"""Makes each commit ready as soon as it is there, so that no reader waits for what is made once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from search.engine import Engine

_EVERY = 1.0  # seconds between two looks, each of which asks for the state of one file


@contextmanager
def preparing(engine: Engine, every: float = _EVERY) -> Iterator[None]:
    """While it is entered, a thread looks for newer commits and has ``engine`` prepare them.

    The one that is there on entering is prepared by then. On entering it raises as a search does;
    later whoever asks is told what is wrong.
    """
    prepared = _prepared(engine, "")
    left = threading.Event()
    thread = threading.Thread(target=_watch, args=(engine, every, left, prepared), daemon=True)
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join()


def _watch(engine: Engine, every: float, left: threading.Event, prepared: str) -> None:
    while not left.wait(every):
        with suppress(Exception):
            prepared = _prepared(engine, prepared)


def _prepared(engine: Engine, before: str) -> str:
    """The name of the newest commit, prepared unless it is ``before``, which was."""
    generation = engine.generation()
    if generation != before:
        engine.prepare()
    return generation
