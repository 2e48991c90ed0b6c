"""Damage and neighbours of the archive: told by name, never a traceback, never overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive
from index.doctor import examine
from index.errors import ArchiveUnreadable, IndexUnreadable, MicroficheError
from index.fulltext import FullText
from index.fulltext import current as pointer
from index.locking import writer_lock
from tests.conftest import Program
from tests.index.taking import put, record
from tests.index.test_fulltext import folder_of, three_frogs

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def frogs(archive: Archive) -> None:
    three_frogs(archive)


def test_rebuild_if_needed_mends_an_index_that_is_behind(
    archive: Archive, program: Program
) -> None:
    put(archive, record(title="Toad", text="A toad."))
    assert not examine(archive.folder).sound
    program("rebuild", "--if-needed", archive=archive.folder)
    assert examine(archive.folder).sound


def test_adding_to_an_index_of_an_older_release_does_not_pass_it_off_as_new(
    archive: Archive, fulltext: FullText
) -> None:
    current = fulltext.current()
    assert current is not None
    pointer.write(fulltext.root, replace(current, schema=0))
    put(archive, record(title="Toad", text="A toad."))
    before = folder_of(fulltext)
    try:
        fulltext.catch_up(archive)
    except IndexUnreadable:
        return
    assert folder_of(fulltext) != before, "made anew"


@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
def test_adding_to_a_damaged_index_is_one_line(
    pattern: str, archive: Archive, fulltext: FullText, program: Program, tmp_path: Path
) -> None:
    (path,) = folder_of(fulltext).glob(pattern)
    os.truncate(path, path.stat().st_size - 40)
    (tmp_path / "new.txt").write_text("A toad\n\nThe toad sat there.\n")
    done = program("add", tmp_path / "new.txt", archive=archive.folder)
    assert "Traceback" not in done.stderr
    # either mended, or told
    assert examine(archive.folder).sound or (done.returncode == 1 and "rebuild" in done.stderr)


def test_every_flipped_byte_of_a_table_of_contents_is_told_as_damage(fulltext: FullText) -> None:
    (path,) = folder_of(fulltext).glob("*.toc")
    content = path.read_bytes()
    leaks = set()
    for offset in range(0, len(content), 7):
        flipped = bytearray(content)
        flipped[offset] ^= 0xFF
        path.write_bytes(flipped)
        try:
            fulltext.searcher().close()
        except MicroficheError:
            pass
        except Exception as error:  # noqa: BLE001 - any other is the fault looked for
            leaks.add(type(error).__name__)
    assert leaks == set()


def test_a_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "f").mkdir()
    db = tmp_path / "f" / "archive.sqlite"
    c = sqlite3.connect(db)
    c.execute("CREATE TABLE t (x)")
    c.commit()
    c.close()
    before = db.read_bytes()
    for opening in (Archive.open, Archive.create):
        with pytest.raises(ArchiveUnreadable):
            opening(tmp_path / "f")
        assert db.read_bytes() == before


def test_a_second_writer_that_gives_up_leaves_the_failures_of_the_first(
    archive: Archive, program: Program, tmp_path: Path
) -> None:
    listed = archive.folder / "failures.jsonl"
    listed.write_text('{"path": "x", "reason": "y"}\n')
    with writer_lock(archive.folder):
        program("add", tmp_path, "--wait", "0.1", archive=archive.folder)
    assert listed.exists()


def test_an_index_root_that_anybody_may_write_to_is_refused(fulltext: FullText) -> None:
    fulltext.root.chmod(0o777)
    with pytest.raises(MicroficheError):
        fulltext.searcher()


def test_folding_folds_styled_letters_too() -> None:
    from index.analysis import fold

    assert fold("𝐀𝐝𝐚") == "ada"
