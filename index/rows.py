"""Articles as rows of the archive's tables, and back. The tables are in ``migrations``."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.article import Article, CopyOf, Edition, HeldArticle, Removal, Stamp
from index.reading import read

if TYPE_CHECKING:
    from index.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log: ``article`` is None where it was removed."""

    number: int
    id: str
    article: HeldArticle | None


@dataclass(frozen=True, slots=True)
class Version:
    """The newest version of an article, as it came; ``number`` names it for ``Archive.reread``."""

    number: int
    id: str
    source: str
    cleaner: str
    record: Record


# What ``to_article`` reads of a version.
READ = (
    *("raw_text", "number", "title", "titles", "standfirst", "authors", "published", "updated"),
    *("source", "section", "tags", "url", "language", "dateline", "slug", "partial", "doubt"),
    *("taken", "version", "words"),
)
INSERT_VERSION = """
    INSERT INTO versions (article, version, fingerprint, reads_as, taken, format,
        location, mapping, named_source, original, raw_text, title, titles, standfirst, authors,
        published, updated, source, section, tags, url, language, dateline, slug,
        partial, doubt, words, cleaner)
    VALUES (:article, :version, :fingerprint, :reads_as, :taken, :format,
        :location, :mapping, :named_source, :original, :raw_text, :title, :titles, :standfirst,
        :authors, :published, :updated, :source, :section, :tags, :url, :language, :dateline,
        :slug, :partial, :doubt, :words, :cleaner)
"""
# A version that reads otherwise now, though it came as it is: all but where and when it came.
UPDATE_VERSION = """
    UPDATE versions SET reads_as = :reads_as, raw_text = :raw_text,
        title = :title, titles = :titles, standfirst = :standfirst, authors = :authors,
        published = :published, updated = :updated, source = :source, section = :section,
        tags = :tags, url = :url, language = :language, dateline = :dateline, slug = :slug,
        partial = :partial, doubt = :doubt, words = :words, cleaner = :cleaner
    WHERE number = :number
"""
INSERT_REMOVAL = """
    INSERT INTO removals (version, start, end, rule, rule_version, reason, confidence, evidence,
        moves_to)
    VALUES (:version, :start, :end, :rule, :rule_version, :reason, :confidence, :evidence,
        :moves_to)
"""


def of_record(record: Record) -> dict[str, object]:
    """The columns of a version that say how it came."""
    return {
        "fingerprint": record.fingerprint,
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "format": record.format,
        "location": record.location,
        "mapping": json.dumps(record.mapping),
        "named_source": record.source,
        "original": zlib.compress(record.payload, 6),
    }


def of_article(article: Article, cleaner: str) -> dict[str, object]:
    """The columns of a version that say how it reads; ``cleaner`` is what made it so."""
    text = read(article.raw_text, article.removals).text
    return {
        "reads_as": reads_as(article),
        "raw_text": zlib.compress(article.raw_text.encode("utf-8", "replace"), 6),
        "title": article.title,
        "titles": json.dumps(article.titles, ensure_ascii=False),
        "standfirst": article.standfirst,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published": _of_stamp(article.published),
        "updated": _of_stamp(article.updated),
        "source": article.source,
        "section": article.section,
        "tags": json.dumps(article.tags, ensure_ascii=False),
        "url": article.url,
        "language": article.language,
        "dateline": article.dateline,
        "slug": article.slug,
        "partial": article.partial,
        "doubt": article.doubt,
        "words": len(text.split()),
        "cleaner": cleaner,
    }


def of_removal(removal: Removal) -> dict[str, object]:
    """The columns of a removal, all but whose it is; its text is in the raw text."""
    return {
        "start": removal.start,
        "end": removal.end,
        "rule": removal.rule,
        "rule_version": removal.version,
        "reason": removal.reason,
        "confidence": removal.confidence,
        "evidence": removal.evidence,
        "moves_to": removal.moves_to,
    }


def to_record(row: sqlite3.Row) -> Record:
    """The record a version was made from, as it came."""
    from index.record import Record  # noqa: PLC0415 - a search does not wait for it

    return Record(
        row["format"],
        zlib.decompress(row["original"]),
        row["location"],
        tuple((field, column) for field, column in json.loads(row["mapping"])),
        row["named_source"],
    )


def to_copy(row: sqlite3.Row) -> CopyOf:
    """What is told of a copy in another article's place."""
    return CopyOf(
        row["id"], row["title"], row["source"], _to_stamp(row["published"]), row["slug"], row["url"]
    )


def to_edition(row: sqlite3.Row) -> Edition:
    """What a list of versions tells of one."""
    return Edition(
        row["version"],
        datetime.fromisoformat(row["taken"]),
        row["title"],
        row["words"],
        row["slug"],
        row["partial"],
        _to_stamp(row["published"]),
        _to_stamp(row["updated"]),
    )


def to_version(row: sqlite3.Row) -> Version:
    """A version with the record it was made from."""
    return Version(row["number"], row["id"], row["source"], row["cleaner"], to_record(row))


def to_article(
    row: sqlite3.Row,
    ledger: Mapping[int, Sequence[sqlite3.Row]],
    copies: tuple[CopyOf, ...] = (),
) -> HeldArticle:
    """The article of a version; ``ledger`` has the rows of its removals under its number."""
    raw_text = zlib.decompress(row["raw_text"]).decode()
    article = Article(
        id=row["id"],
        title=row["title"],
        titles=_several(row["titles"]),
        raw_text=raw_text,
        removals=tuple(_to_removal(found, raw_text) for found in ledger.get(row["number"], ())),
        standfirst=row["standfirst"],
        authors=_several(row["authors"]),
        published=_to_stamp(row["published"]),
        updated=_to_stamp(row["updated"]),
        source=row["source"],
        section=row["section"],
        tags=_several(row["tags"]),
        url=row["url"],
        language=row["language"],
        dateline=row["dateline"],
        slug=row["slug"],
        partial=row["partial"],
        doubt=row["doubt"],
    )
    taken = datetime.fromisoformat(row["taken"])
    return HeldArticle(
        article, row["version"], taken, row["change"], row["story"], copies, row["words"]
    )


def reads_as(article: Article) -> bytes:
    """A digest of everything an article says, whatever its record looked like."""
    return _digest(repr(article))


def _to_removal(row: sqlite3.Row, raw_text: str) -> Removal:
    return Removal(
        start=row["start"],
        end=row["end"],
        text=raw_text[row["start"] : row["end"]],
        rule=row["rule"],
        version=row["rule_version"],
        reason=row["reason"],
        confidence=row["confidence"],
        evidence=row["evidence"],
        moves_to=row["moves_to"],
    )


def _several(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _of_stamp(stamp: Stamp | None) -> str | None:
    if stamp is None:
        return None
    return json.dumps(
        {
            "at": stamp.at.isoformat(),
            "precision": stamp.precision,
            "from": stamp.origin,
            "confidence": stamp.confidence,
        }
    )


def _to_stamp(text: str | None) -> Stamp | None:
    if text is None:
        return None
    value = json.loads(text)
    return Stamp(
        datetime.fromisoformat(value["at"]), value["precision"], value["from"], value["confidence"]
    )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
