"""A backup is an archive; whatever stops a command says so by its exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from index.locking import writer_lock
from tests.conftest import PROGRAM, Program


def test_a_backup_can_be_searched_and_is_sound(
    sample_archive: Path, program: Program, tmp_path: Path
) -> None:
    target = tmp_path / "backup"
    done = program("backup", target, archive=sample_archive)
    assert done.stdout == f"{target}: sound: 82 articles, all of them indexed\n"
    original = program("search", "ferry", "--json", archive=sample_archive).stdout
    copied = program("search", "ferry", "--json", archive=target).stdout
    assert copied.partition('"took_ms"')[0] == original.partition('"took_ms"')[0]
    assert (
        program("export", archive=target).stdout == program("export", archive=sample_archive).stdout
    )


def test_a_backup_never_overwrites(sample_archive: Path, program: Program, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Odd,")
    done = program("backup", tmp_path, archive=sample_archive)
    assert done.returncode == 1
    assert "is not empty: name a new folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_ctrl_c_while_waiting_for_another_writer_exits_130(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        command = [str(PROGRAM), "add", "-", "--archive", str(tmp_path)]
        waiting = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        while not _has_open(waiting.pid, tmp_path / "writer.lock"):
            time.sleep(0.05)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=20)
    assert (waiting.returncode, out, err) == (130, b"", b"\nmicrofiche: interrupted\n")


def _has_open(process: int, path: Path) -> bool:
    opened = list(Path(f"/proc/{process}/fd").iterdir())
    return any(os.path.realpath(descriptor) == os.path.realpath(path) for descriptor in opened)


def test_a_mistake_in_a_command_exits_2_with_the_usage(program: Program) -> None:
    for wrong in (["add"], ["ad"], ["search", "--nonsense"], ["add", "x", "--jobs", "many"]):
        done = program(*wrong)
        assert done.returncode == 2, wrong
        assert "Usage: microfiche" in done.stderr
    assert program("--help").returncode == 0
    assert program("--version").returncode == 0
