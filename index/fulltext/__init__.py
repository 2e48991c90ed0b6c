"""The full-text index of an archive: a Whoosh index that catches up with the archive's changes.

It is derived: whatever happens to it, ``rebuild`` makes it again from the archive. It is only
ever written by ``catch_up``, which takes each changed article once, in order, and records the
last change it holds. A crash between two commits costs nothing: the next writer goes on from the
last recorded change, and taking an article twice changes nothing.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

from index import schema
from index.archive import Archive
from index.errors import IndexUnreadable, MicroficheError, UnsafeIndex
from index.fulltext import current as pointer
from index.fulltext.current import Current
from index.fulltext.storage import DurableStorage
from index.fulltext.unpickling import guard_whoosh
from index.rows import Change

__all__ = ["FullText", "Unindexable"]

# A commit costs ten syncs; what is between two of them is in memory up to _MEMORY_MB, then on disk.
_COMMIT_EVERY = 5_000
# A bulk load makes a few large segments, which merging would only copy; daily additions make many
# small ones, which Whoosh merges as they come.
_BULK = 2_000
# Whoosh counts the bytes of postings, not of the Python objects around them: the process takes
# about five times this.
_MEMORY_MB = 32

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Unindexable:
    """An article that the index refused, and why; it stays in the archive."""

    id: str
    reason: str


class FullText:
    """The index under ``root`` (the folder ``index`` of an archive)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        guard_whoosh()

    # -- reading

    def current(self) -> Current | None:
        """What the index holds, None where there is none yet. Raises IndexUnreadable."""
        return pointer.read(self.root)

    def searcher(self) -> Searcher:
        """A searcher over the last commit; close it when a newer one has taken its place.

        Raises IndexUnreadable where the index is missing, damaged, or of another release, and
        UnsafeIndex where it would load something that is no index.
        """
        current = self.current()
        if current is None:
            raise IndexUnreadable(f"there is no index in {self.root}: run microfiche rebuild")
        if current.schema != schema.VERSION:
            raise IndexUnreadable("the index is of another release: run microfiche rebuild")
        faults = pointer.faults(self.root, current, full=False)
        latest = self._latest(current)
        if faults and latest is not None and latest in current.files:
            raise IndexUnreadable(f"the index is damaged ({faults[0]}): run microfiche rebuild")
        try:
            return self._open(current.folder).searcher()
        except IndexUnreadable:
            raise
        except Exception as error:  # a damaged file can make Whoosh raise anything
            raise IndexUnreadable(
                f"the index cannot be read ({error}): run microfiche rebuild"
            ) from error

    def faults(self) -> list[str]:
        """Everything that is not as it was written; reads every file."""
        current = self.current()
        if current is None:
            return ["there is no index"]
        if current.schema != schema.VERSION:
            return ["the index is of another release"]
        return pointer.faults(self.root, current, full=True)

    def _latest(self, current: Current) -> str | None:
        tables = (self.root / current.folder).glob("_MAIN_*.toc")
        names = sorted(tables, key=lambda path: int(path.stem.rpartition("_")[2]))
        return names[-1].name if names else None

    def _open(self, folder: str) -> FileIndex:
        path = self.root / folder
        _refuse_foreign_hands(self.root)
        _refuse_foreign_hands(path)
        return FileIndex(DurableStorage(str(path)), schema=schema.schema())

    # -- writing; the caller holds the archive's writer lock

    def catch_up(
        self, archive: Archive, advance: Advance = lambda number: None
    ) -> list[Unindexable]:
        """Take in what changed in ``archive`` since the last commit.

        ``advance`` is told, now and then, how many changes were taken. Articles that the index
        refuses are skipped and returned.
        """
        current = self.current() or self._new()
        if current.schema != schema.VERSION:
            return self.rebuild(archive, advance)
        return self._fill(current, archive, advance)

    def rebuild(
        self, archive: Archive, advance: Advance = lambda number: None
    ) -> list[Unindexable]:
        """Make the index anew beside the old one, then put it in its place in one step.

        Whoever searches goes on with the old one until then.
        """
        return self._fill(self._beside(), archive, advance, in_place=False)

    def _new(self) -> Current:
        current = self._beside()
        pointer.write(self.root, current)
        return current

    def _beside(self) -> Current:
        """An empty index in a folder of its own, which nothing points to yet."""
        self.root.mkdir(mode=0o700, exist_ok=True)
        self._clear_leftovers()
        taken = [int(path.name) for path in self.root.iterdir() if path.name.isdigit()]
        folder = f"{max(taken, default=0) + 1:04}"
        (self.root / folder).mkdir(mode=0o700)
        FileIndex.create(DurableStorage(str(self.root / folder)), schema.schema())
        return Current(folder, schema.VERSION, 0, {})

    def _fill(
        self, current: Current, archive: Archive, advance: Advance, *, in_place: bool = True
    ) -> list[Unindexable]:
        refused: dict[str, Unindexable] = {}
        archive.sort_stories()
        while True:
            changes = islice(archive.changes(current.change), _COMMIT_EVERY)
            outcome = self._commit(current, changes, set(refused), advance)
            if isinstance(outcome, Unindexable):
                refused[outcome.id] = outcome  # again without it: its batch was given back whole
                continue
            if outcome is None:
                break
            current = outcome
            if in_place:
                pointer.write(self.root, current)
        if not in_place:
            pointer.write(self.root, current)
        self._clear_leftovers()
        return list(refused.values())

    def _commit(
        self, current: Current, changes: Iterator[Change], skip: set[str], advance: Advance
    ) -> Current | Unindexable | None:
        """One commit; None where nothing had changed, Unindexable where an article was refused."""
        first = next(changes, None)
        if first is None:
            return None
        try:
            last = self._write(current, _chain(first, changes), skip, advance)
        except (MicroficheError, OSError):
            raise
        except Exception as error:  # a damaged file can make Whoosh raise anything
            raise IndexUnreadable(
                f"the index cannot be written to ({error}); the articles are in the archive:"
                " run microfiche rebuild"
            ) from error
        if isinstance(last, Unindexable):
            return last
        folder = self.root / current.folder
        return Current(current.folder, schema.VERSION, last, pointer.digests(folder, current.files))

    def _write(
        self, current: Current, changes: Iterator[Change], skip: set[str], advance: Advance
    ) -> int | Unindexable:
        """Write ``changes`` and commit; the last of them, or the article that was refused."""
        index = self._open(current.folder)
        writer = index.writer(limitmb=_MEMORY_MB, timeout=5, codec=_codec())
        last = number = 0
        try:
            for number, change in enumerate(changes, start=1):
                refused = self._take(writer, change, skip)
                if refused is not None:
                    writer.cancel()
                    return refused
                last = change.number
                if number % 100 == 0:
                    advance(100)
            writer.commit(merge=number < _BULK)
            advance(number % 100)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        finally:
            index.close()
        return last

    def _take(self, writer: SegmentWriter, change: Change, skip: set[str]) -> Unindexable | None:
        # Deleting by term and adding, never update_document: that one deletes a single copy and
        # from then on keeps two.
        writer.delete_by_term("id", change.id)
        if change.article is None or change.id in skip:
            return None
        try:
            writer.add_document(**schema.document(change.article))
        except Exception as error:  # noqa: BLE001 - whatever Whoosh raises, one article is at fault
            return Unindexable(change.id, f"{type(error).__name__}: {error}")
        return None

    def _clear_leftovers(self) -> None:
        """Folders that nothing points to: of a rebuild that was cut off, or of the index before."""
        current = self.current()
        if current is None:
            return
        for path in self.root.iterdir():
            if path.is_dir() and path.name.isdigit() and path.name != current.folder:
                shutil.rmtree(path)


def _codec() -> W3Codec:
    """Whoosh's own codec, without statistics that only its block skipping reads: totals here are
    exact, so nothing is ever skipped, and leaving them out saves an eighth of the time."""
    codec = W3Codec(compression=1)
    codec.length_stats = False
    return codec


def _chain(first: Change, rest: Iterator[Change]) -> Iterator[Change]:
    yield first
    yield from rest


def _refuse_foreign_hands(folder: Path) -> None:
    """An index that anybody may write to is one that anybody may have written."""
    try:
        status = os.stat(folder)
    except FileNotFoundError as error:
        raise IndexUnreadable(f"{folder} is missing: run microfiche rebuild") from error
    if status.st_mode & stat.S_IWOTH:
        raise UnsafeIndex(f"{folder} may be written by anybody: run chmod -R o-w {folder.parent}")
