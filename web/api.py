"""The API for programs, version 1. Everything is GET, nothing redirects, changes only add."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NoReturn
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from index.article import HeldArticle
from search import account
from search.answers import SearchLinks, Stats
from search.request import SearchRequest
from search.results import SearchPage
from web.addresses import Pairs, at, here, root
from web.current import Question, cached, engine, linked, settings
from web.openapi import document
from web.parameters import MOST_VERSIONS, SEARCHING, VERSION, search_request
from web.problems import KINDS

blueprint = Blueprint("api", __name__)


@blueprint.get("/search.json")
@blueprint.get("/api/v1/search")
def search() -> Response:
    return answered(search_request(request.args, strict=True))


def answered(asked: SearchRequest, own: Collection[str] = ()) -> Response:
    """A page of results. ``own`` are the parameters that the path of the address stands for."""
    question = Question.of(urlencode(account.request_pairs(asked)))
    if had := question.answered():
        return had
    found = engine().search(asked)
    links = _links(asked, found, own)
    response = make_response(account.of_page(found, links, root=root()))
    response.headers["X-Total-Count"] = str(found.total)
    response.headers["X-Partial"] = "true" if found.partial else "false"
    linked(response, next=links["next"], prev=links["prev"], first=links["first"])
    return question.answer(response, partial=found.partial)


@blueprint.get("/a/<id>.json")
@blueprint.get("/api/v1/articles/<id>")
def article(id: str) -> Response:
    number = VERSION.read(request.args, strict=True)
    held = engine().article(id, number)
    if held is None:
        _missing(id, number)
    response = make_response(account.of_held(held, root=root()))
    return cached(response, f"{held.version} {held.change}")


@blueprint.get("/api/v1/articles/<id>/versions")
def versions(id: str) -> Response:
    held = _held(id)
    history = engine().history(id)
    newest = history[::-1][:MOST_VERSIONS]
    body = account.of_history(held, newest, len(history), root=root())
    return cached(make_response(body), f"{held.version} {held.change}")


@blueprint.get("/api/v1/articles/<id>/similar")
def similar(id: str) -> Response:
    found = engine().similar(id, most=10)
    if found is None:
        _missing(id)
    return cached(make_response(account.of_similar(found, root=root())), "")


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    asked = search_request(request.args, strict=True)
    found = [
        account.of_suggestion(suggestion, root=root(), among=asked)
        for suggestion in engine().suggest(asked.q, asked)
    ]
    return cached(make_response({"suggestions": found}), urlencode(account.request_pairs(asked)))


@blueprint.get("/api/v1/stats")
def stats() -> Response:
    archive = engine()
    body: Stats = {
        "articles": archive.articles(),
        "generation": archive.generation(),
        "segments": archive.segments(),
        "fallbacks": archive.fallbacks(),
    }
    return cached(make_response(body), json.dumps(body["fallbacks"], sort_keys=True))


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """This API, described for programs that write clients or try it."""
    return cached(make_response(document(root())), "")


@blueprint.get("/help/api")
def help() -> Response:
    """What people who write programs read first; ``type`` of an error leads here."""
    page = render_template(
        "api.html",
        parameters=SEARCHING,
        problems=sorted(KINDS.items(), key=lambda pair: pair[1].status),
    )
    return cached(make_response(page), settings().title)


def _held(id: str) -> HeldArticle:
    held = engine().article(id)
    if held is None:
        _missing(id)
    return held


def _missing(id: str, version: int | None = None) -> NoReturn:
    if version is not None and engine().article(id) is not None:
        abort(404, f"There is no version {version} of the article {id!r}.")
    removed = engine().was_removed(id)
    abort(410 if removed else 404, f"There is no article {id!r} in this archive.")


def _links(asked: SearchRequest, found: SearchPage, own: Collection[str]) -> SearchLinks:
    def turned(pairs: Pairs) -> str:
        return here([pair for pair in pairs if pair[0] not in own])

    everything = account.request_pairs(asked, page="", per_page="", cursor="")
    after = account.pairs_of_next(asked, found)
    before = account.pairs_of_previous(asked, found)
    return {
        "self": turned(account.request_pairs(asked)),
        "next": turned(after) if after else None,
        "prev": turned(before) if before is not None else None,
        "first": turned(account.pairs_of_first(asked)),
        "html": at("/search", everything),
        "atom": at("/search.atom", everything),
        "csv": at("/search.csv", everything),
        "jsonl": at("/search.jsonl", everything),
    }
