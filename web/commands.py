"""The commands that serve an archive."""

from __future__ import annotations

import logging
import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import click
from waitress.server import create_server

from index.console import Console
from index.options import archive_option
from index.pipeline import AddRequest, add
from search.commands import print_page
from search.engine import open_archive
from search.request import SearchRequest
from web import Settings, create_app

# Measured against clients that send a byte now and then: with waitress's own limits (100
# connections, 120 s) 55 of them shut everybody out; with these nobody notices. On the open
# internet a proxy with timeouts of its own belongs in front.
_LIMITS: dict[str, int | None] = {
    "threads": 8,
    "connection_limit": 2_000,
    "channel_timeout": 15,
    "cleanup_interval": 5,
    "max_request_header_size": 16_384,
    "max_request_body_size": 65_536,
    # What a client is too slow to take lies in a file and keeps no thread waiting: 256 MB are half
    # a million rows. With waitress's own 16 MB eight slow clients shut everybody out.
    "outbuf_high_watermark": 1 << 28,
    "ident": None,  # the answer does not say what serves it
}

_host_option = click.option("--host", default="127.0.0.1", show_default=True)
_port_option = click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65_535), help="0 takes any."
)
_EXAMPLE = '"ferry strike"'


@click.command()
@archive_option
@_host_option
@_port_option
@click.option(
    "--title", default="Microfiche", show_default=True, help="What the pages call the archive."
)
@click.option("--language", default="en", show_default=True, help="The language of the pages.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A site whose pages may search here, such as https://paper.example; may repeat; * is all.",
)
def serve(
    folder: Path, host: str, port: int, title: str, language: str, origins: tuple[str, ...]
) -> None:
    """Serve the search page, the API and the embed."""
    settings = Settings(archive=folder, title=title, language=language, origins=origins)
    _serve(settings, host, port)


@click.command()
@click.option("--once", is_flag=True, help="Build and search the sample archive, then stop.")
@click.option(
    "--archive",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to build it. [default: a folder for temporary files]",
)
@_host_option
@_port_option
def demo(once: bool, folder: Path | None, host: str, port: int) -> None:
    """Build the bundled sample archive, search it, and serve it."""
    if folder is not None:
        _demo(folder, host, port, once=once)
        return
    with tempfile.TemporaryDirectory(prefix="microfiche-demo-") as temporary:
        _demo(Path(temporary) / "archive", host, port, once=once)


def _demo(folder: Path, host: str, port: int, *, once: bool) -> None:
    click.echo("Building the sample archive: five invented papers, three years.", err=True)
    with as_file(files("index") / "sample") as sample, Console(None) as console:
        report = add(folder, AddRequest(inputs=(str(sample),)), console)
    click.echo(
        f"added {report.added}, updated {report.updated}, failed {report.failed}\n", err=True
    )
    click.echo(f"$ microfiche search '{_EXAMPLE}'")
    with open_archive(folder) as engine:
        found = engine.search(SearchRequest(q=_EXAMPLE, per_page=3, with_facets=False))
        print_page(found)
    if report.failed or not found.total:
        click.echo("microfiche: the sample archive did not come out right", err=True)
        sys.exit(1)
    if not once:
        click.echo("")
        _serve(Settings(archive=folder, title="The sample archive"), host, port)


def _serve(settings: Settings, host: str, port: int) -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    with open_archive(settings.archive) as engine:
        engine.generation()  # a missing or damaged index is told here, not to the first reader
        try:
            server = create_server(create_app(settings, engine), host=host, port=port, **_LIMITS)
        except OSError as error:
            click.echo(
                f"microfiche: cannot serve on {host}:{port}: {error.strerror}; try --port 0",
                err=True,
            )
            sys.exit(1)
        click.echo(f"Serving on http://{host}:{server.effective_port} (Ctrl-C stops)")
        sys.stdout.flush()
        try:
            server.run()
        except KeyboardInterrupt:
            click.echo("", err=True)
