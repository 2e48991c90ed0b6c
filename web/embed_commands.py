"""The commands for those who search from another site."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from web.embed_check import WAYS, Finding, Way, archive_of, check, ways_of
from web.embed_options import origin_of
from web.host_page import PageUnreadable, is_address, read_page

_FINE, _LACKING, _USAGE = 0, 1, 2


@click.group()
def embed() -> None:
    """Search from other people's pages: what a page lacks for it."""


@embed.command("check")
@click.argument("page")
@click.option("--site", metavar="ADDRESS", help="The archive's address. [default: as in the page]")
@click.option(
    "--origin", metavar="ORIGIN", help="Where the page is served, if it is read from a file."
)
@click.option(
    "--way", "ways", multiple=True, type=click.Choice(WAYS), help="[default: as in the page]"
)
def check_page(page: str, site: str | None, origin: str | None, ways: tuple[Way, ...]) -> None:
    """Read PAGE, an address or a file, and print what it lacks.

    Reads its policy, its style sheets, and what the archive lets it do. Each line to add is printed
    as it has to read. Exit code 0 is nothing lacking, 1 something is, 2 it could not be told.

    \b
    microfiche embed check https://paper.example/ --site https://archive.example
    """
    try:
        findings = _findings(page, site, origin, ways)
    except PageUnreadable as error:
        _stop(str(error))
    for finding in findings:
        click.echo(_printed(finding))
    sys.exit(_LACKING if any(finding.kind == "add" for finding in findings) else _FINE)


def _findings(
    page: str, site: str | None, origin: str | None, ways: tuple[Way, ...]
) -> list[Finding]:
    read = read_page(page)
    archive = (site or archive_of(read)).rstrip("/")
    if not is_address(archive) or not origin_of(archive):
        _stop("say where the archive is: --site https://archive.example")
    if origin is not None and origin_of(origin) != origin.rstrip("/"):
        _stop(f"--origin takes a scheme and a host, such as https://paper.example; got {origin!r}")
    served = (origin or "").rstrip("/") or read.origin
    return check(read, archive, served, ways or ways_of(read, archive))


def _printed(finding: Finding) -> str:
    first = f"{finding.kind:<5} {finding.about}: {finding.said}"
    return f"{first}\n      {finding.line}" if finding.line else first


def _stop(said: str) -> NoReturn:
    click.echo(f"microfiche: {said}", err=True)
    sys.exit(_USAGE)
