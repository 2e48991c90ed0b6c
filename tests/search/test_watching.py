"""Saved searches: what they find, when, and that it is told once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive
from index.backup import back_up
from index.errors import ArchiveUnreadable, NameTaken, NothingThere
from search import watching
from search.engine import open_archive
from search.request import Filter, SearchRequest
from search.watching import BadName
from tests.conftest import Program
from tests.search.multitude import article, take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    take(tmp_path / "archive", [article(number) for number in range(20)])
    return tmp_path / "archive"


def news(folder: Path, *names: str, everything: bool = False) -> dict[str, list[str]]:
    """The titles that each saved search found and nobody was shown."""
    found = watching.unlisted(folder, names, everything=everything)
    return {one.name: [sighting.hit.held.article.title for sighting in one.found] for one in found}


def test_only_articles_that_came_after_it_are_new_and_each_is_told_once(folder: Path) -> None:
    watching.save(folder, "herons", SearchRequest(q="heron"))
    assert news(folder) == {"herons": []}
    take(folder, [article(100), article(101, words="It had a fish.")])
    watching.save(folder, "fish", SearchRequest(q="fish"))
    assert watching.look(folder) == 0  # saving another looked already, and that one is younger
    assert news(folder) == {"fish": [], "herons": ["Heron 101", "Heron 100"]}
    assert news(folder) == {"fish": [], "herons": []}
    assert news(folder, "herons", everything=True) == {"herons": ["Heron 101", "Heron 100"]}


def test_filters_and_days_are_those_of_a_search(folder: Path) -> None:
    watching.save(folder, "weir", SearchRequest(q="heron", source=Filter(("The Weir",))))
    watching.save(folder, "not-weir", SearchRequest(q="heron", source=Filter((), ("The Weir",))))
    watching.save(folder, "late", SearchRequest(start="1990-01-03"))
    take(folder, [article(30), article(60), replace(article(61), source="Echo")])
    assert watching.look(folder) == 2 + 1 + 2
    assert news(folder) == {
        "late": ["Heron 61", "Heron 60"],
        "not-weir": ["Heron 61"],
        "weir": ["Heron 60", "Heron 30"],
    }


def test_what_matched_when_it_came_stays_found_and_what_was_removed_does_not(folder: Path) -> None:
    watching.save(folder, "herons", SearchRequest(q="heron"))
    take(folder, [article(100), article(101)])
    watching.look(folder)
    take(
        folder, [replace(article(100), title="Coot", raw_text="A coot.")], remove=(article(101).id,)
    )
    assert news(folder) == {"herons": ["Coot"]}


def test_a_new_article_that_matches_only_as_it_is_rewritten_is_found_then(folder: Path) -> None:
    watching.save(folder, "fish", SearchRequest(q="fish"))
    take(folder, [article(100)])
    assert watching.look(folder) == 0
    take(folder, [article(100, words="It had a fish."), article(3, words="It had a fish.")])
    assert watching.look(folder) == 1
    assert news(folder) == {"fish": ["Heron 100"]}  # the other was old when the search was saved


def test_an_alert_never_goes_by_other_words(folder: Path) -> None:
    watching.save(folder, "rare", SearchRequest(q="heron pelican"))
    take(folder, [article(100)])
    assert watching.look(folder) == 0


def test_a_name_is_checked_and_taken_once(folder: Path) -> None:
    for name in ("", "Herons", "a b", "../x", "-a", "a-", "a" * 61, "é", "a\n"):
        with pytest.raises(BadName, match="a-z, 0-9"):
            watching.save(folder, name, SearchRequest())
    watching.save(folder, "a-1", SearchRequest())
    with pytest.raises(NameTaken, match="watch remove a-1"):
        watching.save(folder, "a-1", SearchRequest())
    watching.forget(folder, "a-1")
    assert watching.saved(folder) == []
    for forgetting in (lambda: watching.forget(folder, "a-1"), lambda: news(folder, "a-1")):
        with pytest.raises(NothingThere, match="watch list"):
            forgetting()


def test_a_backup_has_the_saved_searches_and_a_damaged_one_is_told(
    folder: Path, tmp_path: Path
) -> None:
    watching.save(folder, "herons", SearchRequest(q="heron"))
    take(folder, [article(100)])
    watching.look(folder)
    back_up(folder, tmp_path / "copy")
    assert news(tmp_path / "copy") == {"herons": ["Heron 100"]}
    with Archive.create(folder) as archive, archive.writing():
        archive._db.execute("""UPDATE watches SET request = '{"q": "x", "planet": 1}'""")
    with pytest.raises(ArchiveUnreadable, match="watch remove herons"):
        news(folder)
    watching.forget(folder, "herons")


def test_two_hundred_searches_look_at_a_thousand_articles_in_seconds(folder: Path) -> None:
    for number in range(200):
        watching.save(folder, f"w{number}", SearchRequest(q=f"heron OR fish{number} -coot"))
    take(folder, [article(number) for number in range(100, 1_100)])
    began = time.monotonic()
    assert watching.look(folder) == 200_000
    assert time.monotonic() - began < 30  # it takes four, most of it to write down


def test_an_engine_says_which_of_some_articles_match(folder: Path) -> None:
    asked = [SearchRequest(q="heron 3"), SearchRequest(q="weir"), SearchRequest(q="pelican")]
    ids = {article(number).id for number in (3, 4)}
    with open_archive(folder) as engine:
        assert engine.matching(asked, ids) == [{article(3).id}, ids, frozenset()]


# -- as a person runs it

Told = Callable[..., Any]


@pytest.fixture
def told(archive_of: Callable[..., Path], program: Program) -> Told:
    """Run a command on an archive of one article; ``told.code`` of the last is kept nowhere."""
    folder = archive_of({"id": "1", "title": "Saltworks sold", "text": "At Corran."})
    return lambda *arguments, **options: program(*arguments, archive=folder, **options)


def test_add_matches_and_new_lists_once(told: Told) -> None:
    done = told("watch", "add", "salt", "saltworks", "--from", "2020", "-Corran")
    assert (done.returncode, done.stdout) == (0, "")
    assert "/watch/salt.atom" in done.stderr
    assert told("watch", "new").returncode == 1
    lines = [
        {"id": "2", "title": "Saltworks again", "text": "Sold twice.", "date": "2021-01-02"},
        {"id": "3", "title": "Saltworks, old", "text": "Bought.", "date": "1999-01-02"},
        {"id": "4", "title": "Saltworks there", "text": "At Corran.", "date": "2021-01-02"},
    ]
    added = told("add", "-", "--json", stdin="\n".join(map(json.dumps, lines)))
    assert json.loads(added.stdout)["added"] == 3
    assert "saved searches found 1: microfiche watch new" in added.stderr
    listed = json.loads(told("watch", "list", "--json").stdout)["watches"]
    assert [
        (row["name"], row["found"], row["new"], row["html"], row["feed"]) for row in listed
    ] == [("salt", 1, 1, "/search?q=saltworks+-Corran&match=all&from=2020", "/watch/salt.atom")]
    done = told("watch", "new", "--json")
    assert done.returncode == 0
    (result,) = json.loads(done.stdout)["results"]
    assert (result["watch"], result["title"]) == ("salt", "Saltworks again")
    assert told("watch", "new").returncode == 1
    assert "Saltworks again" in told("watch", "new", "--all").stdout
    assert told("watch", "remove", "salt").returncode == 0
    assert told("watch", "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "No Name", "x"), 1, "a-z, 0-9"),
        (("add", "salt", "x", "--colour"), 2, "--colour"),
        (("add", "salt", "x", "--recency=light"), 2, "--recency"),
        (("add", "salt", "x", "--from", "31 feb"), 2, "31 feb"),
        (("remove", "salt"), 1, "there is no saved search 'salt'"),
        (("new", "salt"), 1, "there is no saved search 'salt'"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    arguments: tuple[str, ...], code: int, said: str, told: Told
) -> None:
    done = told("watch", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_archive_without_saved_searches_hears_nothing_of_them(told: Told) -> None:
    added = told("add", "-", stdin='{"id": "2", "title": "Saltworks again", "text": "x y z"}')
    assert added.returncode == 0
    assert "saved" not in added.stderr
