"""Where the score of a hit comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Factors:
    """What BM25F makes a word's share of: how often the field has it, how many words the field
    has and has on average, how rare the word is, and how much its frequency counts at that length.

    ``counted`` is its frequency beside that length, in all fields that count as one text with this
    one; only that is saturated, and each field has its part of it.
    """

    frequency: int
    length: int
    average_length: float
    counted: float
    rarity: float
    saturation: float


@dataclass(frozen=True, slots=True)
class Share:
    """What one word in one field of the index gives: ``boost`` × rarity × saturation.

    Without ``factors`` it is a sum over many words, or a constant.
    """

    field: str
    term: str
    boost: float
    score: float
    factors: Factors | None = None


@dataclass(frozen=True, slots=True)
class ExplainedClause:
    """A part of the query as it was typed, and what it gives; "" is every article."""

    text: str
    shares: tuple[Share, ...]

    @property
    def score(self) -> float:
        return sum(share.score for share in self.shares)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a score comes from: the sum over the clauses, times the factor for recency.

    Of a story with copies the shown article is explained, which may have less than the best copy.
    """

    clauses: tuple[ExplainedClause, ...]
    recency: float

    @property
    def score(self) -> float:
        return self.recency * sum(clause.score for clause in self.clauses)
