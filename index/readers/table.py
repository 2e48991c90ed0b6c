"""CSV and its relatives: a header line, then one article a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import RejectedDocument
from index.readers.columns import draft_of, guess
from index.readers.encoding import UNREADABLE_LINE, lines
from index.record import MOST_BYTES, Draft, Found, Guess, Options, Record, Rejection

_DELIMITERS = ",;\t|"


class TableReader:
    name = "csv"

    def recognises(self, head: str, suffix: str) -> bool:
        if suffix in {".csv", ".tsv", ".tab"}:
            return not head.lstrip().startswith("<")
        columns = _split(head.lstrip("\ufeff").split("\n", 1)[0])
        known = {field for field, _ in guess(columns)}
        return len(columns) >= 3 and {"title", "text"} <= known

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        csv.field_size_limit(MOST_BYTES)
        numbered = _Lines(stream)
        header = next(iter(numbered), "")
        columns = _split(header)
        if len(columns) < 2:
            yield Rejection(location, "has no header line with at least two columns")
            return
        mapping = guess(columns, options.mapping)
        yield Guess(location, mapping)
        rows = csv.reader(numbered, delimiter=_delimiter(header))
        while True:
            place = f"{location}:{numbered.number + 1}"
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                yield Rejection(place, f"is not a row of this table: {error}")
                continue
            if any(cell.strip() for cell in row[len(columns) :]):
                yield Rejection(
                    place, f"has {len(row)} cells under {len(columns)} columns: quote its commas"
                )
            elif any(cell.strip() for cell in row):
                payload = json.dumps(dict(zip(columns, row, strict=False))).encode()
                yield Record(self.name, payload, place, mapping, options.source)
        for number in numbered.unreadable:
            yield Rejection(f"{location}:{number}", UNREADABLE_LINE)

    def draft(self, record: Record) -> Draft:
        row = json.loads(record.payload)
        if not isinstance(row, dict):
            raise RejectedDocument("is no row of a table")
        return draft_of(row, record.mapping)


class _Lines:
    """The lines of a table as csv wants them, counted; what cannot be read is kept aside."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self.unreadable: list[int] = []
        self._lines = lines(stream, MOST_BYTES)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is None:
            self.unreadable.append(self.number)
        return f"{line or ''}\n"


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _split(header: str) -> list[str]:
    return next(csv.reader([header.strip()], delimiter=_delimiter(header)), [])
