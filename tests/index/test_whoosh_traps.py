"""What plain Whoosh gets wrong, each beside the same thing done by our index, which must not."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, query
from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from index.analysis import forms
from index.archive import Archive
from index.fulltext import FullText
from index.fulltext import current as pointer
from index.fulltext.storage import DurableStorage
from tests.index.taking import put, record


def found(fulltext: FullText, wanted: query.Query, **how: Any) -> list[str]:
    """The ids of all documents that match, the best first."""
    with fulltext.searcher() as searcher:
        return [hit["id"] for hit in searcher.search(wanted, limit=None, **how)]


def phrase(text: str) -> query.Query:
    """``text`` as the words of a phrase at their places."""
    return query.Phrase("body", [form.stem for form in forms(text)])


# -- nothing is synced


class Synced:
    """Every file that was synced, and whether all files of an index were when it was renamed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self.at_rename: list[tuple[str, list[str]]] = []
        sync, rename = os.fsync, os.rename

        def fsync(descriptor: int) -> None:
            self.names.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
            sync(descriptor)

        def renamed(old: str, new: str) -> None:
            self.at_rename.append((Path(new).name, list(self.names)))
            rename(old, new)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "rename", renamed)


def two_documents(storage: FileStorage) -> FileIndex:
    index = FileIndex.create(storage, fields.Schema(id=fields.ID(stored=True), body=fields.TEXT))
    for number in range(2):
        with index.writer() as writer:
            writer.add_document(id=str(number), body="The frog sat in the drawer")
    return index


def test_plain_whoosh_syncs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = Synced(monkeypatch)
    two_documents(FileStorage(str(tmp_path))).close()
    assert synced.names == []


def test_every_file_is_synced_before_a_table_of_contents_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = Synced(monkeypatch)
    two_documents(DurableStorage(str(tmp_path))).close()
    assert [name for name, _ in synced.at_rename] == [f"_MAIN_{number}.toc" for number in range(3)]
    for _, before in synced.at_rename:
        assert before[-1] == tmp_path.name, "the folder, so that the new names are durable"
        assert before[-2].startswith("_MAIN_")
    segments = {path.name for path in tmp_path.glob("*.seg")}
    assert segments
    assert segments <= set(synced.at_rename[-1][1])
    assert synced.names[-1] == tmp_path.name, "and the folder again after the last rename"


def test_a_commit_of_ours_syncs_all_that_the_pointer_names_and_the_pointer(
    archive: Archive, fulltext: FullText, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive, record(title="Frog", text="The frog sat in the drawer."))
    synced = Synced(monkeypatch)
    fulltext.catch_up(archive)
    current = fulltext.current()
    assert current is not None
    tables = {name for name in current.files if name.endswith(".toc")}
    assert set(current.files) - tables <= set(synced.names)
    assert any(name.startswith("_MAIN_1.toc.") for name in synced.names)
    assert synced.names[-2:] == ["current.json.new", "index"]


# -- one id twice


def test_plain_whoosh_keeps_copies_of_an_id_that_comes_twice_in_a_batch() -> None:
    schema = fields.Schema(id=fields.ID(unique=True, stored=True))
    index = RamStorage().create_index(schema)
    for _ in range(3):
        with index.writer() as writer:
            writer.update_document(id="frog")
            writer.update_document(id="frog")
    assert index.doc_count() > 1


def test_an_article_that_comes_twice_in_a_batch_is_one_document(
    archive: Archive, fulltext: FullText
) -> None:
    url = "https://drawer.example/frog"
    for number in range(5):
        (first, second) = put(
            archive,
            record(url=url, title="Frog", text=f"The frog sat in drawer {2 * number}."),
            record(url=url, title="Frog", text=f"The frog sat in drawer {2 * number + 1}."),
        )
        assert first == second
        fulltext.catch_up(archive)
    assert found(fulltext, query.Every()) == [first]
    assert found(fulltext, query.Term("body", "9")) == [first]
    assert found(fulltext, query.Term("body", "8")) == []


def test_a_change_that_is_taken_twice_after_a_crash_is_one_document(
    archive: Archive, fulltext: FullText
) -> None:
    put(archive, record(title="Frog", text="The frog sat in the drawer."))
    fulltext.catch_up(archive)
    before = fulltext.current()
    ids = put(archive, record(title="Toad", text="The toad sat in the drawer."))
    fulltext.catch_up(archive)
    assert before is not None
    pointer.write(fulltext.root, before)  # as if the power went between commit and pointer
    assert found(fulltext, query.Term("title", "toad")) == ids
    fulltext.catch_up(archive)
    assert found(fulltext, query.Term("title", "toad")) == ids
    assert len(found(fulltext, query.Every())) == 2
    assert fulltext.faults() == []


# -- time zones

MOMENTS = {
    "noon of the first": "2021-03-01T12:00:00+00:00",
    "late in the west": "2021-03-01T23:30:00-05:00",
    "early on the second": "2021-03-02T01:00:00+00:00",
    "noon of the second": "2021-03-02T12:00:00+00:00",
}


