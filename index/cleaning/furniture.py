"""Page furniture that a saved text carries as lines of its own: adverts, share bars, sign-ups.

A rule here may run on every outlet, because a whole line of this shape is furniture wherever it
was seen (``bench/`` prints how often each was right). What may stand inside a sentence is in
``promotions``; what moves to a field is in ``notes``.
"""

from __future__ import annotations

import re

from index.cleaning.rule import Passage, Rule, Span, whole_line

_I = re.IGNORECASE

# Lines of the head only mean what they say in the head.
_HEAD_LINES = 5


def _lead_image_label(passage: Passage) -> list[Span]:
    label = re.compile(r"(?:article )?(?:lead|featured|main|header|hero) (?:image|photo|picture)", _I)
    return [
        Span(line.start, line.end)
        for line in passage.lines[:_HEAD_LINES]
        if label.fullmatch(line.text)
    ]


def _repeated_title(passage: Passage) -> list[Span]:
    """The headline again as the first line of the body."""
    if not passage.title:
        return []
    title = _bare(passage.title)
    return [
        Span(line.start, line.end) for line in passage.lines[:2] if _bare(line.text) == title
    ]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


FURNITURE: tuple[Rule, ...] = (
    Rule("lead-image-label", "label of the lead image", _lead_image_label),
    Rule("title-repeat", "the headline again, as the first line of the text", _repeated_title),
    Rule(
        "advertisement",
        "an advertisement stood here",
        whole_line(r"\W*(?:advertisements?|adverts?|anzeige|publicité|sponsored content)\W*"
                   r"(?:continue reading the main story)?", flags=_I),
    ),
    Rule(
        "continued",
        "the page broke off and went on here",
        whole_line(r"\(?(?:story|article) continue[sd]? below(?: (?:the )?(?:advertisement|ad|video|gallery|image|photo|map)\b.{0,40})?[.:]?\)?"
                   r"|continue reading(?: the main story| below| this story.{0,30})?[.…]*"
                   r"|(?:text|article) continues? (?:after|below) .{3,40}", flags=_I),
    ),
    Rule(
        "share-line",
        "buttons to share the article",
        whole_line(r"(?:share|tweet|email|print|facebook|twitter|linkedin|whatsapp|reddit|pin it|pocket|flipboard|copy link|save|comments?|post|more|\d+|[|•·,/]|\s)*"
                   r"(?:share (?:this(?: (?:article|story|post|page|on .{2,20}))?|on .{2,20})|share tweet|facebook twitter|tweet share)"
                   r"(?:[:\s|•·,/]|share|tweet|email|print|facebook|twitter|linkedin|whatsapp|reddit|pin it|pocket|flipboard|copy link|more|post)*"
                   r"|read or share this story: ?https?://\S+", flags=_I),
    ),
    Rule(
        "listen-line",
        "buttons to listen and share",
        whole_line(r"listen to (?:this )?article(?: \d+:\d\d)?(?: (?:share this article|share|tweet|post|email))*", flags=_I),
    ),
    Rule(
        "newsletter",
        "an invitation to subscribe",
        whole_line(r"subscribe (?:now|today|to (?:the )?[A-Z][^.!?]{2,60})\b[^\n]{0,120}|(?:sign[- ]up|subscribe|get|want|enter your e-?mail|join|register)\b.{0,200}"
                   r"\b(?:newsletters?|inbox|e-?mail alerts?|news alerts?|daily briefing)\b.{0,120}"
                   r"|newsletter sign[- ]?up.{0,200}|manage newsletters", flags=_I),
    ),
    Rule(
        "related-line",
        "a link to another story",
        whole_line(r"(?:related(?: (?:stories|story|articles?|coverage|content|video))?|read (?:more|also|next|this next)|more(?: on this| from .{2,30})?|see also|also read|also see|don[’']t miss|watch(?: (?:now|more|live|this))?|recommended|you may also like|most read|trending)"
                   r"\s*(?::\s*\S.{2,200}|[.…:]*)", flags=_I),
    ),
    Rule(
        "bracketed-related-line",
        "a link to another story",
        whole_line(r"[(\[]\s*(?:related|also on \w+|photos?|watch|video|read more|see also|more)\s*:\s*[^()\[\]]{3,200}[)\]]", flags=_I),
    ),
    Rule(
        "follow-line",
        "an invitation to follow an account",
        whole_line(r"(?:please )?(?:follow|like|find|connect with) (?:us|me|him|her|them|the \w+|@\w+|[A-Z][\w.’' -]{1,40}?)(?:,? (?:[\w’' -]{1,40}?))? (?:on|via|at) (?:twitter|facebook|instagram|x|linkedin|google\+|threads|bluesky|mastodon|tiktok|youtube)\b.{0,80}"
                   r"|follow @\w+(?:[ ,]+(?:and )?@\w+)*(?: on \w+)?\.?", flags=_I),
    ),
    Rule(
        "app-line",
        "an invitation to an app",
        whole_line(r"click here (?:to get|for|to download) .{0,60}\bapps?\b.{0,20}|(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,60}", flags=_I),
    ),
    Rule(
        "click-here",
        "a link that only works on the page",
        whole_line(r"click here (?:to|for) (?:read|see|view|watch|more|the full|subscribe|sign|get)\b.{0,120}", flags=_I),
    ),
    Rule(
        "copyright",
        "a copyright notice",
        whole_line(r"(?:copyright\s*(?:©|\(c\))?|©|\(c\))\s*(?:copyright\s*)?\d{4}\b.{0,200}|.{0,80}\ball rights reserved\b.{0,160}", flags=_I),
    ),
    Rule(
        "slideshow",
        "a picture gallery stood here",
        whole_line(r"(?:slideshow|gallery|photos?)\s*\(\d+ (?:images?|photos?|pictures?)\)|(?:view|see|open|launch) (?:the )?(?:gallery|slideshow|all photos)\W*", flags=_I),
    ),
    Rule(
        "age-of-article",
        "how old the page said it was",
        whole_line(r"(?:this article is more than )?\d+ (?:minute|hour|day|week|month|year)s? (?:ago|old)\.?|\d+ min(?:ute)?s? read", flags=_I),
    ),
    Rule(
        "interest-line",
        "an invitation to follow a topic",
        whole_line(r"interested in [^?]{2,60}\? (?:add|follow) .{5,200}", flags=_I),
    ),
    Rule(
        "support-line",
        "an appeal for support",
        whole_line(r"(?:support [A-Z][\w’' ]{1,40}(?:journalism|reporting)\b.{0,200}|if you (?:enjoyed|liked) this (?:article|story|piece)\b.{0,240}|become a (?:member|subscriber|supporter)\b.{0,160}|donate (?:now|today|here)\b.{0,100})", flags=_I),
    ),
    Rule(
        "separator",
        "a line of signs",
        whole_line(r"(?:[_*•·\-–—=#~]\s?){3,}"),
    ),
    Rule(
        "comments-line",
        "a link to the comments",
        whole_line(r"(?:\d+ )?(?:comments?|view (?:all )?(?:\d+ )?comments?|leave a (?:comment|reply)|join the (?:conversation|discussion)|show comments)\W*", flags=_I),
    ),
)  # fmt: skip
