"""A page of results in the words of JSON: the same keys in the API and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from index import account
from index.article import CopyOf, Edition, HeldArticle
from search import answers
from search.coverage import FacetPage, Histogram, Value
from search.cursor import START
from search.explanation import Explanation, Share
from search.request import EVERYTHING, FACETS, MOST_RESULTS, SearchRequest
from search.results import Hit, Repair, SearchPage, Snippet

if TYPE_CHECKING:
    from search.similar import Similar
    from search.suggestions import Suggestion

# The parameters that come last in an address.
_LAST = ("sort", "dedupe", "recency", "interval", "share", "page", "per_page", "cursor", "explain")

# ``root`` goes before every address: the path below which a proxy serves the site.


def of_page(
    page: SearchPage, links: answers.SearchLinks | None = None, *, root: str = ""
) -> answers.Search:
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
        "histogram": _of_histogram(page.histogram, root) if page.histogram else None,
        "links": links or {},
    }


def of_hit(hit: Hit, *, root: str = "") -> answers.Result:
    """One result. ``duplicates`` are the other articles of its story, the first published first."""
    article = hit.held.article
    result: answers.Result = {
        "id": article.id,
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "url": article.url or None,
        "title": article.title,
        "title_ranges": hit.title.ranges,
        "slug": article.slug or None,
        "authors": list(article.authors),
        "author_ranges": [author.ranges for author in hit.authors],
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
    }
    if hit.explanation:
        result["explain"] = _of_explanation(hit.explanation)
    return result


def _links_of(id: str, root: str) -> answers.ArticleLinks:
    return {"self": f"{root}/a/{id}", "api": f"{root}/api/v1/articles/{id}"}


def _of_explanation(explanation: Explanation) -> answers.Explanation:
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


def _of_share(share: Share) -> answers.Share:
    shown: answers.Share = {
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
            "counted": round(factors.counted, 4),
        }
    return shown


def _of_copy(copy: CopyOf) -> answers.Copy:
    return {
        "id": copy.id,
        "title": copy.title,
        "source": copy.source,
        "slug": copy.slug or None,
        "published": account.of_stamp(copy.published),
        "url": copy.url or None,
    }


def of_snippet(snippet: Snippet) -> answers.Snippet:
    """Text and ranges for whoever marks for themselves; ``html`` is escaped, then marked."""
    return {
        "text": snippet.text,
        "ranges": snippet.ranges,
        "html": snippet.html(),
        "hit": snippet.hit or None,
    }


def _of_repair(repair: Repair, root: str) -> answers.Repair:
    return {
        "text": repair.text,
        "q": repair.request.q,
        "matches": repair.matches,
        "link": root + address(repair.request),
    }


def of_suggestion(
    suggestion: Suggestion, *, root: str = "", among: SearchRequest = EVERYTHING
) -> answers.Suggestion:
    """One suggestion; ``link`` is where choosing it leads, among the articles of a request."""
    request = replace(among, q=suggestion.q)
    return {
        "text": suggestion.text,
        "kind": suggestion.kind,
        "count": suggestion.count,
        "q": suggestion.q,
        "link": root + (f"/a/{suggestion.id}" if suggestion.id else address(request)),
    }


def of_similar(similar: Similar, *, root: str = "") -> answers.Similar:
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


def of_held(held: HeldArticle, *, root: str = "") -> answers.WholeArticle:
    """An article with everything the archive holds of it."""
    page = f"{root}/a/{held.article.id}"
    api = f"{root}/api/v1/articles/{held.article.id}"
    return {
        **account.of_article(held.article),
        "version": held.version,
        "taken": held.taken.isoformat(),
        "links": {
            "self": api,
            "html": page,
            "similar": f"{api}/similar",
            "versions": f"{api}/versions",
            "cite": f"{page}/cite",
            "bibtex": f"{page}.bib",
            "csl": f"{page}.csl.json",
        },
    }


def of_history(
    held: HeldArticle, editions: Sequence[Edition], total: int, *, root: str = ""
) -> answers.Versions:
    """The versions of an article; ``total`` counts those that are not listed too."""
    api = f"{root}/api/v1/articles/{held.article.id}"
    return {
        "id": held.article.id,
        "total": total,
        "versions": [_of_edition(edition, held, root) for edition in editions],
        "links": {"self": f"{api}/versions", "article": api},
    }


def _of_edition(edition: Edition, held: HeldArticle, root: str) -> answers.Version:
    links = _links_of(held.article.id, root)
    number = f"?version={edition.version}"
    return {
        "version": edition.version,
        "taken": edition.taken.isoformat(),
        "title": edition.title,
        "words": edition.words,
        "slug": edition.slug or None,
        "partial": edition.partial or None,
        "published": account.of_stamp(edition.published),
        "updated": account.of_stamp(edition.updated),
        "current": edition.version == held.version,
        "links": {"self": links["self"] + number, "api": links["api"] + number},
    }


def _of_value(value: Value) -> answers.Value:
    return {
        "value": value.value,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def _of_histogram(histogram: Histogram, root: str) -> answers.Histogram:
    return {
        "interval": histogram.interval,
        "buckets": [
            {"start": bucket.start, "count": bucket.count, "total": bucket.total}
            for bucket in histogram.buckets
        ],
        "undated": {"count": histogram.undated.count, "total": histogram.undated.total},
        "peaks": [
            {"start": peak.start, "title": peak.title, "links": _links_of(peak.id, root)}
            for peak in histogram.peaks
        ],
    }


def of_values(found: FacetPage, links: answers.ValuesLinks) -> answers.Values:
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
        "links": links,
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
        "share": "1" if request.share else "",
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


def pairs_of_previous(request: SearchRequest, page: SearchPage) -> list[tuple[str, str]] | None:
    """The parameters of the page before; None on the first, and in a harvest, which goes on only.

    Before a page past the end is the last.
    """
    number = min(request.page - 1, max(page.pages, 1))
    if request.after is not None or not number:
        return None
    return request_pairs(request, page="" if number == 1 else str(number))


def pairs_of_first(request: SearchRequest) -> list[tuple[str, str]]:
    """The parameters of the first page, or of the beginning of a harvest."""
    return request_pairs(request, page="", cursor=START if request.after else "")
