"""``current.json``: the one mutable pointer of an index, replaced in one step.

It names the folder that holds the index, the last change of the archive that is in it, and the
size and digest of every file. Whoever swaps the index or commits to it replaces this file.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexUnreadable
from index.fulltext.storage import sync_folder

FILE = "current.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Current:
    """What the pointer says. ``files`` maps a file's name to its size and BLAKE2b digest."""

    folder: str
    schema: int
    change: int
    files: dict[str, tuple[int, str]]
    format: int = _FORMAT


def read(root: Path) -> Current | None:
    """The pointer of the index under ``root``, None where there is no index yet.

    Raises IndexUnreadable where the file is damaged or names a folder outside.
    """
    try:
        text = (root / FILE).read_text()
    except FileNotFoundError:
        return None
    try:
        value = json.loads(text)
        files = {
            str(name): (int(size), str(digest)) for name, (size, digest) in value["files"].items()
        }
        current = Current(
            str(value["folder"]),
            int(value["schema"]),
            int(value["change"]),
            files,
            int(value["format"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnreadable(f"{root / FILE} is damaged: run microfiche rebuild") from error
    if not current.folder.isdigit() or current.format != _FORMAT:
        raise IndexUnreadable(f"{root / FILE} is of another release: run microfiche rebuild")
    return current


def write(root: Path, current: Current) -> None:
    """Replace the pointer; after a power cut there is the old one or the new one."""
    temporary = root / f"{FILE}.new"
    with temporary.open("w") as file:
        json.dump(asdict(current), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / FILE)
    sync_folder(root)


def digests(folder: Path, known: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Size and digest of each index file in ``folder``; those in ``known`` of the same size are
    taken over, because Whoosh never writes to a file again once it is closed."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith("WRITELOCK"):
            size = path.stat().st_size
            earlier = known.get(path.name)
            found[path.name] = (
                earlier if earlier is not None and earlier[0] == size else (size, digest(path))
            )
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def faults(root: Path, current: Current, *, full: bool) -> list[str]:
    """Files that are missing or not as they were written; ``full`` reads them all."""
    folder = root / current.folder
    found: list[str] = []
    for name, (size, expected) in current.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.stat().st_size != size:
            found.append(f"{name} has {path.stat().st_size} bytes instead of {size}")
        elif full and digest(path) != expected:
            found.append(f"{name} is damaged")
    return found
