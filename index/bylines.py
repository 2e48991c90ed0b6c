"""Bylines to people: "By JANE DOE and John Roe, Staff Writers" is Jane Doe and John Roe.

People and newsrooms (agencies, desks, papers) are told apart by the words that only the latter
have; a newsroom counts as author only where nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^\W*(?:written\s+|reported\s+)?(?:by|von|par|por|da|door)\s*:?\s+", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:,|;|\||/|·|•|\band\b|\bund\b|\bet\b|&|\bwith\b|\n)\s*")
_TRAILER = re.compile(
    r"\s+(?:in|for|at|of)\s+[^\W\d_a-z].*$|\s*[(<\[].*$|\s+[-–—]\s+.*$|\s*\S+@\S+.*$|\s+@\w+.*$"
)
_NOT_A_PERSON = re.compile(
    r"""\b(?:staff|editors?|reporters?|correspondents?|writers?|columnists?|contributors?|contributor|desk
    |team|newsroom|news|press|agency|agencies|reuters|afp|ap|upi|bloomberg|wire|wires|service|services
    |redaktion|magazine|times|post|tribune|journal|observer|online|digital|media|network|guest|admin
    |special|bureau|board|institute|foundation|university|department|office|committee|company|inc|llc
    |anonymous|unknown|none|n/a|https?|www|producer|photographer|analyst|opinion|video|twitter
    |facebook|instagram|whatsapp|linkedin|share|email|developer|webmaster|bbc|cnn|npr|nbc|abc|cbs|msnbc|pbs)\b|\d|@|//
    |\.(?:com|net|org|de|fr|uk|id|tv)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d_][\w.’'\-]*(?:\s+[^\W\d_][\w.’'\-]*){0,5}")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "phd", "esq"})
_NOBODY = re.compile(
    r"(?:by |our |the )?(?:staff|admin|editors?|newsroom|news ?desk|web ?desk|unknown"
    r"|none|anonymous|n/a|guest|contributor)s?"
    r"(?: (?:reports?|reporters?|writers?|authors?|correspondents?))?",
    re.IGNORECASE,
)
_PARTICLES = frozenset({"de", "del", "di", "van", "von", "der", "den", "da", "dos", "al", "bin"})
_MOST = 12


def people(bylines: str | Iterable[str]) -> tuple[str, ...]:
    """The people that a byline (or several) names, in order, each once.

    Desks, agencies and job titles are left out; capitals are turned into a name's usual writing.
    At the most twelve: a longer list is a masthead.
    """
    texts = [bylines] if isinstance(bylines, str) else list(bylines)
    texts = [text for text in texts if "//" not in text]  # the address of a profile
    names: dict[str, str] = {}
    for text in texts:
        for part in _parts(_BY.sub("", text.strip())):
            name = _tidy(part)
            if name:
                names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST]


def newsrooms(bylines: Iterable[str]) -> tuple[str, ...]:
    """The agencies, desks and papers that bylines credit where they name no person."""
    names = (" ".join(_BY.sub("", text).split()).strip(" .,:;|") for text in bylines)
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
    parts = _parts(line.strip())
    return 1 <= len(parts) <= 4 and all(map(_is_name, parts))


def _is_name(line: str) -> bool:
    """Whether this reads as one person's name: two to four words, each capitalised."""
    words = line.split()
    return (
        2 <= len(words) <= 4
        and len(line) <= 50
        and not _NOT_A_PERSON.search(line)
        and bool(_NAME.fullmatch(line))
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and words[0][0].isupper()
    )


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _PARTS.split(text):
        if part.casefold() in _SUFFIXES and parts:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def _tidy(part: str) -> str:
    name = _TRAILER.sub("", _BY.sub("", part.strip())).strip(' .,:;-–—*"“”')
    if re.fullmatch(r"[a-z]+(?:[-_][a-z]+)+", name):
        return ""  # the slug of a profile page
    if (
        name.casefold() in {"", "by", "von", "par"}
        or len(name) > 60
        or _NOT_A_PERSON.search(name)
        or not _NAME.fullmatch(name)
    ):
        return ""
    if len(name.split()) > 1 and (name.isupper() or name.islower()):
        name = re.sub(r"[^\W\d_]+", lambda word: _capitalised(word.group()), name)
    return name


def _capitalised(word: str) -> str:
    if word[:2].casefold() == "mc" and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
