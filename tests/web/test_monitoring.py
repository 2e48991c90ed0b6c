"""What monitors are told, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.engine import Engine, open_archive
from web import Settings, create_app


def numbers(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and its labels, which are sorted by theirs."""
    response = client.get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_everything_is_counted_and_nothing_personal(sample: Engine, sample_archive: Path) -> None:
    settings = Settings(archive=sample_archive, metrics_for=("127.0.0.1",), rate_limit="4/hour")
    client = create_app(settings, sample).test_client()
    for _ in range(3):
        client.get("/search?q=secretword")
    client.get("/a/secretarticle")
    client.get("/secretpath")
    told = numbers(client)
    assert told["microfiche_requests_total", "GET", "/search", "200"] == 3
    assert told["microfiche_requests_total", "GET", "/a/<id>", "404"] == 1
    assert told["microfiche_requests_total", "GET", "none", "429"] == 1
    assert told["microfiche_request_seconds_count", "/search"] == 3
    assert told["microfiche_search_seconds_count",] == 1
    assert told["microfiche_kept_answers_total",] == 2
    assert told["microfiche_limited_requests_total",] == 1
    assert told["microfiche_partial_searches_total",] == 0
    assert told["microfiche_articles",] == sample.articles()
    assert told["microfiche_segments",] == 1
    assert told["microfiche_index_info", sample.generation()] == 1
    assert "secret" not in client.get("/metrics").text
    assert "127.0.0.1" not in client.get("/metrics").text


def test_a_partial_search_is_counted(sample_archive: Path) -> None:
    settings = Settings(archive=sample_archive, metrics_for=("127.0.0.1",))
    with open_archive(sample_archive, most_seconds=0) as engine:
        client = create_app(settings, engine).test_client()
        assert client.get("/search.json?q=ferry").get_json()["partial"]
        assert numbers(client)["microfiche_partial_searches_total",] == 1


@pytest.mark.parametrize(
    ("allowed", "address", "headers", "status"),
    [
        ((), "127.0.0.1", {}, 404),
        (("127.0.0.1",), "127.0.0.1", {}, 200),
        (("127.0.0.1",), "127.0.0.2", {}, 404),
        (("10.0.0.0/8", "::1"), "10.200.1.1", {}, 200),
        (("10.0.0.0/8", "::1"), "::1", {}, 200),
        (("10.0.0.0/8",), "11.0.0.1", {}, 404),
        # A proxy on this machine passes everybody on from 127.0.0.1.
        (("127.0.0.1",), "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 404),
        (("127.0.0.1",), "127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        (("203.0.113.7",), "203.0.113.9", {"X-Forwarded-For": "203.0.113.7"}, 404),
        (("203.0.113.7",), "10.0.0.9", {"X-Forwarded-For": "203.0.113.7"}, 200),
        (("10.0.0.9",), "10.0.0.9", {"X-Forwarded-For": "203.0.113.7"}, 404),
    ],
)
def test_only_those_on_the_list_read_the_metrics(
    sample: Engine,
    sample_archive: Path,
    allowed: tuple[str, ...],
    address: str,
    headers: dict[str, str],
    status: int,
) -> None:
    settings = Settings(archive=sample_archive, metrics_for=allowed, trusted_proxy="10.0.0.9")
    client = create_app(settings, sample).test_client()
    overrides = {"REMOTE_ADDR": address}
    answer = client.get("/metrics", headers=headers, environ_overrides=overrides)
    assert answer.status_code == status


def test_a_site_without_its_index_lives_and_is_not_ready(
    archive_of: Callable[..., Path],
) -> None:
    folder = archive_of({"id": "1", "title": "Herons", "text": "Back."})
    with open_archive(folder) as engine:
        client = create_app(Settings(archive=folder), engine).test_client()
        assert client.get("/readyz").text == "ready\n"
        pointer = folder / "index" / "current.json"
        pointer.rename(pointer.with_suffix(".away"))
        away = client.get("/readyz")
        assert away.status_code == 503
        assert int(away.headers["Retry-After"]) > 0
        assert client.get("/help").status_code in {200, 503}
        pointer.with_suffix(".away").rename(pointer)
        assert client.get("/readyz").status_code == 200
