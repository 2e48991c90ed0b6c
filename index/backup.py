"""A copy of a whole archive that can be used as it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from index.archive import FILE, Archive
from index.connection import connect
from index.doctor import Diagnosis, examine
from index.errors import NotEmpty
from index.locking import writer_lock


def back_up(folder: Path, target: Path, wait: float = 30.0) -> Diagnosis:
    """Copy the archive in ``folder`` to ``target``, and examine the copy.

    Writers wait meanwhile, searches do not. Raises NotEmpty where ``target`` holds anything, and
    leaves nothing half-done there: the database, which makes it an archive, comes last.
    """
    Archive.open(folder).close()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmpty(f"{target} is not empty: name a new folder for the backup")
    with writer_lock(folder, wait):
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / "index").is_dir():
            shutil.copytree(folder / "index", target / "index", copy_function=_copy)
        unfinished = target / f"{FILE}.unfinished"
        with (
            closing(connect(folder / FILE)) as source,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
        _sync(unfinished)
        unfinished.rename(target / FILE)
        _sync(target)
    return examine(target)


def _copy(source: str, target: str) -> str:
    shutil.copy2(source, target)
    _sync(Path(target))
    return target


def _sync(path: Path) -> None:
    """Have a file or a folder on the disk, not on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
