"""What the markup around a line says of it: a caption, a newsletter box, a list of other stories.

Class names are evidence on lines that the body engine already chose, not a reason to cut a page
before it: there they cost more of the text than they take of the clutter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from index.placing import between

_ATTRIBUTES = ("class", "id", "role", "aria-label", "data-component", "data-testid")
_TAGS = {
    "figcaption": "caption",
    "figure": "caption",
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "button": "button",
    "dialog": "pop-up",
    "menu": "navigation",
}
_FRAMED = {"blockquote", "table", "pre", "ul", "ol"}  # what a figure holds that is no caption
# Words of classes and names, as publishers use them; each stands alone between other words.
_NAMES = {
    "caption": r"captions?|caption text|figcaption|image credit|photo credit|media (?:info|caption)"
    r"|video (?:heading|title|info|caption)|gallery|slide ?show|bildunterschrift|legende|pie foto",
    "newsletter": r"newsletters?|sign ?up|inline signup|subscribe|subscription|mailing ?list",
    "other stories": r"related\w*|recirc\w*|read ?(?:more|next|also)|most (?:read|popular|viewed)"
    r"|also (?:read|like)|trending|popular posts?|more (?:on|from|stories)|you may like"
    r"|further reading|see also|story collection|teaser ?list|recommend(?:ed|ations?)|line clamp"
    r"|links block",
    "share bar": r"shar(?:e|ing) ?(?:bar|buttons?|tools?|links?|this)?|social ?\w*|addthis",
    "pop-up": r"toast|tooltip|modal|pop ?up|lightbox|cookies?|consent|gdpr",
    "for screen readers": r"visually ?hidden|sr only|screen ?reader(?: text)?",
    "feedback": r"feedback|poll|survey|quiz|ratings?|reactions?",
    "navigation": r"bread ?crumbs?|navigation|nav|pagination|menu|jump ?to|toc|table of contents",
    "tags": r"tags|tag ?(?:list|cloud|links)|keywords",
    "about the author": r"author ?(?:bio|box|info|card|description|profile)|about (?:the )?author"
    r"|bio(?:graphy)?|contributors?",
    "byline": r"by ?lines?|author|authors|autor|authors? (?:name|list)|dateline info"
    r"|(?:estimated )?read(?:ing)? time|time ?stamps?|publish(?:ed)? (?:date|time)|article date",
    "comments": r"comments?|disqus\w*|comment (?:list|form|count)",
    "advert": r"advert\w*|sponsor\w*|promo(?:tion|box|s)?|outbrain|taboola|affiliate|commercial",
    "membership": r"(?:registration|access|reg) ?wall|donat\w*|support us|membership"
    r"|paywall (?:prompt|message|box|overlay)|login|log in|signin",
    "fact box": r"info ?box\w*|fact ?box\w*|fakten ?box|faktaboks|faktaruta|side ?box",
    "sources": r"agenc(?:y|ies)|article source|source (?:line|info|list)|quellen?",
    "copyright": r"copyright",
    "summary by machine": r"ai (?:summary\w*|content|article summary)|generated summary",
    "sidebar": r"side ?bar|right ?(?:rail|col|column|wrap|bar)|rail",
}
# A class such as "has-caption" is of the element around the caption.
_NOT_BEHIND = "".join(f"(?<! {word})" for word in ("has", "with", "no", "without"))
_PATTERN = re.compile(
    _NOT_BEHIND
    + "(?:"
    + "|".join(f"(?P<n{number}> (?:{words}) )" for number, words in enumerate(_NAMES.values()))
    + ")"
)
_REASONS = tuple(_NAMES)
KINDS = frozenset({*_NAMES, *_TAGS.values(), "hidden"})


def reason(element: HtmlElement, within: HtmlElement) -> tuple[str, str]:
    """(what kind of furniture, the evidence) for a line in ``element``; ("", "") for none.

    Only what lies between the line and the element of the body speaks: a class of the body itself
    says nothing of one of its lines.
    """
    return next(reasons(element, within), ("", ""))


def reasons(element: HtmlElement, within: HtmlElement) -> Iterator[tuple[str, str]]:
    """All there are, from the line outwards."""
    inside: set[str] = set()
    for ancestor in between(element, within):
        tag = ancestor.tag
        kind = _TAGS.get(tag, "")
        if kind and not (tag == "figure" and inside & _FRAMED):
            yield kind, f"<{tag}>"
        inside.add(tag)
        if tag == "article" and next(ancestor.iterancestors("article"), None) is not None:
            yield "other stories", "<article> in <article>"
        names = " ".join(filter(None, (ancestor.get(name) for name in _ATTRIBUTES)))
        kind = _kind(f"{names} {tag}" if "-" in tag else names)
        if kind:
            yield kind, f"{tag}.{'.'.join((ancestor.get('class') or '').split())}"[:80]
        if ancestor.get("aria-hidden") == "true" or "hidden" in ancestor.attrib:
            yield "hidden", "hidden"


@lru_cache(maxsize=8192)
def _kind(names: str) -> str:
    if not names:
        return ""
    apart = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", names)
    match = _PATTERN.search(f" {re.sub(r'[^a-z0-9]+', ' ', apart.lower())} ")
    return _REASONS[int((match.lastgroup or "n0")[1:])] if match else ""
