"""A request in parts, of which for each document every one holds or not: what leaves nothing, and
what could be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from index.arrays.container import Array
from search.clauses import Clause, Dated, Length, Not, Picking, all_of, is_common, printed
from search.days import Days
from search.request import SearchRequest
from search.wording import said

_MOST_PARTS = 64  # which of them an article lacks is one number of 64 bits
_MOST_KINDS = 50  # ways to leave something out that are compared


@dataclass(frozen=True, eq=False)
class Part:
    """One thing that an article must fulfil: a clause of the query, by its place there, or what the
    request adds. Without that the request has ``changes``, and ``freed`` says so.

    ``find`` is asked once, and only for what is looked at: of two hundred parts the first may leave
    nothing.
    """

    text: str
    find: Callable[[], Array]
    place: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    freed: str = ""

    @cached_property
    def holds(self) -> Array:
        """For each document whether it fulfils this."""
        return self.find()

    @property
    def is_words(self) -> bool:
        """Whether it asks for words, and does not only pick."""
        return self.place is not None and not self.freed


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A request that found nothing. ``clauses`` are those of the query, the words that an article
    need not have among them; ``days`` are those of the request, None where it has none.

    ``run`` gives for each document whether it matches a clause, ``total`` how many results the
    documents make for which an array is true.
    """

    request: SearchRequest
    clauses: tuple[Clause, ...]
    parts: tuple[Part, ...]
    days: Days | None
    run: Callable[[Clause], Array]
    total: Callable[[Array], int]

    def asking(self, replaced: Mapping[int, Clause | None], **changes: Any) -> SearchRequest:
        """The request with other clauses, or none, at some places."""
        kept = [replaced.get(place, clause) for place, clause in enumerate(self.clauses)]
        root = all_of([clause for clause in kept if clause is not None])
        q = printed(root) if root is not None else ""
        return replace(self.request, q=q, page=1, **changes)


def places_needed(clauses: Sequence[Clause]) -> list[int]:
    """The places of the clauses that an article must match."""
    places = [place for place, clause in enumerate(clauses) if not is_common(clause)]
    needed = [place for place in places if not isinstance(clauses[place], Not | Picking)]
    return places if needed else list(range(len(clauses)))


def part_of(place: int, clause: Clause, find: Callable[[], Array]) -> Part:
    match clause:
        case Dated():
            freed: str = said("at any time")
        case Length():
            freed = said("of any length")
        case Not(part):
            freed = said("also with {words}", words=in_quotes(printed(part)))
        case _:
            freed = ""
    return Part(printed(clause), find, place, freed=freed)


def emptied_by(question: Question) -> str:
    """What leaves nothing: what no article fulfils; or else what alone can be left out; or else the
    first part with which nothing is left."""
    for part in question.parts:
        if not part.holds.any():
            return part.text
    for missing in islice(droppable(question), 1):
        if len(missing) == 1:
            return question.parts[missing[0]].text
    left = np.ones_like(question.parts[0].holds)
    for part in question.parts:
        left = left & part.holds
        if not left.any():
            return part.text
    return ""


def droppable(question: Question) -> list[tuple[int, ...]]:
    """What may be left out so that something is found: filters and days before words, and never all
    of the words."""
    parts = question.parts
    there_were = any(part.is_words for part in parts)
    found = [
        missing
        for missing in _nearest(parts)
        if there_were == any(part.is_words for part in kept_without(question, missing))
    ]
    return sorted(found, key=lambda missing: any(parts[number].is_words for number in missing))


def kept_without(question: Question, missing: Sequence[int]) -> list[Part]:
    return [part for number, part in enumerate(question.parts) if number not in missing]


def _nearest(parts: Sequence[Part]) -> list[tuple[int, ...]]:
    """Which parts those documents lack that fulfil most of them: what most documents lack first."""
    if not 1 < len(parts) <= _MOST_PARTS:
        return []
    holds = np.stack([part.holds for part in parts])
    fulfilled = holds.sum(axis=0, dtype=np.uint8)
    documents = np.flatnonzero(fulfilled == fulfilled.max(initial=1))
    bits = np.zeros((8, len(documents)), np.uint8)
    packed = np.packbits(~holds[:, documents], axis=0, bitorder="little")
    bits[: len(packed)] = packed
    kinds, counts = np.unique(np.ascontiguousarray(bits.T).view("<u8"), return_counts=True)
    often = kinds[np.argsort(-counts, kind="stable")[:_MOST_KINDS]].tolist()
    return [tuple(n for n in range(len(parts)) if kind >> n & 1) for kind in often]


def all_hold(parts: Sequence[Part]) -> Array:
    """For each document whether it fulfils them all."""
    holds = np.ones(1, bool)
    for part in parts:
        holds = holds & part.holds
        if not holds.any():
            break
    return holds


def in_quotes(text: str) -> str:
    """``text`` of the language in quotes, unless it has some of its own or names a field."""
    return text if '"' in text or ":" in text else said("“{text}”", text=text)
