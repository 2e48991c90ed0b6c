"""Nearness, sentences, counts, patterns and spellings on the sample archive, by engine and by eye.

The evaluator here reads every article and tries every pair of places; it shares with the engine
only how text is cut into words and sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path

import pytest

from index.analysis import words
from index.archive import Archive
from index.article import Article
from index.reading import read
from index.sentences import sentences
from search.engine import Engine
from search.request import SearchRequest

QUERIES = 100


@dataclass(frozen=True)
class Doc:
    """The parts of an article that phrases do not cross, and which of them are headlines."""

    id: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    first: str
    length: int

    @classmethod
    def of(cls, article: Article) -> Doc:
        text = read(article.raw_text, article.removals).text
        return cls(
            id=article.id,
            titles=tuple(dict.fromkeys((article.title, *article.titles))),
            texts=tuple(filter(None, (article.standfirst, text))),
            first=text.split("\n\n")[0],
            length=len(text.split()),
        )


Holds = Callable[[Doc], bool]


def stems(text: str) -> list[str]:
    return [word.forms.stem for word in words(text)]


def spelt(doc: Doc) -> set[str]:
    parts = (*doc.titles, *doc.texts)
    return {word.forms.exact.split("\x01")[0] for part in parts for word in words(part)}


def near(text: str, sought: Sequence[str], places: int) -> bool:
    """Whether some choice of places, one a word, has fewer than ``places`` others among them."""
    found = stems(text)
    each = [[n for n, stem in enumerate(found) if stem == one] for one in sought]
    return any(
        max(choice) - min(choice) + 1 - len(choice) < places and len(set(choice)) == len(choice)
        for choice in product(*each)
    )


def sentences_of(text: str) -> list[list[str]]:
    return [stems(text[start:end]) for start, end in sentences(text)]


def within_one_edit(word: str, sought: str) -> bool:
    """The edits are made, not counted."""
    if word == sought:
        return True
    if word[:1] != sought[:1]:
        return False
    letters = set(word)
    cuts = [(sought[:n], sought[n:]) for n in range(len(sought) + 1)]
    made = {a + b[1:] for a, b in cuts if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    made |= {a + letter + b for a, b in cuts for letter in letters}
    made |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    return word in made


class Drawing:
    def __init__(self, docs: Sequence[Doc], seed: int) -> None:
        self._docs = docs
        self._random = random.Random(seed)

    def query(self) -> tuple[str, Holds]:
        draw = self._random
        text = draw.choice(draw.choice(self._docs).texts)
        found = [w for w in re.findall(r"[A-Za-z]{3,}", text) if w.upper() != w]
        at = draw.randrange(max(len(found) - 12, 1))
        close = found[at : at + 12]
        two = [draw.choice(close), draw.choice(close)]
        three = [draw.choice(close) for _ in range(3)]
        places = draw.choice((1, 2, 3, 5, 8, 20))
        match draw.randrange(8):
            case 0 | 1:
                return self._near(two, places)
            case 2:
                return self._near(three, places)
            case 3 | 4:
                return self._sentence(two if draw.random() < 0.5 else three)
            case 5:
                return self._often(draw.choice(found), draw.choice((1, 2, 3, 5)))
            case 6:
                return self._pattern(draw.choice([w for w in found if len(w) > 4]))
            case _:
                return self._fuzzy(draw.choice([w for w in found if len(w) > 3]))

    def _near(self, sought: list[str], places: int) -> tuple[str, Holds]:
        q = f'"{" ".join(sought)}"~{places}'
        wanted = [stems(word)[0] for word in sought]
        return q, lambda doc: any(near(t, wanted, places) for t in (*doc.titles, *doc.texts))

    def _sentence(self, sought: list[str]) -> tuple[str, Holds]:
        wanted = {stems(word)[0] for word in sought}
        field = self._random.choice(("", "", "lead"))

        def holds(doc: Doc) -> bool:
            texts = (*doc.texts[:-1], doc.first) if field else doc.texts
            inside = [set(one) for text in texts for one in sentences_of(text)]
            inside += [set(stems(title)) for title in doc.titles]
            return any(wanted <= one for one in inside)

        q = " SENTENCE ".join(sought)
        return (f"lead:({q})" if field else q), holds

    def _often(self, word: str, times: int) -> tuple[str, Holds]:
        (wanted,) = stems(word)
        return (
            f"atleast:{times}({word})",
            lambda doc: sum(stems(text).count(wanted) for text in doc.texts) >= times,
        )

    def _pattern(self, word: str) -> tuple[str, Holds]:
        cut = self._random.randrange(2, len(word) - 1)
        sign = self._random.choice("*?")
        pattern = word[:cut] + sign + word[cut + 1 :]
        expression = re.compile(pattern.lower().replace("?", ".").replace("*", ".*"))
        return pattern, lambda doc: any(expression.fullmatch(one) for one in spelt(doc))

    def _fuzzy(self, word: str) -> tuple[str, Holds]:
        at = self._random.randrange(1, len(word) - 1)
        typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return f"{typed}~", lambda doc: any(within_one_edit(w, typed.lower()) for w in spelt(doc))


@pytest.fixture(scope="module")
def docs(sample_archive: Path) -> list[Doc]:
    with Archive.open(sample_archive) as archive:
        held = (change.article for change in archive.changes(0))
        return [Doc.of(one.article) for one in held if one is not None]


@pytest.mark.parametrize("seed", range(QUERIES))
def test_the_engine_finds_what_trying_every_place_does(
    seed: int, docs: list[Doc], sample_engine: Engine
) -> None:
    q, holds = Drawing(docs, seed).query()
    request = SearchRequest(q=q, match="all", dedupe="off", per_page=100, with_facets=False)
    page = sample_engine.search(request)
    assert page.query.notes == ()
    assert {hit.held.article.id for hit in page.hits} == {doc.id for doc in docs if holds(doc)}, q
    if not q.startswith("lead:"):  # what was found in a text is marked there, or in the headline
        for hit in page.hits:
            assert hit.matches or hit.title.ranges or len(hit.held.article.titles) > 1


def test_most_of_these_queries_find_something(docs: list[Doc]) -> None:
    drawn = [Drawing(docs, seed).query() for seed in range(QUERIES)]
    assert sum(any(holds(doc) for doc in docs) for _, holds in drawn) > QUERIES // 2


@pytest.mark.parametrize("bounds", [(None, 150), (150, None), (100, 200)])
def test_lengths_are_those_of_the_texts(
    bounds: tuple[int | None, int | None], docs: list[Doc], sample_engine: Engine
) -> None:
    least, most = bounds
    q = (
        f"words:{least}-{most}"
        if least and most
        else f"words:>={least}"
        if least
        else "words:<=150"
    )
    request = SearchRequest(q=q, dedupe="off", per_page=100, with_facets=False)
    expected = [doc for doc in docs if (least or 0) <= doc.length <= (most or 10**6)]
    assert 0 < len(expected) < len(docs)
    assert sample_engine.search(request).total == len(expected)


def test_the_order_of_words_that_are_near_changes_nothing(
    docs: list[Doc], sample_engine: Engine
) -> None:
    found = re.findall(r"[a-z]{4,}", docs[0].texts[-1])[:3]
    totals = {
        sample_engine.search(SearchRequest(q=f'"{" ".join(order)}"~9', match="all")).total
        for order in permutations(found)
    }
    assert len(totals) == 1
    assert totals != {0}
