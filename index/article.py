"""The unit everything is about: an article, and the ledger of what was set aside from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Precision = Literal["year", "month", "day", "minute", "second"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in the life of an article, and how far it can be trusted.

    ``at`` is always aware and keeps the offset the publisher wrote. Where only a day (or less)
    is known, ``precision`` says so and ``at`` is the first moment of it.
    ``origin`` names where it was read: ``json-ld``, ``meta``, ``time``, ``byline``, ``field``, ...
    """

    at: datetime
    precision: Precision
    origin: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(
                "a Stamp needs an aware datetime: a zone dropped here is an error later"
            )

    def text(self) -> str:
        """RFC 3339, no finer than what is known: ``1987-03``, ``1987-03-02`` or a full moment."""
        match self.precision:
            case "year":
                return f"{self.at.year:04}"
            case "month":
                return f"{self.at.year:04}-{self.at.month:02}"
            case "day":
                return self.at.date().isoformat()
            case _:
                return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Removal:
    """One passage set aside from the raw text: where, by which rule, and why.

    ``start`` and ``end`` are character offsets in the article's raw text. ``moves_to`` names the
    field the passage went to (``credits``, ``notes``, ``title``, ...); None means that it was
    only set aside. Nothing is ever deleted: the raw text keeps it.
    """

    start: int
    end: int
    text: str
    rule: str
    version: int
    reason: str
    confidence: float = 1.0
    evidence: str = ""
    moves_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it reads. ``raw_text`` is all its text, clutter included; see ``reading``.

    ``partial`` says what there is where the article is not all there, such as "summary"; ``slug``
    is the label under which an agency sent it, such as "UPDATE 2" or "CORRECTED". ``doubt`` says
    why a person should look at what was set aside, "" where nobody needs to.
    """

    id: str
    title: str
    raw_text: str
    removals: tuple[Removal, ...] = ()
    titles: tuple[str, ...] = ()
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    updated: Stamp | None = None
    source: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    dateline: str = ""
    slug: str = ""
    partial: str = ""
    doubt: str = ""

    def moved(self, field: str) -> tuple[str, ...]:
        """The passages the cleaner moved to ``field``, in the order of the text."""
        return tuple(removal.text for removal in self.removals if removal.moves_to == field)


def first_published(stamp: Stamp | None) -> tuple[bool, float]:
    """What to sort by so that the first published comes first, and undated ones last."""
    return (True, 0.0) if stamp is None else (False, stamp.at.timestamp())


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Another article of the same story, as far as it is told in an article's place."""

    id: str
    title: str
    source: str
    published: Stamp | None
    slug: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """An article as the archive holds it: with its version, when that was taken in, its place in
    the log of changes, the story it belongs to (None before that is known), the others of that
    story, the first published first, and how many words its text has."""

    article: Article
    version: int
    taken: datetime
    change: int
    story: int | None = None
    copies: tuple[CopyOf, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of an article, as far as a list of its versions tells of it."""

    version: int
    taken: datetime
    title: str
    words: int
    slug: str
    partial: str
    published: Stamp | None
    updated: Stamp | None
