"""The pages people read: search, help; and what keeps crawlers and monitors informed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from search import account
from search.request import SearchRequest
from search.results import Repair, SearchPage
from search.wording import counted, said
from web import choices, presentation, timeline
from web.addresses import at, site
from web.current import Question, cached, engine, settings, wording
from web.parameters import search_request
from web.timeline import Drawing

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(presentation.where_else, "where_else")
blueprint.add_app_template_filter(presentation.heading, "heading")
blueprint.add_app_template_filter(presentation.plural, "plural")
blueprint.add_app_template_filter(presentation.all_of, "all_of")
blueprint.add_app_template_filter(presentation.how_many, "how_many")
blueprint.add_app_template_filter(presentation.doubt, "doubt")


@blueprint.get("/")
@blueprint.get("/search")
def search() -> Response:
    asked = search_request(request.args, strict=False)
    pairs = account.request_pairs(asked)
    question = Question.of(f"{settings().title} {urlencode(pairs)}")
    if had := question.answered():
        return had
    found = engine().search(asked)
    page = render_template(
        "search.html",
        asked=asked,
        found=found,
        chips=choices.chips(asked),
        facets=choices.facets(asked, found),
        drawing=_drawing(asked, found),
        pages=choices.numbers(found, "/search", account.request_pairs(asked, page="")),
        hidden=[
            pair
            for pair in account.request_pairs(asked, page="")
            if pair[0] not in {"q", "match", "from", "to", "sort"}
        ],
        reading=urlencode({"q": asked.q}) if asked.q else "",
        canonical=choices.address(pairs) if pairs else at("/"),
        json_address=at("/search.json", pairs),
        taking=urlencode(account.request_pairs(asked, page="", per_page="")),
        home=not pairs,
        all_copies=choices.address([*account.request_pairs(asked, page=""), ("dedupe", "off")]),
        meant=_offered(found.query.did_you_mean),
        repairs=_repairs(found),
    )
    response = make_response(page)
    if pairs:
        # Result pages are without number, and what somebody searched for is not ours to publish.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return question.answer(response, partial=found.partial)


@blueprint.get("/search.svg")
def search_drawn() -> Response:
    """The timeline alone, for pages of other people."""
    asked = search_request(request.args, strict=True)
    return drawn(asked, lambda found: _drawing(asked, found))


def drawn(asked: SearchRequest, drawing: Callable[[SearchPage], Drawing | None]) -> Response:
    """What is asked as its timeline alone; ``drawing`` lays out what was found."""
    question = Question.of(urlencode(account.request_pairs(asked)))
    if had := question.answered():
        return had
    found = engine().search(replace(asked, per_page=1, page=1))
    body = render_template("timeline.svg", drawing=drawing(found))
    response = Response(body, mimetype="image/svg+xml")
    return question.answer(response, partial=found.partial)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Suggestions as browsers take them (OpenSearch Suggestions)."""
    q = request.args.get("q", "")
    found = [account.of_suggestion(suggestion, root=site()) for suggestion in engine().suggest(q)]
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
    """Crawlers read it where it is the host's own; below a path a proxy has to put it there."""
    closed = [at(path) for path in ("/search", "/facets/", "/api/", "/embed/", "/*?")]
    text = "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in closed), ""])
    return Response(text, mimetype="text/plain")


def _drawing(asked: SearchRequest, found: SearchPage) -> Drawing | None:
    return timeline.drawing(
        asked,
        found.histogram,
        choices.narrowing(asked),
        account.request_pairs(asked, page="", cursor=""),
    )


def _described(kind: str, count: int) -> str:
    articles = counted(count, "{count:,} article", "{count:,} articles")
    described = {
        "term": articles,
        "author": said("author, {articles}", articles=articles),
        "title": said("headline"),
    }
    told: str = wording().translated(described[kind])
    return told


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
