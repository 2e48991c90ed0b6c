"""The production server. The only module that knows waitress.

Measured against clients that send a byte now and then: with waitress's own limits (100 connections,
120 s) 55 of them shut everybody out; with these nobody notices. On the open internet a proxy with
timeouts of its own belongs in front.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sized
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, Error, RequestHeaderFieldsTooLarge

from web.bounds import MOST_ADDRESS, MOST_BODY
from web.security import HEADERS
from web.settings import Settings

# Articles, static files and monitors find a thread beside the searches. More than two would only be
# more that wait at the gate together, and some of them past its patience.
_MORE_THREADS = 2
_MOST_CONNECTIONS = 2_000
# Seconds that a thread computes before another has its turn. With the usual 5 ms the one that sends
# what is ready waits behind all that search: of 128 connections it served half as many, and others
# are not slower for it.
_TURN = 0.0005
# Seconds between two rounds: 128 connections got 1.6 times as many answers, and 32 as well.
_REST = 0.002
_OTHER_FILES = 200  # that a process has open besides: the index, the archive, buffers
_LIMITS: dict[str, Any] = {
    "channel_timeout": 15,
    "cleanup_interval": 5,
    # select() knows no file past the 1,024th: a thousand slow clients would end the server.
    "asyncore_use_poll": True,
    "backlog": 2_048,
    "max_request_header_size": 16_384,
    "max_request_body_size": MOST_BODY,
    # What a client is too slow to take lies in a file and keeps no thread waiting: 256 MB are half
    # a million rows. With waitress's own 16 MB eight slow clients shut everybody out.
    "outbuf_high_watermark": 1 << 28,
    "ident": None,  # the answer does not say what serves it
    "clear_untrusted_proxy_headers": False,  # proxies.py believes or drops them, under any server
}
_LONGEST_METHOD = 16  # the longest that is registered has 17 letters, and nobody here takes it


class _AddressTooLong(BadRequest):  # type: ignore[misc]
    code = 414
    reason = "URI Too Long"


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses what two servers in a row could understand in two ways, instead of choosing one."""

    error: Error | None

    def received(self, data: bytes) -> int:
        begun = self.header_plus + data if self.body_rcv is None else b""
        taken: int = super().received(data)
        too_long = isinstance(self.error, RequestHeaderFieldsTooLarge)
        if too_long and b"\n" not in begun[:MOST_ADDRESS]:
            self.error = _AddressTooLong(f"An address may have {MOST_ADDRESS} bytes: shorten it.")
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        names = [line.split(b":", 1)[0].lower() for line in header_plus.split(b"\r\n")[1:]]
        if b"transfer-encoding" in names and b"content-length" in names:
            raise ParsingError("Both Transfer-Encoding and Content-Length")
        for name in (b"transfer-encoding", b"content-length", b"host"):
            if names.count(name) > 1:
                raise ParsingError(f"{name.decode().title()} is given twice")
        super().parse_header(header_plus)
        if self.proxy_scheme or self.proxy_netloc or not self.path.startswith("/"):
            raise ParsingError("This is no proxy: the address begins with a slash")
        if self.version == "1.1" and b"host" not in names:
            raise ParsingError("No Host")
        if len(self.command) > _LONGEST_METHOD:
            raise ParsingError("Unknown method")


class _Refusal(ErrorTask):  # type: ignore[misc]
    """An answer to what never reached the application, with the headers of all others."""

    def execute(self) -> None:
        error = self.request.error
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *HEADERS.items(),
        ]
        self.set_close_on_finish()
        # What waitress found may quote the request; the reason alone is enough for honest clients.
        body = f"{error.reason}\n".encode()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    error_task_class = _Refusal


class _Rounds:
    """waitress's rounds of all connections, each asking every one what it has. While requests wait
    for a thread, nothing is gained by finding more of them at once."""

    def __init__(self, waiting: Sized) -> None:
        self._waiting = waiting

    def loop(self, timeout: float, map: dict[int, Any], use_poll: bool) -> None:
        while map:
            wasyncore.loop(timeout, use_poll, map, count=1)
            if self._waiting:
                time.sleep(_REST)


def server_of(app: Flask, settings: Settings) -> Any:
    """A waitress server, listening; the process is there for it. Raises OSError where it cannot."""
    sys.setswitchinterval(_TURN)
    opened: dict[int, Any] = {}
    server = create_server(
        app,
        map=opened,
        host=settings.host,
        port=settings.port,
        server_name=settings.host,
        connection_limit=_connections(),
        threads=settings.searches_at_once + _MORE_THREADS,
        **_LIMITS,
    )
    for listening in opened.values():
        if isinstance(listening, BaseWSGIServer):
            listening.channel_class = _Channel
    server.asyncore = _Rounds(server.task_dispatcher.queue)
    return server


def _connections() -> int:
    """How many connections to take: as many as the system lets this process have files for.

    A shell often allows 1,024 and far more when asked; beyond what is allowed accepting fails.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _OTHER_FILES
    if soft < wanted:
        soft = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(_MOST_CONNECTIONS, max(soft - _OTHER_FILES, 10))


def port_of(server: Any) -> int:
    """The port that a server listens at; a name such as localhost can stand for several sockets."""
    if hasattr(server, "effective_port"):
        return int(server.effective_port)
    return int(server.effective_listen[0][1])
