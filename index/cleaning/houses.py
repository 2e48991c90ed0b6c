"""What one outlet puts into its own articles: safe there, and perhaps prose anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Passage, Rule, Span, whole_line

_ADDRESS = r"[\w.+-]+@(?P<host>[\w.-]+\.[a-z]{2,})"
_WRITE = re.compile(
    r"if you (?:would|have|want|know|think|spot|notice|see|wish|believe|like|had|are)\b"
    r"[^!@\n]{3,220}?"
    r"\b(?:e-?mail|mail|write|contact|pitch|reach|send|submit|message|tell)\b"
    rf"[^.!?\n]{{0,60}}\s{_ADDRESS}[.!)]*\s*",
    re.IGNORECASE,
)


def _house_address(passage: Passage) -> Iterator[Span]:
    """A paragraph that asks readers to write to an address of the outlet, and says nothing else.

    A police asks for hints in the same words: the host must be the outlet's.
    """
    for line in passage.candidates:
        end, ours = 0, True
        while ours and (asked := _WRITE.match(line.text, end)):
            end, ours = asked.end(), passage.is_from(_names_of(asked["host"]))
        if ours and end and end == len(line.text):
            yield Span(line.start, line.end, evidence="an address of the outlet")


def _names_of(host: str) -> list[str]:
    """What an outlet may be called that has a host: "dock.co.uk" and "the-dock.com" are Dock's."""
    parts = re.sub(r"\.(?:com?\.)?[a-z]{2,}$", "", host.casefold()).split(".")
    names = (part.replace("-", "").removeprefix("the") for part in parts)
    return [name for name in names if len(name) > 1]


HOUSES: tuple[Rule, ...] = (
    Rule(
        "house-address",
        "an invitation to write to the newsroom",
        _house_address,
        gate=Gate(opens=("if you",), longest=700),
    ),
    Rule(
        "read-more-box",
        "a link to another story, with its button",
        whole_line(r".{8,200} Read more\)?", flags=0),
        gate=Gate(holds=(" read more",), longest=220),
        sources=("guardian",),
    ),
    Rule(
        "podcast-line",
        "an invitation to a podcast",
        whole_line(
            r"(?:listen to|subscribe to) (?-i:[A-Z])[^.!?\n]{2,50}",
            r"looking for a quick way to keep up with\b.{0,240}",
        ),
        gate=Gate(opens=("listen to", "subscribe to", "looking for"), longest=320),
        sources=("vox",),
    ),
    Rule(
        "spaced-bracket-link",
        "a link to another story, in brackets",
        # The space behind the bracket is where the link begins; no sentence has one.
        whole_line(r"\(\s[^()\n]{5,120}\)"),
        gate=Gate(holds=("( ",), longest=130),
        sources=("politico",),
    ),
    Rule(
        "cnn-line",
        "an invitation of the outlet",
        whole_line(
            r"[-–•\s]*(?:check out|read) (?:the )?CNN.{5,140}",
            r"watch .{5,80} (?:sundays|weekdays|saturdays) at \d.{0,100}",
        ),
        gate=Gate(opens=("check out", "read", "watch"), longest=220),
        sources=("cnn",),
    ),
    Rule(
        "bbc-line",
        "an invitation to write to the newsroom",
        whole_line(
            r"[^\n]{0,200}\b(?:e-?mail(?:ing)?|contact(?:ing)?|sent? (?:it|them) to|\?)[: ]+"
            r"(?:haveyoursay|yourquestions|yourpics)@bbc\.co\.uk\b[^\n]{0,120}",
        ),
        gate=Gate(holds=("@bbc.co.uk",), longest=420),
        sources=("bbc",),
    ),
    Rule(
        "nation-line",
        "an invitation of the outlet",
        whole_line(
            r"(?:travel with the nation|sign up for our wine club"
            r"|(?:fight back|ready to fight back)[!?] sign up for)\b.{0,700}",
        ),
        gate=Gate(opens=("travel with", "sign up for our", "fight back", "ready to"), longest=800),
        sources=("nation",),
    ),
    Rule(
        "agency-line",
        "an invitation of the outlet",
        whole_line(
            r"catch up on .{5,80} with AP experts\b.{0,120}",
            r"more AP [\w ]{2,30}: ?https?://.{5,100}",
            r"find AP Fact Checks at https?://.{5,60}",
            r"follow [\w .’'-]{3,60}: ?https?://.{5,60}",
        ),
        version=2,
        gate=Gate(opens=("catch up on", "more ap", "find ap", "follow"), longest=240),
        sources=("associated press", "ap", "ap fact check", "apnews"),
    ),
    Rule(
        "glued-label",
        "a link to another story",
        # "Harbour vote:What to know"; what happened on a day reads so too, where a list is of days.
        whole_line(
            r"(?![^:]*\b\d{1,2}(?:, \d{4})?:)[^\W\d_a-z][\w’'.,&$%/ -]{2,70}:"
            r"(?=[‘“'\"]?[^\W_a-z])[^\n:]{8,160}(?::[^\n]{2,100})?",
            flags=0,
        ),
        gate=Gate(holds=(":",), longest=240),
        sources=("usa today", "des moines register", "desmoines register"),
    ),
    Rule(
        "contributor-label",
        "what the author is to the outlet",
        whole_line(
            r"(?:special (?:for|to) (?:the )?USA TODAY|opinion contributors?|the editorial board"
            r"|USA TODAY (?:Network|Opinion|Sports))",
        ),
        moves_to="contributors",
        gate=Gate(
            opens=(
                "special for",
                "special to",
                "opinion contributor",
                "the editorial",
                "usa today",
            ),
            head=6,
            longest=40,
        ),
        sources=("usa today",),
    ),
    Rule(
        "series-line",
        "the series that the article is part of",
        whole_line(
            r"policing the usa: a look at race, justice, media",
            r"\W{0,3}a daily (?:summary|roundup) of .{5,60}\.?",
        ),
        moves_to="notes",
        gate=Gate(opens=("policing the", "a daily"), longest=90),
        sources=("usa today", "christian science monitor", "csmonitor"),
    ),
)
