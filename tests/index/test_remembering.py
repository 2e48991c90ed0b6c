"""What is kept is what there is room for, the latest asked for first."""

from __future__ import annotations

from index.remembering import Remembered


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
