"""The gates of the rules: one pass over the text lets through what a look at each line would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import clean
from index.cleaning.dispatch import Dispatch
from index.cleaning.outlets import is_one_of
from index.cleaning.rule import Gate, Passage, Rule, Span, fold

GATES = {
    "opens": Gate(opens=("related", "read more", "don’t miss")),
    "no word": Gate(opens=("",)),
    "brackets": Gate(brackets=("related", "photo by")),
    "holds": Gate(holds=("newsletter", "©")),
    "several": Gate(opens=("advertisement",), brackets=("photo by",), holds=("e",), longest=20),
    "short lines": Gate(longest=12),
    "head": Gate(head=2),
    "foot": Gate(opens=("related",), holds=("newsletter",), foot=2),
    "both ends": Gate(opens=("related",), head=1, foot=1),
    "title": Gate(mentions=lambda passage: [passage.title] if passage.title else [], head=3),
}


def lets_through(gate: Gate, passage: Passage, number: int) -> bool:
    """What the docstring of ``Gate`` says of one line, word by word."""
    line, count = passage.lines[number], len(passage.lines)
    text = fold(line.text)
    behind_signs = re.sub("^[^a-z]*", "", text)
    opens = any(
        behind_signs.startswith(fold(phrase)) if phrase else not behind_signs[:1]
        for phrase in gate.opens
        if not phrase or re.split("[^a-z]", behind_signs)[0] == re.split("[^a-z]", fold(phrase))[0]
    )
    behind_brackets = [re.sub(r"^[\s/]*", "", rest) for rest in re.split(r"[(\[]", text)[1:]]
    brackets = any(
        rest.startswith(phrase)
        and re.split("[^a-z]", rest)[0] == re.split("[^a-z]", fold(phrase))[0]
        for rest in behind_brackets
        for phrase in gate.brackets
    )
    signs = [*gate.holds, *(map(fold, gate.mentions(passage)) if gate.mentions else ())]
    holds = any(sign in (text if sign.isascii() else line.text) for sign in signs)
    signed = opens or brackets or holds or not gate.has_signs
    placed = number < gate.head or number >= count - gate.foot or not gate.is_placed
    return signed and placed and (not gate.longest or len(line.text) <= gate.longest)


_pieces = st.sampled_from(
    ["Related", "READ MORE", "Read", "• ", "12 ", "(related: ", "[/photo by ", "newsletter", "©",
     "Advertisement", "DON’T MISS", "Noon", " ", "\t", "\n", "\n\n", "é", "İ", "***", "(", "e"]
)  # fmt: skip


@pytest.mark.parametrize("name", GATES)
@given(text=st.lists(_pieces, max_size=30).map("".join), title=st.sampled_from(["", "Noon", "é"]))
def test_a_gate_lets_through_what_a_look_at_every_line_would(
    name: str, text: str, title: str
) -> None:
    gate = GATES[name]
    rule = Rule("some", "some", lambda _: (), gate=gate)
    passage = Passage(text, title=title)
    asked = [view.candidates for _, view in Dispatch([rule]).asked(passage)]
    wanted = [
        line for number, line in enumerate(passage.lines) if lets_through(gate, passage, number)
    ]
    assert asked == ([wanted] if wanted else [])


def test_a_rule_without_a_gate_sees_the_whole_passage() -> None:
    passage = Passage("One.\n\nTwo.")
    rule = Rule("some", "some", lambda view: [Span(0, len(view.candidates))])
    ((_, view),) = Dispatch([rule]).asked(passage)
    assert view is passage
    assert [removal.end for removal in rule.removals(view)] == [2]


def test_rules_are_asked_in_their_order() -> None:
    gates = [Gate(holds=("b",)), None, Gate(opens=("a",)), Gate(foot=1)]
    rules = [Rule(str(n), "some", lambda _: (), gate=gate) for n, gate in enumerate(gates)]
    assert [rule.name for rule, _ in Dispatch(rules).asked(Passage("A b"))] == ["0", "1", "2", "3"]


def test_a_sign_that_begins_with_no_word_is_refused() -> None:
    rule = Rule("some", "some", lambda _: (), gate=Gate(opens=("• related",)))
    with pytest.raises(ValueError, match="does not begin with a word"):
        Dispatch([rule])


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_an_outlet_is_known_by_its_address_where_the_source_names_who_wrote() -> None:
    gallery = "The first crane. Hide Caption 1 of 2 The second. Hide Caption 2 of 2"
    text = f"{gallery}\n\n{'The board of the harbour sat on Monday until six. ' * 9}"
    assert not clean(Passage(text, source="rosa lindqvist")).removals
    (removal,) = clean(Passage(text, source="rosa lindqvist", host="edition.cnn.com")).removals
    assert (removal.rule, removal.text) == ("gallery-caption", gallery)


@pytest.mark.parametrize(
    ("source", "is_it"),
    [
        ("fox news", True),
        ("fox news (online)", True),
        ("foxnews.com", True),
        ("www.foxnews.com", True),
        ("the hill", True),
        ("thehill.com", True),
        ("firefox news", False),
        ("chapel hills gazette", False),
        ("fox", False),
        ("", False),
    ],
)
def test_an_outlet_is_known_by_its_name_and_by_its_host(source: str, is_it: bool) -> None:
    assert is_one_of(source, ("fox news", "hill")) is is_it
