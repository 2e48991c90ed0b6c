"""Newer articles go before older ones that answer as well, and not before better ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from index.fulltext import FullText
from search.dates import Clock
from search.engine import open_archive
from search.filed import Filed
from search.recency import FADING, factors
from tests.search.conftest import Ask, Made, asker, titles

NOISE = "The council met on the budget and spoke of roads, schools and the weather for hours. " * 3
DAYS = {"old": "1995-03-01", "spring": "2012-04-01", "late": "2012-06-01", "newest": "2012-06-10"}


def article(title: str, day: str, text: str) -> dict[str, object]:
    return {"title": title, "published": day, "text": f"{text} {NOISE} ({title})"}


@pytest.fixture(scope="module")
def archive(made_of: Made) -> Path:
    same = "A lighthouse was painted."
    return made_of(
        *(article(f"Notice {name}", day, same) for name, day in DAYS.items()),
        article("Notice undated", "", same),
        article(
            "Lighthouse keeper strike ends",
            "1995-03-02",
            "The lighthouse keeper strike ended. Each lighthouse keeper on strike got a rise.",
        ),
        article("Weak", "2012-06-10", "A strike."),
    )


@pytest.fixture(scope="module")
def ask(archive: Path) -> Iterator[Ask]:
    with open_archive(archive) as engine:
        yield asker(engine)


def test_without_being_asked_age_means_nothing(ask: Ask) -> None:
    plain = {hit.held.article.title: hit.score for hit in ask("painted").hits}
    off = {hit.held.article.title: hit.score for hit in ask("painted", recency="off").hits}
    assert plain == off
    assert max(plain.values()) == pytest.approx(min(plain.values()), rel=0.05)


@pytest.mark.parametrize("recency", ["light", "strong"])
def test_of_equals_the_newest_goes_first_and_the_undated_with_the_old(
    ask: Ask, recency: str
) -> None:
    found = titles(ask("painted", recency=recency, dedupe="off"))
    assert found[:3] == ["Notice newest", "Notice late", "Notice spring"]
    assert set(found[3:]) == {"Notice old", "Notice undated"}


@pytest.mark.parametrize("recency", ["light", "strong"])
def test_an_old_perfect_match_is_never_buried_under_weak_new_ones(ask: Ask, recency: str) -> None:
    page = ask("lighthouse keeper strike", match="any", recency=recency, dedupe="off")
    assert titles(page)[0] == "Lighthouse keeper strike ends"
    assert titles(page)[-1] != "Weak" or page.total > 2


@pytest.mark.parametrize(
    ("recency", "month", "year"), [("light", 0.99, 0.9), ("strong", 0.75, 0.5)]
)
def test_age_fades_from_one_to_the_floor(
    archive: Path, recency: str, month: float, year: float
) -> None:
    view = FullText(archive / "index").view()
    filed = Filed(view, UTC)
    documents = np.flatnonzero(filed.dated)[:1]
    moment = int(filed.published[documents[0]])

    def after(days: int) -> float:
        day = datetime.fromtimestamp(moment + days * 86_400, UTC).date()
        return float(factors(recency, documents, filed, Clock(day), UTC)[0])  # type: ignore[arg-type]

    assert after(-400) == after(0) == 1
    assert after(30) == pytest.approx(month, abs=0.02)
    assert after(365) == pytest.approx(year, abs=0.01)
    assert after(36_500) == pytest.approx(FADING[recency].floor)  # type: ignore[index]
    view.close()


def test_a_closed_archive_counts_from_its_newest_article(archive: Path) -> None:
    view = FullText(archive / "index").view()
    filed = Filed(view, UTC)
    clock = Clock(date(2026, 11, 22), date(2012, 6, 10))
    newest = np.flatnonzero(filed.published == filed.newest)
    assert factors("strong", newest, filed, clock, UTC).tolist() == [1.0] * len(newest)
    view.close()


def test_an_order_by_date_stays_one(ask: Ask) -> None:
    assert titles(ask("painted", recency="strong", sort="oldest"))[0] == "Notice old"
