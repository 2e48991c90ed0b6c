"""Where the files are: folders in a stable order, globs, single files, standard input; .gz too."""

from __future__ import annotations

import glob
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import RejectedDocument
from index.readers import recognise
from index.readers.encoding import refuse_binary
from index.readers.record import Found, Options, Rejection

_GZIP = b"\x1f\x8b"
_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input (``path`` is None)."""

    path: Path | None
    size: int

    @property
    def location(self) -> str:
        return "standard input" if self.path is None else str(self.path)


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
                real = found.resolve()
                if real not in seen:
                    seen.add(real)
                    yield _checked(found)


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
            name for name in subfolders if not name.startswith(".") and not _is_baggage(name, pages)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name)


def _is_baggage(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page: "Title_files" by "Title.html"."""
    stem, _, kind = folder.rpartition("_")
    return (
        bool(stem)
        and kind in {"files", "Dateien", "fichiers", "archivos", "file"}
        and stem in pages
    )


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
    """The records in ``source``, and rejections for what is none; no content makes it raise."""
    try:
        with _opened(source) as stream:
            head = stream.peek(_HEAD)[:_HEAD]
            if not head:
                yield Rejection(source.location, "is empty")
                return
            refuse_binary(head) if not head.startswith((b"\xff\xfe", b"\xfe\xff")) else None
            reader = recognise(_sniffed(head), _suffix(source), format)
            yield from reader.records(stream, source.location, options)
    except RejectedDocument as error:
        yield Rejection(source.location, str(error))
    except PermissionError:
        yield Rejection(source.location, "may not be read (permission denied)")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Rejection(source.location, f"is a damaged .gz file: {error}")
    except OSError as error:
        yield Rejection(source.location, f"cannot be read: {error.strerror or error}")


def _opened(source: Source) -> io.BufferedReader[Any]:
    raw = (
        io.FileIO(sys.stdin.fileno(), closefd=False)
        if source.path is None
        else io.FileIO(source.path)
    )
    stream: io.BufferedReader[Any] = io.BufferedReader(raw, 65_536)
    if stream.peek(2)[:2] == _GZIP:
        return io.BufferedReader(gzip.GzipFile(fileobj=stream), 65_536)
    return stream


def _sniffed(head: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _suffix(source: Source) -> str:
    if source.path is None:
        return ""
    name = source.path.name.lower().removesuffix(".gz")
    return Path(name).suffix
