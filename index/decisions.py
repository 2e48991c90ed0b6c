"""What people decided against the cleaner, kept in the archive: passages put back, rules off."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from index.restoring import Quote
from index.settings import EVERY_SOURCE


class Decisions:
    """The decisions of one archive. Changing them needs a transaction of the archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    # -- rules

    def rules_off(self) -> frozenset[tuple[str, str]]:
        """Pairs of a rule and the source, in lower case, for which it is switched off."""
        return frozenset(
            (row["rule"], row["source"])
            for row in self._db.execute("SELECT rule, source FROM rules_off")
        )

    def switch_off(self, rule: str, source: str = EVERY_SOURCE) -> bool:
        """Switch a rule off for a source; False where it was off already."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO rules_off (rule, source) VALUES (?, ?)",
            (rule, source.casefold()),
        )
        return cursor.rowcount > 0

    def switch_on(self, rule: str, source: str = EVERY_SOURCE) -> bool:
        """Switch a rule on again; False where it was not off for exactly this source."""
        cursor = self._db.execute(
            "DELETE FROM rules_off WHERE rule = ? AND source = ?", (rule, source.casefold())
        )
        return cursor.rowcount > 0

    # -- passages put back

    def restored(self, id: str) -> tuple[Quote, ...]:
        """The passages of the article ``id`` that people put back, in the order they did."""
        return tuple(
            Quote(row["exact"], row["prefix"], row["suffix"])
            for row in self._db.execute(
                "SELECT exact, prefix, suffix FROM restored WHERE id = ? ORDER BY number", (id,)
            )
        )

    def restore(self, id: str, passage: Quote) -> None:
        """Remember that ``passage`` belongs to the article ``id``."""
        self._db.execute(
            "INSERT OR IGNORE INTO restored (id, exact, prefix, suffix, decided)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                id,
                passage.exact,
                passage.prefix,
                passage.suffix,
                datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )

    def forget(self, id: str, passage: Quote) -> None:
        """Take a restoration back."""
        self._db.execute(
            "DELETE FROM restored WHERE id = ? AND exact = ? AND prefix = ? AND suffix = ?",
            (id, passage.exact, passage.prefix, passage.suffix),
        )
