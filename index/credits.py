"""Who wrote a page: the people it credits, and the organisations where it credits nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from index.article import Confidence
from index.blocks import Line
from index.bylines import newsrooms, only_names, people
from index.candidates import Candidate
from index.linked_data import LinkedArticle
from index.markup import words
from index.names import is_organisation, is_whole
from index.surroundings import reasons

_BYLINE = re.compile(r"by-?line|author|autor|auteur|writer|reporter|journalist", re.IGNORECASE)
# What may be one, found by lxml itself: Python is slow over thousands of elements.
_NAMES = (
    "translate(concat(@class, ' ', @id, ' ', @data-testid, ' ', @itemprop, ' ', @rel),"
    " 'ABEILNORTUWYHJPS', 'abeilnortuwyhjps')"
)
_WORDS = ("byline", "by-line", "author", "autor", "auteur", "writer", "reporter", "journalist")
_LIKELY = etree.XPath(f".//*[{' or '.join(f'contains({_NAMES}, {word!r})' for word in _WORDS)}]")
_NOT_BYLINE = re.compile(
    r"bio|about|avatar|image|photo|follow|share|comment|related|more|email|twitter|social|teaser"
    r"|authori[sz]|readers?-?reporter",
    re.IGNORECASE,
)
_META = re.compile(
    r"(?:.*[:.-])?(?:article)?(?:author|creator|byl|byline)(?:[._-]?name)?s?", re.IGNORECASE
)
_MACHINE = re.compile(r"/(?:admin|administrator|editor|redaktion|redaction|staff)/?$")
_LABELLED = re.compile(
    r"(?:by|von|par|por|autor(?:in)?\s*/\s*autor(?:in)?|autor(?:in)?:|author:|auteur\s*:"
    r"|written by|text:|reporter:)\s+(?-i:(?=[^\W\d_a-z]))",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\s+on\s+|\s*[|·•]\s*|,?\s+\d|\s+(?:[A-Z][a-z]{2,8}day|[A-Z][a-z]{2,8})\s+\d")
_UNDER_HEADLINE = 15  # lines of the page
_LONGEST_BYLINE = 160  # characters: a date, a reading time and topics may follow on the line
_FIELDS = {"json-ld", "meta"}
_ELSEWHERE = {"other stories", "sidebar", "navigation", "footer", "comments", "advert", "caption"}


@dataclass(frozen=True, slots=True)
class Credits:
    """``authors`` is who the page credits, in its order: people, and what it lists beside them.

    Where it names nobody, ``authors`` are the ``organisations``.
    """

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def credits_of(
    tree: HtmlElement,
    lines: Sequence[Line],
    article: LinkedArticle,
    metas: Mapping[str, Sequence[str]],
    outlets: Sequence[str],
) -> Credits:
    """The credits of a page. ``outlets`` are the names of the paper itself, which no author has.

    JSON-LD and meta tags are believed before what stands on the page, because a page shows the
    bylines of other stories too. An organisation that is not the paper itself is a credit: an
    agency's story has no other. The paper itself is the author where nothing else is.
    """
    given = [*_linked(article, outlets), *_in_metas(metas, outlets)]
    chosen = _people(given)
    if not chosen and not _others(given, outlets):
        shown = [*_shown(tree, outlets), *_in_lines(lines, tree, outlets)]
        chosen = _people(shown)
        given += shown
    organisations = _names(given, "organisation")
    if not chosen:
        structured = [candidate for candidate in given if candidate.confidence == "high"]
        firsts = _others(structured, outlets, first=True) or organisations[:1]
        return Credits((), organisations, firsts, tuple(given))
    origin = chosen[0].origin
    beside = _others(given, outlets, origin) if origin == "json-ld" else ()
    named = tuple(candidate.value for candidate in chosen)
    in_order = [candidate.value for candidate in given if candidate.value in (*named, *beside)]
    return Credits(named, organisations, tuple(dict.fromkeys(in_order or named)), tuple(given))


def _people(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The people of the first origin that names one in full.

    Beside a full name, a single word is a name in a field, and a topic on the page.
    """
    found = [candidate for candidate in candidates if candidate.field == "author"]
    best = next((candidate for candidate in found if is_whole(candidate.value)), None)
    if best is None:
        return []
    in_field = best.origin in _FIELDS
    return [c for c in found if c.origin == best.origin and (in_field or is_whole(c.value))]


def _names(candidates: Sequence[Candidate], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.value for c in candidates if c.field == field))


def _others(
    candidates: Sequence[Candidate],
    outlets: Sequence[str],
    origin: str = "",
    *,
    first: bool = False,
) -> tuple[str, ...]:
    """The organisations that are not the paper itself; of the ``first`` origin that names any."""
    found = [
        candidate
        for candidate in candidates
        if candidate.field == "organisation" and not _is_outlet(candidate.value, outlets)
    ]
    origin = found[0].origin if first and found else origin
    return tuple(dict.fromkeys(c.value for c in found if origin in {"", c.origin}))


