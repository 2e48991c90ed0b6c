"""A page of results in the words of JSON: the same keys in the API and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from index import account
from index.article import CopyOf
from search.request import FACETS, MOST_RESULTS, SearchRequest
from search.results import (
    Explanation,
    FacetPage,
    Histogram,
    Hit,
    Repair,
    SearchPage,
    Share,
    Snippet,
    Value,
)

if TYPE_CHECKING:
    from search.similar import Similar
    from search.suggestions import Suggestion

# The parameters that come last in an address.
_LAST = ("sort", "dedupe", "recency", "interval", "page", "per_page", "cursor", "explain")

# ``root`` goes before every address: the path below which a proxy serves the site.


def of_page(
    page: SearchPage, links: Mapping[str, str | None] | None = None, *, root: str = ""
) -> dict[str, Any]:
    """The JSON of a search. ``links`` are the page's own."""
    return {
        "query": {
            "q": page.query.q,
            "understood": page.query.sentence,
            "clauses": [
                {"text": clause.text, "matches": clause.matches} for clause in page.query.clauses
            ],
            "notes": list(page.query.notes),
            "did_you_mean": page.query.did_you_mean.request.q if page.query.did_you_mean else None,
            "emptied_by": page.query.emptied_by,
            "repairs": [_of_repair(repair, root) for repair in page.query.repairs],
            "from": page.query.start,
            "to": page.query.end,
            "counting": page.query.counting,
            "counted_from": page.query.counted or None,
        },
        "total": page.total,
        "total_is_exact": not page.partial,
        "partial": page.partial,
        "folded": page.folded,
        "page": page.page,
        "per_page": page.per_page,
        "pages": page.pages,
        "took_ms": round(page.took_ms, 1),
        "results": [of_hit(hit, root=root) for hit in page.hits],
        "facets": {
            name: [_of_value(value) for value in values] for name, values in page.facets.items()
        },
        "facet_values": page.distinct,
        "histogram": _of_histogram(page.histogram) if page.histogram else None,
        "links": dict(links or {}),
    }


def of_hit(hit: Hit, *, root: str = "") -> dict[str, Any]:
    """One result. ``duplicates`` are the other articles of its story, the first published first."""
    article = hit.held.article
    return {
        "id": article.id,
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "url": article.url or None,
        "title": article.title,
        "title_ranges": [list(range) for range in hit.title.ranges],
        "slug": article.slug or None,
        "authors": list(article.authors),
        "source": article.source,
        "section": article.section,
        "tags": list(article.tags),
        "lang": article.language,
        "words": hit.words,
        "published": account.of_stamp(article.published),
        "updated": account.of_stamp(article.updated),
        "snippets": [of_snippet(snippet) for snippet in hit.snippets],
        "hits": hit.matches,
        "duplicates": {
            "count": len(hit.held.copies),
            "ids": [copy.id for copy in hit.held.copies],
            "articles": [_of_copy(copy) for copy in hit.held.copies],
        },
        "set_aside": len(article.removals),
        "links": _links_of(article.id, root),
        **({"explain": _of_explanation(hit.explanation)} if hit.explanation else {}),
    }


def _links_of(id: str, root: str) -> dict[str, str]:
    return {"self": f"{root}/a/{id}", "api": f"{root}/api/v1/articles/{id}"}


def _of_explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "score": round(explanation.score, 4),
        "recency": round(explanation.recency, 4),
        "clauses": [
            {
                "text": clause.text,
                "score": round(clause.score, 4),
                "shares": [_of_share(share) for share in clause.shares],
            }
            for clause in explanation.clauses
        ],
    }


def _of_share(share: Share) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "field": share.field,
        "term": share.term,
        "score": round(share.score, 4),
        "boost": round(share.boost, 4),
    }
    if factors := share.factors:
        shown |= {
            "rarity": round(factors.rarity, 4),
            "saturation": round(factors.saturation, 4),
            "frequency": factors.frequency,
            "length": factors.length,
            "average_length": round(factors.average_length, 1),
        }
    return shown


def _of_copy(copy: CopyOf) -> dict[str, Any]:
    return {
        "id": copy.id,
        "title": copy.title,
        "source": copy.source,
        "slug": copy.slug or None,
        "published": account.of_stamp(copy.published),
        "url": copy.url or None,
    }


