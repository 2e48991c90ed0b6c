"""The small parts of the files of arrays, each against the plain way to do the same."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from index.arrays import lexicon, merging
from index.arrays.container import ArrayFile, ArrayWriter
from index.arrays.lexicon import Lexicon
from index.arrays.segment import MOST_DOCUMENTS, OVER, Postings
from index.arrays.view import Impacts
from index.errors import IndexUnreadable


def written(path: Path, **arrays: np.ndarray) -> Path:
    with ArrayWriter(path) as writer:
        for name, array in arrays.items():
            writer.add(name, array)
        writer.finish({"made": "by a test"})
    return path


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    numbers = np.arange(200_000, dtype=np.int64)
    few = np.array([3, 1, 2], np.uint16)
    file = ArrayFile(written(tmp_path / "f", numbers=numbers, few=few, none=np.zeros(0, np.uint8)))
    assert file.notes == {"made": "by a test"}
    assert np.array_equal(file.array("numbers"), numbers)
    assert np.array_equal(file.part("numbers", 99_990, 100_010), numbers[99_990:100_010])
    assert file.array("few").dtype == np.uint16
    assert len(file.array("none")) == 0
    with pytest.raises(ValueError, match="read-only"):
        file.array("few")[0] = 9
    file.close()


def test_only_what_is_read_is_checked(tmp_path: Path) -> None:
    path = written(tmp_path / "f", numbers=np.arange(200_000, dtype=np.int64))
    content = bytearray(path.read_bytes())
    content[1_000_000] ^= 1
    path.write_bytes(content)
    file = ArrayFile(path)
    assert file.part("numbers", 0, 1_000)[7] == 7
    with pytest.raises(IndexUnreadable, match="f"):
        file.part("numbers", 124_000, 126_000)
    starts = np.array([150_000, 7, 9, 100_000])
    stops = np.array([150_002, 9, 9, 100_001])
    assert file.parts("numbers", starts, stops).tolist() == [150_000, 150_001, 7, 8, 100_000]
    with pytest.raises(IndexUnreadable, match="f"):
        file.parts("numbers", np.array([1, 124_999]), np.array([2, 125_001]))
    for start, stop in ((-1, 1), (2, 1), (199_999, 200_001)):
        with pytest.raises(IndexUnreadable, match="f"):
            file.parts("numbers", np.array([start]), np.array([stop]))
    with pytest.raises(IndexUnreadable):
        file.array("numbers")


@pytest.mark.parametrize("content", [b"", b"{}", b"\x89MFARR\r\n", bytes(100), b"x" * 5_000])
def test_a_file_of_something_else_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(IndexUnreadable, match="rebuild"):
        ArrayFile(tmp_path / "f")


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    def interrupted() -> None:
        with ArrayWriter(tmp_path / "f") as writer:
            writer.add("some", np.arange(9))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


@contextmanager
def lexicon_of(*several: Sequence[bytes]) -> Iterator[list[Lexicon]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f"
        with ArrayWriter(path) as writer:
            for number, terms in enumerate(several):
                lexicon.write(writer, str(number), terms)
            writer.finish({})
        file = ArrayFile(path)
        yield [Lexicon(file, str(number)) for number in range(len(several))]
        file.close()


# Terms about as long as their keys, which differ at the end, in nothing but zeros often.
_near_keys = some.builds(
    bytes.__add__, some.binary(max_size=2), some.binary(max_size=9).map(lambda end: end[-1:] * 7)
)


@given(some.lists(some.sets(some.binary(max_size=12) | _near_keys, min_size=1), min_size=1))
def test_lexicons_are_merged_as_sorted_lists_are(several: list[set[bytes]]) -> None:
    ordered = [sorted(terms) for terms in several]
    together = sorted(set().union(*several))
    with lexicon_of(*ordered) as lexicons:
        terms, ranks = lexicon.merged(lexicons)
    assert terms == together
    assert [list(its) for its in ranks] == [
        [together.index(term) for term in terms] for terms in ordered
    ]


@given(
    some.sets(some.binary(max_size=12) | _near_keys, min_size=1),
    some.lists(some.binary(max_size=12) | _near_keys),
)
def test_a_lexicon_finds_what_a_sorted_list_finds(terms: set[bytes], sought: list[bytes]) -> None:
    ordered = sorted(terms)
    with lexicon_of(ordered) as (found,):
        assert list(found) == ordered
        for term in (*ordered, *sought):
            assert found.find(term) == (ordered.index(term) if term in terms else -1)
            assert found.at_or_after(term) == sum(other < term for other in ordered)
            low, high = found.beginning(term)
            assert found.terms(low, high) == [t for t in ordered if t.startswith(term)]
        several = [*sought, *ordered]
        assert found.ranks(several).tolist() == [found.find(term) for term in several]


def test_terms_are_found_among_any_number_that_begin_alike() -> None:
    alike = [b"commerce%03d" % number for number in range(0, 400, 3)]
    some_alike = [b"commerci" + bytes([letter]) * 5 for letter in range(97, 120)]
    ordered = sorted([*alike, *some_alike, b"commerce", b"comm"])
    sought = [b"", b"commerce001", b"commerciaaaab", b"commerciaaaaa", b"commerce399", b"commerce4"]
    with lexicon_of(ordered) as (found,):
        assert found.ranks([*sought, *ordered]).tolist() == [
            *(-1, -1, -1, ordered.index(b"commerciaaaaa"), ordered.index(b"commerce399"), -1),
            *range(len(ordered)),
        ]


def test_daily_commits_leave_few_segments_and_merge_a_document_seldom() -> None:
    chance = random.Random(1)
    sizes: list[int] = []
    merged = added = 0
    for _ in range(2_000):
        sizes.append(chance.randrange(1, 300))
        added += sizes[-1]
        while groups := merging.tiers(sizes):
            taken = {index for group in groups for index in group}
            sums = [sum(sizes[index] for index in group) for group in groups]
            merged += sum(sums)
            assert max(sums) <= MOST_DOCUMENTS
            sizes = [size for index, size in enumerate(sizes) if index not in taken] + sums
    assert sum(sizes) == added
    assert len(sizes) < 40
    assert merged < 5 * added


def test_groups_that_are_merged_fit_one_segment() -> None:
    assert merging.fitting(range(3), [60_000, 5_000, 900]) == [[0, 1], [2]]
    assert merging.fitting(range(2), [65_536, 65_536]) == [[0], [1]]


@pytest.mark.parametrize("scored", [True, False])
def test_what_many_postings_count_is_what_they_count_few_by_few(scored: bool) -> None:
    codes = np.random.default_rng(7).integers(0, 1 << 16, 50_000).astype(np.uint16)
    over = np.flatnonzero(codes >> 8 == OVER)
    frequencies = np.arange(len(over)) + OVER

    def part(start: int, stop: int) -> Postings:
        within = (over >= start) & (over < stop)
        return Postings(
            np.arange(start, stop), codes[start:stop], over[within] - start, frequencies[within]
        )

    many = Impacts(300.0, scored=scored).of_postings(part(0, len(codes)))
    few = Impacts(300.0, scored=scored)
    parts = [few.of_postings(part(at, at + 500)) for at in range(0, len(codes), 500)]
    assert "table" not in vars(few)  # or both would be looked up in it
    assert np.array_equal(many, np.concatenate(parts))
    assert len(over) > 100
