"""Links to other stories that a saved text carries as lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.rule import Gate, Line, Passage, Rule, Span, bare, whole_line

_I = re.IGNORECASE
_END = r"[.:;,”\"]"  # of a sentence; a headline that asks may end in "?"


def _only_a_link(passage: Passage) -> Iterator[Span]:
    """A line that in the markup is a link and nothing else: another story, or a menu."""
    for line in passage.candidates if passage.linked else ():
        if bare(line.text) in passage.linked:
            yield Span(line.start, line.end, evidence="all of it is one link")


_LIST_LABEL = re.compile(
    r"(?:read more|related(?: (?:stories|story|articles?|content|reading|links|posts|coverage))?"
    r"|see also|also read|more (?:stories )?from .{2,40}|read more from .{2,40}"
    r"|more on this(?: story)?)\s*(?::|\.{3}|…)",
    _I,
)
_LONGEST_LIST = 8


def _listed_links(passage: Passage) -> Iterator[Span]:
    """The headlines under a label that announces them: short lines that end like no sentence."""
    lines = passage.lines
    for label in passage.candidates:
        if not _LIST_LABEL.fullmatch(label.text):
            continue
        first = lines.index(label) + 1
        for line in lines[first : first + _LONGEST_LIST]:
            if not _is_headline(line):
                break
            yield Span(line.start, line.end, evidence=f"under {label.text!r}")


def _is_headline(line: Line) -> bool:
    words = line.text.split()
    return 4 <= len(words) <= 22 and line.text[-1] not in ".:;,”\"'’"


def _insights(passage: Passage) -> Iterator[Span]:
    """The block DON'T MISS: up to four headlines, each with its kind in square brackets."""
    lines = passage.lines
    for label in passage.candidates:
        if not re.fullmatch(r"don[’']t miss(?:\.{3}|…|:)?", label.text, _I):
            continue
        first = lines.index(label) + 1
        block = []
        for line in lines[first : first + 4]:
            if not re.fullmatch(r".{8,160}\[[A-Z /]{3,20}\]", line.text):
                break
            block.append(Span(line.start, line.end, evidence="under DON'T MISS"))
        yield from block


# Five words, or seven where a colon parts them: shorter ones are heads of sections.
_CAPITALS_LINK = re.compile(
    r"(?=(?:\S+\s+){4,}\S)(?!(?=[^:]*: )(?:\S+\s+){0,5}\S+$)"
    r"[‘“'\"]?[A-Z][^a-z…]{18,170}(?<![:…])"
)
_FEWEST_HEADS = 2


def _in_capitals(passage: Passage) -> Iterator[Span]:
    """Headlines in capitals between paragraphs, unless shorter ones show that they are heads."""
    capitals = [passage.line_at(start) for start, raw in passage.raw_lines() if raw.isupper()]
    heads = [line for line in capitals if 2 <= len(line.text.split()) <= 4]
    for line in capitals if len(heads) < _FEWEST_HEADS else ():
        if _CAPITALS_LINK.fullmatch(line.text):
            yield Span(line.start, line.end)


# [12], [edit] and [citation needed], of which a footnoted text has several.
_MARK = re.compile(
    r"(?<=[\w.,;:!?%)\"”’])(?:\[\d{1,3}\])+|[ ]?\[ ?(?:edit|citation needed) ?\]", _I
)
_FEWEST_MARKS = 3


def _footnote_marks(passage: Passage) -> Iterator[Span]:
    """What leads to the notes of a footnoted text."""
    found = [
        Span(line.start + mark.start(), line.start + mark.end())
        for line in passage.candidates
        for mark in _MARK.finditer(line.text)
    ]
    if len(found) >= _FEWEST_MARKS:
        yield from found


_LABELS = (
    r"(?:related(?: (?:stories|story|articles?|coverage|content|videos?|links?|posts"
    r"|slideshows?|headlines))?"
    r"|read (?:more|also|next|this next)|more(?: on this| from (?-i:[A-Z]).{1,30})?"
    r"|see (?:also|related)|also (?:read|see)|check (?:this )?out|don[’']t miss"
    r"|watch(?: (?:now|more|live|this))?|recommended|you may also like|most read|trending"
    r"|(?:full|special|complete|continuing) coverage)"
)

