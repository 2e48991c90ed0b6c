"""What the archive holds, from when to when, and what was cleaned: the page that says so."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template

from search.request import SearchRequest
from web import choices, timeline
from web.current import cached, engine, settings

blueprint = Blueprint("about", __name__)

_SHOWN = 25  # sources and rules; there can be hundreds


@blueprint.get("/about")
def page() -> Response:
    held = engine().holdings()
    everything = SearchRequest(per_page=1, interval="year", dedupe="off")
    found = engine().search(everything)
    count = held.count
    body = render_template(
        "about.html",
        count=count,
        first=_day(count.first),
        last=_day(count.last),
        drawing=timeline.drawing(
            everything,
            found.histogram,
            choices.narrowing(SearchRequest()),
        ),
        languages=choices.choices("lang", found.facets["lang"], ()),
        sources=count.sources[:_SHOWN],
        more_sources=max(len(count.sources) - _SHOWN, 0),
        rules=held.set_aside[:_SHOWN],
        more_rules=max(len(held.set_aside) - _SHOWN, 0),
    )
    return cached(make_response(body), settings().title)


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
