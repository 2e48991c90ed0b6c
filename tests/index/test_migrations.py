"""Archives that are damaged, of another release, or another program's: used, mended or refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index import migrations
from index.archive import FILE, Archive
from index.errors import ArchiveMissing, ArchiveUnreadable
from tests.index.taking import put, record


def test_an_archive_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="microfiche add PATH"):
        Archive.open(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as foreign:
        foreign.execute("CREATE TABLE bookmarks (url TEXT)")
    foreign.close()
    for opening in (Archive.open, Archive.create):
        with pytest.raises(ArchiveUnreadable, match="another program's database"):
            opening(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as foreign:
        tables = foreign.execute("SELECT name FROM sqlite_master").fetchall()
    foreign.close()
    assert tables == [("bookmarks",)]


@pytest.mark.parametrize("content", [b"not a database at all, just text" * 50, b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ArchiveUnreadable):
        Archive.open(tmp_path)


def test_an_archive_of_a_later_release_is_refused(archive: Archive) -> None:
    later = len(migrations.MIGRATIONS) + 1
    archive._db.execute(f"PRAGMA user_version = {later}")
    for opening in (Archive.open, Archive.create):
        with pytest.raises(ArchiveUnreadable, match="update microfiche"):
            opening(archive.folder)


def test_an_archive_of_an_older_release_is_brought_up_by_whoever_writes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (id,) = put(archive, record(title="Heron returns"))
    step = "ALTER TABLE articles ADD COLUMN note TEXT NOT NULL DEFAULT ''; CREATE TABLE extra (x)"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, f"{step};"))
    with pytest.raises(ArchiveUnreadable, match="older release"):
        Archive.open(archive.folder)
    with Archive.create(archive.folder) as newer:
        assert newer.get(id) is not None
        assert newer._db.execute("PRAGMA user_version").fetchone()[0] == len(migrations.MIGRATIONS)
    Archive.open(archive.folder).close()


def test_a_step_of_a_migration_that_fails_leaves_the_archive_as_it_was(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive, record(title="Heron returns"))
    broken = "CREATE TABLE extra (x); CREATE TABLE extra (x);"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Archive.create(archive.folder)
    monkeypatch.undo()
    with Archive.open(archive.folder) as same:
        assert len(same) == 1
        assert (
            same._db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").fetchone()[
                0
            ]
            == 0
        )


def test_a_sound_archive_has_no_faults_and_a_damaged_one_has(
    archive: Archive, tmp_path: Path
) -> None:
    put(archive, *[record(title=f"Frog {number}", text="It sat. " * 40) for number in range(50)])
    assert archive.faults() == []
    archive._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray((archive.folder / FILE).read_bytes())
    content[8_192:20_480] = b"\xff" * 12_288
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / FILE).write_bytes(content)
    with Archive.open(tmp_path / "damaged") as damaged:
        assert damaged.faults()
