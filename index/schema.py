"""What an article is in the index: the fields, and how each is analysed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from whoosh import columns, fields
from whoosh.analysis import Analyzer, Token

from index.analysis import (
    SPELLING,
    Forms,
    forms,
    fresh_forms_of,
    is_plain,
    name_key,
    plainly_folded,
    raw_words,
    stems,
)
from index.article import HeldArticle
from index.reading import read
from index.sentences import places

# Rises whenever a field or its analysis changes, or where sentences end; an index of another number
# must be rebuilt.
VERSION = 11

# Between the values of a field that has several, in the columns that facets are counted from.
SEPARATOR = "\x1f"
# Places between two parts of a field: more than any phrase may bridge.
GAP = 100
# Sorts undated articles apart from all dated ones; no article is of the year -292277022399.
UNDATED = -(2**62)

Kind = Literal["stem", "exact", "name", "person"]


class NewsAnalyzer(Analyzer):  # type: ignore[misc]
    """``index.analysis`` in the shape that Whoosh wants: one token a term.

    ``stem`` gives the stem and, at the same place, the second form; ``exact`` the word as
    written; ``name`` the word folded but not stemmed, for sources and places; ``person`` that and,
    at the same place, its first letter with a full stop, so that "J. Smith" is Jane Smith.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, value: str, positions: bool = False, **_: Any) -> Iterator[Token]:
        token = Token(positions)
        token.boost = 1.0
        for position, form in _placed(value):
            token.pos = position
            for token.text in terms_of(form, self.kind):
                yield token


def terms_of(form: Forms, kind: Kind) -> tuple[str, ...]:
    """The terms of one word in a field of this kind, all at the same place."""
    match kind:
        case "stem":
            return (form.stem, form.also) if form.also else (form.stem,)
        case "exact":
            return (form.exact,)
        case "name":
            return (form.exact.split(SPELLING)[0],)
        case "person":
            name = form.exact.split(SPELLING)[0]
            return (name, f"{name[0]}.") if name else ()


def terms_of_all(words: Sequence[str], kind: Kind, none: str) -> tuple[list[str], list[str]]:
    """The term of each of ``words`` in a field of this kind, and its second one, or ``none``: what
    ``terms_of`` gives for its forms, with what most words are, plain ones, taken at once."""
    first = [plainly_folded(word) for word in words]
    if kind == "stem":
        first = stems(first)
    second = [none] * len(words)
    for place, word in enumerate(words):
        if kind == "person" or not is_plain(word):
            first[place], second[place] = (*terms_of(fresh_forms_of(word), kind), none, none)[:2]
    return first, second


def _placed(value: str) -> Iterator[tuple[int, Forms]]:
    """The words of a value and their places; between two parts a phrase finds no way."""
    start = 0
    for part in value.split(SEPARATOR):
        found = forms(part)
        yield from enumerate(found, start)
        start += len(found) + GAP


