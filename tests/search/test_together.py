"""Places that fit together, on arrays: whatever the places, as ``windows`` says it of one text."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from search.adjacency import PLACE, Unit
from search.together import repeated, sentences_of, sharing, within
from search.windows import Stretch, shared_sentences, windows

# For each unit its words, and the places it begins at in each document that has it.
Units = list[tuple[int, dict[int, list[int]]]]

PLACES = some.lists(some.integers(0, 30), min_size=1, max_size=8, unique=True).map(sorted)
UNIT = some.tuples(
    some.integers(1, 3), some.dictionaries(some.integers(0, 4), PLACES, min_size=1, max_size=5)
)
UNITS: some.SearchStrategy[Units] = some.lists(UNIT, min_size=1, max_size=4)


def keys(by_document: dict[int, list[int]]) -> np.ndarray:
    found = [
        document << PLACE | place for document in by_document for place in by_document[document]
    ]
    return np.array(sorted(found), np.int64)


def arrays(units: Units) -> list[Unit]:
    return [Unit.of_run(keys(places), words) for words, places in units]


def one_by_one(units: Units) -> dict[int, list[list[Stretch]]]:
    """The stretches of each unit in each document that has them all."""
    shared = set.intersection(*(set(places) for _, places in units))
    return {
        document: [
            [(place, place + words - 1) for place in places[document]] for words, places in units
        ]
        for document in sorted(shared)
    }


def nothing(work: int) -> None:
    assert work >= 0


@settings(max_examples=300)
@given(UNIT, some.integers(1, 5))
def test_a_unit_is_counted_in_each_document(unit: tuple[int, dict[int, list[int]]], n: int) -> None:
    expected = sorted(document for document, places in unit[1].items() if len(places) >= n)
    assert repeated(arrays([unit])[0], n).tolist() == expected


@settings(max_examples=500)
@given(UNITS, some.integers(1, 12))
def test_windows_are_found_in_the_documents_that_have_one(units: Units, places: int) -> None:
    expected = [document for document, each in one_by_one(units).items() if windows(each, places)]
    assert within(arrays(units), places, nothing).tolist() == expected


@settings(max_examples=500)
@given(UNITS, some.dictionaries(some.integers(0, 4), PLACES))
def test_a_sentence_is_shared_where_one_has_them_all(
    units: Units, starts: dict[int, list[int]]
) -> None:
    held = one_by_one(units)
    assume(held)
    expected = [
        document
        for document, each in held.items()
        if shared_sentences(each, starts.get(document, ()))
    ]
    theirs = [starts.get(document, []) for document in held]
    begins = sentences_of(
        np.array(list(held), np.uint16),
        np.array([len(places) for places in theirs]),
        np.array([place for places in theirs for place in places], np.uint32),
    )
    assert sharing(arrays(units), begins, nothing).tolist() == expected
