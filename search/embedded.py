"""The embedded engine: Whoosh's queries on arrays, in this process, on the archive's own folder."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from index.archive import Archive
from index.article import Edition, HeldArticle
from index.fulltext import FullText
from index.fulltext.current import FILE as POINTER
from search.answering import Answering, Named, clock_of
from search.clauses import Clause
from search.dates import Clock
from search.execution import Execution, Found
from search.prose import Opened
from search.request import EVERYTHING, MOST_SECONDS, Counting, SearchRequest
from search.results import Hit, SearchPage, Stream
from search.scope import scope_of
from search.shelf import Shelf
from search.showing import Shower
from search.state import State, Texts
from search.translation import translate

if TYPE_CHECKING:
    from search.coverage import FacetPage
    from search.holdings import Holdings, Watched
    from search.similar import Similar
    from search.suggestions import Suggestion

# Articles that a stream fetches at once: of all that was found only so many are in memory.
_FETCHED = 100
# Nobody waits for a saved search, and what it misses nobody would ever hear of.
_HOWEVER_LONG = 3_600.0
# What is given of a saved search at once: a reader of its feed asks every hour.
_MOST_WATCHED = 50
# Postings that are read to know what was asked before the word being typed: some milliseconds.
_WORK_OF_SUGGESTING = 2_000_000
_ANY = "news"  # what is asked for where any word would do


class EmbeddedEngine:
    """See ``Engine``. It looks for a newer commit before each search and takes it up by itself.

    Searches of several threads go on side by side; only the archive is asked by one at a time.
    """

    def __init__(self, folder: Path, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds
        self._archive = Archive.open(folder)
        self._fulltext = FullText(folder / "index")
        self._pointer = folder / "index" / POINTER
        self._archive_lock = threading.Lock()
        self._holdings: tuple[str, Holdings] | None = None
        self._shelf = Shelf(self._archive)
        self._texts = Texts(self._opened, self._headlines)
        self._lock = threading.Lock()  # of what follows
        self._state: State | None = None
        self._readers: Counter[int] = Counter()
        self._fallbacks: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock, self._archive_lock:
            if self._state is not None:
                self._state.view.close()
                self._state = None
            self._archive.close()

    # -- the newest commit

    @contextmanager
    def _reading(self) -> Iterator[State]:
        """The state of the newest commit, which stays open until it is left.

        One that a newer commit has replaced is closed by whoever leaves it last, or its files
        would stay open.
        """
        with self._lock:
            state = self._newest()
            self._readers[id(state)] += 1
        try:
            yield state
        finally:
            with self._lock:
                self._readers[id(state)] -= 1
                if not self._readers[id(state)]:
                    del self._readers[id(state)]
                    if state is not self._state:
                        state.view.close()

    def _newest(self) -> State:
        stamp = self._stamp()
        if self._state is None or self._state.stamp != stamp:
            view = self._fulltext.view()
            old = self._state
            if old is not None and not self._readers[id(old)]:
                old.view.close()
            current = self._fulltext.current()
            zone = self._archive.zone
            name = f"{current.folder}.{current.change}" if current else "0"
            name += "" if zone.key == "UTC" else f".{zone.key}"  # other days, other answers
            self._state = State.of(view, zone, stamp, name)
        return self._state

    def _stamp(self) -> tuple[int, int]:
        try:
            status = os.stat(self._pointer)
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def articles(self) -> int:
        with self._reading() as state:
            return len(state.view)

    def generation(self) -> str:
        with self._reading() as state:
            return state.name

    def segments(self) -> int:
        with self._reading() as state:
            return len(state.view.leaves)

    def fallbacks(self) -> dict[str, int]:
        with self._lock:
            return dict(self._fallbacks)

    def prepare(self) -> None:
        self.search(EVERYTHING)
        self.suggest(_ANY)
        with self._reading() as state:
            state.vocabulary.near(_ANY, None, 1)

    # -- articles

    def holdings(self) -> Holdings:
        from search.holdings import Holdings  # noqa: PLC0415 - a search alone does not wait for it

        generation = self.generation()
        with self._archive_lock:
            if self._holdings is None or self._holdings[0] != generation:
                found = Holdings(self._archive.count(), tuple(self._archive.by_rule()))
                self._holdings = generation, found
            return self._holdings[1]

    def article(self, id: str, version: int | None = None) -> HeldArticle | None:
        with self._archive_lock:
            return self._archive.get(id, version)

    def history(self, id: str) -> tuple[Edition, ...]:
        with self._archive_lock:
            return tuple(self._archive.history(id))

    def was_removed(self, id: str) -> str | None:
        with self._archive_lock:
            return self._archive.was_removed(id)

    def watched(self, name: str) -> Watched | None:
        from search import watching  # noqa: PLC0415 - a search alone does not wait for it

        with self._archive_lock:
            return watching.watched(self._archive, name, _MOST_WATCHED)

    def _held(self, named: Iterable[tuple[str, int]]) -> dict[str, HeldArticle]:
        with self._archive_lock:
            return self._archive.get_many(named)

    def _opened(self, named: Iterable[tuple[str, int]]) -> dict[str, Opened]:
        with self._archive_lock:
            return self._shelf.opened(named)

    def _headlines(self, named: Iterable[tuple[str, int]]) -> list[str]:
        with self._archive_lock:
            return self._archive.headlines(named)

    # -- searching

    @contextmanager
    def _answering(self, request: SearchRequest) -> Iterator[Answering]:
        began = time.perf_counter()
        with self._reading() as state:
            answering = Answering(
                state, self._texts, request, began, most_seconds=self._most_seconds
            )
            yield answering
            with self._lock:
                self._fallbacks += answering.fallbacks

    def search(self, request: SearchRequest) -> SearchPage:
        with self._answering(request) as answering:
            return answering.page()

    def values(self, facet: str, request: SearchRequest, contains: str = "") -> FacetPage:
        with self._answering(request) as answering:
            return answering.values(facet, contains)

    def stream(self, request: SearchRequest) -> Stream:
        with self._answering(request) as answering:
            found = answering.everything()
            return Stream(
                notes=answering.notes(),
                total=len(found.scores),
                partial=answering.partial,
                hits=self._fetched(found, answering.root),
            )

    def _fetched(self, found: Named, root: Clause | None) -> Iterator[Hit]:
        """The hits of all that was found; no commit is held open while one is read.

        Each batch is shown anew, because what a matcher remembers grows with the words it meets.
        """
        for start in range(0, len(found.scores), _FETCHED):
            named = found.part(start, start + _FETCHED)
            held = self._held((id, version) for id, version, _ in named)
            opened = {id: Opened.of(one) for id, one in held.items()}
            yield from Shower(root).hits(named, opened, start + 1)

    def matching(
        self, requests: Sequence[SearchRequest], ids: Collection[str]
    ) -> list[frozenset[str]]:
        wanted = frozenset(ids)
        with self._reading() as state:
            leaves = state.view.leaves_with(wanted)
            return [
                wanted & Answering(state, self._texts, request, 0, leaves, _HOWEVER_LONG).ids()
                for request in requests
            ]

    def clock(self, counting: Counting = "auto") -> Clock:
        with self._reading() as state:
            return clock_of(state.filed, counting)

    # -- beside a search

    def suggest(self, text: str, among: SearchRequest = EVERYTHING) -> tuple[Suggestion, ...]:
        with self._reading() as state:
            execution = Execution(state.view, most_work=_WORK_OF_SUGGESTING)

            def run(clause: Clause) -> Found:
                return execution.run(translate(clause, state.filed.zone), scored=False)

            def headlines(documents: Sequence[int]) -> list[tuple[str, str]]:
                named = state.named(documents)
                titles = self._headlines(named)
                return [(id, title) for (id, _), title in zip(named, titles, strict=True)]

            clock = clock_of(state.filed, among.counting)
            scope = scope_of(among, state.filed, clock, lambda clause: run(clause).documents)
            return state.suggestions_in(scope).of(text, clock, run, headlines)

    def similar(self, id: str, most: int = 5) -> Similar | None:
        from search.similar import (  # noqa: PLC0415 - a search alone does not wait for it
            Similar,
            alike,
            key_terms,
            most_alike,
        )

        held = self.article(id)
        if held is None:
            return None
        with self._reading() as state:
            terms = key_terms(held.article, state.vocabulary, len(state.view))
            found = Execution(state.view).run(alike(terms))
            best = most_alike(found, state.filed.stories, state.story_of(id), most)
            articles = self._held(state.named(best))
        return Similar(tuple(term.written for term in terms), tuple(articles.values()))