def test_plain_whoosh_drops_the_time_zone() -> None:
    index = RamStorage().create_index(
        fields.Schema(name=fields.STORED, at=fields.DATETIME(sortable=True))
    )
    with index.writer() as writer:
        for name, moment in MOMENTS.items():
            writer.add_document(name=name, at=datetime.fromisoformat(moment))
    with index.searcher() as searcher:
        names = [hit["name"] for hit in searcher.search(query.Every(), sortedby="at")]
    assert names.index("late in the west") < names.index("early on the second"), "which is wrong"


def test_moments_sort_and_range_in_true_time(archive: Archive, fulltext: FullText) -> None:
    rows = [record(title=name, text=name, published=at) for name, at in MOMENTS.items()]
    ids = dict(zip(put(archive, *rows), MOMENTS, strict=True))
    fulltext.catch_up(archive)
    in_order = [ids[id] for id in found(fulltext, query.Every(), sortedby="published")]
    assert in_order == [
        "noon of the first",
        "early on the second",
        "late in the west",
        "noon of the second",
    ]
    start = int(datetime.fromisoformat("2021-03-02T00:00:00+00:00").timestamp())
    second_day = query.NumericRange("published", start, start + 86_400, endexcl=True)
    assert {ids[id] for id in found(fulltext, second_day)} == set(MOMENTS) - {"noon of the first"}


def test_undated_articles_are_in_no_range_of_dates(archive: Archive, fulltext: FullText) -> None:
    put(archive, record(title="Frog", text="Some day, a frog."))
    fulltext.catch_up(archive)
    assert found(fulltext, query.NumericRange("published", -(2**60), 2**60)) == []
    assert len(found(fulltext, query.Every())) == 1


# -- a document the writer refuses


def test_an_article_that_the_index_refuses_is_told_and_the_others_are_found(
    archive: Archive, fulltext: FullText
) -> None:
    rows = [
        record(title=f"Frog {number}", text=f"Frog {number} sat there.", tags=["frogs"])
        for number in range(6)
    ]
    ids = put(archive, *rows)
    # Only another program's hand could write this: half a character, which no index can hold.
    archive._db.execute("UPDATE versions SET tags = ? WHERE title = 'Frog 3'", ('["\\ud800"]',))
    (refused,) = fulltext.catch_up(archive)
    assert refused.id == ids[3]
    assert "Unicode" in refused.reason
    assert set(found(fulltext, query.Every())) == {*ids} - {ids[3]}
    assert fulltext.catch_up(archive) == []


# -- the stemmer


@pytest.mark.parametrize(
    ("word", "other"),
    [("committed", "commit"), ("admitted", "admit"), ("beginning", "begin")],
)
def test_plain_whoosh_and_we_on_words_of_one_stem(
    word: str, other: str, archive: Archive, fulltext: FullText
) -> None:
    plain = StemmingAnalyzer()
    assert [token.text for token in plain(word)] != [token.text for token in plain(other)]
    ids = put(archive, record(title="Frog", text=f"The frog {word} nothing."))
    fulltext.catch_up(archive)
    assert found(fulltext, query.Term("body", forms(other)[0].stem)) == ids


def test_adding_and_added_are_one_word(archive: Archive, fulltext: FullText) -> None:
    ids = put(
        archive,
        record(title="Adding", text="He was adding a frog to the drawer."),
        record(title="Added", text="He added a toad to it."),
    )
    fulltext.catch_up(archive)
    for word in ("add", "added", "adding", "adds"):
        assert set(found(fulltext, query.Term("body", forms(word)[0].stem))) == set(ids)


# -- stop words


def test_plain_whoosh_finds_a_phrase_that_is_not_there() -> None:
    index = RamStorage().create_index(fields.Schema(body=fields.TEXT(StandardAnalyzer())))
    with index.writer() as writer:
        writer.add_document(body="a frog of state emergency")
    analysed = [token.text for token in StandardAnalyzer()("state of emergency")]
    with index.searcher() as searcher:
        assert len(searcher.search(query.Phrase("body", analysed))) == 1, "which is wrong"


def test_small_words_of_a_phrase_keep_their_places(archive: Archive, fulltext: FullText) -> None:
    (there, _) = put(
        archive,
        record(title="One", text="They declared a state of emergency in the drawer."),
        record(title="Two", text="They declared it to the state emergency frog."),
    )
    fulltext.catch_up(archive)
    assert found(fulltext, phrase("state of emergency")) == [there]
    assert found(fulltext, phrase("state emergency")) != [there]
    assert found(fulltext, phrase("a state of emergency in the drawer")) == [there]


def test_a_name_that_looks_like_a_small_word_is_found(archive: Archive, fulltext: FullText) -> None:
    (may, _) = put(
        archive,
        record(title="One", text="Mrs. May and the Who met in the drawer."),
        record(title="Two", text="Nobody else did."),
    )
    fulltext.catch_up(archive)
    assert found(fulltext, phrase("May")) == [may]
    assert found(fulltext, phrase("the Who")) == [may]
