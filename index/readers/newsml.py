"""NewsML-G2 of news agencies, and NITF: one item a file, or several in a message.

A newsItem with text in it is an article, whether the text is NITF, XHTML or plain. Pictures,
packages, concepts and plans are items too, and are told as what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from index.errors import RejectedDocument
from index.readers.root import root_of
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection

_MOST_MESSAGE = 10_000_000  # parsed in the main process, at up to thirty times its size
_NO_ARTICLES = {
    "packageItem": "is a package that refers to other items, not an article",
    "conceptItem": "describes a concept (a person, a place, a topic), and is no article",
    "knowledgeItem": "is a list of concepts, not an article",
    "planningItem": "is a plan of coverage to come, not an article",
    "catalogItem": "is a catalog of vocabularies, not an article",
}
_ITEMS = frozenset({"newsItem", *_NO_ARTICLES})
_ROOTS = frozenset({"newsMessage", "nitf", "contentSet", *_ITEMS})


class NewsmlReader:
    name = "newsml"

    def recognises(self, head: str, suffix: str) -> bool:
        return root_of(head) in _ROOTS

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        data = stream.read(_MOST_MESSAGE + 1)
        if len(data) > _MOST_MESSAGE:
            yield Rejection(location, f"is over {_MOST_MESSAGE // 1_000_000} MB: split it")
        elif _root_of(data) == "newsMessage":
            yield from self._items(data, location, options)
        else:
            yield self._record(data, location, options)

    def _items(self, data: bytes, location: str, options: Options) -> Iterator[Found]:
        """The items of a message, each with the namespaces that it stood in."""
        from lxml import etree  # noqa: PLC0415 - plain files need no parser here

        from index.readers import tree  # noqa: PLC0415

        message = tree.parse(data)
        number = 0
        for holder in tree.children(message.root, "itemSet"):
            for item in holder:
                if tree.local(item) in _ITEMS:
                    number += 1
                    payload = etree.tostring(item, encoding="utf-8", with_tail=False)
                    yield self._record(payload, f"{location}:{number}", options)
        if message.fault:
            yield Rejection(location, f"is broken XML, read as far as it goes: {message.fault}")
        elif not number:
            yield Rejection(location, "is a newsMessage without items")

    def _record(self, payload: bytes, location: str, options: Options) -> Record | Rejection:
        if len(payload) > MOST_BYTES:
            return Rejection(location, f"is over {MOST_BYTES // 1_000_000} MB: no article is")
        return Record(self.name, payload, location, source=options.source)

    def draft(self, record: Record) -> Draft:
        from index.readers import items, tree  # noqa: PLC0415 - a parser, for the workers only
        from index.readers.nitf import nitf  # noqa: PLC0415

        parsed = tree.parse(record.payload)
        kind = tree.local(parsed.root)
        if kind in _NO_ARTICLES:
            raise RejectedDocument(_NO_ARTICLES[kind])
        if kind == "nitf":
            draft = nitf(parsed.root)
        elif kind in {"newsItem", "contentSet"}:
            draft = items.news_item(parsed.root)
        else:
            raise RejectedDocument(f"is XML of a kind that is not read: root element <{kind}>")
        if not draft.text.strip() and not draft.markup.strip():
            raise RejectedDocument(f"is {'NITF' if kind == 'nitf' else f'a {kind}'} without text")
        return replace(draft, partial="what can be read of broken XML") if parsed.fault else draft


def _root_of(data: bytes) -> str:
    """The root element's name, which is ASCII, whatever the encoding of the rest."""
    head = data[:8192].replace(b"\x00", b"").decode("latin-1")
    return root_of(head.lstrip("\xef\xbb\xbf\xff\xfe"))
