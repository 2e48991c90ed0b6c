"""An archive of many short articles, made without reading files: that would take minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.archive import Archive
from index.article import Article, Stamp
from index.fulltext import FullText
from index.locking import writer_lock
from index.readers import Record

_FIRST = datetime(1990, 1, 1, tzinfo=UTC)


def article(number: int, *, hours: int | None = None, words: str = "") -> Article:
    """Article ``number``, published so many hours after the first of them; the ids are in the
    order of a shuffle, as those of real articles are."""
    moment = _FIRST + timedelta(hours=number if hours is None else hours)
    return Article(
        id=f"{(number * 7_919) % 1_000_003:07}",
        title=f"Heron {number}",
        raw_text=f"A heron was seen at weir {number}. {words}",
        published=Stamp(moment, "second", "field", "high"),
        source="The Weir",
    )


def take(folder: Path, articles: list[Article], *, remove: tuple[str, ...] = ()) -> None:
    """Take articles in and out as ``add`` and ``remove`` do, and index them."""
    with writer_lock(folder, 30), Archive.create(folder) as archive:
        with archive.writing():
            for one in articles:
                payload = f"{one.id} {one.title} {one.raw_text}".encode()
                archive.put(Record("text", payload, f"{one.id}.txt"), one)
            for id in remove:
                archive.remove(id)
            # Sorting so many into stories would take minutes; each stays a result of its own.
            archive._db.execute("UPDATE log SET stories = last_change")
        FullText(folder / "index").catch_up(archive)
