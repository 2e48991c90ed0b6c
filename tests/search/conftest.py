"""Archives that several tests of the search room read; each is made once, by the real program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Engine, open_archive
from search.request import SearchRequest
from search.results import SearchPage
from tests.conftest import Program

Made = Callable[..., Path]
Ask = Callable[..., SearchPage]


@pytest.fixture(scope="session")
def made_of(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Made:
    """``archive_of`` for a whole module; articles may lack columns that others have."""

    def make(*articles: dict[str, object]) -> Path:
        folder = tmp_path_factory.mktemp("made") / "archive"
        columns = dict.fromkeys((column for article in articles for column in article), "")
        lines = "\n".join(json.dumps({**columns, **article}) for article in articles)
        done = program("add", "-", "--format", "jsonl", archive=folder, stdin=lines)
        assert done.returncode == 0, done.stderr
        return folder

    return make


@pytest.fixture(scope="session")
def sample_engine(sample_archive: Path) -> Iterator[Engine]:
    """One engine on the sample archive, open for all tests that only read."""
    with open_archive(sample_archive) as engine:
        yield engine


def asker(engine: Engine) -> Ask:
    """``ask("ferry", sort="newest")`` instead of ``engine.search(SearchRequest(...))``."""

    def ask(q: str = "", **wishes: object) -> SearchPage:
        return engine.search(SearchRequest(q=q, **wishes))  # type: ignore[arg-type]

    return ask


@pytest.fixture(scope="session")
def ask_sample(sample_engine: Engine) -> Ask:
    return asker(sample_engine)


def titles(page: SearchPage) -> list[str]:
    """The titles found, in the order of the page."""
    return [hit.held.article.title for hit in page.hits]
