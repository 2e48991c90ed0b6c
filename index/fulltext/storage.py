"""Whoosh's storage, made to survive a power cut: a file is on the disk before it is named."""

from __future__ import annotations

import os
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files, each synced before it is closed, and the folder at each rename.

    Whoosh itself never syncs: a power cut within seconds of a commit can leave a table of contents
    that names files without content, when the one before it is already deleted.
    """

    def create_file(self, name: str, **kwargs: Any) -> StructFile:
        file = super().create_file(name, **kwargs)
        file.onclose = _sync
        return file

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        sync_folder(self.folder)
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(self.folder)


def _sync(file: StructFile) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Make the names in ``folder`` durable, not only the files behind them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
