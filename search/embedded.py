"""The embedded engine: Whoosh in this process, on the archive's own folder."""

from __future__ import annotations

import heapq
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import query as whoosh
from whoosh.collectors import Collector
from whoosh.searching import Results, SearchContext, Searcher

from index.archive import Archive
from index.article import HeldArticle
from index.fulltext import FullText
from index.fulltext.current import FILE as POINTER
from index.reading import read
from search import dates, facets
from search.clauses import Dated, Not, Picking, Word, is_common, printed
from search.language import Query, parse
from search.matching import Matcher
from search.request import FACETS, MOST_RESULTS, SearchRequest, Sort
from search.results import Clause as CountedClause
from search.results import Hit, SearchPage, Snippet, Understood
from search.snippets import snippets
from search.speaking import spoken
from search.translation import expanding, translate
from search.word_queries import MOST_EXPANSIONS


class _All(Collector):  # type: ignore[misc]
    """Collects every match with its score: the total is exact, so nothing may be skipped."""

    def prepare(self, top_searcher: Searcher, q: Any, context: Any) -> None:
        super().prepare(top_searcher, q, context)
        self.scores: dict[int, float] = {}

    def collect(self, sub_docnum: int) -> float:
        score = float(self.matcher.score())
        self.scores[self.offset + sub_docnum] = score
        return score

    def sort_key(self, sub_docnum: int) -> float:
        return -float(self.matcher.score())

    def results(self) -> Results:
        return self._results([])


@dataclass(slots=True)
class _View:
    """One state of the index: a searcher and what was loaded from its columns."""

    searcher: Searcher
    stamp: tuple[int, int]
    name: str
    filed: facets.Filed | None = None

    def columns(self) -> facets.Filed:
        if self.filed is None:
            self.filed = facets.load(self.searcher.reader())
        return self.filed


