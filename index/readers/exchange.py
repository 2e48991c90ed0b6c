"""What ``microfiche export`` writes: articles together with the records they were made from."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import RejectedDocument
from index.readers.encoding import UNREADABLE_LINE, lines
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection
from index.restoring import Quote

KEY = "microfiche"
# A line holds an article twice, once as JSON in JSON, where each quote may need two more signs.
_MOST_LINE = 8 * MOST_BYTES


class ExchangeReader:
    name = "microfiche"

    def recognises(self, head: str, suffix: str) -> bool:
        return head.startswith(f'{{"{KEY}": {{"format": ')

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        for number, line in enumerate(lines(stream, _MOST_LINE), start=1):
            place = f"{location}:{number}"
            if line is None:
                yield Rejection(place, UNREADABLE_LINE)
            elif line.strip():
                try:
                    yield _record(json.loads(line)[KEY])
                except (ValueError, KeyError, TypeError, RecursionError) as error:
                    yield Rejection(place, f"is no line of an export: {error}")

    def draft(self, record: Record) -> Draft:
        raise RejectedDocument("is an export inside an export")


def _record(value: object) -> Record:
    """The record as it first came: to the rest of the program there was no export."""
    if not isinstance(value, dict):
        raise TypeError("its record is no object")
    text = value.get("record")
    payload = (
        text.encode() if isinstance(text, str) else base64.b64decode(str(value["record_base64"]))
    )
    mapping = value["mapping"]
    if not isinstance(mapping, list):
        raise TypeError("mapping is no list")
    return Record(
        str(value["format"]),
        payload,
        str(value["location"]),
        tuple((str(field), str(column)) for field, column in mapping),
        str(value["source"]),
        tuple(Quote(*map(str, passage)) for passage in value.get("restored", ())),
    )
