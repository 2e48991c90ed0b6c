"""The help page: everything it shows is understood as it stands."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from search.clauses import printed
from search.dates import Clock
from search.language import FIELDS, parse

PAGE = Path(__file__).parents[2] / "web" / "templates" / "help.html"
ROWS = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", PAGE.read_text())
EXAMPLES = [
    unescape(code)
    for typed, meant in ROWS
    for code in re.findall(r"<code>(.*?)</code>", typed + meant)
    if len(code) > 2
]


@pytest.mark.parametrize(
    "example", [code for code in EXAMPLES if code not in {"NEAR", "P3M", "P1Y"}]
)
def test_every_example_is_understood_without_a_note(example: str) -> None:
    clock = Clock(date(2026, 11, 22))
    query = parse(example, clock)
    assert query.notes == ()
    assert query.root is not None
    assert parse(printed(query.root), clock).root == query.root


def test_every_field_of_the_language_has_an_example() -> None:
    shown = " ".join(EXAMPLES)
    for field in {*FIELDS.values(), "words", "atleast", "date", "updated"} - {"clutter"}:
        assert f"{field}:" in shown
    assert "in:clutter" in shown
