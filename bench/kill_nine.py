"""Kill -9 an ``add`` at random moments, start it again each time, and compare with one that ran.

    python bench/kill_nine.py articles.jsonl.gz --articles 5000 --kills 10 --seed 1

Prints a line a kill and one at the end; exit 1 if anything was lost, doubled, or answered unlike.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from search.engine import open_archive
from search.request import SearchRequest

PROGRAM = Path(sys.executable).parent / "microfiche"
QUERIES = ("the", "market", "president", '"united states"', "oil OR gas", "elect*", "-government",
           "date:2007", "author:john", "bank growth")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("input", type=Path, help="JSON Lines, gzip-compressed")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = folder / "articles.jsonl"
        with gzip.open(options.input, "rt") as source:
            lines.write_text("".join(itertools.islice(source, options.articles)))
        began = time.monotonic()
        subprocess.run(_command(lines, folder / "whole"), check=True, capture_output=True)
        seconds = time.monotonic() - began
        print(f"an undisturbed run: {options.articles} articles in {seconds:.0f} s", flush=True)
        kills = 0
        while kills < options.kills:
            # On the whole as long as one run takes: a kill is to come before the articles end.
            moment = chance.uniform(0.5, max(1.0, 1.5 * seconds / options.kills))
            if _killed(_command(lines, folder / "killed"), moment):
                kills += 1
                print(f"kill {kills} after {moment:.1f} s", flush=True)
            else:
                print("a run came to its end: from the beginning again", flush=True)
                shutil.rmtree(folder / "killed")
        last = subprocess.run(
            _command(lines, folder / "killed"), check=True, capture_output=True, text=True
        )
        print(f"the last run, undisturbed: {last.stdout.strip()}")
        doctor = subprocess.run(
            [PROGRAM, "doctor", "--archive", folder / "killed"],
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"doctor: {doctor.stdout.strip()}")
        same = _answers(folder / "whole") == _answers(folder / "killed")
        print("the same answers" if same else "DIFFERENT ANSWERS")
        return 0 if same and doctor.returncode == 0 else 1


def _command(lines: Path, archive: Path) -> list[str | Path]:
    return [PROGRAM, "add", lines, "--archive", archive, "--json", "--wait", "5"]


def _killed(command: list[str | Path], moment: float) -> bool:
    """Whether the process was killed, because it had not ended by then."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def _answers(archive: Path) -> list[object]:
    """Everything that could differ: ids, order, scores, totals, snippets."""
    answers: list[object] = []
    with open_archive(archive) as engine:
        for query in QUERIES:
            page = engine.search(SearchRequest(q=query, per_page=100))
            hits = sorted(
                (
                    round(hit.score, 3),
                    hit.held.article.id,
                    json.dumps([s.text for s in hit.snippets]),
                )
                for hit in page.hits[:20]
            )
            answers.append((query, page.total, hits if page.total <= 100 else len(hits)))
            ids: set[str] = set()
            for number in range(1, min(page.pages, 100) + 1):
                found = engine.search(
                    SearchRequest(q=query, per_page=100, page=number, sort="oldest")
                )
                ids |= {hit.held.article.id for hit in found.hits}
            answers.append(sorted(ids))
    return answers


if __name__ == "__main__":
    sys.exit(main())
