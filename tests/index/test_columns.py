"""Which column of an export is which: the guess, and what --map says over it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import BadMapping
from tests.index.taking import take
from tests.index.test_readers import EXPORTS, HERON, check_heron


def test_the_guess_of_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text(EXPORTS["lines.jsonl"])
    (guess,) = take(tmp_path / "lines.jsonl").guesses
    assert dict(guess.mapping) == {
        "authors": "byline",
        "published": "pub_date",
        "source": "publication",
        "tags": "keywords",
        "text": "body",
        "title": "headline",
        "url": "url",
    }


def test_map_names_columns_that_nobody_could_guess(tmp_path: Path) -> None:
    row = {
        "Kop": "Reiger terug",
        "Wanneer": "2021-03-03",
        "Verhaal": "De reiger kwam terug.",
        "Wie": "Ada Winter",
    }
    (tmp_path / "odd.jsonl").write_text(json.dumps(row))
    taken = take(
        tmp_path / "odd.jsonl", mapping="title=Kop, date=Wanneer, text=Verhaal, author=Wie"
    )
    (article,) = taken.articles
    assert (article.title, article.authors) == ("Reiger terug", ("Ada Winter",))
    assert article.published is not None
    assert article.published.text() == "2021-03-03"
    assert "Verhaal" in take(tmp_path / "odd.jsonl").rejections[0].reason


def test_map_outranks_the_guess_and_the_rest_is_still_guessed(tmp_path: Path) -> None:
    row = {**HERON, "title": "heron_v2_final", "slug": "heron"}
    (tmp_path / "cms.jsonl").write_text(json.dumps(row))
    (article,) = take(tmp_path / "cms.jsonl", mapping="title=headline").articles
    check_heron(article)


def test_lines_with_other_columns_are_guessed_for_themselves(tmp_path: Path) -> None:
    other = {"title": "Otter seen at the lock", "text": "An otter sat on the lock gate."}
    (tmp_path / "mixed.jsonl").write_text(f"{json.dumps(HERON)}\n{json.dumps(other)}\n")
    assert take(tmp_path / "mixed.jsonl").titles == [HERON["headline"], other["title"]]


@pytest.mark.parametrize("mapping", ["title", "title=", "=headline", "colour=red"])
def test_a_map_that_makes_no_sense_is_refused_with_an_example(mapping: str) -> None:
    with pytest.raises(BadMapping, match="field"):
        take(mapping=mapping)


def test_nested_values_of_an_export_read_as_text(tmp_path: Path) -> None:
    row = {
        **HERON,
        "headline": {"rendered": "Heron returns to the gasworks"},
        "byline": [{"name": "Odile Marsh"}, {"name": "Jo Tern"}],
    }
    (tmp_path / "nested.json").write_text(json.dumps([row]))
    (article,) = take(tmp_path / "nested.json").articles
    assert article.authors == ("Odile Marsh", "Jo Tern")
    assert article.title == "Heron returns to the gasworks"


def test_source_on_the_command_line_decides_only_rules_and_identity_of_records(
    tmp_path: Path,
) -> None:
    (tmp_path / "lines.jsonl").write_text(EXPORTS["lines.jsonl"])
    named = take(tmp_path / "lines.jsonl", source="The Weir").records[0]
    plain = take(tmp_path / "lines.jsonl").records[0]
    assert (named.source, named.payload) == ("The Weir", plain.payload)
    assert named.fingerprint != plain.fingerprint
