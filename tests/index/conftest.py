"""What the tests of the index room share."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.fulltext import FullText

# A library of the body engine warns, once, of a proxy it could use but does not find. Loaded here,
# so that a test sees only the warnings that are its own.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import trafilatura  # noqa: F401


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.create(tmp_path / "archive") as archive:
        yield archive


@pytest.fixture
def fulltext(archive: Archive) -> FullText:
    """The index of ``archive``, which is not made yet."""
    return FullText(archive.folder / "index")
