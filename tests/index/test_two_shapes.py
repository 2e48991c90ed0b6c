"""The two shapes of dump that the cleaner was first made for, whole from first line to last."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from index.article import Article
from index.reading import read
from tests.index.taking import take

NBSP = "\u00a0"

# A head of label, credit, title, standfirst, byline and dates; a foot of share line and first date.
HEADED = f"""Article Lead Image

Puerto de Ellmouth/Flickr (CC-BY-SA)

Pilots blame the crane’s fall on a ‘campaign of whispers’

After pushing it for years, the pilots have some theories about the crane's fall.


Odile Marsh


Posted on Feb 14, 2022 {NBSP} Updated on May 25, 2023, 12:15 am CDT

With a straight face, the pilots on Monday blamed the fall of the crane on a “campaign of whispers.”

The harbour board, which bought it, said the pilots’ own tug had leaned on it since the spring.

In fact the tug was in dock all spring, and its rope was lent to a circus.

Ms. Oduya told the board: “It’s a crane. It’s what they do.”

Share this article
*First Published: Feb 14, 2022, 11:17 am CST"""

# A title, a body with captions of links pasted into its sentences, and a note of its update.
GLUED = """Board urged the pilots to be 'patient' about the crane, new minutes show

The harbour board urged its pilots in late 2021 to be "patient" about a crane that leaned.

The minutes were put out by Harbour Master Pim AaldersPim Jan AaldersPilots launch a lamp fund \
Sunday preview: two cranes, one barge; fog cases rise Former clerks eye the hat MORE as one of his \
first acts in the office. The move came after both sides of the quay had asked for it.


The case was dropped by Clerk William FarrBill FarrPilots blast the clerk's log of calls Clerk \
got logs of boats: report The Bell's Morning Sheet - Presented by Ellmouth Rope - Board upholds \
the fog ban MORE in March, to the anger of nine captains.

It was sent to the former pilot James ComberJames Brien Comber'Crane Sunday' to mark 25 years \
Barge series about Jan. 6 MORE about the lamp.

"The answer should have been a rope," wrote Capt. Lee ZakarianLee ZakarianThe harbour has a fog \
problem — the board can help Pilots ask for a bell MORE (R-Ellm.), a friend of the crane.

"It leaned," Board Chairman Ann OduyaAnn Maria OduyaPilots back Farr to replace Comber Board vows \
to 'get to the bottom' of the dock MORE (D-Ellm.) said in a letter. "It had leaned for years."

