"""Addresses to search requests. Programs are told of a bad value; a person gets the default."""

from __future__ import annotations

from typing import TypeVar

from werkzeug.datastructures import MultiDict

from search.bounds import fault
from search.cursor import START, Cursor
from search.language import MOST_CHARACTERS
from search.request import (
    COUNTINGS,
    DEDUPES,
    INTERVALS,
    MATCHES,
    MOST_PER_PAGE,
    MOST_RESULTS,
    MOST_VALUES,
    RECENCIES,
    SORTS,
    Filter,
    SearchRequest,
    Sort,
)
from web.problems import BadParameter

_T = TypeVar("_T", bound=str)
_MOST_VALUE = 200  # characters of one value of a filter


def search_request(arguments: MultiDict[str, str], *, strict: bool) -> SearchRequest:
    """The search that ``arguments`` ask for.

    With ``strict`` a value out of bounds raises BadParameter; without, it falls back to the
    default. Parameters nobody knows are left out.
    """
    per_page = _number(arguments, "per_page", 10, MOST_PER_PAGE, strict=strict)
    sort = _one_of(arguments, "sort", SORTS, strict=strict)
    return SearchRequest(
        q=typed_query(arguments, strict=strict),
        match=_one_of(arguments, "match", MATCHES, strict=strict) or "auto",
        start=_day(arguments, "from", strict=strict),
        end=_day(arguments, "to", strict=strict),
        counting=_one_of(arguments, "counting", COUNTINGS, strict=strict) or "auto",
        interval=_one_of(arguments, "interval", INTERVALS, strict=strict) or "auto",
        share=_one_of(arguments, "share", ("0", "1"), strict=strict) == "1",
        sort=sort,
        dedupe=_one_of(arguments, "dedupe", DEDUPES, strict=strict) or "story",
        recency=_one_of(arguments, "recency", RECENCIES, strict=strict) or "off",
        explain=_one_of(arguments, "explain", ("0", "1"), strict=strict) == "1",
        page=_number(arguments, "page", 1, MOST_RESULTS // per_page, strict=strict),
        per_page=per_page,
        author=_filter(arguments, "author", strict=strict),
        source=_filter(arguments, "source", strict=strict),
        section=_filter(arguments, "section", strict=strict),
        tag=_filter(arguments, "tag", strict=strict),
        lang=_filter(arguments, "lang", strict=strict),
        year=_filter(arguments, "year", strict=strict),
        after=_cursor(arguments, sort) if strict else None,
    )


def short_text(arguments: MultiDict[str, str], name: str) -> str:
    """A short text, "" where none is given."""
    return arguments.get(name, "").strip()[:_MOST_VALUE]


def typed_query(arguments: MultiDict[str, str], *, strict: bool) -> str:
    q = arguments.get("q", "")
    if strict and len(q) > MOST_CHARACTERS:
        raise BadParameter("query_too_long", "q", f"q may have {MOST_CHARACTERS} characters")
    return q


def _one_of(
    arguments: MultiDict[str, str], name: str, values: tuple[_T, ...], *, strict: bool
) -> _T | None:
    given = arguments.get(name, "")
    for value in values:
        if value == given:
            return value
    if strict and given:
        raise BadParameter(f"bad_{name}", name, f"{name} is one of {', '.join(values)}")
    return None


def _number(
    arguments: MultiDict[str, str], name: str, default: int, most: int, *, strict: bool
) -> int:
    given = arguments.get(name, "")
    if not given:
        return default
    if given.isascii() and given.isdigit() and len(given) <= 9 and 1 <= int(given) <= most:
        return int(given)
    if strict:
        raise BadParameter(f"bad_{name}", name, f"{name} is a number from 1 to {most}")
    return default


def _cursor(arguments: MultiDict[str, str], sort: Sort | None) -> Cursor | None:
    """Where a harvest goes on; people turn pages instead."""
    given = arguments.get("cursor", "")
    if not given:
        return None
    if sort == "relevance":
        raise BadParameter("bad_cursor", "cursor", "a cursor goes with sort=newest or sort=oldest")
    try:
        return Cursor.read(given)
    except ValueError as error:
        raise BadParameter(
            "bad_cursor", "cursor", f"cursor is {START}, or what the last page gave in links.next"
        ) from error


def _day(arguments: MultiDict[str, str], name: str, *, strict: bool) -> str:
    given = arguments.get(name, "").strip()
    if strict and given and (why := fault(given)):
        raise BadParameter("bad_date", name, f"{name} {why}")
    return given[:_MOST_VALUE]


def _filter(arguments: MultiDict[str, str], name: str, *, strict: bool) -> Filter:
    wanted = _values(arguments, name, strict=strict)
    return Filter(wanted, _values(arguments, f"-{name}", strict=strict))


def _values(arguments: MultiDict[str, str], name: str, *, strict: bool) -> tuple[str, ...]:
    values = [value.strip() for value in arguments.getlist(name) if value.strip()]
    if strict and (len(values) > MOST_VALUES or any(len(value) > _MOST_VALUE for value in values)):
        raise BadParameter(
            "too_many_values",
            name,
            f"{name} may repeat {MOST_VALUES} times, {_MOST_VALUE} characters each",
        )
    return tuple(value[:_MOST_VALUE] for value in values[:MOST_VALUES])
