"""Whoosh queries about the places of words, for what Whoosh has no query for.

Each picks documents and scores none: join it with Require. Their own matchers read every posting of
their words and ask ``holds`` of document after document; ``together`` asks all of them at once.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import ListMatcher, NullMatcher

from search.windows import Stretch, shared_sentences, stretches, windows

# Terms that follow one another: a word, or a phrase.
Run = tuple[str, ...]
# The column of where the sentences of a body start.
SENTENCES = "sentences"


class Placed(whoosh.Query):  # type: ignore[misc]
    """Documents that have each run in ``fieldname``, at places that fit together."""

    boost = 1.0

    def __init__(self, fieldname: str, runs: Sequence[Run], number: int = 0) -> None:
        self.fieldname = fieldname
        self.runs = tuple(runs)
        self.number = number

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other)
            and isinstance(other, Placed)
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
        for term in self.distinct():
            yield self.fieldname, term

    def estimate_size(self, ixreader: Any) -> int:
        return min(int(ixreader.doc_frequency(self.fieldname, term)) for term in self.distinct())

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        by_term = {term: self._places(searcher, term) for term in self.distinct()}
        places = by_term.values()
        reader = searcher.reader()
        column = reader.column_reader(SENTENCES) if reader.has_column(SENTENCES) else None
        found = [
            document
            for document in sorted(set.intersection(*(set(each) for each in places)))
            if self.holds(
                {term: by_term[term][document] for term in by_term},
                column[document] if column is not None else b"",
            )
        ]
        return ListMatcher(found, [1.0] * len(found)) if found else NullMatcher()

    def distinct(self) -> list[str]:
        """The words of the runs, each once."""
        return list(dict.fromkeys(term for run in self.runs for term in run))

    def holds(self, places: Mapping[str, Sequence[int]], sentences: bytes) -> bool:
        """Whether the places of the words in one document fit together.

        ``sentences`` has where its sentences start, as ``schema.sentence_starts`` gives it.
        """
        units = [stretches([places[term] for term in run]) for run in self.runs]
        return all(units) and self._fit(units, sentences)

    def _places(self, searcher: Any, term: str) -> dict[int, list[int]]:
        """The places of a term in each document that has it."""
        from whoosh.searching import SearchContext  # noqa: PLC0415 - Whoosh's own way alone needs it

        context = SearchContext(needs_current=True, weighting=searcher.weighting)
        matcher = whoosh.Term(self.fieldname, term).matcher(searcher, context)
        found: dict[int, list[int]] = {}
        while matcher.is_active():
            found[matcher.id()] = [span.start for span in matcher.spans()]
            matcher.next()
        return found

    @abstractmethod
    def _fit(self, units: Sequence[Sequence[Stretch]], sentences: bytes) -> bool: ...


class Window(Placed):
    """The runs stand in any order with fewer than ``number`` other words among them."""

    def _fit(self, units: Sequence[Sequence[Stretch]], sentences: bytes) -> bool:
        return bool(windows(units, self.number))


class Repeated(Placed):
    """The one run stands at least ``number`` times."""

    def _fit(self, units: Sequence[Sequence[Stretch]], sentences: bytes) -> bool:
        return all(len(unit) >= self.number for unit in units)


class SameSentence(Placed):
    """One sentence has each run whole. Where sentences start stands in the column of that name,
    in places of the body, which the lead shares."""

    def _fit(self, units: Sequence[Sequence[Stretch]], sentences: bytes) -> bool:
        return bool(shared_sentences(units, array("I", sentences)))
