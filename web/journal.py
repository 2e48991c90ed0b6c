"""What is logged, and what never is: no addresses of readers, no words in the line of a request.

What somebody searched for is written only where the owner asks for it (``log_queries``), only of
searches that were slow, and without what looks like an e-mail address, a card or a phone number.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from search.request import SearchRequest
from web.settings import Settings

_requests = logging.getLogger("microfiche.requests")
_slow = logging.getLogger("microfiche.slow")

_MOST_LOGGED = 200  # characters of a path or of a query
_MAIL = re.compile(r"[^\s@\"'()<>]+@[^\s@\"'()<>]+")
_CARD = re.compile(r"(?<![\w.])\d(?:[ \-.]?\d){12,18}(?!\w)")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[ \-./()]{0,2}\d){8,14}(?!\w)")
_YEAR, _DAY = re.compile(r"1[4-9]\d\d|20\d\d"), re.compile(r"\d{1,2}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def start(settings: Settings) -> None:
    """Write to standard error what ``settings`` ask for."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(asctime)s %(name)s: %(message)s"))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler])
    _requests.setLevel(logging.INFO if settings.access_log else logging.WARNING)
    _slow.setLevel(logging.INFO)
    # Requests that wait for a thread are what a busy site has; a line for each would be its log.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def plain(text: str) -> str:
    """``text`` with what could end a line or steer a terminal written as its code."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def scrubbed(text: str) -> str:
    """``text`` without what looks like personal data; a card would also pass for a phone number."""
    return _PHONE.sub(_unless_dates, _CARD.sub("[card]", _MAIL.sub("[e-mail]", text)))


def _unless_dates(match: re.Match[str]) -> str:
    """Years with months and days are what people search for in an archive of news."""
    numbers = re.findall(r"\d+", match[0])
    years = sum(bool(_YEAR.fullmatch(number)) for number in numbers)
    others = sum(bool(_DAY.fullmatch(number)) for number in numbers)
    return match[0] if years and years + others == len(numbers) else "[phone]"


class _OneLine(logging.Formatter):
    """A message stays one line, whatever it quotes; only the trace of an error has more."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        return plain(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's name)
        return "\n".join(map(plain, super().formatException(ei).split("\n")))


class Journal:
    """Logs the requests and searches of one application."""

    def __init__(self, settings: Settings) -> None:
        self._slow_seconds = settings.slow_seconds
        self._with_queries = settings.log_queries

    def searched(
        self, seconds: float, request: SearchRequest, total: int, *, partial: bool
    ) -> None:
        if not self._slow_seconds or seconds < self._slow_seconds:
            return
        asked = f": {scrubbed(request.q)[:_MOST_LOGGED]}" if self._with_queries else ""
        _slow.info(
            "%.0f ms, %d characters, %d found%s%s",
            seconds * 1000,
            len(request.q),
            total,
            ", partial" if partial else "",
            asked,
        )


def logged(application: Application) -> Application:
    """``application`` with a line for each request: method, path, status, milliseconds, bytes."""

    def call(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        status = ["-"]

        def started(line: str, *rest: Any) -> Any:
            status[0] = line.split(" ", 1)[0]
            return start_response(line, *rest)

        return _Counted(application(environ, started), environ, status, began)

    return call


class _Counted:
    """The parts of an answer; the line is written when the last is taken, or given up."""

    def __init__(
        self, parts: Iterable[bytes], environ: Environ, status: list[str], began: float
    ) -> None:
        self._parts = parts
        self._environ = environ
        self._status = status
        self._began = began
        self._bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._bytes += len(part)
            yield part

    def close(self) -> None:
        if close := getattr(self._parts, "close", None):
            close()
        path = self._environ.get("PATH_INFO", "").encode("latin-1", "replace")
        _requests.info(
            "%s %s %s %.1f ms %d bytes",
            plain(self._environ.get("REQUEST_METHOD", "-"))[:20],
            quote(path, safe="/-._~")[:_MOST_LOGGED],
            self._status[0],
            (time.perf_counter() - self._began) * 1000,
            self._bytes,
        )
