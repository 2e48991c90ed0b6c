"""The commands that fill, mend and describe an archive."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from index import exchange
from index.archive import Archive
from index.backup import back_up
from index.console import Console
from index.doctor import Diagnosis, examine
from index.fulltext import FullText
from index.locking import writer_lock
from index.options import archive_option, wait_option
from index.pipeline import AddRequest, Report
from index.pipeline import add as add_articles
from index.readers import FORMATS
from index.readers.columns import parse_mapping

_DONE, _FAILED = 0, 1


format_option = click.option(
    "--format", type=click.Choice(("auto", *FORMATS)), default="auto", show_default=True
)
map_option = click.option(
    "--map", "mapping", default="", help="Columns of a table or JSON: title=headline,date=pub_date."
)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH... | -")
@archive_option
@format_option
@map_option
@click.option("--source", default="", help="The outlet, for articles of one source.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--dry-run", is_flag=True, help="Read and clean everything, keep nothing.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to list what failed, as JSON Lines. [default: failures.jsonl in the archive]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@wait_option
def add(
    inputs: tuple[str, ...],
    folder: Path,
    format: str,
    mapping: str,
    source: str,
    jobs: int,
    dry_run: bool,
    errors: Path | None,
    as_json: bool,
    wait: float,
) -> None:
    """Take articles in: folders, files, globs, or - for standard input.

    \b
    microfiche add ~/saved-pages
    microfiche add export.jsonl.gz --map title=headline,date=pub_date
    zcat dump.gz | microfiche add - --source "The Morning Post"
    """
    request = AddRequest(
        inputs=inputs,
        format=format,
        mapping=parse_mapping(mapping),
        source=source,
        jobs=jobs,
        wait=wait,
        dry_run=dry_run,
    )
    listed = errors or (None if dry_run else folder / "failures.jsonl")
    with Console(listed) as console:
        report = add_articles(folder, request, console)
    if as_json:
        counts = {
            name: getattr(report, name) for name in ("added", "updated", "unchanged", "failed")
        }
        click.echo(json.dumps({**counts, "seconds": round(report.seconds, 3)}))
    else:
        click.echo(_in_words(report, listed, dry_run=dry_run))
    if report.interrupted:
        click.echo(
            "Interrupted: what is counted here is in the archive and can be searched;"
            " run the same command again to go on.",
            err=True,
        )
        sys.exit(130)
    sys.exit(_FAILED if report.failed or report.unindexed else _DONE)


def _in_words(report: Report, listed: Path | None, *, dry_run: bool) -> str:
    line = (
        f"added {report.added:,}, updated {report.updated:,},"
        f" unchanged {report.unchanged:,}, failed {report.failed:,}"
    )
    if report.failed and listed is not None:
        line += f" (listed in {listed})"
    if dry_run:
        line += " (dry run: nothing was kept)"
    return line


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@archive_option
@wait_option
def remove(ids: tuple[str, ...], folder: Path, wait: float) -> None:
    """Take articles out of the archive and its index, with all their versions."""
    Archive.open(folder).close()
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        with archive.writing():
            missing = [id for id in ids if not archive.remove(id)]
        FullText(folder / "index").catch_up(archive)
    for id in missing:
        click.echo(f"{id} is not in this archive", err=True)
    click.echo(f"removed {len(ids) - len(missing):,}")
    sys.exit(_FAILED if missing else _DONE)


def _needs_rebuild(diagnosis: Diagnosis) -> bool:
    return bool(diagnosis.index_faults or diagnosis.behind)


@click.command()
@archive_option
@click.option("--if-needed", is_flag=True, help="Only where the index is damaged or out of date.")
@wait_option
def rebuild(folder: Path, if_needed: bool, wait: float) -> None:
    """Make the index anew from the archive; searches go on meanwhile."""
    if not Archive.exists(folder):
        Archive.open(folder)
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        if if_needed and not _needs_rebuild(examine(folder)):
            click.echo("the index is sound: nothing to do")
            return
        with Console(None) as console:
            refused = FullText(folder / "index").rebuild(archive, console.indexing)
        for article in refused:
            click.echo(f"article {article.id} was left out: {article.reason}", err=True)
        click.echo(f"indexed {len(archive) - len(refused):,} articles")
    sys.exit(_FAILED if refused else _DONE)


@click.command()
@click.argument("name", default="")
@archive_option
@wait_option
def zone(name: str, folder: Path, wait: float) -> None:
    """Say, or set, the time zone that days begin and end in: Europe/Berlin. [at first: UTC]

    Dates that came without a zone are read in it too: set it before the first articles, or read
    them again.
    """
    if not name:
        with Archive.open(folder) as archive:
            click.echo(archive.zone.key)
        return
    with writer_lock(folder, wait), Archive.create(folder) as archive:
        archive.set_zone(name)
        held = len(archive)
    click.echo(f"days begin and end in {name}")
    if held:
        click.echo(
            "for dates without a zone that are held already: microfiche reclean --all; servers"
            " that are running: start them again",
            err=True,
        )


@click.command()
@archive_option
@wait_option
def optimize(folder: Path, wait: float) -> None:
    """Make the index's segments into as few as they fit into; what was deleted leaves them."""
    with Archive.open(folder), writer_lock(folder, wait):
        fulltext = FullText(folder / "index")
        before = fulltext.segments()
        fulltext.optimize()
        click.echo(f"{before} segments became {fulltext.segments()}")


@click.command()
@archive_option
@click.option("--json", "as_json", is_flag=True)
def doctor(folder: Path, as_json: bool) -> None:
    """Say whether archive and index are sound and agree, and what to run if not."""
    diagnosis = examine(folder)
    if as_json:
        click.echo(json.dumps(diagnosis.as_json()))
    else:
        for line in diagnosis.lines():
            click.echo(line)
    sys.exit(_DONE if diagnosis.sound else _FAILED)


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER")
@archive_option
@wait_option
def backup(target: Path, folder: Path, wait: float) -> None:
    """Copy the whole archive to a new folder, where it can be used as it is."""
    for line in back_up(folder, target, wait).lines():
        click.echo(f"{target}: {line}")


@click.command()
@archive_option
@click.option("--json", "as_json", is_flag=True)
def stats(folder: Path, as_json: bool) -> None:
    """What the archive holds: how many articles, from where, from when to when."""
    with Archive.open(folder) as archive:
        count = archive.count()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "articles": count.articles,
                    "versions": count.versions,
                    "set_aside": count.removals,
                    "undated": count.undated,
                    "doubtful": count.doubtful,
                    "first": count.first or None,
                    "last": count.last or None,
                    "sources": [{"value": name, "count": number} for name, number in count.sources],
                }
            )
        )
        return
    click.echo(f"{count.articles:,} articles in {count.versions:,} versions")
    if count.first:
        click.echo(f"published {count.first[:10]} to {count.last[:10]}; {count.undated:,} undated")
    click.echo(f"{count.removals:,} passages set aside")
    if count.doubtful:
        click.echo(f"{count.doubtful:,} to be looked at: microfiche rules doubtful")
    for name, number in count.sources:
        click.echo(f"  {number:>8,}  {name or '(no source)'}")


@click.command()
@archive_option
def export(folder: Path) -> None:
    """Write the whole archive as JSON Lines, which add reads back to an equal archive."""
    with Archive.open(folder) as archive:
        for line in exchange.lines(archive):
            click.echo(line)
