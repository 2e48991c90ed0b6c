"""The commands that serve an archive."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click
from flask import Flask

from index.console import Console
from index.pipeline import AddRequest, add
from search.engine import open_archive
from search.printing import print_page
from search.request import SearchRequest
from web import Settings, create_app, journal
from web import setting_kinds as kinds
from web.configuration import FILE, SETTINGS, Configuration, Setting, configuration
from web.preparing import preparing
from web.serving import port_of, server_of
from web.settings import BadSetting

_EXAMPLE = '"ferry strike"'


class _Mistake(click.ClickException):
    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"microfiche: {self.message}", err=True, file=file)


def _option(setting: Setting) -> Callable[..., Any]:
    """The flag of a setting; what it means is decided where all origins meet."""
    shown = setting.default
    told = setting.help + (f" [default: {shown}]" if shown and shown is not True else "")
    if setting.read is kinds.boolean:
        flag = f"{setting.flag}/--no-{setting.flag[2:]}"
        return click.option(flag, setting.name, default=None, help=told)
    return click.option(
        setting.flag, setting.name, metavar=setting.shown, multiple=setting.many, help=told
    )


def _settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for setting in reversed(SETTINGS):
        command = _option(setting)(command)
    return click.option(
        "--config",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        help=f"The file with settings. [default: MICROFICHE_CONFIG, or ./{FILE}]",
    )(command)


def _configured(file: Path | None, flags: dict[str, Any]) -> Configuration:
    try:
        given = {name: value for name, value in flags.items() if value not in {None, ()}}
        return configuration(given, file)
    except BadSetting as error:
        raise _Mistake(str(error)) from error


def _settings(configured: Configuration) -> Settings:
    try:
        return configured.settings()
    except BadSetting as error:
        raise _Mistake(str(error)) from error


@click.command()
@_settings_options
def serve(file: Path | None, **flags: Any) -> None:
    """Serve the search page, the API and the embed.

    Every option can also be set in the environment (--base-url as MICROFICHE_BASE_URL) or in
    microfiche.toml (base_url = "..."); microfiche config show tells which counts.
    """
    _serve(_settings(_configured(file, flags)))


@click.group()
def config() -> None:
    """What is set, and where."""


@config.command("show")
@_settings_options
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show(file: Path | None, as_json: bool, **flags: Any) -> None:
    """Print every setting with its value and where that comes from.

    Takes the options of serve, to see what they would do.
    """
    configured = _configured(file, flags)
    settings = _settings(configured)
    rows = [
        (given.setting.name, getattr(settings, given.setting.goes_to), given.origin)
        for given in configured.given
    ]
    if as_json:
        told = {name: {"value": _plain(value), "from": origin} for name, value, origin in rows}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for name, value, origin in rows:
        click.echo(f"{name:<17} {json.dumps(_plain(value), ensure_ascii=False):<28} {origin}")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


@click.command()
@click.option("--once", is_flag=True, help="Build and search the sample archive, then stop.")
@click.option(
    "--archive",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to build it. [default: a folder for temporary files]",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65_535), help="0 takes any."
)
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
        _serve(Settings(archive=folder, title="The sample archive", host=host, port=port))


def _serve(settings: Settings) -> None:
    journal.start(settings)
    with open_archive(settings.archive, most_seconds=settings.search_seconds) as engine:
        app = create_app(settings, engine)
        with app.test_request_context("/search"):
            # A missing or damaged index is told here, not to the first reader, who does not wait
            # for the templates either.
            app.ensure_sync(app.view_functions["pages.search"])()
        with preparing(engine):
            _run(app, settings)


def _run(app: Flask, settings: Settings) -> None:
    place = f"[{settings.host}]" if ":" in settings.host else settings.host
    try:
        server = server_of(app, settings)
    except OSError as error:
        click.echo(
            f"microfiche: cannot serve on {place}:{settings.port}: {error.strerror}; try --port 0",
            err=True,
        )
        sys.exit(1)
    click.echo(f"Serving on http://{place}:{port_of(server)} (Ctrl-C stops)")
    sys.stdout.flush()
    # As on Ctrl-C, what was begun is answered before the end.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    server.run()
