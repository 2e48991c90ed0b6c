"""The newsItem of NewsML-G2: what its metadata says, around the text that it carries."""

from __future__ import annotations

from dataclasses import replace

from index.errors import RejectedDocument
from index.readers.nitf import nitf
from index.readers.tree import (
    Element,
    attribute,
    child,
    children,
    descendants,
    language,
    line,
    local,
    paragraphs,
)
from index.record import Draft

_XHTML = frozenset(["html", "body", "article", "section", "main", "div", "p"])
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def news_item(root: Element) -> Draft:
    """The article in a newsItem, or in its contentSet alone.

    What the item says outranks what its NITF says. Raises RejectedDocument where the item is
    withdrawn, or holds no text.
    """
    status = _code(child(root, "itemMeta", "pubStatus"))
    if status in _WITHDRAWN:
        raise RejectedDocument(f"was withdrawn by its provider (status: {status})")
    content = root if local(root) == "contentSet" else child(root, "contentSet")
    draft = _content(root, content)
    meta = child(root, "contentMeta")
    published, updated = _dates(root, meta)
    return replace(
        draft,
        id=attribute(root, "guid") or draft.id,
        title=_headline(meta) or draft.title,
        standfirst=_summary(meta) or draft.standfirst,
        authors=draft.authors or _authors(meta),
        published=published or draft.published,
        updated=updated,
        source=_source(root, meta) or draft.source,
        tags=_subjects(root, meta) or draft.tags,
        language=attribute(child(meta, "language"), "tag") or language(root) or draft.language,
        dateline=line(child(meta, "dateline")) or draft.dateline,
        slug=line(child(meta, "slugline")),
    )


def _content(root: Element, content: Element | None) -> Draft:
    """The first text that the item carries."""
    strange = ""
    for inline in children(content, "inlineXML"):
        for element in inline:
            if local(element) == "nitf":
                return nitf(element)
            if local(element) in _XHTML:
                return _xhtml(inline)
            strange = strange or local(element)
    for data in children(content, "inlineData"):
        text = "".join(map(str, data.itertext())).strip()
        if text and not data.get("encoding"):
            if "html" in attribute(data, "contenttype"):
                return Draft(markup=text)
            return Draft(text=text)
    raise RejectedDocument(_why_not(root, content, strange))


def _xhtml(inline: Element) -> Draft:
    body = next(descendants(inline, "body"), inline)
    title = line(next(descendants(inline, "title"), None)) or line(
        next(descendants(inline, "h1"), None)
    )
    return Draft(text=paragraphs(body), title=title)


def _why_not(root: Element, content: Element | None, strange: str) -> str:
    kind = _code(child(root, "itemMeta", "itemClass"))
    if strange:
        return f"is a newsItem that carries <{strange}>, not text"
    if kind and kind != "text":
        return f"is a newsItem of the class {kind}, not text"
    if child(content, "remoteContent") is not None:
        return "is a newsItem whose text lies elsewhere"
    return "is a newsItem without text"


def _code(element: Element | None) -> str:
    """The code of a term: "usable" of qcode="stat:usable"."""
    return (attribute(element, "qcode") or attribute(element, "uri")).rpartition(":")[2].strip()


def _name(element: Element | None) -> str:
    return line(child(element, "name"))


def _headline(meta: Element | None) -> str:
    return line(child(meta, "headline"))


def _summary(meta: Element | None) -> str:
    found = [one for one in children(meta, "description") if _role(one) in {"", "summary"}]
    return line(found[0]) if found else ""


def _role(element: Element) -> str:
    return attribute(element, "role").rpartition(":")[2]


def _dates(root: Element, meta: Element | None) -> tuple[str, str]:
    """(published, updated): when it was first made, and when this version was.

    The content's own date comes first: an item made later carries old articles too.
    """
    published = (
        line(child(meta, "contentCreated"))
        or line(child(root, "itemMeta", "firstCreated"))
        or line(child(root, "itemMeta", "versionCreated"))
    )
    updated = line(child(meta, "contentModified")) or line(
        child(root, "itemMeta", "versionCreated")
    )
    return published, updated if updated != published else ""


def _authors(meta: Element | None) -> tuple[str, ...]:
    by = tuple(filter(None, (line(element) for element in children(meta, "by"))))
    return by or tuple(filter(None, (_name(element) for element in children(meta, "creator"))))


def _source(root: Element, meta: Element | None) -> str:
    provider = child(root, "itemMeta", "provider")
    code = attribute(provider, "qcode").partition(":")[2].strip()
    return (
        _name(provider)
        or line(child(meta, "creditline"))
        or _name(child(meta, "infoSource"))
        or attribute(provider, "literal")
        or code
        or _name(child(root, "rightsInfo", "copyrightHolder"))
    )


def _subjects(root: Element, meta: Element | None) -> tuple[str, ...]:
    """The names of what the item is about; an <assert> may hold them apart from the subject."""
    asserted = {attribute(one, "qcode"): _name(one) for one in children(root, "assert")}
    found: list[str] = []
    for subject in children(meta, "subject"):
        parts = [one for one in subject if local(one) in {"mainConcept", "facetConcept"}]
        for part in parts or [subject]:
            found.append(_name(part) or asserted.get(attribute(part, "qcode"), ""))
    found += [line(keyword) for keyword in children(meta, "keyword")]
    return tuple(dict.fromkeys(filter(None, found)))
