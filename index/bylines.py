"""Bylines to people: "By JANE DOE and John Roe, Staff Writers" is Jane Doe and John Roe.

People and newsrooms (agencies, desks, papers) are told apart by the words that only the latter
have; a newsroom counts as author only where nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.names import NAME, PARTICLES, SUFFIXES, is_given, is_organisation, is_whole, written

_BY = re.compile(
    r"^\W*(?:(?:(?:an?|ein|eine|une?|un)\s+)?(?:(?:written|reported|posted|published|analysis"
    r"|opinion|review|story|words|text|texte?|report|commentary|column|article|artikel|kolumne"
    r"|kommentar|gastbeitrag|analyse|interview|bericht|reportage|essay|leitartikel|meinung)\s+)?"
    r"(?P<by>by|von|par|por|da|di|door|av|af)\s*:?\s+"
    r"|(?:autor(?:in)?(?:\s*/\s*autor(?:in)?)?|authors?|auteure?|text|words|reporters?)\s*:\s*)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^\W\d_]{3,15}:\s+(?=\S+\s+\S)")
_PARTS = re.compile(
    r"\s*(?:(?<=[^\W\d_A-Z]{4})(?<!Prof)\.(?=\s+[^\W\d_a-z])|;|\||/|·|•|\band\b|\bund\b|\bet\b|&|\bwith\b|\n)\s*(?:(?:by|von)\s+(?=[^\W\d_a-z]))?"
)
# Words for "and" that are parts of names as well: they part two names of two words each.
_AND = re.compile(r"\s+(?:y|e|i|og|och|en|oraz|dan|ve|и)\s+")
_CAPITAL_BY = re.compile(r"^(?:[Bb]y|BY|Von|Par|Por)\s+(?=\S+\s+\S)")
_TRAILER = re.compile(
    r"\s+(?:in|for|at|of|aus|für|à|en)\s+[^\W\d_a-z].*$|\s*[(<\[].*$|\s+[-–—]\s+.*$"
    r"|\s*\S+@\S+.*$|\s+@\w+.*$"
    r"|\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|June|July"
    r"|August|(?:Septem|Octo|Novem|Decem)ber)\b(?:\s+\d.*)?$"
)
_PICTURES = re.compile(
    r"^(?:photo\w*|fotos?|pictures?|images?|bilder?|illustrations?|graphics?|grafik|video)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"^(?:(?:senior|staff|chief|deputy|special|political|foreign|science|sports?|guest)\s+)*"
    r"(?:reporter(?:in)?|writer|editor|correspondent|journalist(?:in)?|columnist|redakteur(?:in)?"
    r"|korrespondent(?:in)?|analyst)\s+(?-i:(?=[^\W\d_a-z]))|\s*(?:기자|특파원|논설위원|記者|特派員)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r".*\b(?:developer|webmaster|administrator)"
    r"|(?:by |our |the )?(?:staff|admin|editors?|newsroom|news ?desk|web ?desk|unknown"
    r"|none|anonymous|n/a|guest|contributor)s?"
    r"(?: (?:reports?|reporters?|writers?|authors?|correspondents?))?",
    re.IGNORECASE,
)
_MOST = 12


def people(
    bylines: str | Iterable[str], outlet: str = "", *, as_field: bool = False
) -> tuple[str, ...]:
    """The people that a byline (or several) names, in order, each once.

    Desks, agencies, job titles and the ``outlet`` itself are left out; capitals are turned into a
    name's usual writing. A field that holds an author ``as_field`` has names only, so that "von
    Trapp Georg" is one there. At the most twelve: a longer list is a masthead.
    """
    texts = [bylines] if isinstance(bylines, str) else list(bylines)
    texts = [text for text in texts if "//" not in text]  # the address of a profile
    names: dict[str, str] = {}
    for text in texts:
        for name in _names(_without_by(text.strip(), as_field=as_field), outlet):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST]


def newsrooms(bylines: Iterable[str]) -> tuple[str, ...]:
    """The agencies, desks and papers that bylines credit where they name no person."""
    names = (" ".join(_without_by(text).split()).strip(" .,:;|") for text in bylines)
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if 1 < len(name) <= 60
            and not re.search(r"//|@|^\d+$", name)
            and not _NOBODY.fullmatch(name)
        )
    )[:_MOST]


def only_names(line: str) -> bool:
    """Whether a whole line is nothing but the names of one person or a few."""
    parts = [name for part in _PARTS.split(line.strip()) for name in _listed(part)]
    return 1 <= len(parts) <= 4 and all(map(_is_name, parts))


def _is_name(line: str) -> bool:
    """Whether this reads as one person's name: two to four words, each capitalised."""
    words = line.split()
    return (
        2 <= len(words) <= 4
        and len(line) <= 50
        and not is_organisation(line)
        and bool(NAME.fullmatch(line))
        and all(word[0].isupper() or word in PARTICLES for word in words)
        and words[0][0].isupper()
    )


def _without_by(text: str, *, as_field: bool = False) -> str:
    """``text`` without "By", unless its word for it begins the name: "von Trapp Georg"."""
    match = _BY.match(text)
    if match is None:
        label = None if _PICTURES.match(text) else _LABEL.match(text)
        return text[label.end() :] if label else text
    rest = text[match.end() :]
    words = rest.split()
    by = match["by"] or ""
    particle = as_field and by in PARTICLES and text.startswith(by)
    return text if particle and words and not is_given(words[0]) else rest


def _names(text: str, outlet: str) -> list[str]:
    names: list[str] = []
    for part in _PARTS.split(text):
        found = [name for piece in _listed(part) if (name := _tidy(piece, outlet))]
        # "Jane Doe, London": what follows a whole name behind a comma is where, or what she is.
        if any(is_whole(name) for name in found):
            found = [name for name in found if is_whole(name)]
        names += found
    return names


def _listed(part: str) -> list[str]:
    """The pieces between commas, "Jr" with its name, and between the short words for "and"."""
    pieces: list[str] = []
    for piece in re.split(r"\s*,\s*", part):
        if piece.casefold() in SUFFIXES and pieces:
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            two = _AND.split(piece)
            pieces += two if all(" " in name for name in two) else [piece]
    return pieces


def _tidy(piece: str, outlet: str) -> str:
    if _PICTURES.match(piece):
        return ""
    name = _JOB.sub("", _TRAILER.sub("", _CAPITAL_BY.sub("", piece.strip())))
    name = name.strip(' .,:;-–—*"“”')
    if re.fullmatch(r"[a-z]+(?:[-_][a-z]+)+", name):
        return ""  # the slug of a profile page
    words = name.split()
    rest = " ".join(words[2:])
    if is_given((words or [""])[0]) and rest.casefold() not in SUFFIXES and is_organisation(rest):
        name = " ".join(words[:2])  # "Jane Doe BBC News"
    if (
        name.casefold() in {"", "by", "von", "par"}
        or len(name) > 60
        or is_organisation(name, outlet)
        or not NAME.fullmatch(name)
        or not _is_capitalised(name.split())
    ):
        return ""
    return written(name)


def _is_capitalised(words: list[str]) -> bool:
    """Whether all words of a name begin with capitals but for particles, or none does."""
    small = [word for word in words if word[0].islower() and word.casefold() not in PARTICLES]
    return not small or len(small) == len(words)
