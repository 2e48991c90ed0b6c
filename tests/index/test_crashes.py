"""The real program, stopped in the middle of an add: by Ctrl-C, and by kill -9 at random."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.archive import Archive
from index.doctor import examine
from index.errors import MicroficheError
from tests.conftest import PROGRAM, Program

ARTICLES = 1_500
WORDS = ("heron", "drawer", "lock", "gasworks", "tide", "crane", "pilot", "lamp", "quay", "bell")


@dataclass(frozen=True)
class Whole:
    """What an add that nobody stops makes of the export."""

    export: Path
    ids: set[str]
    totals: dict[str, int]
    seconds: float


def start(export: Path, archive: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(PROGRAM), "add", str(export), "--archive", str(archive), "--wait", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def held(folder: Path) -> int:
    """How many articles are in the archive at this moment."""
    try:
        with Archive.open(folder) as archive:
            return len(archive)
    except MicroficheError:
        return 0


def ids(folder: Path) -> set[str]:
    with Archive.open(folder) as archive:
        return {change.id for change in archive.changes(0) if change.article is not None}


def totals(folder: Path, program: Program) -> dict[str, int]:
    found = {}
    for word in WORDS[:3]:
        done = program("search", word, "--json", archive=folder)
        found[word] = json.loads(done.stdout)["total"]
    return found


def in_session(session: int) -> list[int]:
    """The processes that still live in a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, number = (path / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(number) == session and state != "Z":
            found.append(int(path.name))
    return found


def nothing_lives_in(session: int) -> bool:
    deadline = time.monotonic() + 30
    while in_session(session):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Whole:
    root = tmp_path_factory.mktemp("whole")
    chance = random.Random(1)
    with (root / "export.jsonl").open("w") as file:
        for number in range(ARTICLES):
            text = " ".join(chance.choices(WORDS, k=18))
            row = {
                "url": f"https://quay.example/{number}",
                "title": f"Report {number}",
                "text": text,
            }
            file.write(json.dumps(row) + "\n")
    began = time.monotonic()
    done = program("add", root / "export.jsonl", archive=root / "archive")
    seconds = time.monotonic() - began
    assert done.stdout == f"added {ARTICLES:,}, updated 0, unchanged 0, failed 0\n"
    assert examine(root / "archive").sound
    return Whole(
        root / "export.jsonl", ids(root / "archive"), totals(root / "archive", program), seconds
    )


def check_same(folder: Path, whole: Whole, program: Program) -> None:
    assert ids(folder) == whole.ids
    assert totals(folder, program) == whole.totals
    diagnosis = examine(folder)
    assert diagnosis.sound, diagnosis.lines()


def test_ctrl_c_leaves_a_usable_archive_and_the_same_command_goes_on(
    whole: Whole, tmp_path: Path, program: Program
) -> None:
    archive = tmp_path / "archive"
    process = start(whole.export, archive)
    while not held(archive) and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers as well
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "run the same command again to go on" in err
    assert "Traceback" not in err
    assert nothing_lives_in(process.pid)

    kept = held(archive)
    assert 0 < kept < ARTICLES
    assert out == f"added {kept:,}, updated 0, unchanged 0, failed 0\n"
    diagnosis = examine(archive)
    assert diagnosis.sound, diagnosis.lines()
    found = program("search", "heron", "--json", archive=archive)
    assert 0 < json.loads(found.stdout)["total"] <= kept

    again = program("add", whole.export, archive=archive)
    assert again.stdout == f"added {ARTICLES - kept:,}, updated 0, unchanged {kept:,}, failed 0\n"
    check_same(archive, whole, program)


def test_kill_9_at_any_moment_costs_nothing_that_the_next_run_does_not_bring_back(
    whole: Whole, tmp_path: Path, program: Program
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # shown where the test fails
    chance = random.Random(seed)
    archive = tmp_path / "archive"
    before = 0
    for _ in range(3):
        process = start(whole.export, archive)
        time.sleep(chance.uniform(0.2, whole.seconds))
        process.kill()
        process.communicate(timeout=60)
        assert nothing_lives_in(process.pid)
        now = held(archive)
        assert now >= before, "what was committed stays"
        before = now
        if now:
            assert examine(archive).archive_faults == ()

    done = program("add", whole.export, "--json", archive=archive)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["added"], told["unchanged"]) == (ARTICLES - before, before)
    check_same(archive, whole, program)
    folders = [path for path in (archive / "index").iterdir() if path.is_dir()]
    assert len(folders) == 1, "what the killed runs left behind is cleared away"
