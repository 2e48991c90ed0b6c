"""The API for programs, version 1. Everything is GET, nothing redirects, changes only add."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, request

from index import account as article_account
from search import account
from search.request import SearchRequest
from search.results import SearchPage
from web.addresses import at, here, root
from web.current import cached, engine
from web.parameters import search_request, typed_query

blueprint = Blueprint("api", __name__)


@blueprint.get("/search.json")
@blueprint.get("/api/v1/search")
def search() -> Response:
    asked = search_request(request.args, strict=True)
    found = engine().search(asked)
    body = account.of_page(found, _links(asked, found), root=root())
    canonical = urlencode(account.request_pairs(asked))
    response = cached(make_response(body), canonical, partial=found.partial)
    if after := body["links"]["next"]:
        response.headers["Link"] = f'<{after}>; rel="next"'
    return response


@blueprint.get("/api/v1/articles/<id>")
def article(id: str) -> Response:
    held = engine().article(id)
    if held is None:
        _missing(id)
    return cached(make_response(article_account.of_article(held.article)), str(held.version))


@blueprint.get("/api/v1/articles/<id>/similar")
def similar(id: str) -> Response:
    found = engine().similar(id, most=10)
    if found is None:
        _missing(id)
    return cached(make_response(account.of_similar(found, root=root())), "")


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    q = typed_query(request.args, strict=True)
    found = [account.of_suggestion(suggestion, root=root()) for suggestion in engine().suggest(q)]
    return cached(make_response({"suggestions": found}), q)


@blueprint.get("/api/v1/stats")
def stats() -> Response:
    archive = engine()
    return make_response(
        {
            "articles": archive.articles(),
            "generation": archive.generation(),
            "segments": archive.segments(),
            "fallbacks": archive.fallbacks(),
        }
    )


def _missing(id: str) -> NoReturn:
    removed = engine().was_removed(id)
    abort(410 if removed else 404, f"There is no article {id!r} in this archive.")


def _links(asked: SearchRequest, found: SearchPage) -> dict[str, str | None]:
    everything = account.request_pairs(asked, page="", per_page="", cursor="")
    after = account.pairs_of_next(asked, found)
    return {
        "self": here(account.request_pairs(asked)),
        "next": here(after) if after else None,
        "html": at("/search", everything),
        "atom": at("/search.atom", everything),
        "csv": at("/search.csv", everything),
        "jsonl": at("/search.jsonl", everything),
    }
