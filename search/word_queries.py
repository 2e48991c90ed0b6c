"""Whoosh queries that stand for many words: those that begin so, fit a pattern, or are nearly spelt
so. They look at the folded spelling of each word only.

What they find and how it counts, ``expansion`` and ``execution`` decide: no more words than
``most`` of a whole view, the nearest and then the most frequent. Stock Whoosh would expand over the
whole lexicon of a segment, and weigh each word by itself.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

from whoosh import query as whoosh

from search.spellings import differ, fits

MOST_EXPANSIONS = 200


class Beginning(whoosh.Prefix):  # type: ignore[misc]
    """The words that begin with ``text``, which is folded."""

    most: int | None = MOST_EXPANSIONS

    @property
    def beginning(self) -> str:
        return str(self.text)

    @property
    def known_by(self) -> Hashable:
        return (type(self), self.fieldname, self.text, self.most)

    def distance(self, word: str) -> int | None:
        return 0


class Fitting(whoosh.Wildcard):  # type: ignore[misc]
    """The words that fit the pattern ``text``, which is folded."""

    most: int | None = MOST_EXPANSIONS

    def normalize(self) -> Any:
        return self

    @property
    def beginning(self) -> str:
        return re.split(r"[*?]", self.text)[0]

    @property
    def known_by(self) -> Hashable:
        return (type(self), self.fieldname, self.text, self.most)

    def distance(self, word: str) -> int | None:
        return 0 if fits(self.text, word) else None


class Similar(whoosh.FuzzyTerm):  # type: ignore[misc]
    """The words that at most ``maxdist`` edits tell from ``text``, which is folded.

    A swap of two neighbours is one edit. The first letter stands.
    """

    most: int | None = MOST_EXPANSIONS

    @property
    def beginning(self) -> str:
        return str(self.text[:1])

    @property
    def known_by(self) -> Hashable:
        return (type(self), self.fieldname, self.text, self.maxdist, self.most)

    def distance(self, word: str) -> int | None:
        return differ(word, self.text, self.maxdist)


def unbounded(query: Beginning | Fitting | Similar) -> Beginning | Fitting | Similar:
    """``query`` for all its words: what is excluded must not come back by being one too many."""
    query.most = None
    return query
