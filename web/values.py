"""All values of a facet among the results of a search: a page with a box to find one, and JSON."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from search import account
from search.answers import ValuesLinks
from search.request import FACETS, SearchRequest
from search.wording import said
from web import choices
from web.addresses import at, here
from web.current import Question, engine, linked, settings
from web.kinds import MOST_VALUE
from web.parameters import CONTAINS, search_request

blueprint = Blueprint("values", __name__)


@blueprint.get("/facets/<facet>")
def page(facet: str) -> Response:
    asked, contains = _asked(facet, strict=False)
    pairs = account.request_pairs(asked, page="")
    listed = _listed(asked, contains)
    question = Question.of(f"{settings().title} {urlencode(listed)} {asked.page}")
    if had := question.answered():
        return had
    found = engine().values(facet, asked, contains)
    body = render_template(
        "values.html",
        q=asked.q,
        found=found,
        choices=choices.choices(facet, found.values, pairs),
        hidden=pairs,
        results=choices.address(pairs),
        json_address=at(f"/facets/{facet}.json", listed),
        pages=choices.numbers(found, request.path, listed),
    )
    response = make_response(body)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return question.answer(response, partial=found.partial)


@blueprint.get("/facets/<facet>.json")
@blueprint.get("/api/v1/facets/<facet>")
def values(facet: str) -> Response:
    asked, contains = _asked(facet, strict=True)
    listed, number = _listed(asked, contains), asked.page
    question = Question.of(f"{urlencode(listed)} {number}")
    if had := question.answered():
        return had
    found = engine().values(facet, asked, contains)
    links: ValuesLinks = {
        "self": _numbered(listed, number),
        "next": _numbered(listed, number + 1) if number < found.pages else None,
        "prev": _numbered(listed, min(number - 1, max(found.pages, 1))) if number > 1 else None,
        "first": _numbered(listed, 1),
        "html": at(f"/facets/{facet}", listed),
    }
    response = make_response(account.of_values(found, links))
    response.headers["X-Total-Count"] = str(found.total)
    linked(response, next=links["next"], prev=links["prev"], first=links["first"])
    return question.answer(response, partial=found.partial)


def _asked(facet: str, *, strict: bool) -> tuple[SearchRequest, str]:
    """What is asked of a facet, and what its values are to contain."""
    if facet not in FACETS:
        facets = ", ".join(FACETS)
        abort(
            404,
            said("There is no facet {facet!r}: there are {facets}.", facet=facet, facets=facets),
        )
    asked = search_request(request.args, strict=strict)
    contains = CONTAINS.read(request.args, strict=strict).strip()[:MOST_VALUE]
    return asked, contains


def _listed(asked: SearchRequest, contains: str) -> list[tuple[str, str]]:
    pairs = account.request_pairs(asked, page="")
    return [*pairs, *([("contains", contains)] if contains else [])]


def _numbered(pairs: list[tuple[str, str]], page: int) -> str:
    return here([*pairs, *([("page", str(page))] if page > 1 else [])])
