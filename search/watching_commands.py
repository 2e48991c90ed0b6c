"""The commands about saved searches, and those after which the saved searches look for news."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import click

from index import cleaning_commands
from index import commands as index_commands
from index.archive import Archive
from index.errors import ArchiveLocked
from index.options import archive_option, wait_option
from search import account, watching
from search.commands import WORDS_WITH_DASHES, narrowing, request_of
from search.holdings import Watched
from search.printing import print_hit
from search.request import Counting, Match

_FOUND, _NOTHING = 0, 1


@click.group()
def watch() -> None:
    """Saved searches: new articles are matched as they are added.

    \b
    microfiche watch add strikes '"ferry strike"' --source "The Harbour Ledger"
    microfiche watch new                 what came since this was last asked
    """


@watch.command("add", context_settings=WORDS_WITH_DASHES)
@click.argument("name")
@narrowing
@wait_option
def add_watch(
    name: str,
    words: tuple[str, ...],
    folder: Path,
    match: Match,
    start: str,
    end: str,
    counting: Counting,
    wait: float,
    **filters: tuple[str, ...],
) -> None:
    """Save a search as NAME: a-z, 0-9 and - between. WORDS and options are those of search."""
    request = request_of(words, match, start, end, counting, **filters)
    watching.save(folder, name, request, wait)
    click.echo(f"watching for {name}: its feed is /watch/{name}.atom", err=True)


@watch.command("list")
@archive_option
@click.option("--json", "as_json", is_flag=True)
def list_watches(folder: Path, as_json: bool) -> None:
    """Print the saved searches, how many articles each found, and the addresses of their feeds."""
    rows = [
        {
            "name": watch.name,
            "html": account.address(request),
            "made": watch.made.isoformat(),
            "found": watch.found,
            "new": watch.unlisted,
            "feed": f"/watch/{watch.name}.atom",
        }
        for watch, request in watching.saved(folder)
    ]
    if as_json:
        click.echo(json.dumps({"watches": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']}: {row['found']:,} found, {row['new']:,} new")
        click.secho(f"    {row['html']}  {row['feed']}", dim=True)


@watch.command("remove")
@click.argument("name")
@archive_option
@wait_option
def remove_watch(name: str, folder: Path, wait: float) -> None:
    """Forget a saved search and what it found."""
    watching.forget(folder, name, wait)


@watch.command("new")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@archive_option
@click.option("--all", "everything", is_flag=True, help="What was listed before, too.")
@click.option("--json", "as_json", is_flag=True)
@wait_option
def new(names: tuple[str, ...], folder: Path, everything: bool, as_json: bool, wait: float) -> None:
    """List what the saved searches found since this was last asked; exit code 1 for nothing."""
    found = watching.unlisted(folder, names, everything=everything, wait=wait)
    if as_json:
        click.echo(json.dumps({"results": _results(found)}, ensure_ascii=False))
    else:
        for watched in found:
            if watched.found:
                click.echo(f"\n{watched.name}: {len(watched.found):,} new")
            for one in watched.found:
                print_hit(one.hit)
    sys.exit(_FOUND if any(watched.found for watched in found) else _NOTHING)


def _results(found: list[Watched]) -> list[dict[str, Any]]:
    return [
        {
            "watch": watched.name,
            "found": one.at.isoformat(),
            **account.of_hit(one.hit),
        }
        for watched in found
        for one in watched.found
    ]


def _then_looking(command: click.Command) -> click.Command:
    """``command``, and after it every saved search looks at what it changed.

    The index cannot do this: it knows no searches.
    """
    done = command.callback

    def run(folder: Path, **options: Any) -> None:
        code: Any = None
        try:
            if done is not None:
                done(folder=folder, **options)
        except SystemExit as ended:  # some input failed, other articles came all the same
            code = ended.code
        if Archive.exists(folder):
            _look(folder)
        sys.exit(code)

    looking = copy.copy(command)
    looking.callback = run
    return looking


def _look(folder: Path) -> None:
    try:
        found = watching.look(folder)
    except ArchiveLocked:
        return  # whoever writes now looks next
    if found:
        click.echo(f"saved searches found {found:,}: microfiche watch new", err=True)


add = _then_looking(index_commands.add)
reclean = _then_looking(cleaning_commands.reclean)
restore = _then_looking(cleaning_commands.restore)
