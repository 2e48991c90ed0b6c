"""Taking files in without an archive, as ``microfiche clean`` does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from index.archive import Archive
from index.article import Article
from index.pipeline import article_of
from index.readers import Guess, Options, Record, Rejection
from index.readers.columns import guess, parse_mapping
from index.readers.sources import read, walk
from index.settings import Settings


@dataclass(frozen=True)
class Taken:
    """What came of some inputs, each kind in the order in which it was found."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]
    guesses: tuple[Guess, ...]
    records: tuple[Record, ...]

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]

    @property
    def formats(self) -> list[str]:
        return [record.format for record in self.records]

    @property
    def reasons(self) -> dict[str, str]:
        """Why things were not taken, by the name (and line) of the file."""
        return {Path(found.location).name: found.reason for found in self.rejections}


def take(
    *inputs: str | Path,
    format: str = "auto",
    mapping: str = "",
    source: str = "",
    zone: str = "UTC",
) -> Taken:
    """Read ``inputs`` and extract every article, in this process."""
    articles: list[Article] = []
    rejections: list[Rejection] = []
    guesses: list[Guess] = []
    records: list[Record] = []
    options = Options(mapping=parse_mapping(mapping), source=source)
    for place in walk(map(str, inputs)):
        if isinstance(place, Rejection):
            rejections.append(place)
            continue
        for found in read(place, options, format):
            match found:
                case Guess():
                    guesses.append(found)
                case Rejection():
                    rejections.append(found)
                case Record():
                    records.append(found)
                    outcome = article_of(found, Settings(ZoneInfo(zone)))
                    if isinstance(outcome, Rejection):
                        rejections.append(outcome)
                    else:
                        articles.append(outcome)
    return Taken(tuple(articles), tuple(rejections), tuple(guesses), tuple(records))


def record(**row: object) -> Record:
    """A record as a line of an export gives it, its columns guessed."""
    return Record("jsonl", json.dumps(row).encode(), "export.jsonl:1", guess(row))


def put(archive: Archive, *records: Record) -> list[str]:
    """Take ``records`` into ``archive``, all in one transaction; their ids."""
    ids = []
    with archive.writing():
        for one in records:
            article = article_of(one, archive.settings)
            assert isinstance(article, Article)
            archive.put(one, article)
            ids.append(article.id)
    return ids
