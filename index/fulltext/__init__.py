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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whoosh.index import FileIndex

from index import schema
from index.archive import Archive
from index.arrays.scoring import Weighting
from index.arrays.view import View
from index.errors import IndexUnreadable, MicroficheError, UnsafeIndex
from index.fulltext import current as pointer
from index.fulltext.current import Current
from index.fulltext.storage import DurableStorage
from index.fulltext.unpickling import guard_whoosh
from index.rows import Change

__all__ = ["FullText", "Unindexable"]

# A commit costs a few syncs and, in a bulk load, a merge of all it wrote; what is between two of
# them is on the disk as it comes, and a crash costs the time to index it again.
_COMMIT_EVERY = 50_000

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from index.arrays.writer import ArrayWriter

Advance = Callable[[int], None]
_Opened = TypeVar("_Opened")


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

    def view(self) -> View:
        """The last commit, open for searching; close it when a newer one has taken its place.

        Only sizes are compared on opening; what of a file is read is checked then. Raises
        IndexUnreadable where the index is missing, damaged, or of another release, and UnsafeIndex
        where it would load something that is no index.
        """
        index = self._opened()
        segments = _guarded(lambda: index._read_toc().segments)
        folder = Path(index.storage.folder)
        return _guarded(lambda: View(folder, segments, schema.schema(), index.searcher))

    def segments(self) -> int:
        """Of how many segments the last commit is."""
        index = self._opened()
        return len(_guarded(lambda: index._read_toc().segments))

    def searcher(self) -> Searcher:
        """A stock Whoosh searcher over the last commit, which reads it slowly and is the judge of
        whatever is faster. Raises as ``view`` does."""
        index = self._opened()
        return _guarded(lambda: index.searcher(weighting=Weighting()))

    def _opened(self) -> FileIndex:
        current = self.current()
        if current is None:
            raise IndexUnreadable(f"there is no index in {self.root}: run microfiche rebuild")
        if current.schema != schema.VERSION:
            raise IndexUnreadable("the index is of another release: run microfiche rebuild")
        faults = pointer.faults(self.root, current, full=False)
        latest = self._latest(current)
        if faults and latest is not None and latest in current.files:
            raise IndexUnreadable(f"the index is damaged ({faults[0]}): run microfiche rebuild")
        return _guarded(lambda: self._open(current.folder))

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

    def optimize(self) -> None:
        """Merge all segments into as few as there can be, and forget what was deleted."""
        current = self.current()
        if current is None or current.schema != schema.VERSION:
            raise IndexUnreadable("the index is of another release: run microfiche rebuild")
        index = self._open(current.folder)
        _writer(index).commit(optimize=True)
        index.close()
        files = pointer.digests(self.root / current.folder, current.files)
        pointer.write(self.root, replace(current, files=files))

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
            committed = self._commit(current, changes, refused, advance)
            if committed is None:
                break
            current = committed
            if in_place:
                pointer.write(self.root, current)
        if not in_place:
            pointer.write(self.root, current)
        self._clear_leftovers()
        return list(refused.values())

    def _commit(
        self,
        current: Current,
        changes: Iterator[Change],
        refused: dict[str, Unindexable],
        advance: Advance,
    ) -> Current | None:
        """One commit; None where nothing had changed. What is refused is added to ``refused``."""
        first = next(changes, None)
        if first is None:
            return None
        try:
            last = self._write(current, chain((first,), changes), refused, advance)
        except (MicroficheError, OSError):
            raise
        except Exception as error:  # a damaged file can make Whoosh raise anything
            raise IndexUnreadable(
                f"the index cannot be written to ({error}); the articles are in the archive:"
                " run microfiche rebuild"
            ) from error
        folder = self.root / current.folder
        return Current(current.folder, schema.VERSION, last, pointer.digests(folder, current.files))

    def _write(
        self,
        current: Current,
        changes: Iterable[Change],
        refused: dict[str, Unindexable],
        advance: Advance,
    ) -> int:
        """Write ``changes`` and commit; the number of the last of them."""

        def refuse(document: Mapping[str, object], reason: str) -> None:
            refused[str(document["id"])] = Unindexable(str(document["id"]), reason)

        index = self._open(current.folder)
        writer = _writer(index, refuse)
        ids: list[str] = []
        last = number = 0
        try:
            for number, change in enumerate(changes, start=1):
                ids.append(change.id)
                if change.article is not None:
                    try:
                        document = schema.document(change.article)
                    except ValueError as error:
                        refuse({"id": change.id}, f"{type(error).__name__}: {error}")
                    else:
                        writer.add_document(**document)
                last = change.number
                if number % 100 == 0:
                    advance(100)
            # The log gives each article once, so whatever the index has of them is of before.
            writer.delete_terms("id", ids)
            writer.commit()
            advance(number % 100)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        finally:
            index.close()
        return last

    def _clear_leftovers(self) -> None:
        """Folders that nothing points to: of a rebuild that was cut off, or of the index before."""
        current = self.current()
        if current is None:
            return
        for path in self.root.iterdir():
            if path.is_dir() and path.name.isdigit() and path.name != current.folder:
                shutil.rmtree(path)


def _writer(
    index: FileIndex, refuse: Callable[[Mapping[str, object], str], None] | None = None
) -> ArrayWriter:
    # Imported here, so that no search pays for what only writing needs.
    from index.arrays.writer import ArrayWriter  # noqa: PLC0415

    return ArrayWriter(index, timeout=5, on_refused=refuse)


def _guarded(opening: Callable[[], _Opened]) -> _Opened:
    try:
        return opening()
    except IndexUnreadable:
        raise
    except Exception as error:  # a damaged file can make Whoosh raise anything
        raise IndexUnreadable(
            f"the index cannot be read ({error}): run microfiche rebuild"
        ) from error


def _refuse_foreign_hands(folder: Path) -> None:
    """An index that anybody may write to is one that anybody may have written."""
    try:
        status = os.stat(folder)
    except FileNotFoundError as error:
        raise IndexUnreadable(f"{folder} is missing: run microfiche rebuild") from error
    if status.st_mode & stat.S_IWOTH:
        raise UnsafeIndex(f"{folder} may be written by anybody: run chmod -R o-w {folder.parent}")
