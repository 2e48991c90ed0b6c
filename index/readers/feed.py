"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF. An entry is an article, or its summary.

The feed is cut into its entries by a linear scan; each becomes a small feed of its own, with the
feed's title, language and namespaces around it. So an entry has the same bytes whatever else stands
in the feed, one broken entry breaks no other, and feedparser only runs in a worker.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import RejectedDocument
from index.readers.feed_entries import ROOT_TAG, around, entries
from index.readers.root import root_of, xml_text
from index.record import MOST_BYTES, Draft, Found, Options, Record, Rejection

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_MOST_FEED = 30_000_000  # read whole; the largest feed seen has 2 MB
_ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry"})

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class FeedReader:
    name = "feed"

    def recognises(self, head: str, suffix: str) -> bool:
        root = root_of(head).lower()
        if root in _ROOTS:
            return root != "entry" or "atom" in head.lower()
        # A feed behind a warning that some program printed first.
        lying = suffix in {".rss", ".atom", ".rdf", ".xml"} and not root
        return lying and bool(ROOT_TAG.search(head))

    def records(self, stream: BinaryIO, location: str, options: Options) -> Iterator[Found]:
        data = stream.read(_MOST_FEED + 1)
        if len(data) > _MOST_FEED:
            yield Rejection(location, f"is a feed of over {_MOST_FEED // 1_000_000} MB: split it")
            return
        text = xml_text(data)
        spans = list(entries(text))
        before, after = around(text, spans)
        if not spans and root_of(text[:8192]).lower() not in _ROOTS:
            yield Rejection(location, "is no feed: it has no <item> and no <entry>")
        for number, (start, end) in enumerate(spans, start=1):
            place = f"{location}:{number}"
            payload = f"{before}{text[start:end]}{after}".encode()
            if len(payload) > MOST_BYTES:
                yield Rejection(place, f"is over {MOST_BYTES // 1_000_000} MB: no article is")
            else:
                yield Record(self.name, payload, place, source=options.source)

    def draft(self, record: Record) -> Draft:
        feed = _parsed(record.payload)
        if not feed.entries:
            raise RejectedDocument("is an entry of a feed that cannot be read")
        return _draft(feed.entries[0], feed)


def _parsed(payload: bytes) -> FeedParserDict:
    """What feedparser makes of a record; it gets bytes, so that it opens no address and no file.

    Its sanitiser stays off: it cuts what it does not know, text and all. Markup never gets
    further than to its text here.
    """
    import feedparser  # noqa: PLC0415 - only the workers need it

    try:
        return feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + payload),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # on broken markup it raises whatever it stumbles on
        raise RejectedDocument(
            f"is an entry that feedparser cannot read ({type(error).__name__})"
        ) from error


def _draft(entry: Any, feed: Any) -> Draft:
    body, partial = _body(entry)
    summary = "" if partial else _plain(entry.get("summary_detail"))
    title = _plain(entry.get("title_detail"))
    value, is_markup = _value(body)
    if not value and not title:
        raise RejectedDocument("is an entry of a feed with neither a title nor a text")
    published, updated = _dates(entry)
    return Draft(
        text="" if is_markup else value,
        markup=value if is_markup else "",
        partial=partial if value else "headline of a feed entry",
        id=_text(entry.get("id")),
        url=_text(entry.get("feedburner_origlink")) or _text(entry.get("link")),
        title=title,
        # A longer one is no standfirst but the text once more.
        standfirst=summary if len(summary) <= 500 else "",
        authors=_authors(entry, feed),
        published=published,
        updated=updated,
        source=_source(entry, feed),
        tags=_tags(entry),
        language=_text((body or {}).get("language")) or _text(feed.feed.get("language")),
    )


def _body(entry: Any) -> tuple[Any, str]:
    """The entry's text, and what it is where it is not all: a summary stands for more elsewhere.

    RSS has one element for both. An entry without a link is "complete in itself" by the RSS
    specification; one with a link leads to the rest.
    """
    contents = [content for content in entry.get("content", []) if _text(content.get("value"))]
    if contents:
        return max(contents, key=_readable), ""
    return entry.get("summary_detail"), "summary of a feed entry" if entry.get("link") else ""


def _readable(content: Any) -> tuple[bool, int]:
    kind = content.get("type") or "text/html"
    return kind.startswith("text/") or "html" in kind, len(content["value"])


def _value(detail: Any) -> tuple[str, bool]:
    """A construct's text, and whether it is markup: what has no tags is read as text."""
    if not detail:
        return "", False
    value = _text(detail.get("value"))
    if detail.get("type") == "text/plain":
        return value, False
    return (value, True) if _TAG.search(value) else (html.unescape(value), False)


def _plain(detail: Any) -> str:
    """A construct's text on one line, without tags."""
    value, is_markup = _value(detail)
    return " ".join((html.unescape(_TAG.sub("", value)) if is_markup else value).split())


def _dates(entry: Any) -> tuple[str, str]:
    """(published, updated); an entry with one date was published then, as far as anyone can tell.

    feedparser answers for a missing date with another one unless it is asked with ``in``.
    """
    stated = {
        name: _text(entry[name]) for name in ("published", "created", "updated") if name in entry
    }
    published = stated.get("published") or stated.get("created") or ""
    updated = stated.get("updated", "")
    return (published, updated) if published else (updated, "")


def _authors(entry: Any, feed: Any) -> tuple[str, ...]:
    """The entry's authors; in Atom the feed's stand for an entry that names none."""
    names = [_text(author.get("name")) for author in entry.get("authors", [])]
    if not any(names) and str(feed.get("version", "")).startswith("atom"):
        names = [_text(author.get("name")) for author in feed.feed.get("authors", [])]
    return tuple(dict.fromkeys(filter(None, names)))


def _source(entry: Any, feed: Any) -> str:
    """The outlet: that which an entry names as its origin, else the feed."""
    origin = entry.get("source") or {}
    return (
        _plain(origin.get("title_detail"))
        or _text(origin.get("title"))
        or _plain(feed.feed.get("title_detail"))
    )


def _tags(entry: Any) -> tuple[str, ...]:
    tags = (_text(tag.get("label")) or _text(tag.get("term")) for tag in entry.get("tags", []))
    return tuple(dict.fromkeys(filter(None, tags)))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
