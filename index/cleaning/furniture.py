"""Page furniture that a saved text carries as lines of its own: adverts, share bars, sign-ups.

A rule here may run on every outlet, because a whole line of this shape is furniture wherever it
was seen. What may stand inside a sentence is in ``promotions``; what moves to a field in ``notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Passage, Rule, Span, bare, whole_line

_HEAD_LINES = 5  # a label of the lead image only means that in the head
_NETWORKS = (
    r"(?:twitter|facebook|instagram|x|linkedin|google\+|threads|bluesky|mastodon|tiktok|youtube)"
)
_BUTTON = (
    r"(?:share|tweet|e-?mail|print|facebook|twitter|linkedin|whatsapp|reddit|pin it|pinterest"
    r"|pocket|flipboard|copy link|save|comments?|post|more|messenger|telegram|\d+)"
)
_GAP = r"[\s|•·,/:]"


def _lead_image_label(passage: Passage) -> Iterator[Span]:
    label = re.compile(
        r"(?:article )?(?:lead|featured|main|header|hero) (?:image|photo|picture)", re.IGNORECASE
    )
    for line in passage.lines:
        if label.fullmatch(line.text):
            yield Span(line.start, line.end)


_LONGEST_KICKER = 70  # characters before the headline in one line with it


def _repeated_title(passage: Passage) -> Iterator[Span]:
    """The headline again as one of the first lines of the body, maybe behind a kicker."""
    title = bare(passage.title)
    last_word = title[title.rfind(" ") + 1 :]
    for line in passage.lines if title else ():
        if last_word not in line.text[-2 * len(title) :].casefold():
            continue  # most often, and ten times as fast as what follows
        words = bare(line.text)
        is_long = len(title) > 15 and len(words) <= len(title) + _LONGEST_KICKER
        is_long = is_long and line.text[-1] not in ".!?"  # a sentence may end in the same words
        if words == title or (is_long and words.endswith(title)):
            yield Span(line.start, line.end)


def _only_a_link(passage: Passage) -> Iterator[Span]:
    """A line that in the markup is a link and nothing else: another story, or a menu."""
    for line in passage.lines if passage.linked else ():
        if bare(line.text) in passage.linked:
            yield Span(line.start, line.end, evidence="all of it is one link")


FURNITURE: tuple[Rule, ...] = (
    Rule(
        "lead-image-label",
        "label of the lead image",
        _lead_image_label,
        gate=Gate(
            opens=("article", "lead", "featured", "main", "header", "hero"), head=_HEAD_LINES
        ),
    ),
    Rule(
        "title-repeat",
        "the headline again, as the first line of the text",
        _repeated_title,
        gate=Gate(head=3),
    ),
    Rule("linked-line", "a link to something else, and nothing but a link", _only_a_link),
    Rule(
        "advertisement",
        "an advertisement stood here",
        whole_line(
            r"\W*(?:advertisements?|adverts?|anzeige|publicité|sponsored content)\W*"
            r"(?:continue reading the main story)?",
        ),
        gate=Gate(
            opens=(
                "advertisement",
                "advertisements",
                "advert",
                "adverts",
                "anzeige",
                "publicité",
                "sponsored content",
            )
        ),
    ),
    Rule(
        "continued",
        "the page broke off and went on here",
        whole_line(
            r"\(?(?:story|article) continue[sd]? below"
            r"(?: (?:the )?(?:advertisement|ad|video|gallery|image|photo|map)\b.{0,40})?[.:]?\)?",
            r"continue reading(?: the main story| below| this story.{0,30})?[.…]*",
            r"(?:text|article) continues? (?:after|below) .{3,40}",
        ),
        gate=Gate(
            opens=("story continue", "article continue", "text continue", "continue reading")
        ),
    ),
    Rule(
        "share-line",
        "buttons to share the article",
        whole_line(
            rf"(?:{_BUTTON}{_GAP}*)*share (?:this|on)\b"
            rf"(?: (?:article|story|post|page|via|on {_NETWORKS}))?{_GAP}*(?:{_BUTTON}{_GAP}*)*",
            rf"(?:(?:share|tweet|facebook|twitter){_GAP}+){{2,}}(?:{_BUTTON}{_GAP}*)*",
            r"(?:share|tweet|facebook|twitter)\s(?:share|tweet|facebook|twitter)",
            r"read or share this story: ?https?://\S+",
        ),
        gate=Gate(
            opens=(
                "share",
                "tweet",
                "email",
                "e-mail",
                "e",
                "mail",
                "print",
                "facebook",
                "twitter",
                "linkedin",
                "whatsapp",
                "reddit",
                "pin",
                "pinterest",
                "pocket",
                "flipboard",
                "copy",
                "save",
                "comment",
                "comments",
                "post",
                "more",
                "messenger",
                "telegram",
                "read or",
            ),
            longest=200,
        ),
    ),
    Rule(
        "listen-line",
        "buttons to listen and share",
        whole_line(
            r"listen to (?:this )?article(?: \d+:\d\d)?"
            r"(?: (?:share this article|share|tweet|post|email))*",
        ),
        gate=Gate(opens=("listen to",)),
    ),
    Rule(
        "newsletter",
        "an invitation to subscribe",
        whole_line(
            r"subscribe (?:now|today|to (?:the )?[^.!?]{2,60})\b[^\n]{0,120}",
            r"(?:sign[- ]up|subscribe|get|enter your e-?mail|join|register)\b.{0,200}"
            r"\b(?:newsletters?|inbox|e-?mail alerts?|news alerts?|daily briefing)\b.{0,120}",
            r"newsletter sign[- ]?up.{0,200}",
            r"manage newsletters",
            # the small print of a sign-up form, with whatever form stood before it
            r".{0,400}\b(?:protected by recaptcha|by signing up,? you agree"
            r"|you can unsubscribe at)\b.*",
            r".{0,300}\bbecome a member\b.{0,200}"
            r"\b(?:newsletters?|youtube|sign up)\b.{0,200}",
        ),
        gate=Gate(
            opens=(
                "subscribe",
                "sign",
                "get",
                "enter",
                "join",
                "register",
                "newsletter",
                "manage newsletters",
            ),
            holds=("recaptcha", "by signing up", "unsubscribe", "become a member"),
            longest=1000,
        ),
    ),
    Rule(
        "related-line",
        "a link to another story",
        whole_line(
            r"(?:related(?: (?:stories|story|articles?|coverage|content|video))?"
            r"|read (?:more|also|next|this next)|more(?: on this| from (?-i:[A-Z]).{1,30})?"
            r"|see also|also read"
            r"|also see|don[’']t miss|watch(?: (?:now|more|live|this))?|recommended"
            r"|you may also like|most read|trending)\s*(?::\s*\S.{2,200}|[.…:]*)"
        ),
        gate=Gate(
            opens=(
                "related",
                "read",
                "more",
                "see also",
                "also read",
                "also see",
                "don’t miss",
                "don't miss",
                "watch",
                "recommended",
                "you may also",
                "most read",
                "trending",
            )
        ),
    ),
    Rule(
        "bracketed-related-line",
        "a link to another story",
        whole_line(
            r"[(\[]\s*(?:related|also on \w+|photos?|watch|video|read more|see also|more)\s*:"
            r"\s*[^()\[\]]{3,200}[)\]]"
        ),
        gate=Gate(
            brackets=(
                "related",
                "also on",
                "photo",
                "photos",
                "watch",
                "video",
                "read more",
                "see also",
                "more",
            )
        ),
    ),
    Rule(
        "shouted-link",
        "a link to another story, in capitals",
        whole_line(
            r"(?:READ|SEE|WATCH|MORE) (?:MORE )?(?:ABOUT|OF|FROM|ON) [^a-z]{4,100}",
            flags=0,
        ),
        gate=Gate(opens=("read", "see", "watch", "more")),
    ),
    Rule(
        "related-coverage",
        "a link to another story",
        whole_line(
            r"Related Coverage(?: [A-Z].{5,160}[^.])?",
            flags=0,
        ),
        gate=Gate(opens=("related coverage",)),
    ),
    Rule(
        "player",
        "a player of the page that a text cannot show",
        whole_line(
            r"scroll down for (?:the )?(?:video|more|gallery).{0,40}",
            r".{0,300}\b(?:form|page|site|video|player|feature) requires javascript\b.{0,200}",
            r"(?:please |you must |you need to )?enable javascript\b.{0,120}",
            r".{0,60}your browser does not support (?:the |this |html).{0,80}",
        ),
        gate=Gate(
            opens=(
                "scroll down",
                "please enable",
                "you must enable",
                "you need to enable",
                "enable javascript",
            ),
            holds=("javascript", "your browser does not"),
        ),
    ),
    Rule(
        "follow-line",
        "an invitation to follow an account",
        whole_line(
            r"(?:please )?(?:follow|like|find|connect with) "
            r"(?:us|me|him|her|them|@\w+|(?-i:[A-Z])[\w.’' -]{1,60}?)(?:,? [\w’' -]{1,40}?)? "
            rf"(?:on|via|at) {_NETWORKS}\b.{{0,80}}",
            r"follow @\w+(?:[ ,]+(?:and )?@\w+)*(?: on \w+)?\.?",
        ),
        gate=Gate(opens=("please", "follow", "like", "find", "connect with")),
    ),
    Rule(
        "app-line",
        "an invitation to an app",
        whole_line(
            r"click here (?:to get|for|to download) .{0,60}\bapps?\b.{0,20}",
            r"(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,60}",
        ),
        gate=Gate(opens=("click here", "download", "get")),
    ),
    Rule(
        "click-here",
        "a link that only works on the page",
        whole_line(
            r"click here (?:to|for) "
            r"(?:read|see|view|watch|more|the full|subscribe|sign|get)\b.{0,120}",
        ),
        gate=Gate(opens=("click here",)),
    ),
    Rule(
        "copyright",
        "a copyright notice",
        whole_line(
            r"(?:copyright\s*(?:©|\(c\))?|©|\(c\))\s*(?:copyright\s*)?\d{4}\b.{0,200}",
            r".{0,80}\ball rights reserved\b.{0,160}",
        ),
        gate=Gate(opens=("copyright", "c"), holds=("©", "rights reserved")),
    ),
    Rule(
        "slideshow",
        "a picture gallery stood here",
        whole_line(
            r"(?:slideshow|gallery|photos?)\s*\(\d+ (?:images?|photos?|pictures?)\)",
            r"(?:view|see|open|launch) (?:the )?(?:gallery|slideshow|all photos)\W*",
        ),
        gate=Gate(
            opens=("slideshow", "gallery", "photo", "photos", "view", "see", "open", "launch")
        ),
    ),
    Rule(
        "age-of-article",
        "how old the page said it was",
        whole_line(
            r"this article is more than \d+ (?:day|week|month|year)s? old\.?",
            r"\d+ (?:minute|hour|day|week|month|year)s? ago\.?",
            r"\d+ min(?:ute)?s? read",
        ),
        gate=Gate(
            opens=(
                "this article is more",
                "minute",
                "minutes",
                "hour",
                "hours",
                "day",
                "days",
                "week",
                "weeks",
                "month",
                "months",
                "year",
                "years",
                "min",
                "mins",
            )
        ),
    ),
    Rule(
        "interest-line",
        "an invitation to follow a topic",
        whole_line(
            r"interested in [^?]{2,60}\? (?:add|follow) .{5,200}",
        ),
        gate=Gate(opens=("interested in",)),
    ),
    Rule(
        "support-line",
        "an appeal for support",
        whole_line(
            r"support [A-Z][\w’' ]{1,40}(?:journalism|reporting)\b.{0,200}",
            r"if you (?:enjoyed|liked) this (?:article|story|piece)\b.{0,240}",
            r"become a (?:member|subscriber|supporter)\b.{0,160}",
            r"donate (?:now|today|here)\b.{0,100}",
        ),
        gate=Gate(opens=("support", "if you", "become a", "donate")),
    ),
    Rule(
        "separator",
        "a line of signs",
        whole_line(r"(?:[*•·\-–—=#~]\s?){3,}"),
        gate=Gate(opens=("",)),
    ),
    Rule(
        "comments-line",
        "a link to the comments",
        whole_line(
            r"(?:\d+ )?(?:comments?|view (?:all )?(?:\d+ )?comments?|leave a (?:comment|reply)"
            r"|join the (?:conversation|discussion)|show comments)\W*"
        ),
        gate=Gate(opens=("comment", "comments", "view", "leave a", "join the", "show comments")),
    ),
)
