"""The commands that search an archive and show an article."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import click

from index import account as article_account
from index.analysis import SPELLING
from index.article import Article
from index.options import archive_option
from index.reading import read
from search import account
from search.bounds import fault
from search.engine import Engine, open_archive
from search.exporting import csv_lines, json_lines
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
from search.results import Explanation, Hit, SearchPage, Share, Snippet, Understood

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
        query = urlencode(account.request_pairs(request))
        links = {"self": f"/search.json?{query}", "html": account.address(request)}
        click.echo(json.dumps(account.of_page(found, links), ensure_ascii=False))
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
        q=" ".join(map(_typed, words)),
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
    return Filter(tuple(map(_typed, wanted)), tuple(map(_typed, unwanted)))


def _print_help(understood: Understood) -> None:
    """What may have been meant, and what would find more, for people: on standard error."""
    meant = understood.did_you_mean
    if meant is not None:
        click.echo(f"did you mean: {meant.request.q} ({meant.matches:,})", err=True)
    for repair in understood.repairs:
        if meant is None or repair.request != meant.request:
            click.echo(f"{repair.text}: {repair.matches:,}", err=True)


def _typed(argument: str) -> str:
    """An argument as text, whatever bytes the shell handed over."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _take(engine: Engine, request: SearchRequest, form: str, *, whole: bool) -> int:
    """Print all results, or those of one page, a line each; the exit code."""
    found = engine.stream(request)
    for note in found.notes:
        click.echo(f"({note})", err=True)
    start = 0 if whole else (request.page - 1) * request.per_page
    hits = islice(found.hits, start, None if whole else start + request.per_page)
    for line in csv_lines(hits) if form == "csv" else json_lines(hits):
        sys.stdout.write(line)
    return _FOUND if found.total else _NOTHING


def print_page(page: SearchPage) -> None:
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
    click.secho(f"   {_about(article)}", dim=True)
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


def _about(article: Article) -> str:
    about = [article.source, ", ".join(article.authors), _day(article), article.id]
    return " · ".join(filter(None, about))


def _day(article: Article) -> str:
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
def show(id: str, folder: Path, as_json: bool, raw: bool, set_aside: bool) -> None:
    """Print one article."""
    id = _typed(id)
    with open_archive(folder) as engine:
        held = engine.article(id)
        removed = engine.was_removed(id)
    if held is None:
        _leave_without(id, removed)
    article = held.article
    if as_json:
        click.echo(json.dumps(article_account.of_article(article), ensure_ascii=False))
        return
    if set_aside:
        _print_ledger(article)
        return
    text = article.raw_text if raw else read(article.raw_text, article.removals).text
    click.secho(article.title, bold=True)
    about = [article.source, ", ".join(article.authors), _day(article), article.url]
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
    id = _typed(id)
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
            click.secho(f"   {_about(held.article)}", dim=True)
    sys.exit(_FOUND if found.articles else _NOTHING)
