"""What is made once for each commit is made before anybody asks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import IndexUnreadable
from search.embedded import EmbeddedEngine
from search.engine import open_archive
from search.translation import lexicons_of
from tests.conftest import Program
from web.preparing import preparing

ARTICLES = (
    {"id": "1", "title": "A schooner", "text": "A schooner left Port Vell.", "author": "Una Ashby"},
    {"id": "2", "title": "Another", "text": "It came back.", "author": "Una Ashby"},
)


def made(engine: EmbeddedEngine) -> set[object]:
    """Of what answers share, the parts that are there already; nothing is asked to find out."""
    state = engine._state
    assert state is not None
    found: set[object] = {*vars(state.filed), *state.vocabulary._neighbours}
    if "_suggestions" in vars(state):
        found |= vars(state._suggestions).keys()
    return found


def named(engine: EmbeddedEngine) -> str:
    assert engine._state is not None
    return engine._state.name


def test_a_commit_is_prepared_while_nobody_asks(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        assert isinstance(engine, EmbeddedEngine)
        before = engine.generation()
        assert "facets" not in made(engine)
        with preparing(engine, every=0.02):
            kept = made(engine)
            assert {"facets", "timeline", "_names", lexicons_of(None)} <= kept
            lines = json.dumps({"id": "3", "title": "Three", "text": "A third.", "source": "Log"})
            done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
            assert done.returncode == 0, done.stderr
            until = time.monotonic() + 20
            while time.monotonic() < until and not (
                named(engine) != before and made(engine) == kept
            ):
                time.sleep(0.02)
            assert named(engine) != before
            assert made(engine) == kept


def test_an_empty_archive_is_prepared(tmp_path: Path, program: Program) -> None:
    Archive.create(tmp_path / "none").close()
    assert program("rebuild", archive=tmp_path / "none").returncode == 0
    with open_archive(tmp_path / "none") as engine, preparing(engine):
        assert engine.articles() == 0


def test_what_is_wrong_is_told_on_entering_and_later_to_who_asks(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of(*ARTICLES)
    pointer = folder / "index" / "current.json"
    sound = pointer.read_bytes()
    with open_archive(folder) as engine:
        pointer.write_bytes(b"{}")
        with pytest.raises(IndexUnreadable), preparing(engine):
            pass
        pointer.write_bytes(sound)
        with preparing(engine, every=0.02):
            pointer.write_bytes(b"{")
            time.sleep(0.1)
            with pytest.raises(IndexUnreadable):
                engine.generation()
            pointer.write_bytes(sound)
            time.sleep(0.1)
            assert engine.articles() == 2
