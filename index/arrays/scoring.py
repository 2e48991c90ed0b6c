"""What a word in an article counts: BM25F, one rule for our arrays and for Whoosh's matchers."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length

# Whoosh's own: of b 0.4 to 0.9 and k1 0.9 to 2 nothing is better on Cranfield, CISI and the topics
# of Reuters-21578 alike.
B, K1 = 0.75, 1.2

# A word is as rare as it is in the whole texts: headlines are so short that in them every word is
# rare. Whoosh takes each field by itself: Cranfield .524 nDCG@10, CISI .371, against .529 and .376,
# and the less the headline counts the better; so, it hardly matters whether it counts 0.6 or 1.
_WHOLE = {
    "title": "body",
    "lead": "body",
    "title_words": "body_words",
    "lead_words": "body_words",
}


# The lengths of fields are kept as bytes, which stand for these.
LENGTHS = np.array([byte_to_length(n) for n in range(256)], float)


def fields_of_rarity(field: str) -> tuple[str, ...]:
    """The fields of which the one that has a word most often says how rare it is."""
    return (field, _WHOLE[field]) if field in _WHOLE else (field,)


def rarity(documents: int, frequency: int) -> float:
    """How much a word that so many of the documents have says, as Robertson and Lucene weigh it.

    Whoosh's log(N / (n + 1)) + 1 leaves a weight of one to words that are everywhere: in questions
    of whole sentences that cost .01 nDCG@10 (Cranfield .519 to .529, CISI .371 to .376).
    """
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


class Weighting(BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with our rarity, for what is left to its matchers."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        parent = searcher.get_parent()
        names = [name for name in fields_of_rarity(fieldname) if name in parent.schema]
        frequency = max(parent.doc_frequency(name, text) for name in names)
        return rarity(parent.doc_count_all(), frequency)
