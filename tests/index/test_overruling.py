"""Putting a passage back, switching a rule off, cleaning again: the archive remembers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import overruling
from index.archive import Archive
from index.article import Article
from index.cleaning.repeated import repeated_lines
from index.errors import NothingThere
from index.pipeline import article_of
from index.readers import Rejection
from index.reading import read
from index.recleaning import RecleanRequest, reclean
from index.restoring import find, put_back, quote
from index.settings import DEFAULT as SETTINGS
from search.engine import open_archive
from search.request import SearchRequest
from tests.conftest import Program
from tests.index.taking import record

WEIR = "https://sluice.example/weir"
BODY = (
    "The weir at Lower Sallow was opened on Monday.\n\n"
    "Advertisement\n\n"
    "Keeper Odd Varrick turned the wheel himself.\n\n"
    "Read more: Eel season begins early\n\n"
    "It had been shut since the flood."
)


class Silent:
    """Watches a run for what failed."""

    def __init__(self) -> None:
        self.failures: list[Rejection] = []

    def expect(self, total_bytes: int) -> None: ...
    def guessed(self, guess: object) -> None: ...
    def failed(self, rejection: Rejection) -> None:
        self.failures.append(rejection)

    def advance(self, articles: int, read_bytes: int) -> None: ...
    def indexing(self, articles: int) -> None: ...


def text_of(folder: Path, id: str) -> str:
    with Archive.open(folder) as archive:
        held = archive.get(id)
    assert held is not None
    return read(held.article.raw_text, held.article.removals).text


def ledger(folder: Path, id: str) -> dict[str, tuple[int, int]]:
    """The spans of an article's removals by what they took."""
    with Archive.open(folder) as archive:
        held = archive.get(id)
    assert held is not None
    return {removal.text: (removal.start, removal.end) for removal in held.article.removals}


def only(folder: Path) -> str:
    with Archive.open(folder) as archive:
        (change,) = archive.changes(0)
    return change.id


def found(folder: Path, q: str) -> int:
    with open_archive(folder) as engine:
        return engine.search(SearchRequest(q=q, match="all")).total


def weir(text: str = BODY, source: str = "Sallow Sluice") -> dict[str, object]:
    return {"url": WEIR, "title": "Weir opens", "text": text, "source": source}


# -- putting back


def test_what_is_put_back_can_be_read_and_found(archive_of: Callable[..., Path]) -> None:
    folder = archive_of(weir())
    id = only(folder)
    assert found(folder, "eel") == 0
    overruling.restore(folder, id, [ledger(folder, id)["Read more: Eel season begins early"]])
    assert "Read more: Eel season begins early" in text_of(folder, id)
    assert "Advertisement" not in text_of(folder, id)
    assert found(folder, "eel") == 1


