"""From a draft to an article: body, title, people, dates, and the ledger of what was set aside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import TYPE_CHECKING

from index import dates
from index.article import Article, Removal, Stamp
from index.bylines import newsrooms, people
from index.candidates import Candidate, resolved
from index.cleaning import RULES, Passage, clean, settle
from index.errors import RejectedDocument
from index.heading import read_head, read_names
from index.identity import article_id, outlet_of, web_address
from index.language import language_of
from index.readers import Draft
from index.readers.encoding import tidy
from index.reading import read
from index.settings import DEFAULT, Settings
from index.wire import dateline_of, place_of, slug_of

if TYPE_CHECKING:
    from index import metadata

# Rises whenever an article may read otherwise for another reason than a rule's own version.
VERSION = 2
# What a page sets behind a headline: that there is a film, or how long the recording is.
_PLAYER = re.compile(r"\s+(?:\(\+ ?(?:video|audio|photos)\)|Listen ?· ?\d{1,2}:\d\d)\s*$")


@dataclass(frozen=True, slots=True)
class _Content:
    """The text of a draft before cleaning, with what its markup says."""

    text: str
    removals: tuple[Removal, ...] = ()
    page: metadata.Metadata | None = None
    linked: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    standfirst: str = ""


def extract(draft: Draft, settings: Settings = DEFAULT) -> Article:
    """The article in ``draft``, as ``settings`` want it.

    What the format says outranks what the page says, which outranks what the text says. Raises
    RejectedDocument where there is no article.
    """
    content = _content(draft)
    page = content.page
    url = web_address(draft.url) or (page.url if page else "")
    host = outlet_of(url)
    source = draft.source or (page.source if page else "") or host
    printed = (tidy(draft.title), *(page.titles if page else ()))
    titles = tuple(filter(None, (_PLAYER.sub("", title) for title in printed)))
    passage = Passage(
        content.text,
        source=source.casefold(),
        host=host,
        title=titles[0] if titles else "",
        authors=_authors(draft, page, ()),
        linked=content.linked,
        captions=content.captions,
    )
    off, zone = settings.off(source), settings.zone
    cleaned = clean(passage, _without(off, content.removals), off)
    removals = cleaned.removals
    head = read_head(passage, removals, titled=bool(titles) or not draft.headless)
    if page is not None and not page.people:
        head = read_names(passage, removals) or head
    removals = settle((*removals, *_without(off, head.removals)))
    text = read(content.text, removals).text
    headline = titles[0] if titles else head.title or _first_words(text)
    slug, title = slug_of(headline)
    if not text and not (draft.title and draft.text == ""):
        raise RejectedDocument("holds no article text")
    return Article(
        id=article_id(draft, url, content.text),
        title=title,
        titles=tuple(dict.fromkeys((title, *(titles or (headline,))))),
        raw_text=content.text,
        removals=removals,
        standfirst=_standfirst(draft, content, head.standfirst, text),
        authors=_authors(draft, page, head.authors),
        published=_stamp(draft.published, page.published if page else (), head.published, zone),
        updated=_stamp(draft.updated, page.updated if page else (), head.updated, zone),
        source=source,
        section=draft.section or (page.section if page else ""),
        tags=draft.tags or (page.tags if page else ()),
        url=url,
        language=language_of(text, draft.language or (page.language if page else "")),
        dateline=place_of(draft.dateline) or dateline_of(text),
        slug=draft.slug or slug,
        partial=draft.partial,
        doubt=cleaned.doubt,
    )


def cleaner_of(source: str, settings: Settings) -> str:
    """What cleans articles of ``source`` now: differs as soon as a rule or a setting does."""
    return _cleaner(settings.off(source))


@cache
def _cleaner(off: frozenset[str]) -> str:
    rules = [(rule.name, rule.version) for rule in RULES if rule.name not in off]
    digest = hashlib.blake2b(repr((VERSION, rules, sorted(off))).encode(), digest_size=8)
    return digest.hexdigest()


def _without(off: Container[str], removals: Iterable[Removal]) -> tuple[Removal, ...]:
    return tuple(removal for removal in removals if removal.rule not in off)


def _content(draft: Draft) -> _Content:
    if not draft.markup:
        return _Content(tidy(draft.text))
    # The parsers take a second to load, and plain text needs none of them.
    from index import embedded, fragments, markup, metadata, pages, sites  # noqa: PLC0415

    if not draft.is_page:
        fragment = fragments.read(draft.markup)
        return _Content(fragment.text, fragment.removals)
    tree = markup.parse(draft.markup)
    url = web_address(draft.url) or metadata.address_of(tree)
    site = sites.site_of(url)
    lines = pages.lines(tree, site)
    page = metadata.read(tree, lines, url)
    body = pages.body(tree, lines, page, site)
    if not body.text and (data := embedded.embedded(draft.markup)):
        tree = markup.parse(f"<html><body><article>{data}</article></body></html>")
        body = pages.body(tree, pages.lines(tree, site), page, site)
    if not body.text:
        raise RejectedDocument("is a page in which no article was found")
    return _Content(body.text, body.removals, page, body.linked, body.captions, body.standfirst)


def _standfirst(draft: Draft, content: _Content, in_head: str, text: str) -> str:
    """The standfirst, unless it only repeats the start of the text.

    A page's description counts only where the page also shows it: elsewhere it was written for
    search engines.
    """
    standfirst = draft.standfirst or in_head or content.standfirst
    bare = re.sub(r"\W+", " ", standfirst).strip(" ").casefold()
    start = re.sub(r"\W+", " ", text[: len(standfirst) + 80]).casefold()
    return "" if bare and bare[:80] in start else standfirst


def _authors(
    draft: Draft, page: metadata.Metadata | None, in_head: tuple[str, ...]
) -> tuple[str, ...]:
    """People before organisations, and among them what the format says before the page."""
    outlet = draft.source or (page.source if page else "")
    if named := people(draft.authors, outlet, as_field=True):
        return named
    if page is not None and page.people:
        return page.authors
    return in_head or newsrooms(draft.authors) or (page.authors if page else ())


def _stamp(
    in_field: str, on_page: tuple[Candidate, ...], in_text: str, zone: tzinfo
) -> Stamp | None:
    """The first of the candidates that is a real moment, the most trusted first."""
    candidates = [
        Candidate("", in_field, "field", "high"),
        *on_page,
        Candidate("", in_text, "text", "medium"),
    ]
    for candidate in resolved(candidates, "", "published", "updated"):
        stamp = dates.parse(
            candidate.value, origin=candidate.origin, confidence=candidate.confidence, zone=zone
        )
        if stamp is not None:
            return stamp
    return None


def _first_words(text: str) -> str:
    """A title for a text that has none: its first words, cut at a word."""
    first = text.split("\n", 1)[0]
    return first if len(first) <= 100 else first[:100].rsplit(" ", 1)[0] + " …"
