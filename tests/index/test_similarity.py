"""How alike two texts are, and whether their likes are found among many."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.similarity import band_keys, likeness, shingles

WORDS = [f"{a}{b}{c}" for a in ("ko", "la", "mi", "ru") for b in "aeiou" for c in "bdfglmnprstvz"]


def text_of(count: int, dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=count))


def edited(text: str, share: float, dice: random.Random) -> str:
    """``text`` with that share of its words replaced, left out or doubled."""
    words: list[str] = []
    for word in text.split():
        change = dice.random()
        if change >= share:
            words.append(word)
        elif change < share / 3:
            words.append(dice.choice(WORDS))
        elif change < 2 * share / 3:
            words += [word, dice.choice(WORDS)]
    return " ".join(words)


def trimmed(text: str, share: float, dice: random.Random) -> str:
    words = text.split()
    count = int(len(words) * share)
    start = dice.randrange(len(words) - count + 1)
    return " ".join(words[start : start + count])


def test_likeness_is_that_of_the_sets_of_runs_of_five() -> None:
    one, other = "a b c d e f g h i j", "c d e f g h i j k"
    found = likeness(shingles(one), shingles(other))
    assert found.jaccard == 4 / 7  # 6 and 5 runs, of which 4 are in both
    assert found.containment == 4 / 5


def test_case_and_signs_do_not_count() -> None:
    one = shingles("The heron, it is said, came BACK to Sallow.")
    other = shingles("the heron it is said -- came back to sallow")
    assert likeness(one, other).jaccard == 1.0


def test_a_script_without_spaces_is_compared_sign_by_sign() -> None:
    one = "川の水位は昨日から上がり続けている。町の人々は橋を渡らないよう求められた。"
    assert len(shingles(one)) > 20
    assert likeness(shingles(one), shingles(one[:-6])).containment == 1.0


def test_a_shared_tail_leaves_a_quarter_without_its_like() -> None:
    dice = random.Random(4)
    tail = text_of(300, dice)
    one, other = (f"{text_of(100, dice)} {tail}" for _ in range(2))
    found = likeness(shingles(one), shingles(other))
    assert found.containment > 0.7
    assert found.least_quarter < 0.1


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_the_same_both_ways_and_within_bounds(one: str, other: str) -> None:
    left, right = shingles(one), shingles(other)
    found, mirrored = likeness(left, right), likeness(right, left)
    assert found.jaccard == mirrored.jaccard
    assert found.containment == mirrored.containment
    assert 0 <= found.jaccard <= found.containment <= 1
    if len(left):
        assert likeness(left, left).least_quarter == 1.0


@pytest.mark.parametrize("kind", ["edited", "trimmed", "both"])
def test_the_likes_of_a_text_share_a_key_with_it(kind: str) -> None:
    """Edits in 1 to 5 % of the words, trims to 55 to 95 %: at least 99 in 100 are found."""
    dice = random.Random(kind)
    originals = [text_of(dice.randint(60, 500), dice) for _ in range(400)]
    copies = originals
    if kind != "edited":
        copies = [trimmed(text, dice.uniform(0.55, 0.95), dice) for text in copies]
    if kind != "trimmed":
        copies = [edited(text, dice.uniform(0.01, 0.05), dice) for text in copies]
    keys = band_keys([shingles(text) for text in (*originals, *copies)])
    found = sum(
        bool(set(one) & set(other)) for one, other in zip(keys[:400], keys[400:], strict=True)
    )
    assert found >= 396
    strangers = sum(
        bool(set(keys[n]) & set(keys[m])) for n in range(0, 400, 8) for m in range(1, 400, 8)
    )
    assert strangers == 0


def test_keys_are_the_same_whatever_else_is_in_the_batch() -> None:
    dice = random.Random(9)
    texts = [shingles(text_of(80, dice)) for _ in range(5)]
    assert band_keys(texts) == [band_keys([text])[0] for text in texts]
    assert band_keys([shingles("too short"), texts[0]]) == [[], band_keys([texts[0]])[0]]
    assert all(-(2**63) <= key < 2**63 for key in band_keys(texts)[0])


def test_keys_do_not_change_between_releases() -> None:
    """They are kept in archives: another number here means that all must be made anew."""
    text = shingles(" ".join(str(number) for number in range(40)))
    assert band_keys([text])[0][:3] == [
        -2715155196257132056,
        1080294908134339218,
        -3247144315975910162,
    ]
