"""What choosing a suggestion finds: as many results as a search for it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.arrays.container import Array
from search.asking import without_asking
from search.clauses import AllOf, Clause, Word, all_of, is_common, only_asks
from search.dates import Clock
from search.execution import Found
from search.filed import Filed
from search.language import parse
from search.matches import mask

Running = Callable[[Clause], Found]
# Characters of a query with operators, quotes or fields that is read once for each suggestion.
_LONGEST = 300
_ANY = "xqzword"
_MOST_KNOWN = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What was typed before a word: ``clause`` where it asks for something, ``among`` says for each
    document whether it matches that. Where ``apart`` a search for all of it and one word more finds
    what has the word among those."""

    text: str
    asked: str
    clock: Clock
    clause: Clause | None
    among: Array
    apart: bool

    @classmethod
    def of(cls, text: str, asked: str, clock: Clock, living: Array, run: Running) -> Before:
        """``text`` is all before the word, ``asked`` what of it that word is asked for beside."""
        beside = _beside_any(text, clock)
        clause = parse(asked, clock).root if beside is None else all_of(beside)
        if clause is not None and is_common(clause):
            clause = None
        among = living
        if clause is not None:
            among = mask(run(clause).documents, len(living)) & living
        return cls(text, asked, clock, clause, among, beside is not None)


def _beside_any(text: str, clock: Clock) -> list[Clause] | None:
    """What an article must match beside a word that is put behind ``text``; None where that depends
    on the word, as in a phrase, behind a field or behind OR."""
    if '"' in text:
        return None
    root = without_asking(parse(f"{text}{_ANY}", clock)).root
    *parts, last = root.parts if isinstance(root, AllOf) else (root,)
    if last != Word(_ANY):
        return None
    return [part for part in parts if not is_common(part)]


class Promises:
    """Counts what suggestions find, as of one ``clock``; with ``only``, among the documents that it
    is true for."""

    def __init__(self, filed: Filed, clock: Clock, only: Array | None = None) -> None:
        self._filed = filed
        self.clock = clock
        self._only = only
        self._known: dict[str, int] = {}

    def of_word(self, word: str, q: str, before: Before, run: Running) -> int:
        """How many results ``q`` finds, in which ``word`` was put behind what was typed before."""
        return self._kept(q, lambda: self._beside(word, q, before, run))

    def of(self, q: str, run: Running) -> int:
        """How many results ``q`` finds; none where that takes too long to know."""
        return self._kept(q, lambda: self._searched(q, run))

    def _kept(self, q: str, count: Callable[[], int]) -> int:
        """The next letter of a word suggests mostly the same as the last."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if q not in self._known:
            self._known[q] = count()
        return self._known[q]

    def _beside(self, word: str, q: str, before: Before, run: Running) -> int:
        clause = Word(word)
        if before.apart and word.isalnum() and not only_asks(clause):
            found = run(clause)
            documents = found.documents
            return 0 if found.partial else self._results(documents[before.among[documents]])
        return self._searched(q, run)

    def _searched(self, q: str, run: Running) -> int:
        root = without_asking(parse(q, self.clock)).root if len(q) <= _LONGEST else None
        found = run(root) if root is not None else None
        return 0 if found is None or found.partial else self._results(found.documents)

    def _results(self, documents: Array) -> int:
        """Each story once."""
        if self._only is not None:
            documents = documents[self._only[documents]]
        copied = documents[self._filed.copied[documents]]
        if not len(copied):
            return len(documents)
        return len(documents) - len(copied) + len(np.unique(self._filed.stories[copied]))
