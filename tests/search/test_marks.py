"""Marks of every clause of the language: exactly the words that it matched."""

from __future__ import annotations

import pytest

from index.analysis import words
from search.clauses import Field
from search.language import parse
from search.matching import Matcher

TEXT = (
    "The ferry crews met. A strike over the new toll began at the harbour; ferries stopped."
    "\n\n"
    "Strikers said the toll, the toll that the harbour wants, is unfair. Cafés closed. The"
    " colour of the tolls is grey. A ferry sailed past the U.S. envoy, O’Brien."
)


def marked(q: str, text: str = TEXT, field: Field | None = None) -> list[str]:
    """What is marked, each with the number of its word: "ferry@1"."""
    numbers = {word.start: word.position for word in words(text)}
    return [
        f"{text[match.start : match.end]}@{numbers[match.start]}"
        for match in Matcher(parse(q).root, field).find(text)
    ]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        # near: the words of the nearest window that fits, in either order, and no others
        ('"toll harbour"~4', ["toll@9", "harbour@13", "toll@21", "harbour@24"]),
        ('"harbour toll"~4', ["toll@9", "harbour@13", "toll@21", "harbour@24"]),
        ('"toll harbour"~3', ["toll@21", "harbour@24"]),
        ("strike NEAR/2 crews", []),
        ('"ferry strike toll"~8', ["ferry@1", "strike@5", "toll@9", "ferries@14"]),
        ('"new toll" NEAR/5 harbour', ["new toll@8", "harbour@13"]),
        ('ferry "toll wants"~5', ["ferry@1", "ferries@14", "toll@21", "wants@25", "ferry@38"]),
        ("title:(toll NEAR/5 harbour)", []),
        # in a sentence: both words in each sentence that has both
        ("toll SENTENCE harbour", ["toll@9", "harbour@13", "toll@19", "toll@21", "harbour@24"]),
        ("crews SENTENCE strike", []),
        ('ferry SENTENCE "new toll"', ["new toll@8", "ferries@14"]),
        ("ferry SENTENCE crews SENTENCE met", ["ferry@1", "crews@2", "met@3"]),
        # patterns and spellings mark whole words as they are written
        ("co?our", ["colour@31"]),
        ("caf?s", ["Cafés@28"]),
        ("st*ke", ["strike@5"]),
        ("obr?en", ["O’Brien@44"]),
        ("fery~", ["ferry@1", "ferry@38"]),
        ("hrabour~", ["harbour@13", "harbour@24"]),
        ("tool~", ["toll@9", "toll@19", "toll@21"]),
        # so many times, or none
        ("atleast:3(toll)", ["toll@9", "toll@19", "toll@21", "tolls@34"]),
        ("atleast:5(toll)", []),
        ('atleast:2("the harbour")', ["the harbour@12", "the harbour@23"]),
        # the lead only in the first paragraph
        ("lead:ferry", ["ferry@1", "ferries@14"]),
        ('lead:"the toll"', []),
        ("lead:(toll NEAR/5 harbour)", ["toll@9", "harbour@13"]),
        ("lead:(toll SENTENCE harbour)", ["toll@9", "harbour@13"]),
        ("lead:st*", ["strike@5", "stopped@15"]),
        # never what is excluded, set aside, of another field, or no word at all
        ('ferry -"toll harbour"~4', ["ferry@1", "ferries@14", "ferry@38"]),
        ("-(toll SENTENCE harbour)", []),
        ("-fery~", []),
        ("in:clutter ferry toll", []),
        ("clutter:ferry crews", ["crews@2"]),
        ("section:ferry dateline:toll slug:strike lang:en author:crews", []),
        ("words:>5 date:2014 updated:2014", []),
    ],
)
def test_marks_are_what_the_clause_matched(q: str, expected: list[str]) -> None:
    assert marked(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("lead:toll", ["Toll@0"]),
        ("title:fe*", ["ferry@1"]),
        ("toll NEAR/5 row", ["Toll@0", "row@2"]),
        ("toll SENTENCE over", ["Toll@0", "Over@3"]),
        ("atleast:1(toll)", []),
        ("title:atleast:1(toll)", ["Toll@0"]),
        ("clutter:toll", []),
    ],
)
def test_a_headline_has_its_own_marks(q: str, expected: list[str]) -> None:
    assert marked(q, "Toll ferry row. Over?", "title") == expected


def test_where_the_lead_ends_can_be_given() -> None:
    text = "Tolls rise.\n\nThe toll rose.\n\nA toll fell."
    matcher = Matcher(parse("lead:toll").root)
    assert [match.start for match in matcher.find(text)] == [0]
    end = text.index("A toll")
    assert [match.start for match in matcher.find(text, end)] == [0, text.index("toll rose")]


def test_what_leans_on_a_word_makes_no_other_word() -> None:
    text = "She'll say Shell’s wells are ill. I’ll go where we're going; we were."
    root = parse("shell OR ill OR were OR we").root
    found = [text[match.start : match.end] for match in Matcher(root).find(text)]
    assert found == ["Shell’s", "ill", "we're", "we", "were"]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("the board", ["board"]),
        ("The board", ["The", "board"]),
        ("The Who", ["who", "Who"]),
        ("Hall The", ["hall"]),
        ("Saw Who The", ["who", "saw", "Who"]),
        ("The", ["The", "the", "the"]),
        ("the to", ["The", "the", "to", "the"]),
        ("hall OR the", ["The", "the", "the", "hall"]),
        ("board OR The", ["The", "board", "the", "the"]),
        ("it's hall", ["hall"]),
    ],
)
def test_a_small_word_is_marked_as_far_as_it_was_asked_for(q: str, expected: list[str]) -> None:
    text = "The board, who sold the tickets to the hall, saw Who."
    root = parse(q).root
    assert [text[match.start : match.end] for match in Matcher(root).find(text)] == expected
