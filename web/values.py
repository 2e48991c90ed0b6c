"""All values of a facet among the results of a search: a page with a box to find one, and JSON."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from search import account
from search.request import FACETS, SearchRequest
from search.results import FacetPage
from web import choices
from web.current import cached, engine, settings
from web.parameters import search_request, short_text

blueprint = Blueprint("values", __name__)


@blueprint.get("/facets/<facet>")
def page(facet: str) -> Response:
    asked, found = _found(facet, strict=False)
    pairs = account.request_pairs(asked, page="")
    listed = _listed(asked, found.contains)
    here = urlencode(listed)
    body = render_template(
        "values.html",
        q=asked.q,
        found=found,
        choices=choices.choices(facet, found.values, pairs),
        hidden=pairs,
        results=choices.address(pairs),
        json_address=f"/facets/{facet}.json?{here}",
        pages=choices.numbers(found, request.path, listed),
    )
    response = cached(make_response(body), f"{settings().title} {here} {found.page}")
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@blueprint.get("/facets/<facet>.json")
@blueprint.get("/api/v1/facets/<facet>")
def values(facet: str) -> Response:
    asked, found = _found(facet, strict=True)
    here = _listed(asked, found.contains)
    number = asked.page
    links = {
        "self": _address(here, number),
        "next": _address(here, number + 1) if number < found.pages else None,
        "html": f"/facets/{facet}?{urlencode(here)}",
    }
    response = make_response(account.of_values(found, links))
    return cached(response, f"{urlencode(here)} {number}")


def _found(facet: str, *, strict: bool) -> tuple[SearchRequest, FacetPage]:
    if facet not in FACETS:
        abort(404, f"There is no facet {facet!r}: there are {', '.join(FACETS)}.")
    asked = search_request(request.args, strict=strict)
    return asked, engine().values(facet, asked, short_text(request.args, "contains"))


def _listed(asked: SearchRequest, contains: str) -> list[tuple[str, str]]:
    pairs = account.request_pairs(asked, page="")
    return [*pairs, *([("contains", contains)] if contains else [])]


def _address(pairs: list[tuple[str, str]], page: int) -> str:
    return f"{request.path}?{urlencode([*pairs, *([('page', page)] if page > 1 else [])])}"
