"""The port: what every engine promises, and the way to one."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from index.article import HeldArticle
from search.request import SearchRequest
from search.results import SearchPage
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

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Words, authors and headlines for what somebody has typed so far; nothing raises."""
        ...

    def similar(self, id: str, most: int = 5) -> Similar | None:
        """Articles about the same, copies of its own story left out; None where ``id`` is not
        held."""
        ...

    def article(self, id: str) -> HeldArticle | None:
        """The article in its newest version, None where it is not held."""
        ...

    def was_removed(self, id: str) -> str | None:
        """When the article was removed (RFC 3339), None where it never was."""
        ...

    def articles(self) -> int:
        """How many articles can be found."""
        ...

    def generation(self) -> str:
        """A name for the state of the index: another one as soon as an answer could differ."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_archive(address: str | Path) -> Engine:
    """The engine for an archive's address: a folder.

    Raises ArchiveMissing where there is none.
    """
    from search.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(Path(address))
