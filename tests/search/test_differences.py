"""What changed between two versions: nothing lost, nothing invented, little marked."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from search.differences import Part, changes

_WORDS = ["ferry", "strike", "bridge", "toll.", "Mayor,", "said"]
_TEXTS = st.lists(
    st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join),
    max_size=6,
).map("\n".join)


def test_a_rewritten_paragraph_is_marked_word_by_word() -> None:
    assert changes("Six boats sail on Monday.", "Seven boats sail on Monday.") == (
        (Part("Six", "gone"), Part("Seven", "new"), Part(" boats sail on Monday.")),
    )


def test_another_paragraph_is_marked_whole() -> None:
    before, after = "It rained.\nThe council met.", "It rained.\nA crane fell over at noon."
    assert changes(before, after) == (
        (Part("It rained."),),
        (Part("The council met.", "gone"),),
        (Part("A crane fell over at noon.", "new"),),
    )


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    for text, left_out in ((before, "new"), (after, "gone")):
        read = [
            "".join(part.text for part in paragraph if part.change != left_out)
            for paragraph in changes(before, after)
        ]
        assert [line for line in read if line] == [line for line in text.split("\n") if line]


def test_long_texts_that_share_no_order_take_no_time() -> None:
    words = list("abcdefg")
    before = "\n".join(" ".join(words[(n * i) % 7] for i in range(90)) for n in range(2_000))
    after = "\n".join(" ".join(words[(n * i + i) % 7] for i in range(95)) for n in range(2_000))
    began = time.perf_counter()
    assert changes(before, after)
    assert time.perf_counter() - began < 20
