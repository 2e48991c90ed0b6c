"""The application: ``create_app(settings)`` for any WSGI server."""

from __future__ import annotations

import logging

from flask import Flask, Response

from search.engine import Engine
from web import addresses, api, articles, embed, feeds, pages, problems, security, taking, values
from web.settings import Settings

_log = logging.getLogger(__name__)


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The site of one archive. ``engine`` is the caller's to close."""
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = 65_536
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False  # a redirect breaks a preflight
    app.url_map.merge_slashes = False
    app.extensions["microfiche"] = (settings, engine)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(articles.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(values.blueprint)
    app.register_blueprint(taking.blueprint)
    app.register_blueprint(feeds.blueprint)
    app.register_blueprint(embed.blueprint)
    security.protect(app, settings)

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
