"""The parameters of addresses, each described once, and the search that they ask for.

Programs are told of a bad value; a person gets the default. The API's document is made of the same
descriptions (``openapi``).
"""

from __future__ import annotations

from search.cursor import Cursor
from search.language import MOST_CHARACTERS
from search.request import (
    COUNTINGS,
    DEDUPES,
    FACETS,
    INTERVALS,
    MATCHES,
    MOST_PER_PAGE,
    MOST_RESULTS,
    RECENCIES,
    SORTS,
    Filter,
    SearchRequest,
    Sort,
)
from web.kinds import MOST_VALUE, Arguments, Day, Many, Number, OneOf, Parameter, Place, Text
from web.problems import BadParameter

MOST_VERSIONS = 100  # that are listed of one article, the newest
_UNASKED = SearchRequest()  # whose values are the defaults

Q = Text(
    "q",
    MOST_CHARACTERS,
    "query_too_long",
    "What is searched for, as people type it; no query is an error. Empty is every article.",
    '"harbour bridge" toll',
)
MATCH = OneOf(
    "match",
    MATCHES,
    "bad_match",
    "Whether an article must have all words, or any; auto is all, and any where none has all.",
    _UNASKED.match,
)
FROM = Day("from", "Published that day or later: 2021, 2021-03, 2021-03-02 or words.", "2021-03")
TO = Day("to", "Published that day or before: 2021, 2021-03, 2021-03-02 or words.", "last week")
COUNTING = OneOf(
    "counting",
    COUNTINGS,
    "bad_counting",
    "What words such as “last week” count from: today, or the newest article; auto is the latter"
    " where the archive has ended.",
    _UNASKED.counting,
)
SORT = OneOf(
    "sort",
    SORTS,
    "bad_sort",
    "The order of the results: by relevance where there is a query, else the newest first.",
    _UNASKED.sort,
    "newest",
)
DEDUPE = OneOf(
    "dedupe",
    DEDUPES,
    "bad_dedupe",
    "Whether the copies and versions of a story are one result.",
    _UNASKED.dedupe,
)
RECENCY = OneOf(
    "recency",
    RECENCIES,
    "bad_recency",
    "Whether newer articles come before older ones that answer as well.",
    _UNASKED.recency,
)
INTERVAL = OneOf(
    "interval",
    INTERVALS,
    "bad_interval",
    "The stretches of the histogram; one that makes too many gives way to the next.",
    _UNASKED.interval,
)
SHARE = OneOf(
    "share",
    ("0", "1"),
    "bad_share",
    "With 1, the timeline is drawn as a share of everything published then.",
    "0",
)
EXPLAIN = OneOf("explain", ("0", "1"), "bad_explain", "With 1, where each score comes from.", "0")
PAGE = Number(
    "page",
    MOST_RESULTS,
    "bad_page",
    f"Which page of results; with per_page no deeper than {MOST_RESULTS:,} results. A cursor goes"
    " through all.",
    _UNASKED.page,
)
PER_PAGE = Number(
    "per_page", MOST_PER_PAGE, "bad_per_page", "Results on a page.", _UNASKED.per_page
)
CURSOR = Place(
    "cursor",
    "* begins a harvest of all results by date, which links.next carries on; not with"
    " sort=relevance.",
    "*",
)
CONTAINS = Text("contains", MOST_VALUE, "bad_contains", "Part of the name of a value.", "marsh")
VERSION = Number(
    "version", 999_999_999, "bad_version", "One of those that /versions lists.", None, "1"
)
_FILTERS = {
    facet: (
        Many(facet, f"Only articles with one of these values of {facet}."),
        Many(f"-{facet}", f"No articles with one of these values of {facet}."),
    )
    for facet in FACETS
}

# What says which articles are found.
NARROWING: tuple[Parameter, ...] = (
    Q, MATCH, FROM, TO, COUNTING, *(one for pair in _FILTERS.values() for one in pair), DEDUPE,
)  # fmt: skip
SEARCHING: tuple[Parameter, ...] = (
    *NARROWING, SORT, RECENCY, INTERVAL, SHARE, EXPLAIN, PAGE, PER_PAGE, CURSOR,
)  # fmt: skip


def short_text(arguments: Arguments, name: str) -> str:
    """A short text, "" where none is given."""
    return arguments.get(name, "").strip()[:MOST_VALUE]


def search_request(arguments: Arguments, *, strict: bool) -> SearchRequest:
    """The search that ``arguments`` ask for.

    With ``strict`` a value out of bounds raises BadParameter; without, it falls back to the
    default. Parameters nobody knows are left out.
    """
    per_page = PER_PAGE.read(arguments, strict=strict)
    sort = SORT.read(arguments, strict=strict)
    return SearchRequest(
        q=Q.read(arguments, strict=strict),
        match=MATCH.read(arguments, strict=strict),
        start=FROM.read(arguments, strict=strict),
        end=TO.read(arguments, strict=strict),
        counting=COUNTING.read(arguments, strict=strict),
        interval=INTERVAL.read(arguments, strict=strict),
        share=SHARE.read(arguments, strict=strict) == "1",
        sort=sort,
        dedupe=DEDUPE.read(arguments, strict=strict),
        recency=RECENCY.read(arguments, strict=strict),
        explain=EXPLAIN.read(arguments, strict=strict) == "1",
        page=PAGE.read(arguments, strict=strict, most=MOST_RESULTS // per_page),
        per_page=per_page,
        author=_filter(arguments, "author", strict=strict),
        source=_filter(arguments, "source", strict=strict),
        section=_filter(arguments, "section", strict=strict),
        tag=_filter(arguments, "tag", strict=strict),
        lang=_filter(arguments, "lang", strict=strict),
        year=_filter(arguments, "year", strict=strict),
        after=_cursor(arguments, sort) if strict else None,
    )


def _cursor(arguments: Arguments, sort: Sort | None) -> Cursor | None:
    """Where a harvest goes on; people turn pages instead."""
    cursor = CURSOR.read(arguments, strict=True)
    if cursor is not None and sort == "relevance":
        raise BadParameter("bad_cursor", "cursor", "a cursor goes with sort=newest or sort=oldest")
    return cursor


def _filter(arguments: Arguments, facet: str, *, strict: bool) -> Filter:
    wanted, unwanted = _FILTERS[facet]
    return Filter(wanted.read(arguments, strict=strict), unwanted.read(arguments, strict=strict))
