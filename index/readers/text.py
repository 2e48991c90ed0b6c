"""Plain text: a file is an article, and its first lines say what there is to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import RejectedDocument
from index.readers.encoding import decode
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection


class TextReader:
    name = "text"

    def recognises(self, head: str, suffix: str) -> bool:
        return True

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        yield whole_file(self.name, stream, location, options)

    def draft(self, record: Record) -> Draft:
        text = decode(record.payload)
        if not text.strip():
            raise RejectedDocument("is empty")
        return Draft(text=text, headless=True)


def whole_file(
    format: str, stream: BinaryIO, location: str, options: Options
) -> Record | Rejection:
    """The one record of a format in which a file is an article."""
    payload = stream.read(MOST_BYTES + 1)
    if len(payload) > MOST_BYTES:
        return Rejection(
            location, f"is over {MOST_BYTES // 1_000_000} MB: an article never is, split it first"
        )
    if not payload.strip():
        return Rejection(location, "is empty")
    return Record(format, payload, location, source=options.source)
