"""Zip and tar files: their members in place, as streams, never on the disk.

A member's name is only where it lay ("archive.zip!folder/page.html"), never a path.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from index.errors import RejectedDocument
from index.readers import tar
from index.readers.compression import Swelling
from index.record import Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_MOST_MEMBERS = 1_000_000
# A zip's directory is read whole and takes about ten times its size in memory: this is some
# 250,000 members. Bombs were made of directories alone.
_MOST_DIRECTORY = 20_000_000
_MOST_MEMBER = 20_000_000_000  # what is read whole has its own, much lower bounds
_MOST_PIPED = 200_000_000  # a zip is read from its end; one that comes through a pipe is held

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Folders that a browser saves beside a page, and what they are called in some languages.
_BAGGAGE = frozenset({"files", "Dateien", "fichiers", "archivos", "file"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``stream`` can be read until the next member is asked for."""

    location: str
    name: str
    stream: io.BufferedReader[Any]


def is_container(head: bytes) -> bool:
    """Whether a file that starts with ``head`` holds other files."""
    return head.startswith((b"PK\x03\x04", _END)) or tar.is_tar(head)


def members(
    stream: io.BufferedReader[Any], head: bytes, location: str
) -> Iterator[Member | Rejection]:
    """The files in an archive: of a zip by name, of a tar as they come, since it has one pass.

    Folders, hidden files and what a browser saved beside a page are passed over. What is no file,
    or cannot be read, is a Rejection. Raises RejectedDocument where the rest cannot be read.
    """
    pages: set[str] = set()
    found = _in_tar(stream, location) if tar.is_tar(head) else _in_zip(stream, location)
    for number, member in enumerate(found, start=1):
        if number > _MOST_MEMBERS:
            raise RejectedDocument(f"holds over {_MOST_MEMBERS:,} files: split it")
        if not _is_beside(member.location.removeprefix(f"{location}!"), pages):
            yield member


def is_baggage(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page: "Title_files" by "Title.html"."""
    stem, _, kind = folder.rpartition("_")
    return bool(stem) and kind in _BAGGAGE and stem in pages


def place(location: str, name: str) -> str:
    """Where a member lies, as one line that is safe to show."""
    shown = _UNSAFE.sub("\ufffd", name.removeprefix("./"))
    return f"{location}!{shown if len(shown) <= 500 else '…' + shown[-499:]}"


def _is_beside(name: str, pages: set[str]) -> bool:
    """Whether a member is hidden or a page's baggage; ``pages`` collects the pages seen."""
    parts = name.split("/")
    if any(part.startswith(".") and part not in {".", ".."} for part in parts):
        return True
    if parts[0] == "__MACOSX":
        return True
    folders = ("/".join(parts[:length]) for length in range(1, len(parts)))
    if any(is_baggage(folder, pages) for folder in folders):
        return True
    if name.lower().endswith((".html", ".htm")):
        pages.add(str(PurePosixPath(name).with_suffix("")))
    return False


def _in_tar(stream: io.BufferedReader[Any], location: str) -> Iterator[Member | Rejection]:
    for entry in tar.entries(stream):
        where = place(location, entry.name)
        if entry.unread:
            yield Rejection(where, f"is {entry.unread}: not read")
        else:
            yield Member(where, entry.name, io.BufferedReader(_Bounded(entry.content)))


def _in_zip(stream: io.BufferedReader[Any], location: str) -> Iterator[Member | Rejection]:
    file, size = _seekable(stream)
    _check_directory(file, size)
    whole = Swelling()
    try:
        with zipfile.ZipFile(file) as archive:
            listed = sorted(archive.infolist(), key=lambda info: info.filename)
            _refuse_documents({info.filename for info in listed})
            for info in listed:
                if not info.is_dir():
                    yield _zipped(archive, info, location, whole, size)
                    # Again, between members: a bomb is told where it goes off, and ends it all.
                    whole.add(0, size)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise RejectedDocument(
            f"is a zip file (or an office document) that cannot be read: {error}"
        ) from error


def _zipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, location: str, whole: Swelling, size: int
) -> Member | Rejection:
    where = place(location, info.filename)
    mode = info.external_attr >> 16
    if info.flag_bits & 0x1:
        return Rejection(where, "is encrypted: unpack the archive with its password first")
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return Rejection(where, f"is {'a link' if stat.S_ISLNK(mode) else 'no file'}: not read")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Rejection(where, "is packed in an unusual way: pack it again as deflate")
    try:
        content = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        return Rejection(where, f"cannot be read: {error}")
    counted = ((Swelling(), info.compress_size), (whole, size))
    return Member(where, info.filename, io.BufferedReader(_Bounded(content, counted)))


def _seekable(stream: io.BufferedReader[Any]) -> tuple[io.BufferedIOBase, int]:
    """A zip that can be read from its end, and its size. Raises RejectedDocument."""
    if isinstance(stream.raw, io.FileIO) and stream.seekable():
        return stream, stream.seek(0, io.SEEK_END)
    data = stream.read(_MOST_PIPED + 1)
    if len(data) > _MOST_PIPED:
        raise RejectedDocument(
            f"is a zip file of over {_MOST_PIPED // 1_000_000} MB that comes through a pipe:"
            " save it first"
        )
    return io.BytesIO(data), len(data)


def _check_directory(file: io.BufferedIOBase, size: int) -> None:
    """Raise RejectedDocument for a zip whose directory alone would fill the memory."""
    file.seek(max(0, size - 65_536 - 22))
    tail = file.read(65_536 + 22)
    end = tail.rfind(_END)
    directory = struct.unpack_from("<L", tail, end + 12)[0] if 0 <= end <= len(tail) - 22 else 0
    located = tail.rfind(_LOCATOR_64, 0, max(end, 0))
    if located >= 0 and len(tail) >= located + 20:
        file.seek(min(struct.unpack_from("<Q", tail, located + 8)[0], size))
        record = file.read(56)
        if len(record) == 56 and record.startswith(_END_64):
            directory = max(directory % 0xFFFFFFFF, struct.unpack_from("<Q", record, 40)[0])
    file.seek(0)
    if directory > _MOST_DIRECTORY:
        raise RejectedDocument("is a zip file of too many members: unpack it, or split it")


def _refuse_documents(names: set[str]) -> None:
    if "[Content_Types].xml" in names or {"mimetype", "META-INF/manifest.xml"} <= names:
        raise RejectedDocument("is an office document, not an article: save it as text or HTML")
    if {"mimetype", "META-INF/container.xml"} <= names:
        raise RejectedDocument("is an e-book, not an article: save it as text or HTML")


class _Bounded(io.RawIOBase):
    """The content of a member, counted; what is wrong with it is told as RejectedDocument.

    ``counted`` holds what it swells from: the member itself, and the archive as a whole.
    """

    def __init__(self, content: Any, counted: tuple[tuple[Swelling, int], ...] = ()) -> None:
        self._content = content
        self._counted = counted
        self._count = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._content.close()
        super().close()

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._content.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise RejectedDocument(f"is damaged in its archive: {error}") from error
        for swelling, packed in self._counted:
            swelling.add(len(data), packed)
        self._count += len(data)
        if self._count > _MOST_MEMBER:
            raise RejectedDocument(f"is over {_MOST_MEMBER // 1_000_000_000} GB: unpack it first")
        view[: len(data)] = data
        return len(data)
