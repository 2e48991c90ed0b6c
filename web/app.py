"""The application: ``create_app(settings)`` for any WSGI server."""

from __future__ import annotations

import logging

from flask import Flask, Response

from search.engine import Engine
from web import (
    about,
    addresses,
    api,
    embed,
    feeds,
    pages,
    problems,
    security,
    subjects,
    taking,
    values,
)
from web.settings import Settings
from web.wording import wording_in

_log = logging.getLogger(__name__)


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The site of one archive. ``engine`` is the caller's to close."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = 65_536
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False  # a redirect breaks a preflight
    app.extensions["microfiche"] = (settings, engine)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(subjects.blueprint)
    app.register_blueprint(about.blueprint)
    app.register_blueprint(values.blueprint)
    app.register_blueprint(taking.blueprint)
    app.register_blueprint(feeds.blueprint)
    app.register_blueprint(embed.blueprint)
    security.protect(app, settings)
    _speak(app, settings)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        response = problems.of_exception(error)
        if response.status_code >= 500:
            _log.error("answered %s", response.status_code, exc_info=error)
        return response

    @app.context_processor
    def site() -> dict[str, object]:
        return {"site": settings, "root": addresses.root()}

    return app


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
