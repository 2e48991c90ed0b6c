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
    IN_SENTENCES,
    OPERATORS,
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Field,
    Fuzzy,
    Length,
    Near,
    Not,
    Pattern,
    Phrase,
    Picking,
    Sentence,
    Word,
    Worded,
    printed,
)
from search.language import MOST_CHARACTERS, parse

MOST_CLAUSES = 256
MOST_DEPTH = 16


def understood(text: str) -> str | None:
    root = parse(text).root
    return None if root is None else printed(root)


def leaves(clause: Clause | None) -> Iterator[Worded | Picking]:
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
        ("date:Q3", "date:Q3"),
        ("date:1980s", "date:1980s"),
        ('date:"last week"', 'date:"last week"'),
        ('date:"March 4, 2014"', 'date:"March 4, 2014"'),
        ('date:"/march 2014"', 'date:"/march 2014"'),
        ("updated:>2014", "updated:>2014"),
        # a date that is not in quotes is as long as it can be, a year by itself only a year
        ("date:last week ferry", 'date:"last week" ferry'),
        ("date:since 4 March ferry", 'date:"since 4 March" ferry'),
        ("date:4 – 6 March 2014", 'date:"4 – 6 March 2014"'),
        ("date:March madness", "date:March madness"),
        ("date:2014 march", "date:2014 march"),
        # near one another
        ('"ferry strike"~5', '"ferry strike"~5'),
        ('"ferry strike toll"~8', '"ferry strike toll"~8'),
        ("ferry NEAR/5 strike", '"ferry strike"~5'),
        ("ferry NEAR/5 strike toll", '"ferry strike"~5 toll'),
        ("ferry OR strike NEAR/5 toll", 'ferry OR "strike toll"~5'),
        ("-ferry NEAR/5 strike", '-"ferry strike"~5'),
        ('"ferry strike" NEAR/5 toll', '"ferry strike" NEAR/5 toll'),
        ("harbour-bridge NEAR/5 toll", '"harbour bridge" NEAR/5 toll'),
        ("ferry NEAR/5 strike NEAR/3 toll", '"ferry strike"~5 "strike toll"~3'),
        ("(ferry OR tram) NEAR/5 toll", '"ferry toll"~5 OR "tram toll"~5'),
        ("title:ferry NEAR/5 strike", 'title:"ferry strike"~5'),
        ("title:ferry NEAR/5 title:strike", 'title:"ferry strike"~5'),
        ("title:(ferry NEAR/5 strike)", 'title:"ferry strike"~5'),
        ('title:("ferry strike" NEAR/5 toll)', 'title:("ferry strike" NEAR/5 toll)'),
        ('"ferry strike"~0', '"ferry strike"'),
        ("NEAR near", "NEAR near"),
        # in the same sentence
        ("ferry SENTENCE toll", "ferry SENTENCE toll"),
        ("ferry SENTENCE toll SENTENCE tram", "ferry SENTENCE toll SENTENCE tram"),
        ("ferry SENTENCE toll tram", "(ferry SENTENCE toll) tram"),
        ("ferry SENTENCE toll NEAR/5 tram", '(ferry SENTENCE toll) "toll tram"~5'),
        ('"ferry strike" SENTENCE toll', '"ferry strike" SENTENCE toll'),
        ("(ferry OR tram) SENTENCE toll", "(ferry SENTENCE toll) OR (tram SENTENCE toll)"),
        ("lead:(ferry SENTENCE toll)", "lead:(ferry SENTENCE toll)"),
        ("author:(ferry SENTENCE toll)", "author:ferry author:toll"),
        ("-(ferry SENTENCE toll)", "-(ferry SENTENCE toll)"),
        # patterns and spellings
        ("colo?r", "colo?r"),
        ("wil*d", "wil*d"),
        ("title:wo?d*", "title:wo?d*"),
        ("wil*d,", "wil*d"),
        ("fe**", "fe*"),
        ("ferry~", "ferry~"),
        ("ferry~1", "ferry~"),
        ("ferry~2", "ferry~2"),
        ("ferry~0", "ferry"),
        ("author:grieve~", "author:grieve~"),
        # so many times
        ("atleast:3(toll)", "atleast:3(toll)"),
        ("ATLEAST:3(toll)", "atleast:3(toll)"),
        ("atleast:3 toll", "atleast:3(toll)"),
        ('atleast:3("ferry toll")', 'atleast:3("ferry toll")'),
        ("atleast:3(ferry toll)", "atleast:3(ferry) atleast:3(toll)"),
        ("atleast:3(ferry OR -toll)", "atleast:3(ferry) OR -atleast:3(toll)"),
        ("title:atleast:2(toll)", "title:atleast:2(toll)"),
        # so long
        ("words:>1200", "words:>1200"),
        ("words:>=1200", "words:>1199"),
        ("words:<200", "words:<200"),
        ("words:500-800", "words:500-800"),
        ("words:800..500", "words:500-800"),
        ("words:1,200", "words:1200"),
        ("words:>=0", "words:>=0"),
        ('-words:"<200"', "-words:<200"),
        # the other fields
        ("lead:toll", "lead:toll"),
        ("section:sport", "section:sport"),
        ('dateline:"New Haven"', 'dateline:"New Haven"'),
        ("lang:de", "lang:de"),
        ("language:german", "lang:german"),
        ('slug:"update 2"', 'slug:"update 2"'),
        ('author:"j. smith"', 'author:"j. smith"'),
        # what was set aside
        ("in:clutter subscribe", "clutter:subscribe"),
        ("subscribe in:clutter", "clutter:subscribe"),
        ("in:clutter subscribe now title:toll", "clutter:subscribe clutter:now title:toll"),
        ("ferry (in:clutter subscribe)", "ferry clutter:subscribe"),
        ("in:clutter (ferry OR toll)", "clutter:ferry OR clutter:toll"),
        ("in:headline toll", "title:toll"),
        # what looks like syntax and is none
        ("10:30", '"10 30"'),
        ("https://example.org/toll", '"https example org toll"'),
        ("C++ AT&T O'Brien U.S. 100,000 3.5", "C++ AT&T O'Brien U.S. 100,000 3.5"),
        ("why? really!", "why really"),
        ("why?? why?!", "why why"),
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
        ("OR toll", "toll", "OR had nothing to join: it was left out"),
        ("toll AND", "toll", "AND had nothing to join: it was left out"),
        ("title:OR", 'title:"OR"', "OR had nothing to join: it was searched as a word"),
        ("toll NOT", "toll", "NOT had nothing to join: it was left out"),
        ("(toll OR)", "toll", "OR had nothing to join: it was left out"),
        (
            "toll OR OR tram",
            "toll OR tram",
            "OR had nothing to join: it was left out",
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
            "*oll",
            "oll",
            "“*oll” was searched without its star or question mark:"
            " at least 2 letters of one word go before it",
        ),
        (
            "*ferry*",
            "ferry",
            "“*ferry*” was searched without its star or question mark:"
            " at least 2 letters of one word go before it",
        ),
        (
            "f?rry",
            '"f rry"',
            "“f?rry” was searched without its star or question mark:"
            " at least 2 letters of one word go before it",
        ),
        (
            "to~",
            "to",
            "“to~” was searched as it is spelt:"
            " only one word of 3 letters or more can be spelt otherwise",
        ),
        ("ferry~9", "ferry~2", "“ferry~9”: at most 2 letters of it may differ"),
        ("toll~2", "toll~", "“toll~2”: at most 1 letter of it may differ"),
        ('"toll"~5', "toll", "“toll”~5 needs two words that can be near one another"),
        ("NEAR/5 toll", "toll", "NEAR/5 had nothing to join: it was left out"),
        (
            "toll NEAR/5 -tram",
            "toll -tram",
            "NEAR/5 had nothing to join: it was left out",
        ),
        (
            "toll SENTENCE",
            "toll",
            "SENTENCE had nothing to join: it was left out",
        ),
        (
            "toll NEAR/500 tram",
            '"toll tram"~50',
            "words can be within 1 to 50 words of one another, not 500",
        ),
        ("toll NEAR/5 tra*", "toll tra*", "NEAR/5 joins words and phrases: it was read as AND"),
        (
            "author:toll NEAR/5 title:tram",
            "author:toll title:tram",
            "NEAR/5 joins words and phrases: it was read as AND",
        ),
        (
            "date:2014 SENTENCE toll",
            "date:2014 toll",
            "SENTENCE joins words and phrases: it was read as AND",
        ),
        (
            "atleast:x(toll)",
            "atleast x toll",
            "atleast: takes a number and a word, as in atleast:3(word): it was searched as words",
        ),
        ("atleast:0(toll)", "atleast:1(toll)", "atleast: counts from 1 to 999: 0 was read as 1"),
        (
            "atleast:3(tol*)",
            "tol*",
            "atleast: counts words and phrases; the rest was read as it stands",
        ),
        (
            "words:many",
            "many",
            "“many” is no number of words such as 800, >1200 or 500-800: it was searched as a word",
        ),
        (
            "date:31 feb",
            "31 feb",
            "“31 feb” is no date, because February has no day 31: it was searched as a word",
        ),
        (
            'date:"30 feb 2014"',
            '"30 feb 2014"',
            "“30 feb 2014” is no date, because February has no day 30: it was searched as a word",
        ),
        (
            "in:clutter",
            '"in clutter"',
            "in:clutter has no word beside it: it was searched as words",
        ),
        ("-in:clutter toll", "toll", "in: cannot be excluded: it was left out"),
        ("in:paris toll", "in paris toll", "there is no field “in”: it was searched as a word"),
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
    "NEAR/5", " NEAR/3 ", " SENTENCE ", "~", "~5", '"~3', "atleast:3", "atleast:", "words:",
    ">1200", "in:clutter", "in:",
    "lead:", "lang:", "updated:", "last week", "since ", "4 March", "P1W",
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
@example("by:" * 200 + "toll")
@example("by:(" * 200 + "toll")
@example("atleast:3 " * 60)
@example("in:clutter " * 60)
@example("(a OR b OR c) SENTENCE " * 60)
@example("a NEAR/5 " * 100)
@example("date:" * 120)
@example("date:last to last " * 60)
@example("ab" + "*?" * 300)
@example("toll " * 2_000)
@example("مرحبا \u202e(toll\u202c OR שלום")
@example("\ud83d\ude00 \udc00")
def test_any_text_is_a_query_within_bounds(text: str) -> None:
    query = parse(text)
    assert query.text == text
    assert len(list(leaves(query.root))) <= 4 * MOST_CLAUSES  # what NEAR joins is written out
    assert depth(query.root) <= 2 * (MOST_DEPTH + 2)
    assert len(query.notes) == len(set(query.notes))
    for leaf in leaves(query.root):
        assert len(leaf.text) <= MOST_CHARACTERS
        assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in leaf.text)


