"""Promotions pasted inside a paragraph. Each is anchored on a sign that prose does not carry."""

from __future__ import annotations

import re

from index.cleaning.rollover import find_captions
from index.cleaning.rule import Rule, within_line

PROMOTIONS: tuple[Rule, ...] = (
    Rule(
        "rollover-caption",
        "the pop-up card of a person's name, with headlines of other stories",
        find_captions,
    ),
    Rule(
        "bracketed-promotion",
        "a link to another story, in brackets",
        within_line(
            r"[^\S\n]*[(\[]\s*(?:RELATED|SEE ALSO|READ MORE|READ|WATCH|PHOTOS?|VIDEO|MORE|ALSO ON [A-Z]+|Also on [A-Z]{4,}|LISTEN)\s*:\s*[^()\[\]\n]{3,220}[)\]]"
        ),
    ),
    Rule(
        "photo-bracket",
        "the credit of a picture, in brackets",
        within_line(
            r"[^\S\n]*\((?:(?:FILE )?Photo(?:graph)?s?|Image|Screenshot|Credit|Illustration)(?: by| credit)?\s*:?\s[^()\n]{2,120}\)",
            flags=re.IGNORECASE,
        ),
    ),
    Rule(
        "embed-placeholder",
        "a placeholder of the editing system",
        within_line(
            r"[^\S\n]*\[(?:/?(?:pullquote|embedtweet|caption|gallery|video|twitter|embed|youtube|tweet|instagram|audio|soundcloud)\b[^\]\n]{0,300})\]",
            flags=re.IGNORECASE,
        ),
    ),
    Rule(
        "glued-continuation",
        "the page broke off and went on here",
        within_line(
            r"(?<=[.!?”\"’'])\s?Story [Cc]ontinue[sd] [Bb]elow(?: the (?:video|ad|advertisement|image|gallery))?\.?(?=\s?[A-Z“\"])"
            r"|Advertisement Continue reading the main story"
            r"|Newsletter Sign Up Continue reading the main story[^\n]*?(?:View all New York Times newsletters\.|$)"
        ),
    ),
    Rule(
        "listen-inline",
        "buttons to listen and share",
        within_line(
            r"LISTEN TO ARTICLE \d+:\d\d(?: SHARE THIS ARTICLE)?(?: Share)?(?: Tweet)?(?: Post)?(?: Email)?"
        ),
    ),
)
