"""Floors under what cleaning reaches on other people's articles: it may rise, and never fall."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench import cleaning
from bench.cleaning import Figure


def short(figures: Iterable[Figure]) -> list[Figure]:
    found = list(figures)
    assert found
    return [figure for figure in found if not figure.reached]


def test_captions_are_found_and_prose_is_left_alone(real: Path) -> None:
    assert not short(cleaning.captions(real / "rollover"))


def test_no_other_outlet_has_captions(real: Path) -> None:
    assert not short([cleaning.strangers(real / "outlets")])


def test_lines_that_a_person_called_clutter_go_and_others_stay(real: Path) -> None:
    figures, by_rule = cleaning.clutter(real / "clutter")
    assert not short(figures)
    assert not [rule for rule, right in by_rule if not right]


def test_planted_copies_are_found_and_strangers_are_not(real: Path) -> None:
    assert not short(cleaning.copies(real, articles=2500, count=500))
