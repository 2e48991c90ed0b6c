"""``microfiche serve`` and ``microfiche demo`` as real processes."""

from __future__ import annotations

import json
import resource
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=20) as response:
        return json.load(response)


def test_a_running_server_takes_up_new_articles_by_itself(
    serve: Callable[..., str], archive_of: Callable[..., Path], program: Any
) -> None:
    folder = archive_of({"id": "1", "title": "Herons return", "text": "They are back."})
    site = serve(folder)
    before = get(f"{site}/healthz")
    assert get(f"{site}/search.json?q=herons")["total"] == 1
    added = program(
        "add", "-", archive=folder, stdin='{"id": "2", "title": "More herons", "text": "Two."}'
    )
    assert added.returncode == 0, added.stderr
    assert get(f"{site}/search.json?q=herons")["total"] == 2
    assert get(f"{site}/healthz")["generation"] != before["generation"]


def test_a_rebuild_under_a_running_server_loses_no_answer(
    serve: Callable[..., str], archive_of: Callable[..., Path], program: Any
) -> None:
    folder = archive_of(
        *({"id": str(n), "title": f"Herons {n}", "text": "Back."} for n in range(20))
    )
    site = serve(folder)
    assert get(f"{site}/search.json?q=herons")["total"] == 20
    assert program("rebuild", archive=folder).returncode == 0
    assert get(f"{site}/search.json?q=herons")["total"] == 20


def test_a_missing_index_is_told_at_the_start(
    archive_of: Callable[..., Path], program: Any
) -> None:
    folder = archive_of({"id": "1", "title": "Herons", "text": "Back."})
    (folder / "index" / "current.json").unlink()
    done = program("serve", "--port", "0", archive=folder)
    assert done.returncode == 1
    assert "microfiche rebuild" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told_in_one_line(sample_archive: Path, program: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = program("serve", "--port", port, archive=sample_archive)
    assert done.returncode == 1
    assert f"cannot serve on 127.0.0.1:{port}" in done.stderr


def test_slow_clients_shut_nobody_out(serve: Callable[..., str], sample_archive: Path) -> None:
    """More of them than select() knows files, and than a shell lets a process have at first."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1_024, before[1]), before[1]))
    site = serve(sample_archive)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2_000, before[1]), before[1]))
    number = min(1_200, before[1] - 300)
    host, port = site.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(number)]
    try:
        for connection in slow:
            connection.sendall(b"GET /search?q=ferry HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        time.sleep(0.5)
        for _ in range(5):
            assert get(f"{site}/search.json?q=ferry&per_page=1")["total"] > 0
    finally:
        for connection in slow:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_headers_that_are_too_long_are_refused(
    serve: Callable[..., str], sample_archive: Path
) -> None:
    site = serve(sample_archive)
    request = urllib.request.Request(f"{site}/", headers={"X-Long": "x" * 20_000})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code == 431
    refused.value.close()


def test_the_demo_builds_searches_and_ends_well(program: Any, tmp_path: Path) -> None:
    done = program("demo", "--once", archive=tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert "failed 0" in done.stderr
    assert "1. " in done.stdout
    assert "ferry" in done.stdout.casefold()
