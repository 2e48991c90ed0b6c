"""A page of results in the words of JSON: the same keys in the API and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from index import account
from index.article import CopyOf
from search.request import SearchRequest
from search.results import Explanation, Hit, SearchPage, Share, Snippet, Value

# The parameters that come last in an address.
_LAST = ("sort", "dedupe", "recency", "page", "per_page", "explain")
ROW = ("rank", "id", "title", "authors", "source", "published", "url", "snippet")
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")

Linker = Callable[[Hit], Mapping[str, str]]


def of_page(
    page: SearchPage,
    *,
    links: Mapping[str, str | None] | None = None,
    links_of: Linker = lambda hit: {"self": f"/a/{hit.held.article.id}"},
) -> dict[str, Any]:
    """The JSON of a search. ``links`` are the page's own, ``links_of`` gives those of a hit."""
    histogram = page.histogram
    return {
        "query": {
            "q": page.query.q,
            "understood": page.query.sentence,
            "clauses": [
                {"text": clause.text, "matches": clause.matches} for clause in page.query.clauses
            ],
            "notes": list(page.query.notes),
            "did_you_mean": None,
            "from": page.query.start,
            "to": page.query.end,
        },
        "total": page.total,
        "total_is_exact": not page.partial,
        "partial": page.partial,
        "folded": page.folded,
        "page": page.page,
        "per_page": page.per_page,
        "pages": page.pages,
        "took_ms": round(page.took_ms, 1),
        "results": [of_hit(hit, links_of(hit)) for hit in page.hits],
        "facets": {
            name: [_of_value(value) for value in values] for name, values in page.facets.items()
        },
        "histogram": None
        if histogram is None
        else {
            "interval": histogram.interval,
            "buckets": [
                {"start": bucket.start, "count": bucket.count, "total": bucket.total}
                for bucket in histogram.buckets
            ],
        },
        "links": dict(links or {}),
    }


def of_hit(hit: Hit, links: Mapping[str, str]) -> dict[str, Any]:
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
        "links": dict(links),
        **({"explain": _of_explanation(hit.explanation)} if hit.explanation else {}),
    }


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
    }


def _of_value(value: Value) -> dict[str, Any]:
    return {"value": value.value, "count": value.count, "selected": value.selected}


def row_of_hit(hit: Hit) -> dict[str, str]:
    """One result as a table row. A cell that a spreadsheet would compute gets an apostrophe."""
    article = hit.held.article
    row = {
        "rank": str(hit.rank),
        "id": article.id,
        "title": article.title,
        "authors": "; ".join(article.authors),
        "source": article.source,
        "published": article.published.text() if article.published else "",
        "url": article.url,
        "snippet": " ".join(snippet.text for snippet in hit.snippets),
    }
    return {name: f"'{cell}" if cell.startswith(_COMPUTED) else cell for name, cell in row.items()}


def request_pairs(request: SearchRequest, **changes: str) -> list[tuple[str, str]]:
    """The parameters of a request's address in canonical order, without those at their default.

    ``changes`` replace single ones; an empty value leaves it out.
    """
    single = {
        "q": request.q,
        "match": "" if request.match == "auto" else request.match,
        "from": request.start,
        "to": request.end,
        "sort": request.sort or "",
        "dedupe": "" if request.dedupe == "story" else request.dedupe,
        "recency": "" if request.recency == "off" else request.recency,
        "explain": "1" if request.explain else "",
        "page": "" if request.page == 1 else str(request.page),
        "per_page": "" if request.per_page == 10 else str(request.per_page),
    }
    single.update(changes)
    pairs = [(name, single[name]) for name in ("q", "match", "from", "to")]
    for facet in ("author", "source", "tag"):
        filter = request.filter(facet)
        pairs += [(facet, value) for value in filter.wanted]
        pairs += [(f"-{facet}", value) for value in filter.unwanted]
    pairs += [(name, single[name]) for name in _LAST]
    return [(name, value) for name, value in pairs if value]
