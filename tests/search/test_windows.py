"""Words near one another, and in one sentence: the fast way and by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.windows import Stretch, shared_sentences, stretches, windows


def at(*places: int) -> list[Stretch]:
    return [(place, place) for place in places]


@pytest.mark.parametrize(
    ("units", "places", "expected"),
    [
        ([at(0), at(5)], 5, [((0, 0), (5, 5))]),
        ([at(0), at(6)], 5, []),
        ([at(6), at(1)], 5, [((1, 1), (6, 6))]),  # in either order
        ([at(0, 3), at(4)], 5, [((3, 3), (4, 4))]),  # the nearest only
        ([at(4), at(3, 5)], 5, [((3, 3), (4, 4)), ((4, 4), (5, 5))]),  # on both sides
        ([at(0), at(1), at(7)], 6, [((0, 0), (1, 1), (7, 7))]),  # five others among three
        ([at(0), at(1), at(8)], 6, []),
        ([at(2, 4), at(2, 4)], 2, [((2, 2), (4, 4))]),  # the same word twice
        ([at(2), at(2)], 50, []),  # and not the same place twice
        ([[(0, 1)], at(3)], 2, [((0, 1), (3, 3))]),  # a phrase has its length for nothing
        ([[(0, 1)], at(1, 9)], 50, [((0, 1), (9, 9))]),
        ([at(0), []], 50, []),
    ],
)
def test_windows_are_the_tightest_that_fit(
    units: list[list[Stretch]], places: int, expected: list[tuple[Stretch, ...]]
) -> None:
    assert windows(units, places) == expected


def by_trying(units: Sequence[Sequence[Stretch]], places: int) -> list[tuple[Stretch, ...]]:
    """Every choice of one stretch a unit, without two at one place, that is near enough."""
    found = []
    for choice in product(*units):
        if len(set(choice)) == len(choice):
            ordered = tuple(sorted(choice))
            if ordered[-1][1] - ordered[0][0] + 1 - len(choice) < places:
                found.append(ordered)
    return found


_places = st.lists(st.integers(0, 40), max_size=6, unique=True).map(lambda two: at(*sorted(two)))


@given(st.lists(_places, min_size=2, max_size=4), st.integers(1, 20))
def test_there_is_a_window_wherever_trying_everything_finds_one(
    units: list[list[Stretch]], places: int
) -> None:
    # Different words never share a place: what an earlier unit has, a later one has not.
    taken: set[Stretch] = set()
    apart = []
    for unit in units:
        apart.append([one for one in unit if one not in taken])
        taken.update(unit)
    found = windows(apart, places)
    tried = by_trying(apart, places)
    assert bool(found) == bool(tried)
    assert set(found) <= set(tried)
    spans = [(window[0][0], window[-1][1]) for window in tried]
    for window in found:
        inside = (window[0][0], window[-1][1])
        assert not any(
            inside[0] <= start and end <= inside[1] and (start, end) != inside
            for start, end in spans
        )


@given(_places, st.integers(2, 4), st.integers(1, 20))
def test_a_word_asked_for_several_times_stands_at_several_places(
    unit: list[Stretch], times: int, places: int
) -> None:
    found = windows([unit] * times, places)
    assert bool(found) == bool(by_trying([unit] * times, places))
    assert all(len(set(window)) == times for window in found)


def test_stretches_are_where_words_follow_one_another() -> None:
    assert stretches([[0, 4, 9], [1, 5, 11]]) == [(0, 1), (4, 5)]
    assert stretches([[3, 1]]) == [(1, 1), (3, 3)]
    assert stretches([[0, 1, 2], [0, 1, 2], [0, 1, 2]]) == [(0, 2)]


def test_a_sentence_is_shared_by_what_is_whole_in_it() -> None:
    starts = [0, 5, 9]
    assert shared_sentences([at(1, 6), at(4)], starts) == {1}
    assert shared_sentences([at(1), at(5)], starts) == set()
    assert shared_sentences([at(6), [(4, 5)]], starts) == set()  # the phrase runs over the end
    assert shared_sentences([at(6, 12), [(7, 8), (10, 11)]], starts) == {2, 3}
