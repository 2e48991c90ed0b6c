"""The archive: every article as it came and as it reads, in SQLite. The index is derived from it.

Layout of ``archive.sqlite`` (see ``migrations.py``): ``articles`` has a row for each article ever
held, ``versions`` each version of it, ``removals`` the ledger of each version. Every change of an
article takes the next number from the log of changes, so that an index that remembers the last
change it holds can catch up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from index import holdings, migrations, rows
from index.article import Article, CopyOf, Edition, HeldArticle, first_published
from index.connection import connect
from index.errors import ArchiveMissing, BadZone
from index.holdings import Count, SetAside
from index.reading import read
from index.rows import Change, Version

if TYPE_CHECKING:
    from index.decisions import Decisions
    from index.intake import Intake, Outcome
    from index.record import Record
    from index.settings import Settings
    from index.watches import Watches

FILE = "archive.sqlite"
_MOST_VARIABLES = 500  # even, as some come in pairs


class Archive:
    """An open archive. Reading needs no lock; whoever writes holds the archive's lock."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._db = connection
        self.folder = folder

    @classmethod
    def create(cls, folder: Path) -> Archive:
        """Open the archive in ``folder`` for writing; a new one is readable by its owner only."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = connect(folder / FILE)
        migrations.migrate(connection)
        return cls(connection, folder)

    @classmethod
    def open(cls, folder: Path) -> Archive:
        """Open the archive in ``folder`` for reading.

        Raises ArchiveMissing where there is none, ArchiveUnreadable where it is of a later release
        or damaged.
        """
        path = folder / FILE
        if not cls.exists(folder):
            raise ArchiveMissing(
                f"there is no archive at {folder}:"
                f" make one with microfiche add PATH --archive {folder}"
            )
        connection = connect(path)
        migrations.check(connection)
        return cls(connection, folder)

    @classmethod
    def in_memory(cls) -> Archive:
        """An empty archive that leaves no trace, to try things on."""
        connection = connect(":memory:")
        migrations.migrate(connection)
        return cls(connection, Path())

    @staticmethod
    def exists(folder: Path) -> bool:
        return (folder / FILE).is_file()

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end, and dates without a zone are read."""
        row = self._db.execute("SELECT value FROM settings WHERE name = 'zone'").fetchone()
        return ZoneInfo(row["value"] if row else "UTC")

    def set_zone(self, name: str) -> None:
        """Let days begin and end in another time zone from now on. Raises BadZone."""
        if name not in available_timezones():
            raise BadZone(f"there is no time zone {name!r}: their names read like Europe/Berlin")
        with self.writing():
            self._db.execute("INSERT OR REPLACE INTO settings VALUES ('zone', ?)", (name,))

    @property
    def decisions(self) -> Decisions:
        """What people decided against the cleaner."""
        from index.decisions import Decisions  # noqa: PLC0415 - a search does not wait for it

        return Decisions(self._db)

    @property
    def watches(self) -> Watches:
        """The saved searches and what they found."""
        from index.watches import Watches  # noqa: PLC0415 - nor for this

        return Watches(self._db)

    @property
    def settings(self) -> Settings:
        """What holds for every article that is taken in."""
        from index.settings import Settings  # noqa: PLC0415 - nor for this

        return Settings(self.zone, self.decisions.rules_off())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it lands, or nothing."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    # -- taking in

    def known(self, fingerprints: Sequence[bytes]) -> set[bytes]:
        """Those of ``fingerprints`` that some version of an article held now was made from."""
        return {row["fingerprint"] for row in self._found(_MADE_FROM, fingerprints)}

    def put(self, record: Record, article: Article, cleaner: str = "") -> Outcome:
        """Take an article in, inside ``writing``; a new version keeps the earlier ones.

        Passages that somebody put back stay in it. ``cleaner`` names what cleaned it.
        """
        return self._intake.put(record, article, cleaner)

    def reread(self, number: int, article: Article, cleaner: str) -> bool:
        """Let version ``number`` of those held read as ``article`` does, inside ``writing``. False
        where it does already, and then the index has no work."""
        return self._intake.reread(number, article, cleaner)

    def remove(self, id: str) -> bool:
        """Forget an article and its versions, inside ``writing``; False where it is not held."""
        return self._intake.remove(id)

    @property
    def _intake(self) -> Intake:
        from index.intake import Intake  # noqa: PLC0415 - a search takes nothing in

        return Intake(self._db)

    def sort_stories(self) -> None:
        """Bring the stories up to the articles; at once where nothing has changed."""
        from index.stories import Stories  # noqa: PLC0415 - a search has no use for what it loads

        stories = Stories(self._db, self._articles, self._intake.next_change)
        while True:
            with self.writing():
                if not stories.catch_up():
                    return

    def _articles(self, numbers: list[int]) -> dict[int, Article]:
        found = list(
            self._found(_HELD + " WHERE v.number IS NOT NULL AND a.number IN ({})", numbers)
        )
        ledger = self._ledger([row["number"] for row in found])
        return {row["article"]: rows.to_article(row, ledger).article for row in found}

    # -- giving out

    def last_change(self) -> int:
        """The number of the last change made to any article; 0 for an empty archive."""
        return int(self._db.execute("SELECT last_change FROM log").fetchone()[0])

    def __len__(self) -> int:
        return int(
            self._db.execute("SELECT count(*) FROM articles WHERE removed IS NULL").fetchone()[0]
        )

    def changes(self, after: int) -> Iterator[Change]:
        """What changed after change ``after``, in order, each article once, in its newest state."""
        position = after
        while True:
            found = self._db.execute(
                _HELD + " WHERE a.change > ? ORDER BY a.change LIMIT 200", (position,)
            ).fetchall()
            if not found:
                return
            ledger = self._ledger([row["number"] for row in found if row["number"] is not None])
            for row in found:
                held = None if row["number"] is None else rows.to_article(row, ledger)
                yield Change(row["change"], row["id"], held)
            position = found[-1]["change"]

    def state(self) -> int:
        """A number that is another one once anybody else has written to the archive."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def get(self, id: str, version: int | None = None) -> HeldArticle | None:
        """The article ``id``, or that ``version`` of it; None where it is not held."""
        return self.get_many([(id, version)]).get(id)

    def get_many(self, wanted: Iterable[tuple[str, int | None]]) -> dict[str, HeldArticle]:
        """The articles that are held of ``wanted`` pairs of id and version, by id."""
        found = list(self._found(_WANTED, list(chain.from_iterable(wanted)), "(?, ?)"))
        ledger = self._ledger([row["number"] for row in found])
        stories = self._stories({row["story"] for row in found})
        return {
            row["id"]: rows.to_article(row, ledger, _copies(row, stories[row["story"]]))
            for row in found
        }

    def headlines(self, wanted: Iterable[tuple[str, int]]) -> list[str]:
        """The headline of each of ``wanted`` pairs of id and version, "" where it is not held."""
        return [
            row["title"] if row is not None else ""
            for pair in wanted
            for row in self._db.execute(_HEADLINE, pair).fetchall() or (None,)
        ]

    def _stories(self, numbers: Iterable[int]) -> dict[int, list[sqlite3.Row]]:
        """The articles that are held of each story, in the order they came."""
        told: dict[int, list[sqlite3.Row]] = {number: [] for number in numbers}
        for row in self._found(_TELLING, list(told)):
            told[row["story"]].append(row)
        return told

    def was_removed(self, id: str) -> str | None:
        """When the article ``id`` was removed, None where it never was or is held again."""
        row = self._db.execute("SELECT removed FROM articles WHERE id = ?", (id,)).fetchone()
        return row["removed"] if row else None

    def history(self, id: str) -> list[Edition]:
        """Each version of the article ``id`` that is kept, oldest first; none where it is not
        held."""
        return [
            rows.to_edition(row)
            for row in self._db.execute(
                "SELECT v.version, v.taken, v.title, v.words, v.slug, v.partial, v.published,"
                " v.updated FROM versions v JOIN articles a ON a.number = v.article"
                " WHERE a.id = ? ORDER BY v.version",
                (id,),
            )
        ]

    def versions(self) -> Iterator[tuple[Article, Record]]:
        """Every version of every article with the record it came from, in order of arrival."""
        position = 0
        while True:
            found = self._db.execute(
                "SELECT a.id, a.change, a.story, v.* FROM versions v"
                " JOIN articles a ON a.number = v.article"
                " WHERE v.number > ? ORDER BY v.number LIMIT 200",
                (position,),
            ).fetchall()
            if not found:
                return
            ledger = self._ledger([row["number"] for row in found])
            for row in found:
                yield rows.to_article(row, ledger).article, rows.to_record(row)
            position = found[-1]["number"]

    def current_version(self, id: str) -> Version | None:
        """The newest version of the article ``id``; None where it is not held."""
        row = self._db.execute(_HELD + " WHERE a.id = ?", (id,)).fetchone()
        return None if row is None or row["number"] is None else rows.to_version(row)

    def current_versions(self, source: str | None = None) -> Iterator[Version]:
        """The newest version of every article held, of one source or of all, oldest first."""
        position = 0
        while True:
            found = self._db.execute(
                "SELECT a.id, v.* FROM versions v JOIN articles a ON a.number = v.article AND"
                " a.version = v.version WHERE v.number > ? AND (? IS NULL OR"
                " lower(v.source) = ?) ORDER BY v.number LIMIT 200",
                (position, source, (source or "").casefold()),
            ).fetchall()
            if not found:
                return
            for row in found:
                yield rows.to_version(row)
            position = found[-1]["number"]

    def _ledger(self, versions: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        ledger: dict[int, list[sqlite3.Row]] = {}
        for row in self._found(_SET_ASIDE, versions):
            ledger.setdefault(row["version"], []).append(row)
        return ledger

    def _found(
        self, query: str, values: Sequence[object], mark: str = "?"
    ) -> Iterator[sqlite3.Row]:
        """What ``query`` finds for ``values``, as many at a time as SQLite takes: where it has {},
        a ``mark`` stands for each, or for each pair of them."""
        for start in range(0, len(values), _MOST_VARIABLES):
            part = values[start : start + _MOST_VARIABLES]
            marks = ", ".join([mark] * (len(part) // mark.count("?")))
            yield from self._db.execute(query.format(marks), part)

    def count(self) -> Count:
        """How much the archive holds, from when to when."""
        return holdings.count(self._db)

    def by_rule(self) -> list[SetAside]:
        """(rule, passages, articles) of what is set aside, the most frequent rule first."""
        return holdings.by_rule(self._db)

    def doubtful(self) -> list[tuple[str, str, str]]:
        """(id, title, why) of the articles whose cleaning a person should look at."""
        return holdings.doubtful(self._db)

    def texts(self, source: str) -> Iterator[str]:
        """The clean texts of the articles of ``source``, in the order in which they changed."""
        for change in self.changes(0):
            if change.article and change.article.article.source.casefold() == source.casefold():
                article = change.article.article
                yield read(article.raw_text, article.removals).text

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file; empty for a sound one."""
        return holdings.faults(self._db)


