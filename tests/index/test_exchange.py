"""Taking an archive elsewhere and back: nothing changes on the way."""

from __future__ import annotations

import json
from pathlib import Path

from index import exchange
from index.archive import Archive
from index.readers import Record
from tests.conftest import Program
from tests.index.taking import put, record, take


def heron(text: str) -> Record:
    return record(url="https://www.sluice.example/heron", title="Heron returns", text=text)


def test_an_export_taken_in_again_is_an_equal_archive(archive: Archive, tmp_path: Path) -> None:
    put(archive, heron("It came.\n\nAdvertisement\n\nIt stayed for a week on the rim."))
    put(archive, record(title="Otter", text="It sat. — “Zoé”", date="2021-03-03", tags=["x", "y"]))
    put(archive, heron("It went.\n\nAdvertisement\n\nNobody had kept its box at all."))
    binary = Record(
        "text", "L’été\n\nLe héron est revenu à l’écluse.\n".encode("windows-1252"), "été.txt"
    )
    put(archive, binary)
    (tmp_path / "export.jsonl").write_text("\n".join(exchange.lines(archive)))

    with Archive.create(tmp_path / "copy") as copy:
        taken = take(tmp_path / "export.jsonl")
        assert taken.rejections == ()
        put(copy, *taken.records)
        assert list(copy.versions()) == list(archive.versions())
        for change in archive.changes(0):
            assert change.article is not None
            same = copy.get(change.id)
            assert same is not None
            assert same.article == change.article.article
            assert same.version == change.article.version
        assert list(exchange.lines(copy)) == list(exchange.lines(archive))


def test_the_sample_goes_out_and_in_through_the_commands(
    sample_archive: Path, tmp_path: Path, program: Program
) -> None:
    out = program("export", archive=sample_archive)
    assert out.returncode == 0
    done = program("add", "-", archive=tmp_path / "copy", stdin=out.stdout)
    assert done.returncode == 0, done.stderr
    again = program("export", archive=tmp_path / "copy")
    assert again.stdout == out.stdout
    assert done.stdout == "added 82, updated 1, unchanged 0, failed 0\n"
    third = program("add", "-", archive=tmp_path / "copy", stdin=out.stdout)
    assert third.stdout == "added 0, updated 0, unchanged 83, failed 0\n"
    first = json.loads(out.stdout.splitlines()[0])
    assert {"microfiche", "id", "title", "text", "removed"} <= set(first)
