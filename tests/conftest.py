"""What the tests share: the real program, real archives in temporary folders."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from index.fulltext import unpickling
from search.engine import Engine, open_archive

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "index" / "sample"
PROGRAM = Path(sys.executable).parent / "microfiche"

# Other people's articles, for tests on real input. They are no part of the project.
REAL = Path(os.environ.get("MICROFICHE_REAL_DATA", ROOT.parent / "shared" / "data"))

# The same examples on every run, so that a change is judged and not the dice;
# HYPOTHESIS_PROFILE=dice looks further. Machines are noisy: no example has a deadline.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("dice", deadline=None, print_blob=True, max_examples=1_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# What an index by Whoosh's own codec names; the product neither writes nor loads one.
STOCK = {
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("builtins", "int"),
    ("collections", "defaultdict"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
}
unpickling._ALLOWED = unpickling._ALLOWED | STOCK

# A shell that puts the tests in the background has them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program() -> Program:
    """Run ``microfiche`` as a person does: ``program("search", "ferry", archive=folder)``."""

    def run(
        *arguments: str | Path,
        archive: Path | None = None,
        stdin: str | bytes = b"",
        timeout: float = 120,
    ) -> subprocess.CompletedProcess[str]:
        command = [str(PROGRAM), *map(str, arguments)]
        if archive is not None:
            command += ["--archive", str(archive)]
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=timeout, check=False
        )
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Path:
    """The bundled sample archive, built once. Tests only read it."""
    folder = tmp_path_factory.mktemp("sample") / "archive"
    done = program("add", SAMPLE, archive=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def sample(sample_archive: Path) -> Iterator[Engine]:
    """An engine on the sample archive."""
    with open_archive(sample_archive) as engine:
        yield engine


@pytest.fixture
def archive_of(tmp_path: Path, program: Program) -> Callable[..., Path]:
    """Make an archive of articles given as dicts with the columns of a JSON export."""

    def make(*articles: dict[str, object]) -> Path:
        folder = tmp_path / "archive"
        lines = "\n".join(json.dumps(article) for article in articles)
        done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
        assert done.returncode == 0, done.stderr
        return folder

    return make


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of other people's articles; skips where it is absent."""
    if not REAL.is_dir():
        pytest.skip(f"needs real articles in {REAL} (set MICROFICHE_REAL_DATA)")
    return REAL
