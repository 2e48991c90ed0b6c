"""The commands that show an article, and others like it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from index.article import Article
from index.options import archive_option
from index.reading import read
from search import account
from search.citing import FORMS, Citing, Form, cite
from search.commands import typed
from search.engine import open_archive
from search.printing import about, day

_FOUND, _NOTHING = 0, 1


def _print_ledger(article: Article) -> None:
    for removal in article.removals:
        moved = f", moved to {removal.moves_to}" if removal.moves_to else ""
        click.echo(f"{removal.start}-{removal.end} {removal.rule}: {removal.reason}{moved}")
        click.secho(f"    {' '.join(removal.text.split())}", dim=True)
    click.echo(f"put a passage back: microfiche restore {article.id} START-END", err=True)


def _leave_without(id: str, removed: str | None) -> NoReturn:
    reason = f"was removed on {removed[:10]}" if removed else "is not in this archive"
    click.echo(f"microfiche: {id} {reason}", err=True)
    sys.exit(_NOTHING)


@click.command()
@click.argument("id")
@archive_option
@click.option("--json", "as_json", is_flag=True)
@click.option("--raw", is_flag=True, help="With everything that was set aside.")
@click.option("--set-aside", is_flag=True, help="Only what was set aside, where and why.")
@click.option("--cite", "form", type=click.Choice(FORMS), help="Only how to cite it.")
def show(
    id: str, folder: Path, as_json: bool, raw: bool, set_aside: bool, form: Form | None
) -> None:
    """Print one article."""
    id = typed(id)
    with open_archive(folder) as engine:
        held = engine.article(id)
        removed = engine.was_removed(id)
    if held is None:
        _leave_without(id, removed)
    article = held.article
    if as_json:
        click.echo(json.dumps(account.of_held(held), ensure_ascii=False))
        return
    if set_aside:
        _print_ledger(article)
        return
    if form is not None:
        click.echo(cite(Citing(article, "Microfiche", "", datetime.now(UTC).date()), form))
        return
    text = article.raw_text if raw else read(article.raw_text, article.removals).text
    click.secho(article.title, bold=True)
    about = [article.source, ", ".join(article.authors), day(article), article.url]
    click.secho(" · ".join(filter(None, about)), dim=True)
    if article.standfirst:
        click.echo(f"\n{article.standfirst}")
    click.echo(f"\n{text}")
    for field in ("corrections", "notes"):
        for note in article.moved(field):
            click.secho(f"\n{note}", dim=True)


@click.command()
@click.argument("id")
@archive_option
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="The JSON of /api/v1/articles/ID/similar.")
def similar(id: str, folder: Path, limit: int, as_json: bool) -> None:
    """List articles about the same as one, by its key words."""
    id = typed(id)
    with open_archive(folder) as engine:
        found = engine.similar(id, limit)
        removed = engine.was_removed(id)
    if found is None:
        _leave_without(id, removed)
    if as_json:
        click.echo(json.dumps(account.of_similar(found), ensure_ascii=False))
    else:
        click.echo(f"by its words {', '.join(found.terms)}", err=True)
        for held in found.articles:
            click.echo(f"\n{click.style(held.article.title, fg='cyan')}")
            click.secho(f"   {about(held.article)}", dim=True)
    sys.exit(_FOUND if found.articles else _NOTHING)
