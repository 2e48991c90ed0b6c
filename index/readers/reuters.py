"""The SGML of Reuters-21578: many records a file, in Latin-1, with the wire's control signs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import RejectedDocument
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection

_START, _END = b"<REUTERS", b"</REUTERS>"
_EDGE = re.compile(rb"<REUTERS(?=[\s>])|</REUTERS>")
_PIECE = 65_536

_RECOGNISED = re.compile(r"\s*(?:<!DOCTYPE\s+lewis\b[^>]*>\s*)?<REUTERS\b", re.IGNORECASE)
_NUMBER = re.compile(r'<REUTERS\b[^>]{0,400}?\bNEWID="(\d+)"')
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# "26-FEB-1987 15:01:01.79", with what the wire left behind it.
_DATE = re.compile(r"\d{1,2}-[A-Z]{3}-\d{4}(?:\s+\d\d:\d\d:\d\d)?")
_TOPICS = ("TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES")
_PLACEHOLDER = "Blah blah blah."
# Of an unprocessed record: how long a line is that goes on in the next, and what rows have.
_FULL = 50
_COLUMNS = re.compile(r"\S\s{2,}\S|\.{3}\S|\.{4}")
_DATED = re.compile(r",(?:\s[A-Z][a-z]{2,8}\.?(?:\s\d{1,2}(?: -)?)?)?$")
# "TIN CAN FOUND ON BEACH SANDY HOLM, March 3 - A tin": headline, place and day in one line.
_HEADED = re.compile(
    r"(?P<title>[^a-z\n]{10,160}?)\s"
    r"(?P<dateline>(?:(?:NEW|SAN|LOS|HONG|KUALA|RIO|TEL|ABU|SAO|BUENOS|MEXICO)\s)?"
    r"[A-Z][A-Z.']+,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})\s+-\s+"
)


class ReutersReader:
    name = "sgml"

    def recognises(self, head: str, suffix: str) -> bool:
        return bool(_RECOGNISED.match(head))

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        number = 0
        for number, record in enumerate(_cut(stream), start=1):
            place = f"{location}:{number}"
            if len(record) > MOST_BYTES:
                yield Rejection(place, f"is over {MOST_BYTES // 1_000_000} MB: no article is")
            else:
                yield Record(self.name, record, place, source=options.source)
        if not number:
            yield Rejection(location, "holds no <REUTERS> record")

    def draft(self, record: Record) -> Draft:
        # No UTF-8: the files have a few single bytes above 127, and nothing that is UTF-8.
        raw = record.payload.decode("latin-1").replace("\r\n", "\n")
        number = _NUMBER.match(raw)
        title, body, dateline = _title(raw), _body(raw), _line(_element(raw, "DATELINE"))
        if headed := None if title else _HEADED.match(body):
            title, dateline, body = headed["title"], headed["dateline"], body[headed.end() :]
        if not title and not body.strip():
            raise RejectedDocument("is a record with neither a title nor a text")
        date = _DATE.search(_element(raw, "DATE"))
        return Draft(
            text=body,
            headless=not title,
            id=number.group(1) if number else "",
            title=title,
            authors=tuple(filter(None, [_line(_element(raw, "AUTHOR"))])),
            published=date.group() if date else "",
            source="Reuters",
            tags=_tags(raw),
            language="en",
            dateline=dateline.rstrip(" -"),
        )


def _cut(stream: BinaryIO) -> Iterator[bytes]:
    """Each record from its start tag to its end; one that is never closed ends at the next.

    A record that is too long comes out as soon as that is known; the rest of it is passed over.
    """
    held = b""
    opened = -1
    resume = 0
    while piece := stream.read(_PIECE):
        held += piece
        behind = 0
        for edge in _EDGE.finditer(held, resume):
            behind = edge.end()
            if opened >= 0:
                yield held[opened : edge.start() if edge.group() == _START else behind]
            opened = edge.start() if edge.group() == _START else -1
        # A tag may be cut by the end of the piece: so much of it is looked at again.
        held = held[opened if opened >= 0 else max(behind, len(held) - len(_END)) :]
        resume = max(len(held) - len(_END), 0)
        if opened >= 0:
            opened, resume = 0, max(resume, 1)
            if len(held) > MOST_BYTES:
                yield held
                held, opened, resume = b"", -1, 0
    if opened >= 0:
        yield held


def _element(raw: str, name: str) -> str:
    """What stands in the first element of that name, tags and entities as they are."""
    start = raw.find(f"<{name}")
    if start < 0:
        return ""
    start = raw.find(">", start) + 1
    end = raw.find(f"</{name}>", start)
    return raw[start : end if end >= 0 else len(raw)] if start else ""


def _plain(text: str) -> str:
    """The text that was sent: entities read, and the wire's control signs gone."""
    return _CONTROLS.sub("", html.unescape(_CONTROLS.sub("", text)))


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _title(raw: str) -> str:
    return _line(_element(_element(raw, "TEXT"), "TITLE"))


def _body(raw: str) -> str:
    """The text: of a BODY in paragraphs, of an unprocessed record line by line, but for those that
    were cut for the wire.

    A BRIEF has a title only; where its body was, somebody wrote that there is none.
    """
    text = _element(raw, "TEXT")
    if "<BODY>" in text:
        return _paragraphs(_plain(_element(text, "BODY")))
    if "<TITLE>" in text:
        return ""
    lines: list[str] = []
    before = ""
    for line in _plain(text).split("\n"):
        stripped = line.strip()
        if lines and _goes_on(before, line) and (len(lines) > 1 or _is_text(lines[0])):
            lines[-1] += f" {stripped}"
        elif stripped and stripped != _PLACEHOLDER:
            lines.append(stripped)
        before = line.rstrip()
    return "\n".join(lines)


def _is_text(first: str) -> bool:
    """Whether the first line is more than a headline: behind that come place and day."""
    return bool(_DATED.search(first) or _HEADED.match(first))


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of the one before it, which was full; rows of tables are not."""
    full = len(before) >= _FULL and not (before.isupper() and not before.endswith(","))
    flush = bool(line) and not line[0].isspace()
    return full and flush and not _COLUMNS.search(before) and not _COLUMNS.search(line)


def _paragraphs(body: str) -> str:
    """Lines that were cut for the wire joined again: an indented line starts a paragraph."""
    paragraphs: list[list[str]] = []
    for line in body.split("\n"):
        if not line.strip():
            continue
        if line[0] in " \t" or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
    return "\n\n".join(" ".join(lines) for lines in paragraphs)


def _tags(raw: str) -> tuple[str, ...]:
    found = (
        _line(part.partition("</D>")[0])
        for name in _TOPICS
        for part in _element(raw, name).split("<D>")[1:]
    )
    return tuple(dict.fromkeys(filter(None, found)))
