"""The commands that show what the cleaner does, and those by which people overrule it."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from index import account, overruling, recleaning
from index.archive import Archive
from index.article import Article
from index.cleaning.repeated import repeated_lines
from index.commands import format_option, map_option
from index.console import Console
from index.options import archive_option, wait_option
from index.pipeline import article_of
from index.readers import Guess, Options, Rejection
from index.readers.columns import parse_mapping
from index.readers.sources import read as read_source
from index.readers.sources import walk
from index.reading import kept
from index.recleaning import RecleanRequest
from index.settings import DEFAULT, EVERY_SOURCE

_DONE, _FAILED = 0, 1


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH... | -")
@format_option
@map_option
@click.option("--source", default="", help="The outlet, for rules that hold for one outlet only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article.")
@click.option("--diff", "as_diff", is_flag=True, help="The raw text, with what goes marked.")
def clean(
    inputs: tuple[str, ...], format: str, mapping: str, source: str, as_json: bool, as_diff: bool
) -> None:
    """Show what the cleaner sets aside, and why. Indexes nothing."""
    failed = False
    for location, outcome in _articles(inputs, format, parse_mapping(mapping), source):
        if isinstance(outcome, Rejection):
            failed = True
            click.echo(f"{outcome.location}: {outcome.reason}", err=True)
        elif as_json:
            click.echo(
                json.dumps({"path": location, **account.of_article(outcome)}, ensure_ascii=False)
            )
        else:
            _show_cleaned(location, outcome, as_diff=as_diff)
    sys.exit(_FAILED if failed else _DONE)


def _articles(
    inputs: tuple[str, ...], format: str, mapping: tuple[tuple[str, str], ...], source: str
) -> Iterator[tuple[str, Article | Rejection]]:
    for place in walk(inputs):
        if isinstance(place, Rejection):
            yield place.location, place
            continue
        for found in read_source(place, Options(mapping=mapping, source=source), format):
            match found:
                case Guess():
                    continue
                case Rejection():
                    yield found.location, found
                case _:
                    yield found.location, article_of(found, DEFAULT)


def _show_cleaned(location: str, article: Article, *, as_diff: bool) -> None:
    click.secho(f"{article.title}", bold=True)
    about = [
        ", ".join(article.authors) or "no author",
        article.published.text() if article.published else "undated",
        *([f"updated {article.updated.text()}"] if article.updated else []),
        article.source or location,
    ]
    click.echo(" · ".join(about))
    if as_diff:
        click.echo(_diff(article))
        return
    for removal in article.removals:
        moved = f", moved to {removal.moves_to}" if removal.moves_to else ""
        click.echo(
            f"  {removal.start}-{removal.end} {removal.rule}: {removal.reason}{moved}\n"
            f"    {' '.join(removal.text.split())[:160]}"
        )
    if article.doubt:
        click.secho(f"  to be looked at: {article.doubt}", fg="yellow")
    click.echo(f"  {len(article.removals)} passages set aside\n")


def _diff(article: Article) -> str:
    """The raw text with what was set aside in red between [- and -]: legible without colour."""
    out: list[str] = []
    position = 0
    for start, end in [*kept(article.raw_text, article.removals), (len(article.raw_text),) * 2]:
        if start > position:
            out.append(click.style(f"[-{article.raw_text[position:start]}-]", fg="red"))
        out.append(article.raw_text[start:end])
        position = end
    return "".join(out) + "\n"


@click.command()
@click.argument("id")
@click.argument("spans", nargs=-1, required=True, metavar="START-END...")
@archive_option
@click.option("--undo", is_flag=True, help="Let the rules have what was put back.")
@wait_option
def restore(id: str, spans: tuple[str, ...], folder: Path, undo: bool, wait: float) -> None:
    """Put back what was set aside of an article; also when it comes again.

    \b
    microfiche show ID --set-aside        lists the spans
    microfiche restore ID 120-245
    """
    wanted = [_span(text) for text in spans]
    change = overruling.undo if undo else overruling.restore
    removals = change(folder, id, wanted, wait)
    done = "set aside again" if undo else "put back"
    for removal in removals:
        click.echo(f"{done} {removal.start}-{removal.end} ({removal.rule}): {_short(removal.text)}")


def _span(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if match is None or int(match[1]) >= int(match[2]):
        raise click.BadParameter(f"{text!r} is no span such as 120-245", param_hint="START-END")
    return int(match[1]), int(match[2])


@click.command()
@archive_option
@click.option("--source", help="Only the articles of this outlet.")
@click.option("--all", "everything", is_flag=True, help="Also what the same rules cleaned.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@wait_option
def reclean(
    folder: Path, source: str | None, everything: bool, jobs: int, as_json: bool, wait: float
) -> None:
    """Clean what the archive holds again, after an update or a change of rules.

    Works from the articles as they came, which the archive keeps. Only what reads otherwise
    now is indexed again.
    """
    request = RecleanRequest(source=source, everything=everything, jobs=jobs, wait=wait)
    with Console(None) as console:
        done = recleaning.reclean(folder, request, console)
    if as_json:
        counts = {name: getattr(done, name) for name in ("changed", "same", "failed")}
        click.echo(json.dumps({**counts, "seconds": round(done.seconds, 3)}))
    else:
        click.echo(f"changed {done.changed:,}, same {done.same:,}, failed {done.failed:,}")
    if done.interrupted:
        click.echo("Interrupted: run the same command again to go on.", err=True)
        sys.exit(130)
    sys.exit(_FAILED if done.failed else _DONE)


@click.group()
def rules() -> None:
    """The cleaning rules: what each set aside, switching them off, finding new ones."""


@rules.command("list")
@archive_option
@click.option("--json", "as_json", is_flag=True)
def list_rules(folder: Path, as_json: bool) -> None:
    """Every rule, how much of the archive it set aside, and where it is switched off."""
    for use in overruling.survey(folder):
        if as_json:
            click.echo(json.dumps(asdict(use), ensure_ascii=False))
        else:
            off = f"  (off for {', '.join(use.off)})" if use.off else ""
            click.echo(f"{use.passages:>9,}  {use.rule:<24} {use.reason}{off}")


@rules.command("doubtful")
@archive_option
def list_doubtful(folder: Path) -> None:
    """The articles in which the rules wanted so much that they were not let, and why."""
    with Archive.open(folder) as archive:
        found = archive.doubtful()
    for id, title, why in found:
        click.echo(f"{id}  {title}: {why}")
    if not found:
        click.echo("none", err=True)


_source_option = click.option(
    "--source", default=EVERY_SOURCE, help="The outlet for which. [default: every one]"
)


@rules.command("off")
@click.argument("rule")
@archive_option
@_source_option
@wait_option
def switch_off(rule: str, folder: Path, source: str, wait: float) -> None:
    """Let a rule take nothing any more, for one outlet or all."""
    _switch(rule, folder, source, wait, on=False)


@rules.command("on")
@click.argument("rule")
@archive_option
@_source_option
@wait_option
def switch_on(rule: str, folder: Path, source: str, wait: float) -> None:
    """Switch a rule on again."""
    _switch(rule, folder, source, wait, on=True)


def _switch(rule: str, folder: Path, source: str, wait: float, *, on: bool) -> None:
    changed = overruling.switch(folder, rule, source, on=on, wait=wait)
    where = f"for {source}" if source else "for every source"
    state = "on" if on else "off"
    if not changed:
        click.echo(f"{rule} was {state} {where}")
        return
    option = f" --source {shlex.quote(source)}" if source else ""
    click.echo(f"{rule} is {state} {where}; for what is held already: microfiche reclean{option}")


@rules.command("suggest")
@archive_option
@click.option("--source", required=True, help="The outlet whose articles are looked at.")
@click.option("--fewest", default=8, show_default=True, type=click.IntRange(2, 1_000_000))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
def suggest(folder: Path, source: str, fewest: int, limit: int, as_json: bool) -> None:
    """Lines that many articles of one outlet share: furniture that no rule knows, mostly.

    Nothing is applied: a line can also be a standing head, or a name.
    """
    with Archive.open(folder) as archive:
        lines = repeated_lines(lambda: archive.texts(source), fewest)
    for line in lines[:limit]:
        if as_json:
            click.echo(json.dumps(asdict(line), ensure_ascii=False))
        else:
            where = "head" if line.head * 2 > line.articles else ""
            where = "foot" if line.foot * 2 > line.articles else where
            share = f"{line.articles / line.of:.0%}"
            click.echo(f"{line.articles:>7,} {share:>4} {where:<4}  {_short(line.text)}")
    if not lines:
        click.echo(f"no line is in {fewest} or more articles of {source}", err=True)
    sys.exit(_DONE if lines else _FAILED)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else f"{words[:159]}…"
