"""How an article is cited: in plain text, as BibTeX and as CSL-JSON.

A date is no finer than it is known. Where the publisher's address is not known, the archive's own
stands in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from unicodedata import normalize

from index.article import Article, Stamp
from index.names import PARTICLES, SUFFIXES, is_organisation

Form = Literal["plain", "bibtex", "csl"]
FORMS: tuple[Form, ...] = ("plain", "bibtex", "csl")


@dataclass(frozen=True, slots=True)
class Citing:
    """What is cited and where it was read: the ``archive`` by its name, ``address`` the article's
    page in it ("" where it has none), ``accessed`` the day of reading."""

    article: Article
    archive: str
    address: str
    accessed: date

    @property
    def url(self) -> str:
        return self.article.url or self.address


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; that of an organisation is all ``family``, and ``literal``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False


def name_of(text: str, outlet: str = "") -> Name:
    """The parts of an author's name, as written in the order of speaking.

    Particles in small letters belong to the surname ("Ludwig van Beethoven"). A single word, a name
    without spaces, and whatever an organisation is called stay whole.
    """
    words = text.replace(",", " ").split()
    if len(words) < 2 or is_organisation(text, outlet):
        return Name(" ".join(text.split()), literal=True)
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in SUFFIXES else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].islower() and words[start - 1] in PARTICLES:
        start -= 1
    return Name(words[-1], " ".join(words[:start]), " ".join(words[start:-1]), suffix)


def cite(citing: Citing, form: Form) -> str:
    """The citation in that form, without a line end."""
    match form:
        case "plain":
            return plain(citing)
        case "bibtex":
            return bibtex(citing)
        case "csl":
            return json.dumps([csl(citing)], ensure_ascii=False, indent=2)


# -- plain text


def plain(citing: Citing) -> str:
    """A citation to read: the first author by surname, as reference lists have it."""
    article = citing.article
    stop = "" if article.title.endswith((".", "?", "!", "…")) else "."
    outlet = ", ".join(filter(None, (article.source, _spelt(article.published) or "undated")))
    parts = [_listed(_names(article)), f"“{article.title}{stop}”", outlet, article.url]
    where = f"{citing.archive}, {citing.address}" if citing.address else citing.archive
    parts.append(f"{where} (accessed {_day(citing.accessed)})")
    return " ".join(part if part.endswith((".", "”")) else f"{part}." for part in parts if part)


def _listed(names: Sequence[Name]) -> str:
    spoken = [_inverted(name) if not place else _spoken(name) for place, name in enumerate(names)]
    return ", ".join(spoken[:-1]) + (", and " if len(spoken) > 1 else "") + "".join(spoken[-1:])


def _inverted(name: Name) -> str:
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


def _spoken(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def _spelt(stamp: Stamp | None) -> str:
    if stamp is None:
        return ""
    doubt = "c. " if stamp.confidence == "low" else ""
    match stamp.precision:
        case "year":
            return f"{doubt}{stamp.at.year}"
        case "month":
            return f"{doubt}{stamp.at:%B} {stamp.at.year}"
        case _:
            return f"{doubt}{_day(stamp.at.date())}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


# -- BibTeX

# What TeX reads as an order. Accents stay as they are: the file is UTF-8.
_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "$": r"\$", "&": r"\&",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(citing: Citing) -> str:
    """An entry that BibTeX and biblatex read. Its key is unique in the archive: it ends in the
    article's id."""
    article = citing.article
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in _names(article)),
        # The second pair of braces keeps the capitals of names, which styles would lower.
        "title": f"{{{_escaped(article.title)}}}",
        "journal": _escaped(article.source),
        **_bibtex_date(article.published),
        "url": _bibtex_url(citing.url),
        "urldate": citing.accessed.isoformat(),
        "note": _escaped(" ".join(filter(None, (citing.archive, article.id)))),
    }
    if citing.address and citing.address != citing.url:
        fields["annote"] = f"\\url{{{_bibtex_url(citing.address)}}}"
    # A month is one of BibTeX's own words, which stand without braces.
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"])


def _bibtex_name(name: Name) -> str:
    if name.literal:
        return f"{{{_escaped(name.family)}}}"
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = (family, name.suffix, name.given) if name.suffix else (family, name.given)
    return ", ".join(_guarded(part) for part in parts)


def _guarded(part: str) -> str:
    """A part of a name; " and " inside of it would be read as the next author."""
    return f"{{{_escaped(part)}}}" if " and " in f" {part} ".casefold() else _escaped(part)


def _bibtex_date(stamp: Stamp | None) -> dict[str, str]:
    if stamp is None:
        return {}
    finest = {"year": 1, "month": 2}.get(stamp.precision, 3)
    named = (("year", f"{stamp.at.year:04}"), ("month", _MONTHS[stamp.at.month - 1]),
             ("day", f"{stamp.at.day}"))  # fmt: skip
    return dict(named[:finest])


def _bibtex_url(url: str) -> str:
    """An address as it is, but for what would end the field or begin an order."""
    return "".join(f"%{ord(sign):02X}" if sign in "{}\\ " else sign for sign in url)


def _escaped(text: str) -> str:
    """Text that TeX prints as it stands, on one line."""
    return "".join(_ESCAPED.get(sign, sign) for sign in " ".join(text.split()))


def _key(article: Article) -> str:
    names = _names(article)
    first = _ascii(names[0].family) if names else _ascii(article.source)
    year = f"{article.published.at.year:04}" if article.published else "undated"
    return f"{first[:20] or 'article'}{year}-{article.id}"


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", normalize("NFKD", text).casefold())


# -- CSL-JSON


def csl(citing: Citing) -> dict[str, Any]:
    """An item as citation processors read it (CSL 1.0.2)."""
    article = citing.article
    accessed = citing.accessed
    item = {
        "id": _key(article),
        "type": "article-newspaper",
        "title": article.title,
        "author": [_csl_name(name) for name in _names(article)],
        "container-title": article.source,
        "section": article.section,
        "issued": _csl_date(article.published),
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "URL": citing.url,
        "archive": citing.archive,
        "archive_location": citing.address or article.id,
        "language": article.language,
    }
    return {key: value for key, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _csl_date(stamp: Stamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    finest = {"year": 1, "month": 2}.get(stamp.precision, 3)
    parts = [stamp.at.year, stamp.at.month, stamp.at.day][:finest]
    return {"date-parts": [parts], **({"circa": True} if stamp.confidence == "low" else {})}


def _names(article: Article) -> list[Name]:
    return [name_of(author, article.source) for author in article.authors]
