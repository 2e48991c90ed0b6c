"""Tar files member by member, in one pass and in bounded memory.

Not the standard library's tarfile: it ends in silence at a damaged header, so that nobody would
learn of the members behind it; it reads extended headers of any size into memory; and its patterns
for them can be made to take hours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import RejectedDocument

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_BLOCK = 512
_MOST_HEADER = 100_000  # an extended header holds a name and a few attributes

_FILES = frozenset(b"0\x007")
_LONG_NAME, _EXTENDED, _SPARSE, _FOLDER = ord("L"), ord("x"), ord("S"), ord("5")
# Headers that say nothing of a file: for the whole archive, and for the target of a link.
_ASIDE = frozenset(b"gKVNMA")
_OTHERS = {ord("1"): "a link", ord("2"): "a link", ord("3"): "a device", ord("4"): "a device"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One member: ``content`` can be read until the next entry is asked for.

    ``unread`` says what it is where it is no file; "" for files.
    """

    name: str
    content: io.RawIOBase
    unread: str = ""


def is_tar(head: bytes) -> bool:
    """Whether a file that starts with ``head`` is a tar: POSIX and GNU write "ustar"."""
    return head[257:262] == b"ustar" and _checksum_fits(head[:_BLOCK])


def entries(stream: io.BufferedReader[Any]) -> Iterator[Entry]:
    """The files, links and devices of a tar. Raises RejectedDocument where it is damaged."""
    name = ""
    extended: dict[str, str] = {}
    while header := _header(stream):
        kind = header[156]
        size = _size(header, extended)
        if kind == _LONG_NAME:
            name = _text(_small(stream, size))
        elif kind == _EXTENDED:
            extended = _pax(_small(stream, size))
        elif kind in _ASIDE:
            _skip(stream, _padded(size))
        else:
            content = _Content(stream, size if kind not in _OTHERS else 0)
            named = extended.get("path") or name or _short_name(header)
            if kind != _FOLDER and not named.endswith("/"):
                yield Entry(named, content, _unread(kind, extended))
            _skip(stream, content.left + _padded(content.size) - content.size)
            name, extended = "", {}


def _header(stream: io.BufferedReader[Any]) -> bytes:
    """The next header; b"" at the end, which is a block of zeros or, in old files, nothing."""
    header = _exactly(stream, _BLOCK, or_nothing=True)
    if not header.strip(b"\x00"):
        return b""
    if not _checksum_fits(header):
        raise RejectedDocument("is a damaged tar file: what follows cannot be read")
    return header


def _checksum_fits(header: bytes) -> bool:
    field = header[148:156].split(b"\x00")[0].strip()
    try:
        stated = int(field, 8)
    except ValueError:
        return False
    return len(header) == _BLOCK and stated == sum(header) - sum(header[148:156]) + 8 * 32


def _size(header: bytes, extended: dict[str, str]) -> int:
    """The size of a member: octal, or base 256 for those of over 8 GB; PAX outranks both."""
    field = header[124:136]
    try:
        if extended.get("size"):
            size = int(extended["size"])
        elif field[0] & 0x80:
            size = int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
        else:
            size = int(field.split(b"\x00")[0].strip() or b"0", 8)
    except ValueError as error:
        raise RejectedDocument("is a damaged tar file: a member has no size") from error
    if not 0 <= size < 2**60:
        raise RejectedDocument("is a damaged tar file: a member has no possible size")
    return size


def _short_name(header: bytes) -> str:
    name = _text(header[:100])
    # GNU's own format has times where POSIX has the first part of the path.
    prefix = _text(header[345:500]) if header[257:263] == b"ustar\x00" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(field: bytes) -> str:
    return field.split(b"\x00")[0].decode("utf-8", "replace")


def _pax(data: bytes) -> dict[str, str]:
    """The records of an extended header: "27 path=folder/page.html\\n", the length first."""
    found: dict[str, str] = {}
    position = 0
    while position < len(data):
        digits, space, _ = data[position : position + 21].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        if not space or length <= len(digits) + 1:
            break
        record = data[position + len(digits) + 1 : position + length]
        key, _, value = record.rstrip(b"\n").partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        position += length
    return found


def _unread(kind: int, extended: dict[str, str]) -> str:
    if kind == _SPARSE or any(key.startswith("GNU.sparse") for key in extended):
        return "a sparse file"
    if kind in _FILES:
        return ""
    return _OTHERS.get(kind, "no file (a device or a pipe)")


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _small(stream: io.BufferedReader[Any], size: int) -> bytes:
    if size > _MOST_HEADER:
        raise RejectedDocument("is a damaged tar file: a header has no possible size")
    return _exactly(stream, _padded(size))[:size]


def _skip(stream: io.BufferedReader[Any], count: int) -> None:
    while count > 0:
        count -= len(_exactly(stream, min(count, 1_000_000)))


def _exactly(stream: io.BufferedReader[Any], count: int, *, or_nothing: bool = False) -> bytes:
    data = stream.read(count)
    if len(data) < count and (data or not or_nothing):
        raise RejectedDocument("is a damaged tar file: it ends too early")
    return bytes(data)


class _Content(io.RawIOBase):
    """The bytes of one member, read from the archive's own stream."""

    def __init__(self, stream: io.BufferedReader[Any], size: int) -> None:
        self._stream = stream
        self.size = self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(min(len(view), self.left))
        if not data and self.left:
            raise RejectedDocument("ends too early: the tar file is cut off")
        view[: len(data)] = data
        self.left -= len(data)
        return len(data)