—Updated at 6:11 p.m."""


def only(path: Path) -> Article:
    (article,) = take(path).articles
    return article


def rules(article: Article) -> list[tuple[str, str | None]]:
    return [(removal.rule, removal.moves_to) for removal in article.removals]


@pytest.fixture
def headed(tmp_path: Path) -> Article:
    (tmp_path / "headed.txt").write_text(HEADED)
    return only(tmp_path / "headed.txt")


@pytest.fixture
def glued(tmp_path: Path) -> Article:
    (tmp_path / "glued.txt").write_text(GLUED)
    return only(tmp_path / "glued.txt")


def test_the_head_gives_title_standfirst_and_author(headed: Article) -> None:
    assert headed.title == "Pilots blame the crane’s fall on a ‘campaign of whispers’"
    assert headed.standfirst == (
        "After pushing it for years, the pilots have some theories about the crane's fall."
    )
    assert headed.authors == ("Odile Marsh",)


def test_the_first_date_is_the_exact_one_at_the_foot(headed: Article) -> None:
    assert headed.published is not None
    assert headed.published.at == datetime.fromisoformat("2022-02-14T11:17:00-06:00")
    assert headed.published.at.utcoffset() == timedelta(hours=-6)
    assert headed.published.precision == "minute"
    assert headed.published.origin == "text"


def test_the_update_is_the_one_in_the_head(headed: Article) -> None:
    assert headed.updated is not None
    assert headed.updated.at == datetime.fromisoformat("2023-05-25T00:15:00-05:00")
    assert headed.updated.at.utcoffset() == timedelta(hours=-5)
    assert headed.updated.precision == "minute"


def test_each_line_around_the_body_goes_by_its_own_rule(headed: Article) -> None:
    assert rules(headed) == [
        ("lead-image-label", None),
        ("photo-credit", "credits"),
        ("head-title", "title"),
        ("head-standfirst", "standfirst"),
        ("head-authors", "authors"),
        ("update-note", "notes"),
        ("share-line", None),
        ("update-note", "notes"),
    ]
    assert headed.moved("credits") == ("Puerto de Ellmouth/Flickr (CC-BY-SA)",)
    assert headed.moved("notes")[1] == "*First Published: Feb 14, 2022, 11:17 am CST"


def test_the_body_is_what_lies_between(headed: Article) -> None:
    text = read(headed.raw_text, headed.removals).text
    assert text.startswith("With a straight face, the pilots on Monday")
    assert text.endswith("“It’s a crane. It’s what they do.”")
    assert text.count("\n\n") == 3


def test_nothing_of_the_dump_is_lost(headed: Article, glued: Article) -> None:
    assert headed.raw_text == HEADED
    assert glued.raw_text == GLUED


def test_five_captions_go_and_beside_them_only_title_and_note(glued: Article) -> None:
    assert rules(glued) == [
        ("head-title", "title"),
        *[("rollover-caption", None)] * 5,
        ("update-note", "notes"),
    ]
    captions = [removal.text for removal in glued.removals if removal.rule == "rollover-caption"]
    assert [caption.split("MORE")[0][:16].strip() for caption in captions] == [
        "Pim Jan AaldersP",
        "Bill FarrPilots",
        "James Brien Comb",
        "Lee ZakarianThe",
        "Ann Maria OduyaP",
    ]
    assert all(caption.endswith(" MORE") for caption in captions)


def test_the_sentences_close_again_over_the_captions(glued: Article) -> None:
    text = read(glued.raw_text, glued.removals).text
    assert "Harbour Master Pim Aalders as one of his first acts" in text
    assert "Clerk William Farr in March" in text
    assert "James Comber about the lamp." in text
    assert "Capt. Lee Zakarian (R-Ellm.), a friend" in text
    assert "Chairman Ann Oduya (D-Ellm.) said in a letter." in text
    assert text.startswith("The harbour board urged")
    assert text.endswith('"It had leaned for years."')


def test_without_a_head_there_is_no_author_and_no_date(glued: Article) -> None:
    assert glued.title == "Board urged the pilots to be 'patient' about the crane, new minutes show"
    assert (glued.authors, glued.standfirst) == ((), "")
    assert (glued.published, glued.updated) == (None, None)
    assert glued.moved("notes") == ("—Updated at 6:11 p.m.",)


# -- the articles themselves, where they are at hand; only facts about them, none of their text


@pytest.fixture
def real_articles(real: Path) -> list[Article]:
    articles = take(real / "articles").articles
    assert len(articles) == 2
    return sorted(articles, key=lambda article: not article.authors)


def test_the_real_dump_with_a_head_reads_the_same_way(real_articles: list[Article]) -> None:
    article = real_articles[0]
    assert article.authors == ("Andrew Couts",)
    assert article.published is not None
    assert article.published.text() == "2017-02-14T11:17:00-06:00"
    assert article.updated is not None
    assert article.updated.text() == "2021-05-25T00:15:00-05:00"
    assert article.standfirst
    assert read(article.raw_text, article.removals).text.startswith("Without a hint of irony")
    assert Counter(rule for rule, _ in rules(article)) == {
        "lead-image-label": 1,
        "photo-credit": 1,
        "head-title": 1,
        "head-standfirst": 1,
        "head-authors": 1,
        "update-note": 2,
        "share-line": 1,
    }


def test_the_real_dump_with_captions_loses_them_and_nothing_else(
    real_articles: list[Article],
) -> None:
    article = real_articles[1]
    assert Counter(rule for rule, _ in rules(article)) == {
        "rollover-caption": 5,
        "head-title": 1,
        "update-note": 1,
    }
    assert (article.authors, article.published, article.updated) == ((), None, None)
    assert "MORE" not in read(article.raw_text, article.removals).text
