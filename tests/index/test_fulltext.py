"""The index of an archive: catching up, rebuilding beside, damage, and what the doctor says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from whoosh import query

from index.archive import Archive
from index.doctor import examine
from index.errors import IndexUnreadable, UnsafeIndex
from index.fulltext import FullText
from index.fulltext import current as pointer
from tests.index.taking import put, record


def three_frogs(archive: Archive) -> None:
    """Put three articles into an archive and its index."""
    rows = [record(title=f"Frog {n}", text=f"Frog {n} sat in the drawer.") for n in range(3)]
    put(archive, *rows)
    FullText(archive.folder / "index").catch_up(archive)


@pytest.fixture(autouse=True)
def frogs(archive: Archive) -> None:
    three_frogs(archive)


def titled(fulltext: FullText, word: str) -> int:
    with fulltext.searcher() as searcher:
        return len(searcher.search(query.Term("title", word), limit=None))


def folder_of(fulltext: FullText) -> Path:
    current = fulltext.current()
    assert current is not None
    return fulltext.root / current.folder


# -- catching up


def test_catching_up_takes_only_what_changed(archive: Archive, fulltext: FullText) -> None:
    before = folder_of(fulltext)
    segments = set(before.glob("*.arrays"))
    put(archive, record(title="Toad", text="A toad sat in the drawer."))
    told: list[int] = []
    assert fulltext.catch_up(archive, told.append) == []
    assert sum(told) == 1
    assert folder_of(fulltext) == before
    assert segments
    assert titled(fulltext, "toad") == 1
    assert titled(fulltext, "frog") == 3


def test_catching_up_with_nothing_new_writes_nothing(archive: Archive, fulltext: FullText) -> None:
    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in fulltext.root.rglob("*")}

    before = state()
    assert fulltext.catch_up(archive) == []
    assert state() == before


def test_a_new_version_takes_the_place_of_the_old(archive: Archive, fulltext: FullText) -> None:
    url = "https://drawer.example/newt"
    (id,) = put(archive, record(url=url, title="Newt", text="A newt sat there."))
    fulltext.catch_up(archive)
    put(archive, record(url=url, title="Newt leaves", text="A newt left."))
    fulltext.catch_up(archive)
    with fulltext.searcher() as searcher:
        (hit,) = searcher.search(query.Term("id", id))
        assert (hit["id"], hit["version"]) == (id, 2)
        assert len(searcher.search(query.Term("body", "sat"), limit=None)) == 3


def test_an_article_that_was_removed_is_found_no_more(archive: Archive, fulltext: FullText) -> None:
    (id,) = put(archive, record(title="Toad", text="A toad sat in the drawer."))
    fulltext.catch_up(archive)
    with archive.writing():
        assert archive.remove(id)
    fulltext.catch_up(archive)
    assert titled(fulltext, "toad") == 0
    assert examine(archive.folder).sound


def test_all_headlines_and_the_standfirst_are_searched(
    archive: Archive, fulltext: FullText
) -> None:
    put(archive, record(title="Toad", text="It sat.", standfirst="A salamander was not seen."))
    fulltext.catch_up(archive)
    with fulltext.searcher() as searcher:
        assert len(searcher.search(query.Term("body", "salamand"))) == 1


def test_an_open_searcher_keeps_its_view(archive: Archive, fulltext: FullText) -> None:
    with fulltext.searcher() as searcher:
        put(archive, record(title="Toad", text="A toad sat in the drawer."))
        fulltext.catch_up(archive)
        assert len(searcher.search(query.Every(), limit=None)) == 3
    assert titled(fulltext, "toad") == 1


# -- rebuilding


def test_a_rebuild_stands_beside_until_it_is_whole(archive: Archive, fulltext: FullText) -> None:
    before = folder_of(fulltext)
    seen: list[bool] = []

    def during(_: int) -> None:
        seen.append(folder_of(fulltext) == before and titled(fulltext, "frog") == 3)

    assert fulltext.rebuild(archive, during) == []
    assert seen
    assert all(seen)
    assert folder_of(fulltext) != before
    assert not before.exists()
    assert titled(fulltext, "frog") == 3
    assert fulltext.faults() == []


def test_who_searches_during_a_rebuild_goes_on_with_the_old_index(
    archive: Archive, fulltext: FullText
) -> None:
    with fulltext.searcher() as searcher:
        put(archive, record(title="Toad", text="A toad sat in the drawer."))
        fulltext.rebuild(archive)
        hits = searcher.search(query.Term("body", "drawer"), limit=None)
        assert len(hits) == 3
        assert all(hit["id"] for hit in hits)
    assert titled(fulltext, "toad") == 1


def test_a_rebuild_that_is_cut_off_leaves_the_old_index_and_the_next_clears_it(
    archive: Archive, fulltext: FullText
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fulltext.rebuild(archive, stop)
    assert titled(fulltext, "frog") == 3
    assert len([path for path in fulltext.root.iterdir() if path.is_dir()]) == 2
    put(archive, record(title="Toad", text="A toad sat in the drawer."))
    fulltext.catch_up(archive)
    assert [path for path in fulltext.root.iterdir() if path.is_dir()] == [folder_of(fulltext)]
    assert titled(fulltext, "toad") == 1


def test_what_a_crash_left_in_the_folder_goes_with_the_next_commit(
    archive: Archive, fulltext: FullText
) -> None:
    folder = folder_of(fulltext)
    (fulltext.root / "0007").mkdir()
    (fulltext.root / "0007" / "MAIN_zzzz.arrays").write_bytes(b"half")
    (folder / "MAIN_0000000000000000.arrays").write_bytes(b"half a segment")
    (folder / "MAIN_0000000000000000.trm").write_bytes(b"half")
    (fulltext.root / "current.json.new").write_text("{")
    put(archive, record(title="Toad", text="A toad sat in the drawer."))
    fulltext.catch_up(archive)
    assert {path.name for path in fulltext.root.iterdir()} == {folder.name, "current.json"}
    assert not list(folder.glob("MAIN_0000*"))
    assert fulltext.faults() == []


def test_an_index_may_be_deleted_and_comes_back_whole(archive: Archive, fulltext: FullText) -> None:
    shutil.rmtree(fulltext.root)
    with pytest.raises(IndexUnreadable, match="microfiche rebuild"):
        fulltext.searcher()
    fulltext.catch_up(archive)
    assert titled(fulltext, "frog") == 3


# -- safety


def test_folders_are_for_their_owner_only(archive: Archive, fulltext: FullText) -> None:
    for folder in (archive.folder, fulltext.root, folder_of(fulltext)):
        assert folder.stat().st_mode & 0o077 == 0


def test_an_index_that_anybody_may_write_to_is_refused(fulltext: FullText) -> None:
    folder_of(fulltext).chmod(0o777)
    with pytest.raises(UnsafeIndex, match="chmod"):
        fulltext.searcher()


@pytest.mark.parametrize("folder", ["../../elsewhere", "/tmp", "", "0001/../.."])
def test_a_pointer_to_a_folder_outside_is_refused(folder: str, fulltext: FullText) -> None:
    current = json.loads((fulltext.root / "current.json").read_text())
    (fulltext.root / "current.json").write_text(json.dumps({**current, "folder": folder}))
    with pytest.raises(IndexUnreadable):
        fulltext.searcher()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"folder": "0001"}', '{"files": 3}'])
def test_a_damaged_pointer_is_named_with_what_to_run(text: str, fulltext: FullText) -> None:
    (fulltext.root / "current.json").write_text(text)
    with pytest.raises(IndexUnreadable, match="rebuild"):
        fulltext.searcher()


def test_an_index_of_another_release_is_refused_for_searching(fulltext: FullText) -> None:
    current = json.loads((fulltext.root / "current.json").read_text())
    (fulltext.root / "current.json").write_text(json.dumps({**current, "schema": 999}))
    with pytest.raises(IndexUnreadable, match="another release"):
        fulltext.searcher()


def test_the_pointer_lists_every_file_of_the_index(fulltext: FullText) -> None:
    current = fulltext.current()
    assert current is not None
    on_disk = {path.name for path in folder_of(fulltext).iterdir()} - {"MAIN_WRITELOCK"}
    assert set(current.files) == on_disk
    assert pointer.faults(fulltext.root, current, full=True) == []
