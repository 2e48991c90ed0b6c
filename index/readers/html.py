"""Saved web pages: a file is a page, a page is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from index.readers.encoding import declared_charset, decode
from index.readers.text import whole_file
from index.record import Draft, Found, Options, Record

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|article|section|h1|span|a|table|font|br|ul|li)\b[^<>]{0,300}>", re.IGNORECASE
)
_XML = re.compile(r"\s*<\?xml\b", re.IGNORECASE)


class HtmlReader:
    name = "html"

    def recognises(self, head: str, suffix: str) -> bool:
        if head.lstrip().startswith("<") and is_page(head):
            return True
        if _XML.match(head):
            return False
        tags = len(_TAG.findall(head))
        return tags >= 1 and (suffix in {".html", ".htm", ".xhtml"} or looks_like_markup(head))

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        yield whole_file(self.name, stream, location, options)

    def draft(self, record: Record) -> Draft:
        markup = decode(record.payload, declared_charset(record.payload))
        return Draft(markup=markup, is_page=True)


def is_page(markup: str) -> bool:
    """Whether markup is a whole page rather than a piece of one."""
    return bool(_PAGE.search(markup[:8192]))


def looks_like_markup(text: str) -> bool:
    """Whether a text is a piece of HTML rather than prose that mentions a tag."""
    head = text[:8192]
    return (len(_TAG.findall(head)) >= 3 and head.lstrip().startswith("<")) or bool(
        re.search(r"</(?:p|div|article|section|ul)>", head, re.IGNORECASE)
    )