def test_what_is_put_back_stays_when_the_article_comes_again_changed(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(weir())
    id = only(folder)
    overruling.restore(folder, id, [ledger(folder, id)["Read more: Eel season begins early"]])
    longer = weir("A new first paragraph, which moves every offset.\n\n" + BODY)
    again = program("add", "-", "--format", "jsonl", archive=folder, stdin=json.dumps(longer))
    assert again.stdout.startswith("added 0, updated 1")
    assert "Read more: Eel season" in text_of(folder, id)
    assert text_of(folder, id).startswith("A new first paragraph")
    assert "Advertisement" not in text_of(folder, id)


def test_what_is_put_back_stays_when_the_article_was_removed_between(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(weir())
    id = only(folder)
    overruling.restore(folder, id, [ledger(folder, id)["Advertisement"]])
    assert program("remove", id, archive=folder).returncode == 0
    program("add", "-", "--format", "jsonl", archive=folder, stdin=json.dumps(weir()))
    assert "Advertisement" in text_of(folder, id)


def test_what_is_put_back_stays_when_everything_is_cleaned_again(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of(weir())
    id = only(folder)
    overruling.restore(folder, id, [ledger(folder, id)["Advertisement"]])
    done = reclean(folder, RecleanRequest(everything=True), Silent())
    assert (done.changed, done.same, done.failed) == (0, 1, 0)
    assert "Advertisement" in text_of(folder, id)


def test_what_is_put_back_goes_along_in_an_export(
    archive_of: Callable[..., Path], program: Program, tmp_path: Path
) -> None:
    folder = archive_of(weir())
    id = only(folder)
    overruling.restore(folder, id, [ledger(folder, id)["Advertisement"]])
    exported = program("export", archive=folder).stdout
    done = program("add", "-", archive=tmp_path / "other", stdin=exported)
    assert done.returncode == 0, done.stderr
    assert text_of(tmp_path / "other", id) == text_of(folder, id)


def test_a_restoration_can_be_taken_back(archive_of: Callable[..., Path]) -> None:
    folder = archive_of(weir())
    id = only(folder)
    before = ledger(folder, id)
    overruling.restore(folder, id, [before["Advertisement"]])
    assert "Advertisement" not in ledger(folder, id)
    again = overruling.undo(folder, id, [before["Advertisement"]])
    assert [removal.text for removal in again] == ["Advertisement"]
    assert ledger(folder, id) == before
    assert found(folder, "advertisement") == 0


def test_putting_back_where_nothing_was_taken_changes_nothing_and_says_so(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of(weir())
    id = only(folder)
    spans = [ledger(folder, id)["Advertisement"], (0, 3)]
    with pytest.raises(NothingThere, match="nothing is set aside at 0-3"):
        overruling.restore(folder, id, spans)
    assert "Advertisement" in ledger(folder, id)
    with pytest.raises(NothingThere, match="not in this archive"):
        overruling.restore(folder, "nobody", [(0, 3)])
    with pytest.raises(NothingThere, match="nothing was put back"):
        overruling.undo(folder, id, spans)


def test_the_commands_say_what_they_did(archive_of: Callable[..., Path], program: Program) -> None:
    folder = archive_of(weir())
    id = only(folder)
    listed = program("show", id, "--set-aside", archive=folder)
    start, end = ledger(folder, id)["Advertisement"]
    assert f"{start}-{end} advertisement:" in listed.stdout
    done = program("restore", id, f"{start}-{end}", archive=folder)
    assert done.stdout == f"put back {start}-{end} (advertisement): Advertisement\n"
    assert program("restore", id, "7-3", archive=folder).returncode == 2
    assert program("restore", id, "all", archive=folder).returncode == 2
    undone = program("restore", id, f"{start}-{end}", "--undo", archive=folder)
    assert undone.stdout == f"set aside again {start}-{end} (advertisement): Advertisement\n"


def test_of_several_places_with_the_same_words_the_right_one_comes_back() -> None:
    line = "Advertisement"
    text = f"One.\n\n{line}\n\nTwo.\n\n{line}\n\nThree.\n\n{line}\n\nFour."
    second = text.index(line, text.index("Two."))
    passage = quote(text, second, second + len(line))
    shifted = "Zero, and more.\n\n" + text.replace("Four", "Five")
    start, end = find(passage, shifted) or (0, 0)
    assert shifted[:start].endswith("Two.\n\n")
    assert shifted[start:end] == line


def test_a_rule_that_takes_more_than_was_put_back_keeps_the_rest() -> None:
    article = article_of(record(url=WEIR, title="Weir", text=BODY), SETTINGS)
    assert isinstance(article, Article)
    (ad, related) = article.removals
    wider = replace(ad, start=ad.start, end=related.end, text=BODY[ad.start : related.end])
    start = BODY.index("Keeper")
    keeper = quote(BODY, start, BODY.index("himself.") + 8)
    left = put_back(replace(article, removals=(wider,)), [keeper]).removals
    assert [removal.text.strip() for removal in left] == [ad.text, related.text]
    assert all(BODY[r.start : r.end] == r.text for r in left)


@given(st.text(alphabet="ab \n", max_size=60), st.data())
def test_a_passage_is_found_again_where_it_stood(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = find(quote(text, start, end), text)
    if start == end:
        assert place is None
    else:
        assert place is not None
        assert quote(text, *place) == quote(text, start, end)


# -- rules


def test_a_rule_switched_off_for_one_source_leaves_that_source_alone(
    archive_of: Callable[..., Path], program: Program
) -> None:
    other = {**weir(source="Upper Sallow Echo"), "url": "https://echo.example/weir"}
    folder = archive_of(weir(), other)
    with Archive.open(folder) as archive:
        ids = {c.article.article.source: c.id for c in archive.changes(0) if c.article}
    off = program("rules", "off", "related-line", "--source", "Sallow Sluice", archive=folder)
    assert off.stdout.startswith("related-line is off for Sallow Sluice")
    assert found(folder, "eel") == 0  # nothing held changes before it is cleaned again
    done = program("reclean", "--json", archive=folder)
    assert {**json.loads(done.stdout), "seconds": 0} == {
        "changed": 1,
        "same": 1,
        "failed": 0,
        "seconds": 0,
    }
    assert found(folder, "eel") == 1
    assert "Eel season" in text_of(folder, ids["Sallow Sluice"])
    assert "Eel season" not in text_of(folder, ids["Upper Sallow Echo"])
    # ... nor are articles that come later
    later = {**weir(source="SALLOW SLUICE"), "url": WEIR + "/2"}
    program("add", "-", "--format", "jsonl", archive=folder, stdin=json.dumps(later))
    assert found(folder, "eel") == 2
    listed = program("rules", "list", archive=folder).stdout
    (line,) = [line for line in listed.splitlines() if " related-line " in line]
    assert line.endswith("(off for sallow sluice)")
    program("rules", "on", "related-line", "--source", "Sallow Sluice", archive=folder)
    program("reclean", archive=folder)
    assert found(folder, "eel") == 0


def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of(weir())
    done = program("rules", "off", "relatedline", archive=folder)
    assert done.returncode == 1
    assert "did you mean related-line?" in done.stderr


def test_cleaning_again_applies_what_is_new_and_indexes_only_that(tmp_path: Path) -> None:
    """As if an earlier release had cleaned them: one without any rules, one as it would be now."""
    folder = tmp_path / "archive"
    with Archive.create(folder) as archive:
        settings = archive.settings
        for number, text in enumerate((BODY, "Nothing but a story, from end to end.")):
            given = record(url=f"{WEIR}/{number}", title="Weir opens", text=text)
            article = article_of(given, settings)
            assert isinstance(article, Article)
            with archive.writing():
                archive.put(given, replace(article, removals=()), "an earlier cleaner")
        before = archive.last_change()
    done = reclean(folder, RecleanRequest(), Silent())
    assert (done.changed, done.same, done.failed) == (1, 1, 0)
    with Archive.open(folder) as archive:
        assert archive.last_change() == before + 1
        (change,) = archive.changes(before)
        assert change.article is not None
        assert change.article.version == 1
        assert [r.text for r in change.article.article.removals] == [
            "Advertisement",
            "Read more: Eel season begins early",
        ]
    assert found(folder, "eel") == 0
    assert found(folder, "wheel") == 1
    assert reclean(folder, RecleanRequest(), Silent()).same == 2


def test_cleaning_again_keeps_what_it_cannot_read_any_more(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    good = record(url=WEIR, title="Weir opens", text=BODY)
    with Archive.create(folder) as archive:
        article = article_of(good, archive.settings)
        assert isinstance(article, Article)
        with archive.writing():
            archive.put(replace(good, payload=b"{ broken"), article, "an earlier cleaner")
    watching = Silent()
    done = reclean(folder, RecleanRequest(), watching)
    assert (done.changed, done.same, done.failed) == (0, 0, 1)
    assert watching.failures[0].location == f"article {article.id}"
    assert text_of(folder, article.id).startswith("The weir")


# -- the miner


def test_lines_that_recur_in_one_source_are_proposed_and_nothing_is_applied(
    archive_of: Callable[..., Path], program: Program
) -> None:
    articles = [
        {
            "url": f"{WEIR}/{number}",
            "title": f"Story {number}",
            "text": f"Something of its own happened, number {number}.\n\n"
            f"Our harbour pages have {number} more pictures\n\nOdd Varrick reports.",
            "source": "Sallow Sluice",
        }
        for number in range(9)
    ]
    folder = archive_of(*articles, {**articles[0], "url": "https://e.example/", "source": "Echo"})
    done = program("rules", "suggest", "--source", "Sallow Sluice", "--json", archive=folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["text"], line["articles"], line["of"]) for line in lines] == [
        ("Odd Varrick reports.", 9, 9),
        ("Our harbour pages have 0 more pictures", 9, 9),
        ("Something of its own happened, number 0.", 9, 9),
    ]
    assert "harbour pages" in text_of(folder, only_of(folder, f"{WEIR}/3"))
    assert program("rules", "suggest", "--source", "Nobody", archive=folder).returncode == 1


def only_of(folder: Path, url: str) -> str:
    with Archive.open(folder) as archive:
        (id,) = [c.id for c in archive.changes(0) if c.article and c.article.article.url == url]
    return id


def test_a_sentence_inside_long_paragraphs_is_seen_too() -> None:
    standing = "The Ledger is a weekly column on the price of eels."
    texts = [
        f"{letter.upper() * 9} {'more ' * 60}. {standing} {letter.upper() * 7} too."
        for letter in "abcdefgh"
    ]
    (line,) = repeated_lines(lambda: texts)
    assert (line.text, line.articles, line.head, line.foot) == (standing, 8, 0, 0)


# -- doubt


def test_a_text_that_looks_like_furniture_all_over_is_kept_whole_and_flagged(
    archive_of: Callable[..., Path], program: Program
) -> None:
    lines = [
        f"Read more: The {word} season begins early" for word in ["eel", "trout", "pike", "carp"]
    ]
    text = "\n\n".join(["The weir is open.", *lines * 4])
    folder = archive_of({"url": WEIR, "title": "Weir opens", "text": text})
    id = only(folder)
    assert "The carp season" in text_of(folder, id)
    listed = program("rules", "doubtful", archive=folder).stdout
    assert listed.startswith(f"{id}  Weir opens: ")
    assert "look like page furniture" in listed
    assert "1 to be looked at" in program("stats", archive=folder).stdout
    shown = json.loads(program("show", id, "--json", archive=folder).stdout)
    assert "look like page furniture" in shown["doubt"]
