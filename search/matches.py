"""Documents of one segment that matched, as arrays, and how they are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.container import Array

# A union of fewer postings than a sixteenth of the segment is sorted, of more is counted into an
# array of the whole segment: that is where the two take the same time.
_SPARSE = 16


@dataclass(frozen=True, slots=True)
class Matches:
    """Document numbers in ascending order and the score of each; ``scores`` is None where nobody
    asked for one. The numbers are of the type that numpy indexes with: any other costs a copy at
    each look-up, more than the look-up itself."""

    documents: Array
    scores: Array | None = None

    @classmethod
    def constant(cls, documents: Array, score: float) -> Matches:
        return cls(documents, np.full(len(documents), float(score)))

    def __len__(self) -> int:
        return len(self.documents)

    def dense_scores(self) -> Array:
        return np.zeros(len(self.documents)) if self.scores is None else self.scores

    def kept(self) -> Kept:
        """The same, small; that nobody writes to it any more is seen to."""
        if self.scores is not None:
            self.scores.flags.writeable = False
        return Kept(self.documents.astype(np.uint16), self.scores)

    def where(self, wanted: Array) -> Matches:
        """Those for which ``wanted`` is true."""
        scores = None if self.scores is None else self.scores[wanted]
        return Matches(self.documents[wanted], scores)

    def times(self, boost: float) -> Matches:
        if boost == 1.0 or self.scores is None:
            return self
        return Matches(self.documents, self.scores * boost)

    def of(self, documents: Array, size: int) -> Array:
        """The scores of ``documents``, which are all among these."""
        if self.scores is None:
            return np.zeros(len(documents))
        found: Array = self.scores[ranks_in(self.documents, documents, size)]
        return found

    def within(self, others: Matches, size: int) -> Matches:
        """Those that are among ``others`` too; the segment has ``size`` documents."""
        return self.where(mask(others.documents, size)[self.documents])

    def plus(self, others: Matches, size: int) -> Matches:
        """The same documents; to those that are among ``others`` too is added their score there."""
        if not len(others) or others.scores is None or self.scores is None:
            return self
        if len(others) * _SPARSE < size or len(self) * _SPARSE < size:
            at, there = _find(others.documents, self.documents)
            return Matches(self.documents, self.scores + np.where(there, others.scores[at], 0.0))
        dense = np.zeros(size)
        dense[others.documents] = others.scores
        return Matches(self.documents, self.scores + dense[self.documents])


@dataclass(frozen=True, slots=True)
class Kept:
    """Matches as they are remembered: the number of a document within a segment fits two bytes, and
    to widen it again takes a fraction of the time in which anything is done with it."""

    documents: Array
    scores: Array | None

    @property
    def weight(self) -> int:
        """In bytes."""
        return self.documents.nbytes + (0 if self.scores is None else self.scores.nbytes)

    def matches(self, *, scored: bool) -> Matches:
        return Matches(self.documents.astype(np.intp), self.scores if scored else None)


def no_matches() -> Matches:
    return _NONE


_NONE = Matches(np.zeros(0, np.intp), np.zeros(0))


def without(wanted: Matches, unwanted: Matches, size: int) -> Matches:
    """Those of ``wanted`` that are not among ``unwanted``."""
    if not len(unwanted):
        return wanted
    return wanted.where(~mask(unwanted.documents, size)[wanted.documents])


def all_of(parts: Sequence[Matches], size: int) -> Matches:
    """The documents that are in every part, with the sum of their scores."""
    fewest, *others = sorted(parts, key=len)
    documents = fewest.documents
    scores = None if any(part.scores is None for part in parts) else fewest.scores
    for other in others:
        if len(documents) * _SPARSE < size:
            at, there = _find(other.documents, documents)
            documents = documents[there]
            if scores is not None and other.scores is not None:
                scores = scores[there] + other.scores[at[there]]
        else:
            there = mask(other.documents, size)[documents]
            documents = documents[there]
            if scores is not None and other.scores is not None:
                dense = np.empty(size)
                dense[other.documents] = other.scores
                scores = scores[there] + dense[documents]
    return Matches(documents, scores)


def any_of(parts: Sequence[Matches], size: int) -> Matches:
    """The documents that are in one part at least, with the sum of their scores."""
    parts = sorted((part for part in parts if len(part)), key=len)
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    if any(part.scores is None for part in parts):
        documents = np.concatenate([part.documents for part in parts])
        return Matches(np.flatnonzero(mask(documents, size)))
    several, most = sum(len(part) for part in parts[:-1]), parts[-1]
    if several * _SPARSE < size and several * 4 < len(most):
        return _added(most, any_of(parts[:-1], size))
    documents = np.concatenate([part.documents for part in parts])
    scores = np.concatenate([part.scores for part in parts if part.scores is not None])
    if len(documents) * _SPARSE > size:
        there = np.flatnonzero(mask(documents, size))
        return Matches(there, np.bincount(documents, scores, size)[there])
    order = np.argsort(documents.astype(np.uint16), kind="stable")  # two bytes: by radix
    documents = documents[order]
    starts = np.flatnonzero(np.append(True, documents[1:] != documents[:-1]))
    return Matches(documents[starts], np.add.reduceat(scores[order], starts))


def _added(many: Matches, few: Matches) -> Matches:
    """The union of many and few: a copy of the many with the few put in."""
    at, there = _find(many.documents, few.documents)
    if many.scores is None or few.scores is None:
        raise ValueError("a union with scores needs scores")
    scores = many.scores.copy()
    scores[at[there]] += few.scores[there]
    if there.all():
        return Matches(many.documents, scores)
    new = np.flatnonzero(~there)
    places = np.searchsorted(many.documents, few.documents[new]) + np.arange(len(new))
    old = np.ones(len(many) + len(new), bool)
    old[places] = False
    documents, joined = np.empty(len(old), np.intp), np.empty(len(old))
    documents[places], documents[old] = few.documents[new], many.documents
    joined[places], joined[old] = few.scores[new], scores
    return Matches(documents, joined)


def ranks_in(among: Array, sought: Array, size: int) -> Array:
    """Where each of ``sought`` stands in ``among``, which holds them all; values are below
    ``size``."""
    if len(sought) * _SPARSE < size:
        return np.searchsorted(among, sought.astype(among.dtype))
    ranks = np.empty(size, np.intp)
    ranks[among] = np.arange(len(among))
    found: Array = ranks[sought]
    return found


def mask(documents: Array, size: int) -> Array:
    """For each of ``size`` documents whether it is among ``documents``."""
    found = np.zeros(size, bool)
    found[documents.astype(np.intp, copy=False)] = True  # by any other type at half the speed
    return found


def _find(among: Array, sought: Array) -> tuple[Array, Array]:
    """Where each of ``sought`` stands in ``among``, and whether it does."""
    at = np.searchsorted(among, sought)
    np.minimum(at, len(among) - 1, out=at)
    return at, among[at] == sought
