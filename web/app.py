"""The application: ``create_app(settings, engine)`` for any WSGI server."""

from __future__ import annotations

import logging

from flask import Flask, Response

from search.engine import Engine, open_archive
from web import (
    about,
    addresses,
    api,
    articles,
    bounds,
    embed,
    feeds,
    frame,
    journal,
    limiting,
    monitoring,
    opensearch,
    pages,
    problems,
    proxies,
    security,
    subjects,
    taking,
    twins,
    values,
)
from web.configuration import configuration
from web.gate import Gate
from web.kept import KeptAnswers
from web.metrics import Metrics
from web.settings import Settings
from web.wording import wording_in

_log = logging.getLogger(__name__)
_ROOMS = (
    pages,
    articles,
    api,
    subjects,
    twins,
    about,
    values,
    taking,
    feeds,
    embed,
    frame,
    opensearch,
    monitoring,
)


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The site of one archive. ``engine`` is the caller's to close.

    Without arguments, as a WSGI server calls it, everything comes from the environment and
    ``microfiche.toml``, logs go to standard error, and the archive stays open with the process.
    """
    if settings is None:
        settings = configuration().settings()
        journal.start(settings)
    if engine is None:
        engine = open_archive(settings.archive, most_seconds=settings.search_seconds)
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False  # a redirect breaks a preflight
    app.url_map.merge_slashes = False  # and so does this one; nothing links to //
    metrics = Metrics()
    gate: Engine = Gate(engine, settings, metrics, journal.Journal(settings))
    kept = KeptAnswers(settings.keep_megabytes << 20, metrics.given_again)
    app.extensions["microfiche"] = (settings, gate, kept)
    for room in _ROOMS:
        app.register_blueprint(room.blueprint)
    monitoring.watch(app, metrics)
    bounds.bound(app)
    limiting.limit(app, settings, metrics)
    security.protect(app, settings)
    _speak(app, settings)
    _tell(app, settings)
    _wrap(app, settings)
    return app


def _tell(app: Flask, settings: Settings) -> None:
    """What every page and every error knows."""

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        response = problems.of_exception(error)
        if response.status_code >= 500 and not isinstance(error, problems.Refused):
            _log.error("answered %s", response.status_code, exc_info=error)
        return response

    @app.context_processor
    def site() -> dict[str, object]:
        return {"site": settings, "root": addresses.root()}


def _speak(app: Flask, settings: Settings) -> None:
    """Let templates say everything in the language of the site: their own words by gettext, and
    what is handed to them as something said wherever they write it."""
    wording, environment = wording_in(settings.language), app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        wording.gettext, wording.ngettext, newstyle=True
    )
    environment.finalize = wording.translated
    environment.filters.update(wording.filters())


def _wrap(app: Flask, settings: Settings) -> None:
    app.wsgi_app = proxies.behind(app.wsgi_app, settings)  # type: ignore[assignment,method-assign]
    if settings.access_log:
        app.wsgi_app = journal.logged(app.wsgi_app)  # type: ignore[assignment,method-assign]
