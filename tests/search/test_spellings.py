"""Patterns and spellings: which words fit."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spellings import differ, fits, folded, is_near


@pytest.mark.parametrize(
    ("pattern", "word", "expected"),
    [
        ("wil*d", "wild", True),
        ("wil*d", "wilderland", True),
        ("wil*d", "wilder", False),
        ("co?our", "colour", True),
        ("co?our", "coour", False),
        ("el*ct*n", "election", True),
        ("el*ct*n", "elector", False),
        ("ab?*", "ab", False),
        ("ab?*", "abc", True),
    ],
)
def test_a_pattern_fits_words(pattern: str, word: str, expected: bool) -> None:
    assert fits(pattern, word) is expected


@given(st.text("ab?*", max_size=8), st.text("ab", max_size=8))
def test_patterns_mean_what_a_regular_expression_would(pattern: str, word: str) -> None:
    expression = pattern.replace("?", ".").replace("*", ".*")
    assert fits(pattern, word) == bool(re.fullmatch(expression, word))


def test_many_stars_take_no_time() -> None:
    began = time.process_time()
    assert not fits("ab" + "*a" * 200 + "b", "a" * 64)
    assert time.process_time() - began < 0.5


def test_accents_capitals_and_apostrophes_are_folded_in_a_pattern() -> None:
    assert folded("O’Br?en") == "obr?en"
    assert folded("Café*s") == "cafe*s"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("ferry", "ferry", 0),
        ("ferry", "fery", 1),
        ("ferry", "ferrry", 1),
        ("ferry", "fezry", 1),
        ("ferry", "frey", 2),
        ("sunak", "sunka", 1),  # neighbours swapped
        ("governor", "govenror", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    assert differ(one, other, 3) == differ(other, one, 3) == edits
    if edits:
        assert differ(one, other, edits - 1) is None


def neighbours(word: str) -> set[str]:
    """Every word that one edit makes of ``word``."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + c + b[1:] for a, b in cuts if b for c in "abc"),
        *(a + c + b for a, b in cuts for c in "abc"),
    }


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_a_letter_changed_added_left_out_or_swapped(one: str, other: str) -> None:
    assert (differ(one, other, 1) is not None) == (other in neighbours(one) | {one})


def test_the_first_letter_stands() -> None:
    assert is_near("fery", "ferry", 1)
    assert not is_near("berry", "ferry", 1)
