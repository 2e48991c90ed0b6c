"""What people type, and how it is understood. Any text is a query; none is an error."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import words
from search import dates
from search.clauses import (
    OPERATORS,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    Field,
    Not,
    Phrase,
    Word,
    printed,
)
from search.language import MOST_CHARACTERS, parse

MOST_CLAUSES = 64
MOST_DEPTH = 16


def understood(text: str) -> str | None:
    root = parse(text).root
    return None if root is None else printed(root)


def leaves(clause: Clause | None) -> Iterator[Word | Phrase | Dated]:
    match clause:
        case None:
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield clause


def depth(clause: Clause | None) -> int:
    match clause:
        case AllOf(parts) | AnyOf(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
        case _:
            return 0


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        # words stand side by side, and AND changes nothing
        ("ferry", "ferry"),
        ("  ferry   strike ", "ferry strike"),
        ("ferry AND strike", "ferry strike"),
        ("ferry and strike", "ferry and strike"),
        # phrases, in whatever quotation marks the keyboard has
        ('"ferry strike"', '"ferry strike"'),
        ("“ferry strike”", '"ferry strike"'),
        ("„ferry strike“", '"ferry strike"'),
        ("«ferry strike»", '"ferry strike"'),
        ('" ferry   strike "', '"ferry strike"'),
        ('"ferry"', "ferry"),
        ('"state of emergency"', '"state of emergency"'),
        ('ferry"strike vote"toll', 'ferry "strike vote" toll'),
        # one or the other
        ("ferry OR tram", "ferry OR tram"),
        ("ferry OR tram OR bus", "ferry OR tram OR bus"),
        ("ferry strike OR tram", "(ferry strike) OR tram"),
        ("ferry OR tram strike", "ferry OR (tram strike)"),
        ("(ferry OR tram) strike", "(ferry OR tram) strike"),
        ("ferry or tram", "ferry or tram"),
        # without
        ("ferry -strike", "ferry -strike"),
        ("ferry –strike", "ferry -strike"),
        ("ferry NOT strike", "ferry -strike"),
        ("ferry AND NOT strike", "ferry -strike"),
        ("NOT NOT ferry", "ferry"),
        ("--ferry", "ferry"),
        ("-(-ferry)", "ferry"),
        ('ferry -"strike vote"', 'ferry -"strike vote"'),
        ("ferry -(strike OR vote)", "ferry -(strike OR vote)"),
        ("ferry OR NOT strike", "ferry OR -strike"),
        ("harbour-bridge", '"harbour bridge"'),
        ("post–war", '"post war"'),
        # grouping melts where it says nothing
        ("(ferry)", "ferry"),
        ("((ferry strike))", "ferry strike"),
        ("(ferry strike) vote", "ferry strike vote"),
        ("((ferry OR tram) strike) OR bus", "((ferry OR tram) strike) OR bus"),
        # beginnings
        ("electio*", "electio*"),
        ("title:electio*", "title:electio*"),
        ("-electio*", "-electio*"),
        ("O'Br*", "O'Br*"),
        # fields, by all their names
        ("author:Ashby", "author:Ashby"),
        ("by:Ashby", "author:Ashby"),
        ("byline:Ashby", "author:Ashby"),
        ("AUTHOR:Ashby", "author:Ashby"),
        ("title:toll", "title:toll"),
        ("headline:toll", "title:toll"),
        ("source:Gazette", "source:Gazette"),
        ("outlet:Gazette", "source:Gazette"),
        ("tag:budget", "tag:budget"),
        ('author:"Una Ashby"', 'author:"Una Ashby"'),
        ("author:Ashby-Cole", 'author:"Ashby Cole"'),
        ("title:(toll bridge)", "title:toll title:bridge"),
        ("title:(toll OR bridge)", "title:toll OR title:bridge"),
        ("title:(toll -bridge)", "title:toll -title:bridge"),
        ("title:(toll author:Ashby)", "title:toll author:Ashby"),
        ("-title:toll", "-title:toll"),
        ("title:by:Ashby", "author:Ashby"),
        # days
        ("date:2014", "date:2014"),
        ("published:2014-02", "date:2014-02"),
        ("date:2014-02-03", "date:2014-02-03"),
        ("date:2014-02/2014-04", "date:2014-02/2014-04"),
        ("date:2014..2015", "date:2014..2015"),
        ("date:/2014", "date:/2014"),
        ("date:>2014-03", "date:>2014-03"),
        ('date:"2014-02"', "date:2014-02"),
        ("-date:2014", "-date:2014"),
        ("title:(toll date:2014)", "title:toll date:2014"),
        # what looks like syntax and is none
        ("10:30", '"10 30"'),
        ("https://example.org/toll", '"https example org toll"'),
        ("C++ AT&T O'Brien U.S. 100,000 3.5", "C++ AT&T O'Brien U.S. 100,000 3.5"),
        ("why? really!", "why really"),
        ("snake_case", '"snake case"'),
        ('"AND"', '"AND"'),
        # scripts without spaces: every character is a word
        ("東京", '"東 京"'),
        # an accent typed as two characters is the same letter
        ("cafe\u0301", "café"),
    ],
)
def test_a_query_is_understood_as(typed: str, tree: str) -> None:
    query = parse(typed)
    assert query.root is not None
    assert printed(query.root) == tree
    assert query.notes == ()
    assert query.text == typed


@pytest.mark.parametrize(
    "typed", ["", " ", "\t\n", "()", "((()))", "-()", "NOT ()", "\x00", "\ud800"]
)
def test_nothing_asked_for_is_no_tree_at_all(typed: str) -> None:
    query = parse(typed)
    assert query.root is None
    assert query.clauses == ()


def test_the_parts_at_the_top_are_its_clauses() -> None:
    assert [printed(part) for part in parse('toll "harbour bridge" -tram').clauses] == [
        "toll",
        '"harbour bridge"',
        "-tram",
    ]
    assert [printed(part) for part in parse("toll OR tram").clauses] == ["toll OR tram"]
    assert [printed(part) for part in parse("toll").clauses] == ["toll"]


# -- notes: what was read otherwise than it was typed


@pytest.mark.parametrize(
    ("typed", "tree", "note"),
    [
        ('toll "bridge', "toll bridge", "a quotation mark without its partner was left out"),
        ('"', None, "a quotation mark without its partner was left out"),
        ("(toll bridge", "toll bridge", "an opening bracket without a closing one was left out"),
        ("toll) bridge", "toll bridge", "a closing bracket without an opening one was left out"),
        (")", None, "a closing bracket without an opening one was left out"),
        (
            "colour:red",
            "colour red",
            "there is no field “colour”: it was searched as a word",
        ),
        ("OR toll", '"OR" toll', "OR had nothing to join: it was searched as a word"),
        ("toll AND", 'toll "AND"', "AND had nothing to join: it was searched as a word"),
        ("title:OR", 'title:"OR"', "OR had nothing to join: it was searched as a word"),
        ("toll NOT", 'toll "NOT"', "NOT had nothing to join: it was searched as a word"),
        ("(toll OR)", 'toll "OR"', "OR had nothing to join: it was searched as a word"),
        (
            "toll OR OR tram",
            '(toll "OR") OR tram',
            "OR had nothing to join: it was searched as a word",
        ),
        (
            "date:someday",
            "someday",
            "“someday” is no date such as 2014, 2014-02, 2014-02-03 or 2014-02/2014-04:"
            " it was searched as a word",
        ),
        (
            "date:2014-02-30",
            '"2014 02 30"',
            "“2014-02-30” is no date such as 2014, 2014-02, 2014-02-03 or 2014-02/2014-04:"
            " it was searched as a word",
        ),
        ("a*", "a", "“a*” is too short for a beginning: it was searched as a word"),
        (
            "tol*l",
            '"tol l"',
            "a star only works at the end of a word: “tol*l” was searched without it",
        ),
        ("!!!", None, "“!!!” holds no word"),
        ("toll 🚢", "toll", "“🚢” holds no word"),
        ('"..."', None, "“...” holds no word"),
    ],
)
def test_what_was_read_otherwise_is_said_in_a_note(typed: str, tree: str | None, note: str) -> None:
    assert understood(typed) == tree
    assert parse(typed).notes == (note,)


def test_a_note_is_said_once() -> None:
    assert parse("!!! ) !!! )").notes == (
        "“!!!” holds no word",
        "a closing bracket without an opening one was left out",
    )


def test_too_long_a_query_is_cut_and_says_so() -> None:
    query = parse("toll " + "x" * MOST_CHARACTERS)
    assert printed(query.clauses[0]) == "toll"
    assert sum(len(printed(clause)) for clause in query.clauses) < MOST_CHARACTERS
    assert query.notes == (f"only the first {MOST_CHARACTERS} characters were read",)
    assert parse("x" * MOST_CHARACTERS).notes == ()


def test_too_many_words_are_cut_and_say_so() -> None:
    query = parse("a1 " * (MOST_CLAUSES + 1))
    assert len(query.clauses) == MOST_CLAUSES
    assert query.notes == (f"only the first {MOST_CLAUSES} words were searched",)
    assert parse("a1 " * MOST_CLAUSES).notes == ()


def test_brackets_too_deep_are_left_out_and_say_so() -> None:
    def nested(levels: int) -> str:
        return "(toll OR " * levels + "tram" + ")" * levels

    assert parse(nested(MOST_DEPTH)).notes == ()
    deep = parse(nested(MOST_DEPTH + 1))
    assert f"brackets deeper than {MOST_DEPTH} were left out" in deep.notes
    assert {printed(leaf) for leaf in leaves(deep.root)} == {"toll", "tram"}


# -- any text is a query

_FRAGMENTS = (
    "(", ")", '"', "“", "-", "–", "--", "*", "?", ":", "/", "..", ">", "<=", " ", "\t",
    "AND", "OR", "NOT", " AND ", " OR ", " NOT ", "title:", "by:", "date:", "colour:",
    "toll", "U.S.", "C++", "AT&T", "O’Brien", "100,000", "2014-02", "2014-02-30", "café", "ß",
    "東京", "\u0301", "\u202e", "\u200b", "\x00", "\ud800", "\udfff", "\U0001f6a2", "ﬁ",
)  # fmt: skip
hostile = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=700),
    st.lists(st.sampled_from(_FRAGMENTS), max_size=60).map("".join),
)


@given(hostile)
@example("(" * 5_000)
@example(")" * 5_000)
@example("(" * 5_000 + "toll" + ")" * 5_000)
@example("NOT " * 2_000 + "toll")
@example("-" * 5_000 + "toll")
@example('"' * 5_001)
@example("a:" * 2_500 + "toll")
@example("title:(" * 1_000)
@example("toll " * 2_000)
@example("مرحبا \u202e(toll\u202c OR שלום")
@example("\ud83d\ude00 \udc00")
def test_any_text_is_a_query_within_bounds(text: str) -> None:
    query = parse(text)
    assert query.text == text
    assert len(list(leaves(query.root))) <= MOST_CLAUSES
    assert depth(query.root) <= 2 * (MOST_DEPTH + 2)
    assert len(query.notes) == len(set(query.notes))
    for leaf in leaves(query.root):
        assert len(leaf.text) <= MOST_CHARACTERS
        assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in leaf.text)


def test_two_thousand_nots_cancel_out() -> None:
    # 512 characters hold 128 of them.
    assert understood("NOT " * 100 + "toll") == "toll"
    assert understood("NOT " * 101 + "toll") == "-toll"


# -- printed and read again, a query stays the same

_FIELDS: tuple[Field | None, ...] = (None, None, "title", "author", "source", "tag")
_NEWS_WORDS = (
    "toll", "Bridge", "café", "O'Brien", "U.S.", "C++", "C#", "AT&T", "100,000", "3.5bn", "1980s",
    "and", "not", "東", "Ashby's", "Ωmega", "naïve", "AND", "OR", "NOT",
)  # fmt: skip
_ONE_WORD = st.sampled_from(_NEWS_WORDS) | st.text(
    st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=6
).filter(
    lambda text: (
        unicodedata.is_normalized("NFC", text)
        and [text[word.start : word.end] for word in words(text)] == [text]
    )
)
_fields = st.sampled_from(_FIELDS)
_words = st.builds(Word, _ONE_WORD, _fields)
_prefixes = st.builds(
    Word,
    st.sampled_from(["to", "elect", "O'Br", "caf", "19", "AT&T"]),
    _fields,
    st.just(True),
)
_phrases = st.builds(
    Phrase,
    st.lists(_ONE_WORD, min_size=2, max_size=4).map(" ".join),
    _fields,
)


def _dated(text: str) -> Dated:
    days = dates.parse(text)
    assert days is not None
    return Dated(days, text)


_dates = st.sampled_from(
    ["2014", "2014-02", "2014-02-03", "2014-02/2014-04", "..2014", "2014/", ">2014", "<=2014-02"]
).map(_dated)
_leaves: st.SearchStrategy[Clause] = st.one_of(_words, _prefixes, _phrases, _dates)


def _grown(below: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    """Trees as the language makes them: a group never holds one of its own kind that would melt."""
    several = st.lists(below, min_size=2, max_size=4)
    return st.one_of(
        several.map(
            lambda parts: AllOf(
                tuple(
                    inner
                    for part in parts
                    for inner in (part.parts if isinstance(part, AllOf) else (part,))
                )
            )
        ),
        several.map(lambda parts: AnyOf(tuple(parts))),
        below.filter(lambda part: not isinstance(part, Not)).map(Not),
    )


@given(st.recursive(_leaves, _grown, max_leaves=12))
def test_any_tree_is_read_back_as_it_was_printed(tree: Clause) -> None:
    text = printed(tree)
    if len(text) > MOST_CHARACTERS:
        return
    query = parse(text)
    assert query.root == tree
    assert query.notes == ()


def _can_be_printed(root: Clause | None) -> bool:
    """Whether the tree is within what a query can hold once it is written out."""
    return root is not None and len(printed(root)) <= MOST_CHARACTERS


@given(hostile)
@example("colour:red OR (title:(toll -bridge) date:2014")
@example("a OR OR b AND NOT")
def test_what_was_understood_is_understood_the_same_again(text: str) -> None:
    root = parse(text).root
    if root is not None and _can_be_printed(root):
        assert parse(printed(root)).root == root


@given(hostile)
def test_what_was_understood_needs_no_note(text: str) -> None:
    root = parse(text).root
    if root is not None and _can_be_printed(root):
        assert parse(printed(root)).notes == ()


@pytest.mark.parametrize("typed", ["title:", "title: toll", "toll author:"])
def test_a_field_with_nothing_right_behind_it_is_a_word_and_says_so(typed: str) -> None:
    query = parse(typed)
    assert query.root is not None
    assert {leaf.text for leaf in leaves(query.root)} == set(typed.replace(":", "").split())
    assert any("nothing right behind it" in note for note in query.notes)


@pytest.mark.parametrize("typed", ["title:-toll", "title:NOT toll", "-title:toll"])
def test_a_field_and_a_minus_keep_both_their_meanings(typed: str) -> None:
    assert parse(typed).root == Not(Word("toll", "title"))


def test_an_operator_that_was_quoted_stays_a_word() -> None:
    for operator in OPERATORS:
        assert parse(f'"{operator}"').root == Word(operator)
        assert parse(f'toll "{operator}" tram').root == AllOf(
            (Word("toll"), Word(operator), Word("tram"))
        )


def test_a_date_keeps_its_days() -> None:
    assert parse("date:2012-02").root == Dated(
        dates.Days(date(2012, 2, 1), date(2012, 3, 1)), "2012-02"
    )
