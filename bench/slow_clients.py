"""Slow clients beside honest ones: how long requests take while others hold connections open.

    python -m bench.slow_clients ARCHIVE [--seconds 20]

Starts ``microfiche serve`` on ARCHIVE, opens 150, then 1,000 connections that send a byte of their
headers, or of a body, every three seconds, and asks for searches meanwhile, one after the other and
each on a connection of its own. Prints median, 99th percentile and worst, and fails where the 99th
percentile passes 200 ms or a request is lost.
"""

from __future__ import annotations

import argparse
import http.client
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY = 3.0  # seconds between two bytes of one slow client
_MOST = 0.2  # seconds that the 99th percentile may take
_STARTS = (
    b"GET /search?q=ferry HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /search HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n",
)
_WORDS = ("oil", "bank", "price", "trade", "government", "market", "company", "minister")


@contextmanager
def served(archive: Path) -> Iterator[tuple[str, int]]:
    """The host and port of a server on ``archive``."""
    program = Path(sys.executable).parent / "microfiche"
    command = [str(program), "serve", "--archive", str(archive), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            host, port = process.stdout.readline().split()[2].removeprefix("http://").split(":")
            yield host, int(port)
        finally:
            process.terminate()


@contextmanager
def slow_clients(host: str, port: int, number: int) -> Iterator[list[socket.socket]]:
    """So many connections, each sending a byte now and then until it is left."""
    connections = [socket.create_connection((host, port)) for _ in range(number)]
    ended = threading.Event()

    def drip() -> None:
        for n, connection in enumerate(connections):
            _send(connection, _STARTS[n % len(_STARTS)])
        while not ended.wait(_EVERY):
            for connection in connections:
                _send(connection, b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield connections
    finally:
        ended.set()
        dripping.join()
        for connection in connections:
            connection.close()


def _send(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except OSError:
        return  # the server had enough of it


def honest(host: str, port: int, seconds: float) -> tuple[list[float], int]:
    """How long each honest request took, sorted, and how many were lost."""
    took: list[float] = []
    lost = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        word = _WORDS[len(took) % len(_WORDS)]
        began = time.perf_counter()
        try:
            connection = http.client.HTTPConnection(host, port, timeout=10)
            connection.request("GET", f"/search.json?q={word}&per_page=10")
            response = connection.getresponse()
            response.read()
            lost += response.status != 200
            connection.close()
        except OSError:
            lost += 1
        took.append(time.perf_counter() - began)
        time.sleep(0.01)
    return sorted(took), lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    fine = True
    print("| slow clients | honest requests | lost | p50 ms | p99 ms | worst ms |")
    print("|---|---|---|---|---|---|")
    for number in (0, 150, 1_000):
        with served(asked.archive) as (host, port):
            honest(host, port, 2)  # the files of the index are read
            with slow_clients(host, port, number):
                took, lost = honest(host, port, asked.seconds)
        middle, late, worst = took[len(took) // 2], took[int(len(took) * 0.99)], took[-1]
        shown = " | ".join(f"{1000 * seconds:.1f}" for seconds in (middle, late, worst))
        print(f"| {number:,} | {len(took):,} | {lost} | {shown} |", flush=True)
        fine = fine and not lost and late < _MOST
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
