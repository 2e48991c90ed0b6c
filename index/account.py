"""An article in the words of JSON: the same keys wherever one is printed."""

from __future__ import annotations

from index import answers
from index.article import Article, Removal, Stamp
from index.reading import read


def of_article(article: Article) -> answers.Article:
    """Everything about an article but its raw text; ``text`` is its clean text."""
    return {
        "id": article.id,
        "url": article.url or None,
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": of_stamp(article.published),
        "updated": of_stamp(article.updated),
        "source": article.source,
        "section": article.section,
        "tags": list(article.tags),
        "lang": article.language,
        "dateline": article.dateline,
        "slug": article.slug or None,
        "partial": article.partial or None,
        "doubt": article.doubt or None,
        "text": read(article.raw_text, article.removals).text,
        "notes": list(article.moved("notes")),
        "corrections": list(article.moved("corrections")),
        "credits": list(article.moved("credits")),
        "captions": list(article.moved("captions")),
        "contributors": list(article.moved("contributors")),
        "genre": list(article.moved("genre")),
        "removed": [of_removal(removal) for removal in article.removals],
    }


def of_stamp(stamp: Stamp | None) -> answers.Stamp | None:
    if stamp is None:
        return None
    return {
        "at": stamp.text(),
        "precision": stamp.precision,
        "from": stamp.origin,
        "confidence": stamp.confidence,
    }


def of_removal(removal: Removal) -> answers.Removal:
    """One line of the ledger; ``start`` and ``end`` are characters of the raw text."""
    return {
        "start": removal.start,
        "end": removal.end,
        "text": removal.text,
        "rule": removal.rule,
        "version": removal.version,
        "reason": removal.reason,
        "confidence": removal.confidence,
        "evidence": removal.evidence,
        "moves_to": removal.moves_to,
    }
