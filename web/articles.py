"""The page of an article, its former versions, and how it is cited."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from index.article import HeldArticle
from index.reading import read
from search.asking import without_asking
from search.citing import Citing, bibtex, csl, plain
from search.differences import changes
from search.language import parse
from search.matching import Matcher
from search.results import Snippet
from search.wording import said
from web import presentation
from web.current import cached, engine, settings
from web.parameters import MOST_VERSIONS, VERSION

blueprint = Blueprint("articles", __name__)


@blueprint.get("/a/<id>")
def article(id: str) -> Response:
    held = _held(id)
    number = VERSION.read(request.args, strict=False)
    if number is not None and number != held.version:
        return _former(held, number)
    q = request.args.get("q", "")
    shows_all = request.args.get("set-aside") == "shown"
    root = without_asking(parse(q, engine().clock())).root
    similar = engine().similar(id)
    page = render_template(
        "article.html",
        article=held.article,
        held=held,
        similar=similar.articles if similar else (),
        history=engine().history(id)[::-1][:MOST_VERSIONS],
        title=_marked(held.article.title, Matcher(root, "title")),
        shown=presentation.shown(held.article, Matcher(root), with_set_aside=shows_all),
        shows_all=shows_all,
        q=q,
        toggle=urlencode(
            {**({"q": q} if q else {}), **({} if shows_all else {"set-aside": "shown"})}
        ),
    )
    return cached(make_response(page), f"{_state(held)} {q} {shows_all}")


@blueprint.get("/a/<id>/cite")
def cite(id: str) -> Response:
    """How to cite the article, in each form."""
    held = _held(id)
    citing = _citing(held)
    page = render_template(
        "cite.html",
        article=held.article,
        plain=plain(citing),
        bibtex=bibtex(citing),
        csl=_csl(citing),
    )
    response = cached(make_response(page), _cited(held, citing))
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@blueprint.get("/a/<id>.bib")
def cite_bibtex(id: str) -> Response:
    held = _held(id)
    citing = _citing(held)
    response = Response(bibtex(citing) + "\n", content_type="application/x-bibtex; charset=utf-8")
    return cached(response, _cited(held, citing))


@blueprint.get("/a/<id>.csl.json")
def cite_csl(id: str) -> Response:
    held = _held(id)
    citing = _citing(held)
    media = "application/vnd.citationstyles.csl+json"
    return cached(Response(_csl(citing) + "\n", mimetype=media), _cited(held, citing))


def _citing(held: HeldArticle) -> Citing:
    address = f"{request.url_root.rstrip('/')}/a/{held.article.id}"
    return Citing(held.article, settings().title, address, datetime.now(UTC).date())


def _csl(citing: Citing) -> str:
    return json.dumps([csl(citing)], ensure_ascii=False, indent=2)


def _cited(held: HeldArticle, citing: Citing) -> str:
    return f"{held.change} {citing.archive} {citing.address} {citing.accessed}"


def _former(held: HeldArticle, number: int) -> Response:
    """An earlier version, with what the one after it changed."""
    history = engine().history(held.article.id)
    later = next((edition for edition in history if edition.version > number), None)
    former = engine().article(held.article.id, number)
    after = engine().article(held.article.id, later.version) if later else None
    if former is None or later is None or after is None:
        abort(
            404,
            said(
                "There is no version {number} of this article: it has {versions}.",
                number=number,
                versions=held.version,
            ),
        )
    page = render_template(
        "version.html",
        article=former.article,
        edition=former,
        later=later,
        held=held,
        title=changes(former.article.title, after.article.title),
        standfirst=changes(former.article.standfirst, after.article.standfirst),
        paragraphs=changes(_text(former), _text(after)),
    )
    response = cached(make_response(page), f"{_state(held)} {number}")
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _text(held: HeldArticle) -> str:
    return read(held.article.raw_text, held.article.removals).text


def _state(held: HeldArticle) -> str:
    """Another one as soon as anything about an article could look different."""
    return f"{held.change} {' '.join(copy.id for copy in held.copies)}"


def _held(id: str) -> HeldArticle:
    held = engine().article(id)
    if held is None:
        removed = engine().was_removed(id)
        if removed is not None:
            abort(410, said("This article was removed on {day}.", day=removed[:10]))
        abort(404, said("There is no such article in this archive."))
    return held


def _marked(text: str, matcher: Matcher) -> Snippet:
    return Snippet.marked(text, [(m.start, m.end) for m in matcher.find(text)])
