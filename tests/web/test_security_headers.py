"""What every answer carries, whatever was asked and whatever went wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.errors import IndexUnreadable
from search.engine import Engine
from web import Settings, create_app

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What an answer may have besides, each for its own reason.
SOMETIMES = {
    "Content-Type", "Content-Length", "Cache-Control", "ETag", "Vary", "Allow", "Retry-After",
    "Link", "X-Robots-Tag", "Content-Disposition", "X-Total-Count", "X-Partial", "Last-Modified",
    "Date", "Accept-Ranges", "Content-Language", "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers", "Access-Control-Allow-Methods", "Access-Control-Max-Age",
}  # fmt: skip
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
TELLTALE = re.compile(r"Traceback|File \"|werkzeug|waitress|Flask|Python/|site-packages", re.I)
PAPER = "https://paper.example"


@pytest.fixture
def app(sample: Engine, sample_archive: Path) -> Flask:
    """A site with everything on, and four pages on which something goes wrong."""
    settings = Settings(archive=sample_archive, origins=(PAPER,), metrics_for=("127.0.0.1",))
    site = create_app(settings, sample)

    @site.get("/wrong/<int:status>")
    @site.get("/api/wrong/<int:status>")
    def wrong(status: int) -> str:
        if status == 500:
            raise ZeroDivisionError("a secret")
        if status == 503:
            raise IndexUnreadable("the index is gone; run microfiche rebuild")
        abort(status)

    return site


@pytest.fixture
def asked(app: Flask) -> FlaskClient:
    return app.test_client()


def check(response: TestResponse, path: str) -> None:
    headers = dict(response.headers)
    expected = dict(ALWAYS)
    for_others = ("/api/", "/embed.js", "/search.svg")
    drawn = path.endswith(".svg") and path.startswith(("/author/", "/source/", "/day/"))
    if drawn or path.startswith(for_others) or (path.endswith(".js") and path.startswith("/embed")):
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
    if path == "/embed/frame":  # what it sends where a list of sites is set is tried below
        expected = {name: ALWAYS[name] for name in set(ALWAYS) & set(headers)}
        expected["Content-Security-Policy"] = POLICY.replace("'none'; req", "'self'; req")
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
    assert {name: headers.get(name) for name in expected} == expected, path
    assert set(headers) <= set(ALWAYS) | SOMETIMES, path
    assert not TELLTALE.search(response.get_data(as_text=True)), path
    assert "Server" not in headers
    assert "Set-Cookie" not in headers
    if response.status_code >= 400:
        assert headers["Cache-Control"] == "no-store", path


def test_every_route_by_every_method_has_the_headers_and_nothing_more(
    app: Flask, asked: FlaskClient
) -> None:
    id = asked.get("/search.json?q=ferry").get_json()["results"][0]["id"]
    given = {"id": id, "facet": "author", "filename": "embed.js", "status": "404"}
    given |= {"author": "Jane Hollister", "source": "Northfield Courier", "day": "2022-01-19"}
    seen: set[int] = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: given.get(match[1], "x"), rule.rule)
        for method in METHODS:
            response = asked.open(path, method=method)
            seen.add(response.status_code)
            check(response, path)
            if method not in {"GET", "HEAD", "OPTIONS"}:
                assert response.status_code == 405
                assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
            if method == "HEAD":
                assert response.get_data() == b""
            response.close()
    assert {200, 404, 405} <= seen


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 414, 415, 429, 500, 503])
@pytest.mark.parametrize("path", ["/wrong/{}", "/api/wrong/{}"])
def test_every_error_is_a_plain_answer(asked: FlaskClient, status: int, path: str) -> None:
    response = asked.get(path.format(status))
    assert response.status_code == status
    check(response, path)
    assert response.mimetype == (
        "application/problem+json" if path.startswith("/api/") else "text/html"
    )
    assert "a secret" not in response.get_data(as_text=True)
    if status == 503:
        assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 414, 429, 500, 503])
def test_an_error_is_told_in_plain_words_and_announced(asked: FlaskClient, status: int) -> None:
    page = BeautifulSoup(asked.get(f"/wrong/{status}").data, "lxml")
    alert = page.select_one("[role=alert]")
    assert alert is not None
    assert len(alert.get_text(strip=True)) > 20
    assert alert.select_one("h1") is not None
    assert page.select_one("main [role=alert] a[href='/']") is not None


def test_the_frame_may_be_shown_by_the_sites_on_the_list_and_nothing_else_by_anybody(
    sample: Engine, sample_archive: Path
) -> None:
    settings = Settings(archive=sample_archive, frame_origins=(PAPER, "http://127.0.0.1:9"))
    client = create_app(settings, sample).test_client()
    for path in ("/", "/search", "/embed", "/embed/frame/x", "/api/v1/stats", "/embed.js"):
        response = client.get(path)
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "DENY"
        response.close()
    framed = client.get("/embed/frame").headers
    assert (
        f"frame-ancestors 'self' {PAPER} http://127.0.0.1:9;" in framed["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in framed
    alone = create_app(Settings(archive=sample_archive), sample).test_client()
    refused = alone.get("/embed/frame").headers
    assert "frame-ancestors 'self';" in refused["Content-Security-Policy"]  # for our own preview


# -- CORS

ORIGINS = [
    (PAPER, True),
    ("http://localhost:8081", True),
    ("https://paper.example:443", False),
    ("https://paper.example:8443", False),
    ("http://paper.example", False),
    ("https://PAPER.example", False),
    ("HTTPS://paper.example", False),
    ("https://paper.example.", False),
    ("https://paper.example/", False),
    ("https://paper.example.evil.example", False),
    ("https://evilpaper.example", False),
    ("https://paper.example@evil.example", False),
    ("https://user@paper.example", False),
    ("https://sub.paper.example", False),
    ("https://paper.examplee", False),
    ("https://paper%2eexample", False),
    ("http://localhost:8082", False),
    ("http://localhost", False),
    ("null", False),
    ("file://", False),
    ("*", False),
    ("https://paper.example, https://evil.example", False),
    ("", False),
]


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_an_origin_is_compared_whole(
    sample: Engine, sample_archive: Path, origin: str, allowed: bool, method: str
) -> None:
    settings = Settings(archive=sample_archive, origins=(PAPER, "http://localhost:8081"))
    client = create_app(settings, sample).test_client()
    for path in ("/api/v1/search?q=ferry", "/api/v1/nowhere", "/api/v1/search?page=x"):
        response = client.open(path, method=method, headers={"Origin": origin})
        headers = response.headers
        assert headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        assert "Origin" in headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in headers
        preflight = headers.get("Access-Control-Max-Age")
        assert preflight == ("600" if allowed and method == "OPTIONS" else None)
    for path in ("/search?q=ferry", "/", "/healthz"):
        page = client.open(path, method=method, headers={"Origin": origin})
        assert not [name for name, _ in page.headers if name.startswith("Access-Control")]


def test_where_all_may_ask_the_answer_does_not_differ_by_who_asks(
    sample: Engine, sample_archive: Path
) -> None:
    client = create_app(Settings(archive=sample_archive, origins=("*",)), sample).test_client()
    for origin in (PAPER, "null", ""):
        headers = client.get("/api/v1/stats", headers={"Origin": origin}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Origin" not in headers.get("Vary", "")


def test_a_preflight_allows_reading_and_nothing_else(asked: FlaskClient) -> None:
    response = asked.options(
        "/api/v1/search",
        headers={
            "Origin": PAPER,
            "Access-Control-Request-Method": "DELETE",
            "Access-Control-Request-Headers": "Authorization",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Headers" not in response.headers
