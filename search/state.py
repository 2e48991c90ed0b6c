"""What an answer is made from: one commit of the index, and the archive's texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from index.arrays.container import Array
from index.arrays.view import View
from search.filed import Filed
from search.prose import Opened
from search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from search.suggestions import Suggestions

Names = Iterable[tuple[str, int]]


@dataclass(frozen=True)
class Texts:
    """The archive, as far as an answer needs it: articles by id and version, and the headlines
    alone, in their order."""

    opened: Callable[[Names], Mapping[str, Opened]]
    headlines: Callable[[Names], Sequence[str]]


@dataclass(frozen=True, eq=False)
class State:
    """One commit of the index, and what is known of its documents; ``name`` tells commits apart."""

    view: View
    filed: Filed
    vocabulary: Vocabulary
    stamp: tuple[int, int]
    name: str

    @classmethod
    def of(cls, view: View, zone: tzinfo, stamp: tuple[int, int], name: str) -> Self:
        return cls(view, Filed(view, zone), Vocabulary(view), stamp, name)

    @cached_property
    def _suggestions(self) -> Suggestions:
        from search.suggestions import Suggestions  # noqa: PLC0415 - a search does not wait for it

        return Suggestions(self.filed, self.vocabulary)

    def suggestions_in(self, scope: Array | None) -> Suggestions:
        """Those of the documents that an array is true for; of all, which are kept, without."""
        return self._suggestions if scope is None else self._suggestions.among(scope)

    def named(self, documents: Sequence[int]) -> list[tuple[str, int]]:
        """(id, version) of each document."""
        places = np.asarray(documents, np.int64)
        ids, versions = self.view.ids_of(places).tolist(), self.view.versions[places].tolist()
        return [(id.decode(), version) for id, version in zip(ids, versions, strict=True)]

    def story_of(self, id: str) -> int | None:
        """The story of an article among those of ``filed``; None where it is not indexed."""
        living = self.filed.living
        places = living[self.view.ids[living] == id.encode()]
        return int(self.filed.stories[places[0]]) if len(places) else None