LINKS: tuple[Rule, ...] = (
    Rule("linked-line", "a link to something else, and nothing but a link", _only_a_link),
    Rule(
        "related-line",
        "a link to another story",
        whole_line(
            rf"{_LABELS}\s*(?::\s*\S.{{2,200}}|[.…:]*)",
            r"(?:related|more) (?:stories|news|coverage|headlines) from .{2,40}[:.]?",
            r"(?:read|see) more (?:about|from|on|at|of|here)\b[^.!?,\n]{0,100}[.:]?",
            r"see (?:the )?(?:photos?|videos?|pictures)\s?:.{3,120}",
            r"visit .{3,40} home ?page for more.{0,40}",
            r".{3,200} (?:>{2,3}|»)",
        ),
        version=3,
        gate=Gate(
            opens=(
                "related",
                "read",
                "more",
                "see",
                "also",
                "check",
                "don’t miss",
                "don't miss",
                "watch",
                "recommended",
                "you may also",
                "most read",
                "trending",
                "full",
                "special",
                "complete",
                "continuing",
                "visit",
            ),
            holds=(" >>", " »"),
            longest=260,
        ),
    ),
    Rule(
        "labelled-headline",
        "a link to another story",
        whole_line(
            # A label in capitals and the headline, with no colon between them and no full stop.
            rf"(?:READ|WATCH|ALSO|RELATED|LISTEN|SEE ALSO|READ MORE|Recommended):? (?=.*[a-z])"
            rf"[^\W\d_a-z].{{8,158}}(?<!{_END})",
            rf"Related (?:Story |Video |Coverage |Headlines )?[^\W\d_a-z]\S* .{{8,158}}(?<!{_END})",
            flags=0,
        ),
        gate=Gate(
            opens=("read", "watch", "also", "related", "listen", "see also", "recommended"),
            longest=180,
        ),
    ),
    Rule(
        "read-in-full",
        "a link to a document or to the rest of a story",
        whole_line(
            r"read (?:the |her |his |their |its )?(?:full|whole|rest|entire|complete|original)\b"
            r"[^.!?\n]{0,140}\b(?:here|below|above)\b[^.!?\n]{0,30}[.:]?",
            r"read (?:the |her |his |their |its )?(?:full|whole|entire|complete|original) "
            r"(?:story|article|report|transcript|text|statement|letter|memo|document|complaint"
            r"|indictment|ruling|opinion|interview|post|piece|column)\b[^.!?,\n]{0,60}:?",
            r"read (?:it|more|this|that|the rest|[\w’' -]{3,60}) here\.?",
        ),
        gate=Gate(opens=("read",), longest=200),
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
            r"(?:READ|WATCH|VIDEO|LISTEN TO|PHOTOS)(?::| THE\b| FULL\b| HOW\b| WHY\b) ?"
            r"[^a-z]{8,160}",
            flags=0,
        ),
        version=2,
        gate=Gate(
            opens=("read", "see", "watch", "more", "video", "listen to", "photos"), longest=180
        ),
    ),
    Rule(
        "capitals-link",
        "a link to another story, in capitals",
        _in_capitals,
        sources=("fox news", "fox online news", "fox business", "hill", "changing america"),
    ),
    Rule(
        "listed-link",
        "a link to another story, under a label",
        _listed_links,
        gate=Gate(opens=("read more", "related", "see also", "also read", "more"), longest=60),
    ),
    Rule(
        "insight-block",
        "links to other stories, under a label",
        _insights,
        gate=Gate(opens=("don't miss", "don’t miss"), longest=20),
    ),
    Rule(
        "footnote-mark",
        "the mark of a footnote",
        _footnote_marks,
        gate=Gate(holds=("[",)),
    ),
    Rule(
        "click-here",
        "a link that only works on the page",
        whole_line(
            r"click here(?:[.!:]*| (?:to|for|if|and)\b.{2,140})",
            r"click (?:for|to|through for) (?:(?:the )?(?:more|full|latest|complete)|get|read|watch"
            r"|see|view|share|e-?mail|print|tweet|enlarge|expand|listen)\b.{0,120}",
            r"(?:for|to|can[’']t|don[’']t|want|want to)\b.{3,160}\bclick here\b[^.!?\n]{0,20}[.!]?",
            r"watch the latest video at .{5,120}",
            r"(?:take me )?back to (?:the )?top\b.{0,30}",
        ),
        version=2,
        gate=Gate(
            opens=("click", "watch the latest", "take me back", "back to"),
            holds=("click here",),
            longest=220,
        ),
    ),
)
