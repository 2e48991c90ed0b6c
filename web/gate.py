"""The engine as the web asks it: so many searches at once, each counted, the slow ones logged."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

from index.article import Edition, HeldArticle
from search.coverage import FacetPage
from search.dates import Clock
from search.engine import Engine
from search.holdings import Holdings, Watched
from search.request import EVERYTHING, Counting, SearchRequest
from search.results import SearchPage, Stream
from search.similar import Similar
from search.suggestions import Suggestion
from search.wording import said
from web.journal import Journal
from web.metrics import Metrics
from web.problems import Refused
from web.settings import Settings

# Long enough for a burst to pass, too short for threads to pile up behind searches that take long.
_PATIENCE = 0.25


class Gate:
    """See ``Engine``. Searches are let through so many at a time; what is quick by its own bounds
    (articles, suggestions, similar articles) never waits, so that readers go on reading."""

    def __init__(
        self, engine: Engine, settings: Settings, metrics: Metrics, journal: Journal
    ) -> None:
        self._engine = engine
        self._slots = BoundedSemaphore(settings.searches_at_once)
        self._metrics = metrics
        self._journal = journal

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=_PATIENCE):
            self._metrics.crowded()
            detail = said("Many are searching right now. Try again in a moment.")
            raise Refused(503, "busy", detail, 1)
        try:
            yield
        finally:
            self._slots.release()

    def search(self, request: SearchRequest) -> SearchPage:
        with self._slot():
            began = time.perf_counter()
            found = self._engine.search(request)
        self._done(began, request, found.total, partial=found.partial)
        return found

    def values(self, facet: str, request: SearchRequest, contains: str = "") -> FacetPage:
        with self._slot():
            began = time.perf_counter()
            found = self._engine.values(facet, request, contains)
        self._done(began, request, found.total, partial=found.partial)
        return found

    def stream(self, request: SearchRequest) -> Stream:
        with self._slot():
            began = time.perf_counter()
            found = self._engine.stream(request)
        self._done(began, request, found.total, partial=found.partial)
        return found

    def _done(self, began: float, request: SearchRequest, total: int, *, partial: bool) -> None:
        seconds = time.perf_counter() - began
        self._metrics.searched(seconds, partial=partial)
        self._journal.searched(seconds, request, total, partial=partial)

    # -- what needs no gate

    def clock(self, counting: Counting = "auto") -> Clock:
        return self._engine.clock(counting)

    def matching(
        self, requests: Sequence[SearchRequest], ids: Collection[str]
    ) -> list[frozenset[str]]:
        return self._engine.matching(requests, ids)

    def watched(self, name: str) -> Watched | None:
        return self._engine.watched(name)

    def suggest(self, text: str, among: SearchRequest = EVERYTHING) -> tuple[Suggestion, ...]:
        return self._engine.suggest(text, among)

    def similar(self, id: str, most: int = 5) -> Similar | None:
        return self._engine.similar(id, most)

    def holdings(self) -> Holdings:
        return self._engine.holdings()

    def article(self, id: str, version: int | None = None) -> HeldArticle | None:
        return self._engine.article(id, version)

    def history(self, id: str) -> tuple[Edition, ...]:
        return self._engine.history(id)

    def was_removed(self, id: str) -> str | None:
        return self._engine.was_removed(id)

    def articles(self) -> int:
        return self._engine.articles()

    def generation(self) -> str:
        return self._engine.generation()

    def segments(self) -> int:
        return self._engine.segments()

    def fallbacks(self) -> dict[str, int]:
        return self._engine.fallbacks()

    def prepare(self) -> None:
        self._engine.prepare()

    def close(self) -> None:
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
