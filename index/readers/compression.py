"""Compressed files as plain streams: gz, bz2 and xz, bounded in memory and in size."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from index.errors import RejectedDocument

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_PIECE = 65_536
_XZ_MEMORY = 200_000_000  # the strongest preset asks for 65 MB; a file may ask for 4 GB
# News text shrinks to a third, a page of nothing but table markup to a fiftieth. A bomb is 1,000
# times its size and more. Small files may be anything.
MOST_TIMES = 200
_SMALL = 20_000_000
MOST_UNPACKED = 500_000_000_000
_MOST_DAMAGES = 10_000


class Swelling:
    """Counts what comes out of something compressed, and stops a bomb."""

    def __init__(self) -> None:
        self.unpacked = 0

    def add(self, count: int, packed: int) -> None:
        """``count`` more bytes came out, of ``packed`` so far. Raises RejectedDocument."""
        self.unpacked += count
        if self.unpacked > _SMALL and self.unpacked > MOST_TIMES * packed:
            raise RejectedDocument(
                f"unpacks to over {MOST_TIMES} times its size: what follows was not read"
            )
        if self.unpacked > MOST_UNPACKED:
            raise RejectedDocument(
                f"unpacks to over {MOST_UNPACKED // 1_000_000_000} GB: split it first"
            )


class _Machine(Protocol):
    """What the decompressors of bz2 and lzma share."""

    def decompress(self, data: bytes, max_length: int) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


class _Inflater:
    """zlib's decompressor in the shape of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self.needs_input = True

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(out) < max_length
        return out

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


_KINDS: tuple[tuple[str, bytes, Callable[[], _Machine]], ...] = (
    (".gz", b"\x1f\x8b\x08", _Inflater),
    (".bz2", b"BZh", bz2.BZ2Decompressor),
    (".xz", b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY)),
)
SUFFIXES = tuple(suffix for suffix, _, _ in _KINDS)


def unpacked(stream: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """``stream`` itself, or what it unpacks to where it is compressed; closing closes both."""
    head = stream.peek(_PIECE)
    for suffix, magic, machine in _KINDS:
        if head.startswith(magic):
            forgiving = suffix == ".gz" and _is_web_archive(head)
            return io.BufferedReader(
                _Unpacked(stream, suffix, magic, machine, forgiving=forgiving), _PIECE
            )
    return stream


def _is_web_archive(head: bytes) -> bool:
    """Whether a .gz holds WARC, whose records are members of their own: one lost loses no other."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def damages(stream: object) -> int:
    """At how many places a stream of ``unpacked`` went on past something that was lost."""
    raw = getattr(stream, "raw", None)
    return raw.damages if isinstance(raw, _Unpacked) else 0


class _Unpacked(io.RawIOBase):
    """The members of a compressed file, one after the other.

    Reading raises RejectedDocument at damage, after all that came before it. A ``forgiving`` one
    goes on with the next member instead, and counts in ``damages``.
    """

    def __init__(
        self,
        stream: io.BufferedReader[Any],
        suffix: str,
        magic: bytes,
        machine: Callable[[], _Machine],
        *,
        forgiving: bool,
    ) -> None:
        self._stream = stream
        self._suffix, self._magic, self._new_machine = suffix, magic, machine
        self._forgiving = forgiving
        self._machine: _Machine | None = None
        self._input = b""
        self._taken = 0
        self.damages = 0
        self._swelling = Swelling()
        self._failure: RejectedDocument | None = None

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()

    def readinto(self, buffer: Buffer) -> int:
        """Fill ``buffer`` as far as there is anything: a short answer is the end, or damage."""
        view = memoryview(buffer).cast("B")
        filled = 0
        try:
            while filled < len(view) and (piece := self._some(len(view) - filled)):
                view[filled : filled + len(piece)] = piece
                filled += len(piece)
        except RejectedDocument as failure:
            self._failure = failure
            if not filled:
                raise
        return filled

    def _some(self, most: int) -> bytes:
        """The next bytes, at the most ``most``; b"" at the end."""
        if self._failure is not None:
            raise self._failure
        while self._machine is not None or self._begin():
            machine = self._machine
            if machine is None:
                continue
            if machine.needs_input and not self._input and not self._fill():
                self._machine = None
                if not self._forgiving:
                    raise self._damage("it ends too early")
                self.damages += 1
                return b""
            data, self._input = self._input, b""
            try:
                out = machine.decompress(data, most)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                self._skip_damage(data, error)
                continue
            if machine.eof:
                self._input, self._machine = machine.unused_data, None
            if out:
                self._swelling.add(len(out), self._taken)
                return out
        return b""

    def _begin(self) -> bool:
        """Set up for the next member, if there is one; padding between members is passed over."""
        self._input = self._input.lstrip(b"\x00")
        while len(self._input) < len(self._magic) and self._fill():
            self._input = self._input.lstrip(b"\x00")
        if not self._input:
            return False
        if not self._input.startswith(self._magic):
            if not self._forgiving:
                raise self._damage("behind its end there are other bytes")
            self.damages += 1
            if not self._seek_magic(0):
                return False
        self._machine = self._new_machine()
        return True

    def _skip_damage(self, data: bytes, error: Exception) -> None:
        self.damages += 1
        if not self._forgiving or self.damages > _MOST_DAMAGES:
            raise self._damage(str(error).rpartition(": ")[2]) from error
        self._machine = None
        self._input = data
        # From 1, not 0: the member that is damaged may have begun just here.
        self._seek_magic(1)

    def _seek_magic(self, start: int) -> bool:
        """Drop the input up to the next sign of a member; False where there is none."""
        while (found := self._input.find(self._magic, start)) < 0:
            self._input = self._input[-len(self._magic) + 1 :]
            start = 0
            if not self._fill():
                self._input = b""
                return False
        self._input = self._input[found:]
        return True

    def _fill(self) -> bool:
        piece = self._stream.read1(_PIECE)
        self._taken += len(piece)
        self._input += piece
        return bool(piece)

    def _damage(self, what: str) -> RejectedDocument:
        return RejectedDocument(f"is a damaged {self._suffix} file: {what}")
