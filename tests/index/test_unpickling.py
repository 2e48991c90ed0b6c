"""Whoosh keeps pickles, which can run anything; an index of ours can only be data."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from whoosh import query
from whoosh.filedb.filestore import FileStorage

from index.archive import Archive
from index.errors import UnsafeIndex
from index.fulltext import FullText
from index.fulltext import current as pointer
from index.fulltext.unpickling import load, loads
from tests.index.taking import put, record
from tests.index.test_whoosh_traps import found, two_documents


class Gadget:
    """Unpickled by anybody who trusts it, this makes a folder; it could do anything."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.marker),)


def _poison(folder: Path, marker: Path) -> None:
    """Put a gadget where the newest table of contents of an index has its list of segments."""
    (table,) = folder.glob("_MAIN_*.toc")
    content = table.read_bytes()
    start = content.rindex(b"\x80\x05" if b"\x80\x05" in content else b"\x80\x04")
    table.write_bytes(content[:start] + pickle.dumps([Gadget(marker)]))


def test_plain_whoosh_runs_what_an_index_tells_it_to(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    two_documents(FileStorage(str(tmp_path / "plain"))).close()
    _poison(tmp_path / "plain", tmp_path / "marker")
    # In a process of its own, for in this one Whoosh is guarded already.
    code = f"from whoosh.index import open_dir; open_dir({str(tmp_path / 'plain')!r})"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert (tmp_path / "marker").is_dir()


# Whoosh leaves a table of contents open that it could not read.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_index_that_would_run_something_is_refused(
    archive: Archive, fulltext: FullText, tmp_path: Path
) -> None:
    put(archive, record(title="Frog", text="The frog sat in the drawer."))
    fulltext.catch_up(archive)
    current = fulltext.current()
    assert current is not None
    folder = fulltext.root / current.folder
    _poison(folder, tmp_path / "marker")
    # Whoever makes a bad index makes its digests fit.
    pointer.write(
        fulltext.root,
        pointer.Current(
            current.folder, current.schema, current.change, pointer.digests(folder, {})
        ),
    )
    with pytest.raises(UnsafeIndex, match=r"posix\.mkdir"):
        fulltext.searcher()
    put(archive, record(title="Toad", text="The toad sat in the drawer."))
    with pytest.raises(UnsafeIndex, match=r"posix\.mkdir"):
        fulltext.catch_up(archive)
    assert not (tmp_path / "marker").exists()
    fulltext.rebuild(archive)
    assert len(found(fulltext, query.Every())) == 2
    assert not (tmp_path / "marker").exists()


class Calls:
    """Calls ``function`` with ``arguments`` when it is unpickled."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.function, self.arguments


@pytest.mark.parametrize(
    "gadget",
    [
        Calls(os.system, "true"),
        Calls(eval, "1 + 1"),
        Calls(getattr, "x", "upper"),
        Calls(__import__, "os"),
        Calls(subprocess.Popen, ["true"]),
        Calls(FileStorage, "/"),
        Calls(pickle.loads, b"N."),
    ],
    ids=lambda gadget: gadget.function.__name__,
)
def test_nothing_that_can_act_is_unpickled(gadget: Calls, tmp_path: Path) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps([gadget], protocol)
        with pytest.raises(UnsafeIndex, match="was not loaded"):
            loads(data)
        (tmp_path / "data").write_bytes(data)
        with (tmp_path / "data").open("rb") as file, pytest.raises(UnsafeIndex):
            load(file)


def test_plain_values_are_unpickled() -> None:
    value = {"words": [1, 2.5, None, True], "bytes": b"\x00\xff", "set": {1, 2}, "text": "frög"}
    for protocol in range(3, pickle.HIGHEST_PROTOCOL + 1):
        assert loads(pickle.dumps(value, protocol)) == value
