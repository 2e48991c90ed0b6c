"""What a query may have meant: only what the archive has, and never for a word that it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import open_archive
from search.neighbours import Neighbours
from search.spellings import differ
from tests.search.conftest import Ask, Made, asker

NOTES: list[dict[str, object]] = [
    {
        "title": f"Ferry notes {day}",
        "text": f"The ferry left the harbour on day {day}. Strike!"
        f" {'We accommodate all.' if day % 3 else 'Accommodation free.'}",
    }
    for day in range(30)
]
ARTICLES: tuple[dict[str, object], ...] = (
    {
        "title": "Harbuor",
        "text": "Hurbour, harbuor and hazbour were drained, harbours too.",
    },
    {"title": "Kin", "text": "Miss Harbur wrote.", "author": "Ida Harbur"},
    {"title": "At the bakery", "text": "Oriel Ferris baked a loaf.", "author": "Oriel Ferris"},
    {"title": "At sea", "text": "A furry seal slept. No accomodation.", "author": "Tamsin Greave"},
)


@pytest.fixture(scope="module")
def ask(made_of: Made) -> Iterator[Ask]:
    with open_archive(made_of(*NOTES, *ARTICLES)) as engine:
        yield asker(engine)


def meant(ask: Ask, q: str, **wishes: object) -> str | None:
    found = ask(q, **wishes).query.did_you_mean
    if found is None:
        return None
    assert ask(found.request.q, **wishes).total == found.matches > 0
    return found.request.q


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fery", "ferry"),  # a letter left out
        ("feerry", "ferry"),  # one too many
        ("fwrry", "ferry"),  # another one
        ("efrry", "ferry"),  # two swapped
        ("Fery", "Ferry"),
        ("FERYR", "FERRY"),
        ("harbuor strkie", "harbour strike"),
        ("(harbuor OR ferry) -seal", "(harbour OR ferry) -seal"),
        ('"the fery left"', '"the ferry left"'),
        ("title:fery harbour", "title:ferry harbour"),
        ("harbuor", "harbour"),  # that one article misspells as well
        ("accomodation", "accommodation"),  # ten have it so, and twenty another form of it
        ("author:Greeve", "author:Greave"),
        ('author:"tamsin greve"', 'author:"tamsin greave"'),
    ],
)
def test_a_slip_is_offered_as_the_archive_spells_it(ask: Ask, typed: str, expected: str) -> None:
    assert meant(ask, typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "ferry strike",
        "Ferris",  # one article has the name, thirty a word that is spelt nearly so
        "hazbour",  # no slip of the pen: another word
        "Hurbour",  # with a capital, it may be a name
        "harbur",  # somebody's name
        "furry",  # a word that the archive has
        "ferries",  # the same stem
        "zeppelin",  # nothing is near
        "fe",
        "12345",
        "fery*",
        "fery~",
        "-fery",
        "lang:fery",
        "東京",
        "",
    ],
)
def test_nothing_is_offered_where_nothing_is_wrong(ask: Ask, typed: str) -> None:
    assert meant(ask, typed) is None


def test_nothing_is_offered_that_finds_nothing(ask: Ask) -> None:
    assert meant(ask, "fery zeppelin", match="all") is None
    assert meant(ask, "fery date:1823") is None


WORDS = st.text("abcé", min_size=1, max_size=6)


@given(WORDS, st.lists(WORDS, max_size=20, unique=True))
def test_all_words_at_once_are_as_far_as_each_by_itself(word: str, others: list[str]) -> None:
    found = Neighbours(dict.fromkeys(others, 1)).of(word, 2)
    expected = {
        other: edits
        for other in others
        if (edits := differ(other, word, 2))
        and other.isascii()
        and len(other) > 2
        and len(word.encode()) > 2
    }
    assert {other: edits for other, edits, _ in found if other.isascii() and word.isascii()} == (
        expected if word.isascii() else {}
    )
