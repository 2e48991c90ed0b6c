"""Errors as the web tells them: problem+json (RFC 9457) under the API, a page elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired, TypedDict

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from index.errors import MicroficheError
from search.wording import pattern, said
from web.addresses import at

Code = Literal[
    "bad_request",
    "repeated_parameter",
    "query_too_long",
    "too_many_values",
    "bad_match",
    "bad_date",
    "bad_counting",
    "bad_sort",
    "bad_dedupe",
    "bad_recency",
    "bad_interval",
    "bad_share",
    "bad_explain",
    "bad_page",
    "bad_per_page",
    "bad_cursor",
    "bad_contains",
    "bad_version",
    "not_found",
    "method_not_allowed",
    "article_removed",
    "too_large",
    "address_too_long",
    "too_many_parameters",
    "too_many_requests",
    "internal_error",
    "index_unavailable",
    "busy",
    "error",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the status it is answered with, and what it means."""

    status: int
    meaning: str


# Stable names: programs compare them. What is published here stays.
KINDS: dict[Code, Kind] = {
    "bad_request": Kind(400, "The request cannot be read."),
    "repeated_parameter": Kind(400, "A parameter that is given once was given several times."),
    "query_too_long": Kind(400, "The query has too many characters."),
    "too_many_values": Kind(400, "A filter has too many values, or one that is too long."),
    "bad_match": Kind(400, "match is none of its words."),
    "bad_date": Kind(400, "from or to is no date."),
    "bad_counting": Kind(400, "counting is none of its words."),
    "bad_sort": Kind(400, "sort is none of its words."),
    "bad_dedupe": Kind(400, "dedupe is none of its words."),
    "bad_recency": Kind(400, "recency is none of its words."),
    "bad_interval": Kind(400, "interval is none of its words."),
    "bad_share": Kind(400, "share is neither 0 nor 1."),
    "bad_explain": Kind(400, "explain is neither 0 nor 1."),
    "bad_page": Kind(400, "page is no number, or deeper than paging goes."),
    "bad_per_page": Kind(400, "per_page is no number, or too many."),
    "bad_cursor": Kind(400, "cursor is not what a page gave, or sort is relevance."),
    "bad_contains": Kind(400, "contains has too many characters."),
    "bad_version": Kind(400, "version is no number."),
    "not_found": Kind(404, "There is no such address, article, version or facet."),
    "method_not_allowed": Kind(405, "The address is read with GET; Allow says what else it takes."),
    "article_removed": Kind(410, "The article was removed from the archive."),
    "too_large": Kind(413, "The request has too large a body: it needs none."),
    "address_too_long": Kind(414, "The address has too many characters."),
    "too_many_parameters": Kind(400, "The address has too many parameters."),
    "too_many_requests": Kind(429, "Too many requests: Retry-After says when to go on."),
    "internal_error": Kind(500, "Something went wrong here. It has been logged."),
    "index_unavailable": Kind(503, "There is no index to search at the moment."),
    "busy": Kind(503, "Too many are searching, or taking all results away, at the moment."),
    "error": Kind(400, "Anything else; the status says more."),
}
_OF_STATUS: dict[int, Code] = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    410: "article_removed",
    413: "too_large",
    414: "address_too_long",
    429: "too_many_requests",
    500: "internal_error",
    503: "index_unavailable",
}
# What pages say that these errors are, and what the library below says of some, to be translated.
_TITLES = (
    pattern("Bad request"),
    pattern("Not found"),
    pattern("Method not allowed"),
    pattern("Article removed"),
    pattern("Too large"),
    pattern("Too many requests"),
    pattern("Internal error"),
    pattern("Index unavailable"),
    pattern("Busy"),
    pattern("Address too long"),
    pattern("Too many parameters"),
    pattern("Error"),
)
_DETAILS = (
    pattern(
        "The requested URL was not found on the server. If you entered the URL manually please"
        " check your spelling and try again."
    ),
    pattern("The method is not allowed for the requested URL."),
    pattern("The data value transmitted exceeds the capacity limit."),
)


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: Annotated[str, "Where its code is explained."]
    title: str
    status: int
    detail: Annotated[str, "What happened this time, and what to do."]
    code: Annotated[Code, "Stable: compare this one."]
    param: NotRequired[Annotated[str, "The parameter at fault."]]


_FOR_PROGRAMS = (".json", ".jsonl", ".csv", ".atom", ".svg", ".bib")


@dataclass(frozen=True, slots=True)
class BadParameter(Exception):
    """A parameter with a value that cannot be meant. ``code`` is stable."""

    code: Code
    param: str
    detail: str


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """A request that is turned away before it is looked at; ``retry_after`` is seconds, 0 never."""

    status: int
    code: Code
    detail: str
    retry_after: int = 0


def of_exception(error: Exception) -> Response:
    """The answer to any exception; one that nobody foresaw says nothing about the inside."""
    match error:
        case BadParameter(code, param, detail):
            return answer(400, code, detail, param=param)
        case Refused(status, code, detail, retry_after):
            response = answer(status, code, detail)
            if retry_after:
                response.headers["Retry-After"] = str(retry_after)
            return response
        case HTTPException():
            status = error.code or 500
            response = answer(status, _OF_STATUS.get(status, "error"), error.description or "")
            for name, value in error.get_headers():
                if name.lower() in {"allow", "retry-after"}:
                    response.headers[name] = value
            return response
        case MicroficheError():
            response = answer(503, "index_unavailable", str(error))
            response.headers["Retry-After"] = "30"
            return response
        case _:
            return answer(
                500, "internal_error", said("Something went wrong here. It has been logged.")
            )


def answer(status: int, code: Code, detail: str, *, param: str = "") -> Response:
    """An error in the form that the address asks for."""
    title = code.replace("_", " ").capitalize()
    if wants_json():
        problem: Problem = {
            "type": at(f"/help/api#{code}"),
            "title": title,
            "status": status,
            "detail": detail,
            "code": code,
        }
        if param:
            problem["param"] = param
        response = Response(json.dumps(problem), status, mimetype="application/problem+json")
    else:
        page = render_template("error.html", title=title, detail=detail, status=status)
        response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_json() -> bool:
    """Whether the address is one that programs use."""
    return request.path.startswith("/api/") or request.path.endswith(_FOR_PROGRAMS)
