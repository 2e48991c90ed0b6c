"""What is kept is what there is room for, the latest asked for first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from index.remembering import Frequent, Remembered


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    remembered: Remembered[str] = Remembered(10)
    for name in "abc":
        remembered.keep(name, name.upper(), 3)
    assert remembered.get("a") == "A"
    remembered.keep("d", "D", 3)
    assert [remembered.get(name) for name in "abcd"] == ["A", None, "C", "D"]


def test_what_is_too_large_pushes_nothing_out() -> None:
    remembered: Remembered[str] = Remembered(10)
    remembered.keep("a", "A", 3)
    remembered.keep("whale", "W", 11)
    assert (remembered.get("a"), remembered.get("whale")) == ("A", None)


def test_a_key_kept_twice_weighs_once() -> None:
    remembered: Remembered[str] = Remembered(10)
    for _ in range(9):
        remembered.keep("a", "A", 4)
    remembered.keep("b", "B", 6)
    assert (remembered.get("a"), remembered.get("b")) == ("A", "B")


def test_what_is_asked_for_often_outlives_a_look_through_many() -> None:
    frequent: Frequent[str] = Frequent(80)
    for name in "abc":
        frequent.get(name)
        frequent.keep(name, name.upper(), 10)
    for _ in range(3):
        assert [frequent.get(name) for name in "abc"] == ["A", "B", "C"]
    for number in range(100):
        assert frequent.get(number) is None
        frequent.keep(number, str(number), 10)
    assert [frequent.get(name) for name in "abc"] == ["A", "B", "C"]
    assert frequent.get(99) == "99"  # the last one is there still


def test_asked_for_round_after_round_as_much_stays_as_there_is_room_for() -> None:
    frequent: Frequent[int] = Frequent(80)
    found = 0
    for _ in range(5):
        for number in range(16):
            if frequent.get(number) is None:
                frequent.keep(number, number, 10)
            else:
                found += 1
    assert found >= 4 * 6  # where the oldest always goes, it is none at all


def test_what_comes_to_be_asked_for_takes_the_place_of_what_no_longer_is() -> None:
    frequent: Frequent[str] = Frequent(80)
    for round in range(40):
        for number in range(8):
            name = f"{'old' if round < 10 else 'new'} {number}"
            if frequent.get(name) is None:
                frequent.keep(name, name, 10)
    assert all(frequent.get(f"new {number}") for number in range(7))


@given(some.lists(some.tuples(some.integers(0, 30), some.integers(1, 25)), max_size=200))
def test_there_is_never_more_than_there_is_room_for(asked: list[tuple[int, int]]) -> None:
    frequent: Frequent[int] = Frequent(60)
    weights: dict[int, int] = {}
    for key, weight in asked:
        if frequent.get(key) is None:
            frequent.keep(key, key, weight)
            weights[key] = weight
        held = [key for key in weights if frequent.get(key) == key]
        assert sum(weights[key] for key in held) <= 60
