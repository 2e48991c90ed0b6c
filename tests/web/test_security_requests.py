"""Requests that no honest client sends: too large, out of place, or made to be read in two ways."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from search.language import MOST_CHARACTERS
from web.bounds import MOST_ADDRESS, MOST_PARAMETERS

# -- what parameters may be

TOO_MUCH = [
    ("/api/v1/search?q=" + "x" * (MOST_CHARACTERS + 1), 400, "query_too_long"),
    ("/api/v1/search?q=" + "x" * 10_240, 400, "query_too_long"),
    ("/api/v1/search?q=" + "x" * 1_000_000, 414, "address_too_long"),
    ("/api/v1/suggest?q=" + "x" * 10_240, 400, "query_too_long"),
    ("/api/v1/search?" + "a=b&" * 200, 400, "too_many_parameters"),
    ("/api/v1/search?" + "&" * 1_000, 400, "too_many_parameters"),
    ("/api/v1/search?" + "author=a&" * 11, 400, "too_many_values"),
    ("/api/v1/search?author=" + "a" * 201, 400, "too_many_values"),
    ("/api/v1/search?page=1000000000", 400, "bad_page"),
    ("/api/v1/search?page=-1", 400, "bad_page"),
    ("/api/v1/search?page=NaN", 400, "bad_page"),
    ("/api/v1/search?page=1e3", 400, "bad_page"),
    ("/api/v1/search?page=%D9%A1", 400, "bad_page"),  # a digit, but not one of ours
    ("/api/v1/search?page=1001&per_page=10", 400, "bad_page"),
    ("/api/v1/search?per_page=1000000", 400, "bad_per_page"),
    ("/api/v1/search?from=" + "9" * 5_000, 400, "bad_date"),
    ("/api/v1/search?cursor=" + "x" * 5_000, 400, "bad_cursor"),
    ("/api/v1/articles/" + "x" * 20_000, 414, "address_too_long"),
]


@pytest.mark.parametrize(("address", "status", "code"), TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_what_is_too_much_is_refused_quickly(
    client: FlaskClient, address: str, status: int, code: str
) -> None:
    client.get("/api/v1/search?q=ferry")  # the index is open
    asked = create_environ(address)
    began = time.thread_time()  # whatever else the machine does
    parts, line, _ = run_wsgi_app(client.application, asked)
    body = b"".join(parts)
    took = time.thread_time() - began
    assert int(line.split()[0]) == status
    assert json.loads(body)["code"] == code
    assert took < 0.05


def test_pages_read_what_they_can_of_what_is_too_much(client: FlaskClient) -> None:
    long = client.get("/search?q=" + "x" * 10_240)
    assert long.status_code == 200
    assert f"only the first {MOST_CHARACTERS} characters" in long.text.casefold()
    assert client.get("/search?page=NaN&per_page=1000000&page=-1&q=ferry").status_code == 200
    assert client.get("/suggest?q=" + "x" * 10_240).status_code == 200


def test_a_query_of_full_length_fits_in_an_address_in_most_scripts(client: FlaskClient) -> None:
    for letter in ("x", "б", "é"):
        assert client.get(f"/api/v1/search?q={quote(letter * MOST_CHARACTERS)}").status_code == 200
    fits = "&".join(f"x{n}=1" for n in range(MOST_PARAMETERS))
    assert client.get(f"/api/v1/search?{fits}").status_code == 200


def test_a_body_is_refused_under_any_server(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=ferry", data=b"x" * 70_000)
    assert response.status_code == 413
    assert response.get_json()["code"] == "too_large"
    assert client.get("/search?q=ferry", data=b"q=bridge").status_code == 200


# -- out of the archive

STEPS = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd", "%252e%252e%252fetc",
    "....//....//etc/passwd", "..;/..;/etc/passwd", "..%00/etc/passwd", "%00", "x%00.json",
    "..%5c..%5cwindows%5cwin.ini", "..\\..\\windows\\win.ini", "%5c%5cevil.example%5cshare",
    "C:%5cwindows%5cwin.ini", "C:/windows/win.ini", "file:///etc/passwd", "%2fetc%2fpasswd",
    "%2f%2fetc/passwd", "..%c0%af..%c0%afetc/passwd", "%c0%ae%c0%ae/etc/passwd",
    "%e0%80%ae%e0%80%ae/etc", "..%ef%bc%8fetc%ef%bc%8fpasswd", "%uff0e%uff0e/etc/passwd",
    "..%0a/etc/passwd", "..%09/etc/passwd", ".%2e/.%2e/etc/passwd", "~root/.ssh/id_rsa",
    "proc/self/environ", "archive.sqlite", "..%2farchive.sqlite", "....%2f%2f....%2f%2fetc",
]  # fmt: skip
PLACES = ["/static/{}", "/a/{}", "/a/{}.json", "/watch/{}.atom", "/facets/{}", "/facets/{}.json",
          "/api/v1/articles/{}", "/api/v1/articles/{}/similar", "/api/v1/facets/{}", "/{}",
          "/embed/{}", "/help/{}"]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_spelling_of_a_path_leads_out_of_the_site(client: FlaskClient, place: str) -> None:
    for step in STEPS:
        response = client.get(place.format(step))
        assert response.status_code in {400, 404}, (place, step)
        text = response.get_data(as_text=True)
        assert "root:" not in text
        assert "SQLite format" not in text
        assert "[fonts]" not in text


# -- read in two ways: a real server, raw sockets


@pytest.fixture(scope="module")
def raw(serve: Callable[..., str], sample_archive: Path) -> Callable[[bytes], bytes]:
    """Send bytes to a server of our own; gives all it answers until it closes."""
    host, port = serve(sample_archive).removeprefix("http://").split(":")

    def send(request: bytes) -> bytes:
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.settimeout(10)
            with suppress(BrokenPipeError, ConnectionResetError):  # it had enough before the end
                connection.sendall(request)
            answer = b""
            with suppress(ConnectionResetError):
                while part := connection.recv(65_536):
                    answer += part
            return answer

    return send


GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
SECOND = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
TWO_WAYS = {
    "length and chunks": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    "chunks and length": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Length: 6\r\n\r\n0\r\n\r\nG",
    "two lengths": GET + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nHELLO",
    "two equal lengths": GET + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nHELLO",
    "two lengths in one": GET + b"Content-Length: 5, 5\r\n\r\nHELLO",
    "a signed length": GET + b"Content-Length: +5\r\n\r\nHELLO",
    "a negative length": GET + b"Content-Length: -1\r\n\r\n",
    "two codings": GET + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
    "a blank before the colon": GET + b"Content-Length : 5\r\n\r\nHELLO",
    "a folded name": GET + b" folded\r\nX : y\r\n\r\n",
    "a bare line feed": b"GET /healthz HTTP/1.1\nHost: x\r\n\r\n",
    "a bare line feed in a header": GET + b"X: a\nY: b\r\n\r\n",
    "a bare carriage return": GET + b"X: a\rY: b\r\n\r\n",
    "an absolute address": b"GET http://evil.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "a proxy's connect": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\nX: y\r\n\r\n",
    "two hosts": GET + b"Host: evil.example\r\n\r\n",
    "a long method": b"A" * 5_000 + b" / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a method in lower case": b"get / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a null in a name": GET + b"X\x00: y\r\n\r\n",
    "a bad size of a chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0x5\r\nHELLO\r\n0\r\n\r\n",
    "no request": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.mark.parametrize("name", TWO_WAYS)
def test_what_can_be_read_in_two_ways_is_refused_and_the_connection_closed(
    raw: Callable[[bytes], bytes], name: str
) -> None:
    answer = raw(TWO_WAYS[name] + SECOND)
    statuses = re.findall(rb"HTTP/1\.[01] (\d{3})", answer)
    assert len(statuses) == 1, answer  # the second request was never read as one
    assert statuses[0] in {b"400", b"501"}
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"connection: close" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"content-security-policy: default-src 'none'" in head
    assert b"server:" not in head
    assert b"waitress" not in answer.lower()


def test_an_honest_connection_stays_open_for_a_second_request(
    raw: Callable[[bytes], bytes],
) -> None:
    answer = raw(GET + b"\r\n" + SECOND.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert re.findall(rb"HTTP/1\.1 (\d{3})", answer) == [b"200", b"200"]


LARGE = {
    "an address": (b"GET /search?q=" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "an address that fits a header": (
        b"GET /search?q=" + b"x" * (MOST_ADDRESS + 10) + b" HTTP/1.1\r\nHost: x\r\n"
        b"Connection: close\r\n\r\n",
        414,
    ),
    "a header": (GET + b"X-Long: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    "many headers": (GET + b"X-Many: y\r\n" * 5_000 + b"\r\n", 431),
    "a body": (GET + b"Content-Length: 1000000\r\n\r\n" + b"x" * 100_000, 413),
    "a body that never ends": (
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1000\r\n" + b"x" * 4_096 + b"\r\n" + (b"1000\r\n" + b"x" * 4_096 + b"\r\n") * 40,
        413,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_refused_before_it_is_all_there(
    raw: Callable[[bytes], bytes], name: str
) -> None:
    request, status = LARGE[name]
    began = time.perf_counter()
    answer = raw(request)
    took = time.perf_counter() - began
    # The answer is lost with the connection where far more was still to be sent.
    if answer or len(request) < 200_000:
        assert re.findall(rb"HTTP/1\.[01] (\d{3})", answer) == [str(status).encode()]
        assert b"no-store" in answer
    assert took < 5