def test_two_thousand_nots_cancel_out() -> None:
    assert understood("NOT " * 100 + "toll") == "toll"
    assert understood("NOT " * 101 + "toll") == "-toll"


# -- printed and read again, a query stays the same

_FIELDS: tuple[Field | None, ...] = (
    None, None, None, None, "title", "lead", "author", "source", "tag", "section", "dateline",
    "lang", "slug", "clutter",
)  # fmt: skip
_NEWS_WORDS = (
    "toll", "Bridge", "café", "O'Brien", "U.S.", "C++", "C#", "AT&T", "100,000", "3.5bn", "1980s",
    "and", "not", "東", "Ashby's", "Ωmega", "naïve", "AND", "OR", "NOT", "SENTENCE", "NEAR",
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
_patterns = st.builds(
    Pattern, st.sampled_from(["wil*d", "co?our", "el*ct*", "ca?é", "19?4"]), _fields
)
_spellings = st.builds(
    Fuzzy, st.sampled_from(["ferry", "Étude", "governor"]), _fields, st.sampled_from([1, 2])
)
_units = st.lists(_ONE_WORD, min_size=1, max_size=2).map(" ".join)
_nearby = st.builds(
    Near,
    st.lists(_ONE_WORD, min_size=2, max_size=4).map(tuple) | st.tuples(_units, _units),
    st.integers(1, 50),
    _fields,
)
_sentences = st.builds(
    Sentence,
    st.lists(_units, min_size=2, max_size=3).map(tuple),
    st.sampled_from(sorted(IN_SENTENCES, key=str)),
)
_often = st.builds(AtLeast, _units, st.integers(1, 999), _fields)
_lengths = st.one_of(
    st.builds(Length, st.integers(0, 9_999), st.none()),
    st.builds(Length, st.none(), st.integers(0, 9_999_999)),
    st.tuples(st.integers(0, 9_999), st.integers(0, 9_999)).map(lambda two: Length(*sorted(two))),
)
CLOCK = dates.Clock(date(2026, 11, 22), date(2013, 6, 12))


def _dated(text: str) -> Dated:
    reading = dates.read(text, CLOCK)
    assert reading is not None
    assert reading.days is not None
    return Dated(reading.days, text, len(text) % 2 == 1, reading.counted)


_dates = st.sampled_from(
    [
        "2014",
        "2014-02",
        "2014-02-03",
        "2014-02/2014-04",
        "..2014",
        "2014/",
        ">2014",
        "<=2014-02",
        "last week",
        "yesterday",
        "since 4 March",
        "4 March 2014",
        "P1W",
        "P1W/2014-05-25",
        "1980s",
        "/4 March",
        "March 4, 2014",
        "first half of 1987",
        "4 – 6 March",
        "> march",
    ]
).map(_dated)
_leaves: st.SearchStrategy[Clause] = st.one_of(
    _words,
    _prefixes,
    _phrases,
    _dates,
    _patterns,
    _spellings,
    _nearby,
    _sentences,
    _often,
    _lengths,
)


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
    query = parse(text, CLOCK)
    assert query.root == tree
    assert query.notes == ()


def _can_be_printed(root: Clause | None) -> bool:
    """Whether the tree is within what a query can hold once it is written out."""
    return root is not None and len(printed(root)) <= MOST_CHARACTERS


@given(hostile)
@example("colour:red OR (title:(toll -bridge) date:2014")
@example("a OR OR b AND NOT")
@example("SENTENCE?~';--")
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


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("toll OR", "toll"),
        ("OR toll", "toll"),
        ("toll AND OR tram", "toll OR tram"),
        ("NEAR/3 toll", "toll"),
        ("toll NOT", "toll"),
        ("(toll OR) tram", "toll tram"),
        ("SENTENCE toll AND", "toll"),
    ],
)
def test_an_operator_with_nothing_to_join_is_left_out(typed: str, same: str) -> None:
    read = parse(typed)
    assert read.root == parse(same).root
    assert any("had nothing to join: it was left out" in note for note in read.notes)


@pytest.mark.parametrize("typed", ["OR", "NOT", "OR AND", "title:OR toll", "-OR toll"])
def test_an_operator_that_is_all_there_is_stays_a_word(typed: str) -> None:
    read = parse(typed)
    assert read.root is not None
    assert any("it was searched as a word" in note for note in read.notes)
    assert parse(printed(read.root)).root == read.root


@pytest.mark.parametrize(
    "typed",
    ["recessio?", "title:recessio?", "recessio? -bank", "recessio? OR slump", "recessio? in May"],
)
def test_a_question_mark_that_asks_nothing_is_told(typed: str) -> None:
    (note,) = parse(typed).notes
    assert note.startswith("the question mark behind “recessio” was left out: recessio* finds")


@pytest.mark.parametrize(
    "typed",
    [
        "was it a recession?",
        "Recession? What recession?",
        "really??",
        "wo?d",
        '"recessio?"',
        "2014?",
    ],
)
def test_a_question_is_asked_without_a_note(typed: str) -> None:
    assert parse(typed).notes == ()
