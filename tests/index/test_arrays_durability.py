"""The files of arrays under power cuts, full disks and damage: the old answer, the new one, or a
plain word about what is wrong; never a wrong answer."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from whoosh import query

from index.archive import Archive
from index.arrays import container
from index.errors import IndexUnreadable, MicroficheError
from index.fulltext import FullText
from search.execution import Execution
from tests.index.taking import put, record

# Whoosh leaves a damaged table of contents open when it cannot be read.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

WORDS = ("heron", "drawer", "lock", "gasworks", "tide", "crane", "pilot", "lamp", "quay", "bell")
Answers = dict[str, dict[str, float]]


def fill(archive: Archive, first: int, count: int) -> list[str]:
    chance = random.Random(first)
    return put(
        archive,
        *(
            record(
                title=f"Report {number} {chance.choice(WORDS)}",
                text=" ".join(chance.choices(WORDS, k=60)),
                source=chance.choice(("Hill Gazette", "Valley Herald")),
                published=f"2020-0{number % 9 + 1}-01",
            )
            for number in range(first, first + count)
        ),
    )


def answers(fulltext: FullText) -> Answers:
    """What the index finds for every word and a phrase, each hit by its id with its score."""
    view = fulltext.view()
    try:
        asked = {word: query.Term("body", word) for word in ("heron", "drawer", "lock", "tide")}
        asked["all"] = query.Every()
        asked["phrase"] = query.Phrase("body", ["heron", "lock"])
        asked["dated"] = query.NumericRange("published", 1_583_000_000, 1_590_000_000)
        asked["title"] = query.Prefix("title_words", "qua")
        found: Answers = {}
        for name, wanted in asked.items():
            matches = Execution(view).run(wanted)
            found[name] = {
                str(view.stored_fields(number)["id"]): score
                for number, score in zip(
                    matches.documents.tolist(), matches.scores.tolist(), strict=True
                )
            }
        return found
    finally:
        view.close()


# -- power cuts


@dataclass
class Disk:
    """Watches the file operations under a folder: what is named, and what of it was synced."""

    root: Path
    synced: dict[str, bytes] = field(default_factory=dict)
    named: dict[str, bytes] = field(default_factory=dict)
    states: list[tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]]] = field(
        default_factory=list
    )

    def files(self) -> dict[str, bytes]:
        paths = [path for path in self.root.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in paths}

    def look(self) -> None:
        """Remember the state of the disk as it may be found if the power goes now."""
        self.states.append((self.files(), dict(self.synced), dict(self.named)))

    def watch(self, monkeypatch: pytest.MonkeyPatch, *, syncing: bool = True) -> None:
        before = self.files()
        self.synced, self.named = dict(before), dict(before)
        sync = os.fsync

        def fsync(descriptor: int) -> None:
            self.look()
            sync(descriptor)
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            if syncing and path.is_relative_to(self.root):
                if path.is_dir():
                    self.named = self.files()
                else:
                    self.synced[str(path.relative_to(self.root))] = path.read_bytes()
            self.look()

        monkeypatch.setattr(os, "fsync", fsync)
        for name in ("rename", "replace", "unlink", "remove"):
            monkeypatch.setattr(os, name, self._told(getattr(os, name)))

    def _told(self, operation: Callable[..., None]) -> Callable[..., None]:
        def run(path: str, *more: str) -> None:
            self.look()
            operation(path, *more)
            old = os.path.relpath(path, self.root)
            if more and old in self.synced:
                self.synced[os.path.relpath(more[0], self.root)] = self.synced.pop(old)
            self.look()

        return run

    def after_cuts(self, chance: random.Random) -> Iterator[dict[str, bytes]]:
        """What may be found after a cut at each moment, by four models of what a disk keeps."""
        for files, synced, named in self.states:
            yield files  # all that was written
            yield {name: synced.get(name, b"") for name in files}  # names, but no unsynced content
            yield {name: synced.get(name, content) for name, content in named.items()}
            for _ in range(10):  # each unsynced file whole, cut or empty
                yield {
                    name: content
                    if synced.get(name) == content
                    else content[: chance.choice((0, len(content) // 2, len(content)))]
                    for name, content in files.items()
                }


def laid(files: dict[str, bytes], root: Path) -> FullText:
    shutil.rmtree(root, ignore_errors=True)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return FullText(root)


def cut_states(
    archive: Archive, fulltext: FullText, monkeypatch: pytest.MonkeyPatch, *, syncing: bool
) -> tuple[Answers, Answers, list[dict[str, bytes]]]:
    ids = fill(archive, 0, 40)
    fulltext.catch_up(archive)
    old = answers(fulltext)
    fill(archive, 40, 25)
    with archive.writing():
        archive.remove(ids[7])
    disk = Disk(fulltext.root)
    with monkeypatch.context() as patched:
        disk.watch(patched, syncing=syncing)
        fulltext.catch_up(archive)
    return old, answers(fulltext), list(disk.after_cuts(random.Random(1)))


def test_after_a_power_cut_there_is_the_old_answer_or_the_new(
    archive: Archive, fulltext: FullText, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old, new, states = cut_states(archive, fulltext, monkeypatch, syncing=True)
    assert len(states) >= 200
    assert old != new
    seen = {"old": 0, "new": 0}
    for number, files in enumerate(states):
        found = answers(laid(files, tmp_path / "cut"))
        assert found in (old, new), f"state {number}"
        seen["new" if found == new else "old"] += 1
    assert all(seen.values())


def test_without_syncing_the_same_cuts_lose_the_index(
    archive: Archive, fulltext: FullText, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Proof that the test above can fail."""
    old, new, states = cut_states(archive, fulltext, monkeypatch, syncing=False)
    lost = 0
    for files in states:
        try:
            lost += answers(laid(files, tmp_path / "cut")) not in (old, new)
        except MicroficheError:
            lost += 1
    assert lost


