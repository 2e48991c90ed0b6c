"""The pages of an author, of a source and of a day: what the archive has of each, with a timeline
and a feed. Each is a search that has an address of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote

from flask import Blueprint, Response, abort, make_response, render_template, request

from search import account
from search.request import Filter, SearchRequest
from search.results import SearchPage
from search.wording import said
from web import choices, timeline
from web.addresses import FORMS, of_subject
from web.current import Question, engine, settings, wording
from web.parameters import search_request
from web.timeline import Drawing

blueprint = Blueprint("subjects", __name__)
blueprint.add_app_template_global(of_subject, "subject_at")

_AROUND = timedelta(days=15)  # of a day, in its timeline
_A_DAY = timedelta(days=1)
_EVERYTHING = SearchRequest()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest day that has articles."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page about a subject; ``partial`` where time was too short to see all of it."""

    html: str
    partial: bool


@blueprint.get("/author/<path:name>")
@blueprint.get("/author/<path:name>.html")
def author(name: str) -> Response:
    asked = replace(_asked(), author=Filter((name,)))
    return _answered(asked, lambda: _of_value("author", name, asked))


@blueprint.get("/source/<path:name>")
@blueprint.get("/source/<path:name>.html")
def source(name: str) -> Response:
    asked = replace(_asked(), source=Filter((name,)))
    return _answered(asked, lambda: _of_value("source", name, asked))


@blueprint.get("/day/<text>")
def day(text: str) -> Response:
    the_day = day_of(text)
    asked = replace(_asked(), start=text, end=text)
    return _answered(asked, lambda: _of_day(the_day, text, asked))


def _of_day(the_day: date, text: str, asked: SearchRequest) -> Page:
    found = _found(asked, wording().spelt_day(the_day))
    days = around(the_day)
    if found.query.start != text:  # beyond the years that are searched by
        abort(404, said("The archive knows no such day."))
    return _page(
        ("day", text),
        wording().spelt_weekday(the_day),
        asked,
        found,
        days_drawn(days, engine().search(days), the_day),
        before=_neighbour(the_day, -_A_DAY),
        after=_neighbour(the_day, _A_DAY),
    )


def around(the_day: date, asked: SearchRequest = _EVERYTHING) -> SearchRequest:
    """What is asked, on the days before and after one."""
    return _days(_moved(the_day, -_AROUND), _moved(the_day, _AROUND), asked)


def days_drawn(asked: SearchRequest, found: SearchPage, the_day: date) -> Drawing | None:
    """Some days, each a way to its page, with one that is on show."""
    return timeline.drawing(
        asked,
        found.histogram,
        lambda first, _: of_subject("day", first),
        current=the_day.isoformat(),
    )


def _of_value(facet: str, name: str, asked: SearchRequest) -> Page:
    found = _found(asked, name)
    spelt = next(
        value.value for value in found.facets[facet] if value.selected
    )  # as the archive writes it, however the address does
    drawing = timeline.drawing(asked, found.histogram, choices.narrowing(asked), _how_shown(asked))
    return _page((facet, spelt), spelt, asked, found, drawing)


def _answered(asked: SearchRequest, page: Callable[[], Page]) -> Response:
    """The page for what is asked: as it was made before, or made now."""
    question = Question.of(f"{settings().title} {_how_shown(asked)} {asked.page}")
    if had := question.answered():
        return had
    made = page()
    return question.answer(make_response(made.html), partial=made.partial)


def _asked() -> SearchRequest:
    """What a page about one subject takes from its address: how to show it."""
    given = search_request(request.args, strict=False)
    return SearchRequest(sort="newest", interval=given.interval, share=given.share, page=given.page)


def _how_shown(asked: SearchRequest) -> list[tuple[str, str]]:
    """The parameters that a page about one subject has of its own, but the number of the page."""
    return account.request_pairs(SearchRequest(interval=asked.interval, share=asked.share))


def _found(asked: SearchRequest, name: str) -> SearchPage:
    found = engine().search(asked)
    if not found.total:
        abort(404, said("There is nothing of {name} in this archive.", name=name))
    return found


def _page(
    subject: tuple[str, str],
    name: str,
    asked: SearchRequest,
    found: SearchPage,
    drawing: Drawing | None,
    before: Neighbour | None = None,
    after: Neighbour | None = None,
) -> Page:
    """The page of a ``subject`` (of what kind, and its name in addresses); days have others before
    and after them. Whoever else is of its kind is no choice here."""
    search = account.request_pairs(replace(asked, sort=None), page="", interval="", share="")
    shown = _how_shown(asked)
    html = render_template(
        "subject.html",
        name=name,
        found=found,
        drawing=drawing,
        before=before,
        after=after,
        facets=[facet for facet in choices.facets(asked, found) if facet.facet != subject[0]],
        pages=choices.numbers(found, quote(request.path), shown),
        hidden=search,
        results=choices.address(search),
        twins={form: of_subject(*subject, form) for form in FORMS},
        canonical=of_subject(*subject),
        first_page=asked.page == 1 and not shown,
    )
    return Page(html, found.partial)


def _neighbour(the_day: date, step: timedelta) -> Neighbour | None:
    """The nearest day with articles in one direction."""
    next_to = _moved(the_day, step)
    if next_to == the_day:
        return None
    forward = step > timedelta()
    nearest = engine().search(
        SearchRequest(
            start=next_to.isoformat() if forward else "",
            end="" if forward else next_to.isoformat(),
            sort="oldest" if forward else "newest",
            per_page=1,
            with_facets=False,
        )
    )
    stamp = nearest.hits[0].held.article.published if nearest.hits else None
    if stamp is None:
        return None
    # The article's own clock may be a day off that of the archive.
    about = stamp.at.date()
    start, end = _moved(about, -_A_DAY), _moved(about, _A_DAY)
    start, end = (max(start, next_to), end) if forward else (start, min(end, next_to))
    histogram = engine().search(_days(start, end)).histogram
    filled = [bucket.start for bucket in histogram.buckets if bucket.count] if histogram else []
    if not filled:
        return None
    found = filled[0] if forward else filled[-1]
    return Neighbour(wording().spelt_day(date.fromisoformat(found)), of_subject("day", found))


def _days(start: date, end: date, asked: SearchRequest = _EVERYTHING) -> SearchRequest:
    """What is asked, between two days, a bar a day."""
    first, last = start.isoformat(), end.isoformat()
    return replace(asked, start=first, end=last, interval="day", per_page=1)


def day_of(text: str) -> date:
    """The day of an address; any other spelling is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        abort(404, said("A day is written 2021-03-04."))
    return found


def _moved(the_day: date, by: timedelta) -> date:
    """Some days on or back, as far as the calendar goes."""
    try:
        return the_day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min
