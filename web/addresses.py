"""Addresses on this site, as links write them: below the path that a proxy serves it under."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import current_app, request

from web.proxies import vouched
from web.settings import Settings

Pairs = Sequence[tuple[str, str]]

# The forms that a page of results has beside HTML; each is an ending of its address.
FORMS = ("json", "csv", "jsonl", "atom", "svg")

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
    return at(quote(request.path), pairs)


def of_subject(kind: str, name: str, form: str = "") -> str:
    """The page of an author, a source or a day, or the same in another form.

    The last ending of an address is its form, whatever the name is: where a name ends like one
    itself, its page says that it is HTML.
    """
    _, dot, last = name.rpartition(".")
    ending = form or ("html" if dot and last in {*FORMS, "html"} else "")
    return at(f"/{kind}/{quote(name)}{'.' + ending if ending else ''}")


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
