"""The pages of authors, sources and days in other forms: what a search answers in that form,
narrowed to the subject, under the page's own address. Other parameters narrow it further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState

from index.remembering import Remembered
from search.request import Filter, SearchRequest
from search.wording import said
from web import api, choices, feeds, pages, subjects, taking, timeline
from web.addresses import FORMS
from web.current import engine
from web.operations import SUBJECTS
from web.parameters import search_request

blueprint = Blueprint("twins", __name__)

# Subjects that are known to have a page: about a megabyte of names.
_MOST_KNOWN = 5_000

Narrowing = Callable[[SearchRequest, str], SearchRequest]

_NARROWED: dict[str, Narrowing] = {
    "author": lambda asked, name: replace(asked, author=Filter((name,), asked.author.unwanted)),
    "source": lambda asked, name: replace(asked, source=Filter((name,), asked.source.unwanted)),
    "day": lambda asked, name: replace(asked, start=name, end=name),
}


@blueprint.record
def _remember(state: BlueprintSetupState) -> None:
    state.app.extensions["microfiche.known"] = Remembered(_MOST_KNOWN)


def _twin(kind: str, form: str, **named: str) -> Response:
    """The subject that a path names, in one form."""
    (name,) = named.values()
    _known(kind, name)
    asked = _NARROWED[kind](search_request(request.args, strict=True), name)
    match form:
        case "json":
            response = api.answered(asked, SUBJECTS[kind])
        case "csv":
            response = taking.as_csv(asked, f"{name} {asked.q}")
        case "jsonl":
            response = taking.as_jsonl(asked, f"{name} {asked.q}")
        case "atom":
            response = feeds.of_search(
                asked, f"{name}: {asked.q}" if asked.q else name, SUBJECTS[kind]
            )
        case _:
            response = _drawn(kind, name, asked)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _known(kind: str, name: str) -> None:
    """Ends the request where there is no such page either. What has one is searched for once, so
    that an answer which is kept costs no search."""
    if kind == "day":
        subjects.day_of(name)
    known: Remembered[bool] = current_app.extensions["microfiche.known"]
    # Named before it is looked for, as answers are: see ``web.current.Question``.
    subject = (kind, name, engine().generation(), engine().clock().today)
    if known.get(subject):
        return
    alone = _NARROWED[kind](SearchRequest(per_page=1, with_facets=False), name)
    found = engine().search(alone)
    if not found.total or found.query.start not in {None, alone.start}:
        abort(404, said("There is nothing of {name} in this archive.", name=name))
    known.keep(subject, True, 1)


def _drawn(kind: str, name: str, asked: SearchRequest) -> Response:
    """The timeline of the page alone."""
    if kind == "day":
        the_day = subjects.day_of(name)
        asked = subjects.around(the_day, asked)
        return pages.drawn(asked, lambda found: subjects.days_drawn(asked, found, the_day))
    narrow = choices.narrowing(asked)
    return pages.drawn(asked, lambda found: timeline.drawing(asked, found.histogram, narrow))


for _kind in SUBJECTS:
    for _form in FORMS:
        _name = f"<{_kind}>" if _kind == "day" else f"<path:{_kind}>"
        blueprint.add_url_rule(
            f"/{_kind}/{_name}.{_form}",
            f"{_kind}_{_form}",
            partial(_twin, _kind, _form),
        )