# -- a full disk


@pytest.mark.parametrize("room", [0, 64, 500, 3_000, 9_000, 14_000])
def test_a_full_disk_keeps_the_old_answer_and_the_next_try_succeeds(
    room: int, archive: Archive, fulltext: FullText, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, 0, 40)
    fulltext.catch_up(archive)
    old = answers(fulltext)
    fill(archive, 40, 40)
    write = container.ArrayWriter._write
    left = room

    def full(self: container.ArrayWriter, content: bytes | memoryview) -> None:
        nonlocal left
        left -= len(content)
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, content)

    with monkeypatch.context() as patched:
        patched.setattr(container.ArrayWriter, "_write", full)
        with pytest.raises(OSError, match="No space left"):
            fulltext.catch_up(archive)
    assert answers(fulltext) == old
    fulltext.catch_up(archive)
    assert len(answers(fulltext)["all"]) == 80
    assert fulltext.faults() == []


# -- damage


def damaged(content: bytes, chance: random.Random) -> bytes:
    match chance.randrange(3):
        case 0:
            flipped = bytearray(content)
            flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case 1:
            return content[: chance.randrange(len(content))]
        case _:
            start = chance.randrange(len(content))
            return (
                content[:start]
                + bytes(len(content[start : start + 4096]))
                + content[start + 4096 :]
            )


def test_damage_is_found_and_never_becomes_a_wrong_answer(
    archive: Archive, fulltext: FullText
) -> None:
    fill(archive, 0, 120)
    fulltext.catch_up(archive)
    fill(archive, 120, 60)
    fulltext.catch_up(archive)
    sound = answers(fulltext)
    chance = random.Random(3)
    paths = sorted((fulltext.root / "0001").glob("*.arrays"))
    refused = 0
    for trial in range(300):
        path = chance.choice(paths)
        content = path.read_bytes()
        harmed = damaged(content, chance)
        if harmed == content:
            continue  # zeros over zeros
        path.write_bytes(harmed)
        assert fulltext.faults(), f"trial {trial} was not noticed"
        try:
            assert answers(fulltext) == sound, f"trial {trial}"
        except IndexUnreadable as error:
            refused += "rebuild" in str(error)
        path.write_bytes(content)
    assert refused > 100
    assert answers(fulltext) == sound


def test_a_segment_that_is_missing_is_named_and_rebuild_mends_it(
    archive: Archive, fulltext: FullText
) -> None:
    fill(archive, 0, 30)
    fulltext.catch_up(archive)
    sound = answers(fulltext)
    (path,) = (fulltext.root / "0001").glob("*.arrays")
    path.unlink()
    assert fulltext.faults() == [f"{path.name} is missing"]
    with pytest.raises(IndexUnreadable, match="rebuild"):
        fulltext.view()
    fulltext.rebuild(archive)
    assert answers(fulltext) == sound


# -- merging


def test_merging_changes_no_answer_and_leaves_what_was_deleted_behind(
    archive: Archive, fulltext: FullText
) -> None:
    ids: list[str] = []
    for number in range(12):
        ids += fill(archive, number * 10, 10)
        fulltext.catch_up(archive)
        if number == 6:
            with archive.writing():
                for id in ids[::3]:
                    archive.remove(id)
    segments = sorted((fulltext.root / "0001").glob("*.arrays"))
    assert len(segments) < 12
    found = answers(fulltext)
    fulltext.rebuild(archive)
    anew = answers(fulltext)
    assert {name: set(hits) for name, hits in found.items()} == {
        name: set(hits) for name, hits in anew.items()
    }
    fulltext.optimize()
    (path,) = (fulltext.root / "0002").glob("*.arrays")
    assert answers(fulltext) == anew
    assert path.stat().st_size > 0
    assert fulltext.faults() == []
