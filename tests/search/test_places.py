"""Positions and first places on arrays, each against the plain way to do the same."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as some

from search.adjacency import Stretches, following
from search.ordering import first
from search.places import within_distance

SCORES = some.lists(some.floats(0, 5).map(lambda score: round(score, 1)), max_size=4_000)


@given(SCORES, some.integers(1, 30))
def test_the_first_are_those_of_a_whole_sort(scores: list[float], count: int) -> None:
    keys = [-np.array(scores), np.arange(len(scores))]
    expected = sorted(range(len(scores)), key=lambda number: (-scores[number], number))[:count]
    assert first(keys, count).tolist() == expected


def test_the_first_of_a_hundred_thousand_are_those_of_a_whole_sort() -> None:
    scores = np.random.default_rng(1).integers(0, 500, 100_000) / 7
    keys = [-scores, np.arange(len(scores))]
    assert first(keys, 20).tolist() == np.lexsort(keys[::-1])[:20].tolist()


# A text is a list of words, a phrase too; five words make phrases that are there.
TEXTS = some.lists(some.lists(some.integers(0, 4), max_size=30), min_size=1, max_size=6)
PHRASES = some.lists(some.integers(0, 4), min_size=2, max_size=4)


def stretches(word: int, texts: list[list[int]], far: int) -> Stretches:
    """Where ``word`` stands in those of ``texts`` that have it; each text begins at ``far``."""
    having = [number for number, text in enumerate(texts) if word in text]
    places = [[far + at for at, other in enumerate(texts[n]) if other == word] for n in having]
    width = np.uint16 if far < 1 << 16 else np.uint32
    return Stretches(
        np.array(having, np.uint16),
        np.array([len(found) for found in places], np.int64),
        np.array([place for found in places for place in found], width),
    )


@given(TEXTS, PHRASES, some.sampled_from((0, 65_500, 70_000)))
def test_words_follow_one_another_where_the_texts_say_so(
    texts: list[list[int]], phrase: list[int], far: int
) -> None:
    words = [stretches(word, texts, far) for word in phrase]
    assume(all(len(word.documents) for word in words))
    expected = [
        number
        for number, text in enumerate(texts)
        if any(text[at : at + len(phrase)] == phrase for at in range(len(text)))
    ]
    assert following(words, lambda work: None).tolist() == expected


def test_a_rare_word_is_looked_up_beside_a_frequent_one() -> None:
    texts = [[0, 1] * 200, [1, 0] * 200, [2, 1]]
    words = [stretches(word, texts, 0) for word in (2, 1)]
    assert following(words, lambda work: None).tolist() == [2]


def test_no_phrase_runs_from_one_text_into_the_next() -> None:
    end = Stretches(np.array([0]), np.array([1]), np.array([0xFFFF], np.uint16))
    start = Stretches(np.array([1]), np.array([1]), np.array([0], np.uint16))
    assert following([end, start], lambda work: None).tolist() == []


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, start=1):
        row, above = [count], row
        for place, against in enumerate(other):
            changed = above[place] + (letter != against)
            row.append(min(row[-1] + 1, above[place + 1] + 1, changed))
    return row[-1]


WORDS = some.text("abcé", min_size=1, max_size=7)


@given(some.sets(WORDS), WORDS, some.integers(1, 3), some.integers(0, 2))
def test_words_within_a_distance_are_those_of_the_plain_table(
    words: set[str], text: str, most: int, prefix: int
) -> None:
    prefix = min(prefix, len(text))
    expected = {
        word
        for word in words
        if word.startswith(text[:prefix]) and distance(word[prefix:], text[prefix:]) <= most
    }
    found = within_distance([word.encode() for word in sorted(words)], text, most, prefix)
    assert {word.decode() for word in found} == expected
