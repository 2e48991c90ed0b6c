"""What a file of XML is: the name of its root element."""

from __future__ import annotations

import re

from index.readers.encoding import decode

_NAME = re.compile(r"<([A-Za-z_][\w.:-]*)")
# Before the root come a declaration, comments and a document type; each by its start and end.
_BEFORE = (("<?", "?>"), ("<!--", "-->"))
_DOCTYPE = re.compile(r"<!doctype\b[^<>\[]*", re.IGNORECASE)
_HTML = frozenset(
    ["html", "head", "body", "article", "main", "section", "div", "p", "span", "h1", "ul", "table"]
)
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{2,40})")


def root_of(head: str) -> str:
    """The root element's name as it is written, without its prefix; "" where there is none."""
    position = 0
    while True:
        position = _skip_white(head, position)
        for start, end in _BEFORE:
            if head.startswith(start, position):
                position = head.find(end, position) + len(end)
                if position < len(end):
                    return ""
                break
        else:
            doctype = _DOCTYPE.match(head, position)
            if doctype is None:
                break
            position = _behind_doctype(head, doctype.end())
    name = _NAME.match(head, position)
    return name.group(1).rpartition(":")[2] if name else ""


def foreign_root(head: str, suffix: str) -> str:
    """The root of a file that is XML and no web page; "" for everything else.

    A file says that it is XML by its declaration; one without is believed for its suffix.
    """
    if not head.lstrip().startswith("<?xml") and suffix != ".xml":
        return ""
    root = root_of(head)
    return "" if root.lower() in _HTML else root


def xml_text(data: bytes) -> str:
    """The text of an XML file without its declaration. Raises RejectedDocument as ``decode``."""
    declared = _DECLARED.search(data[:300])
    text = decode(data, declared.group(1).decode("ascii") if declared else "")
    return _DECLARATION.sub("", text, count=1)


def _skip_white(text: str, position: int) -> int:
    while position < len(text) and (text[position].isspace() or text[position] == "\ufeff"):
        position += 1
    return position


def _behind_doctype(text: str, position: int) -> int:
    """Where a document type ends, its own declarations between [ and ] included."""
    if text.startswith("[", position):
        position = max(text.find("]", position), position)
    end = text.find(">", position)
    return len(text) if end < 0 else end + 1
