"""Clutter pasted inside a paragraph. Each is anchored on a sign that prose does not carry."""

from __future__ import annotations

from index.cleaning.people import WORK
from index.cleaning.rollover import find_captions
from index.cleaning.rule import Gate, Rule, within_line

_LABEL = (
    r"(?:RELATED|SEE ALSO|READ MORE|READ|WATCH|PHOTOS?|VIDEO|MORE|ALSO ON [A-Z]+"
    r"|Also on [A-Z]{4,}|LISTEN)"
)

_EMBEDDED = r"(?:caption|gallery|video|twitter|youtube|tweet|instagram|audio|image|soundcloud)"

# What a terminal opens: "nL5174249", "[nELL408159]", and "here" where it was a link.
_ON_A_TERMINAL = r"(?:[<\[][^<>\[\]\n]{2,30}[>\]]|[A-Za-z]{1,4}\d{4,}\b)"
_CODE = rf"(?:here(?=\s*(?:$|[^\sa-z]))|{_ON_A_TERMINAL})"
_SHORTENED = r"(?:(?:link|r|graphics|pdf)\.reuters\.com|tmsnrt\.rs|reut\.rs|bit\.ly)/\w+"

# As it is printed, without what a browser needs: "blogs.bell.com/summit", "reut.rs/1b9w8pX".
_ADDRESS = r"(?:https?://)?[a-z][\w-]*(?:\.[a-z][\w-]*)+/?[^\s()]*"

_WORK = (*WORK, "reported", "graphics")
# The same up to the name: "Additional reporting by Ida Brankovic".
_CREDITING = (
    rf"(?i:(?:with )?(?:additional |more )?(?:{'|'.join(_WORK)})"
    r"(?:\s{1,3}and\s{1,3}(?:reporting|writing|editing))?"
    r",?\s{1,3}(?:by|for|from)|additional reporting)\s{1,3}(?=[^\W\d_a-z])"
)
# A code is ten characters long, and words may be glued to it on either side.
_TWEETED = r"(?:https?://t\.co|pic\.twitter\.com)/(?:[A-Za-z0-9]{10}|[A-Za-z0-9]{5,9}\b)…?"

