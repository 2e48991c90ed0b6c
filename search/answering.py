"""One search over one state of the index: from a request to a page of results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query as whoosh

from index.arrays.container import Array
from index.arrays.view import Leaf
from search.asking import without_asking
from search.bounds import Bounds, bounds
from search.clauses import Clause, Dated, Word, counted_from, printed
from search.dates import Clock
from search.execution import Execution, Found
from search.filed import Filed
from search.folding import folded
from search.helping import Asked
from search.language import Query, parse
from search.loosening import may_loosen
from search.paging import Order
from search.recency import factors
from search.request import (
    FACETS,
    MOST_SECONDS,
    VALUES_PER_PAGE,
    Counting,
    SearchRequest,
)
from search.results import Clause as CountedClause
from search.results import Hit, SearchPage, Understood
from search.showing import Shower
from search.sieve import Sieve
from search.speaking import spoken
from search.state import State, Texts
from search.translation import expanding, scoring, translate
from search.word_queries import MOST_EXPANSIONS
from search.wording import Said, pattern, said

if TYPE_CHECKING:
    from search.coverage import FacetPage
    from search.explanation import Explanation
    from search.surveying import Survey

# Clauses that are counted alone. Nobody reads the counts of more, and each is a search of its own.
_MOST_COUNTED = 64


@dataclass(frozen=True, slots=True)
class Named:
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


class Answering:
    """Answers one request; with ``leaves`` only from these segments."""

    def __init__(
        self,
        state: State,
        texts: Texts,
        request: SearchRequest,
        began: float,
        leaves: Sequence[Leaf] | None = None,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self._state = state
        self._view = state.view
        self._filed = state.filed
        self._zone = state.filed.zone
        self._execution = Execution(state.view, leaves=leaves, most_seconds=most_seconds)
        self._alone: dict[Clause, Found] = {}
        self._texts = texts
        self._request = request
        self._began = began
        self._clock = clock_of(state.filed, request.counting)
        self._bounds = bounds(request.start, request.end, self._clock)
        self._query = parse(request.q, self._clock)
        if request.match == "auto":
            self._query = without_asking(self._query)
        self._notes = [*self._query.notes, *self._bounds.notes]
        self._order = Order(state.view, state.filed, request, self._query)
        self.partial = False

    @property
    def fallbacks(self) -> Counter[str]:
        """How often a part of the query was left to Whoosh's own matchers, by its class."""
        return self._execution.fallbacks

    @property
    def root(self) -> Clause | None:
        return self._query.root

    def page(self) -> SearchPage:
        request = self._request
        sieve = self._sieve()
        answer = self._answer(sieve)
        first_rank, chosen = self._order.chosen(answer.shown)
        hits = self._hits(answer, chosen, first_rank)
        survey = self._surveyed(sieve, answer) if request.with_facets and sieve else None
        return SearchPage(
            query=self._helped(self._understood(match_any=answer.match_any), answer),
            total=len(answer.shown),
            page=request.page,
            per_page=request.per_page,
            took_ms=(time.perf_counter() - self._began) * 1000,
            hits=hits,
            facets=survey.facets if survey else {},
            histogram=survey.histogram if survey else None,
            distinct=survey.distinct if survey else {},
            folded=len(answer.matching) - len(answer.shown),
            partial=self.partial,
            next=self._order.next(answer.shown, chosen, first_rank),
        )

    def values(self, facet: str, contains: str) -> FacetPage:
        """A page of the values of one facet among everything that matches."""
        from search.choices import Choices  # noqa: PLC0415 - only what shows them waits for them
        from search.coverage import FacetPage  # noqa: PLC0415

        sieve = Sieve(self._filed, self._request)
        answer = self._answer(sieve)
        start = (self._request.page - 1) * VALUES_PER_PAGE
        choices = Choices(sieve, answer.found.documents)
        listed = choices.listed(facet, contains, start, start + VALUES_PER_PAGE)
        return FacetPage(
            facet=facet,
            contains=contains,
            query=self._understood(match_any=answer.match_any),
            total=listed.total,
            page=self._request.page,
            per_page=VALUES_PER_PAGE,
            values=listed.values,
            partial=self.partial,
        )

    def everything(self) -> Named:
        """All results, in the order that was asked for."""
        shown = self._answer(self._sieve()).shown
        return self._named(shown, self._order.of_all(shown))

    def ids(self) -> set[str]:
        """The ids of all articles that match."""
        found, passing, _ = self._matching(self._sieve())
        return {id.decode() for id in self._view.ids[found.documents[passing]].tolist()}

    def notes(self) -> tuple[str, ...]:
        """What was not, or not quite, understood or done."""
        if self.partial:
            self._notes.append(
                said("this asks for too much at once: only a part of the articles was looked at")
            )
        return tuple(dict.fromkeys(self._notes))

    # -- finding

    def _answer(self, sieve: Sieve | None) -> _Answer:
        self._note_expansions()
        found, passing, match_any = self._matching(sieve)
        matching = self._faded(found.only(passing))
        by_story = self._request.dedupe == "story"
        shown = folded(matching, self._filed) if by_story else matching
        return _Answer(found, matching, shown, match_any)

    def _sieve(self) -> Sieve | None:
        """What applies the filters; None where there are none and no facets to count."""
        request = self._request
        if request.with_facets or any(request.filter(facet) for facet in FACETS):
            return Sieve(self._filed, request)
        return None

    def _matching(self, sieve: Sieve | None) -> tuple[Found, Array, bool]:
        """(all that match the words and dates, for each whether it passes the filters, whether
        one word was enough)."""
        request, query = self._request, self._query
        match_any = request.match == "any"
        found = self._run(self._whoosh(match_any=match_any))
        passing = _passing(found, sieve)
        # A harvest that found nothing and then went by other words would not be one.
        may_fall_back = request.match == "auto" and request.after is None
        if not passing.any() and may_fall_back and may_loosen(query.clauses):
            loose = self._run(self._whoosh(match_any=True))
            loosely = _passing(loose, sieve)
            if loosely.any() or not len(found):
                if loosely.any():
                    self._notes.append(
                        said("no article has all of these words: these have some of them")
                    )
                return loose, loosely, True
        if query.root is not None and self._bounds.days is None and not match_any:
            self._alone[query.root] = found  # a clause that is all of a query is looked for once
        return found, passing, match_any

    def _whoosh(self, *, match_any: bool) -> Any:
        query = self._query
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
        self.partial |= found.partial
        return found

    def _matching_alone(self, clause: Clause) -> Found:
        """What a clause matches by itself; looked for once."""
        if clause not in self._alone:
            found = self._execution.run(translate(clause, self._zone), scored=False)
            self.partial |= found.partial
            self._alone[clause] = found
        return self._alone[clause]

    def _note_expansions(self) -> None:
        for clause, expansion in expanding(self.root) if self.root else ():
            if self._execution.stands_for_more(expansion):
                begins = pattern(
                    "“{text}” begins too many words: the {most} most frequent were searched"
                )
                fits = pattern(
                    "“{text}” fits too many words: the {most} most frequent were searched"
                )
                self._notes.append(
                    said(
                        begins if isinstance(clause, Word) else fits,
                        text=printed(clause),
                        most=MOST_EXPANSIONS,
                    )
                )

    def _faded(self, found: Found) -> Found:
        """With the scores of older articles lowered, where that was asked for."""
        if self._request.recency == "off":
            return found
        return replace(found, scores=found.scores * self._recency(found.documents))

    def _recency(self, documents: Array) -> Array:
        return factors(self._request.recency, documents, self._filed, self._clock, self._zone)

    # -- showing

    def _named(self, found: Found, places: Array) -> Named:
        documents = found.documents[places]
        return Named(
            self._view.ids_of(documents), self._view.versions[documents], found.scores[places]
        )

    def _hits(self, answer: _Answer, places: Array, first_rank: int) -> tuple[Hit, ...]:
        named = self._named(answer.shown, places).part(0, len(places))
        opened = self._texts.opened([(id, version) for id, version, _ in named])
        hits = tuple(Shower(without_asking(self._query).root).hits(named, opened, first_rank))
        if not self._request.explain:
            return hits
        explained = self._explained(answer.shown.documents[places], match_any=answer.match_any)
        return tuple(replace(hit, explanation=explained[hit.rank - first_rank]) for hit in hits)

    def _explained(self, documents: Array, *, match_any: bool) -> list[Explanation]:
        """Where the score of each document comes from."""
        from search.explaining import Explainer  # noqa: PLC0415 - few ask for it

        clauses = scoring(self.root, self._zone, match_any=match_any) if self.root else []
        explainer = Explainer(self._view, clauses)
        recency = self._recency(documents).tolist()
        return [explainer.of(n, by) for n, by in zip(documents.tolist(), recency, strict=True)]

    def _surveyed(self, sieve: Sieve, answer: _Answer) -> Survey:
        from search.surveying import survey  # noqa: PLC0415 - only what shows it waits for it

        found = survey(self._state, self._texts, sieve, answer.found.documents, answer.matching)
        self._notes += found.notes
        return found

    def _understood(self, *, match_any: bool) -> Understood:
        days, root = self._bounds.days, self.root
        clauses = tuple(  # this may meet the bound, which the notes tell
            CountedClause(printed(clause), len(self._matching_alone(clause)))
            for clause in self._query.clauses[:_MOST_COUNTED]
        )
        if len(self._query.clauses) > _MOST_COUNTED:
            self._notes.append(
                said(
                    "how many articles have a word is told of the first {most}", most=_MOST_COUNTED
                )
            )
        counted = [self._bounds.counted, *(counted_from(root) if root else ())]
        return Understood(
            q=self._query.text,
            sentence=_sentence(self._query, self._bounds, match_any=match_any),
            clauses=clauses,
            notes=self.notes(),
            start=days.first.isoformat() if days and days.first else None,
            end=days.last.isoformat() if days and days.last else None,
            counting=self._request.counting,
            counted=next(filter(None, counted), ""),
        )

    def _helped(self, understood: Understood, answer: _Answer) -> Understood:
        """With a better spelling, and with what would find more where nothing has it all."""
        if self.partial:
            return understood
        empty = not len(answer.matching) or (answer.match_any and self._request.match == "auto")
        asked = Asked(
            self._request,
            self._query,
            self._bounds.days,
            self._filed,
            self._state.vocabulary,
            self._matching_alone,
        )
        return asked.helped(understood, empty=empty)


def clock_of(filed: Filed, counting: Counting) -> Clock:
    """What "last week" counts from: today, or the newest article of a closed archive."""
    newest = filed.newest
    return Clock.at(
        filed.zone,
        datetime.fromtimestamp(newest, filed.zone) if newest is not None else None,
        counting,
    )


def _passing(found: Found, sieve: Sieve | None) -> Array:
    return np.ones(len(found), bool) if sieve is None else sieve.passing(found.documents)


def _sentence(query: Query, bounds: Bounds, *, match_any: bool) -> Said:
    """What was understood, in one plain sentence."""
    if query.root is not None:
        what = spoken(query.root, match_any=match_any)
        if bounds.days:
            return said("Articles {what}, published {days}.", what=what, days=bounds.told)
        return said("Articles {what}.", what=what)
    if query.text.strip():
        if bounds.days:
            return said("Nothing that could be searched for, published {days}.", days=bounds.told)
        return said("Nothing that could be searched for.")
    return (
        said("All articles, published {days}.", days=bounds.told)
        if bounds.days
        else said("All articles.")
    )