class EmbeddedEngine:
    """See ``Engine``. It looks for a newer commit before each search and takes it up by itself."""

    def __init__(self, folder: Path) -> None:
        self._archive = Archive.open(folder)
        self._fulltext = FullText(folder / "index")
        self._pointer = folder / "index" / POINTER
        # Whoosh's matchers share the place in their file, so one search runs at a time.
        self._lock = threading.Lock()
        self._view: _View | None = None

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
                self._view.searcher.close()
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
            return int(self._current().searcher.doc_count())

    def generation(self) -> str:
        with self._lock:
            return self._current().name

    def search(self, request: SearchRequest) -> SearchPage:
        began = time.perf_counter()
        with self._lock:
            return _Search(self._current(), self._archive, request, began).page()

    def _current(self) -> _View:
        """The view of the newest commit; an older one is closed, or its files would stay open."""
        stamp = self._stamp()
        if self._view is None or self._view.stamp != stamp:
            searcher = self._fulltext.searcher()
            if self._view is not None:
                self._view.searcher.close()
            current = self._fulltext.current()
            name = f"{current.folder}.{current.change}" if current else "0"
            self._view = _View(searcher, stamp, name)
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
        self._view = view
        self._searcher = view.searcher
        self._archive = archive
        self._zone = archive.zone
        self._request = request
        self._began = began
        self._notes: list[str] = []

    def page(self) -> SearchPage:
        request = self._request
        query = parse(request.q, self._clock())
        self._notes += query.notes
        self._note_expansions(query)
        days = self._days()
        sieve = self._sieve()
        scores, documents, match_any = self._matching(query, days, sieve)
        everything = scores
        matching = documents
        if request.dedupe == "story":
            scores, documents = self._by_story(documents, scores)
        hits = self._hits(self._top(documents, scores, query), query)
        histogram = None
        counts = {}
        if request.with_facets and sieve is not None:
            counts = {facet: sieve.counts(facet, everything) for facet in FACETS}
            living = self._searcher.reader().all_doc_ids()
            histogram = facets.histogram(self._view.columns(), matching, living, self._zone)
        return SearchPage(
            query=self._understood(query, days, match_any=match_any),
            total=len(documents),
            page=request.page,
            per_page=request.per_page,
            took_ms=(time.perf_counter() - self._began) * 1000,
            hits=hits,
            facets=counts,
            histogram=histogram,
            folded=len(matching) - len(documents),
        )

    # -- finding

    def _clock(self) -> dates.Clock:
        """What "last week" counts from: today, or the newest article of a closed archive."""
        moments = (moment for moment in self._view.columns().published if moment is not None)
        newest = max(moments, default=None)
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
            return facets.Sieve(self._view.columns(), request)
        return None

    def _matching(
        self, query: Query, days: dates.Days | None, sieve: facets.Sieve | None
    ) -> tuple[dict[int, float], list[int], bool]:
        """(scores of all that match the words and dates, those of them that pass the filters,
        whether one word was enough)."""
        match_any = self._request.match == "any"
        scores = self._run(self._whoosh(query, days, match_any=match_any))
        documents = sieve.passing(scores) if sieve else list(scores)
        several = [part for part in query.clauses if not isinstance(part, Not | Picking)]
        several = [part for part in several if not is_common(part)]
        if not documents and self._request.match == "auto" and len(several) > 1:
            loose = self._run(self._whoosh(query, days, match_any=True))
            passing = sieve.passing(loose) if sieve else list(loose)
            if passing or not scores:
                self._notes.append("no article has all of these words: these have some of them")
                return loose, passing, True
        return scores, documents, match_any

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

    def _run(self, query: Any) -> dict[int, float]:
        collector = _All()
        # Without needs_current Whoosh may hand out matchers that know no score, and drop zeros.
        context = SearchContext(needs_current=True, weighting=self._searcher.weighting)
        self._searcher.search_with_collector(query, collector, context)
        return collector.scores

    def _note_expansions(self, query: Query) -> None:
        for clause, expansion in expanding(query.root) if query.root else ():
            found = expansion._btexts(self._searcher.reader())
            if sum(1 for _ in found) >= MOST_EXPANSIONS:
                fits = "begins" if isinstance(clause, Word) else "fits"
                self._notes.append(
                    f"“{printed(clause)}” {fits} too many words:"
                    f" the first {MOST_EXPANSIONS} were searched"
                )

    # -- ordering

    def _top(
        self, documents: list[int], scores: dict[int, float], query: Query
    ) -> list[tuple[int, float]]:
        """The documents of the page that was asked for, with their scores, best first."""
        request = self._request
        last = min(request.page * request.per_page, MOST_RESULTS)
        key = self._order(request.sort or _usual_order(query), scores)
        best = heapq.nsmallest(last, documents, key=key)
        return (
            [(document, scores[document]) for document in best[last - request.per_page :]]
            if (len(best) > last - request.per_page)
            else []
        )

    def _by_story(
        self, documents: list[int], scores: dict[int, float]
    ) -> tuple[dict[int, float], list[int]]:
        """Of each story the first published of ``documents``, with the best score of them."""
        columns = self._view.columns()
        first: dict[int, int] = {}
        best: dict[int, float] = {}
        for document in documents:
            story = columns.stories[document]
            best[story] = max(best.get(story, 0.0), scores[document])
            if story not in first or _is_before(document, first[story], columns.published):
                first[story] = document
        return {document: best[story] for story, document in first.items()}, list(first.values())

    def _order(self, sort: Sort, scores: dict[int, float]) -> Callable[[int], tuple[float, ...]]:
        """Undated articles come last by date; what ties goes by date, then by place."""
        published = self._view.columns().published

        def newest(document: int) -> tuple[float, float]:
            moment = published[document]
            return (1.0, 0.0) if moment is None else (0.0, float(-moment))

        match sort:
            case "newest":
                return lambda document: (*newest(document), document)
            case "oldest":
                return lambda document: (newest(document)[0], -newest(document)[1], document)
            case _:
                return lambda document: (-scores[document], *newest(document), document)

    # -- showing

    def _hits(self, documents: list[tuple[int, float]], query: Query) -> tuple[Hit, ...]:
        stored = [self._searcher.stored_fields(document) for document, _ in documents]
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
            CountedClause(printed(clause), len(self._run(translate(clause, self._zone))))
            for clause in query.clauses
        )


def _is_before(one: int, other: int, published: Sequence[int | None]) -> bool:
    """Whether a document was published before another; undated ones come last."""
    moment, rival = published[one], published[other]
    if moment is None or rival is None:
        return moment is not None and rival is None
    return moment < rival


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
