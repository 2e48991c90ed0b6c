"""What monitors ask: whether the process lives, whether it answers searches, and its numbers."""

from __future__ import annotations

import time
from ipaddress import ip_address, ip_network

from flask import Blueprint, Flask, Response, abort, current_app, g, make_response, request

from index.errors import MicroficheError
from web.current import engine, not_kept, settings
from web.metrics import CONTENT_TYPE, Metrics
from web.problems import answer
from web.proxies import passed_on

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether searches can be answered; raises, and so answers 503, where they cannot."""
    state = {"status": "ok", "articles": engine().articles(), "generation": engine().generation()}
    return not_kept(make_response(state))


@blueprint.get("/readyz")
def readyz() -> Response:
    """Whether to send readers here: the index is open and has answered."""
    try:
        engine().suggest("a")
        engine().generation()
    except MicroficheError as error:
        response = answer(503, "index_unavailable", str(error))
        response.headers["Retry-After"] = "5"
        return response
    return not_kept(Response("ready\n", mimetype="text/plain"))


@blueprint.get("/metrics")
def metrics() -> Response:
    """Numbers, for the addresses on the list; to all others there is no such page.

    A request that somebody passed on without being trusted could come from anywhere.
    """
    if not _may_read():
        abort(404)
    kept: Metrics = current_app.extensions["microfiche.metrics"]
    return not_kept(Response(kept.text(engine()), content_type=CONTENT_TYPE))


def _may_read() -> bool:
    try:
        client = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return not passed_on(request.environ) and any(
        client in ip_network(network) for network in settings().metrics_for
    )


def watch(app: Flask, metrics: Metrics) -> None:
    """Count every answer of ``app``."""
    app.extensions["microfiche.metrics"] = metrics

    @app.before_request
    def began() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def answered(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in {"GET", "HEAD", "OPTIONS"} else "other"
        began = g.get("began", time.perf_counter())
        metrics.answered(route, method, response.status_code, time.perf_counter() - began)
        return response
