"""Articles at hand: opened once while nobody writes to the archive, and never longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.locking import writer_lock
from search.engine import open_archive
from search.request import SearchRequest
from search.shelf import Shelf

ARTICLES = (
    {"id": "owl", "title": "Owl", "text": "The owl sat on the weathercock. It rained all day."},
    {"id": "eel", "title": "Eel", "text": "The eel came up the river. It rained all night."},
)


@pytest.fixture
def folder(archive_of: Callable[..., Path]) -> Path:
    return archive_of(*ARTICLES)


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder) as archive:
        yield archive


def named(archive: Archive) -> list[tuple[str, int]]:
    return [(version.id, 1) for version in archive.current_versions()]


def take_out(folder: Path, id: str) -> None:
    """What another program does that holds the lock; the index does not know of it yet."""
    with writer_lock(folder, 1.0), Archive.create(folder) as other, other.writing():
        assert other.remove(id)


def test_an_article_is_opened_once_while_nobody_writes(archive: Archive) -> None:
    shelf = Shelf(archive)
    first = shelf.opened(named(archive))
    assert {one.held.article.title for one in first.values()} == {"Owl", "Eel"}
    again = shelf.opened(named(archive))
    assert again == first
    assert all(again[id] is first[id] for id in first)


def test_what_is_not_held_is_not_on_the_shelf(archive: Archive) -> None:
    (id, version), _ = named(archive)
    assert Shelf(archive).opened([(id, version + 1), ("nobody", 1)]) == {}


def test_who_takes_an_article_out_of_the_archive_takes_it_off_the_shelf(
    archive: Archive, folder: Path
) -> None:
    shelf = Shelf(archive)
    first, second = named(archive)
    assert len(shelf.opened([first, second])) == 2
    take_out(folder, first[0])
    assert list(shelf.opened([first, second])) == [second[0]]


def test_a_search_does_not_show_what_was_taken_out_since_the_last_commit(folder: Path) -> None:
    with open_archive(folder) as engine:
        before = engine.search(SearchRequest(q="rained")).hits
        assert len(before) == 2
        take_out(folder, before[0].held.article.id)
        after = engine.search(SearchRequest(q="rained")).hits
        assert [hit.held.article.id for hit in after] == [before[1].held.article.id]
