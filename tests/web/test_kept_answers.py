"""Answers that are given again: the same to the letter, and never those of another question."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import search.dates
from search.engine import Engine, open_archive
from tests.conftest import Program
from web import Settings, create_app
from web.kept import KeptAnswers

PATHS = (
    "/search?q=ferry",
    "/search.json?q=ferry",
    "/search.svg?q=ferry",
    "/search.atom?q=ferry",
    "/embed/frame?q=ferry",
    "/facets/source?q=ferry",
    "/facets/source.json?q=ferry",
    "/author/Paige%20Thornbury",
    "/day/2022-09-14",
    "/author/Paige%20Thornbury.json",
    "/source/Northfield%20Courier.atom",
    "/day/2022-09-14.svg",
)


def site(archive: Path, engine: Engine, **settings: object) -> FlaskClient:
    chosen = Settings(archive=archive, metrics_for=("127.0.0.1",), **settings)  # type: ignore[arg-type]
    return create_app(chosen, engine).test_client()


def searches(client: FlaskClient) -> int:
    """How many searches the engine was asked for."""
    return told(client, "microfiche_search_seconds_count")


def given_again(client: FlaskClient) -> int:
    return told(client, "microfiche_kept_answers_total")


def told(client: FlaskClient, name: str) -> int:
    value = re.search(rf"^{name} (\d+)", client.get("/metrics").text, re.M)
    assert value
    return int(value[1])


def lasting(answer: TestResponse) -> list[tuple[str, str]]:
    """The headers of `answer`, but for the second it was given in."""
    return sorted((name, value) for name, value in answer.headers if name != "Date")


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_searched_for_once(sample: Engine, sample_archive: Path, path: str) -> None:
    client = site(sample_archive, sample, frame_origins=("https://paper.example",))
    first = client.get(path)
    before = searches(client)
    assert given_again(client) == 0
    again = client.get(path)
    assert given_again(client) == 1
    assert (first.status_code, searches(client)) == (200, before)
    assert again.data == first.data
    assert lasting(again) == lasting(first)
    head = client.head(path)
    assert (head.data, head.content_length) == (b"", first.content_length)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert searches(client) == before


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_kept_where_there_is_no_room(
    sample: Engine, sample_archive: Path, path: str
) -> None:
    client = site(sample_archive, sample, keep_megabytes=0)
    client.get(path)
    before = searches(client)
    client.get(path)
    assert searches(client) > before


def test_what_is_cut_short_is_searched_for_again(sample_archive: Path) -> None:
    with open_archive(sample_archive, most_seconds=0.0) as hurried:
        client = site(sample_archive, hurried)
        assert client.get("/search.json?q=ferry").json["partial"]  # type: ignore[index]
        client.get("/search.json?q=ferry")
        assert searches(client) == 2


def test_each_question_has_its_own_answer(sample: Engine, sample_archive: Path) -> None:
    client = site(sample_archive, sample)
    asked = ["/", "/search?q=ferry", "/search?q=Ferry", "/search?q=ferry&sort=newest",
             "/search?q=ferry&page=2", "/search?q=ferry&year=2024", "/search.json?q=ferry",
             "/search.json?q=ferry&explain=1"]  # fmt: skip
    first = [client.get(path).data for path in asked]
    assert [client.get(path).data for path in asked] == first
    assert len(set(first)) == len(asked)


def test_a_new_article_changes_the_answer(
    archive_of: Callable[..., Path], program: Program
) -> None:
    archive = archive_of({"title": "The ferry is back", "text": "It sailed on Monday."})
    with open_archive(archive) as engine:
        client = site(archive, engine)
        before = client.get("/search.json?q=ferry")
        late = "The ferry is late again\n\nThe one from Eastport came an hour late.\n"
        assert program("add", "-", archive=archive, stdin=late).returncode == 0
        after = client.get("/search.json?q=ferry")
        assert (before.json["total"], after.json["total"]) == (1, 2)  # type: ignore[index]
        assert after.headers["ETag"] != before.headers["ETag"]


def test_at_midnight_last_week_is_another_one(
    sample: Engine, sample_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site(sample_archive, sample)
    path = "/search.json?q=ferry&from=last+week&counting=today"

    def on(day: date) -> tuple[str, str]:
        class At(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

        monkeypatch.setattr(search.dates, "datetime", At)
        answer = client.get(path)
        return answer.json["query"]["from"], answer.headers["ETag"]  # type: ignore[index]

    (monday, tag), (later, other) = on(date(2024, 5, 6)), on(date(2024, 5, 14))
    assert monday != later
    assert tag != other
    assert on(date(2024, 5, 6)) == (monday, tag)


def test_a_trusted_proxy_gets_the_addresses_of_its_own_site(
    sample: Engine, sample_archive: Path
) -> None:
    client = site(sample_archive, sample, trusted_proxy="127.0.0.1")
    for host in ("one.example", "two.example") * 2:
        told = client.get("/search.atom?q=ferry", headers={"X-Forwarded-Host": host})
        assert f"http://{host}/" in told.text
        assert len(set(re.findall(r"\b\w+\.example(?=/search)", told.text))) == 1


def noise(size: int) -> bytes:
    """Bytes that do not shrink."""
    return random.Random(size).randbytes(size)


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    answers = KeptAnswers(32_000)
    for name in "abcdefghijklmnopqrst":
        answers.keep(name, Response(noise(1_000)))
        assert answers.again("a") is not None, "what is asked for all the time stays"
    there = [name for name in "abcdefghijklmnopqrst" if answers.again(name) is not None]
    assert there[0] == "a"
    assert there[1:] == list("abcdefghijklmnopqrst")[-len(there) + 1 :]
    assert 10 <= len(there) <= 20


def test_a_large_answer_does_not_drive_out_the_others() -> None:
    answers = KeptAnswers(32_000)
    answers.keep("small", Response(b"small"))
    answers.keep("large", Response(noise(5_000)))
    assert answers.again("large") is None
    assert answers.again("small") is not None
