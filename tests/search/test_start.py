"""What a search from the command line loads: each module costs everybody who searches its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# The program itself, and then what it had loaded when it ended.
_WATCHED = """
import json, os, sys
import microfiche
sys.argv = ["microfiche", *sys.argv[1:]]
try:
    microfiche.main()
except SystemExit as end:
    code = end.code
threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else None
told = {"code": code, "modules": sorted(sys.modules), "threads": threads}
print(json.dumps(told), file=sys.stderr)
"""
# What other commands, other forms of results, and writing are made of.
_OF_OTHERS = {
    *("index.decisions", "index.record", "index.restoring", "index.settings", "index.watches"),
    *("index.extraction", "index.pipeline", "index.arrays.writer", "multiprocessing"),
    *("search.account", "search.answers", "search.exporting", "search.citing", "search.similar"),
    *("search.choices", "search.coverage", "search.facets", "search.histogram", "search.peaks"),
    *("search.explaining", "search.explanation", "search.holdings", "search.suggestions"),
    "search.watching",
    *("search.questions", "search.remedies", "search.repairs", "search.surveying"),
    *("whoosh.searching", "whoosh.qparser", "whoosh.writing"),
    *("babel", "bs4", "dateparser", "flask", "lxml", "msgspec", "trafilatura", "waitress", "web"),
}


def loaded_by(*arguments: str, archive: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", _WATCHED, *arguments, "--archive", str(archive)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    told: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    assert told["code"] == 0, done.stderr
    return told


@pytest.fixture(scope="module")
def told(sample_archive: Path) -> dict[str, Any]:
    return loaded_by("search", "harbour", archive=sample_archive)


def test_a_search_loads_nothing_that_only_other_commands_need(told: dict[str, Any]) -> None:
    assert sorted(_OF_OTHERS.intersection(told["modules"])) == []


def test_a_search_starts_no_threads(told: dict[str, Any]) -> None:
    if told["threads"] is None:
        pytest.skip("this system does not tell")
    assert told["threads"] == 1


def test_what_is_not_loaded_for_a_search_is_there_for_who_asks_for_it(sample_archive: Path) -> None:
    told = loaded_by("search", "harbour", "--json", "--explain", archive=sample_archive)
    wanted = {"search.account", "search.explaining", "search.surveying", "search.facets"}
    assert wanted.issubset(told["modules"])
