"""The JSON of an article as types: what ``account`` returns, and the API's document is made of.

The text beside a type says in the document what the key means.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from index.article import Confidence, Precision

Stamp = TypedDict(
    "Stamp",
    {
        "at": Annotated[
            str, "RFC 3339, no finer than what is known: 1987, 1987-03, 1987-03-02 or a moment."
        ],
        "precision": Precision,
        "from": Annotated[str, "Where it was read, such as json-ld, meta, byline or field."],
        "confidence": Confidence,
    },
)
Stamp.__doc__ = "A moment in the life of an article, and how far it can be trusted."


class Removal(TypedDict):
    """One passage that was set aside from the raw text of an article."""

    start: Annotated[int, "The first character, in characters of the raw text."]
    end: Annotated[int, "The character after the last."]
    text: str
    rule: Annotated[str, "The name of the rule that set it aside."]
    version: Annotated[int, "The version of that rule."]
    reason: str
    confidence: Annotated[float, "How sure the rule is, from 0 to 1."]
    evidence: Annotated[str, "What gave it away."]
    moves_to: Annotated[str | None, "The field that it went to; null where it was only set aside."]


class Article(TypedDict):
    """Everything about an article but its raw text."""

    id: str
    url: Annotated[str | None, "Its address at the publisher."]
    title: str
    standfirst: str
    authors: list[str]
    published: Stamp | None
    updated: Stamp | None
    source: Annotated[str, "The outlet."]
    section: str
    tags: Annotated[list[str], "Its subjects."]
    lang: Annotated[str, "The language of the text, such as en; empty where it is not known."]
    dateline: str
    slug: Annotated[str | None, "The label an agency sent it under, such as UPDATE 2."]
    partial: Annotated[str | None, "What there is where it is not all there, such as summary."]
    doubt: Annotated[str | None, "Why a person should look at what was set aside."]
    text: Annotated[str, "The clean text: what is searched and shown."]
    notes: list[str]
    corrections: list[str]
    credits: Annotated[list[str], "Credits of pictures."]
    captions: list[str]
    contributors: list[str]
    genre: list[str]
    removed: Annotated[list[Removal], "What was set aside, in the order of the raw text."]
