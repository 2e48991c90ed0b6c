"""JSON Lines, and JSON documents that hold a list of articles or a single one."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.errors import RejectedDocument
from index.readers.columns import WRAPPERS, draft_of, guess
from index.readers.encoding import UNREADABLE_LINE, decode, lines
from index.record import MOST_BYTES, Draft, Found, Guess, Options, Record, Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_MOST_DOCUMENT = 200_000_000  # a list is read whole: beyond this, one object a line
_START = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"|\})|\s*\[\s*\]")


class JsonReader:
    name = "jsonl"

    def recognises(self, head: str, suffix: str) -> bool:
        named = suffix in {".json", ".jsonl", ".ndjson", ".jl"} and not head.lstrip().startswith(
            "<"
        )
        return named or bool(_START.match(head))

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        first_line = b""
        while not first_line.strip():
            first_line = stream.readline(MOST_BYTES + 1)
            if not first_line:
                yield Rejection(location, "is empty")
                return
        if _is_object(first_line) or len(first_line) > MOST_BYTES:
            yield from self._lines(io.BufferedReader(_Rest(first_line, stream)), location, options)
            return
        document = first_line + stream.read(_MOST_DOCUMENT)
        if len(document) > _MOST_DOCUMENT:
            yield Rejection(
                location,
                f"is a JSON document of over {_MOST_DOCUMENT // 1_000_000} MB:"
                " write one object a line",
            )
            return
        articles = _articles(document)
        if articles is None:
            yield from self._lines(io.BytesIO(document), location, options)
        else:
            yield from self._listed(articles, location, options)

    def _lines(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        told = False
        for number, line in enumerate(lines(stream, MOST_BYTES), start=1):
            place = f"{location}:{number}"
            if line is None:
                yield Rejection(place, UNREADABLE_LINE)
                continue
            if not line.strip():
                continue
            if not told and (mapping := _guess_from(line, options)):
                yield Guess(location, mapping)
                told = True
            yield Record(self.name, line.strip().encode(), place, options.mapping, options.source)

    def _listed(self, articles: list[object], location: str, options: Options) -> Iterator[Found]:
        columns = {
            name: None for article in articles if isinstance(article, dict) for name in article
        }
        yield Guess(location, guess(columns, options.mapping))
        for number, article in enumerate(articles, start=1):
            place = f"{location}:{number}" if len(articles) > 1 else location
            payload = json.dumps(article, ensure_ascii=True, sort_keys=True).encode()
            yield Record(self.name, payload, place, options.mapping, options.source)

    def draft(self, record: Record) -> Draft:
        try:
            row = json.loads(decode(record.payload))
        except json.JSONDecodeError as error:
            raise RejectedDocument(f"is not JSON: {error.msg}, column {error.colno}") from error
        except RecursionError as error:
            raise RejectedDocument("is nested too deep for JSON that holds an article") from error
        except ValueError as error:
            raise RejectedDocument(f"is not JSON: {error}") from error
        if not isinstance(row, dict):
            raise RejectedDocument(f"is a JSON {type(row).__name__}, not an object with fields")
        # Each record is guessed for itself: a first one without an author says nothing of the rest.
        return draft_of(row, guess(map(str, row), record.mapping))


class _Rest(io.RawIOBase):
    """A stream with the lines that were read ahead put back."""

    def __init__(self, ahead: bytes, stream: BinaryIO) -> None:
        self._ahead = io.BytesIO(ahead)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._ahead.read(len(view)) or self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _is_object(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not _wrapped(value)


def _wrapped(value: object) -> list[object] | None:
    """The list inside {"articles": [...]}, and the like."""
    if isinstance(value, dict):
        for name in WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
            if isinstance(inner, dict) and name != "data":
                return _wrapped(inner)
        for name in ("response", "data"):
            if isinstance(value.get(name), dict):
                return _wrapped(value[name])
    return None


def _articles(document: bytes) -> list[object] | None:
    """The articles of a JSON document; None where it is no JSON document."""
    try:
        value = json.loads(decode(document))
    except (ValueError, RecursionError, RejectedDocument):
        return None
    if isinstance(value, list):
        return value
    return _wrapped(value) or [value]


def _guess_from(line: str, options: Options) -> tuple[tuple[str, str], ...] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return guess(map(str, row), options.mapping) if isinstance(row, dict) else None
