"""Taking articles in: what becomes of one that comes, comes again, reads otherwise or goes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Literal

from index import rows
from index.article import Article
from index.decisions import Decisions
from index.record import Record
from index.restoring import put_back

Outcome = Literal["added", "updated", "unchanged"]


class Intake:
    """Articles on their way into one archive; use it inside a transaction of the archive.

    Passages that somebody put back stay in whatever is taken in. ``cleaner`` names what cleaned an
    article.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._decisions = Decisions(connection)

    def put(self, record: Record, article: Article, cleaner: str) -> Outcome:
        """Take an article in; a new version keeps the earlier ones."""
        for passage in record.restored:
            self._decisions.restore(article.id, passage)
        article = self._put_back(article)
        held = self._db.execute(
            "SELECT number, version, removed FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        if held is not None and self._adds_nothing(held["number"], record, article):
            return "unchanged"
        number, version = self._next_version(article.id, held)
        self._insert_version(number, version, record, article, cleaner)
        return "updated" if held is not None and held["removed"] is None else "added"

    def reread(self, number: int, article: Article, cleaner: str) -> bool:
        """Let version ``number`` of those held read as ``article`` does; it stays the version it
        is. False where it does already, and then the index has no work."""
        article = self._put_back(article)
        held = self._db.execute(
            "SELECT article, reads_as FROM versions WHERE number = ?", (number,)
        ).fetchone()
        if held["reads_as"] == rows.reads_as(article):
            self._db.execute("UPDATE versions SET cleaner = ? WHERE number = ?", (cleaner, number))
            return False
        self._db.execute(
            rows.UPDATE_VERSION, {"number": number, **rows.of_article(article, cleaner)}
        )
        self._db.execute("DELETE FROM removals WHERE version = ?", (number,))
        self._insert_removals(number, article)
        self._db.execute(
            "UPDATE articles SET change = ? WHERE number = ?", (self.next_change(), held["article"])
        )
        return True

    def remove(self, id: str) -> bool:
        """Forget an article and all its versions; False where it is not held.

        A tombstone stays, so that the index learns of it and the address can say "gone".
        """
        row = self._db.execute(
            "SELECT number FROM articles WHERE id = ? AND removed IS NULL", (id,)
        ).fetchone()
        if row is None:
            return False
        self._db.execute("DELETE FROM versions WHERE article = ?", (row["number"],))
        self._db.execute(
            "UPDATE articles SET removed = ?, change = ? WHERE number = ?",
            (datetime.now(UTC).isoformat(timespec="seconds"), self.next_change(), row["number"]),
        )
        return True

    def next_change(self) -> int:
        """The next number of the log of changes."""
        row = self._db.execute(
            "UPDATE log SET last_change = last_change + 1 RETURNING last_change"
        ).fetchone()
        return int(row[0])

    def _put_back(self, article: Article) -> Article:
        """``article`` with the passages in it that somebody put back."""
        return put_back(article, self._decisions.restored(article.id))

    def _adds_nothing(self, number: int, record: Record, article: Article) -> bool:
        """Whether nothing is to be kept of what came for an article that is held."""
        if self._has_version(number, record.fingerprint, article):
            return True
        # A feed's summary does not replace the article itself.
        return bool(article.partial) and self._is_whole(number)

    def _has_version(self, number: int, fingerprint: bytes, article: Article) -> bool:
        """Whether this very input, or one that reads exactly the same, is held for this article."""
        row = self._db.execute(
            "SELECT 1 FROM versions WHERE article = ? AND (fingerprint = ? OR reads_as = ?)",
            (number, fingerprint, rows.reads_as(article)),
        ).fetchone()
        return row is not None

    def _is_whole(self, number: int) -> bool:
        row = self._db.execute(
            "SELECT 1 FROM versions WHERE article = ? AND partial = ''", (number,)
        ).fetchone()
        return row is not None

    def _next_version(self, id: str, held: sqlite3.Row | None) -> tuple[int, int]:
        """The number of an article and of its version that comes now, as a change of the log."""
        change = self.next_change()
        if held is None:
            cursor = self._db.execute(
                "INSERT INTO articles (id, version, change) VALUES (?, 1, ?)", (id, change)
            )
            return int(cursor.lastrowid or 0), 1
        number, version = held["number"], held["version"] + 1
        self._db.execute(
            "UPDATE articles SET version = ?, change = ?, removed = NULL WHERE number = ?",
            (version, change, number),
        )
        return number, version

    def _insert_version(
        self, number: int, version: int, record: Record, article: Article, cleaner: str
    ) -> None:
        cursor = self._db.execute(
            rows.INSERT_VERSION,
            {
                "article": number,
                "version": version,
                **rows.of_record(record),
                **rows.of_article(article, cleaner),
            },
        )
        self._insert_removals(int(cursor.lastrowid or 0), article)

    def _insert_removals(self, version_number: int, article: Article) -> None:
        self._db.executemany(
            rows.INSERT_REMOVAL,
            [{"version": version_number, **rows.of_removal(r)} for r in article.removals],
        )
