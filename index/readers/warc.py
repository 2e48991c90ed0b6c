"""WARC, the files of web archives: each response that holds a page is an article.

A record is handed on as a WARC record of its own, without what differs from one capture of a page
to the next; warcio undoes its encodings in a worker.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import BinaryIO

from index.errors import RejectedDocument
from index.readers.compression import damages
from index.readers.containers import place
from index.readers.encoding import declared_charset, decode
from index.readers.warc_file import MOST_HEAD, Headers, Piece, pieces
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_KEPT = ("content-type", "content-encoding", "transfer-encoding")
_READ_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})
_NO_ARTICLES = re.compile(r"/(?:robots|ads|app-ads|security|humans)\.txt$", re.IGNORECASE)


class WarcReader:
    name = "warc"

    def recognises(self, head: str, suffix: str) -> bool:
        return head.startswith("WARC/") or (suffix == ".warc" and "\nWARC/" in head)

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        anything = False
        for number, piece in enumerate(pieces(stream), start=1):
            where = f"{location}:{number}"
            address = _address(piece.headers)
            if address:
                where = place(where, address)
            if piece.fault:
                found: Found | None = Rejection(where, piece.fault)
            else:
                found = self._page(piece, address, where, options)
            if found is not None:
                anything = True
                yield found
        if lost := damages(stream):
            yield Rejection(location, f"is damaged in {lost} places: what stood there is lost")
        elif not anything:
            yield Rejection(location, "holds no response with a page")

    def _page(
        self, piece: Piece, address: str, where: str, options: Options
    ) -> Record | Rejection | None:
        """The record of a page; None for what is none: pictures, redirects, requests."""
        end = _END_OF_HEAD.search(piece.block, 0, MOST_HEAD)
        if end is None or piece.headers.get("warc-type", "").lower() != "response":
            return None
        status, headers = _http_head(piece.block[: end.start()])
        body = piece.block[end.end() :]
        if status != "200" or not _may_hold_an_article(address, headers, body):
            return None
        if not body.strip():
            return Rejection(where, "is a page without content")
        payload = _lean(address, headers, body)
        if len(payload) > MOST_BYTES:
            return Rejection(where, f"is over {MOST_BYTES // 1_000_000} MB: no article is")
        return Record(self.name, payload, where, source=options.source)

    def draft(self, record: Record) -> Draft:
        address, kind, encoding, body = _decoded(record.payload)
        if encoding not in _READ_ENCODINGS:
            raise RejectedDocument(f"is compressed as {encoding[:20]!r}, which is not read")
        if len(body) > MOST_BYTES:
            raise RejectedDocument(f"is over {MOST_BYTES // 1_000_000} MB: no article is")
        text = decode(body, _charset(kind) or declared_charset(body))
        if not text.strip():
            raise RejectedDocument("is a page without content")
        if kind.startswith("text/plain"):
            return Draft(text=text, headless=True, url=address)
        return Draft(markup=text, is_page=True, url=address)


def _address(headers: Headers) -> str:
    return headers.get("warc-target-uri", "").strip("<>")


def _http_head(head: bytes) -> tuple[str, Headers]:
    """Status and headers of a response."""
    first, *lines = head.decode("latin-1").splitlines() or [""]
    parts = first.split()
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return parts[1] if len(parts) > 1 and parts[0].startswith("HTTP/") else "", headers


def _may_hold_an_article(address: str, headers: Headers, body: bytes) -> bool:
    """Whether a response is text of the web; one that does not say is believed for its content."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return (
        address.startswith(("http://", "https://"))
        and not _NO_ARTICLES.search(address)
        and (kind in _PAGES if kind else body.lstrip().startswith(b"<"))
    )


def _lean(address: str, headers: Headers, body: bytes) -> bytes:
    """A WARC record with only what the article is made from."""
    # In lower case, since warcio knows the names of encodings only so.
    kept = "".join(f"{name}: {headers[name].lower()}\r\n" for name in _KEPT if name in headers)
    block = f"HTTP/1.1 200 OK\r\n{kept}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {address}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _decoded(payload: bytes) -> tuple[str, str, str, bytes]:
    """Address, content type, content encoding and the decoded content of a lean record."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only the workers need it
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    try:
        with redirect_stderr(io.StringIO()):  # it prints what it thinks of a file
            record = next(iter(ArchiveIterator(io.BytesIO(payload))))
            http = record.http_headers
            body = record.content_stream().read(MOST_BYTES + 1)
    except (ArchiveLoadFailed, StopIteration, zlib.error, OSError, ValueError, EOFError) as error:
        raise RejectedDocument(f"is a response that cannot be decoded: {error}") from error
    if http is None:
        raise RejectedDocument("is a response without an HTTP head")
    return (
        record.rec_headers.get_header("WARC-Target-URI") or "",
        http.get_header("Content-Type") or "",
        (http.get_header("Content-Encoding") or "").strip(),
        body,
    )


def _charset(kind: str) -> str:
    """The charset of a Content-Type, by the names that pages use for it too."""
    match = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", kind)
    return declared_charset(f"<meta charset={match.group(1)}>".encode()) if match else ""
