"""Taking results away: all of them as CSV or JSON Lines, however many, as they are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from threading import BoundedSemaphore
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from search import account
from search.exporting import csv_lines, json_lines
from search.request import SearchRequest
from search.results import Hit
from search.wording import said
from web.addresses import root
from web.current import cached, engine, not_kept
from web.parameters import search_request
from web.problems import answer

blueprint = Blueprint("taking", __name__)

# Half the threads of the server: the others go on answering people.
_MOST_AT_ONCE = 4
# Characters that are sent at once; a line each would cost the server more than making it.
_CHUNK = 32_768


@blueprint.record
def _allow(state: BlueprintSetupState) -> None:
    state.app.extensions["microfiche.taking"] = BoundedSemaphore(_MOST_AT_ONCE)


@blueprint.get("/search.csv")
def search_csv() -> Response:
    asked = search_request(request.args, strict=True)
    return as_csv(asked, asked.q)


@blueprint.get("/search.jsonl")
def search_jsonl() -> Response:
    asked = search_request(request.args, strict=True)
    return as_jsonl(asked, asked.q)


def as_csv(asked: SearchRequest, called: str) -> Response:
    """All results as CSV, in a file that is ``called`` after what they are about."""
    return _taken(asked, called, "csv", "text/csv; charset=utf-8; header=present", csv_lines)


def as_jsonl(asked: SearchRequest, called: str) -> Response:
    """All results as JSON Lines, in a file that is ``called`` after what they are about."""
    here = root()  # the lines are made when the request is over
    lines_of = partial(json_lines, root=here)
    return _taken(asked, called, "jsonl", "application/jsonl; charset=utf-8", lines_of)


def _taken(
    asked: SearchRequest,
    called: str,
    ending: str,
    content_type: str,
    lines_of: Callable[[Iterable[Hit]], Iterator[str]],
) -> Response:
    """All results, a line each. Whoever got only a part is told in the name of the file, which
    people see, and in a header, which programs see."""
    response = cached(Response(content_type=content_type), urlencode(account.request_pairs(asked)))
    if response.status_code == 304:
        return response
    del response.headers["Content-Length"]  # that of nothing; nobody knows it yet
    found = engine().stream(asked)
    if found.partial:
        not_kept(response)
    name = re.sub(r"[^a-z0-9]+", "-", called.casefold()).strip("-")[:60] or "articles"
    name += "-partial" if found.partial else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["X-Total-Count"] = str(found.total)
    response.headers["X-Partial"] = "true" if found.partial else "false"
    if request.method != "HEAD":
        slots: BoundedSemaphore = current_app.extensions["microfiche.taking"]
        if not slots.acquire(blocking=False):
            return _busy()
        # The place is free when the last line is taken, or nobody wants any more.
        place = ExitStack()
        place.callback(slots.release)
        response.call_on_close(place.close)
        response.response = _chunks(lines_of(found.hits), place)
    return response


def _busy() -> Response:
    response = answer(
        503, "busy", said("Many take results away at the moment: try again in a minute.")
    )
    response.headers["Retry-After"] = "60"
    return response


def _chunks(lines: Iterable[str], place: ExitStack) -> Iterator[str]:
    waiting: list[str] = []
    size = 0
    with place:
        for line in lines:
            waiting.append(line)
            size += len(line)
            if size >= _CHUNK:
                yield "".join(waiting)
                waiting, size = [], 0
        yield "".join(waiting)
