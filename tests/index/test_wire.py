"""The conventions of news agencies: slugs and datelines."""

from __future__ import annotations

import pytest

from index.pipeline import article_of
from index.readers import Rejection
from index.settings import DEFAULT
from index.wire import dateline_of, place_of, slug_of
from tests.index.taking import record


@pytest.mark.parametrize(
    ("printed", "slug", "headline"),
    [
        ("UPDATE 2-Lock at Sallow reopens", "UPDATE 2", "Lock at Sallow reopens"),
        ("CORRECTED-UPDATE 1-Lock reopens", "CORRECTED UPDATE 1", "Lock reopens"),
        ("RPT-FEATURE-The last lamplighter", "RPT FEATURE", "The last lamplighter"),
        ("FACTBOX: Five locks", "FACTBOX", "Five locks"),
        ("WRAPUP 12 - Ports shut", "WRAPUP 12", "Ports shut"),
        ("INSTANT VIEW 3: Sluice bonds", "INSTANT VIEW 3", "Sluice bonds"),
        ("BRIEF-Sallow Water FY net up", "BRIEF", "Sallow Water FY net up"),
        ("Q&A-What is a weir?", "Q&A", "What is a weir?"),
    ],
)
def test_a_slug_is_parted_from_its_headline(printed: str, slug: str, headline: str) -> None:
    assert slug_of(printed) == (slug, headline)


@pytest.mark.parametrize(
    "headline",
    [
        "TNK-BP has no plans to sell",
        "U.S. 30-year mortgage rates rise",
        "EXCLUSIVE: Mayor admits to eel",
        "ANALYSIS: Why the weir failed",
        "TEXT messages bring down mayor",
        "BRIEFLY-noted plans return",
        "Update 2: the sequel disappoints",
        "UPDATE 2-",
        "UPDATE",
        "",
        "CORRECTEDLY said",
    ],
)
def test_a_headline_that_is_none_stays(headline: str) -> None:
    assert slug_of(headline) == ("", headline)


def test_an_article_has_the_slug_as_a_field_and_is_found_by_both_headlines() -> None:
    given = record(title="UPDATE 2-Lock reopens", text="SALLOW, March 3 (Wire) - The lock is open.")
    article = article_of(given, DEFAULT)
    assert not isinstance(article, Rejection)
    assert (article.slug, article.title, article.dateline) == ("UPDATE 2", "Lock reopens", "SALLOW")
    assert article.titles == ("Lock reopens", "UPDATE 2-Lock reopens")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SALLOW (Wire) - The lock", "SALLOW"),
        ("PORT LISCOMBE, Ore., Feb 14 (Wire) -- The lock", "PORT LISCOMBE, Ore."),
        ("SALLOW/WEIRTON — The lock", "SALLOW/WEIRTON"),
        ("The lock - an old one - opened", ""),
        ("NATO - the alliance", "NATO"),
    ],
)
def test_a_dateline_names_the_place(text: str, place: str) -> None:
    assert dateline_of(text) == place


def test_a_dateline_apart_loses_its_day() -> None:
    assert place_of("LONDON, March 3 -") == "LONDON"
