"""How much is let in at once, and what those are told who are not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from search.embedded import EmbeddedEngine
from search.engine import Engine, open_archive
from search.request import SearchRequest
from search.results import SearchPage
from web import Settings, create_app

WAY = {"REMOTE_ADDR": "10.0.0.1"}
WORDS = ("ferry", "strike", "bridge", "toll", "harbour", "council", "said", "the", "and", "of")


@pytest.fixture
def limited(sample: Engine, sample_archive: Path) -> Callable[..., FlaskClient]:
    def make(rate: str, trusted_proxy: str = "") -> FlaskClient:
        settings = Settings(archive=sample_archive, rate_limit=rate, trusted_proxy=trusted_proxy)
        return create_app(settings, sample).test_client()

    return make


def burst(client: FlaskClient, number: int, address: str, **headers: str) -> list[int]:
    """The statuses of so many requests from one address, one after the other."""
    return [
        client.get(
            "/api/v1/stats", environ_overrides={"REMOTE_ADDR": address}, headers=headers
        ).status_code
        for _ in range(number)
    ]


def test_a_burst_is_told_when_to_come_back_and_then_let_in(
    limited: Callable[..., FlaskClient],
) -> None:
    client = limited("5/second")
    assert burst(client, 5, "10.0.0.1") == [200] * 5
    for _ in range(200):  # on a busy machine the second is over sooner than five requests
        refused = client.get("/search?q=ferry", environ_overrides=WAY)
        if refused.status_code == 429:
            break
    assert refused.status_code == 429
    assert "5 requests a second are allowed" in refused.text
    assert refused.headers["Cache-Control"] == "no-store"
    wait = int(refused.headers["Retry-After"])
    assert wait == 1
    time.sleep(wait)
    assert burst(client, 1, "10.0.0.1") == [200]


def test_one_client_does_not_use_up_what_others_may_ask(
    limited: Callable[..., FlaskClient],
) -> None:
    client = limited("2/hour")
    assert burst(client, 3, "10.0.0.1") == [200, 200, 429]
    assert burst(client, 3, "10.0.0.2") == [200, 200, 429]
    # A household has more addresses of IPv6 than there are people; it counts as one.
    assert burst(client, 2, "2001:db8:1:2::1") + burst(client, 1, "2001:db8:1:2::ffff") == [
        200,
        200,
        429,
    ]
    assert burst(client, 1, "2001:db8:1:3::1") == [200]
    assert burst(client, 1, "::ffff:10.0.0.1") == [429]


def test_what_a_client_says_of_its_address_counts_only_from_the_trusted_proxy(
    limited: Callable[..., FlaskClient],
) -> None:
    client = limited("2/hour")
    lies = [burst(client, 1, "10.0.0.1", **{"X-Forwarded-For": f"10.1.1.{n}"})[0] for n in range(3)]
    assert lies == [200, 200, 429]
    client = limited("2/hour", "10.0.0.9")
    for reader in ("10.1.1.1", "10.1.1.2"):
        assert burst(client, 3, "10.0.0.9", **{"X-Forwarded-For": reader}) == [200, 200, 429]
    # Only the last address is the proxy's word; those before it are the client's.
    spoofed = {"X-Forwarded-For": "10.7.7.7, 10.1.1.1"}
    assert burst(client, 1, "10.0.0.9", **spoofed) == [429]


def test_programs_get_a_problem_and_monitors_and_style_sheets_are_free(
    limited: Callable[..., FlaskClient],
) -> None:
    client = limited("1/hour")
    assert [client.get("/api/v1/stats").status_code for _ in range(2)] == [200, 429]
    problem = client.get("/api/v1/stats")
    assert problem.mimetype == "application/problem+json"
    assert problem.get_json()["code"] == "too_many_requests"
    for path in ("/static/microfiche.css", "/healthz", "/readyz"):
        with client.get(path) as response:
            assert response.status_code == 200


# -- searches at once


class Held(EmbeddedEngine):
    """An engine whose searches for "ferry" take until they are let go: load, made to order."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.searching = threading.Semaphore(0)
        self.go = threading.Event()

    def search(self, request: SearchRequest) -> SearchPage:
        if request.q == "ferry":
            self.searching.release()
            assert self.go.wait(30)
        return super().search(request)


def test_a_crowd_is_turned_away_and_readers_go_on_reading(sample_archive: Path) -> None:
    with Held(sample_archive) as engine:
        app = create_app(Settings(archive=sample_archive, searches_at_once=2), engine)
        id = engine.search(SearchRequest(q="toll bill")).hits[0].held.article.id
        answers: list[int] = []

        def ask() -> None:
            answers.append(app.test_client().get("/search?q=ferry").status_code)

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for thread in asking:
            thread.start()
            assert engine.searching.acquire(timeout=30)
        client = app.test_client()
        began = time.perf_counter()
        page = client.get("/search?q=bridge")
        took = time.perf_counter() - began
        problem = client.get("/api/v1/search?q=bridge")
        assert (page.status_code, problem.status_code) == (503, 503)
        assert 0.2 < took < 5
        assert page.headers["Retry-After"] == problem.headers["Retry-After"] == "1"
        assert problem.get_json()["code"] == "busy"
        assert 'role="alert"' in page.text
        for path in (f"/a/{id}?q=toll", "/suggest?q=fer", "/healthz", "/readyz"):
            assert client.get(path).status_code == 200
        engine.go.set()
        for thread in asking:
            thread.join(30)
        assert answers == [200, 200]
        assert client.get("/search?q=bridge").status_code == 200


def test_a_search_that_fails_gives_its_place_back(sample_archive: Path) -> None:
    class Failing(EmbeddedEngine):
        def search(self, request: SearchRequest) -> SearchPage:
            raise ZeroDivisionError

    with Failing(sample_archive) as engine:
        app = create_app(Settings(archive=sample_archive, searches_at_once=1), engine)
        client = app.test_client()
        assert [client.get("/search?q=x").status_code for _ in range(3)] == [500] * 3


# -- the time of one search


# Many parts, each a search of its own: long for any archive.
LONG = " OR ".join(f'"{a} {b}"~9' for a in WORDS for b in WORDS if a < b)[:2_000]


def test_a_search_past_its_time_answers_with_what_it_has(
    sample_archive: Path, serve: Callable[..., str]
) -> None:
    """In a thread of the real server: no signal, no timer that only a main thread has."""

    def ask(*options: str) -> dict[str, object]:
        site = serve(sample_archive, *options)
        with urlopen(f"{site}/api/v1/search?q={quote(LONG)}", timeout=60) as response:
            answer: dict[str, object] = json.load(response)
            return answer

    assert ask()["partial"] is False
    hurried = ask("--search-seconds", "0.001")
    assert hurried["partial"] is True
    assert hurried["total_is_exact"] is False


def test_the_bound_on_time_is_the_setting(sample_archive: Path) -> None:
    asked = SearchRequest(q=LONG)
    with open_archive(sample_archive) as patient:
        assert not patient.search(asked).partial
    with open_archive(sample_archive, most_seconds=0) as hasty:
        assert hasty.search(asked).partial
        assert hasty.search(replace(asked, page=2)).partial
