"""What passes between a reader and the rest: records out of a file, drafts out of a record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO, Protocol

from index.restoring import Quote

# No article is longer; what is, is not one article. A hostile page of this size is still bounded.
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person who adds the files said about them."""

    mapping: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Record:
    """One article as it came: its bytes, the reader that knows them, and where they lay.

    ``mapping`` leads from our fields to the record's own names; only tables and JSON have one.
    ``restored`` are passages that people put back in the archive that the record was exported from.
    """

    format: str
    payload: bytes
    location: str
    mapping: tuple[tuple[str, str], ...] = ()
    source: str = ""
    restored: tuple[Quote, ...] = ()

    @cached_property
    def fingerprint(self) -> bytes:
        """16 bytes that differ as soon as anything differs that the article is made from."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(json.dumps([self.format, self.mapping, self.source]).encode())
        digest.update(self.payload)
        return digest.digest()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not taken in: where it lay, and why in one line."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guess:
    """How a reader took the columns of a file, so that the person can see it and correct it."""

    location: str
    mapping: tuple[tuple[str, str], ...]


Found = Record | Rejection | Guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format itself says of an article; everything is still as it was written.

    Either ``text`` (plain) or ``markup`` (HTML) holds the article. ``headless`` text has no
    title of its own: the title is in its first lines. ``is_page`` tells markup that is a whole
    page, with its navigation and its metadata, from a piece that is all article. ``partial``
    names what there is where the article is not all there, such as "summary of a feed entry".
    ``dateline`` is the line of place and day that stood before the text, ``slug`` the name under
    which an agency filed the story.
    """

    text: str = ""
    markup: str = ""
    headless: bool = False
    is_page: bool = False
    partial: str = ""
    id: str = ""
    url: str = ""
    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    source: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    dateline: str = ""
    slug: str = ""


class Reader(Protocol):
    """One format. A new one is a module with such an object, and its line in ``READERS``."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        ...

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether a file that starts with ``head`` (up to 8,192 characters) is of this format.

        ``suffix`` is the file's, lower case, with its dot and without ``.gz`` and the like; it
        may lie.
        """
        ...

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        """The records of a file, in order; never raises for what one record holds."""
        ...

    def draft(self, record: Record) -> Draft:
        """Read one record. Raises RejectedDocument, with the reason, where that cannot be done."""
        ...
