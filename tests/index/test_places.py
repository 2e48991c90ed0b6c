"""Where articles lie: folders, globs, links, hidden files, and a browser's folders beside pages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from index.readers.sources import Source, walk
from tests.conftest import Program
from tests.index.taking import take


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of texts, two folders deep."""
    for name in ("b.txt", "a.txt", "deep/d.txt", "deep/c.txt", "deep/er/e.txt", "aa/f.txt"):
        path = tmp_path / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The heron of {path.stem}\n\nIt stood on the rim of tank {path.stem}.\n")
    return tmp_path / "pile"


def names(*inputs: str | Path) -> list[str]:
    found = []
    for place in walk(map(str, inputs)):
        assert isinstance(place, Source)
        assert place.path is not None
        found.append(place.path.name)
    return found


def test_a_folder_is_read_to_its_depths_in_the_order_of_names(pile: Path) -> None:
    assert names(pile) == ["a.txt", "b.txt", "f.txt", "c.txt", "d.txt", "e.txt"]


def test_the_order_of_inputs_is_kept(pile: Path) -> None:
    assert names(pile / "deep" / "d.txt", pile / "a.txt") == ["d.txt", "a.txt"]


def test_a_file_named_twice_is_read_once(pile: Path) -> None:
    (pile / "link.txt").symlink_to("a.txt")
    assert names(pile / "a.txt", pile, pile / "deep" / ".." / "a.txt").count("a.txt") == 1
    assert "link.txt" not in names(pile / "a.txt", pile)


def test_a_glob_is_opened_by_the_program_as_a_shell_would(pile: Path) -> None:
    assert names(f"{pile}/*.txt") == ["a.txt", "b.txt"]
    assert names(f"{pile}/**/[ce].txt") == ["c.txt", "e.txt"]
    assert names(f"{pile}/d*") == ["c.txt", "d.txt", "e.txt"]


def test_a_glob_that_finds_nothing_is_a_failure_not_a_silence(pile: Path) -> None:
    (rejection,) = take(f"{pile}/*.md").rejections
    assert rejection.reason == "does not exist"


def test_a_name_with_brackets_in_it_is_a_file_before_it_is_a_glob(pile: Path) -> None:
    (pile / "heron [final].txt").write_text("The heron, final\n\nIt left.\n")
    assert names(pile / "heron [final].txt") == ["heron [final].txt"]


def test_hidden_files_and_folders_are_passed_over(pile: Path) -> None:
    (pile / ".draft.txt").write_text("A heron in secret\n\nNobody knows.\n")
    (pile / ".trash").mkdir()
    (pile / ".trash" / "old.txt").write_text("An old heron\n\nIt died.\n")
    assert ".draft.txt" not in names(pile)
    assert "old.txt" not in names(pile)


def test_a_hidden_file_that_is_named_is_read(pile: Path) -> None:
    (pile / ".draft.txt").write_text("A heron in secret\n\nNobody knows.\n")
    assert names(pile / ".draft.txt") == [".draft.txt"]


def test_what_a_browser_saved_beside_a_page_is_passed_over(pile: Path) -> None:
    (pile / "Heron.html").write_text("<!doctype html><html><body><p>Heron</p></body></html>")
    for folder in ("Heron_files", "Heron_Dateien", "Otter_files"):
        (pile / folder).mkdir()
        (pile / folder / f"{folder}.js").write_text("alert('heron')")
    # There is no page Otter.html, so that folder is somebody's own.
    found = names(pile)
    assert "Heron_files.js" not in found
    assert "Heron_Dateien.js" not in found
    assert "Otter_files.js" in found


def test_a_link_that_leads_nowhere_is_told_and_the_rest_is_read(pile: Path) -> None:
    (pile / "gone.txt").symlink_to(pile / "nowhere.txt")
    taken = take(pile)
    assert taken.reasons == {"gone.txt": "is a link that leads nowhere"}
    assert len(taken.articles) == 6


def test_a_link_to_a_file_is_read(pile: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "a.txt").symlink_to(pile / "a.txt")
    assert take(tmp_path / "links").titles == ["The heron of a"]


def test_what_is_no_file_is_told_and_not_waited_for(pile: Path) -> None:
    os.mkfifo(pile / "pipe.txt")
    assert take(pile).reasons == {"pipe.txt": "is no file (a device, a pipe or a socket)"}


def test_a_file_that_nobody_may_read_is_told_even_to_root(pile: Path) -> None:
    (pile / "a.txt").chmod(0)
    taken = take(pile)
    assert taken.reasons == {"a.txt": "may be read by nobody (permission denied)"}
    assert len(taken.articles) == 5


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert take(tmp_path) == take()


def test_a_folder_copied_elsewhere_reads_in_the_same_order(pile: Path, tmp_path: Path) -> None:
    shutil.copytree(pile, tmp_path / "copy")
    assert names(tmp_path / "copy") == names(pile)


def test_the_program_names_each_place_by_its_path(pile: Path, program: Program) -> None:
    done = program("clean", pile / "deep", pile / "missing.txt", "--json")
    assert done.returncode == 1
    assert f'"path": "{pile / "deep" / "c.txt"}"' in done.stdout
    assert done.stderr == f"{pile / 'missing.txt'}: does not exist\n"