_MADE_FROM = "SELECT fingerprint FROM versions WHERE fingerprint IN ({})"
_SET_ASIDE = "SELECT * FROM removals WHERE version IN ({}) ORDER BY version, start"
_HEADLINE = (
    "SELECT v.title FROM articles a JOIN versions v ON v.article = a.number"
    " WHERE a.id = ? AND v.version = ?"
)
# Of the articles on a page all but how they came, which is as long as they are.
_COLUMNS = ", ".join(f"v.{column}" for column in rows.READ)
_WANTED = (
    "WITH wanted (id, version) AS (VALUES {}) SELECT a.id, a.change, a.story, "  # noqa: S608
    f"{_COLUMNS} FROM wanted w CROSS JOIN articles a ON a.id = w.id"
    " JOIN versions v ON v.article = a.number AND v.version = coalesce(w.version, a.version)"
)
_TELLING = (
    "SELECT a.story, a.id, v.title, v.source, v.published, v.slug, v.url FROM articles a"
    " JOIN versions v ON v.article = a.number AND v.version = a.version"
    " WHERE a.story IN ({}) ORDER BY a.number"
)
_HELD = (
    "SELECT a.id, a.change, a.story, v.* FROM articles a LEFT JOIN versions v"
    " ON v.article = a.number AND v.version = a.version"
)


def _copies(row: sqlite3.Row, telling: Iterable[sqlite3.Row]) -> tuple[CopyOf, ...]:
    """The others that tell the story of an article, the first published first."""
    copies = [rows.to_copy(other) for other in telling if other["id"] != row["id"]]
    return tuple(sorted(copies, key=lambda copy: first_published(copy.published)))
