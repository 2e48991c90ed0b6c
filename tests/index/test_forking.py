"""Processes of ours that a terminal's Ctrl-C reaches while they are coming up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKS = """
import signal, sys
from multiprocessing.connection import Connection
from index.forking import started

def work(pipe: Connection) -> None:
    pipe.send(pipe.recv() + 1)

if __name__ == "__main__":
    interrupted = []
    signal.signal(signal.SIGINT, lambda *_: interrupted.append(True))
    print("ready", flush=True)
    answers = []
    for number in range(8):
        process, pipe = started(work, module="index.extraction")
        pipe.send(number)
        answers.append(pipe.recv())
        process.join()
    print(answers, bool(interrupted))
"""


def test_ctrl_c_while_processes_start_reaches_only_who_asked(tmp_path: Path) -> None:
    (tmp_path / "asks.py").write_text(ASKS)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "asks.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    while process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.002)
    out, err = process.communicate(timeout=60)
    assert err == ""
    assert out == f"{list(range(1, 9))} True\n"
