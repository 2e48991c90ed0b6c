"""Archives and compressed files: members read in place, bombs and damage told, names only shown."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.readers import containers
from index.readers.compression import MOST_TIMES
from tests.conftest import Program
from tests.index.fuzzing import arbitrary, mutations, survives
from tests.index.taking import take
from tests.index.test_newsml import inline, item, nitf
from tests.index.test_readers import EXPORTS, PAGE, TEXT
from tests.index.test_reuters_sgml import FILE
from tests.index.test_warc import page

KITE = (
    "<rss><channel><item><title>Kite</title><description>Up.</description></item></channel></rss>"
)
MEMBERS: dict[str, bytes] = {
    "a/heron.html": PAGE.encode(),
    "b/lines.jsonl": EXPORTS["lines.jsonl"].encode(),
    "b/rows.csv": EXPORTS["commas.csv"].encode(),
    "c/heron.txt": TEXT.encode(),
    "d/feed": KITE.encode(),
    "e/pages.warc.gz": gzip.compress(page(1)) + gzip.compress(page(2)),
    "f/item.xml": item(inline(nitf())).encode(),
    "g/wire.sgm": FILE.encode("latin-1"),
    "h/heron.txt.gz": gzip.compress(TEXT.encode()),
}
FORMATS = ["html", "jsonl", "jsonl", "csv", "csv", "text", "feed", "warc", "warc", "newsml",
           "sgml", "sgml", "sgml", "sgml", "text"]  # fmt: skip


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


PACKED: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "all.zip": zipped,
    "stored.zip": lambda members: zipped(members, zipfile.ZIP_STORED),
    "all.tar": tarred,
    "all.tar.gz": lambda members: gzip.compress(tarred(members)),
    "all.tgz": lambda members: gzip.compress(tarred(members, tarfile.GNU_FORMAT)),
    "all.tar.bz2": lambda members: bz2.compress(tarred(members, tarfile.USTAR_FORMAT)),
    "all.tar.xz": lambda members: lzma.compress(tarred(members)),
    "lying.html": zipped,
    "lying.txt": lambda members: gzip.compress(tarred(members)),
}


@pytest.mark.parametrize("name", PACKED)
def test_members_are_read_by_their_content_each_in_its_place(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PACKED[name](MEMBERS))
    taken = take(tmp_path / name)
    assert taken.formats == FORMATS
    places = [record.location.partition(f"{name}!")[2] for record in taken.records]
    assert places[:4] == ["a/heron.html", "b/lines.jsonl:1", "b/lines.jsonl:2", "b/rows.csv:2"]
    assert places[7].startswith("e/pages.warc.gz:1!https://")
    assert [rejection.reason for rejection in taken.rejections] == [
        "is a record with neither a title nor a text"
    ]


def test_a_member_is_the_same_article_as_the_file(tmp_path: Path) -> None:
    (tmp_path / "heron.txt").write_text(TEXT)
    (tmp_path / "heron.zip").write_bytes(zipped({"other/name.txt": TEXT.encode()}))
    one, other = take(tmp_path).records
    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize("name", ["all.zip", "all.tar", "all.tar.gz"])
def test_nothing_is_written_anywhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["../up.txt", "/etc/over.txt", "C:\\x.txt", "a/../../b.txt", "n\x1b[31m\u202e\n.txt"]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(PACKED[name](dict.fromkeys(names, TEXT.encode())))
    monkeypatch.chdir(tmp_path / "in")
    before = sorted(tmp_path.rglob("*"))
    taken = take(tmp_path / "in" / name)
    assert len(taken.articles) == 5
    assert sorted(tmp_path.rglob("*")) == before
    for record in taken.records:
        assert record.location.isprintable()


def test_a_zip_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "z.zip").write_bytes(
        zipped({n: TEXT.encode() for n in ("c.txt", "a.txt", "b.txt")})
    )
    places = [record.location[-5:] for record in take(tmp_path / "z.zip").records]
    assert places == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("name", ["all.zip", "all.tar"])
def test_hidden_files_and_what_browsers_save_beside_a_page_are_passed_over(
    name: str, tmp_path: Path
) -> None:
    members = dict.fromkeys(
        [".hidden.txt", ".git/config", "__MACOSX/x.txt", "p/Heron.html", "p/Heron_files/ad.html"],
        PAGE.encode(),
    )
    (tmp_path / name).write_bytes(PACKED[name](members))
    taken = take(tmp_path / name)
    assert [record.location.rpartition("!")[2] for record in taken.records] == ["p/Heron.html"]
    assert taken.rejections == ()


def test_long_and_foreign_names_are_read_in_all_kinds_of_tar(tmp_path: Path) -> None:
    name = f"{'folder/' * 12}{'Zürich-水門-' * 9}heron.txt"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        (tmp_path / "a.tar").write_bytes(
            tarred({name: TEXT.encode(), "b.txt": TEXT.encode()}, form)
        )
        places = [one.location.partition("!")[2] for one in take(tmp_path / "a.tar").records]
        assert places == [name, "b.txt"]


def test_links_and_devices_are_told_and_never_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE),
                           ("f", tarfile.FIFOTYPE), ("folder", tarfile.DIRTYPE)):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("z.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
        packed.writestr("z.txt", TEXT)
    taken = take(tmp_path)
    assert len(taken.articles) == 2
    assert [rejection.reason for rejection in taken.rejections] == [
        "is a link: not read",
        "is a link: not read",
        "is a device: not read",
        "is no file (a device or a pipe): not read",
        "is a link: not read",
    ]


@pytest.mark.parametrize("outer", ["all.zip", "all.tar.gz"])
@pytest.mark.parametrize("inner", ["all.zip", "all.tar", "all.tar.xz"])
def test_an_archive_in_an_archive_is_told(outer: str, inner: str, tmp_path: Path) -> None:
    content = PACKED[inner]({"x.txt": TEXT.encode()})
    (tmp_path / outer).write_bytes(PACKED[outer]({inner: content, "z.txt": TEXT.encode()}))
    taken = take(tmp_path / outer)
    assert len(taken.articles) == 1
    assert taken.reasons == {f"{outer}!{inner}": "is an archive inside an archive: unpack it first"}


def test_members_that_cannot_be_read_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(
        zipped({name: os.urandom(99) + TEXT.encode() for name in "ab"} | {"c.txt": TEXT.encode()})
    )
    data[struct.unpack_from("<H", data, 26)[0] + 35] ^= 0xFF  # in the content of the first
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 8] |= 1  # encrypted
    (tmp_path / "a.zip").write_bytes(data)
    taken = take(tmp_path / "a.zip")
    assert len(taken.articles) == 1
    assert "is damaged in its archive" in taken.reasons["a.zip!a"]
    assert "is encrypted" in taken.reasons["a.zip!b"]
    (tmp_path / "b.zip").write_bytes(zipped({"a.txt": TEXT.encode()}, zipfile.ZIP_LZMA))
    assert "is packed in an unusual way" in take(tmp_path / "b.zip").reasons["b.zip!a.txt"]


@pytest.mark.parametrize("name", ["all.tar", "all.tar.gz", "all.tar.bz2", "all.tar.xz"])
def test_a_tar_cut_off_gives_its_earlier_members_and_its_reason(name: str, tmp_path: Path) -> None:
    members = {f"{n}.txt": TEXT.encode() + os.urandom(20_000).hex().encode() for n in range(9)}
    data = PACKED[name](members)
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    taken = take(tmp_path / name)
    # bz2 gives nothing of a block before the block is whole.
    assert len(taken.articles) >= (0 if name == "all.tar.bz2" else 4)
    assert "it ends too early" in taken.reasons[name] or "cut off" in str(taken.reasons)


def test_a_tar_with_a_damaged_header_says_so(tmp_path: Path) -> None:
    data = bytearray(tarred({f"{n}.txt": TEXT.encode() for n in range(3)}))
    data[2 * 1024 + 20] ^= 0xFF
    (tmp_path / "a.tar").write_bytes(data)
    taken = take(tmp_path / "a.tar")
    assert len(taken.articles) == 2
    assert taken.reasons == {"a.tar": "is a damaged tar file: what follows cannot be read"}


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(MEMBERS)[:-30])
    (reason,) = take(tmp_path / "a.zip").reasons.values()
    assert reason.startswith("is a zip file (or an office document) that cannot be read")


def test_office_documents_and_e_books_are_told_as_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(
        zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b""})
    )
    (tmp_path / "b.epub").write_bytes(zipped({"mimetype": b"", "META-INF/container.xml": b""}))
    reasons = take(tmp_path).reasons
    assert "is an office document" in reasons["a.docx"]
    assert "is an e-book" in reasons["b.epub"]


BOMB = b'{"title": "Bomb", "text": "tick"}\n' + (b" " * 999 + b"\n") * 60_000


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        (
            "bomb.zip",
            lambda: zipped({"a.txt": TEXT.encode(), "b.jsonl": BOMB, "c.txt": TEXT.encode()}),
        ),
        ("bomb.tar.gz", lambda: gzip.compress(tarred({"a.txt": TEXT.encode(), "b.jsonl": BOMB}))),
        ("bomb.jsonl.gz", lambda: gzip.compress(BOMB)),
        ("bomb.jsonl.bz2", lambda: bz2.compress(BOMB)),
    ],
)
def test_a_bomb_is_told_and_what_came_before_it_stays(
    name: str, pack: Callable[[], bytes], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(pack())
    taken = take(tmp_path / name)
    assert "Bomb" in taken.titles
    assert f"unpacks to over {MOST_TIMES} times its size: what follows was not read" in str(
        taken.reasons
    )
    if name == "bomb.zip":
        assert len(taken.articles) == 3


def test_a_zip_with_too_large_a_directory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n:08}.txt": b"x" for n in range(1_000)}))
    monkeypatch.setattr(containers, "_MOST_DIRECTORY", 10_000)
    assert "too many members" in take(tmp_path / "a.zip").reasons["a.zip"]


def test_an_archive_of_too_many_members_stops_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.tar").write_bytes(tarred({f"{n}.txt": TEXT.encode() for n in range(9)}))
    monkeypatch.setattr(containers, "_MOST_MEMBERS", 5)
    taken = take(tmp_path / "a.tar")
    assert len(taken.articles) == 5
    assert taken.reasons == {"a.tar": "holds over 5 files: split it"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_reads_as_the_file(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    for name, content in EXPORTS.items():
        data = content.encode()
        # Two members, as tools write them that append.
        (tmp_path / f"{name}.packed").write_bytes(pack(data[:50]) + pack(data[50:]))
        assert take(tmp_path / f"{name}.packed").titles[0] == "Heron returns to the gasworks"


def test_a_tar_or_zip_may_come_through_a_pipe(program: Program) -> None:
    for name in ("all.zip", "all.tar.gz"):
        done = program("clean", "-", "--json", stdin=PACKED[name](MEMBERS))
        paths = [json.loads(line)["path"] for line in done.stdout.splitlines()]
        assert paths[0] == "standard input!a/heron.html"
        assert len(paths) == 14


def test_add_takes_a_mixed_folder(tmp_path: Path, program: Program) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, content in MEMBERS.items():
        (folder / name.replace("/", "-")).write_bytes(content)
    (folder / "all.zip").write_bytes(zipped(MEMBERS))
    archive = tmp_path / "archive"
    done = program("add", folder, "--json", archive=archive)
    counts = json.loads(done.stdout)
    assert counts["failed"] == 2
    assert counts["added"] + counts["updated"] + counts["unchanged"] == 28
    again = json.loads(program("add", folder, "--json", archive=archive).stdout)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 28)


SEEDS = [pack({name: MEMBERS[name] for name in list(MEMBERS)[:4]}) for pack in PACKED.values()]


@settings(max_examples=200, deadline=None)
@given(mutations(*SEEDS))
def test_mutated_archives_raise_nothing(data: bytes) -> None:
    survives(data, "auto")


@settings(max_examples=50, deadline=None)
@given(arbitrary(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00"))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    survives(data, "text")