_INSIDE = r"(?:[^()\n]|\([^()\n]{1,90}\))"  # of a bracket, which may have brackets in it

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
            rf"[(\[]\s*{_LABEL}\s*:\s*[^()\[\]\n]{{3,220}}[)\]]",
            r"\(\s*Sign up for [^()\n]{3,80}\)",
            r"\(\s*For [^()\n]{3,120}[,;]? (?:please )?(?:click|visit|go to)\b[^()\n]{0,80}\)",
            # "(To read the letter, see: here )", "(For the summit's blog: blogs.bell.com/summit )"
            rf"\(\s*(?:For|To) [^()\n]{{3,160}}?(?:\s{_CODE}|[\s:]{_ADDRESS}|\bsee,)\s*\)",
        ),
        version=4,
        gate=Gate(
            brackets=(
                "related",
                "see also",
                "read",
                "watch",
                "photo",
                "photos",
                "video",
                "more",
                "also on",
                "listen",
                "sign up",
                "for",
                "to",
            )
        ),
    ),
    Rule(
        "terminal-pointer",
        "where a terminal has more",
        within_line(
            r"(?:(?<=[.!?”\"’')\]] )|^)[-*> ]{0,4}(?:For|To (?:view|see|read|get))\b"
            r"[^.!?()\n]{3,160}?\b[Dd]ouble[- ]?[Cc]lick(?:ing)? on"
            r"(?:(?: the following link| one of these codes)?:?"
            rf"(?:\s+{_CODE})+\.?|:?\s*\.?$|\.(?= ))",
            r"(?:(?<=[.!?”\"'’)\]] )|^)\(?For (?:a|an|the|more|details|stories|related)\b"
            r"[^.!?()\n]{3,140}?,? click(?: on| here)?"
            rf"(?::?\s+(?:{_ON_A_TERMINAL}|{_SHORTENED})|(?: on)?:\s+here\b| here(?= [A-Z]|$))\)?",
        ),
        version=2,
        gate=Gate(
            holds=(
                "double click on",
                "double-click on",
                "click: ",
                "click on",
                "click here",
                "click link.",
            )
        ),
    ),
    Rule(
        "photo-bracket",
        "the credit of a picture, in brackets",
        within_line(
            r"\((?i:(?:file )?photo(?:graph)?s?|image|screenshot|illustration|credit)"
            r"(?:(?i: by| via| courtesy of| credit| source)?\s*:|(?i: by| via| courtesy of))\s?"
            r"[^()\n]{2,120}\)"
        ),
        version=2,
        gate=Gate(
            brackets=(
                "photo",
                "photos",
                "photograph",
                "photographs",
                "file photo",
                "file photograph",
                "image",
                "screenshot",
                "credit",
                "illustration",
            )
        ),
    ),
    Rule(
        "credit-in-last-paragraph",
        "who reported and edited it",
        within_line(
            # A bracket that is never closed reaches to the end of its line.
            rf"(?<=[\S\s])\(\(?\s?{_CREDITING}{_INSIDE}{{2,1500}}?(?:\s?\)+[,;.]{{0,2}}(?!\w)|$)",
            rf"(?<=[\S\s])\([^()\n]{{3,300}}[;,.] ?{_CREDITING}{_INSIDE}{{2,900}}?\)$",
            rf"(?<=[.!?”\"’'] ){_CREDITING}[^()\n]{{3,900}}[;,.] ?{_CREDITING}[^()\n]{{3,300}}$",
            r"(?<=[\S\s])\((?:Compiling by )?(?:[A-Z][\w.]*,? (?:and )?){1,6}"
            r"(?:[Dd]esk|[Nn]ewsroom|[Bb]ureau)\)$",
        ),
        moves_to="contributors",
        version=3,
        gate=Gate(
            brackets=("with", "additional", "more", *_WORK),
            holds=("editing by", " desk)", " newsroom)", " bureau)"),
            foot=8,
        ),
    ),
    Rule(
        "embed-placeholder",
        "a placeholder of the editing system",
        within_line(
            r"\[/?(?:pullquote|embed(?:tweet)?)\b[^\]\n]{0,300}\]",
            # Words that somebody may also put into a quotation: with something behind them, or
            # between two sentences.
            rf"\[/?{_EMBEDDED}(?:[ -][^\]\n]{{0,300}}[=\d][^\]\n]{{0,300}}|-clip)\]",
            rf"(?:^|(?<=[.!?”\"’] ))\[/?{_EMBEDDED}\]",
        ),
        version=2,
        gate=Gate(
            brackets=(
                "pullquote",
                "embedtweet",
                "caption",
                "gallery",
                "video",
                "twitter",
                "embed",
                "youtube",
                "tweet",
                "instagram",
                "audio",
                "image",
                "soundcloud",
            )
        ),
    ),
    Rule(
        "tweet-link",
        "a link within a tweet, glued to a word",
        within_line(
            rf"(?<=[\w.,:;!?…”’\"']){_TWEETED}",
            rf"{_TWEETED}(?=[\w#@“‘\"])",
        ),
        gate=Gate(holds=("//t.co/", "pic.twitter.com/")),
    ),
    Rule(
        "glued-continuation",
        "the page broke off and went on here",
        within_line(
            r"(?<=[.!?”\"’' ])Story [Cc]ontinue[sd] [Bb]elow"
            r"(?: the (?:video|ad|advertisement|image|gallery))?\.?(?=\s?[A-Z“\"])",
            r"^Story Continue[sd] Below\s+(?=[A-Z“\"])",
            r"Advertisement Continue reading the main story",
            r"Newsletter Sign Up Continue reading the main story[^\n]*?"
            r"(?:View all New York Times newsletters\.|$)",
        ),
        version=3,
        gate=Gate(holds=("story continue", "continue reading the main")),
    ),
    Rule(
        "player-notice",
        "a notice of the page's player",
        within_line(
            r"Your browser does not support the (?:video|audio)[\w ]{0,20}\.",
        ),
        gate=Gate(holds=("your browser does not",)),
    ),
    Rule(
        "listen-inline",
        "buttons to listen and share",
        within_line(
            r"LISTEN TO ARTICLE \d+:\d\d(?: SHARE THIS ARTICLE)?"
            r"(?: Share)?(?: Tweet)?(?: Post)?(?: Email)?",
        ),
        gate=Gate(holds=("listen to article",), head=5),
    ),
)
