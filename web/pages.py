"""The pages people read: search, article, help; and what keeps crawlers and monitors informed."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from index import account as article_account
from index.article import HeldArticle
from search import account
from search.asking import without_asking
from search.language import parse
from search.matching import Matcher
from search.request import SearchRequest
from search.results import Repair, SearchPage, Snippet
from web import choices, presentation, timeline
from web.addresses import at, site
from web.current import cached, engine, settings
from web.parameters import search_request
from web.timeline import Drawing

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(presentation.spelt_date, "spelt_date")
blueprint.add_app_template_filter(presentation.spelt_day, "spelt_day")
blueprint.add_app_template_filter(presentation.where_else, "where_else")
blueprint.add_app_template_filter(presentation.heading, "heading")
blueprint.add_app_template_filter(presentation.plural, "plural")
blueprint.add_app_template_filter(timeline.percent, "percent")


@blueprint.get("/")
@blueprint.get("/search")
def search() -> Response:
    asked = search_request(request.args, strict=False)
    pairs = account.request_pairs(asked)
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
    response = cached(
        make_response(page), f"{settings().title} {urlencode(pairs)}", partial=found.partial
    )
    if pairs:
        # Result pages are without number, and what somebody searched for is not ours to publish.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@blueprint.get("/search.svg")
def search_drawn() -> Response:
    """The timeline alone, for pages of other people."""
    asked = search_request(request.args, strict=True)
    found = engine().search(replace(asked, per_page=1, page=1))
    body = render_template("timeline.svg", drawing=_drawing(asked, found))
    response = Response(body, mimetype="image/svg+xml")
    return cached(response, urlencode(account.request_pairs(asked)), partial=found.partial)


@blueprint.get("/a/<id>")
def article(id: str) -> Response:
    held = _held(id)
    q = request.args.get("q", "")
    shows_all = request.args.get("set-aside") == "shown"
    root = without_asking(parse(q, engine().clock())).root
    similar = engine().similar(id)
    page = render_template(
        "article.html",
        article=held.article,
        held=held,
        similar=similar.articles if similar else (),
        title=_marked(held.article.title, Matcher(root, "title")),
        shown=presentation.shown(held.article, Matcher(root), with_set_aside=shows_all),
        shows_all=shows_all,
        q=q,
        toggle=urlencode(
            {**({"q": q} if q else {}), **({} if shows_all else {"set-aside": "shown"})}
        ),
    )
    return cached(make_response(page), f"{_state(held)} {q} {shows_all}")


@blueprint.get("/a/<id>.json")
def article_json(id: str) -> Response:
    held = _held(id)
    response = make_response(article_account.of_article(held.article))
    return cached(response, str(held.change))


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
        partial(choices.within, asked),
        account.request_pairs(asked, page="", cursor=""),
    )


def _state(held: HeldArticle) -> str:
    """Another one as soon as anything about an article could look different."""
    return f"{held.change} {' '.join(copy.id for copy in held.copies)}"


def _held(id: str) -> HeldArticle:
    held = engine().article(id)
    if held is None:
        removed = engine().was_removed(id)
        if removed is not None:
            abort(410, f"This article was removed on {removed[:10]}.")
        abort(404, "There is no such article in this archive.")
    return held


def _marked(text: str, matcher: Matcher) -> Snippet:
    return Snippet.marked(text, [(m.start, m.end) for m in matcher.find(text)])


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
