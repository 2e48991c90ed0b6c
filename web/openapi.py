"""The API's document (OpenAPI 3.1), made of the types of the answers and of the parameters that
addresses are read with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus
from importlib.resources import files
from typing import Annotated, Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import msgspec

import index.answers
import search.answers
from web.kinds import Parameter
from web.operations import IN_PATHS, OPERATIONS, Answer, Operation
from web.problems import KINDS, Problem

_Json = dict[str, Any]

_ABOUT = """\
Everything is read with GET; HEAD and OPTIONS work everywhere, nothing redirects, and no key is
needed. Parameters that are not listed are left out of account; one that is empty counts as not
given. Keys are only ever added to answers: leave those that you do not know alone.

Answers carry an `ETag`: send it back as `If-None-Match`, and an answer that has not changed is
304. Addresses in answers are paths on this server.

An error is `application/problem+json` (RFC 9457). Compare its `code`, which is stable:

| code | status | |
|---|---|---|
"""
_PLAIN: dict[type | None, str] = {dict: "object", list: "array"}
_ALWAYS = (400, 414, 429, 500, 503)  # statuses of errors that any address may answer with
_HEADERS: dict[str, tuple[str, _Json]] = {
    "ETag": ("Names this state of the answer; for If-None-Match.", {"type": "string"}),
    "Cache-Control": ("How long the answer may be kept.", {"type": "string"}),
    "Link": ("The addresses of the next, previous and first page (RFC 8288).", {"type": "string"}),
    "X-Total-Count": ("Results, or values, in all.", {"type": "integer", "minimum": 0}),
    "X-Partial": (
        "Whether the search was ended early, and there may be more.",
        {"type": "string", "enum": ["true", "false"]},
    ),
    "Content-Disposition": ("A name for the file.", {"type": "string"}),
    "Retry-After": ("Seconds to wait before asking again.", {"type": "integer", "minimum": 0}),
}


def document(root: str) -> _Json:
    """The document of the API that is served below the path ``root``."""
    codes = "\n".join(f"| `{code}` | {kind.status} | {kind.meaning} |" for code, kind in _codes())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Microfiche",
            "summary": "Search a news archive",
            "description": f"{_ABOUT}{codes}\n",
            "version": "1",
        },
        "servers": [{"url": root or "/"}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": _components(),
    }


def _codes() -> Iterator[tuple[str, Any]]:
    yield from sorted(KINDS.items(), key=lambda pair: pair[1].status)


def _operation(operation: Operation) -> _Json:
    described: _Json = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": operation.summary,
        "parameters": [
            *(_in_path(name) for name in re.findall(r"{(\w+)}", operation.path)),
            *(_to("parameters", _key(one.name)) for one in operation.parameters),
            _to("parameters", "If-None-Match"),
        ],
        "responses": {
            "200": _answer(operation.answer),
            "304": _to("responses", _named(304)),
            **{
                str(status): _to("responses", _named(status))
                for status in sorted({*operation.errors, *_ALWAYS})
            },
        },
    }
    return {**described, "description": operation.about} if operation.about else described


def _answer(answer: Answer) -> _Json:
    shown: _Json = {"schema": {"type": "string"}}
    if answer.type in _PLAIN:
        shown = {"schema": {"type": _PLAIN[answer.type]}}
    elif answer.type is not None:
        name = answer.type.__name__
        shown = {"schema": _to("schemas", name), "example": _examples()[name]}
    return {
        "description": answer.about,
        "headers": {
            name: _to("headers", name) for name in ("ETag", "Cache-Control", *answer.headers)
        },
        "content": {answer.media: shown},
    }


@lru_cache(maxsize=1)
def _components() -> _Json:
    parameters = {
        _key(one.name): _parameter(one) for operation in OPERATIONS for one in operation.parameters
    }
    return {
        "schemas": _schemas(),
        "parameters": {**parameters, "If-None-Match": _if_none_match()},
        "headers": {
            name: {"description": about, "schema": schema}
            for name, (about, schema) in _HEADERS.items()
        },
        "responses": {_named(304): _unchanged(), **dict(map(_error, (404, 410, *_ALWAYS)))},
    }


def _parameter(one: Parameter) -> _Json:
    schema = one.schema()
    described: _Json = {"name": one.name, "in": "query", "description": one.about, "schema": schema}
    if schema["type"] == "array":
        described |= {"style": "form", "explode": True}
    else:
        described["allowEmptyValue"] = True
    if one.example:
        integer = schema["type"] == "integer"
        described["example"] = int(one.example) if integer else one.example
    return described


def _in_path(name: str) -> _Json:
    about, schema = IN_PATHS[name]
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema}


def _if_none_match() -> _Json:
    about = "The ETag of an answer that is at hand: 304 where it has not changed."
    return {
        "name": "If-None-Match",
        "in": "header",
        "description": about,
        "schema": {"type": "string"},
    }


def _unchanged() -> _Json:
    return {
        "description": "The answer at hand is still good.",
        "headers": {"ETag": _to("headers", "ETag")},
    }


def _error(status: int) -> tuple[str, _Json]:
    codes = [code for code, kind in _codes() if kind.status == status and code != "error"]
    example = {
        "type": f"/help/api#{codes[0]}",
        "title": codes[0].replace("_", " ").capitalize(),
        "status": status,
        "detail": KINDS[codes[0]].meaning,  # type: ignore[index]
        "code": codes[0],
    }
    described: _Json = {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(codes)}.",
        "content": {
            "application/problem+json": {"schema": _to("schemas", "Problem"), "example": example}
        },
    }
    if status in {429, 503}:
        described["headers"] = {"Retry-After": _to("headers", "Retry-After")}
    return _named(status), described


def _schemas() -> _Json:
    """The schemas of all types of answers. What stands beside a type is its description."""
    types = [
        one
        for one in (
            *vars(index.answers).values(),
            *vars(search.answers).values(),
            Problem,
        )
        if is_typeddict(one)
    ]
    _, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    for one in types:
        for key, about in _described(one):
            schemas[one.__name__]["properties"][key]["description"] = about
    return schemas


def _described(one: type) -> Iterator[tuple[str, str]]:
    """(key, what it means) of those keys of a type that say it."""
    for key, hint in get_type_hints(one, include_extras=True).items():
        inner = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        if get_origin(inner) is Annotated:
            yield key, " ".join(text for text in get_args(inner)[1:] if isinstance(text, str))


@lru_cache(maxsize=1)
def _examples() -> _Json:
    """An answer of each type, as the sample archive gives it, cut short."""
    examples: _Json = json.loads(files("web").joinpath("examples.json").read_text("utf-8"))
    return examples


def _key(name: str) -> str:
    """The name of a parameter among the components, where a leading dash is not allowed."""
    return f"not_{name[1:]}" if name.startswith("-") else name


def _named(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _to(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
