"""The script of ``<news-search>``, and the digest by which a page can insist on this version."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Script:
    """``version`` names these very bytes in an address, ``integrity`` in an attribute."""

    body: bytes
    version: str
    integrity: str


@cache
def script() -> Script:
    """The script as this process serves it; read once, so that the digest stays that of it."""
    body = (files("web") / "static" / "embed.js").read_bytes()
    digest = hashlib.sha384(body)
    integrity = f"sha384-{base64.b64encode(digest.digest()).decode()}"
    return Script(body, digest.hexdigest()[:20], integrity)
