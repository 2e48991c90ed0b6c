"""The conventions of news agencies: slugs before headlines, datelines before texts."""

from __future__ import annotations

import re

# Standing labels of wire copy. With a colon the general ones are anybody's headline, so they
# count only where they are joined as agencies join them: FEATURE-The last lamplighter.
_VERSIONS = (
    r"UPDATE|WRAPUP|WRAP|RPT|REPEAT|REFILE|CORRECTED|CORRECTION|BRIEF|ADVISORY|FACTBOX|TIMELINE"
    r"|CHRONOLOGY|INSTANT VIEW|SNAP ANALYSIS|ANALYST VIEW|SCENARIOS|QUOTEBOX|NEWSMAKER|DEALTALK"
)
_GENRES = (
    r"EXCLUSIVE|ANALYSIS|INTERVIEW|PREVIEW|FEATURE|TEXT|TABLE|HIGHLIGHTS|INSIGHT|EXPLAINER"
    r"|SPECIAL REPORT|Q&A|DIARY|OBITUARY|SNAPSHOT|BREAKINGVIEWS|GLOBAL MARKETS"
)
_SLUG = re.compile(
    rf"(?P<label>(?:{_VERSIONS}) ?\d{{0,2}})\s*(?:--?|[:–—])\s*(?=\S)"
    rf"|(?P<genre>(?:{_GENRES})(?: \d{{1,2}})?)-(?=[^\W\d_]|\d|[\"“‘'])"
)
_RESENT = re.compile(
    r"(?:UPDATE|WRAPUP|WRAP|RPT|REPEAT|REFILE|CORRECTED|CORRECTION|ADVISORY)\b(?! VIEW)"
)
_LABEL = re.compile(rf"(?:{_VERSIONS}|{_GENRES})\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(rf",?\s+{_MONTH}\s+\d", re.IGNORECASE)
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z'’.\- ]{2,40}"
    rf"(?:, (?!{_MONTH}\s+\d)[A-Z][\w. ]{{1,24}})?(?:/[A-Z][A-Z'’. ]{{2,30}})?)"
    rf"(?:,\s*{_MONTH}\s+\d{{1,2}})?"
    r"\s*(?:\((?:[A-Z][\w .]{1,30})\))?\s*(?:--?|[–—])\s"
)


def is_version(slug: str) -> bool:
    """Whether a slug says that the story was sent before, in another version."""
    return bool(_RESENT.match(slug))


def is_label(slug: str) -> bool:
    """Whether a slug is a standing label, and not the name under which one story was filed."""
    return bool(_LABEL.match(slug))


def slug_of(headline: str) -> tuple[str, str]:
    """(slug, headline without it): "CORRECTED-UPDATE 2-Lock reopens" has "CORRECTED UPDATE 2".

    ``("", headline)`` where there is none, or nothing would be left.
    """
    labels: list[str] = []
    position = 0
    while match := _SLUG.match(headline, position):
        labels.append(" ".join((match["label"] or match["genre"]).split()))
        position = match.end()
    return " ".join(labels), headline[position:]


def place_of(dateline: str) -> str:
    """The place in a line such as "LONDON, March 3 -", which a format gives apart."""
    return _DAY.split(dateline)[0].strip()


def dateline_of(text: str) -> str:
    """The place at the start of a text, as agencies write it: "WASHINGTON (Reuters) -"."""
    match = _DATELINE.match(text[:160])
    return match["place"].strip(" ,") if match else ""
