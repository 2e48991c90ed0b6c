"""One writer at a time: a second one waits, and is told whom it waits for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ArchiveLocked
from index.locking import writer_lock
from tests.conftest import ROOT, Program
from tests.index.test_pipeline import HERON, lines, run

HOLD = """
import sys, time
from pathlib import Path
from index.locking import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes to the archive until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "archive")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_waits_and_then_names_the_first(
    tmp_path: Path, holder: subprocess.Popen[str], program: Program
) -> None:
    export = lines(tmp_path / "e.jsonl", HERON)
    done = program("add", export, "--wait", "0.3", archive=tmp_path / "archive")
    assert done.returncode == 1
    assert done.stderr.startswith("microfiche: another process is writing to")
    assert f"process {holder.pid} (" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_second_writer_goes_on_when_the_first_has_done(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    folder = tmp_path / "archive"
    with pytest.raises(ArchiveLocked), writer_lock(folder, wait=0):
        pytest.fail("two writers at once")
    assert holder.stdin is not None
    holder.stdin.close()
    with writer_lock(folder, wait=30):
        assert f"process {holder.pid}" not in (folder / "writer.lock").read_text()
    assert (folder / "writer.lock").read_text() == ""


def test_a_lock_dies_with_its_process(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with writer_lock(tmp_path / "archive", wait=5):
        pass
    assert (tmp_path / "archive" / "writer.lock").read_text() == ""


def test_searching_needs_no_lock(
    tmp_path: Path, holder: subprocess.Popen[str], program: Program
) -> None:
    run_in = tmp_path / "other"
    run(run_in, lines(tmp_path / "e.jsonl", HERON))
    with writer_lock(run_in):
        done = program("search", "heron", "--json", archive=run_in)
    assert json.loads(done.stdout)["total"] == 1
    assert holder.poll() is None
