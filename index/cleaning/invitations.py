"""Invitations to the reader: to subscribe, to follow, to write in, to give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Passage, Rule, Span, whole_line

_NETWORKS = (
    r"(?:twitter|facebook|instagram|x|linkedin|google\+|threads|bluesky|mastodon|tiktok|youtube)"
)
_MAIL = r"(?:newsletters?|inbox|e-?mail alerts?|news alerts?|daily briefing|mailing list)"
_SAYS_NOBODY = r"(?!.*[“”\"])"  # no quotation: somebody's words are no furniture

# What the fields, the boxes and the errors of a form say: three of them are no sentence's.
_FORM = tuple(
    re.compile(part)
    for part in (
        r"\b(?:choose|select) (?:your|a) (?:country|region|state)\b",
        r"\bplease (?:choose|select) (?:your|a) (?:country|region|state)\b",
        r"\b(?:valid|your) e-?mail(?: address)?\b",
        r"\bplease (?:check|tick)\b|\bcheck to proceed\b"
        r"|\bi (?:agree|accept|can confirm|have read)\b",
        r"\bterms (?:of|and) (?:use|service|conditions)\b|\bprivacy (?:policy|notice)\b",
        r"\bunsubscribe\b",
        r"\bsign up(?: now)?\b|\bsubscribe\b",
        r"\bconfirm your (?:subscription|e-?mail|address)\b|\bconfirmation e-?mail\b",
        r"\b(?:spam|junk)(?: mail)? folder\b",
    )
)
_FEWEST_PARTS = 4
_INVITES = re.compile(
    r"\W*(?:get|sign[- ]up|subscribe|join|register|enter|choose|select|please|e-?mail|newsletter)\b"
)


def _sign_up_form(passage: Passage) -> Iterator[Span]:
    """A form in one line, with its lists and its errors: it opens with the invitation."""
    for line in passage.candidates:
        text = line.text.casefold()
        parts = sum(part.search(text) is not None for part in _FORM)
        if parts >= _FEWEST_PARTS and _INVITES.match(text):
            yield Span(line.start, line.end, evidence=f"{parts} parts of a form")


INVITATIONS: tuple[Rule, ...] = (
    Rule(
        "sign-up-form",
        "a form to subscribe",
        _sign_up_form,
        gate=Gate(
            holds=("mail address", "your country"),
            longest=6000,  # it may list all countries
        ),
    ),
    Rule(
        "newsletter",
        "an invitation to subscribe",
        whole_line(
            r"subscribe (?:now|today|to (?:the )?[^.!?]{2,60})\b[^\n]{0,120}",
            rf"\W*(?:sign[- ]up|subscribe|get|enter your e-?mail|join|register)\b.{{0,200}}"
            rf"\b{_MAIL}\b.{{0,300}}",
            r"newsletter sign[- ]?up.{0,200}",
            r"(?:manage newsletters|thank you for signing up)\b.{0,120}",
            # the small print of a sign-up form, with whatever form stood before it
            r".{0,400}\b(?:protected by recaptcha|by signing up,? you agree"
            r"|you can unsubscribe at)\b.*",
            r".{0,300}\bbecome a member\b.{0,200}"
            r"\b(?:newsletters?|youtube|sign up)\b.{0,200}",
            # what is only ever said to a reader
            rf"{_SAYS_NOBODY}.{{0,300}}\b(?:in|to|into) your inbox\b.{{0,600}}",
            rf"{_SAYS_NOBODY}.{{0,200}}\bsign up (?:here|now|today)\b.{{0,200}}",
            rf"{_SAYS_NOBODY}.{{0,200}}\b(?:sign up (?:for|to(?: get| receive)?)|subscribe to|get) "
            rf"(?:our|their|the|its)\b.{{0,60}}\b{_MAIL}\b.{{0,200}}",
            r".{0,120}\bis a non-?profit (?:newsroom|news organi[sz]ation|news site)\b.{0,200}"
            r"\b(?:sign up|subscribe|newsletter|support us|donate)\b.{0,300}",
            r"(?:for|to) .{5,120}, subscribe to .{3,60}\bnewsletters?\b.{0,60}",
            r"(?:want|looking for)\b.{5,200}\byour inbox\b.{0,200}",
            r"sign up (?:for|to) (?:the|our) .{3,60}"
            r"\b(?:briefing|e-?mails?|alerts|bulletin)\b.{0,60}",
            r"subscribe on (?:apple podcasts|spotify|itunes)\b.{0,160}",
        ),
        version=2,
        gate=Gate(
            opens=(
                "subscribe",
                "sign",
                "get",
                "enter your",
                "join",
                "register",
                "newsletter",
                "manage newsletters",
                "thank you for signing",
                "by signing up",
            ),
            holds=(
                "recaptcha",
                "become a member",
                "your inbox",
                "newsletter",
                "sign up",
            ),
        ),
    ),
    Rule(
        "opinion-pages",
        "an invitation to read or write other opinions",
        whole_line(
            r"in addition to (?:its|our|their) own (?:editorials|columns|opinions), .{3,60}"
            r" (?:publish|offer|print|carr|run)(?:s|es|ies)?\b.{0,300}",
            r"(?:to read|for) more (?:columns|opinions?|editorials|commentary|stories|articles)"
            r" like (?:this|these)(?: one)?, .{3,200}",
            r"you can read .{0,30}\bopinions from our\b.{3,400}",
        ),
        gate=Gate(
            opens=("in addition to", "to read more", "for more", "you can read"), longest=500
        ),
    ),
    Rule(
        "follow-line",
        "an invitation to follow an account",
        whole_line(
            r"\W{0,4}(?:please )?(?:you can )?(?:follow|like|find|connect with|join|visit) "
            r"(?:us|me|him|her|them|the (?-i:[A-Z])\w+|@\w+|(?-i:[A-Z])[\w.’' -]{1,60}?)"
            r"(?:,? [\w’' -]{1,40}?)? "
            rf"(?:on|via|at) {_NETWORKS}\b.{{0,80}}",
            r"\W{0,4}follow @\w+(?:[ ,]+(?:and )?(?:follow )?@\w+)*(?: on \w+)?\.?",
            r"\W{0,4}follow [^.!?\n]{2,90} (?:at|on):? https?://\S+"
            r"(?:(?: and|,)? https?://\S+)*\s?\.?",
            r"(?:join|like|find|follow|visit) us (?:on|at) \S*(?:facebook|twitter)\S*",
            r"tweet (?:us|me|him|her):? @\w+.{0,60}",
        ),
        version=2,
        gate=Gate(
            opens=(
                "please follow",
                "you can follow",
                "follow",
                "like us",
                "find us",
                "connect with",
                "join",
                "visit us",
                "tweet",
            ),
            longest=260,
        ),
    ),
    Rule(
        "app-line",
        "an invitation to an app",
        whole_line(
            r"click (?:here )?(?:to get|for|to download|get) .{0,60}\bapps?\b.{0,60}",
            r"(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,60}",
            r"stay up to date with .{0,40}\bapp\b.{0,40}",
        ),
        version=2,
        gate=Gate(opens=("click", "download", "get", "stay up to date"), longest=180),
    ),
    Rule(
        "interest-line",
        "an invitation to follow a topic",
        whole_line(r"interested in [^?]{2,60}\? (?:add|follow) .{5,200}"),
        gate=Gate(opens=("interested in",)),
    ),
    Rule(
        "support-line",
        "an appeal for support",
        whole_line(
            r"support (?-i:[A-Z])[\w’' ]{1,40}(?:journalism|reporting)\b.{0,400}",
            r"(?:something to consider )?if you (?:enjoyed|liked) this "
            r"(?:article|story|piece)\b.{0,600}",
            r"become a (?:member|subscriber|supporter)\b.{0,160}",
            r"donate (?:now|today|here)\b.{0,100}",
            r"every day at (?-i:[A-Z])\w+, we aim to\b.{0,900}",
            r"thank you for (?:reading|supporting) (?:our|the)\b.{0,40}"
            r"\b(?:journalism|reporting|work|newspaper|site)\b.{0,200}",
            rf"{_SAYS_NOBODY}.{{0,300}}\b(?:to (?:help )?keep (?:this|our) (?:news|journalism|work"
            r"|reporting) free|support our (?:journalism|reporting|newsroom)"
            r"|(?:is|are) reader[- ]supported)\b.{0,300}",
        ),
        version=2,
        gate=Gate(
            opens=(
                "support",
                "if you",
                "something to consider",
                "become a",
                "donate",
                "every day at",
                "thank you for",
            ),
            holds=("support our", "become a member"),
            longest=1100,
        ),
    ),
    Rule(
        "comments-line",
        "an invitation to comment",
        whole_line(
            r"(?:\d+ )?(?:comments?|view (?:all )?(?:\d+ )?comments?|leave a (?:comment|reply)"
            r"|join the (?:conversation|discussion)|show comments)\W*",
            r"(?:leave a|let us know in the|tell us in the|share your thoughts in the) "
            r"comments?\b.{0,80}",
        ),
        version=2,
        gate=Gate(
            opens=(
                "comment",
                "comments",
                "view",
                "leave a",
                "join the",
                "show comments",
                "let us",
                "tell us",
                "share your",
            ),
            longest=140,
        ),
    ),
    Rule(
        "poll-line",
        "a poll of the page",
        whole_line(
            r"[^.!\n]{8,140}\? (?:vote (?:now|here)\b[^\n]{0,40})",
            r"(?:urgent|latest):",
        ),
        gate=Gate(opens=("urgent", "latest"), holds=("? vote ",), longest=220),
        sources=("newsmax",),
    ),
    Rule(
        "reader-call",
        "an invitation to write to the newsroom",
        whole_line(
            r"send (?:us )?(?:your )?(?:letters|questions|comments|feedback|tips)\b[^\n]{0,30}"
            r"(?:to:? \S+@\S+|)",
            r"send (?:us )?(?:your |a )?(?:news )?(?:tips?|letters) to\b[^\n]{3,60}",
            r"\W*don[’']t forget: if you are sending in a question\b.{0,160}",
            r"(?:help us report|tell us more)\b.{3,60}\bare you an?\b.{5,500}",
            r"please include (?:a contact number|your name)\b.{0,200}",
            r"(?:or )?(?:fill out|use) the form below.{0,60}",
            r"if you are reading this page (?:and|on)\b.{0,300}",
            r"(?:got|have) (?:a|any) (?:question|tip|news tip)s?\b[^\n]{0,60}\S+@\S+\.?",
        ),
        gate=Gate(
            opens=(
                "send",
                "please include",
                "or",
                "fill out",
                "use the form",
                "if you are reading",
                "got a",
                "have a",
                "got any",
                "have any",
                "don't forget",
                "help us report",
                "tell us more",
            ),
            longest=620,
        ),
    ),
)
