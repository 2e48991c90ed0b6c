"""Readers: from a path or a stream to records, and from a record to a draft.

One module a format. To add one, write a module with an object that keeps the promises of
``Reader`` and name it in ``READERS``; the first that recognises a file reads it.
"""

from __future__ import annotations

from dataclasses import replace

from index.errors import RejectedDocument
from index.readers.exchange import ExchangeReader
from index.readers.feed import FeedReader
from index.readers.html import HtmlReader
from index.readers.jsonl import JsonReader
from index.readers.newsml import NewsmlReader
from index.readers.reuters import ReutersReader
from index.readers.root import foreign_root
from index.readers.table import TableReader
from index.readers.text import TextReader
from index.readers.warc import WarcReader
from index.record import Draft, Found, Guess, Options, Reader, Record, Rejection

__all__ = [
    "FORMATS",
    "READERS",
    "Draft",
    "Found",
    "Guess",
    "Options",
    "Reader",
    "Record",
    "Rejection",
    "draft_of",
    "recognise",
]

READERS: tuple[Reader, ...] = (
    ExchangeReader(),  # before JSON, which it also is
    WarcReader(),
    FeedReader(),  # these three before HTML, which their articles may be in
    NewsmlReader(),
    ReutersReader(),
    JsonReader(),
    TableReader(),
    HtmlReader(),  # after the two whose cells may hold markup
    TextReader(),  # last: it takes any text
)
FORMATS = tuple(reader.name for reader in READERS)
_BY_NAME = {reader.name: reader for reader in READERS}
_ANY_TEXT = frozenset({"html", "jsonl", "csv", "text"})  # these would take XML for what it is not


def recognise(head: str, suffix: str, format: str = "auto") -> Reader:
    """The reader for a file that starts with ``head``: by content, the suffix only helps.

    Raises RejectedDocument for XML that no reader knows.
    """
    if format != "auto":
        return _BY_NAME[format]
    reader = next(reader for reader in READERS if reader.recognises(head, suffix))
    if reader.name in _ANY_TEXT and (root := foreign_root(head, suffix)):
        raise RejectedDocument(f"is XML of a kind that is not read: root element <{root}>")
    return reader


def draft_of(record: Record) -> Draft:
    """What ``record`` says of its article; a source named with ``--source`` outranks its own.

    Raises RejectedDocument with the reason.
    """
    reader = _BY_NAME.get(record.format)
    if reader is None:
        raise RejectedDocument(f"is of a format this release does not know: {record.format!r}")
    draft = reader.draft(record)
    return replace(draft, source=record.source) if record.source else draft