def _linked(article: LinkedArticle, outlets: Sequence[str]) -> Iterator[Candidate]:
    for key in ("author", "creator"):
        for name in article.names(key):
            yield from _read(
                name.text,
                outlets,
                "json-ld",
                organisation="Organization" in name.kind or bool(_MACHINE.search(name.url)),
            )


def _in_metas(metas: Mapping[str, Sequence[str]], outlets: Sequence[str]) -> Iterator[Candidate]:
    for name, texts in metas.items():
        if _META.fullmatch(name):
            for text in texts:
                if "//" not in text:
                    yield from _read(text, outlets, "meta")


def _shown(tree: HtmlElement, outlets: Sequence[str]) -> list[Candidate]:
    """What the elements say that are marked up as a byline: the first that names a person in full,
    with its like beside it, else the first that says anything."""
    first: list[Candidate] = []
    headline = _headline(tree)
    for element in cast(list[HtmlElement], _LIKELY(tree)):
        origin = _marked(element)
        if not origin or _is_elsewhere(element, headline):
            continue
        text = words(element)
        if not 2 < len(text) <= 120:
            continue
        found = list(_read(text, outlets, origin))
        if any(c.field == "author" and is_whole(c.value) for c in found):
            return [*found, *_beside(element, outlets, origin)]
        first = first or found
    return first


def _in_lines(lines: Sequence[Line], tree: HtmlElement, outlets: Sequence[str]) -> list[Candidate]:
    """What a line under the headline says that is a byline by its words: "By Odile Marsh"."""
    headline = _headline(tree)
    start = next((n for n, line in enumerate(lines) if line.element is headline), 0)
    for line in lines[start : start + _UNDER_HEADLINE]:
        match = _LABELLED.match(line.text) if len(line.text) <= _LONGEST_BYLINE else None
        if match is None or _is_elsewhere(line.element, headline):
            continue
        apart = words(line.element)  # names and dates in elements of their own have no space
        match = _LABELLED.match(apart)
        text = _WHEN.split(apart[match.end() :] if match else line.text)[0]
        if only_names(text):
            return list(_read(text, outlets, "line"))
        name = re.split(r"[,|·•]|\s(?:in|on|for)\s", text)[0].strip()
        if is_organisation(name):
            return list(_read(name, outlets, "line"))
    return []


def _beside(element: HtmlElement, outlets: Sequence[str], origin: str) -> Iterator[Candidate]:
    """Who else stands in elements of the same kind next to a byline, or next to what it is in."""
    for around in (element, element.getparent()):
        for other in around.itersiblings() if around is not None else ():
            alike = (other.tag, other.get("class")) == (around.tag, around.get("class"))
            text = words(other) if alike else ""
            if len(text) <= 60 and only_names(text):
                yield from _read(text, outlets, origin)


def _headline(tree: HtmlElement) -> HtmlElement:
    return next(tree.iter("h1"), tree)


def _is_elsewhere(element: HtmlElement, headline: HtmlElement) -> bool:
    """Whether a byline is that of another story, or of a picture; what the headline is in, too, is
    the story's own."""
    return any(kind in _ELSEWHERE for kind, _ in reasons(element, headline))


def _marked(element: HtmlElement) -> str:
    """ "microdata" or "byline" for an element that is marked up as one, else ""."""
    if element.get("itemprop") == "author" or "author" in element.get("rel", "").split():
        return "microdata"
    marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-testid', '')}"
    return "byline" if _BYLINE.search(marks) and not _NOT_BYLINE.search(marks) else ""


def _read(
    text: str, outlets: Sequence[str], origin: str, *, organisation: bool = False
) -> Iterator[Candidate]:
    """The people in a text, else the organisation that it is."""
    text = " ".join(text.split())
    as_field = origin in _FIELDS
    confidence: Confidence = "high" if as_field else "medium"
    is_paper = _is_outlet(text, outlets)
    names = () if organisation or is_paper else people(text, as_field=as_field)
    names = tuple(name for name in names if not _is_outlet(name, outlets))
    for name in names:
        yield Candidate("author", name, origin, confidence)
    if not names:
        for name in newsrooms([text]):
            yield Candidate("organisation", name, origin, confidence)


def _is_outlet(name: str, outlets: Sequence[str]) -> bool:
    return any(_same(name, outlet) for outlet in outlets)


def _same(name: str, outlet: str) -> bool:
    first, second = (
        re.sub(r"\W+", "", text).casefold().removeprefix("the") for text in (name, outlet)
    )
    return first == second
