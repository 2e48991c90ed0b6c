"""What the owner of another site chooses on /embed, read once from its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from search.request import FACETS
from web.parameters import short_text

# The attribute of the element for each facet. An attribute called lang would be the language that
# the element speaks.
ATTRIBUTES = {facet: "language" if facet == "lang" else facet for facet in FACETS}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{3,30}")
_MOST_SHOWN = 20
_SHOWN = 5
_SHORTCUTS = ("", "/", "ctrl+k")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``site`` is the origin that embeds, "" while it is unknown. ``filters`` are parameters of a
    search, a leading ``-`` excludes. ``pinned`` asks for this very version of the script."""

    site: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    start: str = ""
    end: str = ""
    limit: int = _SHOWN
    to_publisher: bool = False
    in_dialog: bool = False
    shortcut: str = ""
    label: str = ""
    button: str = ""
    accent: str = ""
    pinned: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that narrow a search."""
        bounds = (("from", self.start), ("to", self.end))
        return [*self.filters, *((name, value) for name, value in bounds if value)]

    def attributes(self) -> list[tuple[str, str]]:
        """The attributes of ``<news-search>``, without those at their default."""
        single = {
            "from": self.start,
            "to": self.end,
            "limit": "" if self.limit == _SHOWN else str(self.limit),
            "link": "publisher" if self.to_publisher else "",
            "results": "dialog" if self.in_dialog else "",
            "shortcut": self.shortcut,
            "label": self.label,
            "button": self.button,
        }
        filters = [(name, shown) for name in _fields() if (shown := self.listed(name))]
        return [*filters, *((name, value) for name, value in single.items() if value)]

    def listed(self, attribute: str) -> str:
        """The values of a filter as its attribute has them: a bar between several."""
        name = _fields()[attribute]
        return " | ".join(value for given, value in self.filters if given == name)


def options_of(arguments: MultiDict[str, str]) -> Options:
    """The options that ``arguments`` ask for; what cannot be meant falls back to the default."""
    filters = [
        (name, part.strip())
        for attribute, name in _fields().items()
        for part in short_text(arguments, attribute).split("|")
        if part.strip()
    ]
    limit = short_text(arguments, "limit")
    accent = short_text(arguments, "accent")
    shortcut = short_text(arguments, "shortcut")
    return Options(
        site=origin_of(short_text(arguments, "site")),
        filters=tuple(filters),
        start=short_text(arguments, "from"),
        end=short_text(arguments, "to"),
        limit=_within(limit) if limit.isascii() and limit.isdigit() else _SHOWN,
        to_publisher=arguments.get("link") == "publisher",
        in_dialog=arguments.get("results") == "dialog",
        shortcut=shortcut if shortcut in _SHORTCUTS else "",
        label=short_text(arguments, "label"),
        button=short_text(arguments, "button"),
        accent=accent if _COLOUR.fullmatch(accent) else "",
        pinned=arguments.get("version") == "pinned",
    )


def origin_of(address: str) -> str:
    """The origin of a site as browsers write it: scheme, host, and a port that is not the usual
    one; "" where ``address`` has none."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:  # UnicodeError is one
        return ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.:-]+", host):
        return ""
    host = f"[{host}]" if ":" in host else host
    usual = port in {None, 443 if parts.scheme == "https" else 80}
    return f"{parts.scheme}://{host}{'' if usual else f':{port}'}"


def _fields() -> dict[str, str]:
    """The parameter of each attribute that filters, with the attributes that exclude."""
    return {
        f"{prefix}{attribute}": f"{sign}{facet}"
        for prefix, sign in (("", ""), ("not-", "-"))
        for facet, attribute in ATTRIBUTES.items()
    }


def _within(digits: str) -> int:
    return max(1, min(int(digits[:9]), _MOST_SHOWN))