def schema() -> fields.Schema:
    """The Whoosh schema of an archive's index.

    Of the stored fields there are two: the id, and the version that was indexed, by which the
    archive gives the very text that was searched.
    """
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        version=fields.STORED,
        title=fields.TEXT(NewsAnalyzer("stem")),
        body=fields.TEXT(NewsAnalyzer("stem")),
        # All words as written, for prefixes, exact spelling and suggestions; without positions.
        title_words=fields.TEXT(NewsAnalyzer("exact"), phrase=False),
        body_words=fields.TEXT(NewsAnalyzer("exact"), phrase=False),
        # The standfirst and the first paragraph: its words have the places that they have in body.
        lead=fields.TEXT(NewsAnalyzer("stem")),
        lead_words=fields.TEXT(NewsAnalyzer("exact"), phrase=False),
        # What was set aside.
        clutter=fields.TEXT(NewsAnalyzer("stem")),
        clutter_words=fields.TEXT(NewsAnalyzer("exact"), phrase=False),
        # The places in body at which a sentence starts, as 32-bit numbers.
        sentences=fields.COLUMN(columns.VarBytesColumn()),
        author=fields.TEXT(NewsAnalyzer("person")),
        source=fields.TEXT(NewsAnalyzer("name")),
        tag=fields.TEXT(NewsAnalyzer("name")),
        section=fields.TEXT(NewsAnalyzer("name")),
        dateline=fields.TEXT(NewsAnalyzer("name")),
        slug=fields.TEXT(NewsAnalyzer("name")),
        # The whole value under one key, for filters.
        author_key=fields.KEYWORD(commas=True, analyzer=_Keys()),
        source_key=fields.KEYWORD(commas=True, analyzer=_Keys()),
        tag_key=fields.KEYWORD(commas=True, analyzer=_Keys()),
        # The values as written, for facets.
        author_values=fields.COLUMN(columns.VarBytesColumn()),
        source_values=fields.COLUMN(columns.VarBytesColumn()),
        section_values=fields.COLUMN(columns.VarBytesColumn()),
        tag_values=fields.COLUMN(columns.VarBytesColumn()),
        lang_values=fields.COLUMN(columns.VarBytesColumn()),
        url=fields.ID,
        language=fields.ID,
        published=fields.NUMERIC(int, 64, shift_step=8, sortable=True, default=UNDATED),
        updated=fields.NUMERIC(int, 64, shift_step=8),
        words=fields.NUMERIC(int, 32, shift_step=8),
        # The story an article is of: results show each story once.
        story=fields.NUMERIC(int, 64, shift_step=0, sortable=True),
    )


class _Keys(Analyzer):  # type: ignore[misc]
    """The values of a field that has several, each as one term."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token()
        token.boost = 1.0
        for part in value.split(SEPARATOR):
            token.text = name_key(part)
            if token.text:
                yield token


def document(held: HeldArticle) -> dict[str, object]:
    """The fields of an article as Whoosh takes them. All headlines of an article are searched."""
    article = held.article
    text = read(article.raw_text, article.removals).text
    first = text.partition("\n\n")[0]
    body = f"{article.standfirst}{SEPARATOR}{text}" if article.standfirst else text
    lead = f"{article.standfirst}{SEPARATOR}{first}" if article.standfirst else first
    clutter = SEPARATOR.join(removal.text for removal in article.removals)
    titles = SEPARATOR.join(dict.fromkeys((article.title, *article.titles)))
    authors = SEPARATOR.join(article.authors)
    tags = SEPARATOR.join(article.tags)
    values: dict[str, object] = {
        "id": article.id,
        "version": held.version,
        "title": titles,
        "title_words": titles,
        "body": body,
        "body_words": body,
        "lead": lead,
        "lead_words": lead,
        "clutter": clutter,
        "clutter_words": clutter,
        "sentences": sentence_starts(body),
        "author": authors,
        "author_key": authors,
        "author_values": authors.encode(),
        "source": article.source,
        "source_key": article.source,
        "source_values": article.source.encode(),
        "tag": tags,
        "tag_key": tags,
        "tag_values": tags.encode(),
        "section": article.section,
        "section_values": article.section.encode(),
        "dateline": article.dateline,
        "slug": article.slug,
        "url": article.url,
        "language": article.language,
        "lang_values": article.language.encode(),
        # Whoosh drops the zone of a datetime in silence, so moments go in as seconds UTC.
        "published": int(article.published.at.timestamp()) if article.published else None,
        "updated": int(article.updated.at.timestamp()) if article.updated else None,
        "words": len(text.split()),
        "story": held.story,
    }
    return {name: value for name, value in values.items() if value not in ("", b"", None)}


def sentence_starts(body: str) -> bytes:
    """The places at which the sentences of a body start, part after part."""
    starts = array("I")
    start = 0
    parts = body.split(SEPARATOR)
    for number, part in enumerate(parts, start=1):
        starts.extend(start + place for place in places(part))
        if number < len(parts):  # to count the words of a body takes as long as its sentences
            start += len(raw_words(part)) + GAP
    return starts.tobytes()
