"""How a run looks from outside: bars on a terminal, with rate and time left; lines in a pipe."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import NoReturn, TextIO

import click
from tqdm import tqdm

from index.record import Guess, Rejection

_LINE_EVERY = 10.0  # seconds between two lines in a pipe
_SHOWN = 20  # failures told one by one; the rest are in the list


class Console:
    """Watches a run of ``add`` or ``rebuild`` on standard error, and keeps the list of failures."""

    def __init__(self, failures: Path | None) -> None:
        self._path = failures
        self._list: TextIO | None = None
        self._reading: tqdm[NoReturn] | None = None
        self._indexing: tqdm[NoReturn] | None = None
        self._articles = 0
        self._failed = 0
        self._began = self._told = time.monotonic()
        self._live = sys.stderr.isatty()

    def __enter__(self) -> Console:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for bar in (self._reading, self._indexing):
            if bar is not None:
                bar.close()
        if self._list is not None:
            self._list.close()

    def expect(self, total_bytes: int) -> None:
        if self._path is not None:  # now that the run has begun: the list of the last one is old
            self._path.unlink(missing_ok=True)
        if self._live:
            self._reading = tqdm(
                total=total_bytes or None, desc="reading", unit="B", unit_scale=True, leave=False
            )

    def guessed(self, guess: Guess) -> None:
        columns = ", ".join(f"{field}={column}" for field, column in guess.mapping)
        self._tell(f"{guess.location}: reading {columns or 'nothing'} (change with --map)")

    def failed(self, rejection: Rejection) -> None:
        self._failed += 1
        if self._failed <= _SHOWN:
            self._tell(f"{rejection.location}: {rejection.reason}")
        elif self._failed == _SHOWN + 1:
            self._tell("more failures are only listed")
        if self._path is not None:
            if self._list is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._list = self._path.open("w")
            self._list.write(
                json.dumps({"path": rejection.location, "reason": rejection.reason}) + "\n"
            )
            self._list.flush()

    def advance(self, articles: int, read_bytes: int) -> None:
        self._articles += articles
        rate = self._articles / max(time.monotonic() - self._began, 0.001)
        if self._reading is not None:
            self._reading.set_postfix_str(
                f"{self._articles:,} articles, {rate:,.0f}/s", refresh=False
            )
            self._reading.update(read_bytes)
        self._now_and_then(f"{self._articles:,} articles read, {rate:,.0f}/s")

    def indexing(self, articles: int) -> None:
        if self._live and self._indexing is None:
            self._indexing = tqdm(desc="indexing", unit=" articles", leave=False)
        if self._indexing is not None:
            self._indexing.total = max(self._articles, self._indexing.n + articles)
            self._indexing.update(articles)
        else:
            self._now_and_then("indexing")

    def _now_and_then(self, line: str) -> None:
        if not self._live and time.monotonic() - self._told >= _LINE_EVERY:
            self._told = time.monotonic()
            self._tell(line)

    def _tell(self, line: str) -> None:
        if self._live:
            tqdm.write(line, file=sys.stderr)
        else:
            click.echo(line, err=True)