def of_snippet(snippet: Snippet) -> dict[str, Any]:
    """Text and ranges for whoever marks for themselves; ``html`` is escaped, then marked."""
    return {
        "text": snippet.text,
        "ranges": [list(range) for range in snippet.ranges],
        "html": snippet.html(),
        "hit": snippet.hit or None,
    }


def _of_repair(repair: Repair, root: str) -> dict[str, Any]:
    return {
        "text": repair.text,
        "q": repair.request.q,
        "matches": repair.matches,
        "link": root + address(repair.request),
    }


def of_suggestion(suggestion: Suggestion, *, root: str = "") -> dict[str, Any]:
    """One suggestion; ``link`` is where choosing it leads."""
    request = SearchRequest(q=suggestion.q)
    return {
        "text": suggestion.text,
        "kind": suggestion.kind,
        "count": suggestion.count,
        "q": suggestion.q,
        "link": root + (f"/a/{suggestion.id}" if suggestion.id else address(request)),
    }


def of_similar(similar: Similar, *, root: str = "") -> dict[str, Any]:
    """Articles like another one, as far as a list tells of each."""
    return {
        "terms": list(similar.terms),
        "articles": [
            {
                "id": held.article.id,
                "title": held.article.title,
                "source": held.article.source,
                "published": account.of_stamp(held.article.published),
                "url": held.article.url or None,
                "links": _links_of(held.article.id, root),
            }
            for held in similar.articles
        ],
    }


def _of_value(value: Value) -> dict[str, Any]:
    return {
        "value": value.value,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _of_histogram(histogram: Histogram) -> dict[str, Any]:
    return {
        "interval": histogram.interval,
        "buckets": [
            {"start": bucket.start, "count": bucket.count, "total": bucket.total}
            for bucket in histogram.buckets
        ],
        "undated": {"count": histogram.undated.count, "total": histogram.undated.total},
    }


def of_values(found: FacetPage, links: Mapping[str, str | None]) -> dict[str, Any]:
    """The JSON of one page of a facet's values."""
    return {
        "facet": found.facet,
        "contains": found.contains,
        "understood": found.query.sentence,
        "notes": list(found.query.notes),
        "total": found.total,
        "page": found.page,
        "per_page": found.per_page,
        "pages": found.pages,
        "values": [_of_value(value) for value in found.values],
        "links": dict(links),
    }


def address(request: SearchRequest) -> str:
    """The page of a request."""
    return f"/search?{urlencode(request_pairs(request))}"


def request_pairs(request: SearchRequest, **changes: str) -> list[tuple[str, str]]:
    """The parameters of a request's address in canonical order, without those at their default.

    ``changes`` replace single ones; an empty value leaves it out.
    """
    single = {
        "q": request.q,
        "match": "" if request.match == "auto" else request.match,
        "from": request.start,
        "to": request.end,
        "counting": "" if request.counting == "auto" else request.counting,
        "sort": request.sort or "",
        "dedupe": "" if request.dedupe == "story" else request.dedupe,
        "interval": "" if request.interval == "auto" else request.interval,
        "recency": "" if request.recency == "off" else request.recency,
        "explain": "1" if request.explain else "",
        "page": "" if request.page == 1 else str(request.page),
        "per_page": "" if request.per_page == 10 else str(request.per_page),
        "cursor": request.after.text() if request.after else "",
    }
    single.update(changes)
    pairs = [(name, single[name]) for name in ("q", "match", "from", "to", "counting")]
    for facet in FACETS:
        filter = request.filter(facet)
        pairs += [(facet, value) for value in filter.wanted]
        pairs += [(f"-{facet}", value) for value in filter.unwanted]
    pairs += [(name, single[name]) for name in _LAST]
    return [(name, value) for name, value in pairs if value]


def pairs_of_next(request: SearchRequest, page: SearchPage) -> list[tuple[str, str]]:
    """The parameters of the page after ``page``, none where it is the last that can be had."""
    if page.next is not None:
        return request_pairs(request, page="", cursor=page.next.text())
    number = request.page + 1
    if request.after is not None or number > min(page.pages, MOST_RESULTS // request.per_page):
        return []
    return request_pairs(request, page=str(number))
