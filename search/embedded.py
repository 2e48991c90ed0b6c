"""The embedded engine: Whoosh's queries on arrays, in this process, on the archive's own folder."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from whoosh import query as whoosh

from index.archive import Archive
from index.arrays.container import Array
from index.arrays.view import View
from index.article import HeldArticle
from index.fulltext import FullText
from index.fulltext.current import FILE as POINTER
from search import dates
from search.bounds import Bounds, bounds
from search.clauses import Dated, Not, Picking, Word, counted_from, is_common, printed
from search.execution import Execution, Found
from search.filed import Filed
from search.folding import folded
from search.language import Query, parse
from search.matching import Matcher, Read
from search.ordering import first
from search.request import FACETS, MOST_RESULTS, VALUES_PER_PAGE, Counting, SearchRequest, Sort
from search.results import Clause as CountedClause
from search.results import FacetPage, Histogram, Hit, SearchPage, Snippet, Understood, Values
from search.sieve import Choices, Sieve
from search.snippets import snippets
from search.speaking import spoken
from search.translation import expanding, translate
from search.word_queries import MOST_EXPANSIONS


@dataclass(slots=True)
class _View:
    """One state of the index, and what its documents are filed under."""

    view: View
    filed: Filed
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

    def values(self, facet: str, request: SearchRequest, contains: str = "") -> FacetPage:
        with self._lock:
            search = _Search(self._current(), self._archive, request, time.perf_counter())
            return search.values(facet, contains)

    def clock(self, counting: Counting = "auto") -> dates.Clock:
        with self._lock:
            return _clock(self._current().filed, counting)

    def _current(self) -> _View:
        """The view of the newest commit; an older one is closed, or its files would stay open."""
        stamp = self._stamp()
        if self._view is None or self._view.stamp != stamp:
            view = self._fulltext.view()
            if self._view is not None:
                self._view.view.close()
            current = self._fulltext.current()
            name = f"{current.folder}.{current.change}" if current else "0"
            self._view = _View(view, Filed(view, self._archive.zone), stamp, name)
        return self._view

    def _stamp(self) -> tuple[int, int]:
        try:
            status = os.stat(self._pointer)
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)


class _Search:
    """One search over one view."""

    def __init__(self, view: _View, archive: Archive, request: SearchRequest, began: float) -> None:
        self._view = view.view
        self._filed = view.filed
        self._execution = Execution(view.view)
        self._archive = archive
        self._zone = view.filed.zone
        self._request = request
        self._began = began
        self._clock = _clock(view.filed, request.counting)
        self._bounds = bounds(request.start, request.end, self._clock)
        self._notes: list[str] = []
        self._partial = False

    @property
    def fallbacks(self) -> Counter[str]:
        return self._execution.fallbacks

    def page(self) -> SearchPage:
        request = self._request
        query = self._query()
        sieve = self._sieve()
        found, passing, match_any = self._matching(query, sieve)
        matching = found.only(passing)
        shown = matching
        if request.dedupe == "story":
            shown = folded(matching, self._filed)
        hits = self._hits(self._top(shown, query), query)
        histogram = None
        values: dict[str, Values] = {}
        if request.with_facets and sieve is not None:
            choices = Choices(sieve, found.documents)
            values = {facet: choices.shown(facet) for facet in FACETS}
            histogram = self._histogram(matching.documents)
        return SearchPage(
            query=self._understood(query, match_any=match_any),
            total=len(shown),
            page=request.page,
            per_page=request.per_page,
            took_ms=(time.perf_counter() - self._began) * 1000,
            hits=hits,
            facets={facet: some.values for facet, some in values.items()},
            histogram=histogram,
            distinct={facet: some.total for facet, some in values.items()},
            folded=len(matching) - len(shown),
            partial=self._partial,
        )

    def values(self, facet: str, contains: str) -> FacetPage:
        """A page of the values of one facet among everything that matches."""
        query = self._query()
        sieve = Sieve(self._filed, self._request)
        found, _, match_any = self._matching(query, sieve)
        start = (self._request.page - 1) * VALUES_PER_PAGE
        choices = Choices(sieve, found.documents)
        listed = choices.listed(facet, contains, start, start + VALUES_PER_PAGE)
        return FacetPage(
            facet=facet,
            contains=contains,
            query=self._understood(query, match_any=match_any),
            total=listed.total,
            page=self._request.page,
            per_page=VALUES_PER_PAGE,
            values=listed.values,
        )

    # -- finding

    def _query(self) -> Query:
        query = parse(self._request.q, self._clock)
        self._notes += [*query.notes, *self._bounds.notes]
        self._note_expansions(query)
        return query

    def _sieve(self) -> Sieve | None:
        """What applies the filters; None where there are none and no facets to count."""
        request = self._request
        if request.with_facets or any(request.filter(facet) for facet in FACETS):
            return Sieve(self._filed, request)
        return None

    def _matching(self, query: Query, sieve: Sieve | None) -> tuple[Found, Array, bool]:
        """(all that match the words and dates, for each whether it passes the filters, whether
        one word was enough)."""
        match_any = self._request.match == "any"
        found = self._run(self._whoosh(query, match_any=match_any))
        passing = _passing(found, sieve)
        several = [part for part in query.clauses if not isinstance(part, Not | Picking)]
        several = [part for part in several if not is_common(part)]
        if not passing.any() and self._request.match == "auto" and len(several) > 1:
            loose = self._run(self._whoosh(query, match_any=True))
            loosely = _passing(loose, sieve)
            if loosely.any() or not len(found):
                self._notes.append("no article has all of these words: these have some of them")
                return loose, loosely, True
        return found, passing, match_any

    def _whoosh(self, query: Query, *, match_any: bool) -> Any:
        if query.root is not None:
            wanted = translate(query.root, self._zone, match_any=match_any)
        elif query.text.strip():
            return whoosh.NullQuery  # something was asked, and none of it is a word
        else:
            wanted = whoosh.Every()
        if self._bounds.days is None:
            return wanted
        return whoosh.Require(wanted, translate(Dated(self._bounds.days, ""), self._zone))

    def _run(self, query: Any) -> Found:
        found = self._execution.run(query, scored=True)
        self._partial |= found.partial
        return found

    def _count(self, query: Any) -> int:
        found = self._execution.run(query, scored=False)
        self._partial |= found.partial
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

    def _top(self, found: Found, query: Query) -> list[tuple[int, float]]:
        """The documents of the page that was asked for, with their scores, best first."""
        request = self._request
        last = min(request.page * request.per_page, MOST_RESULTS)
        documents, scores = found.documents, found.scores
        keys = self._order(request.sort or _usual_order(query), documents, scores)
        best = first(keys, last)[last - request.per_page :]
        return list(zip(documents[best].tolist(), scores[best].tolist(), strict=True))

    def _order(self, sort: Sort, documents: Array, scores: Array) -> list[Array]:
        """What to order by, ascending, the most important first.

        Undated articles come last by date; what ties goes by date, then by place.
        """
        published = self._filed.published[documents]
        undated = ~self._filed.dated[documents]
        match sort:
            case "newest":
                return [undated, -published, documents]
            case "oldest":
                return [undated, published, documents]
            case _:
                return [-scores, undated, -published, documents]

    # -- showing

    def _hits(self, documents: list[tuple[int, float]], query: Query) -> tuple[Hit, ...]:
        stored = [self._view.stored_fields(document) for document, _ in documents]
        held = self._archive.get_many([(fields["id"], fields["version"]) for fields in stored])
        in_body, in_title = Matcher(query.root), Matcher(query.root, "title")
        first = (self._request.page - 1) * self._request.per_page + 1
        hits: list[Hit] = []
        for rank, (fields, (_, score)) in enumerate(
            zip(stored, documents, strict=True), start=first
        ):
            found = held.get(fields["id"])
            if found is not None:  # removed since the last commit: the next one will not find it
                hits.append(_hit(rank, score, found, in_body, in_title))
        return tuple(hits)

    def _histogram(self, matching: Array) -> Histogram | None:
        wanted = self._request.interval
        found = self._filed.timeline.histogram(matching, wanted)
        if found is not None and wanted not in {"auto", found.interval}:
            self._notes.append(
                f"the results reach too far for a bar a {wanted}: there is one a {found.interval}"
            )
        return found

    def _understood(self, query: Query, *, match_any: bool) -> Understood:
        clauses = self._counted(query)
        if self._partial:
            self._notes.append(
                "this asks for too much at once: only a part of the articles was looked at"
            )
        days = self._bounds.days
        counted = [self._bounds.counted, *(counted_from(query.root) if query.root else ())]
        return Understood(
            q=query.text,
            sentence=_sentence(query, self._bounds, match_any=match_any),
            clauses=clauses,
            notes=tuple(dict.fromkeys(self._notes)),
            start=days.first.isoformat() if days and days.first else None,
            end=days.last.isoformat() if days and days.last else None,
            counting=self._request.counting,
            counted=next(filter(None, counted), ""),
        )

    def _counted(self, query: Query) -> tuple[CountedClause, ...]:
        return tuple(
            CountedClause(printed(clause), self._count(translate(clause, self._zone)))
            for clause in query.clauses
        )


def _clock(filed: Filed, counting: Counting) -> dates.Clock:
    """What "last week" counts from: today, or the newest article of a closed archive."""
    newest = filed.newest
    return dates.Clock.at(
        filed.zone,
        datetime.fromtimestamp(newest, filed.zone) if newest is not None else None,
        counting,
    )


def _passing(found: Found, sieve: Sieve | None) -> Array:
    return np.ones(len(found), bool) if sieve is None else sieve.passing(found.documents)


def _usual_order(query: Query) -> Sort:
    """By relevance where words were asked for; what only a date or an exclusion picks, by date."""
    ranked = any(not isinstance(clause, Not | Picking) for clause in query.clauses)
    return "relevance" if ranked else "newest"


def _hit(rank: int, score: float, held: HeldArticle, in_body: Matcher, in_title: Matcher) -> Hit:
    article = held.article
    read = Read.of(article)
    found, matches = snippets(read.text, in_body, read.lead)
    marked = [(m.start, m.end) for m in in_title.find(article.title)]
    return Hit(
        rank=rank,
        score=score,
        held=held,
        title=Snippet.marked(article.title, marked),
        snippets=found,
        matches=matches,
        words=len(read.reading.text.split()),
    )


def _sentence(query: Query, bounds: Bounds, *, match_any: bool) -> str:
    """What was understood, in one plain sentence."""
    words = "All articles"
    if query.root is not None:
        words = f"Articles {spoken(query.root, match_any=match_any)}"
    elif query.text.strip():
        words = "Nothing that could be searched for"
    return f"{words}, published {bounds}." if bounds.days else f"{words}."
