"""The page of an article."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from index.article import HeldArticle
from search.language import parse
from search.matching import Matcher
from search.results import Snippet
from web import presentation
from web.current import cached, engine

blueprint = Blueprint("articles", __name__)


@blueprint.get("/a/<id>")
def article(id: str) -> Response:
    held = _held(id)
    q = request.args.get("q", "")
    shows_all = request.args.get("set-aside") == "shown"
    root = parse(q, engine().clock()).root
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
