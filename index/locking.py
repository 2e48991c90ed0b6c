"""One writer at a time: a lock on the archive's folder that dies with its process."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveLocked

_FILE = "writer.lock"
_PAUSE = 0.1


@contextmanager
def writer_lock(folder: Path, wait: float = 30) -> Iterator[None]:
    """Hold the archive's writer lock; wait up to ``wait`` seconds for it.

    The kernel lets go of it when the process ends, however it ends. The file names the holder for
    those who wait. Raises ArchiveLocked with the holder's process number and command.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _FILE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait
        while not _locked(descriptor):
            if time.monotonic() >= deadline:
                holder = os.read(descriptor, 500).decode("utf-8", "replace").strip()
                raise ArchiveLocked(
                    f"another process is writing to {folder}: {holder or 'it did not say which'};"
                    " wait for it, or give --wait more seconds"
                )
            time.sleep(_PAUSE)
        os.ftruncate(descriptor, 0)
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:300]
        os.pwrite(descriptor, f"process {os.getpid()} ({command})".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
