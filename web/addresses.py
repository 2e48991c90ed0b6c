"""Addresses on this site, as links write them: below the path that a proxy serves it under."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlencode

from flask import current_app, request

from web.proxies import vouched
from web.settings import Settings

Pairs = Sequence[tuple[str, str]]

_OURSELVES = {"localhost", "127.0.0.1", "[::1]"}


def root() -> str:
    """What goes before every path: "" where the site has a host of its own."""
    return request.root_path.rstrip("/")


def at(path: str, pairs: Pairs = ()) -> str:
    """The address of a page, with its parameters."""
    query = "&".join([_written(*pair) for pair in pairs])
    return f"{root()}{path}{'?' if query else ''}{query}"


@lru_cache(maxsize=4096)
def _written(name: str, value: str) -> str:
    """A parameter as addresses have it; a page of results has the same few in a hundred links."""
    return urlencode([(name, value)])


def here(pairs: Pairs = ()) -> str:
    """The address that was asked, with other parameters."""
    return at(request.path, pairs)


def site() -> str:
    """The whole address of the site, for what is read elsewhere: feeds, embeds, suggestions.

    What a client says in Host is not repeated to others: it is the address that was set, or what a
    trusted proxy says, or this machine, or where the server listens.
    """
    settings: Settings = current_app.extensions["microfiche"][0]
    if settings.base_url:
        return settings.base_url
    name = request.host.rsplit(":", 1)[0] if request.host[-1:] != "]" else request.host
    if vouched(request.environ) or name in _OURSELVES:
        return request.url_root.rstrip("/")
    host, port = request.environ["SERVER_NAME"], request.environ["SERVER_PORT"]
    usual = {"http": "80", "https": "443"}[request.scheme] == port
    place = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{place}{'' if usual else ':' + port}{root()}"
