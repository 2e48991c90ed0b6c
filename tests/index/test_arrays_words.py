"""Words taken in by the page: whatever the text, they are those that the analysis finds in it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from index import schema
from index.analysis import forms_of, raw_words, raw_words_of_lines
from index.arrays import running
from index.arrays.running import RunningText
from index.arrays.vocabulary import NO_RANK, Vocabulary
from index.schema import SEPARATOR, Kind, NewsAnalyzer, terms_of, terms_of_all

Placed = list[tuple[str, int]]

KINDS: tuple[Kind, ...] = get_args(Kind)

HARD = (
    "U.S. troops, U.S-led; AT&T's C++ (C#) 10,000m 3.5bn O'Brien’s Trump's “quoted”",
    "東京タワー is tall, naïve café CAFÉ 1,2,3 a.b.c. x.y U.S.A. e.g. no.1",
    f"one two{schema.SEPARATOR}three{schema.SEPARATOR}{schema.SEPARATOR}four",
    "100,000, 2,500,000,(1,000,) 1,000,00 well-known/(so-called) either/or $5 50% *a*b* C++-based",
    "1.U.S. A,B, ,c ,, d ,1,000 ,. e@f.g http://h.i/j?k=1#l \"'m'\" n`o`",
    "a\u00a0b\u2028c\x85d\x1cе́ _under_score_ --- 'tis rock'n'roll ’s ʼ &amp; &",
)


def taken(texts: Sequence[str], kind: Kind, vocabulary: Vocabulary | None = None) -> list[Placed]:
    """The terms of each text with their places, as they are indexed."""
    vocabulary = vocabulary or Vocabulary()
    running_text = RunningText(vocabulary)
    numbers = [running_text.add(text.encode()) for text in texts]
    running_text.finish()
    ranked = vocabulary.ranked(kind, running_text.words(np.array(numbers)))
    assert ranked.terms == sorted(set(ranked.terms))
    return [
        [
            (ranked.terms[rank].decode(), int(place))
            for word, place in zip(
                running_text.words(np.array([number])),
                running_text.places(np.array([number])),
                strict=True,
            )
            for rank in (ranked.first[word], ranked.second[word])
            if rank != NO_RANK
        ]
        for number in numbers
    ]


def analysed(text: str, kind: Kind) -> Placed:
    return [(token.text, token.pos) for token in NewsAnalyzer(kind)(text, positions=True)]


def together(words: list[str], kind: Kind) -> list[tuple[str, ...]]:
    """The terms of each word, as they are found of all at once."""
    several = zip(*terms_of_all(words, kind, "\n"), strict=True)
    return [tuple(term for term in terms if term != "\n") for terms in several]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HARD)
def test_hard_text_gives_the_terms_of_the_analysis(text: str, kind: Kind) -> None:
    assert taken([text], kind) == [analysed(text, kind)]


# Letters, marks, signs and white space of every kind, close together.
ALPHABET = "aéİßſﬁAZ09 .,'’ʼ&+#_-()/:*$%\"\n\t\r\0\x1c\x1d\x1e\x1f\x7f\x85\xa0\u0301\u2028東タ한😀"
anything = some.text() | some.text(some.sampled_from(ALPHABET), max_size=60)


@given(some.lists(anything, min_size=1), some.sampled_from(KINDS))
def test_any_texts_give_the_terms_of_the_analysis(texts: list[str], kind: Kind) -> None:
    assert taken(texts, kind) == [analysed(text, kind) for text in texts]


@given(some.lists(some.text(some.sampled_from(ALPHABET), min_size=1)))
def test_words_taken_together_have_the_terms_that_each_has(texts: list[str]) -> None:
    words = [word for text in texts for word in raw_words(text)]
    for kind in KINDS:
        assert together(words, kind) == [terms_of(forms_of(word), kind) for word in words]
    lines = [text.replace("\n", " ") for text in texts]
    found = raw_words_of_lines("".join(f"{line}\n" for line in lines))
    assert found == [word for line in lines for word in (*raw_words(line), "\n")]


def test_texts_of_many_pages_and_a_vocabulary_that_grows_mix_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Chunks of every length, most of them new, until the table has grown several times."""
    monkeypatch.setattr(running, "_PAGE", 4_000)
    texts = [
        f"{SEPARATOR}".join(
            " ".join(f"{'heron' * (word % 6)}{number * word}" for word in range(40))
            for _ in range(2)
        )
        for number in range(2_000)
    ]
    vocabulary = Vocabulary()
    for _ in range(2):  # new words, then known ones
        for text, found in zip(texts, taken(texts, "exact", vocabulary), strict=True):
            assert found == analysed(text, "exact")


def test_chunks_of_one_hash_are_two_chunks() -> None:
    """Sixteen bytes of which the hash keeps sixty-four bits: thousands that begin alike."""
    text = " ".join(f"abcdefgh{number:08}" for number in range(70_000))
    assert taken([text], "exact") == [analysed(text, "exact")]


def test_a_vocabulary_of_long_chunks_is_full_at_last() -> None:
    vocabulary = Vocabulary()
    text = "東" * 100_000
    for number in range(20):
        assert not vocabulary.full
        vocabulary.words(bytearray(f"{text}{number}".encode()))
    assert vocabulary.full


# -- other people's articles


def texts(real: Path) -> Iterator[str]:
    for name in ("wire", "outlets"):
        with gzip.open(real / name / "articles.jsonl.gz") as lines:
            for line in lines:
                row = json.loads(line)
                yield row.get("body") or row.get("text") or ""
    for path in sorted((real / "reuters21578").glob("*.sgm")):
        yield from re.findall("<BODY>(.*?)</BODY>", path.read_text("latin-1"), re.DOTALL)


@pytest.mark.parametrize(
    ("one_of", "least"), [(8, 40_000), pytest.param(1, 100_000, marks=pytest.mark.nightly)]
)
def test_every_chunk_of_the_shared_corpora_gives_the_words_of_the_analysis(
    real: Path, one_of: int, least: int
) -> None:
    """Text by text the regular expression finds what is found page by page."""
    vocabulary = Vocabulary()
    distinct: set[str] = set()
    running_text = RunningText(vocabulary)
    counts: list[int] = []
    for number, text in enumerate(texts(real)):
        if number % one_of:
            continue
        words = raw_words(text)
        distinct.update(words)
        counts.append(len(words))
        running_text.add(text.encode())
    running_text.finish()
    assert running_text.sizes(np.arange(len(counts))).tolist() == counts
    assert len(distinct) > least
    known = list(distinct)
    for kind in KINDS:
        for one, terms in zip(known, together(known, kind), strict=True):
            assert terms == terms_of(forms_of(one), kind)
