"""The embedded engine: Whoosh's queries on arrays, in this process, on the archive's own folder."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
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
from index.reading import read
from search import dates, facets
from search.clauses import Dated, Not, Picking, Word, is_common, printed
from search.execution import Execution, Found
from search.explaining import Explainer
from search.folding import folded
from search.language import Query, parse
from search.matching import Matcher
from search.ordering import first
from search.recency import factors
from search.request import FACETS, MOST_RESULTS, SearchRequest, Sort
from search.results import Clause as CountedClause
from search.results import Explanation, Hit, SearchPage, Snippet, Understood
from search.snippets import snippets
from search.speaking import spoken
from search.translation import expanding, scoring, translate
from search.word_queries import MOST_EXPANSIONS


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


class _Search:
    """One search over one view."""

    def __init__(self, view: _View, archive: Archive, request: SearchRequest, began: float) -> None:
        self._view = view.view
        self._filed = view.filed
        self._execution = Execution(view.view)
        self._archive = archive
        self._zone = archive.zone
        self._request = request
        self._began = began
        self._notes: list[str] = []
        self._partial = False

    @property
    def fallbacks(self) -> Counter[str]:
        return self._execution.fallbacks

    def page(self) -> SearchPage:
        request = self._request
        query = parse(request.q, self._clock())
        self._notes += query.notes
        self._note_expansions(query)
        days = self._days()
        sieve = self._sieve()
        found, passing, match_any = self._matching(query, days, sieve)
        matching = self._faded(found.only(passing))
        shown = matching
        if request.dedupe == "story":
            shown = folded(matching, self._filed)
        hits = self._hits(self._top(shown, query), query, match_any=match_any)
        histogram = None
        counts = {}
        if request.with_facets and sieve is not None:
            counts = {facet: sieve.counts(facet, found.documents) for facet in FACETS}
            histogram = facets.histogram(self._filed, matching.documents, self._zone)
        understood = self._understood(query, days, match_any=match_any)
        if self._partial:
            note = "this asks for too much at once: only a part of the articles was looked at"
            understood = replace(understood, notes=(*understood.notes, note))
        return SearchPage(
            query=understood,
            total=len(shown),
            page=request.page,
            per_page=request.per_page,
            took_ms=(time.perf_counter() - self._began) * 1000,
            hits=hits,
            facets=counts,
            histogram=histogram,
            folded=len(matching) - len(shown),
            partial=self._partial,
        )

    # -- finding

    def _clock(self) -> dates.Clock:
        """What "last week" counts from: today, or the newest article of a closed archive."""
        newest = self._filed.newest
        return dates.Clock.at(
            self._zone, datetime.fromtimestamp(newest, self._zone) if newest is not None else None
        )

    def _days(self) -> dates.Days | None:
        """The days that ``from`` and ``to`` name together, both inclusive."""
        first = self._bound(self._request.start, "from")
        last = self._bound(self._request.end, "to")
        return dates.between(first, last) if first or last else None

    def _bound(self, text: str, name: str) -> dates.Days | None:
        days = dates.period(text) if text else None
        if text and days is None:
            self._notes.append(f"{name} “{text}” is no date such as 2014-02-03: it was left out")
        return days

    def _sieve(self) -> facets.Sieve | None:
        """What applies the filters; None where there are none and no facets to count."""
        request = self._request
        if request.with_facets or any(request.filter(facet) for facet in FACETS):
            return facets.Sieve(self._filed, request)
        return None

    def _matching(
        self, query: Query, days: dates.Days | None, sieve: facets.Sieve | None
    ) -> tuple[Found, Array, bool]:
        """(all that match the words and dates, for each whether it passes the filters, whether
        one word was enough)."""
        match_any = self._request.match == "any"
        found = self._run(self._whoosh(query, days, match_any=match_any))
        passing = _passing(found, sieve)
        several = [part for part in query.clauses if not isinstance(part, Not | Picking)]
        several = [part for part in several if not is_common(part)]
        if not passing.any() and self._request.match == "auto" and len(several) > 1:
            loose = self._run(self._whoosh(query, days, match_any=True))
            loosely = _passing(loose, sieve)
            if loosely.any() or not len(found):
                self._notes.append("no article has all of these words: these have some of them")
                return loose, loosely, True
        return found, passing, match_any

    def _whoosh(self, query: Query, days: dates.Days | None, *, match_any: bool) -> Any:
        if query.root is not None:
            wanted = translate(query.root, self._zone, match_any=match_any)
        elif query.text.strip():
            return whoosh.NullQuery  # something was asked, and none of it is a word
        else:
            wanted = whoosh.Every()
        if days is None:
            return wanted
        return whoosh.Require(wanted, translate(Dated(days, ""), self._zone))

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

    def _faded(self, found: Found) -> Found:
        """With the scores of older articles lowered, where that was asked for."""
        if self._request.recency == "off":
            return found
        return replace(found, scores=found.scores * self._recency(found.documents))

    def _recency(self, documents: Array) -> Array:
        return factors(self._request.recency, documents, self._filed, self._clock(), self._zone)

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

    def _hits(
        self, documents: list[tuple[int, float]], query: Query, *, match_any: bool
    ) -> tuple[Hit, ...]:
        explained = self._explained(documents, query, match_any=match_any)
        stored = [self._view.stored_fields(document) for document, _ in documents]
        held = self._archive.get_many([(fields["id"], fields["version"]) for fields in stored])
        in_body, in_title = Matcher(query.root), Matcher(query.root, "title")
        first = (self._request.page - 1) * self._request.per_page + 1
        hits: list[Hit] = []
        for rank, (fields, (document, score)) in enumerate(
            zip(stored, documents, strict=True), start=first
        ):
            found = held.get(fields["id"])
            if found is not None:  # removed since the last commit: the next one will not find it
                hit = _hit(rank, score, found, in_body, in_title)
                hits.append(replace(hit, explanation=explained.get(document)))
        return tuple(hits)

    def _explained(
        self, documents: list[tuple[int, float]], query: Query, *, match_any: bool
    ) -> dict[int, Explanation]:
        """Where the score of each document comes from, if that was asked for."""
        if not self._request.explain:
            return {}
        clauses = scoring(query.root, self._zone, match_any=match_any) if query.root else []
        explainer = Explainer(self._view, clauses)
        numbers = [document for document, _ in documents]
        factors = self._recency(np.array(numbers, np.int64)).tolist()
        return {n: explainer.of(n, factor) for n, factor in zip(numbers, factors, strict=True)}

    def _understood(self, query: Query, days: dates.Days | None, *, match_any: bool) -> Understood:
        return Understood(
            q=query.text,
            sentence=_sentence(query, days, match_any=match_any),
            clauses=self._counted(query),
            notes=tuple(dict.fromkeys(self._notes)),
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


def _hit(rank: int, score: float, held: HeldArticle, in_body: Matcher, in_title: Matcher) -> Hit:
    article = held.article
    text = read(article.raw_text, article.removals).text
    standfirst = f"{article.standfirst}\n\n" if article.standfirst else ""
    lead = len(standfirst) + len(text.partition("\n\n")[0])
    found, matches = snippets(standfirst + text, in_body, lead)
    marked = [(m.start, m.end) for m in in_title.find(article.title)]
    return Hit(
        rank=rank,
        score=score,
        held=held,
        title=Snippet.marked(article.title, marked),
        snippets=found,
        matches=matches,
        words=len(text.split()),
    )


def _sentence(query: Query, days: dates.Days | None, *, match_any: bool) -> str:
    """What was understood, in one plain sentence."""
    words = "All articles"
    if query.root is not None:
        words = f"Articles {spoken(query.root, match_any=match_any)}"
    elif query.text.strip():
        words = "Nothing that could be searched for"
    return f"{words}, published {days}." if days else f"{words}."
