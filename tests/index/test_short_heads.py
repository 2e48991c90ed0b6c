"""The head of a short dump."""

from __future__ import annotations

from pathlib import Path

from tests.index.taking import take
from tests.index.test_two_shapes import HEADED


def test_the_head_of_a_short_article_is_read_too(tmp_path: Path) -> None:
    short = HEADED.replace(
        "In fact the tug was in dock all spring, and its rope was lent to a circus.\n\n", ""
    )
    (tmp_path / "short.txt").write_text(short)
    (article,) = take(tmp_path / "short.txt").articles
    assert article.authors == ("Odile Marsh",)
    assert article.standfirst
