"""Search inside other people's sites: the script, and the page that says how to use it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template

from web.addresses import site
from web.current import settings

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed.js")
def script() -> Response:
    response = current_app.send_static_file("embed.js")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/embed")
def page() -> Response:
    return make_response(render_template("embed.html", host=site(), origins=settings().origins))
