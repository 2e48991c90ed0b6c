"""Whoosh queries that stand for many words: those that fit a pattern or are nearly spelt so.

They look at the folded spelling of each word only, and stop at a bound: Whoosh's own expand over
the whole lexicon before any limit is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from whoosh import query as whoosh

from search.spellings import bare, differ, fits

MOST_EXPANSIONS = 200


class Fitting(whoosh.Wildcard):  # type: ignore[misc]
    """The first 200 words that fit the pattern ``text``, which is folded."""

    def normalize(self) -> Any:
        return self

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        return islice(self.fitting(ixreader), MOST_EXPANSIONS)

    def fitting(self, ixreader: Any) -> Iterator[bytes]:
        beginning = re.split(r"[*?]", self.text)[0]
        for term in ixreader.expand_prefix(self.fieldname, beginning):
            if fits(self.text, bare(term.decode())):
                yield term


class Similar(whoosh.FuzzyTerm):  # type: ignore[misc]
    """The 200 words nearest to ``text`` that at most ``maxdist`` edits tell from it.

    A swap of two neighbours is one edit. The first letter stands.
    """

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        near = sorted(
            (far, term)
            for term in ixreader.expand_prefix(self.fieldname, self.text[:1])
            if (far := differ(bare(term.decode()), self.text, self.maxdist)) is not None
        )
        return iter(sorted(term for _, term in near[:MOST_EXPANSIONS]))
