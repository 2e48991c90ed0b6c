"""Feeds for readers of Atom: a search with OpenSearch elements, and what a saved search found."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, abort, render_template, request

from search import account
from search.cursor import Cursor
from search.request import SearchRequest
from search.results import Hit, SearchPage, Understood
from search.wording import Said, said
from web.addresses import Pairs, site
from web.current import Question, cached, engine, wording
from web.parameters import search_request

blueprint = Blueprint("feeds", __name__)

# Names entries by their articles, whatever host serves the feed.
_ENTRIES = uuid.UUID("6f1c3c1e-0f0b-4c0e-9a55-1d6f4d1c7a11")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a feed. ``updated`` is when it last changed, or was found."""

    hit: Hit
    updated: datetime

    @property
    def id(self) -> str:
        return uuid.uuid5(_ENTRIES, self.hit.held.article.id).urn


@blueprint.get("/search.atom")
def search() -> Response:
    given = search_request(request.args, strict=True)
    return of_search(given, given.q or said("All articles"))


def of_search(given: SearchRequest, title: str, own: Collection[str] = ()) -> Response:
    """The results as a feed. ``own`` are the parameters that the path of the address stands for."""
    asked = _by_date(given)
    question = Question.of(urlencode(account.request_pairs(asked)))
    if had := question.answered():
        return had
    found = engine().search(asked)
    pairs = account.request_pairs(asked, page="", per_page="", cursor="")
    after = account.pairs_of_next(asked, found)
    response = _feed(
        title=title,
        subtitle=_understood(found.query),
        entries=[Entry(hit, _changed(hit)) for hit in found.hits],
        html=f"search?{urlencode(pairs)}",
        here=_here(account.request_pairs(given), own),
        found=found,
        next=_here(after, own) if after else None,
    )
    return question.answer(response, partial=found.partial)


@blueprint.get("/watch/<name>.atom")
def watch(name: str) -> Response:
    watched = engine().watched(name)
    if watched is None:
        abort(404, said("There is no saved search of this name."))
    entries = [Entry(found.hit, found.at) for found in watched.found]
    response = _feed(
        title=name,
        subtitle=_new_articles(watched.request.q),
        entries=entries,
        html=f"search?{urlencode(account.request_pairs(watched.request))}",
        here=f"watch/{quote(name)}.atom",
    )
    seen = " ".join(f"{entry.hit.held.change} {entry.updated}" for entry in entries)
    return cached(response, f"{site()} {seen}")


def _understood(query: Understood) -> str:
    """What was searched for, and what of it was not done."""
    told = wording().translated
    return " ".join([told(query.sentence), *(f"({told(note)})" for note in query.notes)])


def _new_articles(q: str) -> Said:
    if q:
        return said("New articles that match {q}", q=q)
    return said("New articles that match a saved search")


def _by_date(asked: SearchRequest) -> SearchRequest:
    """A feed is by date, and its pages go on where the last one ended, unless somebody turns pages
    by number or wants the best first."""
    asked = replace(asked, with_facets=False)
    by_number = asked.page > 1 or asked.sort == "relevance"
    return asked if by_number or asked.after else replace(asked, after=Cursor())


def _here(pairs: Pairs, own: Collection[str]) -> str:
    """The address that was asked with other parameters, as seen from the site's own."""
    query = urlencode([pair for pair in pairs if pair[0] not in own])
    return quote(request.path[1:]) + (f"?{query}" if query else "")


def _changed(hit: Hit) -> datetime:
    article = hit.held.article
    stamp = article.updated or article.published
    return stamp.at if stamp else hit.held.taken


def _feed(
    *,
    title: str,
    subtitle: str,
    entries: Sequence[Entry],
    html: str,
    here: str,
    found: SearchPage | None = None,
    next: str | None = None,
) -> Response:
    """A feed of ``entries``. ``html``, ``here`` and ``next`` are addresses on this site."""
    text = render_template(
        "feed.xml",
        title=title,
        subtitle=subtitle,
        entries=entries,
        updated=max((entry.updated for entry in entries), default=_LONG_AGO),
        root=site() + "/",
        html=html,
        here=here,
        found=found,
        next=next,
    )
    # Articles and queries may hold anything; what XML cannot hold would break the whole feed.
    return Response(_NOT_IN_XML.sub("", text), content_type="application/atom+xml; charset=utf-8")
