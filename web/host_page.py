"""Somebody else's page, read from its address or from a file, within bounds."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from index.errors import MicroficheError
from web.embed_options import origin_of

MOST_BYTES = 3_000_000
_MOST_REDIRECTS = 5
_PATIENCE = 10.0  # seconds for one answer
_PIECE = 65_536


class PageUnreadable(MicroficheError):
    """A page, or a part of one, that cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: where it ended after redirects, how, and the text."""

    address: str
    status: int
    headers: Message
    text: str = ""


@dataclass(frozen=True, slots=True)
class HostPage:
    """A page, with what is beside its text: the policies of its headers and of its meta elements,
    and its origin, "" for a file."""

    address: str
    soup: BeautifulSoup = field(repr=False)
    policies: tuple[str, ...]

    @property
    def origin(self) -> str:
        return origin_of(self.address) if is_address(self.address) else ""


def read_page(given: str) -> HostPage:
    """The page at an http or https address, or in a file."""
    if not is_address(given):
        return _page(given, _file(Path(given)), ())
    answer = fetch(given)
    if answer.status != 200:  # a redirect that was not followed to its end, too
        raise PageUnreadable(f"{given} answers {answer.status}; give the address of a page")
    policies = answer.headers.get_all("Content-Security-Policy") or []
    return _page(answer.address, answer.text, tuple(policies))


def is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def fetch(address: str, headers: dict[str, str] | None = None) -> Answer:
    """What ``address`` answers, of any status; redirects are followed to http and https only."""
    _check(address)
    given = {"User-Agent": "microfiche", **(headers or {})}
    request = urllib.request.Request(address, headers=given)  # noqa: S310 - checked above
    ends = time.monotonic() + _PATIENCE
    try:
        with _opener().open(request, timeout=_PATIENCE) as response:
            return Answer(response.url, response.status, response.headers, _text(response, ends))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.url, error.code, error.headers)
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", "") or error
        raise PageUnreadable(f"cannot read {address}: {reason}") from error


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """One that knows http and https and nothing else: no files, no ftp, no data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _check(address: str) -> None:
    if not is_address(address) or not origin_of(address):
        raise PageUnreadable(f"only http and https addresses are read; got {address[:200]!r}")


def _text(response: Any, ends: float) -> str:
    """The text, up to a size and a time: a slow sender does not hold us up."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise PageUnreadable(f"{response.url} is larger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > ends:
            raise PageUnreadable(f"{response.url} takes longer than {_PATIENCE:.0f} seconds")
    charset = response.headers.get_content_charset() or "utf-8"
    try:
        return b"".join(pieces).decode(charset, "replace")
    except LookupError:
        return b"".join(pieces).decode("utf-8", "replace")


def _file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PageUnreadable(f"cannot read {path}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise PageUnreadable(f"{path} is larger than {MOST_BYTES // 1_000_000} MB")
    return content.decode("utf-8", "replace")


def _page(address: str, text: str, policies: tuple[str, ...]) -> HostPage:
    soup = BeautifulSoup(text, "lxml")
    metas = [
        str(meta.get("content", ""))
        for meta in soup.find_all("meta")
        if str(meta.get("http-equiv", "")).strip().lower() == "content-security-policy"
    ]
    return HostPage(address, soup, (*policies, *metas))


def style_sheets(page: HostPage, most: int = 20) -> tuple[list[str], list[str]]:
    """The style sheets of a page, inline ones and linked ones; and those that cannot be read."""
    texts = [style.get_text() for style in page.soup.find_all("style")]
    missed: list[str] = []
    folder = Path(page.address).parent
    for link in page.soup.select('link[rel~="stylesheet"][href]')[:most]:
        target = str(link["href"])
        try:
            if page.origin or is_address(target):
                answer = fetch(urljoin(page.address, target))
                found = answer.text if answer.status < 400 else None
            else:
                found = _file(folder / urlsplit(target).path)
        except PageUnreadable:
            found = None
        if found is None:
            missed.append(target)
        else:
            texts.append(found)
    return texts, missed
