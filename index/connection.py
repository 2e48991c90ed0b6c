"""Opening the file of an archive, as one that may come from a stranger."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index import migrations
from index.errors import ArchiveUnreadable

_BUSY_MS = 10_000


def connect(path: Path | str) -> sqlite3.Connection:
    """The database at ``path``, a new one where there is none.

    Raises ArchiveUnreadable where it is no archive, of a later release, or damaged.
    """
    try:
        connection = sqlite3.connect(
            path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema = OFF")  # an archive may come from a stranger
        migrations.check(connection, new_is_fine=True)  # before anything is written to it
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk, not on its way
    except sqlite3.OperationalError as error:
        if "readonly" in str(error) or "unable to open" in str(error):
            raise ArchiveUnreadable(f"{path} cannot be opened: {error}") from error
        raise
    except sqlite3.DatabaseError as error:
        raise ArchiveUnreadable(f"{path} is no archive, or damaged: {error}") from error
    return connection
