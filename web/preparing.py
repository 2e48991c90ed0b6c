"""Makes each commit ready as soon as it is there, so that no reader waits for what is made once."""

from __future__ import annotations

import contextlib
import threading
from types import TracebackType
from typing import Self

from search.engine import Engine

_EVERY = 1.0  # seconds between two looks, each of which asks for the state of one file


class Preparing:
    """While it is entered, a thread looks for newer commits and has ``engine`` prepare them.

    The one that is there on entering is prepared by then. On entering it raises as a search does;
    later whoever asks is told what is wrong.
    """

    def __init__(self, engine: Engine, every: float = _EVERY) -> None:
        self._engine = engine
        self._every = every
        self._prepared = ""
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._left.wait(self._every):
            with contextlib.suppress(Exception):
                self._look()

    def _look(self) -> None:
        generation = self._engine.generation()
        if generation != self._prepared:
            self._engine.prepare()
            self._prepared = generation
