"""The names of authors are marked where the query matched them."""

from __future__ import annotations

import pytest

from index.analysis import fold
from search.bylines import Bylines
from search.language import parse
from tests.search.conftest import Ask


@pytest.mark.parametrize(
    ("q", "name", "marked"),
    [
        ("smith", "Jane Smith", "Jane <mark>Smith</mark>"),
        ("author:smith", "Jane Smith", "Jane <mark>Smith</mark>"),
        ("ferry author:(jane OR una)", "Jane Smith", "<mark>Jane</mark> Smith"),
        ('author:"jane smith"', "Jane Smith", "<mark>Jane</mark> <mark>Smith</mark>"),
        ('author:"j. smith"', "Jane Q. Smith", "<mark>Jane</mark> Q. <mark>Smith</mark>"),
        ("author:sm*", "Jane Smith", "Jane <mark>Smith</mark>"),
        ("author:smyth~", "Jane Smith", "Jane <mark>Smith</mark>"),
        ("author:sm?th", "Jane Smith", "Jane <mark>Smith</mark>"),
        ("lefevre", "Zoë Lefèvre", "Zoë <mark>Lefèvre</mark>"),
        ("o'hara", "Piers O’Hara", "Piers <mark>O’Hara</mark>"),
        ("smiths", "Jane Smith", "Jane Smith"),  # names have no stems
        ("title:smith", "Jane Smith", "Jane Smith"),
        ("ferry -smith", "Jane Smith", "Jane Smith"),
        ('"smith jane"', "Jane Smith", "Jane Smith"),
        ('author:"j. smith"', "Jane Anna Maria Smith", "Jane Anna Maria Smith"),
        ("the ferry", "The Ferry Desk", "The <mark>Ferry</mark> Desk"),
        ("", "Jane <b> Smith", "Jane &lt;b&gt; Smith"),
    ],
)
def test_what_matched_in_a_name_is_marked(q: str, name: str, marked: str) -> None:
    assert Bylines(parse(q).root).marked(name).html() == marked


def test_every_hit_that_an_author_search_finds_has_a_marked_author(ask_sample: Ask) -> None:
    names = {name for hit in ask_sample("", per_page=100).hits for name in hit.held.article.authors}
    assert len(names) > 5
    for name in sorted(names)[:20]:
        for q in (f'author:"{name}"', f"author:{fold(name).split()[-1]}"):
            hits = ask_sample(q, with_facets=False, dedupe="off").hits
            assert hits
            for hit in hits:
                assert tuple(author.text for author in hit.authors) == hit.held.article.authors
                assert any(author.ranges for author in hit.authors), (q, hit.held.article.authors)
