"""The pages people read: search, help; and what keeps crawlers and monitors informed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from search import account
from search.results import Repair, SearchPage
from web import choices, presentation
from web.addresses import at
from web.current import cached, engine, settings
from web.parameters import search_request

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(presentation.spelt_date, "spelt_date")
blueprint.add_app_template_filter(presentation.where_else, "where_else")
blueprint.add_app_template_filter(presentation.heading, "heading")
blueprint.add_app_template_filter(presentation.plural, "plural")


@blueprint.get("/")
@blueprint.get("/search")
def search() -> Response:
    asked = search_request(request.args, strict=False)
    address = urlencode(account.request_pairs(asked))
    found = engine().search(asked)
    page = render_template(
        "search.html",
        asked=asked,
        found=found,
        chips=choices.chips(asked),
        facets=choices.facets(asked, found),
        pages=choices.numbers(found, "/search", account.request_pairs(asked, page="")),
        hidden=[
            pair
            for pair in account.request_pairs(asked, page="")
            if pair[0] not in {"q", "match", "from", "to", "sort"}
        ],
        reading=urlencode({"q": asked.q}) if asked.q else "",
        json_address=at("/search.json", account.request_pairs(asked)),
        taking=urlencode(account.request_pairs(asked, page="", per_page="")),
        home=not request.args,
        all_copies=choices.address([*account.request_pairs(asked, page=""), ("dedupe", "off")]),
        meant=_offered(found.query.did_you_mean),
        repairs=_repairs(found),
    )
    response = cached(make_response(page), f"{settings().title} {address}")
    if request.args:
        # Result pages are without number, and what somebody searched for is not ours to publish.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@blueprint.get("/suggest")
def suggest() -> Response:
    """Suggestions as browsers take them (OpenSearch Suggestions)."""
    q = request.args.get("q", "")
    found = [
        account.of_suggestion(suggestion, root=request.url_root.rstrip("/"))
        for suggestion in engine().suggest(q)
    ]
    body = [
        q,
        [suggestion["q"] for suggestion in found],
        [_described(suggestion["kind"], suggestion["count"]) for suggestion in found],
        [suggestion["link"] for suggestion in found],
    ]
    text = json.dumps(body, ensure_ascii=False)
    return cached(Response(text, mimetype="application/x-suggestions+json"), q)


@blueprint.get("/help")
def help() -> Response:
    return cached(make_response(render_template("help.html")), "")


@blueprint.get("/robots.txt")
def robots() -> Response:
    text = "User-agent: *\nDisallow: /search\nDisallow: /facets/\nDisallow: /api/\nDisallow: /*?\n"
    return Response(text, mimetype="text/plain")


@blueprint.get("/healthz")
def healthz() -> dict[str, Any]:
    """Whether searches can be answered; raises, and so answers 503, where they cannot."""
    return {"status": "ok", "articles": engine().articles(), "generation": engine().generation()}


def _described(kind: str, count: int) -> str:
    articles = "1 article" if count == 1 else f"{count:,} articles"
    return {"term": articles, "author": f"author, {articles}", "title": "headline"}[kind]


def _offered(repair: Repair | None) -> tuple[str, int, str] | None:
    """(the query, how much it finds, its address) of a better spelling."""
    return (repair.request.q, repair.matches, _address(repair)) if repair else None


def _address(repair: Repair) -> str:
    return choices.address(account.request_pairs(repair.request))


def _repairs(found: SearchPage) -> list[tuple[str, int, str]]:
    """(what it changes, how much that finds, its address) for each repair but the spelling that is
    offered already."""
    meant = found.query.did_you_mean
    return [
        (repair.text, repair.matches, _address(repair))
        for repair in found.query.repairs
        if meant is None or repair.request != meant.request
    ]
