"""A file of named arrays: written once, in one go; opened by mapping it, whatever its size.

    header      64 bytes: magic, version, where the checksums begin, where the table begins and
                ends, the checksum of checksums and table, and one of the header itself
    arrays      one after the other, each from a multiple of 64 bytes on
    checksums   a CRC-32 for each 64 KB of arrays
    table       JSON: for each array its name, type, place and length; what else the writer noted

A block of the arrays is compared with its checksum when something of it is first read, and not
again: damage never becomes a wrong answer, and opening does not read what nobody asks for.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from index.arrays.ranges import ranges
from index.errors import IndexUnreadable

Array = NDArray[Any]

_MAGIC = b"\x89MFARR\r\n"  # no text file begins so, and a transfer that changes line ends shows
_VERSION = 1
_HEADER = struct.Struct("<8sIQQQII")
_DATA = 64  # where the arrays begin
_ALIGNED = 64
# Small enough that a rare word costs one short check, large enough that a million articles have
# few of them: 64 KB take 40 microseconds.
_BLOCK = 65_536


class ArrayWriter:
    """Writes a file of arrays; a context manager that leaves no half a file behind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("xb")
        self._table: dict[str, tuple[str, int, int]] = {}
        self._checksums: list[int] = []
        self._checksum = 0  # of the block that is not full yet
        self._position = _DATA
        self._file.write(bytes(_DATA))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)

    def add(self, name: str, array: Array) -> None:
        """Write one array, flat."""
        self.add_parts(name, array.dtype, (array,))

    def add_parts(self, name: str, dtype: np.dtype[Any], parts: Iterable[Array]) -> None:
        """Write one array that comes in parts, so that it never stands in memory whole."""
        self._write(bytes(-self._position % _ALIGNED))
        start, length = self._position, 0
        for part in parts:
            flat = np.ascontiguousarray(part, dtype)
            self._write(flat.view(np.uint8).data if flat.size else b"")
            length += flat.size
        self._table[name] = (dtype.str, start, length)

    def _write(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        view = memoryview(content)
        while view:
            room = _BLOCK - (self._position - _DATA) % _BLOCK
            piece = view[:room]
            self._checksum = zlib.crc32(piece, self._checksum)
            self._position += len(piece)
            if len(piece) == room:
                self._checksums.append(self._checksum)
                self._checksum = 0
            view = view[room:]

    def finish(self, notes: dict[str, Any]) -> None:
        """Write the table and the header. Whoever lists the file syncs it first: one that is merged
        before anybody lists it need not wait for the disk."""
        if (self._position - _DATA) % _BLOCK:
            self._checksums.append(self._checksum)
        end = self._position
        checksums = np.array(self._checksums, np.uint32).tobytes()
        table = json.dumps({"arrays": self._table, "notes": notes}).encode()
        self._file.write(checksums + table)
        start = end + len(checksums)
        tail = (end, start, start + len(table), zlib.crc32(checksums + table))
        header = _HEADER.pack(_MAGIC, _VERSION, *tail, 0)
        self._file.seek(0)
        self._file.write(_HEADER.pack(_MAGIC, _VERSION, *tail, zlib.crc32(header)))
        self._file.flush()  # a full disk is told here, and what was written is taken away


def sync(path: Path) -> None:
    """See to it that all of a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


class ArrayFile:
    """An open file of arrays. What it gives are views of the file: read-only, never copies.

    Raises IndexUnreadable, with the name of the file, where something is not as it was written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            raise IndexUnreadable(
                f"{path.name} cannot be opened: run microfiche rebuild"
            ) from error
        end, start = self._read_header(size)
        tail = np.frombuffer(self._map, np.uint32, (start - end) // 4, end)
        self._checksums = tail
        self._end = end
        self._sound = bytearray(len(tail))
        self._opened: dict[str, tuple[Array, int]] = {}
        try:
            table = json.loads(self._map[start:size])
        except ValueError as error:
            raise self._damaged() from error
        self._arrays: dict[str, tuple[str, int, int]] = table["arrays"]
        self.notes: dict[str, Any] = table["notes"]

    def _read_header(self, size: int) -> tuple[int, int]:
        if size < _DATA:
            raise self._damaged()
        fields = _HEADER.unpack(self._map[: _HEADER.size])
        magic, version, end, start, stop, of_tail, of_header = fields
        if magic != _MAGIC or zlib.crc32(_HEADER.pack(*fields[:-1], 0)) != of_header:
            raise self._damaged()
        if version != _VERSION:
            raise IndexUnreadable(f"{self.path.name} is of another release: run microfiche rebuild")
        if stop != size or zlib.crc32(self._map[end:stop]) != of_tail:
            raise self._damaged()
        return end, start

    def _damaged(self) -> IndexUnreadable:
        return IndexUnreadable(f"the index is damaged ({self.path.name}): run microfiche rebuild")

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def array(self, name: str) -> Array:
        """A whole array, checked."""
        return self.part(name, 0, self._arrays[name][2])

    def part(self, name: str, start: int, stop: int) -> Array:
        """The stretch from ``start`` to ``stop`` of an array; only its blocks are checked."""
        whole, place = self._whole(name)
        if not 0 <= start <= stop <= len(whole):
            raise self._damaged()
        size = whole.itemsize
        low, high = (place + start * size) // _BLOCK, -(-(place + stop * size) // _BLOCK)
        if self._sound.find(0, low, high) >= 0:
            self._check(range(low, high))
        return whole[start:stop]

    def parts(self, name: str, starts: Array, stops: Array) -> Array:
        """Several stretches of an array, one after the other; only their blocks are checked."""
        whole, place = self._whole(name)
        if not ((starts >= 0) & (starts <= stops) & (stops <= len(whole))).all():
            raise self._damaged()
        low = (place + starts * whole.itemsize) // _BLOCK
        high = -(-(place + stops * whole.itemsize) // _BLOCK)
        self._check(np.unique(ranges(low, high - low)).tolist())
        pairs = zip(starts.tolist(), stops.tolist(), strict=True)
        return np.concatenate([whole[:0], *(whole[start:stop] for start, stop in pairs)])

    def length(self, name: str) -> int:
        return self._arrays[name][2]

    def _whole(self, name: str) -> tuple[Array, int]:
        """A whole array, and how many bytes behind the header it begins."""
        known = self._opened.get(name)
        if known is None:
            code, place, length = self._arrays[name]
            whole = np.frombuffer(self._map, np.dtype(code), length, place)
            known = self._opened[name] = whole, place - _DATA
        return known

    def _check(self, blocks: Iterable[int]) -> None:
        """Compare with their checksums those of ``blocks`` that no one looked at yet."""
        for block in blocks:
            if self._sound[block]:
                continue
            start = _DATA + block * _BLOCK
            content = memoryview(self._map)[start : min(start + _BLOCK, self._end)]
            if zlib.crc32(content) != self._checksums[block]:
                raise self._damaged()
            self._sound[block] = 1

    def forget(self) -> None:
        """Let go of what was read so far: views stay good, and read it anew."""
        if hasattr(self._map, "madvise"):  # elsewhere the system decides alone
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; it is unmapped when the last view of it is gone."""
        self._checksums = np.zeros(0, np.uint32)
        self._opened.clear()
        with contextlib.suppress(BufferError):
            self._map.close()
