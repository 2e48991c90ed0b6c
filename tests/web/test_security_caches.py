"""What caches may keep, and that nobody can put something else into them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.engine import Engine, open_archive
from tests.conftest import Program
from web import Settings, create_app

EVIL = "evil.example"
SPOOFS = [
    {"Host": EVIL},
    {"Host": f"{EVIL}:443"},
    {"Host": f"127.0.0.1@{EVIL}"},
    {"Host": f"127.0.0.1.{EVIL}"},
    {"Host": "6.6.6.6"},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Proto": "evil"},
    {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-Forwarded-Port": "666"},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-URL": f"//{EVIL}/"},
    {"X-Rewrite-URL": f"//{EVIL}/"},
    {"X-Forwarded-Scheme": "evil"},
    {"X-HTTP-Method-Override": "DELETE"},
]
WITH_ADDRESSES = ("/search.atom?q=ferry", "/suggest?q=fer", "/embed", "/search?q=ferry",
                  "/search.json?q=ferry", "/api/v1/search?q=ferry", "/nowhere")  # fmt: skip


def site(archive: Path, engine: Engine, **settings: str) -> FlaskClient:
    return create_app(Settings(archive=archive, **settings), engine).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("spoof", SPOOFS, ids=str)
@pytest.mark.parametrize("base_url", ["", "https://archive.example/old"])
def test_nothing_a_client_says_of_where_it_is_comes_back(
    sample: Engine, sample_archive: Path, spoof: dict[str, str], base_url: str
) -> None:
    client = site(sample_archive, sample, base_url=base_url)
    for path in WITH_ADDRESSES:
        plain, spoofed = client.get(path), client.get(path, headers=spoof)
        assert EVIL not in spoofed.text
        assert "6.6.6.6" not in spoofed.text
        assert ":666" not in spoofed.text
        assert not [value for _, value in spoofed.headers if EVIL in value or "666" in value]
        assert spoofed.status_code == plain.status_code
        assert spoofed.headers.get("ETag") == plain.headers.get("ETag")


def test_what_is_read_elsewhere_has_the_address_that_was_set(
    sample: Engine, sample_archive: Path
) -> None:
    client = site(sample_archive, sample, base_url="https://archive.example/old/".rstrip("/"))
    feed = client.get("/search.atom?q=ferry").text
    assert 'href="https://archive.example/old/search?q=ferry"' in feed
    assert (
        'rel="self" type="application/atom+xml" href="https://archive.example/old/search.atom?q=ferry"'
        in feed
    )
    assert "localhost" not in feed
    assert (
        client.get("/suggest?q=fer")
        .get_json(force=True)[3][0]
        .startswith("https://archive.example/old/")
    )
    assert 'endpoint="https://archive.example/old"' in client.get("/embed").text.replace(
        "&#34;", '"'
    ).replace("&quot;", '"')


# -- behind a proxy

PROXY = "10.0.0.9"
SAID = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "paper.example",
    "X-Forwarded-Prefix": "/archive",
}


def test_a_trusted_proxy_is_believed_and_nobody_else(sample: Engine, sample_archive: Path) -> None:
    client = site(sample_archive, sample, trusted_proxy=PROXY)

    def feed(address: str, **changed: str) -> str:
        return client.get(
            "/search.atom?q=ferry",
            headers={**SAID, **changed},
            environ_overrides={"REMOTE_ADDR": address},
        ).text

    assert 'href="https://paper.example/archive/search?q=ferry"' in feed(PROXY)
    for stranger in ("10.0.0.8", "127.0.0.1", "::1"):
        assert "paper.example" not in feed(stranger)
        assert "/archive/" not in feed(stranger)
    for prefix in (f"//{EVIL}", "/..", "/a b", "https://evil.example", "/<x>", "/a\\b"):
        assert EVIL not in feed(PROXY, **{"X-Forwarded-Prefix": prefix})
        assert 'href="https://paper.example/search?q=ferry"' in feed(
            PROXY, **{"X-Forwarded-Prefix": prefix}
        )


@pytest.mark.parametrize("path", ["/archive/search", "/search"])
def test_a_site_below_a_path_is_one_whether_or_not_the_proxy_takes_it_away(
    sample: Engine, sample_archive: Path, path: str
) -> None:
    client = site(sample_archive, sample, base_path="/archive")
    page = client.get(f"{path}?q=ferry")
    assert page.status_code == 200
    assert 'href="/archive/static/microfiche.css"' in page.text
    assert 'href="/archive/a/' in page.text
    assert client.get("/archivesearch").status_code == 404


# -- what is the same question


@pytest.mark.parametrize("path", ["/search", "/search.json", "/api/v1/search", "/search.atom", "/"])
def test_what_nobody_knows_changes_nothing(client: FlaskClient, path: str) -> None:
    def links_of(query: str) -> tuple[str, str | None]:
        response = client.get(f"{path}?{query}")
        text = response.text
        if response.is_json:
            text = json.dumps({**response.get_json(), "took_ms": 0})
        return text, response.headers.get("ETag")

    expected = links_of("q=ferry&page=1&sort=newest")
    for same in (
        "sort=newest&q=ferry",
        "q=ferry&sort=newest&utm_source=x&fbclid=y",
        "q=ferry&q=bridge&sort=newest&sort=oldest",
        "q=ferry&sort=newest&Q=bridge&page=",
        "cachebuster=1&sort=newest&q=ferry&__proto__=x&callback=evil",
    ):
        assert links_of(same) == expected
        assert "utm_source" not in links_of(same)[0]
    assert links_of("q=bridge&sort=newest")[1] != expected[1]
    assert client.get(f"{path}/ferry").status_code == 404 or path == "/"


def test_the_front_page_is_the_front_page_however_somebody_came(client: FlaskClient) -> None:
    assert client.get("/?utm_source=x").text == client.get("/").text
    assert "X-Robots-Tag" not in client.get("/?utm_source=x").headers


def test_callbacks_are_not_a_thing(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=ferry&callback=evil&jsonp=evil")
    assert response.mimetype == "application/json"
    assert response.text.startswith("{")


# -- what is still true


def test_the_tag_of_an_answer_is_another_as_soon_as_the_index_is(
    archive_of: Callable[..., Path], program: Program
) -> None:
    folder = archive_of({"id": "1", "title": "Herons", "text": "Back."})
    paths = ("/search?q=herons", "/search.json?q=herons", "/api/v1/search?q=herons", "/",
             "/search.atom?q=herons", "/facets/source", "/search.csv?q=herons")  # fmt: skip
    with open_archive(folder) as engine:
        client = site(folder, engine)
        before = {path: client.get(path).headers["ETag"] for path in paths}
        for path, tag in before.items():
            again = client.get(path, headers={"If-None-Match": tag})
            assert again.status_code == 304, path
            assert again.data == b""
            assert again.headers["Content-Security-Policy"]
        added = program(
            "add", "-", archive=folder, stdin='{"id": "2", "title": "More herons", "text": "Two."}'
        )
        assert added.returncode == 0
        for path, tag in before.items():
            changed = client.get(path, headers={"If-None-Match": tag})
            assert changed.status_code == 200, path
            assert changed.headers["ETag"] != tag
            changed.close()


def test_only_answers_are_kept_and_only_for_a_moment(client: FlaskClient) -> None:
    assert client.get("/search?q=ferry").headers["Cache-Control"] == "public, max-age=30"
    for path in ("/nowhere", "/a/nowhere", "/api/v1/search?page=x", "/api/v1/nowhere",
                 "/healthz", "/readyz", "/metrics"):  # fmt: skip
        assert client.get(path).headers["Cache-Control"] == "no-store", path
    assert client.post("/search").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/search", "/search.json", "/api/v1/search", "/search.atom", "/search.csv"]
)
def test_a_partial_answer_is_not_kept(sample_archive: Path, path: str) -> None:
    with open_archive(sample_archive, most_seconds=0) as engine:
        response = site(sample_archive, engine).get(f"{path}?q=ferry+strike")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
        response.close()
