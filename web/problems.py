"""Errors as the web tells them: problem+json (RFC 9457) under the API, a page elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from index.errors import MicroficheError
from search.wording import pattern, said

# Stable names: programs compare them.
_CODES = {
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
_FOR_PROGRAMS = (".json", ".jsonl", ".csv", ".atom")


@dataclass(frozen=True, slots=True)
class BadParameter(Exception):
    """A parameter with a value that cannot be meant. ``code`` is stable."""

    code: str
    param: str
    detail: str


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """A request that is turned away before it is looked at; ``retry_after`` is seconds, 0 never."""

    status: int
    code: str
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
            response = answer(status, _CODES.get(status, "error"), error.description or "")
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


def answer(status: int, code: str, detail: str, *, param: str = "") -> Response:
    """An error in the form that the address asks for."""
    title = code.replace("_", " ").capitalize()
    if wants_json():
        problem = {
            "type": "about:blank",
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
