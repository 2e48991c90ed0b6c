"""Articles like another one: those that share the words that say what it is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.analysis import forms
from index.arrays.container import Array
from index.article import Article, HeldArticle
from index.reading import read
from search.clauses import COMMON
from search.execution import Found
from search.vocabulary import Vocabulary

# Key terms of an article: looked at by eye, fewer miss the subject and more add the small change.
_TERMS = 20
_IN_TITLE = 3  # times that a word of the headline counts as one of the text
# How much more a headline of another article says: it names the subject, a text many things.
_TITLE = 4.0
_MOST_TEXT = 20_000  # characters; what an article is about it has said by then
# Articles that may have a key term: a word of more costs more than it tells apart.
_TOO_COMMON, _FEW = 0.1, 1_000
# Below this part of the score that the article itself would have, an article shares a word or two.
LEAST_ALIKE = 0.15


@dataclass(frozen=True, slots=True)
class Similar:
    """``articles`` are the most alike first; ``terms`` what they were found by, as written."""

    terms: tuple[str, ...]
    articles: tuple[HeldArticle, ...]


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A word that says what an article is about: its stem, and as it is written; ``weight`` is how
    much the article makes of it, ``rarity`` what it tells apart, which the search adds itself."""

    stem: str
    written: str
    weight: float
    rarity: float


def key_terms(article: Article, vocabulary: Vocabulary, articles: int) -> list[KeyTerm]:
    """The words of ``article`` with the highest tf-idf among ``articles``, the highest first."""
    text = read(article.raw_text, article.removals).text[:_MOST_TEXT]
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for part, times in ((f"{article.title}\n{article.standfirst}", _IN_TITLE), (text, 1)):
        for form in forms(part):
            counts[form.stem] += times
            written.setdefault(form.stem, form.exact)
    terms: list[KeyTerm] = []
    for stem, count in counts.items():
        frequency = max(vocabulary.frequency(name, stem) for name in ("body", "title"))
        if 1 < frequency <= max(_FEW, _TOO_COMMON * articles) and _says_something(written[stem]):
            rarity = log(1 + articles / frequency)
            terms.append(KeyTerm(stem, written[stem], sqrt(count), rarity))
    return sorted(terms, key=lambda term: (-term.weight * term.rarity, term.stem))[:_TERMS]


def _says_something(word: str) -> bool:
    return word not in COMMON and len(word) > 1 and not word[0].isdigit()


def alike(terms: list[KeyTerm]) -> Any:
    """The Whoosh query for articles that share some of ``terms``."""
    return whoosh.Or(
        [
            whoosh.Term(name, term.stem, boost=boost * term.weight)
            for term in terms
            for name, boost in (("title", _TITLE), ("body", 1.0))
        ]
    )


def most_alike(found: Found, stories: Array, own: int | None, most: int) -> list[int]:
    """The best of ``found``, each story once and the ``own`` one not; ``stories`` is for every
    document of the view."""
    best: dict[int, int] = {}
    of_found = stories[found.documents]
    full = found.scores[of_found == own].max(initial=0.0)
    for place in np.argsort(-found.scores, kind="stable")[: 10 * most + 50].tolist():
        if found.scores[place] < LEAST_ALIKE * full or len(best) == most:
            break
        if of_found[place] != own:
            best.setdefault(int(of_found[place]), int(found.documents[place]))
    return list(best.values())
