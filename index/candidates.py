"""What a page gives for a field: every value with its source, and which of them to believe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.article import Confidence

_RANK: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a field ("title", "author", "organisation", "published", "updated"), as written.

    ``origin`` names where it stood: ``json-ld``, ``meta``, ``microdata``, ``time``, ``heading``,
    ``title``, ``byline``, ``line``, ``url``, ``engine``, ``htmldate``.
    """

    field: str
    value: str
    origin: str
    confidence: Confidence


def resolved(candidates: Iterable[Candidate], *fields: str) -> tuple[Candidate, ...]:
    """The candidates for ``fields``, the most trusted first; of equals the one that came first."""
    wanted = (candidate for candidate in candidates if candidate.field in fields)
    return tuple(sorted(wanted, key=lambda candidate: _RANK[candidate.confidence]))
