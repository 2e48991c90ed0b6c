"""Where the files are: folders in a stable order, globs, single files, standard input.

Compressed files (gz, bz2, xz) are read as what they unpack to, zip and tar as their members.
"""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.errors import RejectedDocument
from index.readers import recognise
from index.readers.compression import SUFFIXES, unpacked
from index.readers.containers import Member, is_baggage, is_container, members
from index.readers.encoding import refuse_binary
from index.record import Found, Options, Rejection

_HEAD = 8192
# UTF-16 by its mark, and web archives, whose pages lie there as they were sent.
_MAY_HOLD_BYTES = (b"\xff\xfe", b"\xfe\xff", b"WARC/")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input (``path`` is None)."""

    path: Path | None
    size: int

    @property
    def location(self) -> str:
        if self.path is None:
            return "standard input"
        return os.fsencode(self.path).decode("utf-8", "replace")


def walk(inputs: Iterable[str]) -> Iterator[Source | Rejection]:
    """The files that ``inputs`` name: paths, folders, globs, or ``-``; each once, in stable order.

    Hidden files are passed over, and so is the folder of pictures and scripts that browsers save
    beside a page. What cannot be opened comes out as a Rejection.
    """
    seen: set[Path] = set()
    for name in inputs:
        if name == "-":
            yield Source(None, 0)
            continue
        for path in _expand(name):
            for found in _files(path):
                real = _real(found)
                if real not in seen:
                    seen.add(real)
                    yield _checked(found)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()


def _expand(name: str) -> list[Path]:
    path = Path(name)
    if not path.exists() and glob.has_magic(name):
        return [Path(match) for match in sorted(glob.glob(name, recursive=True))] or [path]
    return [path]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, subfolders, names in os.walk(path):
        pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not is_baggage(name, pages)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name)


def _checked(path: Path) -> Source | Rejection:
    try:
        status = path.stat()
    except FileNotFoundError:
        reason = "is a link that leads nowhere" if path.is_symlink() else "does not exist"
        return Rejection(str(path), reason)
    except OSError as error:
        return Rejection(str(path), f"cannot be opened: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Rejection(str(path), "is no file (a device, a pipe or a socket)")
    if not status.st_mode & 0o444:
        # Root could read it all the same; a file that nobody may read was meant to be left alone.
        return Rejection(str(path), "may be read by nobody (permission denied)")
    return Source(path, status.st_size)


def read(source: Source, options: Options, format: str = "auto") -> Iterator[Found]:
    """The records in ``source``, and rejections for what is none; no content makes it raise.

    A zip or a tar gives the records of its members, each read by its own content.
    """
    return _guarded(_in_source(source, options, format), source.location)


def _guarded(found: Iterator[Found], location: str) -> Iterator[Found]:
    """``found``, and what goes wrong on the way as a rejection of ``location``."""
    try:
        yield from found
    except RejectedDocument as error:
        yield Rejection(location, str(error))
    except PermissionError:
        yield Rejection(location, "may not be read (permission denied)")
    except OSError as error:
        yield Rejection(location, f"cannot be read: {error.strerror or error}")


def _in_source(source: Source, options: Options, format: str) -> Iterator[Found]:
    with _opened(source) as stream:
        head = stream.peek(_HEAD)[:_HEAD]
        if not is_container(head):
            name = "" if source.path is None else source.path.name
            yield from _in_stream(stream, name, source.location, options, format)
            return
        for member in members(stream, head, source.location):
            if isinstance(member, Rejection):
                yield member
            else:
                yield from _guarded(_in_member(member, options, format), member.location)


def _in_member(member: Member, options: Options, format: str) -> Iterator[Found]:
    with unpacked(member.stream) as stream:
        if is_container(stream.peek(_HEAD)[:_HEAD]):
            raise RejectedDocument("is an archive inside an archive: unpack it first")
        yield from _in_stream(stream, member.name, member.location, options, format)


def _in_stream(
    stream: io.BufferedReader[Any], name: str, location: str, options: Options, format: str
) -> Iterator[Found]:
    head = stream.peek(_HEAD)[:_HEAD]
    if not head:
        raise RejectedDocument("is empty")
    if not head.startswith(_MAY_HOLD_BYTES):
        refuse_binary(head)
    reader = recognise(_sniffed(head), _suffix(name), format)
    yield from reader.records(stream, location, options)


def _opened(source: Source) -> io.BufferedReader[Any]:
    raw = (
        io.FileIO(sys.stdin.fileno(), closefd=False)
        if source.path is None
        else io.FileIO(source.path)
    )
    return unpacked(io.BufferedReader(raw, 65_536))


def _sniffed(head: bytes) -> str:
    """The start of a file as text, its lines ended by \\n: enough to tell the format by."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            text = head[2:].decode(encoding, "replace")
            break
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _suffix(name: str) -> str:
    """The suffix that tells the format: of "page.html.gz" it is ".html"."""
    bare = name.lower()
    for compressed in SUFFIXES:
        bare = bare.removesuffix(compressed)
    return PurePath(bare).suffix
