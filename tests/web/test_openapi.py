"""The API's document: valid, complete, true to the answers, and answered as it says."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.engine import open_archive
from tests.web.cases import DOCUMENT, described, tried
from web import Settings, create_app
from web.openapi import document
from web.operations import OPERATIONS
from web.problems import KINDS, Code

Json = dict[str, Any]
# What no program asks: pages, and what monitors and browsers need.
_FOR_OTHERS = re.compile(
    r"/(?:search|help.*|about|embed.*|robots\.txt|opensearch\.xml|healthz|readyz|metrics|suggest"
    r"|facets/<facet>|static/.*|a/<id>(?:/cite)?|(?:author|source)/<path:name>(?:\.html)?|day/<text>)?"
)


@pytest.fixture(scope="module")
def app(sample_archive: Path) -> Iterator[Flask]:
    with open_archive(sample_archive) as engine:
        yield create_app(Settings(archive=sample_archive), engine)


@pytest.fixture(scope="module")
def ids(app: Flask) -> list[str]:
    found = app.test_client().get("/api/v1/search?per_page=100&dedupe=off").get_json()
    return [result["id"] for result in found["results"]]


@pytest.fixture(scope="module")
def strict() -> Json:
    """The document's schemas, with no key allowed that they do not name."""
    schemas = copy.deepcopy(document("")["components"]["schemas"])
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return {"components": {"schemas": schemas}}


def _faults(strict: Json, name: str, answer: object) -> list[str]:
    schema = {**strict, "$ref": f"#/components/schemas/{name}"}
    validator = jsonschema_rs.Draft202012Validator(schema)
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(answer)]


def test_the_document_is_valid_openapi_3_1(app: Flask) -> None:
    given = app.test_client().get(DOCUMENT)
    assert given.get_json()["openapi"] == "3.1.0"
    described(app).validate()


def test_the_document_has_every_address_that_programs_use(app: Flask) -> None:
    routed = {
        re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if not _FOR_OTHERS.fullmatch(rule.rule)
    }
    assert routed == {operation.path for operation in OPERATIONS}


def test_everything_in_the_document_is_said_in_words(app: Flask) -> None:
    given = document("")
    for path, operations in given["paths"].items():
        assert operations["get"]["summary"], path
    for parameter in given["components"]["parameters"].values():
        assert len(parameter["description"]) > 15, parameter
    for name, schema in given["components"]["schemas"].items():
        assert schema["description"], name


def test_every_code_of_an_error_has_its_line(app: Flask) -> None:
    assert set(KINDS) == set(get_args(Code))
    given = document("")
    for code, kind in KINDS.items():
        assert f"| `{code}` | {kind.status} |" in given["info"]["description"]


def test_addresses_in_the_document_are_below_the_path_it_is_served_under(app: Flask) -> None:
    client = app.test_client()
    assert client.get(DOCUMENT).get_json()["servers"] == [{"url": "/"}]
    given = client.get(DOCUMENT, environ_overrides={"SCRIPT_NAME": "/news"}).get_json()
    assert given["servers"] == [{"url": "/news"}]


def test_the_examples_are_what_the_document_says(strict: Json) -> None:
    given = document("")
    answers = [operations["get"]["responses"]["200"] for operations in given["paths"].values()]
    shown = [answer["content"].get("application/json") for answer in answers]
    examples = [content for content in shown if content and "example" in content]
    assert len(examples) >= 7
    for content in examples:
        name = content["schema"]["$ref"].rpartition("/")[2]
        assert _faults(strict, name, content["example"]) == []
    for response in given["components"]["responses"].values():
        for content in response.get("content", {}).values():
            assert _faults(strict, "Problem", content["example"]) == []


_ANSWERS = [
    ("Search", "/api/v1/search?q=ferry+strike"),
    ("Search", "/search.json?q=%22harbour+bridge%22+toll&explain=1&interval=week"),
    ("Search", "/api/v1/search?q=words:%3E20+governer~&explain=1&match=any"),
    ("Search", "/api/v1/search?q=fery+zeppelinonsense&from=2021&to=last+week"),
    ("Search", "/api/v1/search?cursor=%2A&per_page=3&-lang=en"),
    ("Search", "/api/v1/search?per_page=100&dedupe=off"),
    ("Search", "/author/Jane%20Hollister.json?q=ferry"),
    ("Search", "/source/Northfield%20Courier.json?cursor=%2A"),
    ("Search", "/day/2022-01-19.json"),
    ("Problem", "/author/Nobody.json"),
    ("Values", "/api/v1/facets/author?q=bridge"),
    ("Values", "/facets/year.json"),
    ("Suggestions", "/api/v1/suggest?q=harb"),
    ("Suggestions", "/api/v1/suggest?q=j"),
    ("Stats", "/api/v1/stats"),
    ("Problem", "/api/v1/search?page=none"),
    ("Problem", "/api/v1/articles/none"),
    ("Problem", "/api/v1/nothing"),
]


@pytest.mark.parametrize(("name", "address"), _ANSWERS)
def test_answers_are_what_the_document_says(
    app: Flask, strict: Json, name: str, address: str
) -> None:
    assert _faults(strict, name, app.test_client().get(address).get_json()) == []


def test_every_article_is_what_the_document_says(app: Flask, strict: Json, ids: list[str]) -> None:
    client = app.test_client()
    for id in ids:
        for name, behind in (
            ("WholeArticle", ""),
            ("Similar", "/similar"),
            ("Versions", "/versions"),
        ):
            answer = client.get(f"/api/v1/articles/{id}{behind}").get_json()
            assert _faults(strict, name, answer) == [], id


def test_an_unknown_key_would_be_seen(client: FlaskClient, strict: Json) -> None:
    answer = client.get("/api/v1/stats").get_json()
    assert _faults(strict, "Stats", answer | {"surprise": 1})
    del answer["segments"]
    assert _faults(strict, "Stats", answer)


def test_made_up_requests_are_answered_as_the_document_says(app: Flask, ids: list[str]) -> None:
    # Of addresses that are read alike, one: all of them have their turn at night.
    alike = r"^/(?:source|day)/|^/author/.*\.(?!json$)\w+$"
    found = tried(app, ids, examples=2, without=alike)
    assert found.faults == ()
    assert found.requests > 300


@pytest.mark.nightly
@pytest.mark.timeout(1_800)
def test_five_thousand_made_up_requests_are_answered_as_the_document_says(
    app: Flask, ids: list[str]
) -> None:
    found = tried(app, ids, examples=120, seed=int(os.environ.get("MICROFICHE_SEED", "1")))
    assert found.faults == ()
    assert found.requests >= 5_000
