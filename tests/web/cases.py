"""Requests that schemathesis makes up from the API's document, and what it found wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import schemathesis
from flask import Flask
from hypothesis import strategies as st
from schemathesis import Case, HookContext
from schemathesis.engine import events, from_schema
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from search.bounds import fault
from search.cursor import Cursor
from search.request import MOST_RESULTS
from web.bounds import MOST_ADDRESS

DOCUMENT = "/api/v1/openapi.json"

# What the document's own formats mean: dates in words, and places to go on from.
schemathesis.openapi.format(
    "date-words",
    st.sampled_from(["1987", "2021-03", "2024-02-29", "last week", "spring 2021", "Q3 1987"]),
)
schemathesis.openapi.format(
    "cursor",
    st.just("*")
    | st.builds(
        lambda moment, id: Cursor(moment, id).text(),
        st.none() | st.integers(-(10**10), 10**10),
        st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16),
    ),
)


# Subjects of the sample archive, for half of the addresses that have one.
_SUBJECTS = {"author": "Jane Hollister", "source": "Northfield Courier", "day": "2022-01-19"}


@dataclass(frozen=True, slots=True)
class Tried:
    """How many requests were made, and what was wrong, each fault once."""

    requests: int
    faults: tuple[str, ...]


def described(app: Flask) -> BaseSchema:
    return schemathesis.openapi.from_wsgi(DOCUMENT, app)


def tried(
    app: Flask, ids: list[str], examples: int, seed: int = 0, without: str | None = None
) -> Tried:
    """Ask what the document allows and what it does not, with every check; half of the articles
    asked for are ``ids``. ``examples`` are of each address, beside all bounds of its parameters;
    addresses that ``without`` matches are left out."""
    schema = described(app).exclude(path_regex=without) if without else described(app)
    schema.config.generation.update(max_examples=examples, deterministic=not seed)
    if seed:
        schema.config.seed = seed
    schema.config.continue_on_failure = True

    @schema.hook
    def filter_case(context: HookContext, case: Case[Any]) -> bool:
        return _is_meant(case)

    @schema.hook
    def map_path_parameters(context: HookContext, parameters: dict[str, Any]) -> dict[str, Any]:
        for name, known in _SUBJECTS.items():
            given = str((parameters or {}).get(name, ""))
            if sum(given.encode()) % 2 and (name != "day" or _is_day(given)):
                return {**parameters, name: known}  # what is meant to be wrong stays wrong
        given = str((parameters or {}).get("id", ""))
        if given and sum(given.encode()) % 2:
            return {**parameters, "id": ids[len(given.encode()) * sum(given.encode()) % len(ids)]}
        return parameters

    requests = 0
    faults: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            requests += len(event.recorder.interactions)
            faults += _faults(event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            faults.append(str(event))
    return Tried(requests, tuple(dict.fromkeys(faults)))


def _is_meant(case: Case[Any]) -> bool:
    """Whether a case that is to be right is: a JSON Schema cannot say how long all of an address
    may be, which words are dates, that 5.0 is no way to write a number, that how deep paging goes
    depends on two parameters, and that a cursor goes by date."""
    if len(urlencode(dict(case.query or {}), doseq=True)) > MOST_ADDRESS - 200:
        return False  # answered with 414 whatever else is right or wrong with it
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return True
    query: dict[str, Any] = dict(case.query or {})
    if any(query.get(name) and fault(query[name].strip()) for name in ("from", "to")):
        return False
    if query.get("cursor") and (query.get("sort") == "relevance" or not _is_cursor(query)):
        return False
    if any(isinstance(query.get(name), float) for name in ("page", "per_page", "version")):
        return False
    page, per_page = query.get("page") or 1, query.get("per_page") or 10
    return int(page) * int(per_page) <= MOST_RESULTS


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_cursor(query: dict[str, Any]) -> bool:
    try:
        Cursor.read(query["cursor"])
    except ValueError:
        return False
    return True


def _faults(event: events.ScenarioFinished) -> list[str]:
    return [
        f"{check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.failure_info is not None
    ]
