"""Damage to an index, and what the doctor says of it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from index.archive import Archive
from index.doctor import examine
from index.errors import ArchiveMissing, IndexUnreadable
from index.fulltext import FullText
from tests.conftest import Program
from tests.index.taking import put, record
from tests.index.test_fulltext import folder_of, three_frogs, titled


@pytest.fixture(autouse=True)
def frogs(archive: Archive) -> None:
    three_frogs(archive)


# -- damage


@pytest.mark.parametrize("pattern", ["*.arrays", "*.toc"])
@pytest.mark.parametrize("how", ["cut", "emptied", "gone"])
def test_damage_is_named_with_the_file_and_what_to_run_and_a_rebuild_mends_it(
    pattern: str, how: str, archive: Archive, fulltext: FullText
) -> None:
    (path,) = folder_of(fulltext).glob(pattern)
    match how:
        case "cut":
            os.truncate(path, path.stat().st_size - 40)
        case "emptied":
            os.truncate(path, 0)
        case "gone":
            path.unlink()
    with pytest.raises(IndexUnreadable, match="microfiche rebuild"):
        fulltext.searcher()
    diagnosis = examine(archive.folder)
    assert not diagnosis.sound
    assert any(path.name in line for line in diagnosis.lines())
    assert "run microfiche rebuild" in diagnosis.lines()[-1]
    fulltext.rebuild(archive)
    assert examine(archive.folder).sound
    assert titled(fulltext, "frog") == 3


def test_the_doctor_finds_a_single_bit(archive: Archive, fulltext: FullText) -> None:
    (path,) = folder_of(fulltext).glob("*.arrays")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert examine(archive.folder).index_faults == (f"{path.name} is damaged",)


# -- the doctor


def test_the_doctor_finds_nothing_wrong_with_a_sound_archive(archive: Archive) -> None:
    diagnosis = examine(archive.folder)
    assert diagnosis.lines() == ["sound: 3 articles, all of them indexed"]
    assert (diagnosis.articles, diagnosis.indexed, diagnosis.behind) == (3, 3, 0)


def test_the_doctor_says_when_the_index_is_behind(archive: Archive, fulltext: FullText) -> None:
    put(
        archive,
        record(title="Toad", text="A toad sat there."),
        record(title="Newt", text="So did it."),
    )
    diagnosis = examine(archive.folder)
    assert not diagnosis.sound
    assert diagnosis.behind == 2
    assert diagnosis.lines() == [
        "the index lacks 2 changes: run microfiche rebuild, or add anything"
    ]
    fulltext.catch_up(archive)
    assert examine(archive.folder).sound


def test_the_doctor_says_when_there_is_no_index(archive: Archive, fulltext: FullText) -> None:
    shutil.rmtree(fulltext.root)
    assert examine(archive.folder).index_faults == ("there is no index",)


def test_the_doctor_says_when_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="microfiche add"):
        examine(tmp_path / "nothing")


def test_the_commands_say_it_too_and_mend_it(
    archive: Archive, fulltext: FullText, program: Program
) -> None:
    folder = archive.folder
    assert program("doctor", archive=folder).stdout == "sound: 3 articles, all of them indexed\n"
    (path,) = folder_of(fulltext).glob("*.arrays")
    os.truncate(path, 100)
    sick = program("doctor", "--json", archive=folder)
    assert (sick.returncode, json.loads(sick.stdout)["sound"]) == (1, False)
    searched = program("search", "frog", archive=folder)
    assert searched.returncode == 1
    assert "microfiche rebuild" in searched.stderr
    assert "Traceback" not in searched.stderr
    assert program("rebuild", "--if-needed", archive=folder).stdout == "indexed 3 articles\n"
    assert program("doctor", archive=folder).returncode == 0
    again = program("rebuild", "--if-needed", archive=folder)
    assert again.stdout == "the index is sound: nothing to do\n"


def test_days_begin_and_end_where_the_owner_says(tmp_path: Path, program: Program) -> None:
    folder = tmp_path / "archive"
    late = {"title": "Late", "text": "A toad sat there.", "date": "2021-03-04T23:30:00Z"}
    bare = {"title": "Bare", "text": "A frog sat there.", "date": "2021-03-04 00:30:00"}
    lines = f"{json.dumps(late)}\n{json.dumps(bare)}\n"

    def found(day: str) -> list[str]:
        told = program("search", f"date:{day}", "--json", archive=folder).stdout
        return sorted(one["title"] for one in json.loads(told)["results"])

    assert program("zone", "Europe/Berlin", archive=folder).returncode == 0
    assert program("zone", archive=folder).stdout == "Europe/Berlin\n"
    added = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
    assert added.returncode == 0
    assert (found("2021-03-04"), found("2021-03-05")) == (["Bare"], ["Late"])
    changed = program("zone", "UTC", archive=folder)
    assert "microfiche reclean --all" in changed.stderr
    assert (found("2021-03-03"), found("2021-03-04")) == (["Bare"], ["Late"])
    assert program("reclean", "--all", archive=folder).returncode == 0
    assert found("2021-03-04") == ["Bare", "Late"]


@pytest.mark.parametrize("name", ["Europe", "Mars/Olympus", "../../etc/passwd", " ", "x" * 999])
def test_what_is_no_time_zone_is_refused_in_one_line(
    tmp_path: Path, program: Program, name: str
) -> None:
    refused = program("zone", name, archive=tmp_path / "archive")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "names read like Europe/Berlin" in refused.stderr


def test_optimize_makes_few_segments_of_many(
    archive: Archive, fulltext: FullText, program: Program
) -> None:
    put(archive, record(title="Toad", text="A toad sat there."))
    fulltext.catch_up(archive)
    assert fulltext.segments() == 2
    optimized = program("optimize", archive=archive.folder)
    assert optimized.stdout == "2 segments became 1\n"
    assert program("search", "toad OR frog", archive=archive.folder).returncode == 0
    assert examine(archive.folder).sound
