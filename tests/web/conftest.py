"""Real servers and a real browser for the tests of the web."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright

from search.engine import Engine
from tests.conftest import PROGRAM
from tests.web.hosts import OtherSite
from web import Settings, create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture
def client(sample: Engine, sample_archive: Path) -> FlaskClient:
    """The site of the sample archive, asked without a network."""
    return create_app(Settings(archive=sample_archive), sample).test_client()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Start ``microfiche serve``; gives its address. Every server ends with the tests."""
    running: list[subprocess.Popen[str]] = []

    def start(archive: Path, *options: str) -> str:
        process = subprocess.Popen(
            [str(PROGRAM), "serve", "--archive", str(archive), "--port", "0", *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Serving on http://"), line
        address = line.split()[2]
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                    return address
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server never answered")

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="session")
def site(serve: Callable[..., str], sample_archive: Path) -> str:
    """The address of a server on the sample archive that any page may ask."""
    return serve(sample_archive, "--allow-origin", "*")


@pytest.fixture(scope="session")
def other_site() -> Iterator[OtherSite]:
    """A server of another origin. Each test puts its own pages there."""
    with OtherSite() as other:
        yield other


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs a Chromium on the PATH; make test installs Debian's where it is root")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; anything that a page's own script or policy complains of fails the test."""
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield opened
    context.close()
    assert not complaints, complaints
