"""Bytes to text: byte order marks, declared charsets, UTF-8, and the Latin-1 family last."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import RejectedDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip file (or an office document)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"), (b"\xd0\xcf\x11\xe0", "an old office document"),
)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
# What comes of UTF-8 that was read as Latin-1 or Windows-1252.
_MISREAD = re.compile("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â(?:€|\x80)")
UNREADABLE_LINE = "is a line of over 5 MB, or in no encoding that can be told"
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
# Soft hyphens and zero-width spaces cut words in two for whoever searches them.
_NEVER_IN_TEXT = re.compile("[\x00\xad\u200b\u2060\ud800-\udfff\ue000\ue001\ufeff]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of ``data``, with line ends as \\n, composed accents, and no byte order mark.

    A byte order mark wins, then UTF-8 where it fits, then ``declared``, then Windows-1252, which
    holds Latin-1. Raises RejectedDocument where the result would not be text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return tidy(_strictly(data, encoding))
    refuse_binary(data)
    for encoding in ("utf-8", declared, "windows-1252", "latin-1"):
        if not encoding:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "utf-8" or len(_CONTROLS.findall(text)) <= len(text) // 500:
            return tidy(text)
    raise RejectedDocument("cannot tell the encoding: save it as UTF-8, or declare its charset")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedDocument(
            f"its byte order mark says {encoding}, but byte {error.start} does not fit:"
            " save it as UTF-8"
        ) from error


def refuse_binary(data: bytes) -> None:
    """Raise RejectedDocument where the first bytes are of no text."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise RejectedDocument(f"is {what}, not an article")
    if b"\x00" in data[:8192]:
        raise RejectedDocument("is binary, not text (it holds NUL bytes)")


def declared_charset(head: bytes) -> str:
    """The charset an HTML page declares in its first bytes, "" where it declares none."""
    match = _META_CHARSET.search(head[:4096])
    if match is None:
        return ""
    # A page that could be read this far is in no 16-bit encoding, whatever it says.
    name = match.group(1).decode("ascii").lower()
    name = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "gb2312": "gb18030"}.get(
        name, name
    )
    try:
        return "" if codecs.lookup(name).name.startswith(("utf-16", "utf-32")) else name
    except LookupError:
        return ""


def tidy(text: str) -> str:
    """Text as the rest expects it: \\n, composed accents, nothing that cannot be stored; what was
    decoded in a wrong encoding, once or more, is read anew: "Donâ€™t" is "Don’t"."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _MISREAD.search(text):
            anew = "\n".join(_read_anew(line) for line in text.split("\n"))
            if anew != text:
                return tidy(anew)
    found = _NEVER_IN_TEXT.sub("", text)
    return found if found == text else tidy(found)


def _read_anew(line: str) -> str:
    if not _MISREAD.search(line):
        return line
    from ftfy import fix_encoding  # noqa: PLC0415 - few texts need it

    return fix_encoding(line)


def lines(stream: BinaryIO, most: int) -> Iterator[str | None]:
    """Each line of a file without its end; None for one of more than ``most`` bytes.

    Each line is decoded on its own, so that one in another encoding spoils no other: it reads as
    None too. Raises RejectedDocument for a file that is not text at all.
    """
    line = stream.readline(most + 1)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from decode(line + stream.read(20 * most)).split("\n")
        return
    refuse_binary(line)
    while line:
        if len(line) > most and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(most)
            yield None
        else:
            try:
                yield from decode(line).removesuffix("\n").split("\n")  # old Macs end lines with \r
            except RejectedDocument:
                yield None
        line = stream.readline(most + 1)
