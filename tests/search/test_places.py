"""Positions and first places on arrays, each against the plain way to do the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from search.ordering import first
from search.places import holds, within_distance

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


@given(some.lists(some.tuples(some.sets(some.integers(0, 60)), some.integers(0, 60)), max_size=9))
def test_each_is_sought_in_its_own_stretch(cases: list[tuple[set[int], int]]) -> None:
    stretches = [sorted(stretch) for stretch, _ in cases]
    positions = np.array([place for stretch in stretches for place in stretch] or [99], np.uint16)
    highs = np.cumsum([len(stretch) for stretch in stretches], dtype=np.int64)
    lows = highs - np.array([len(stretch) for stretch in stretches], np.int64)
    sought = np.array([place for _, place in cases], np.int64)
    expected = [place in stretch for stretch, place in cases]
    assert holds(positions, lows, highs, sought).tolist() == expected


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
