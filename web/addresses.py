"""Addresses on this site, as links write them: below the path that a proxy serves it under."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import request

Pairs = Sequence[tuple[str, str]]


def root() -> str:
    """What goes before every path: "" where the site has a host of its own."""
    return request.root_path.rstrip("/")


def at(path: str, pairs: Pairs = ()) -> str:
    """The address of a page, with its parameters."""
    return f"{root()}{path}{'?' if pairs else ''}{urlencode(pairs)}"


def here(pairs: Pairs = ()) -> str:
    """The address that was asked, with other parameters."""
    return at(request.path, pairs)
