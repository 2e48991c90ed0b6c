"""NITF: an article as news agencies and newspapers mark it up, alone or inside NewsML-G2."""

from __future__ import annotations

from index.readers.tree import (
    Element,
    attribute,
    child,
    children,
    descendants,
    language,
    line,
    paragraphs,
)
from index.record import Draft

_NAMED = ("person", "org", "location", "event", "object.title", "classifier")


def nitf(root: Element) -> Draft:
    """What an <nitf> element says of its article."""
    docdata = child(root, "head", "docdata")
    publication = child(root, "head", "pubdata")
    head = child(root, "body", "body.head")
    dateline = child(head, "dateline")
    return Draft(
        text=_text(root),
        id=attribute(child(docdata, "doc-id"), "id-string"),
        url=attribute(publication, "ex-ref"),
        title=line(child(head, "hedline", "hl1")) or line(child(root, "head", "title")),
        standfirst=line(child(head, "abstract")),
        authors=_authors(head),
        published=attribute(publication, "date.publication")
        or attribute(child(docdata, "date.issue"), "norm")
        or attribute(child(docdata, "date.release"), "norm")
        or attribute(child(dateline, "story.date"), "norm"),
        source=attribute(publication, "name")
        or line(child(head, "distributor"))
        or attribute(child(docdata, "doc.copyright"), "holder"),
        section=attribute(publication, "position.section"),
        tags=_tags(root, docdata),
        language=language(root),
        dateline=line(dateline),
    )


def _text(root: Element) -> str:
    """The article. Where a block says that it is the full text, the other blocks repeat parts."""
    contents = list(children(root, "body", "body.content"))
    full = [
        block
        for content in contents
        for block in children(content, "block")
        if block.get("class") == "full_text"
    ]
    return "\n\n".join(filter(None, map(paragraphs, full or contents)))


def _authors(head: Element | None) -> tuple[str, ...]:
    """The people of the bylines; their jobs and places stand there too, and so may a second
    spelling that is made for sorting ("Doe, Jane")."""
    authors: list[str] = []
    for byline in children(head, "byline"):
        if byline.get("class") == "normalized_byline":
            continue
        people = [line(person, "function") for person in descendants(byline, "person")]
        authors += people or [line(byline, "byttl", "location", "virtloc")]
    return tuple(dict.fromkeys(filter(None, authors)))


def _tags(root: Element, docdata: Element | None) -> tuple[str, ...]:
    """Keywords and the names that the article is about, as somebody catalogued them."""
    subjects = children(root, "head", "tobject", "tobject.subject")
    found = [
        *(attribute(word, "key") for word in children(docdata, "key-list", "keyword")),
        *(
            line(element).rpartition("/")[2]
            for part in children(docdata, "identified-content")
            for element in descendants(part, *_NAMED)
        ),
        *(
            attribute(subject, "tobject.subject.matter")
            or attribute(subject, "tobject.subject.type")
            for subject in subjects
        ),
    ]
    return tuple(dict.fromkeys(filter(None, found)))
