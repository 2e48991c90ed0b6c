"""The tables of an archive, and how an older archive gets them."""

from __future__ import annotations

import sqlite3

from index.errors import ArchiveUnreadable

# "MFCH": marks the file as ours, so that another program's database is never written to.
APPLICATION_ID = 0x4D464348

_FIRST = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row. Every change of an article takes the next number.
CREATE TABLE log (last_change INTEGER NOT NULL);
INSERT INTO log VALUES (0);

-- Every article ever held. "removed" is when it was taken out, and then it has no versions.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL UNIQUE,
    removed TEXT
);

-- Each version as it came (original, compressed) and as it reads. Dates are JSON: {"at",
-- "precision", "from", "confidence"}; "same_text" is a digest of the clean text.
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    reads_as BLOB NOT NULL,
    same_text BLOB,
    taken TEXT NOT NULL,
    format TEXT NOT NULL,
    location TEXT NOT NULL,
    mapping TEXT NOT NULL,
    named_source TEXT NOT NULL,
    original BLOB NOT NULL,
    raw_text BLOB NOT NULL,
    title TEXT NOT NULL,
    titles TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    authors TEXT NOT NULL,
    published TEXT,
    updated TEXT,
    source TEXT NOT NULL,
    section TEXT NOT NULL,
    tags TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    dateline TEXT NOT NULL,
    partial TEXT NOT NULL,
    words INTEGER NOT NULL,
    UNIQUE (article, version)
);
CREATE INDEX versions_by_fingerprint ON versions (fingerprint);
CREATE INDEX versions_by_text ON versions (same_text) WHERE same_text IS NOT NULL;

-- The ledger: what was set aside of each version, by which rule and why.
CREATE TABLE removals (
    version INTEGER NOT NULL REFERENCES versions (number) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    confidence REAL NOT NULL,
    evidence TEXT NOT NULL,
    moves_to TEXT,
    PRIMARY KEY (version, start)
) WITHOUT ROWID;
"""

_DECISIONS = """
-- Rules that are switched off for a source (in lower case; "" stands for every source).
CREATE TABLE rules_off (
    rule TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (rule, source)
) WITHOUT ROWID;

-- Passages that people put back, by their words and the words around them; the id is kept even
-- when the article is removed, so that they hold when it comes again.
CREATE TABLE restored (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    decided TEXT NOT NULL,
    UNIQUE (id, exact, prefix, suffix)
);

-- Under which label an agency sent it, such as UPDATE 2; which rules the text went through.
ALTER TABLE versions ADD COLUMN slug TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN cleaner TEXT NOT NULL DEFAULT '';
-- Why a person should look at what was set aside.
ALTER TABLE versions ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
"""

_STORIES = """
-- Articles of one story have the same number here; how far the log was followed is in "stories".
ALTER TABLE articles ADD COLUMN story INTEGER;
ALTER TABLE log ADD COLUMN stories INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;

-- Under which keys an article is found by its likes. What is left of an earlier version only costs
-- a comparison that fails.
CREATE TABLE story_keys (
    key INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (key, article)
) WITHOUT ROWID;

-- Copies are known by their story now.
DROP INDEX versions_by_text;
ALTER TABLE versions DROP COLUMN same_text;
"""

_WATCHES = """
-- Saved searches, the search as JSON. To each only articles numbered above "since" are new.
CREATE TABLE watches (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL,
    made TEXT NOT NULL,
    since INTEGER NOT NULL
);

-- What each found when it came, whatever became of it, and whether somebody was shown it; how far
-- the log was looked at is in "watched".
CREATE TABLE found (
    watch INTEGER NOT NULL REFERENCES watches (number) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    found TEXT NOT NULL,
    listed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (watch, article)
) WITHOUT ROWID;
ALTER TABLE log ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
"""

# Number n brings an archive from schema n to n + 1. Never edit one that was released: add another.
MIGRATIONS: tuple[str, ...] = (_FIRST, _DECISIONS, _STORIES, _WATCHES)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to the newest schema, in one transaction a step."""
    version = check(connection, new_is_fine=True)
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\n"
            f"PRAGMA application_id = {APPLICATION_ID};\nCOMMIT;"
        )


def check(connection: sqlite3.Connection, *, new_is_fine: bool = False) -> int:
    """The schema version of a database. Raises ArchiveUnreadable where it is not ours to use."""
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise ArchiveUnreadable(f"archive.sqlite is damaged: {error}") from error
    if not tables and new_is_fine:
        return 0
    if application != APPLICATION_ID:
        raise ArchiveUnreadable("archive.sqlite is another program's database: name another folder")
    if version > len(MIGRATIONS):
        raise ArchiveUnreadable(
            f"the archive has schema {version}, this release knows {len(MIGRATIONS)}:"
            " update microfiche"
        )
    if version < len(MIGRATIONS) and not new_is_fine:
        raise ArchiveUnreadable(
            "the archive is of an older release: run microfiche rebuild to update it"
        )
    return version
