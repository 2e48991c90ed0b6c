"""The embedded engine: Whoosh's queries on arrays, in this process, on the archive's own folder."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from whoosh import query as whoosh

from index.archive import Archive
from index.arrays.container import Array
from index.arrays.view import Leaf, View
from index.article import HeldArticle
from index.fulltext import FullText
from index.fulltext.current import FILE as POINTER
from search import dates, facets, watching
from search.clauses import Clause, Dated, Not, Picking, Word, is_common, printed
from search.cursor import Cursor
from search.execution import Execution, Found
from search.folding import folded
from search.language import Query, parse
from search.ordering import first
from search.request import FACETS, MOST_RESULTS, SearchRequest, Sort
from search.results import Clause as CountedClause
from search.results import Hit, SearchPage, Stream, Understood, Watched
from search.showing import Shower
from search.speaking import spoken
from search.translation import expanding, translate
from search.word_queries import MOST_EXPANSIONS

# Articles that a stream fetches at once: between two fetches others may search, and of all that
# was found only so many are in memory.
_FETCHED = 100
# What is given of a saved search at once: a reader of its feed asks every hour.
_MOST_WATCHED = 50
# Later than any moment, either way round: undated articles come last.
_NEVER = 2**62


@dataclass(slots=True)
class _View:
    """One state of the index, and what its documents are filed under."""

    view: View
    filed: facets.Filed
    stamp: tuple[int, int]
    name: str


class EmbeddedEngine:
    """See ``Engine``. It looks for a newer commit before each search and takes it up by itself."""

    def __init__(self, folder: Path) -> None:
        self._archive = Archive.open(folder)
        self._fulltext = FullText(folder / "index")
        self._pointer = folder / "index" / POINTER
        self._lock = threading.Lock()
        self._view: _View | None = None
        # How often a part of a query was left to Whoosh's own matchers, by its class.
        self.fallbacks: Counter[str] = Counter()

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
        with self._lock:
            if self._view is not None:
                self._view.view.close()
                self._view = None
            self._archive.close()

    def article(self, id: str) -> HeldArticle | None:
        with self._lock:
            return self._archive.get(id)

    def was_removed(self, id: str) -> str | None:
        with self._lock:
            return self._archive.was_removed(id)

    def articles(self) -> int:
        with self._lock:
            return len(self._current().view)

    def generation(self) -> str:
        with self._lock:
            return self._current().name

    def search(self, request: SearchRequest) -> SearchPage:
        began = time.perf_counter()
        with self._lock:
            search = _Search(self._current(), self._archive, request, began)
            page = search.page()
            self.fallbacks += search.fallbacks
            return page

    def stream(self, request: SearchRequest) -> Stream:
        with self._lock:
            search = _Search(self._current(), self._archive, request, time.perf_counter())
            found = search.everything()
            self.fallbacks += search.fallbacks
        return Stream(
            notes=search.notes(),
            total=len(found.scores),
            partial=search.partial,
            hits=self._fetched(found, search.root),
        )

    def _fetched(self, found: _Named, root: Clause | None) -> Iterator[Hit]:
        """The hits of all that was found; others may search while one is read.

        Each batch is shown anew, because what a matcher remembers grows with the words it meets.
        """
        for start in range(0, len(found.scores), _FETCHED):
            named = found.part(start, start + _FETCHED)
            with self._lock:
                held = self._archive.get_many((id, version) for id, version, _ in named)
            yield from Shower(root).hits(named, held, start + 1)

    def matching(
        self, requests: Sequence[SearchRequest], ids: Collection[str]
    ) -> list[frozenset[str]]:
        wanted = frozenset(ids)
        with self._lock:
            view, began = self._current(), time.perf_counter()
            leaves = view.view.leaves_with(wanted)
            return [
                wanted & _Search(view, self._archive, request, began, leaves).ids()
                for request in requests
            ]

    def watched(self, name: str) -> Watched | None:
        with self._lock:
            return watching.watched(self._archive, name, _MOST_WATCHED)

    def _current(self) -> _View:
        """The view of the newest commit; an older one is closed, or its files would stay open."""
        stamp = self._stamp()
        if self._view is None or self._view.stamp != stamp:
            view = self._fulltext.view()
            if self._view is not None:
                self._view.view.close()
            current = self._fulltext.current()
            name = f"{current.folder}.{current.change}" if current else "0"
            self._view = _View(view, facets.Filed(view), stamp, name)
        return self._view

    def _stamp(self) -> tuple[int, int]:
        try:
            status = os.stat(self._pointer)
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class _Named:
    """What was found, by what names it for good: however the index changes, the archive gives
    these very texts."""

    ids: Array
    versions: Array
    scores: Array

    def part(self, start: int, end: int) -> list[tuple[str, int, float]]:
        """(id, version, score) of those from ``start`` to ``end``."""
        ids, versions, scores = (
            values[start:end].tolist() for values in (self.ids, self.versions, self.scores)
        )
        return [(id.decode(), *rest) for id, *rest in zip(ids, versions, scores, strict=True)]


@dataclass(frozen=True, slots=True)
class _Answer:
    """All that matches the words and dates, what of it passes the filters, and the results; with
    ``match_any`` one word was enough."""

    found: Found
    matching: Found
    shown: Found
    match_any: bool


class _Search:
    """One search over one view."""

    def __init__(
        self,
        view: _View,
        archive: Archive,
        request: SearchRequest,
        began: float,
        leaves: Sequence[Leaf] | None = None,
    ) -> None:
        self._view = view.view
        self._filed = view.filed
        self._execution = Execution(view.view, leaves=leaves)
        self._archive = archive
        self._zone = archive.zone
        self._request = request
        self._began = began
        self._notes: list[str] = []
        self.partial = False
        self._query = parse(request.q, self._clock())
        self._notes += self._query.notes
        self._days = self._named_days()
        self._sieve = self._filters()

    @property
    def fallbacks(self) -> Counter[str]:
        return self._execution.fallbacks

    def page(self) -> SearchPage:
        request = self._request
        answer = self._answer()
        first_rank, chosen = self._chosen(answer.shown)
        hits = self._hits(answer.shown, chosen, first_rank)
        histogram = None
        counts = {}
        if request.with_facets and self._sieve is not None:
            counts = {facet: self._sieve.counts(facet, answer.found.documents) for facet in FACETS}
            histogram = facets.histogram(self._filed, answer.matching.documents, self._zone)
        return SearchPage(
            query=self._understood(match_any=answer.match_any),
            total=len(answer.shown),
            page=request.page,
            per_page=request.per_page,
            took_ms=(time.perf_counter() - self._began) * 1000,
            hits=hits,
            facets=counts,
            histogram=histogram,
            folded=len(answer.matching) - len(answer.shown),
            partial=self.partial,
            next=self._next(answer.shown, chosen, first_rank),
        )

    def everything(self) -> _Named:
        """All results, in the order that was asked for."""
        shown = self._answer().shown
        return self._named(shown, np.lexsort(self._order(shown)[::-1]))

    def ids(self) -> set[str]:
        """The ids of all articles that match."""
        found, passing, _ = self._matching()
        return {id.decode() for id in self._view.ids[found.documents[passing]].tolist()}

    def notes(self) -> tuple[str, ...]:
        """What was not, or not quite, understood or done."""
        if self.partial:
            self._notes.append(
                "this asks for too much at once: only a part of the articles was looked at"
            )
        return tuple(dict.fromkeys(self._notes))

    @property
    def root(self) -> Clause | None:
        return self._query.root

    def _answer(self) -> _Answer:
        self._note_expansions(self._query)
        found, passing, match_any = self._matching()
        matching = found.only(passing)
        by_story = self._request.dedupe == "story"
        shown = folded(matching, self._filed) if by_story else matching
        return _Answer(found, matching, shown, match_any)

    # -- finding

    def _clock(self) -> dates.Clock:
        """What "last week" counts from: today, or the newest article of a closed archive."""
        newest = self._filed.newest
        return dates.Clock.at(
            self._zone, datetime.fromtimestamp(newest, self._zone) if newest is not None else None
        )

    def _named_days(self) -> dates.Days | None:
        """The days that ``from`` and ``to`` name together, both inclusive."""
        first = self._bound(self._request.start, "from")
        last = self._bound(self._request.end, "to")
        return dates.between(first, last) if first or last else None

    def _bound(self, text: str, name: str) -> dates.Days | None:
        days = dates.period(text) if text else None
        if text and days is None:
            self._notes.append(f"{name} “{text}” is no date such as 2014-02-03: it was left out")
        return days

    def _filters(self) -> facets.Sieve | None:
        """What applies the filters; None where there are none and no facets to count."""
        request = self._request
        if request.with_facets or any(request.filter(facet) for facet in FACETS):
            return facets.Sieve(self._filed, request)
        return None

    def _matching(self) -> tuple[Found, Array, bool]:
        """(all that match the words and dates, for each whether it passes the filters, whether
        one word was enough)."""
        request, query = self._request, self._query
        match_any = request.match == "any"
        found = self._run(self._whoosh(match_any=match_any))
        passing = _passing(found, self._sieve)
        several = [part for part in query.clauses if not isinstance(part, Not | Picking)]
        several = [part for part in several if not is_common(part)]
        # A harvest that found nothing and then went by other words would not be one.
        may_loosen = request.match == "auto" and request.after is None
        if not passing.any() and may_loosen and len(several) > 1:
            loose = self._run(self._whoosh(match_any=True))
            loosely = _passing(loose, self._sieve)
            if loosely.any() or not len(found):
                self._notes.append("no article has all of these words: these have some of them")
                return loose, loosely, True
        return found, passing, match_any

    def _whoosh(self, *, match_any: bool) -> Any:
        query = self._query
        if query.root is not None:
            wanted = translate(query.root, self._zone, match_any=match_any)
        elif query.text.strip():
            return whoosh.NullQuery  # something was asked, and none of it is a word
        else:
            wanted = whoosh.Every()
        if self._days is None:
            return wanted
        return whoosh.Require(wanted, translate(Dated(self._days, ""), self._zone))

    def _run(self, query: Any) -> Found:
        found = self._execution.run(query, scored=True)
        self.partial |= found.partial
        return found

    def _count(self, query: Any) -> int:
        found = self._execution.run(query, scored=False)
        self.partial |= found.partial
        return len(found)

    def _note_expansions(self, query: Query) -> None:
        for clause, expansion in expanding(query.root) if query.root else ():
            if self._execution.stands_for(expansion) >= MOST_EXPANSIONS:
                fits = "begins" if isinstance(clause, Word) else "fits"
                self._notes.append(
                    f"“{printed(clause)}” {fits} too many words:"
                    f" the first {MOST_EXPANSIONS} were searched"
                )

    # -- ordering

    def _chosen(self, found: Found) -> tuple[int, Array]:
        """(the rank of the first result of what was asked for, the places of all of it in
        ``found``), best first."""
        request = self._request
        keys = self._order(found)
        if request.after is None:
            start = (request.page - 1) * request.per_page
            last = min(start + request.per_page, MOST_RESULTS)
            return start + 1, first(keys, last)[start:]
        ahead = np.flatnonzero(self._is_after(request.after, keys))
        chosen = first([key[ahead] for key in keys], request.per_page)
        return len(found) - len(ahead) + 1, ahead[chosen]

    def _order(self, found: Found) -> list[Array]:
        """What to order by, ascending, the most important first.

        Undated articles come last by date; what ties goes by date, then by place; in a harvest by
        id, because places change.
        """
        documents = found.documents
        sort = self._sort()
        moments = self._moments(documents, newest=sort != "oldest")
        if self._request.after is not None:
            return [moments, self._view.ids[documents]]
        return [moments, documents] if sort != "relevance" else [-found.scores, moments, documents]

    def _sort(self) -> Sort:
        sort = self._request.sort or _usual_order(self._query)
        return "newest" if self._request.after is not None and sort == "relevance" else sort

    def _moments(self, documents: Array, *, newest: bool) -> Array:
        """What ascends by date, undated documents last."""
        moments = self._filed.published[documents]
        return np.where(self._filed.dated[documents], -moments if newest else moments, _NEVER)

    def _is_after(self, cursor: Cursor, keys: Sequence[Array]) -> Array:
        """For each result whether it comes after ``cursor``."""
        moments, ids = keys
        if not cursor.id:
            return np.ones(len(moments), bool)
        moment = _NEVER if cursor.moment is None else cursor.moment
        if cursor.moment is not None and self._sort() != "oldest":
            moment = -moment
        is_later: Array = (moments > moment) | ((moments == moment) & (ids > cursor.id.encode()))
        return is_later

    def _next(self, found: Found, chosen: Array, first_rank: int) -> Cursor | None:
        """Where a harvest goes on after what was ``chosen``; None where that was the last of it."""
        past = first_rank + len(chosen) > len(found)
        if self._request.after is None or past or not len(chosen):
            return None
        last = found.documents[chosen[-1]]
        moment = int(self._filed.published[last]) if self._filed.dated[last] else None
        return Cursor(moment, self._view.ids[last].decode())

    # -- showing

    def _named(self, found: Found, places: Array) -> _Named:
        documents = found.documents[places]
        return _Named(
            self._view.ids[documents], self._view.versions[documents], found.scores[places]
        )

    def _hits(self, found: Found, places: Array, first_rank: int) -> tuple[Hit, ...]:
        named = self._named(found, places).part(0, len(places))
        held = self._archive.get_many([(id, version) for id, version, _ in named])
        return tuple(Shower(self.root).hits(named, held, first_rank))

    def _understood(self, *, match_any: bool) -> Understood:
        query, days = self._query, self._days
        clauses = self._counted(query)  # may meet the bound, which the notes tell
        return Understood(
            q=query.text,
            sentence=_sentence(query, days, match_any=match_any),
            clauses=clauses,
            notes=self.notes(),
            start=days.first.isoformat() if days and days.first else None,
            end=days.last.isoformat() if days and days.last else None,
        )

    def _counted(self, query: Query) -> tuple[CountedClause, ...]:
        return tuple(
            CountedClause(printed(clause), self._count(translate(clause, self._zone)))
            for clause in query.clauses
        )


def _passing(found: Found, sieve: facets.Sieve | None) -> Array:
    return np.ones(len(found), bool) if sieve is None else sieve.passing(found.documents)


def _usual_order(query: Query) -> Sort:
    """By relevance where words were asked for; what only a date or an exclusion picks, by date."""
    ranked = any(not isinstance(clause, Not | Picking) for clause in query.clauses)
    return "relevance" if ranked else "newest"


def _sentence(query: Query, days: dates.Days | None, *, match_any: bool) -> str:
    """What was understood, in one plain sentence."""
    words = "All articles"
    if query.root is not None:
        words = f"Articles {spoken(query.root, match_any=match_any)}"
    elif query.text.strip():
        words = "Nothing that could be searched for"
    return f"{words}, published {days}." if days else f"{words}."
