"""Results to take away: lines of CSV for spreadsheets, of JSON for programs. Whoever asks for the
lines decides how fast they are made; one article at a time is in memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from index.article import Stamp
from search import account
from search.results import Hit

COLUMNS = (
    "rank", "id", "title", "authors", "published", "updated", "source", "section", "tags",
    "language", "words", "url", "score", "hits", "copies", "snippet",
)  # fmt: skip
# What a spreadsheet takes for the beginning of something to compute, or to skip before it.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """A header, then a line a result."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        yield _taken(buffer)
        writer.writerow([_defused(cell) for cell in _cells(hit)])
    yield _taken(buffer)


def json_lines(hits: Iterable[Hit], *, root: str = "") -> Iterator[str]:
    """A line a result: the very object that stands for it in the JSON of a search."""
    for hit in hits:
        yield json.dumps(account.of_hit(hit, root=root), ensure_ascii=False) + "\n"


def _taken(buffer: io.StringIO) -> str:
    """What was written to ``buffer`` since it was last taken."""
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written


def _cells(hit: Hit) -> tuple[str, ...]:
    """A result in the order of ``COLUMNS``."""
    article = hit.held.article
    return (
        str(hit.rank),
        article.id,
        article.title,
        "; ".join(article.authors),
        _date(article.published),
        _date(article.updated),
        article.source,
        article.section,
        "; ".join(article.tags),
        article.language,
        str(hit.words),
        article.url,
        f"{hit.score:.4f}",
        str(hit.matches),
        str(len(hit.held.copies)),
        " … ".join(snippet.text for snippet in hit.snippets),
    )


def _date(stamp: Stamp | None) -> str:
    return stamp.text() if stamp else ""


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would compute gets an apostrophe and is text."""
    return f"'{cell}" if cell.startswith(_COMPUTED) else cell
