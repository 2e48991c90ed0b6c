"""Copies and versions of one story find each other, whenever and in whatever order they come."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from index.archive import Archive
from index.readers import Record
from tests.index.taking import put, record
from tests.index.test_similarity import edited, text_of, trimmed

Grouping = set[frozenset[str]]


def stories(archive: Archive) -> Grouping:
    """The articles held, by their ids, in groups of one story."""
    groups: dict[int | None, set[str]] = {}
    for change in archive.changes(0):
        if change.article is not None:
            groups.setdefault(change.article.story, set()).add(change.id)
    assert None not in groups
    return {frozenset(group) for group in groups.values()}


def taken(archive: Archive, *records: Record) -> list[str]:
    ids = put(archive, *records)
    archive.sort_stories()
    return ids


def told(number: int, text: str, **more: object) -> Record:
    details = {"title": f"The matter of {number}", "source": "Echo", "date": "2021-03-03", **more}
    return record(url=f"https://{details['source']}.example/{number}", text=text, **details)


@pytest.fixture
def text() -> str:
    return text_of(200, random.Random(1))


def test_the_same_copy_in_many_papers_is_one_story_first_published_first(
    archive: Archive, text: str
) -> None:
    papers = [("Echo", "2021-03-05"), ("Herald", "2021-03-04"), ("Log", ""), ("Post", "2021-03-06")]
    ids = taken(archive, *(told(1, text, source=name, date=day) for name, day in papers))
    assert stories(archive) == {frozenset(ids)}
    held = archive.get(ids[0])
    assert held is not None
    assert [copy.source for copy in held.copies] == ["Herald", "Post", "Log"]


def test_a_cut_and_edited_copy_is_the_same_story(archive: Archive, text: str) -> None:
    dice = random.Random(2)
    copy = edited(trimmed(text, 0.6, dice), 0.04, dice)
    one, other = taken(archive, told(1, text), told(2, copy, source="Herald", title="Elsewhere"))
    assert stories(archive) == {frozenset((one, other))}


def test_other_stories_under_the_same_boilerplate_stay_apart(archive: Archive) -> None:
    dice = random.Random(3)
    tail = text_of(300, dice)
    taken(archive, *(told(n, f"{text_of(100, dice)} {tail}") for n in range(4)))
    assert len(stories(archive)) == 4


def test_short_texts_are_alike_by_chance(archive: Archive) -> None:
    text = "Nobody was hurt when a barge ran aground near Sallow on Friday, the pilot said."
    taken(archive, told(1, text), told(2, text, source="Herald"))
    assert len(stories(archive)) == 2


def test_a_column_that_recurs_with_new_figures_is_a_new_story(archive: Archive, text: str) -> None:
    dice = random.Random(5)
    later = edited(text, 0.05, dice)
    taken(archive, told(1, text), told(2, later, date="2021-06-03"))
    assert len(stories(archive)) == 2


def test_the_same_text_reprinted_much_later_is_the_same_story(archive: Archive, text: str) -> None:
    taken(archive, told(1, text), told(2, text, date="2022-06-03"))
    assert len(stories(archive)) == 1


def test_versions_under_one_headline_are_one_story_though_little_is_left_of_the_first(
    archive: Archive,
) -> None:
    dice = random.Random(6)
    first, second = text_of(120, dice), text_of(400, dice)
    headline = "Lock at Sallow reopens after flood"
    one, other, unrelated = taken(
        archive,
        told(1, first, title=headline, date="2021-03-03T08:00Z"),
        told(2, second, title=f"UPDATE 1-{headline}", date="2021-03-03T11:00Z"),
        told(3, text_of(300, dice), title=headline, date="2021-03-03T12:00Z", source="Herald"),
    )
    assert stories(archive) == {frozenset((one, other)), frozenset((unrelated,))}


def test_one_headline_twice_without_more_in_common_is_two_stories(archive: Archive) -> None:
    dice = random.Random(7)
    headline = "What we learned this week in Sallow"
    taken(archive, *(told(n, text_of(200, dice), title=headline) for n in range(2)))
    assert len(stories(archive)) == 2


def test_the_index_learns_of_an_article_that_joins_another_story(
    archive: Archive, text: str
) -> None:
    """Two halves that share nothing are two stories until the whole arrives."""
    words = text.split()
    halves = [" ".join(words[:110]), " ".join(words[90:])]
    one, other = taken(archive, told(1, halves[0]), told(2, halves[1], source="Herald"))
    assert len(stories(archive)) == 2
    before = archive.last_change()
    (whole,) = taken(archive, told(3, text, source="Post"))
    assert stories(archive) == {frozenset((one, other, whole))}
    changed = {change.id for change in archive.changes(before)}
    assert changed == {whole, other}  # the first keeps its story, and needs no new entry


def test_what_held_two_copies_together_may_be_removed(archive: Archive, text: str) -> None:
    words = text.split()
    halves = [" ".join(words[:110]), " ".join(words[90:])]
    one, other, whole = taken(
        archive, told(1, halves[0]), told(2, halves[1], source="Herald"), told(3, text, source="P")
    )
    with archive.writing():
        archive.remove(whole)
    archive.sort_stories()
    assert stories(archive) == {frozenset((one,)), frozenset((other,))}


def test_in_whatever_order_they_come_the_stories_are_the_same(archive: Archive) -> None:
    """Added, changed and removed at random; at the end as if all had come at once."""
    dice = random.Random(8)
    originals = [text_of(dice.randint(60, 300), dice) for _ in range(12)]
    newest: dict[int, Record] = {}
    for _ in range(90):
        number = dice.randrange(40)
        if number in newest and dice.random() < 0.3:
            held = put(archive, newest.pop(number))
            with archive.writing():
                assert archive.remove(held[0])
        else:
            text = edited(dice.choice(originals), dice.uniform(0, 0.05), dice)
            text = trimmed(text, dice.choice((1.0, dice.uniform(0.55, 0.95))), dice)
            newest[number] = told(number, text, source=dice.choice(("Echo", "Herald")))
            put(archive, newest[number])
        if dice.random() < 0.4:
            archive.sort_stories()
    archive.sort_stories()
    with Archive.in_memory() as fresh:
        taken(fresh, *_of_those_held(archive, newest.values()))
        assert stories(archive) == stories(fresh)
    assert 5 < len(stories(archive)) < len(archive)


def _of_those_held(archive: Archive, records: Sequence[Record] | object) -> list[Record]:
    return [version.record for version in archive.current_versions()]


def test_sorting_again_changes_nothing(archive: Archive, text: str) -> None:
    taken(archive, told(1, text), told(2, text, source="Herald"))
    before = archive.last_change()
    archive.sort_stories()
    assert archive.last_change() == before


def test_hundreds_of_copies_are_one_story(archive: Archive, text: str) -> None:
    taken(archive, *(told(n, text, source=f"Paper {n}") for n in range(300)))
    assert len(stories(archive)) == 1
    dice = random.Random(10)
    taken(archive, told(301, edited(text, 0.03, dice), source="Last"))
    assert len(stories(archive)) == 1
