"""Whoosh queries about the places of words, for what Whoosh has no query for.

Each picks documents and scores none: join it with Require. Their matchers read every posting of
their words: right, and slow where a word is common.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.searching import SearchContext

from search.windows import Stretch, shared_sentences, stretches, windows

# Terms that follow one another: a word, or a phrase.
Run = tuple[str, ...]


class _Placed(whoosh.Query):  # type: ignore[misc]
    """Documents that have each run in ``fieldname``, at places that fit together."""

    boost = 1.0

    def __init__(self, fieldname: str, runs: Sequence[Run], number: int = 0) -> None:
        self.fieldname = fieldname
        self.runs = tuple(runs)
        self.number = number

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other)
            and isinstance(other, _Placed)
            and (self.fieldname, self.runs, self.number)
            == (other.fieldname, other.runs, other.number)
        )

    def __hash__(self) -> int:
        return hash((type(self), self.fieldname, self.runs, self.number))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.fieldname!r}, {self.runs!r}, {self.number})"

    __str__ = __repr__

    def has_terms(self) -> bool:
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        for term in self._terms():
            yield self.fieldname, term

    def estimate_size(self, ixreader: Any) -> int:
        return min(int(ixreader.doc_frequency(self.fieldname, term)) for term in self._terms())

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        places = [self._places(searcher, term) for term in self._terms()]
        by_term = dict(zip(self._terms(), places, strict=True))
        fitting = self._fitting(searcher)
        found = [
            document
            for document in sorted(set.intersection(*(set(each) for each in places)))
            if fitting.holds(
                document, [stretches([by_term[t][document] for t in run]) for run in self.runs]
            )
        ]
        return ListMatcher(found, [1.0] * len(found)) if found else NullMatcher()

    def _terms(self) -> list[str]:
        return list(dict.fromkeys(term for run in self.runs for term in run))

    def _places(self, searcher: Any, term: str) -> dict[int, list[int]]:
        """The places of a term in each document that has it."""
        context = SearchContext(needs_current=True, weighting=searcher.weighting)
        matcher = whoosh.Term(self.fieldname, term).matcher(searcher, context)
        found: dict[int, list[int]] = {}
        while matcher.is_active():
            found[matcher.id()] = [span.start for span in matcher.spans()]
            matcher.next()
        return found

    @abstractmethod
    def _fitting(self, searcher: Any) -> _Fitting: ...


class _Fitting:
    """Whether places fit together, in the documents of one segment."""

    def holds(self, document: int, units: Sequence[Sequence[Stretch]]) -> bool:
        raise NotImplementedError


class Window(_Placed):
    """The runs stand in any order with fewer than ``number`` other words among them."""

    def _fitting(self, searcher: Any) -> _Fitting:
        return _InWindow(self.number)


class _InWindow(_Fitting):
    def __init__(self, places: int) -> None:
        self._places = places

    def holds(self, document: int, units: Sequence[Sequence[Stretch]]) -> bool:
        return bool(windows(units, self._places))


class Repeated(_Placed):
    """The one run stands at least ``number`` times."""

    def _fitting(self, searcher: Any) -> _Fitting:
        return _Often(self.number)


class _Often(_Fitting):
    def __init__(self, times: int) -> None:
        self._times = times

    def holds(self, document: int, units: Sequence[Sequence[Stretch]]) -> bool:
        return all(len(unit) >= self._times for unit in units)


class SameSentence(_Placed):
    """One sentence has each run whole. Where sentences start stands in the column of that name,
    in places of the body, which the lead shares."""

    def _fitting(self, searcher: Any) -> _Fitting:
        return _InSentence(searcher.reader())


class _InSentence(_Fitting):
    def __init__(self, reader: Any) -> None:
        self._column = reader.column_reader("sentences") if reader.has_column("sentences") else None

    def holds(self, document: int, units: Sequence[Sequence[Stretch]]) -> bool:
        starts = array("I", self._column[document] if self._column is not None else b"")
        return bool(shared_sentences(units, starts))
