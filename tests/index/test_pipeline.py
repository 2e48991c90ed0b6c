"""The main loop from files to a committed index, in its own words: counts, dry runs, locks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.archive import Archive
from index.doctor import examine
from index.fulltext import FullText
from index.pipeline import AddRequest, Report, add
from index.readers import Guess, Rejection
from tests.conftest import Program

HERON = {
    "url": "https://www.sluice.example/heron",
    "title": "Heron returns",
    "text": "The heron came back to the gasworks on Tuesday.",
}
OTTER = {
    "url": "https://www.sluice.example/otter",
    "title": "Otter seen",
    "text": "An otter sat on the lock gate on Friday.",
}


class Watcher:
    """Writes down all that a run tells its listener."""

    def __init__(self) -> None:
        self.expected = self.articles = self.bytes = self.indexed = 0
        self.guesses: list[Guess] = []
        self.rejections: list[Rejection] = []

    def expect(self, total_bytes: int) -> None:
        self.expected = total_bytes

    def guessed(self, guess: Guess) -> None:
        self.guesses.append(guess)

    def failed(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)

    def advance(self, articles: int, read_bytes: int) -> None:
        self.articles += articles
        self.bytes += read_bytes

    def indexing(self, articles: int) -> None:
        self.indexed += articles


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def run(folder: Path, *inputs: Path, dry_run: bool = False) -> tuple[Report, Watcher]:
    watcher = Watcher()
    request = AddRequest(inputs=tuple(map(str, inputs)), jobs=1, dry_run=dry_run)
    return add(folder, request, watcher), watcher


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.failed


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_second_add_of_the_same_files_changes_nothing(tmp_path: Path) -> None:
    export = lines(tmp_path / "e.jsonl", HERON, OTTER)
    report, _ = run(tmp_path / "archive", export)
    assert counts(report) == (2, 0, 0, 0)
    before = files(tmp_path / "archive")
    report, _ = run(tmp_path / "archive", export)
    assert counts(report) == (0, 0, 2, 0)
    assert files(tmp_path / "archive") == before


def test_whatever_was_found_is_in_exactly_one_count(tmp_path: Path) -> None:
    run(tmp_path / "archive", lines(tmp_path / "a.jsonl", HERON, OTTER))
    changed = {**HERON, "text": "The heron left again."}
    new = {"title": "Newt", "text": "A newt was seen as well."}
    export = lines(tmp_path / "b.jsonl", changed, OTTER, new, [], {}, new)
    report, watcher = run(tmp_path / "archive", export, tmp_path / "nowhere")
    assert counts(report) == (1, 1, 2, 3)
    assert report.total == 7
    assert [Path(failed.location).name for failed in watcher.rejections] == [
        "nowhere",
        "b.jsonl:4",
        "b.jsonl:5",
    ]


def test_whoever_watches_is_told_of_everything(tmp_path: Path) -> None:
    export = lines(tmp_path / "e.jsonl", HERON, OTTER, {})
    _, watcher = run(tmp_path / "archive", export)
    assert watcher.expected == watcher.bytes == export.stat().st_size
    assert watcher.articles == 3
    assert watcher.indexed == 2
    assert [dict(guess.mapping)["title"] for guess in watcher.guesses] == ["title"]
    _, watcher = run(tmp_path / "archive", export)
    assert (watcher.articles, watcher.indexed) == (3, 0)


def test_a_changed_article_is_a_new_version_and_the_old_one_is_kept(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    run(archive, lines(tmp_path / "a.jsonl", HERON))
    changed = {**HERON, "text": "The heron left the gasworks again."}
    run(archive, lines(tmp_path / "b.jsonl", changed))
    with Archive.open(archive) as held:
        (change,) = held.changes(0)
        assert change.article is not None
        assert (change.article.version, change.article.article.raw_text) == (2, changed["text"])
        first = held.get(change.id, 1)
        assert first is not None
        assert first.article.raw_text == HERON["text"]
    assert examine(archive).sound


def test_one_url_in_two_spellings_is_one_article(tmp_path: Path) -> None:
    other = {**HERON, "url": "http://sluice.example/heron/?utm_source=feed#top"}
    report, _ = run(tmp_path / "archive", lines(tmp_path / "a.jsonl", HERON, other))
    assert report.added == 1
    with Archive.open(tmp_path / "archive") as archive:
        assert len(archive) == 1


def test_a_dry_run_counts_and_keeps_nothing(tmp_path: Path) -> None:
    export = lines(tmp_path / "e.jsonl", HERON, OTTER, {})
    report, watcher = run(tmp_path / "archive", export, dry_run=True)
    assert counts(report) == (2, 0, 0, 1)
    assert len(watcher.rejections) == 1
    assert not (tmp_path / "archive").exists()


def test_a_dry_run_beside_an_archive_knows_what_it_holds(tmp_path: Path) -> None:
    run(tmp_path / "archive", lines(tmp_path / "a.jsonl", HERON))
    before = files(tmp_path / "archive")
    report, _ = run(tmp_path / "archive", lines(tmp_path / "b.jsonl", HERON, OTTER), dry_run=True)
    assert counts(report) == (1, 0, 1, 0)
    assert files(tmp_path / "archive") == before


def test_what_was_taken_in_before_the_reader_breaks_is_in_the_index(tmp_path: Path) -> None:
    class Stops(Watcher):
        def guessed(self, guess: Guess) -> None:
            if guess.location.endswith("b.jsonl"):
                raise KeyboardInterrupt

    many = [{**HERON, "url": f"https://sluice.example/{number}"} for number in range(250)]
    lines(tmp_path / "a.jsonl", *many)
    lines(tmp_path / "b.jsonl", OTTER)
    inputs = (str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    report = add(tmp_path / "archive", AddRequest(inputs=inputs, jobs=1), Stops())
    assert report.interrupted
    assert 0 < report.added <= 200
    diagnosis = examine(tmp_path / "archive")
    assert diagnosis.sound
    assert diagnosis.articles == report.added
    assert counts(run(tmp_path / "archive", *map(Path, inputs))[0]) == (
        251 - report.added,
        0,
        report.added,
        0,
    )


def test_an_article_that_the_index_refuses_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    run(archive, lines(tmp_path / "a.jsonl", HERON, OTTER))
    with Archive.open(archive) as held:
        held._db.execute(
            "UPDATE versions SET tags = ? WHERE title = 'Otter seen'", ('["\\ud800"]',)
        )
        (FullText(archive / "index").root / "current.json").unlink()
    report, watcher = run(archive, lines(tmp_path / "b.jsonl", {"title": "Newt", "text": "Swam."}))
    assert (report.added, report.failed, len(report.unindexed)) == (1, 0, 1)
    assert "the index refused it" in watcher.rejections[0].reason
    with FullText(archive / "index").searcher() as searcher:
        assert searcher.doc_count() == 2


# -- the command


def test_add_says_in_one_line_what_it_did(tmp_path: Path, program: Program) -> None:
    export = lines(tmp_path / "e.jsonl", HERON, OTTER)
    done = program("add", export, archive=tmp_path / "archive")
    assert done.stdout == "added 2, updated 0, unchanged 0, failed 0\n"
    assert done.stderr == (
        f"{export}: reading text=text, title=title, url=url (change with --map)\n"
    )
    done = program("add", export, "--dry-run", archive=tmp_path / "archive")
    assert done.stdout == (
        "added 0, updated 0, unchanged 2, failed 0 (dry run: nothing was kept)\n"
    )


def test_add_prints_one_json_object_of_five_numbers(tmp_path: Path, program: Program) -> None:
    export = lines(tmp_path / "e.jsonl", HERON, {})
    done = program("add", export, "--json", archive=tmp_path / "archive")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert list(told) == ["added", "updated", "unchanged", "failed", "seconds"]
    assert told["seconds"] > 0
    assert [told[name] for name in ("added", "updated", "unchanged", "failed")] == [1, 0, 0, 1]


def test_remove_takes_out_what_is_there_and_tells_what_is_not(
    tmp_path: Path, program: Program
) -> None:
    archive = tmp_path / "archive"
    run(archive, lines(tmp_path / "e.jsonl", HERON, OTTER))
    with Archive.open(archive) as held:
        id = next(iter(held.changes(0))).id
    done = program("remove", id, "nosuch", archive=archive)
    assert (done.returncode, done.stdout) == (1, "removed 1\n")
    assert done.stderr == "nosuch is not in this archive\n"
    assert program("search", "heron", archive=archive).returncode == 1
    assert examine(archive).sound


@pytest.mark.parametrize(
    "arguments", [("add",), ("add", "x", "--format", "pdf"), ("add", "x", "--jobs", "0")]
)
def test_a_call_that_makes_no_sense_exits_with_2(
    arguments: tuple[str, ...], tmp_path: Path, program: Program
) -> None:
    done = program(*arguments, archive=tmp_path / "archive")
    assert done.returncode == 2
    assert not (tmp_path / "archive").exists()
