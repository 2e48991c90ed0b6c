"""What a word in an article counts: BM25F, one rule for our arrays and for Whoosh's matchers."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length

# A long story has more to say than a short one rather than the same in more words, so that its
# length counts for less than usual (b .75), and a word that comes back tells more (k1 1.2). nDCG@10
# of Cranfield, CISI and the topics of Reuters-21578 as queries, simulated, with headlines counting
# twice: as usual .535 .400 .741; k1 1.5 and b .6 .537 .409 .771; 2 and .6 .539 .407 .767; 2 and .5
# .538 .408 .780; 1.5 and .4 .533 .403 .790, the first two of the three by so little only.
B, K1 = 0.6, 1.5

# A word is as rare as it is in the whole texts: headlines are so short that in them every word is
# rare. Whoosh takes each field by itself: nDCG@10 .518 on Cranfield and .359 on CISI, against .529
# and .376 (simulated with a headline that counts one).
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


def norm(lengths: Any, average: float) -> Any:
    """What the frequency of a word is divided by in fields of so many words, which are ``average``
    many elsewhere."""
    return (1 - B) + B * lengths / average


def saturated(counts: NDArray[Any]) -> NDArray[Any]:
    """What a word gives that counts so often, once its fields' lengths are allowed for: a second
    time gives less than the first."""
    found: NDArray[Any] = counts * ((K1 + 1) / (counts + K1))
    return found


def rarity(documents: int, frequency: int) -> float:
    """How much a word that so many of the documents have says, as Robertson and Lucene weigh it.

    Whoosh's log(N / (n + 1)) + 1 leaves a weight of one to words that are everywhere: in questions
    of whole sentences that costs a little (nDCG@10 on Cranfield .524 to .529; CISI .376 both).
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
