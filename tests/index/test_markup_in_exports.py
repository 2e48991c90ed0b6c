"""Exports whose cells hold markup are exports, not pages."""

from __future__ import annotations

import json
from pathlib import Path

from tests.index.taking import take
from tests.index.test_readers import HERON, text_of


def test_lines_with_other_columns_are_guessed_for_themselves(tmp_path: Path) -> None:
    other = {"title": "Otter seen at the lock", "text": "An otter sat on the lock gate."}
    (tmp_path / "mixed.jsonl").write_text(f"{json.dumps(HERON)}\n{json.dumps(other)}\n")
    assert take(tmp_path / "mixed.jsonl").titles == [HERON["headline"], other["title"]]


def test_nested_values_of_an_export_read_as_text(tmp_path: Path) -> None:
    row = {
        **HERON,
        "headline": {"rendered": "Heron returns to the gasworks"},
        "byline": [{"name": "Odile Marsh"}, {"name": "Jo Tern"}],
        "body": "<p>The heron came back on Tuesday.</p><p>Nobody had kept its box.</p>",
    }
    (tmp_path / "nested.json").write_text(json.dumps([row]))
    (article,) = take(tmp_path / "nested.json").articles
    assert article.authors == ("Odile Marsh", "Jo Tern")
    assert text_of(article) == "The heron came back on Tuesday.\n\nNobody had kept its box."
