"""The port: what every engine promises, and the way to one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from index.article import Edition, HeldArticle
from search.dates import Clock
from search.request import EVERYTHING, MOST_SECONDS, Counting, SearchRequest
from search.results import SearchPage, Stream

if TYPE_CHECKING:
    from search.coverage import FacetPage
    from search.holdings import Holdings, Watched
    from search.similar import Similar
    from search.suggestions import Suggestion


class Engine(Protocol):
    """Searches one archive. Safe to share between threads."""

    def search(self, request: SearchRequest) -> SearchPage:
        """The page of results that ``request`` asks for.

        Any ``q`` gives an answer; nothing a person can type raises. The total is exact. Raises
        IndexUnreadable where there is no sound index.
        """
        ...

    def values(self, facet: str, request: SearchRequest, contains: str = "") -> FacetPage:
        """The values of a facet among the results of ``request`` whose name has ``contains`` in
        it, the most frequent first; ``request.page`` says which page of them.

        Promises what ``search`` does.
        """
        ...

    def clock(self, counting: Counting = "auto") -> Clock:
        """What relative dates in a query count from."""
        ...

    def stream(self, request: SearchRequest) -> Stream:
        """All results of ``request`` in its order, whatever its page.

        Finding is done when this returns; whoever reads the hits slowly keeps nobody waiting.
        Raises as ``search`` does.
        """
        ...

    def matching(
        self, requests: Sequence[SearchRequest], ids: Collection[str]
    ) -> list[frozenset[str]]:
        """For each of ``requests`` those of the articles ``ids`` that match it: what saved
        searches ask of a few new articles."""
        ...

    def watched(self, name: str) -> Watched | None:
        """What the saved search ``name`` found last; None where there is no such search."""
        ...

    def suggest(self, text: str, among: SearchRequest = EVERYTHING) -> tuple[Suggestion, ...]:
        """Words, authors and headlines for what somebody has typed so far, all of them from the
        articles that the filters and days of ``among`` leave; nothing raises."""
        ...

    def similar(self, id: str, most: int = 5) -> Similar | None:
        """Articles about the same, copies of its own story left out; None where ``id`` is not
        held."""
        ...

    def article(self, id: str, version: int | None = None) -> HeldArticle | None:
        """The article in its newest version, or in that one; None where it is not held."""
        ...

    def history(self, id: str) -> tuple[Edition, ...]:
        """The versions of an article that are kept, the oldest first."""
        ...

    def was_removed(self, id: str) -> str | None:
        """When the article was removed (RFC 3339), None where it never was."""
        ...

    def holdings(self) -> Holdings:
        """What the archive holds, from when to when, and what was set aside in it; found once for
        each generation."""
        ...

    def articles(self) -> int:
        """How many articles can be found."""
        ...

    def generation(self) -> str:
        """A name for the state of the index: another one as soon as an answer could differ."""
        ...

    def segments(self) -> int:
        """Of how many segments the index is: each is searched by itself."""
        ...

    def fallbacks(self) -> dict[str, int]:
        """How often since it was opened a part of a query was left to a slower way, by its kind."""
        ...

    def prepare(self) -> None:
        """Make what the searches and suggestions of the newest commit share, so that the first of
        them need not; raises as ``search`` does."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_archive(address: str | Path, *, most_seconds: float = MOST_SECONDS) -> Engine:
    """The engine for an archive's address: a folder. A search that takes longer than
    ``most_seconds`` answers with what it has, and is ``partial``.

    Raises ArchiveMissing where there is none.
    """
    from search.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(Path(address), most_seconds)
