"""The archive: versions and history, tombstones, the log of changes, and what is refused."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest

from index.archive import Archive
from index.article import Article, HeldArticle
from index.pipeline import article_of
from index.readers import Record
from tests.index.taking import put, record

URL = "https://www.sluice.example/heron"


def heron(text: str = "The heron came back on Tuesday.", **more: object) -> Record:
    return record(url=URL, title="Heron returns", text=text, **more)


def held(archive: Archive, id: str, version: int | None = None) -> HeldArticle:
    found = archive.get(id, version)
    assert found is not None
    return found


def outcomes(archive: Archive, *records: Record) -> list[str]:
    found: list[str] = []
    for one in records:
        article = article_of(one, archive.settings)
        assert isinstance(article, Article)
        with archive.writing():
            found.append(archive.put(one, article))
    return found


# -- taking in


def test_an_article_comes_out_as_it_went_in(archive: Archive) -> None:
    given = heron(
        "Advertisement\n\nThe heron came back.\n\nCorrection: It was a crane, not a heron.",
        author="Odile Marsh",
        date="2021-03-03T18:20:00-05:00",
        tags=["birds", "gas"],
        standfirst="Nobody had kept its box.",
    )
    article = article_of(given, archive.settings)
    (id,) = put(archive, given)
    assert held(archive, id).article == article
    assert article == held(archive, id, 1).article


def test_the_same_record_again_is_unchanged(archive: Archive) -> None:
    assert outcomes(archive, heron(), heron()) == ["added", "unchanged"]
    assert archive.last_change() == 1


def test_a_record_that_looks_different_but_reads_the_same_is_unchanged(archive: Archive) -> None:
    plain = heron()
    spaced = Record(
        plain.format, json.dumps(json.loads(plain.payload), indent=3).encode(), "x", plain.mapping
    )
    assert plain.fingerprint != spaced.fingerprint
    assert outcomes(archive, plain, spaced) == ["added", "unchanged"]


def test_a_changed_text_is_a_new_version_and_the_history_stays(archive: Archive) -> None:
    (id,) = put(archive, heron("It came."))
    put(archive, heron("It went."))
    put(archive, heron("It came again."))
    assert held(archive, id).version == 3
    assert held(archive, id).article.raw_text == "It came again."
    assert held(archive, id, 1).article.raw_text == "It came."
    assert held(archive, id, 2).article.raw_text == "It went."
    assert archive.get(id, 4) is None
    assert [edition.version for edition in archive.history(id)] == [1, 2, 3]
    assert len(archive) == 1


def test_an_old_version_that_comes_again_changes_nothing(archive: Archive) -> None:
    (id,) = put(archive, heron("It came."))
    put(archive, heron("It went."))
    assert outcomes(archive, heron("It came.")) == ["unchanged"]
    assert held(archive, id).article.raw_text == "It went."


def test_a_new_reading_of_the_same_text_is_a_new_version(archive: Archive) -> None:
    (id,) = put(archive, heron())
    put(archive, heron(author="Odile Marsh"))
    assert held(archive, id).version == 2
    assert held(archive, id).article.authors == ("Odile Marsh",)


def test_known_are_the_fingerprints_of_every_version_held_now(archive: Archive) -> None:
    first, second, other = heron("It came."), heron("It went."), heron("It never was.")
    (id, _) = put(archive, first, second)
    many = [record(title=str(number)).fingerprint for number in range(1_200)]
    asked = [first.fingerprint, *many, second.fingerprint, other.fingerprint]
    assert archive.known(asked) == {first.fingerprint, second.fingerprint}
    assert archive.known([]) == set()
    with archive.writing():
        archive.remove(id)
    assert archive.known(asked) == set()


def test_a_batch_lands_whole_or_not_at_all(archive: Archive) -> None:
    put(archive, heron())

    def two_of_three() -> None:
        with archive.writing():
            for number in range(2):
                one = record(title=f"Otter {number}", text="It sat there.")
                article = article_of(one, archive.settings)
                assert isinstance(article, Article)
                archive.put(one, article)
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        two_of_three()
    assert len(archive) == 1
    assert archive.last_change() == 1
    put(archive, record(title="Newt", text="It swam."))
    assert archive.last_change() == 2


def test_articles_with_the_same_text_know_of_each_other(archive: Archive) -> None:
    text = "The heron came back to the gasworks on Tuesday evening. " * 8
    ids = put(archive, record(title="A", text=text), record(title="B", text=text.upper()))
    assert held(archive, ids[0]).copies == ()  # not yet sorted into stories
    archive.sort_stories()
    assert [copy.id for copy in held(archive, ids[0]).copies] == [ids[1]]
    assert [copy.id for copy in held(archive, ids[1]).copies] == [ids[0]]


# -- removal


def test_a_removed_article_leaves_a_tombstone_and_none_of_its_text(archive: Archive) -> None:
    (id,) = put(archive, heron("Advertisement\n\nThe heron came back, and it stayed for a week."))
    with archive.writing():
        assert archive.remove(id)
        assert not archive.remove(id)
    assert archive.get(id) is None
    assert archive.was_removed(id) is not None
    assert archive.history(id) == []
    assert len(archive) == 0
    (change,) = archive.changes(0)
    assert (change.id, change.article) == (id, None)
    for table in ("versions", "removals"):
        assert archive._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_removed_article_may_come_again(archive: Archive) -> None:
    (id,) = put(archive, heron())
    with archive.writing():
        archive.remove(id)
    assert outcomes(archive, heron()) == ["added"]
    assert archive.was_removed(id) is None
    assert held(archive, id).article.title == "Heron returns"
    assert [change.article is not None for change in archive.changes(0)] == [True]


def test_removing_what_was_never_there_is_no_change(archive: Archive) -> None:
    with archive.writing():
        assert not archive.remove("nosuch")
    assert archive.last_change() == 0
    assert archive.was_removed("nosuch") is None


# -- the log


def test_the_log_gives_each_changed_article_once_in_order(archive: Archive) -> None:
    records = [record(title=f"Frog {number}", text="It sat there.") for number in range(450)]
    ids = put(archive, *records)
    put(archive, heron("It came."))
    (id,) = put(archive, heron("It went."))
    with archive.writing():
        archive.remove(ids[0])
    changes = list(archive.changes(0))
    assert [change.number for change in changes] == sorted({change.number for change in changes})
    assert [change.id for change in changes] == [*ids[1:], id, ids[0]]
    assert changes[-1].article is None
    assert archive.last_change() == changes[-1].number == 453


def test_the_log_can_be_read_from_any_change_on(archive: Archive) -> None:
    ids = put(archive, *[record(title=f"Frog {number}") for number in range(5)])
    assert [change.id for change in archive.changes(3)] == ids[3:]
    assert list(archive.changes(5)) == []


def test_the_counts_of_an_archive(archive: Archive) -> None:
    put(
        archive,
        record(
            title="A",
            text="Advertisement\n\nThe heron came back.",
            source="The Sluice",
            date="2021-03-03",
        ),
        record(title="B", text="It went.", source="The Sluice", date="2019-01-01"),
        record(title="C", text="It never was."),
    )
    count = archive.count()
    assert (count.articles, count.versions, count.removals, count.undated) == (3, 3, 1, 1)
    assert count.sources == (("The Sluice", 2), ("", 1))
    assert (count.first[:10], count.last[:10]) == ("2019-01-01", "2021-03-03")


# -- settings


def test_days_begin_in_utc_unless_the_archive_says_otherwise(archive: Archive) -> None:
    assert archive.zone == ZoneInfo("UTC")
    archive._db.execute("INSERT INTO settings VALUES ('zone', 'America/Chicago')")
    assert archive.zone == ZoneInfo("America/Chicago")
    (id,) = put(archive, heron(date="2021-07-03 18:20"))
    published = held(archive, id).article.published
    assert published is not None
    assert published.text() == "2021-07-03T18:20:00-05:00"
