"""Counting an archive, and asking SQLite whether its file is sound."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_CURRENT = " FROM versions v JOIN articles a ON a.number = v.article AND a.version = v.version"


@dataclass(frozen=True, slots=True)
class Count:
    """What an archive holds."""

    articles: int
    versions: int
    removals: int
    undated: int
    doubtful: int
    sources: tuple[tuple[str, int], ...]
    first: str
    last: str
    last_change: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """What one rule set aside in the articles held, with the reason it gives."""

    rule: str
    reason: str
    passages: int
    articles: int


def count(connection: sqlite3.Connection) -> Count:
    """How much the archive holds, from when to when."""
    totals = connection.execute(
        "SELECT count(*) AS articles, sum(v.published IS NULL) AS undated,"
        " sum(v.doubt != '') AS doubtful,"
        " coalesce(min(json_extract(v.published, '$.at')), '') AS first,"
        " coalesce(max(json_extract(v.published, '$.at')), '') AS last" + _CURRENT
    ).fetchone()
    sources = connection.execute(
        "SELECT v.source, count(*) AS articles"
        + _CURRENT
        + " GROUP BY v.source ORDER BY articles DESC, v.source"
    ).fetchall()
    return Count(
        articles=totals["articles"],
        versions=connection.execute("SELECT count(*) FROM versions").fetchone()[0],
        removals=connection.execute("SELECT count(*) FROM removals").fetchone()[0],
        undated=totals["undated"] or 0,
        doubtful=totals["doubtful"] or 0,
        sources=tuple((row["source"], row["articles"]) for row in sources),
        first=totals["first"],
        last=totals["last"],
        last_change=connection.execute("SELECT last_change FROM log").fetchone()[0],
    )


def by_rule(connection: sqlite3.Connection) -> list[SetAside]:
    """What each rule set aside, the most used first."""
    return [
        SetAside(row["rule"], row["reason"], row["passages"], row["articles"])
        for row in connection.execute(
            "SELECT r.rule, max(r.reason) AS reason, count(*) AS passages,"
            " count(DISTINCT v.number) AS articles"
            + _CURRENT
            + " JOIN removals r ON r.version = v.number GROUP BY r.rule ORDER BY passages DESC"
        )
    ]


def doubtful(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(id, title, why) of the articles whose cleaning a person should look at."""
    return [
        (row["id"], row["title"], row["doubt"])
        for row in connection.execute(
            "SELECT a.id, v.title, v.doubt" + _CURRENT + " WHERE v.doubt != '' ORDER BY v.number"
        )
    ]


def faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file; empty for a sound one."""
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(10)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [text for text in found if text != "ok"] + [
        f"a row of {row[0]} belongs to nothing" for row in broken
    ]
