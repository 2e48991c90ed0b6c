"""Input that once ended a run or lost an article."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.index.taking import take
from tests.index.test_bad_input import GOOD


@pytest.mark.parametrize("name", ["frog.txt", "frog", "frog.csv", "frog.jsonl"])
def test_old_macintosh_line_ends_are_line_ends(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD.replace("\n", "\r").encode())
    taken = take(tmp_path)  # csv.Error escapes TableReader.recognises / records today
    assert len(taken.articles) + len(taken.rejections) >= 1


def test_a_name_that_is_no_utf_8_is_taken(tmp_path: Path, program: Program) -> None:
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt", "w") as f:
        f.write(GOOD)
    done = program("add", tmp_path / "in", archive=tmp_path / "archive")
    assert done.returncode == 0, done.stderr[-300:]


@pytest.mark.parametrize(
    "field", ["byline", "section", "source", "id", "tags", "standfirst", "url", "headline", "lang"]
)
def test_a_lone_surrogate_in_a_field_spoils_nothing_else(
    field: str, tmp_path: Path, program: Program
) -> None:
    row = {
        "headline": "A frog",
        "body": "The frog sat in the drawer.",
        field: "http://a.example/\ud800x",
    }
    good = {"headline": "A toad", "body": "The toad sat in the drawer."}
    done = program(
        "add",
        "-",
        "--format",
        "jsonl",
        archive=tmp_path / "archive",
        stdin=json.dumps(row) + "\n" + json.dumps(good),
    )
    assert "Traceback" not in done.stderr
    assert (
        json.loads(program("stats", "--json", archive=tmp_path / "archive").stdout)["articles"] >= 1
    )


def test_a_link_to_itself_is_a_failure_of_that_link_only(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "good.txt").write_text(GOOD)
    taken = take(tmp_path)
    assert len(taken.articles) == 1
    assert len(taken.rejections) == 1


@pytest.mark.parametrize(
    "line", ['{"microfiche": 1}', '{"microfiche": "x"}', '{"microfiche": [1]}']
)
def test_a_line_of_an_export_that_is_none(line: str, tmp_path: Path) -> None:
    good = {"format": "text", "location": "x", "mapping": [], "source": "", "record": GOOD}
    whole = json.dumps({"microfiche": good})
    (tmp_path / "export.jsonl").write_text(f"{whole}\n{line}\n{whole}\n")
    taken = take(tmp_path / "export.jsonl")
    assert taken.titles == ["The drawer of Mr. Quill"] * 2
