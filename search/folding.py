"""Folding the copies of a story into one result."""

from __future__ import annotations

import numpy as np

from search.execution import Found
from search.filed import Filed


def folded(found: Found, filed: Filed) -> Found:
    """``found`` with each story once: the first published of its matches, with the best score.

    Undated copies come after dated ones. The order of documents stays.
    """
    copied = filed.copied[found.documents]
    if not copied.any():
        return found
    places = np.flatnonzero(copied)
    documents = found.documents[places]
    stories = filed.stories[documents]
    order = np.lexsort((documents, filed.published[documents], ~filed.dated[documents], stories))
    places, stories = places[order], stories[order]
    firsts = np.flatnonzero(np.append(True, stories[1:] != stories[:-1]))
    scores = found.scores.copy()
    scores[places[firsts]] = np.maximum.reduceat(found.scores[places], firsts)
    kept = ~copied
    kept[places[firsts]] = True
    return Found(found.documents[kept], scores[kept], found.partial)
