"""The command that searches an archive."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from index.options import archive_option
from search.bounds import fault
from search.engine import Engine, open_archive
from search.printing import print_page
from search.request import (
    COUNTINGS,
    FACETS,
    INTERVALS,
    MATCHES,
    MOST_RESULTS,
    RECENCIES,
    SORTS,
    Counting,
    Filter,
    Interval,
    Match,
    Recency,
    SearchRequest,
    Sort,
)
from search.results import SearchPage, Understood

if TYPE_CHECKING:
    from search.answers import SearchLinks

_FOUND, _NOTHING = 0, 1
_PER_PAGE = 10


def _date(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and (why := fault(value)):
        raise click.BadParameter(why)
    return value


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that narrow by a facet: ``--author NAME`` and ``--not-author NAME``."""
    for facet in reversed(FACETS):
        command = click.option(f"--not-{facet}", multiple=True, help="Not that; may repeat.")(
            command
        )
        command = click.option(f"--{facet}", multiple=True, help="Only that; may repeat.")(command)
    return command


# "-strike" is a word to leave out, not an option; so there is no -h here either.
WORDS_WITH_DASHES = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


def narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments that say which articles are asked for, as ``request_of`` takes them."""
    for option in reversed(
        (
            click.argument("words", nargs=-1, metavar="WORDS..."),
            archive_option,
            click.option("--match", type=click.Choice(MATCHES), default="auto", show_default=True),
            click.option(
                "--from",
                "start",
                default="",
                metavar="DAY",
                callback=_date,
                help="Published then or later.",
            ),
            click.option(
                "--to",
                "end",
                default="",
                metavar="DAY",
                callback=_date,
                help="Published then or before.",
            ),
            click.option(
                "--counting",
                type=click.Choice(COUNTINGS),
                default="auto",
                show_default=True,
                help="What dates such as “last week” count from.",
            ),
            _filters,
        )
    ):
        command = option(command)
    return command


@click.command(context_settings=WORDS_WITH_DASHES)
@narrowing
@click.option(
    "--interval",
    type=click.Choice(INTERVALS),
    default="auto",
    show_default=True,
    help="Of the histogram in --json.",
)
@click.option("--sort", type=click.Choice(SORTS), help="[default: relevance]")
@click.option(
    "--recency",
    type=click.Choice(RECENCIES),
    default="off",
    show_default=True,
    help="Newer articles before older ones that answer as well.",
)
@click.option("--explain", is_flag=True, help="Where each score comes from.")
@click.option("--all-copies", is_flag=True, help="Each copy of a story as a result of its own.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1, 1000))
@click.option("--limit", type=click.IntRange(1), help="[default: 10; all with --csv and --jsonl]")
@click.option("--json", "form", flag_value="json", help="The JSON that /search.json gives.")
@click.option("--jsonl", "form", flag_value="jsonl", help="A JSON object a result, all results.")
@click.option("--csv", "form", flag_value="csv", help="A row a result, all results.")
def search(
    words: tuple[str, ...],
    folder: Path,
    match: Match,
    start: str,
    end: str,
    counting: Counting,
    interval: Interval,
    sort: Sort | None,
    recency: Recency,
    explain: bool,
    all_copies: bool,
    page: int,
    limit: int | None,
    form: str | None,
    **filters: tuple[str, ...],
) -> None:
    """Search the archive. Quote a phrase twice: '"harbour bridge"' toll.

    \b
    words must all be found; OR, -without, ( ), begin*, "a phrase",
    author: title: source: tag: date:2022-02 or date:2021/2022
    """
    if form not in {"csv", "jsonl"} and page * (limit or _PER_PAGE) > MOST_RESULTS:
        raise click.BadParameter(
            f"pages go no deeper than {MOST_RESULTS:,} results: --jsonl and --csv have no end",
            param_hint="--limit",
        )
    request = replace(
        request_of(words, match, start, end, counting, **filters),
        interval=interval,
        sort=sort,
        dedupe="off" if all_copies else "story",
        recency=recency,
        explain=explain,
        page=page,
        per_page=limit or _PER_PAGE,
        with_facets=form == "json",
    )
    if form in {"csv", "jsonl"}:
        with open_archive(folder) as engine:
            sys.exit(_take(engine, request, form, whole=limit is None and page == 1))
    with open_archive(folder) as engine:
        found = engine.search(request)
    for note in found.query.notes:
        click.echo(f"({note})", err=True)
    _print_help(found.query)
    if form == "json":
        _print_json(request, found)
    else:
        print_page(found)
    sys.exit(_FOUND if found.total else _NOTHING)


def request_of(
    words: tuple[str, ...],
    match: Match,
    start: str,
    end: str,
    counting: Counting,
    **filters: tuple[str, ...],
) -> SearchRequest:
    """What is asked by the arguments that say which articles, not how they are shown."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    return SearchRequest(
        q=" ".join(map(typed, words)),
        match=match,
        start=start,
        end=end,
        counting=counting,
        author=_filter(filters, "author"),
        source=_filter(filters, "source"),
        section=_filter(filters, "section"),
        tag=_filter(filters, "tag"),
        lang=_filter(filters, "lang"),
        year=_filter(filters, "year"),
    )


def _filter(filters: Mapping[str, tuple[str, ...]], facet: str) -> Filter:
    wanted, unwanted = filters[facet], filters[f"not_{facet}"]
    return Filter(tuple(map(typed, wanted)), tuple(map(typed, unwanted)))


def _print_json(request: SearchRequest, found: SearchPage) -> None:
    from search import account  # noqa: PLC0415 - what is read on a terminal does not wait for it

    query = urlencode(account.request_pairs(request))
    links: SearchLinks = {"self": f"/search.json?{query}", "html": account.address(request)}
    click.echo(json.dumps(account.of_page(found, links), ensure_ascii=False))


def _print_help(understood: Understood) -> None:
    """What may have been meant, and what would find more, for people: on standard error."""
    meant = understood.did_you_mean
    if meant is not None:
        click.echo(f"did you mean: {meant.request.q} ({meant.matches:,})", err=True)
    for repair in understood.repairs:
        if meant is None or repair.request != meant.request:
            click.echo(f"{repair.text}: {repair.matches:,}", err=True)


def typed(argument: str) -> str:
    """An argument as text, whatever bytes the shell handed over."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _take(engine: Engine, request: SearchRequest, form: str, *, whole: bool) -> int:
    """Print all results, or those of one page, a line each; the exit code."""
    from search.exporting import csv_lines, json_lines  # noqa: PLC0415 - as above

    found = engine.stream(request)
    for note in found.notes:
        click.echo(f"({note})", err=True)
    start = 0 if whole else (request.page - 1) * request.per_page
    hits = islice(found.hits, start, None if whole else start + request.per_page)
    for line in csv_lines(hits) if form == "csv" else json_lines(hits):
        sys.stdout.write(line)
    return _FOUND if found.total else _NOTHING
