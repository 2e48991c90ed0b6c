"""What an archive holds, and what its saved searches found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.holdings import Count, SetAside
from search.request import SearchRequest
from search.results import Hit


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive holds, and what each rule set aside in it, the most used first."""

    count: Count
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article that a saved search found at a moment; the hit is of how it reads now."""

    at: datetime
    hit: Hit


@dataclass(frozen=True, slots=True)
class Watched:
    """A saved search and what it found, the last found first."""

    name: str
    request: SearchRequest
    found: tuple[Sighting, ...]
