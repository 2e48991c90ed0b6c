"""A WARC file cut into its records, also where it is cut off, damaged, or its lengths are wrong.

warcio stops at the first record it cannot read. Here the next one is looked for, so that every
record that is whole comes out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from index.errors import RejectedDocument
from index.record import MOST_BYTES

_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*$")
# The start of a record inside what should have been the content of the one before it.
_NEXT = re.compile(rb"WARC/\d\.\d\r?\n[A-Za-z][\w-]{1,40}:")
_MOST_LINE = 65_536
_MOST_HEADERS = 200
_MOST_LENGTH = 10**12  # a longer record is a damaged number
_MOST_MENDED = 1_000  # each is looked through for the next one, up to 5 MB
MOST_HEAD = 65_536  # of an HTTP response

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as it lies in the file; ``fault`` says why it cannot be read, "" where it can."""

    headers: Headers
    block: bytes
    fault: str = ""
    mended: bool = False


class _Input:
    """A stream to which what was read too far can be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead: BinaryIO = io.BytesIO()
        self._line = b""

    def line(self) -> bytes:
        """The next line, with its end; b"" at the end of the file."""
        line, self._line = self._line, b""
        line = line or self._ahead.readline(_MOST_LINE)
        return line if line.endswith(b"\n") else line + self._stream.readline(_MOST_LINE)

    def take(self, count: int) -> bytes:
        if self._line:
            self.give_back(b"")
        data = self._ahead.read(count)
        return data + self._stream.read(count - len(data)) if len(data) < count else data

    def give_back_line(self, line: bytes) -> None:
        """As ``give_back``, at no cost, for the line that was read last."""
        self._line = line

    def give_back(self, data: bytes) -> None:
        self._ahead = io.BytesIO(data + self._line + self._ahead.read())
        self._line = b""


def pieces(stream: BinaryIO) -> Iterator[Piece]:
    """The records of a file, and one piece with a fault for each stretch that is none.

    Raises RejectedDocument where so many are wrong that reading on would take for ever.
    """
    source = _Input(stream)
    strange = mended = 0
    while line := source.line():
        if _VERSION.match(line):
            if strange:
                yield _strange(strange)
                strange = 0
            piece = _piece(source)
            mended += piece.mended
            yield piece
            if mended > _MOST_MENDED:
                raise RejectedDocument(
                    f"has over {_MOST_MENDED:,} records of a wrong length: the rest was not read"
                )
        elif line.strip():
            strange += len(line)
    if strange:
        yield _strange(strange)


def _strange(count: int) -> Piece:
    return Piece({}, b"", f"is no WARC record: {count:,} bytes up to the next one")


def _piece(source: _Input) -> Piece:
    headers = _headers(source)
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isdecimal() and len(stated) < 20 else -1
    if not 0 <= length <= _MOST_LENGTH:
        return Piece(headers, b"", "has no possible Content-Length")
    block = source.take(min(length, MOST_BYTES + MOST_HEAD))
    left = length - len(block)
    if len(block) > MOST_BYTES:
        left -= _skip(source, left)
    if left > 0 or not _at_boundary(source):
        return _mended(source, headers, block, length)
    return Piece(headers, block)


def _headers(source: _Input) -> Headers:
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = source.line()
        if not line.strip():
            break
        if _VERSION.match(line):  # a header that was cut off
            source.give_back_line(line)
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _skip(source: _Input, count: int) -> int:
    skipped = 0
    while skipped < count and (data := source.take(min(count - skipped, 1_000_000))):
        skipped += len(data)
    return skipped


def _at_boundary(source: _Input) -> bool:
    """Whether a record ends here: at blank lines, at the next record, or with the file."""
    line = source.line()
    source.give_back_line(line)
    return not line.strip() or bool(_VERSION.match(line))


def _mended(source: _Input, headers: Headers, block: bytes, length: int) -> Piece:
    """A record whose Content-Length is wrong: it goes up to where the next one starts.

    Where the blank lines stand that end a record it is whole all the same; where they do not, it
    was cut off.
    """
    following = _NEXT.search(block)
    if following:
        source.give_back(block[following.start() :])
        block = block[: following.start()]
    else:
        block += _up_to_next(source, MOST_BYTES - len(block))
    whole = block.endswith((b"\r\n\r\n", b"\n\n"))
    fault = (
        "" if whole else f"is cut off or damaged: {len(block):,} bytes where {length:,} are named"
    )
    return Piece(headers, block.removesuffix(b"\r\n\r\n") if whole else b"", fault, mended=True)


def _up_to_next(source: _Input, most: int) -> bytes:
    lines: list[bytes] = []
    while most > 0 and (line := source.line()):
        if _VERSION.match(line):
            source.give_back_line(line)
            break
        lines.append(line)
        most -= len(line)
    return b"".join(lines)
