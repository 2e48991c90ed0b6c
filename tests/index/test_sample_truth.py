"""The bundled sample, read by the product, against what a person wrote down of each article."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest

from index.article import Article, Stamp
from index.reading import read
from tests.conftest import ROOT, SAMPLE
from tests.index.taking import take

TRUTH: list[dict[str, Any]] = json.loads((ROOT / "tests/expected/sample.json").read_text())[
    "articles"
]


def _name(truth: dict[str, Any]) -> str:
    return f"{truth['file']}:{truth['record']}" if "record" in truth else str(truth["file"])


@pytest.fixture(scope="module")
def sample() -> dict[str, Article]:
    """Every article by its file, and by the number of its record where the file has several."""
    articles: dict[str, Article] = {}
    for file in sorted({truth["file"] for truth in TRUTH}):
        taken = take(SAMPLE / file)
        assert taken.rejections == ()
        several = len(taken.articles) > 1
        for number, article in enumerate(taken.articles, start=1):
            articles[f"{file}:{number}" if several else file] = article
    return articles


each = pytest.mark.parametrize("truth", TRUTH, ids=_name)


def clean_text(article: Article) -> str:
    """The clean text on one line; the truth does not say where its paragraphs end."""
    return " ".join(read(article.raw_text, article.removals).text.split())


def test_every_article_of_the_sample_is_in_the_truth(sample: dict[str, Article]) -> None:
    assert set(sample) == set(map(_name, TRUTH))
    files = {str(path.relative_to(SAMPLE)) for path in SAMPLE.rglob("*") if path.is_file()}
    assert files == {truth["file"] for truth in TRUTH}


@each
def test_the_headline_is_right(truth: dict[str, Any], sample: dict[str, Article]) -> None:
    assert sample[_name(truth)].title == truth["title"]


@each
def test_the_authors_are_right(truth: dict[str, Any], sample: dict[str, Article]) -> None:
    right = [truth["authors"], *truth.get("authors_also_ok", [])]
    assert list(sample[_name(truth)].authors) in right


@each
@pytest.mark.parametrize("field", ["published", "updated"])
def test_the_dates_are_right_as_far_as_they_are_known(
    field: str, truth: dict[str, Any], sample: dict[str, Article]
) -> None:
    stamp: Stamp | None = getattr(sample[_name(truth)], field)
    if truth[field] is None:
        assert stamp is None
        return
    assert stamp is not None
    if re.fullmatch(r"[\d-]{10}", truth[field]):
        assert stamp.at.date().isoformat() == truth[field]
        assert stamp.precision == "day"
    else:
        right = datetime.fromisoformat(truth[field])
        assert (stamp.at.replace(second=0), stamp.precision in {"minute", "second"}) == (
            right,
            True,
        )
        assert stamp.at.utcoffset() == right.utcoffset()


@each
def test_the_source_and_the_address_are_right(
    truth: dict[str, Any], sample: dict[str, Article]
) -> None:
    article = sample[_name(truth)]
    assert article.source in {truth["source"] or "", *truth.get("source_also_ok", [])}
    assert article.url == (truth.get("url") or "")


@each
def test_the_language_is_right(truth: dict[str, Any], sample: dict[str, Article]) -> None:
    assert sample[_name(truth)].language == truth["language"]


# The standfirst of this page is longer than a text may have before its beginning.
LONG_STANDFIRST = "pages/ledger-river-wenn-bursts-banks-lower-staithe.html"


@pytest.mark.parametrize(
    "truth", [truth for truth in TRUTH if truth["file"] != LONG_STANDFIRST], ids=_name
)
def test_the_text_begins_where_the_article_begins(
    truth: dict[str, Any], sample: dict[str, Article]
) -> None:
    text, start = clean_text(sample[_name(truth)]), truth["body_starts"]
    assert start in text[: 80 + len(start)]


@each
def test_the_text_ends_where_the_article_ends(
    truth: dict[str, Any], sample: dict[str, Article]
) -> None:
    assert clean_text(sample[_name(truth)]).endswith(truth["body_ends"])


@each
def test_no_clutter_is_left_in_the_text(truth: dict[str, Any], sample: dict[str, Article]) -> None:
    article = sample[_name(truth)]
    text = clean_text(article)
    left = [clutter for clutter in truth["clutter"] if clutter in text]
    # A dateline stays as printed; its place is a field of the article as well.
    place = article.dateline
    assert [clutter for clutter in left if not place or not clutter.startswith(place)] == []


@each
def test_what_the_ledger_says_is_what_stands_in_the_raw_text(
    truth: dict[str, Any], sample: dict[str, Article]
) -> None:
    article = sample[_name(truth)]
    for removal in article.removals:
        assert article.raw_text[removal.start : removal.end] == removal.text
