"""What makes an article the same article when it comes again."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

from courlan import normalize_url

from index.record import Draft


def article_id(draft: Draft, url: str, text: str) -> str:
    """A stable id of 16 letters and digits: from the URL, else the format's id, else the content.

    Two spellings of one address (scheme, www, tracking parameters, fragment) give the same id.
    """
    if url:
        basis = "url:" + address_key(url)
    elif draft.id:
        basis = f"id:{draft.source.casefold()}:{draft.id}"
    else:
        basis = "text:" + " ".join([draft.title, text]).strip()
    digest = hashlib.blake2b(basis.encode("utf-8", "replace"), digest_size=10).digest()
    return base64.b32encode(digest).decode().lower()


def address_key(url: str) -> str:
    """The part of a URL that tells one article from another."""
    normal = normalize_url(url, strict=False, trailing_slash=False)
    parts = urlsplit(normal)
    host = parts.netloc.casefold().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def web_address(text: str) -> str:
    """``text`` where it is an http or https address that a link may carry, else ""."""
    url = re.sub(r"[\x00-\x20]", "", text)
    try:
        parts = urlsplit(url)
        valid = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return url if valid and len(url) <= 2_000 else ""


def outlet_of(url: str) -> str:
    """The outlet that an address names: its host without www."""
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")
