"""A feed cut into its entries by a linear scan, and the little around them that each one needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOST_AROUND = 100_000  # of the text around the entries: a feed's own title stands near its start
_MOST_KEPT = 4_000

_TOKEN = re.compile(
    r"<!\[CDATA\[|<!--|<(?P<close>/?)(?P<name>(?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s/>])",
    re.IGNORECASE,
)
ROOT_TAG = re.compile(
    r"<(?P<name>(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel))\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>",
    re.IGNORECASE,
)
_CHANNEL_TAG = re.compile(r"<(?P<name>(?:[\w.-]{1,40}:)?channel)\b[^<>]*>", re.IGNORECASE)
_INNER = re.compile(r"<(?:[\w.-]{1,40}:)?(?:image|textinput)\b", re.IGNORECASE)
_KEPT = ("title", "language", "author")


def entries(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each entry; one that is not closed ends where the next one starts."""
    opened: tuple[str, int] | None = None
    position = 0
    unclosed: set[str] = set()
    while token := _TOKEN.search(text, position):
        position = token.end()
        name = token["name"]
        if name is None:
            position = _behind_quoted(text, token, unclosed)
        elif token["close"]:
            if opened and opened[0] == name.casefold():
                end = text.find(">", position) + 1 or len(text)
                yield opened[1], end
                opened = None
        elif not _closes_itself(text, position):
            if opened and opened[0] == name.casefold():
                yield opened[1], token.start()
                opened = None
            opened = opened or (name.casefold(), token.start())
    if opened:
        yield opened[1], len(text)


def _behind_quoted(text: str, token: re.Match[str], unclosed: set[str]) -> int:
    """Where a comment or a CDATA section ends; one that never ends is passed over as a mark."""
    sign = "-->" if token.group() == "<!--" else "]]>"
    if sign not in unclosed:
        end = text.find(sign, token.end())
        if end >= 0:
            return end + len(sign)
        unclosed.add(sign)  # so that many of them cost one search, not one each
    return token.end()


def _closes_itself(text: str, position: int) -> bool:
    end = text.find(">", position)
    return end > 0 and text[end - 1] == "/"


def around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """What stands before and after each entry in its record: no more than an entry needs.

    Only what stays the same from one fetch to the next: not when the feed was built.
    """
    outside = _outside(text, spans)
    root = ROOT_TAG.search(outside)
    if root is None or len(root.group()) > _MOST_KEPT:
        return "<rss><channel>", "</channel></rss>"
    opening, closing = root.group(), f"</{root['name']}>"
    channel = _CHANNEL_TAG.search(outside, root.end())
    if channel is not None and len(channel.group()) <= _MOST_KEPT:
        opening += channel.group()
        closing = f"</{channel['name']}>{closing}"
    inner = _INNER.search(outside, root.end())
    kept = [_element(outside, name, root.end(), inner.start() if inner else None) for name in _KEPT]
    return "\n".join([opening, *filter(None, kept), ""]), f"\n{closing}"


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The start of what is left of a feed without its entries."""
    out: list[str] = []
    length = position = 0
    for start, end in [*spans, (len(text), len(text))]:
        out.append(text[position : min(start, position + _MOST_AROUND)])
        length += len(out[-1])
        position = end
        if length > _MOST_AROUND:
            break
    return "".join(out)[:_MOST_AROUND]


def _element(outside: str, name: str, start: int, inner: int | None) -> str:
    """The feed's own element of that name, whole; before its picture's, which has a title too."""
    tag = re.compile(rf"<((?:[\w.-]{{1,40}}:)?{name})(?=[\s>])", re.IGNORECASE)
    match = tag.search(outside, start, inner or len(outside)) or tag.search(outside, start)
    if match is None:
        return ""
    closing = f"</{match.group(1)}"
    end = outside.find(closing, match.end())
    whole = outside[match.start() : end] + closing + ">"
    return whole if end > 0 and len(whole) <= _MOST_KEPT else ""
