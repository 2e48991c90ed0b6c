"""A drawer full of junk: each bad input is told with its reason, the good beside it is taken."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.readers.encoding import UNREADABLE_LINE
from tests.conftest import Program
from tests.index.taking import take

GOOD = "The drawer of Mr. Quill\n\nOn Friday Mr. Quill opened the drawer and found a frog in it.\n"
ROW = '{"title": "Frog number %d", "text": "The frog with the number %d sat in the drawer."}'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
NOISE = random.Random(7).randbytes(4000).replace(b"\x00", b"\x9d")


def _json_with_a_broken_line() -> bytes:
    return f"{ROW % (1, 1)}\n{{'title': broken\n{ROW % (2, 2)}\n[1, 2]\n{{}}\n".encode()


def _json_with_a_line_of_50_mb() -> bytes:
    return f'{ROW % (3, 3)}\n{{"title": "{"x" * 50_000_000}"}}\n{ROW % (4, 4)}\n'.encode()


def _json_with_noise() -> bytes:
    return f"{ROW % (5, 5)}\n".encode() + b"\x81\x8d" * 300 + f"\n{ROW % (6, 6)}\n".encode()


def _table() -> bytes:
    return (
        b"title,text,author\n"
        b"Frog seven,The frog sat in the drawer.,Ada Quill\n"
        b"Frog, eight,The frog, as it were, sat there.,Ada Quill\n"
        b"Frog nine,The frog sat in the other drawer.\n"
    )


# The file, its content, and what is told of it: by line where there are several records.
JUNK: dict[str, tuple[Callable[[], bytes] | bytes, dict[str, str]]] = {
    "empty.txt": (b"", {"": "is empty"}),
    "blank.txt": (b" \n\n\t\n", {"": "is empty"}),
    "blank.jsonl": (b"\n\n", {"": "is empty"}),
    "noise.txt": (NOISE, {"": "cannot tell the encoding"}),
    "nul.txt": (b"A frog\n\n\x00\x00\x00", {"": "is binary"}),
    "frog.png": (PNG, {"": "is a PNG image"}),
    "frog.txt": (PNG, {"": "is a PNG image"}),
    "frog.pdf": (b"%PDF-1.7 frog", {"": "is a PDF"}),
    "frog.docx": (b"PK\x03\x04 frog", {"": "is a zip file"}),
    "long.txt": (b"frog " * 1_000_001, {"": "is over 5 MB"}),
    "cut.txt.gz": (gzip.compress(GOOD.encode())[:-20], {"": "is a damaged .gz file"}),
    "bomb.html": (b"<html><body>" + b"<div>" * 3000, {"": "nests its elements over 256 deep"}),
    "nothing.html": (
        b"<html><body><script>frog()</script></body></html>",
        {"": "no article was found"},
    ),
    "one-column.csv": (b"title\nFrog\n", {"": "has no header line with at least two columns"}),
    "broken.jsonl": (
        _json_with_a_broken_line,
        {
            ":2": "is not JSON",
            ":4": "is a JSON list, not an object",
            ":5": "has neither a title nor a text",
        },
    ),
    "line.jsonl": (_json_with_a_line_of_50_mb, {":2": UNREADABLE_LINE}),
    "noise.jsonl": (_json_with_noise, {":2": UNREADABLE_LINE}),
    "cells.csv": (_table, {":3": "has 6 cells under 3 columns: quote its commas"}),
}
# The files of junk with good records between the bad, and how many.
GOOD_BETWEEN = {"broken.jsonl": 2, "line.jsonl": 2, "noise.jsonl": 2, "cells.csv": 2}


@dataclass(frozen=True)
class Drawer:
    """What the program did with a folder of junk."""

    folder: Path
    archive: Path
    done: subprocess.CompletedProcess[str]
    failures: dict[str, str]


def _fill(folder: Path) -> int:
    """Write the junk and as many good files; how many failures it should give."""
    folder.mkdir()
    expected = 2
    for name, (content, told) in JUNK.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content())
        expected += len(told)
    for number in range(5):
        (folder / f"good-{number}.txt").write_text(GOOD.replace("Friday", f"Friday {number}"))
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "closed.txt").write_text(GOOD)
    (folder / "closed.txt").chmod(0)
    return expected


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Drawer:
    root = tmp_path_factory.mktemp("drawer")
    expected = _fill(root / "junk")
    done = program("add", root / "junk", "--json", archive=root / "archive")
    lines = (root / "archive" / "failures.jsonl").read_text().splitlines()
    assert len(lines) == expected
    failures = {Path(line["path"]).name: line["reason"] for line in map(json.loads, lines)}
    return Drawer(root / "junk", root / "archive", done, failures)


@pytest.mark.parametrize("name", JUNK)
def test_each_bad_input_is_listed_with_its_reason(name: str, drawer: Drawer) -> None:
    told = {place: reason for place, reason in drawer.failures.items() if place.startswith(name)}
    assert set(told) == {f"{name}{line}" for line in JUNK[name][1]}
    for line, reason in JUNK[name][1].items():
        assert reason in told[f"{name}{line}"]


def test_links_to_nowhere_and_closed_files_are_listed(drawer: Drawer) -> None:
    assert drawer.failures["dangling.txt"] == "is a link that leads nowhere"
    assert "permission denied" in drawer.failures["closed.txt"]


def test_the_good_beside_the_bad_is_taken_and_the_counts_are_exact(drawer: Drawer) -> None:
    counts = json.loads(drawer.done.stdout)
    del counts["seconds"]
    good = 5 + sum(GOOD_BETWEEN.values())
    assert counts == {
        "added": good,
        "updated": 0,
        "unchanged": 0,
        "failed": len(drawer.failures),
    }


def test_failures_make_the_exit_code_1(drawer: Drawer) -> None:
    assert drawer.done.returncode == 1


def test_every_reason_is_one_line_that_a_person_can_act_on(drawer: Drawer) -> None:
    for reason in drawer.failures.values():
        assert "\n" not in reason
        assert "Traceback" not in reason
        assert "Error" not in reason


def test_the_first_failures_are_told_and_the_rest_only_listed(drawer: Drawer) -> None:
    lines = drawer.done.stderr.splitlines()
    # On a slow machine a line of progress comes between.
    told = [line for line in lines if not re.search(r"change with --map|\d/s$|^indexing$", line)]
    assert len(drawer.failures) > 20
    assert len(told) == 21
    assert told[-1] == "more failures are only listed"


def test_the_good_articles_can_be_found(drawer: Drawer, program: Program) -> None:
    done = program("search", "frog", "--json", archive=drawer.archive)
    assert json.loads(done.stdout)["total"] == 5 + sum(GOOD_BETWEEN.values())


def test_the_same_junk_again_fails_again_and_the_good_is_unchanged(
    drawer: Drawer, program: Program
) -> None:
    done = program("add", drawer.folder, archive=drawer.archive)
    good, bad = 5 + sum(GOOD_BETWEEN.values()), len(drawer.failures)
    listed = drawer.archive / "failures.jsonl"
    assert done.stdout == (
        f"added 0, updated 0, unchanged {good}, failed {bad} (listed in {listed})\n"
    )
    assert len(listed.read_text().splitlines()) == bad


def test_errors_names_another_place_for_the_list(tmp_path: Path, program: Program) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    listed = tmp_path / "deep" / "bad.jsonl"
    done = program("add", tmp_path / "empty.txt", "--errors", listed, archive=tmp_path / "archive")
    assert done.returncode == 1
    assert json.loads(listed.read_text()) == {
        "path": str(tmp_path / "empty.txt"),
        "reason": "is empty",
    }
    assert not (tmp_path / "archive" / "failures.jsonl").exists()


def test_a_short_row_is_taken_with_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "cells.csv").write_bytes(_table())
    assert take(tmp_path / "cells.csv").articles[1].authors == ()


def test_a_row_with_empty_cells_too_many_is_taken(tmp_path: Path) -> None:
    (tmp_path / "cells.csv").write_text("title,text,author\nFrog,The frog sat there.,Ada Quill,,\n")
    assert take(tmp_path / "cells.csv").titles == ["Frog"]


def test_a_broken_gz_still_gives_the_records_before_the_break(tmp_path: Path) -> None:
    noisy = "\n".join(
        json.dumps({"title": f"Frog {number}", "text": os.urandom(200).hex()})
        for number in range(500)
    )
    packed = gzip.compress(noisy.encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    taken = take(tmp_path / "cut.jsonl.gz", format="jsonl")
    assert taken.titles[:2] == ["Frog 0", "Frog 1"]
    assert "damaged .gz" in taken.rejections[-1].reason


def test_json_nested_without_end_is_a_failure_of_that_line_only(tmp_path: Path) -> None:
    (tmp_path / "deep.jsonl").write_text(f"{ROW % (1, 1)}\n{'[' * 100_000}\n{ROW % (2, 2)}\n")
    taken = take(tmp_path / "deep.jsonl")
    assert taken.titles == ["Frog number 1", "Frog number 2"]
    assert len(taken.rejections) == 1


@pytest.mark.parametrize(
    "line",
    ['{"title": "no key"}', "not json", '{"microfiche": {"format": "text"}}'],
)
def test_a_line_of_an_export_that_is_none_is_a_failure_of_that_line_only(
    line: str, tmp_path: Path
) -> None:
    good = {"format": "text", "location": "x", "mapping": [], "source": "", "record": GOOD}
    whole = json.dumps({"microfiche": good})
    (tmp_path / "export.jsonl").write_text(f"{whole}\n{line}\n{whole}\n")
    taken = take(tmp_path / "export.jsonl")
    assert taken.titles == ["The drawer of Mr. Quill"] * 2
    assert "is no line of an export" in taken.rejections[0].reason
