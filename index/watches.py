"""Saved searches and what they found, kept in the archive. What a search is, only the search room
knows: here it is text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved search; ``found`` counts what it found, ``unlisted`` what of it nobody was shown."""

    name: str
    request: str
    made: datetime
    found: int
    unlisted: int


@dataclass(frozen=True, slots=True)
class Finding:
    """That an article was found by a saved search, and when."""

    id: str
    at: datetime


class Watches:
    """The saved searches of one archive. Changing them needs a transaction of the archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def all(self) -> list[Watch]:
        """Every saved search, by name."""
        return [
            Watch(
                row["name"],
                row["request"],
                datetime.fromisoformat(row["made"]),
                row["found"],
                row["unlisted"],
            )
            for row in self._db.execute(
                "SELECT w.name, w.request, w.made, count(f.article) AS found,"
                " count(f.article) FILTER (WHERE NOT f.listed) AS unlisted FROM watches w"
                " LEFT JOIN found f ON f.watch = w.number AND EXISTS (SELECT 1 FROM articles a"
                " WHERE a.number = f.article AND a.removed IS NULL) GROUP BY w.name ORDER BY w.name"
            )
        ]

    def get(self, name: str) -> Watch | None:
        return next((watch for watch in self.all() if watch.name == name), None)

    def add(self, name: str, request: str) -> bool:
        """Save a search, to which every article held is old; False where the name is taken."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO watches (name, request, made, since)"
            " VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) FROM articles))",
            (name, request, _now()),
        )
        return cursor.rowcount > 0

    def remove(self, name: str) -> bool:
        """Forget a saved search and what it found; False where there is none of this name."""
        return self._db.execute("DELETE FROM watches WHERE name = ?", (name,)).rowcount > 0

    # -- matching

    def newcomers(self, through: int) -> list[str]:
        """The ids of the articles held that came or changed since the last look, up to change
        ``through``, but for those that are old to every saved search."""
        return [
            row["id"]
            for row in self._db.execute(
                "SELECT id FROM articles, log WHERE change > log.watched AND change <= ?"
                " AND removed IS NULL AND number > (SELECT min(since) FROM watches)",
                (through,),
            )
        ]

    def record(self, name: str, ids: Iterable[str]) -> int:
        """Note that the saved search ``name`` found these articles; how many are new to it."""
        before = self._db.total_changes
        self._db.executemany(
            "INSERT OR IGNORE INTO found (watch, article, found)"
            " SELECT w.number, a.number, ? FROM watches w, articles a"
            " WHERE w.name = ? AND a.id = ? AND a.number > w.since",
            [(_now(), name, id) for id in ids],
        )
        return self._db.total_changes - before

    def looked(self, through: int) -> None:
        """Note that everything up to change ``through`` was looked at."""
        self._db.execute("UPDATE log SET watched = max(watched, ?)", (through,))

    # -- what was found

    def findings(self, name: str, most: int, *, unlisted: bool = False) -> list[Finding]:
        """What a saved search found and is still held, the last found first."""
        return [
            Finding(row["id"], datetime.fromisoformat(row["found"]))
            for row in self._db.execute(
                "SELECT a.id, f.found FROM found f JOIN watches w ON w.number = f.watch"
                " JOIN articles a ON a.number = f.article WHERE w.name = ?"
                " AND a.removed IS NULL AND f.listed <= ?"
                " ORDER BY f.found DESC, a.number DESC LIMIT ?",
                (name, not unlisted, most),
            )
        ]

    def list_all(self, name: str) -> None:
        """Note that everything the saved search ``name`` found was shown to somebody."""
        self._db.execute(
            "UPDATE found SET listed = 1 WHERE NOT listed"
            " AND watch = (SELECT number FROM watches WHERE name = ?)",
            (name,),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
