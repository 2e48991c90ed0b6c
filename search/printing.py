"""Results on a terminal."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

from index.analysis import SPELLING
from index.article import Article
from search.results import Hit, SearchPage, Snippet

if TYPE_CHECKING:
    from search.explanation import Explanation, Share


def print_page(page: SearchPage) -> None:
    """The results on standard output, what is said of them on standard error."""
    articles = "1 article" if page.total == 1 else f"{page.total:,} articles"
    if page.folded:
        articles += f" (and {page.folded:,} more copies: --all-copies)"
    click.echo(f"{page.query.sentence} {articles}, {page.took_ms:.0f} ms.", err=True)
    for hit in page.hits:
        print_hit(hit)
    if page.page < page.pages:
        click.echo(
            f"\npage {page.page} of {page.pages:,}; the next: --page {page.page + 1}", err=True
        )


def print_hit(hit: Hit) -> None:
    article = hit.held.article
    width = min(shutil.get_terminal_size().columns, 100)
    click.echo(f"\n{hit.rank}. {_marked(hit.title, fg='cyan')}")
    click.secho(f"   {about(article)}", dim=True)
    for snippet in hit.snippets:
        click.echo(_wrapped(snippet, width))
    if hit.held.copies:
        names = dict.fromkeys(copy.source or copy.id for copy in hit.held.copies)
        also = textwrap.shorten(", ".join(names), width - 20, placeholder=" …")
        click.secho(f"   also {len(hit.held.copies):,} more: {also}", dim=True)
    if hit.explanation is not None:
        _print_explanation(hit.explanation)


def _print_explanation(explanation: Explanation) -> None:
    times = f" × {explanation.recency:.2f} for its age" if explanation.recency != 1 else ""
    click.echo(f"   score {explanation.score:.3f}, the sum of these{times}")
    for clause in explanation.clauses:
        click.echo(f"   {clause.score:8.3f}  {clause.text or 'every article'}")
        for share in clause.shares:
            click.secho(f"   {share.score:8.3f}    {_counted(share)}", dim=True)


def _counted(share: Share) -> str:
    """How a share came about, on one line."""
    term = share.term.replace(SPELLING, " ")
    if share.factors is None:
        return f"{share.field}: {term}"
    of = share.factors
    times = "once" if of.frequency == 1 else f"{of.frequency} times"
    return (
        f"{share.field}: {term}, {times} in {of.length:,} words (average"
        f" {of.average_length:,.0f}): boost {share.boost:g} × rarity {of.rarity:.2f}"
        f" × frequency {of.saturation:.2f}"
    )


def about(article: Article) -> str:
    """Whose an article is, when it came out, and its id, on one line."""
    known = [article.source, ", ".join(article.authors), day(article), article.id]
    return " · ".join(filter(None, known))


def day(article: Article) -> str:
    """When an article came out, as finely as it is known."""
    return article.published.text()[:16].replace("T", " ") if article.published else "undated"


def _marked(snippet: Snippet, fg: str | None = None) -> str:
    return "".join(
        click.style(text, bold=matched, underline=matched, fg=fg) for text, matched in snippet.parts
    )


def _wrapped(snippet: Snippet, width: int) -> str:
    """A snippet in lines of ``width`` columns, matches in bold; marks take no room in the count."""
    lines = textwrap.wrap(snippet.text, width - 3, break_long_words=False, break_on_hyphens=False)
    out: list[str] = []
    position = 0
    for line in lines:
        start = snippet.text.index(line[:1], position) if line else position
        ranges = [
            (max(a, start) - start, min(b, start + len(line)) - start)
            for a, b in snippet.ranges
            if a < start + len(line) and b > start
        ]
        out.append("   " + _marked(Snippet.marked(line, ranges)))
        position = start + len(line)
    return "\n".join(out)
