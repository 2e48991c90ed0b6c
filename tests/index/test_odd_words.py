"""Words and bylines at the edge."""

from __future__ import annotations

import pytest

from index.analysis import forms
from index.bylines import people


def test_us_with_one_stop_is_one_word() -> None:
    assert forms("U.S") == forms("U.S.")
    assert len(forms("the U.S economy")) == 3


@pytest.mark.parametrize("byline", ["By", "by", "https://www.sluice.example/by/marsh"])
def test_these_are_nobody(byline: str) -> None:
    assert people(byline) == ()


@pytest.mark.parametrize("word", ["ʼs", "ʼſ"])
def test_a_possessive_of_nothing_is_a_word(word: str) -> None:
    assert [form.stem for form in forms(word)] == ["s"]
