"""Names that exports give to our fields, and the guess of which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from index.errors import BadMapping, RejectedDocument
from index.readers.encoding import tidy
from index.readers.html import is_page, looks_like_markup
from index.record import Draft

# Ours to theirs, the likeliest first. Compared without case and without _ - : . and spaces.
_NAMES: Mapping[str, str] = {
    "id": "id _id guid uuid articleid storyid postid itemid slug",
    "url": """
        url link permalink canonical canonicalurl weburl href uri articleurl sourceurl
    """,
    "title": "title headline hed webtitle name heading articletitle",
    "standfirst": """
        standfirst dek deck subtitle subheadline subhead summary description abstract teaser
        excerpt trailtext leadtext
    """,
    "authors": "authors author byline by creator dccreator writer writers reporter",
    "published": """
        published date pubdate publishdate publicationdate datepublished publishedat
        publisheddate publisheddatetime publishedon webpublicationdate firstpublished created
        createdat timestamp time
    """,
    "updated": """
        updated modified updatedat lastmodified datemodified modifieddate datemodified
        lastupdated modifiedat dateupdated
    """,
    "source": """
        source outlet publisher publication newspaper site sitename sourcename paper feed
    """,
    "section": "section sectionname category channel desk rubric",
    "tags": "tags tag keywords topics topic categories subjects newskeywords",
    "language": "language lang locale inlanguage",
    "text": """
        text body content articlebody fulltext maintext bodytext story article contenthtml
        bodyhtml html plaintext contentencoded rawtext cleantext
    """,
}

FIELDS = tuple(_NAMES)
# Where an export wraps its list: {"status": "ok", "articles": [...]}.
WRAPPERS = ("articles", "items", "results", "docs", "data", "posts", "stories", "hits", "records")


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def guess(
    columns: Iterable[str], given: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[str, str], ...]:
    """Which column is which of our fields: what was ``given`` first, common names for the rest."""
    by_bare: dict[str, str] = {}
    for column in columns:
        by_bare.setdefault(_bare(column), column)
    mapping = dict(given)
    for field, names in _NAMES.items():
        if field in mapping:
            continue
        for name in map(_bare, names.split()):
            if name in by_bare and by_bare[name] not in mapping.values():
                mapping[field] = by_bare[name]
                break
    return tuple(sorted(mapping.items()))


def parse_mapping(text: str) -> tuple[tuple[str, str], ...]:
    """``title=headline,date=pub_date`` as pairs. Raises BadMapping for anything else."""
    aliases = {
        "date": "published",
        "author": "authors",
        "body": "text",
        "tag": "tags",
        "lang": "language",
    }
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        field = aliases.get(field, field)
        if not sign or not column:
            raise BadMapping(
                f"--map takes field=column pairs, such as title=headline; got {part!r}"
            )
        if field not in _NAMES:
            raise BadMapping(f"--map knows no field {field!r}; the fields are {', '.join(FIELDS)}")
        pairs[field] = column
    return tuple(pairs.items())


def draft_of(row: Mapping[str, object], mapping: tuple[tuple[str, str], ...]) -> Draft:
    """The draft that a row holds. Raises RejectedDocument where it holds no article."""
    values = {field: row[column] for field, column in mapping if column in row}
    text = plain(values.get("text"))
    title = " ".join(plain(values.get("title")).split())
    if not text.strip() and not title:
        known = ", ".join(sorted(map(str, row)))[:200] or "none"
        raise RejectedDocument(
            f"has neither a title nor a text (its columns: {known});"
            " name them with --map title=...,text=..."
        )
    markup = looks_like_markup(text)
    return Draft(
        text="" if markup else text,
        markup=text if markup else "",
        is_page=markup and is_page(text),
        id=plain(values.get("id")),
        url=plain(values.get("url")),
        title=title,
        standfirst=" ".join(plain(values.get("standfirst")).split()),
        authors=several(values.get("authors"), split=False),
        published=plain(values.get("published")),
        updated=plain(values.get("updated")),
        source=plain(values.get("source")),
        section=next(iter(several(values.get("section"))), ""),
        tags=several(values.get("tags")),
        language=plain(values.get("language")),
    )


def plain(value: object) -> str:
    """A value as text: numbers as digits, an object by its name, a list by its first."""
    match value:
        case None | bool():
            return ""
        case str():
            return tidy(value.strip())
        case int() | float():
            return str(value)
        case list():
            return plain(value[0]) if value else ""
        case dict():
            return next(
                (
                    plain(value[key])
                    for key in ("name", "title", "value", "rendered", "url", "$oid", "$date")
                    if key in value
                ),
                "",
            )
        case _:
            return str(value)


def several(value: object, *, split: bool = True) -> tuple[str, ...]:
    """A value as texts: a list by its members, a text by its commas where ``split``."""
    if isinstance(value, list):
        return tuple(text for text in map(plain, value) if text)
    text = plain(value)
    if split:
        return tuple(part.strip() for part in re.split(r"[,;|]", text) if part.strip())
    return (text,) if text else ()
