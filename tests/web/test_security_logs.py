"""What is written down, and that it is nobody's address and nobody's secret."""

from __future__ import annotations

import io
import logging
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from tests.conftest import PROGRAM
from web import Settings, create_app, journal
from web.journal import scrubbed


@pytest.fixture
def written(sample_archive: Path) -> Iterator[io.StringIO]:
    """What the site writes, in the form it has on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(journal._OneLine("%(asctime)s %(name)s: %(message)s"))
    root = logging.getLogger("microfiche")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def settings(sample_archive: Path) -> Settings:
    return Settings(archive=sample_archive, access_log=True, slow_seconds=1e-9)


def client_of(settings: Settings, engine: Engine) -> FlaskClient:
    return create_app(settings, engine).test_client()


LINE = re.compile(
    r"[\d-]{10} [\d:,]{12} microfiche\.requests: GET (/\S*) (\d{3}) \d+\.\d ms (\d+) bytes"
)


def test_a_request_is_one_line_without_address_and_words(
    written: io.StringIO, sample: Engine, settings: Settings
) -> None:
    client = client_of(settings, sample)
    page = client.get(
        "/search?q=secretword&author=Somebody",
        environ_overrides={"REMOTE_ADDR": "203.0.113.77"},
        headers={"User-Agent": "Secret/1.0", "Referer": "https://secret.example/"},
    )
    size = len(page.data)
    page.close()
    client.get("/a/nowhere").close()
    lines = [line for line in written.getvalue().splitlines() if ".requests:" in line]
    found = [LINE.fullmatch(line) for line in lines]
    assert [match.groups() for match in found if match] == [
        ("/search", "200", str(size)),
        ("/a/nowhere", "404", found[1][3] if found[1] else ""),
    ]
    for secret in ("203.0.113.77", "secretword", "Somebody", "Secret", "secret.example"):
        assert secret not in written.getvalue()


def test_all_bytes_of_a_long_answer_are_counted(
    written: io.StringIO, sample: Engine, settings: Settings
) -> None:
    with client_of(settings, sample).get("/search.csv?q=") as response:
        size = len(response.data)
    assert "GET /search.csv 200 " in written.getvalue()
    assert f" {size} bytes" in written.getvalue()


def test_nothing_in_an_address_ends_a_line_or_steers_a_terminal(
    written: io.StringIO, sample: Engine, settings: Settings
) -> None:
    settings = replace(settings, log_queries=True)
    client = client_of(settings, sample)
    evil = "%0d%0a2026-01-01%20forged%1b%5b31m%9b2J%c2%85%e2%80%a8%e2%80%ae"
    client.get(f"/a/{evil}").close()
    client.get(f"/search?q=ferry{evil}").close()
    client.open(f"/{evil}", method="FORGED\x1b[31m").close()
    text = written.getvalue()
    lines = text.splitlines()
    assert len(lines) == 4  # three requests and one slow search
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:", line) for line in lines)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)


def test_slow_searches_are_told_without_words_unless_the_owner_asks(
    written: io.StringIO, sample: Engine, settings: Settings
) -> None:
    q = "ferry me@paper.example 4111 1111 1111 1111 +44 20 7946 0958"
    client_of(settings, sample).get("/search", query_string={"q": q}).close()
    told = written.getvalue()
    assert re.search(r"microfiche\.slow: \d+ ms, 59 characters, \d+ found", told)
    assert "ferry" not in told
    client_of(replace(settings, log_queries=True), sample).get(
        "/search", query_string={"q": q}
    ).close()
    told = written.getvalue()
    assert "ferry [e-mail] [card] [phone]" in told
    for secret in ("me@paper", "4111", "7946"):
        assert secret not in told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to jane.doe+x@mail.paper.example now", "write to [e-mail] now"),
        ("5500-0000-0000-0004", "[card]"),
        ("378282246310005", "[card]"),
        ("020 7946 0958", "[phone]"),
        ("(020) 7946-0958", "[phone]"),
        ("+1 (555) 010-9999 urgent", "[phone] urgent"),
        ("date:2014-02/2014-04 toll 100,000", "date:2014-02/2014-04 toll 100,000"),
        ("election 2024 1987-2001", "election 2024 1987-2001"),
        ("apollo 11 boeing 747-400", "apollo 11 boeing 747-400"),
    ],
)
def test_what_looks_personal_is_left_out_and_dates_are_not(text: str, left: str) -> None:
    assert scrubbed(text).strip() == left


def test_nothing_is_written_unless_somebody_asks(
    written: io.StringIO, sample: Engine, sample_archive: Path
) -> None:
    client_of(Settings(archive=sample_archive), sample).get("/search?q=ferry").close()
    assert written.getvalue() == ""


def test_the_server_writes_the_same_lines_to_standard_error(sample_archive: Path) -> None:
    with subprocess.Popen(
        [str(PROGRAM), "serve", "--archive", str(sample_archive), "--port", "0", "--access-log"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        site = process.stdout.readline().split()[2]
        with urlopen(f"{site}/search?q=secretword", timeout=20):
            pass
        process.terminate()
        _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    assert LINE.search(told)
    assert "secretword" not in told
    assert "127.0.0.1" not in told
