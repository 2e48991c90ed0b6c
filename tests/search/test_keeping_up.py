"""An engine that stays open while the archive changes under it."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import ArchiveMissing, IndexUnreadable
from search.embedded import EmbeddedEngine
from search.engine import open_archive
from tests.conftest import Program
from tests.search.conftest import asker, titles

ARTICLES = (
    {"id": "1", "title": "One", "text": "A schooner left Port Vell.", "source": "Log"},
    {"id": "2", "title": "Two", "text": "A schooner came back.", "source": "Log"},
)


def add(program: Program, folder: Path, *articles: dict[str, str]) -> None:
    lines = "\n".join(json.dumps(article) for article in articles)
    done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
    assert done.returncode == 0, done.stderr


def test_it_takes_up_by_itself_what_another_process_added(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        ask = asker(engine)
        before = engine.generation()
        assert ask("schooner").total == engine.articles() == 2
        assert engine.generation() == before
        add(
            program,
            folder,
            {"id": "3", "title": "Three", "text": "A schooner sank.", "source": "Log"},
        )
        assert ask("schooner").total == engine.articles() == 3
        assert titles(ask("sank")) == ["Three"]
        assert ask("schooner").facets["source"][0].count == 3
        assert engine.generation() != before


def test_it_takes_up_new_words_of_an_article_and_forgets_the_old_ones(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        ask = asker(engine)
        assert ask("Vell").total == 1
        add(program, folder, {**ARTICLES[0], "text": "A schooner left Port Corran."})
        assert ask("Vell").total == 0
        assert titles(ask("Corran")) == ["One"]
        assert ask("schooner").total == 2


def test_an_article_removed_by_another_process_is_gone(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        ask = asker(engine)
        (hit,) = ask("Vell").hits
        id = hit.held.article.id
        assert program("remove", id, archive=folder).returncode == 0
        assert ask("Vell").total == 0
        assert titles(ask("schooner")) == ["Two"]
        assert engine.article(id) is None
        assert engine.was_removed(id) is not None
        assert engine.articles() == 1


def test_an_article_removed_from_the_archive_but_not_yet_from_the_index_is_not_shown(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        ask = asker(engine)
        (hit,) = ask("Vell").hits
        with Archive.create(folder) as archive, archive.writing():
            assert archive.remove(hit.held.article.id)
        page = ask("schooner")
        assert titles(page) == ["Two"]
        assert ask("Vell").hits == ()


def test_it_goes_on_through_a_rebuild(archive_of: Callable[..., Path], program: Program) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        ask = asker(engine)
        before = titles(ask("schooner"))
        generation = engine.generation()
        assert program("rebuild", archive=folder).returncode == 0
        assert titles(ask("schooner")) == before
        assert engine.generation() != generation


def test_an_archive_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="microfiche add"):
        open_archive(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_an_archive_without_an_index_says_to_rebuild_it(tmp_path: Path) -> None:
    Archive.create(tmp_path / "bare").close()
    with open_archive(tmp_path / "bare") as engine:
        with pytest.raises(IndexUnreadable, match="microfiche rebuild"):
            asker(engine)("schooner")
        assert engine.article("nosuchid") is None


def test_searches_go_on_side_by_side_while_articles_come(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    done = threading.Event()
    totals: list[int] = []
    with open_archive(folder) as engine, ThreadPoolExecutor(4) as readers:
        ask = asker(engine)

        def read() -> None:
            while not done.is_set():
                page = ask("schooner OR sch*")
                totals.append(page.total)
                assert len(page.hits) == page.total  # what was found is still there to be shown

        reading = [readers.submit(read) for _ in range(4)]
        for number in range(3, 6):
            text = f"Schooner number {number} sailed."
            add(program, folder, {"id": str(number), "title": f"No {number}", "text": text})
        done.set()
        for each in reading:
            each.result()
        assert ask("schooner").total == 5
    assert set(totals) <= {2, 3, 4, 5}


def test_a_commit_is_closed_by_whoever_leaves_it_last(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(*ARTICLES)
    with open_archive(folder) as engine:
        assert isinstance(engine, EmbeddedEngine)
        with engine._reading() as before:
            add(program, folder, {"id": "3", "title": "Three", "text": "A schooner sank."})
            assert engine.articles() == 3
            (leaf,) = before.view.leaves
            assert leaf.segment.stored_fields(0)["version"]  # still open for who reads it
            assert len(open_maps(folder)) == 3
        del leaf, before
        gc.collect()  # a file is unmapped when the last array of it is gone
        assert len(open_maps(folder)) == 2


def open_maps(folder: Path) -> list[str]:
    """The mappings of index files that this process has."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in lines if str(folder) in line and ".arrays" in line]
