"""Rollover captions: the pop-up of a person's name, pasted into the sentence it hung on.

A page shows "Ann Lee"; hovering opens a card with the full name, up to three headlines of other
stories and a link MORE. Saved as text, the card lands inside the sentence:

    Senator Ann LeeAnn Margaret LeeFirst headline Second headline MORE said on Monday

MORE in capitals ends it, and the surname before it comes again at the end of a fuller name. What
makes it certain besides is a join without a space (or on a line of its own), or first names that
agree, headlines that are no sentences, and a sentence that goes on after MORE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.cleaning.names import (
    LOWER,
    SUFFIX,
    UPPER,
    Meeting,
    agreement,
    same_first_name,
    is_bare,
    is_titled,
    meetings,
    near_meetings,
    reads_as_title,
)
from index.cleaning.rule import Passage, Span

# The longest caption seen was under 900 characters: three headlines, two of them digests.
_LONGEST = 1_100

_END = re.compile(r"MORE(?![A-Za-z0-9])")
# What follows MORE where the sentence goes on: 's, a comma, "(D-Ohio)", a small letter, Jr., a day;
# over a blank line only what begins no paragraph.
_GOES_ON = re.compile(
    rf"[^\S\n]*\n?[^\S\n]*[’'\",.;)\]?!—–“-]"
    rf"|\s*(?:[{LOWER}(\[,.;)\]]|[’']s\b|{SUFFIX}|[A-Z][a-z]{{2,5}}day\b)"
)
_PARAGRAPH_ENDS = re.compile(r"\s*(?:$|\n\s*\n)")
_NEXT_NAME = re.compile(rf"\s+([{UPPER}][{LOWER}’'-]+)")
_SUFFIX = re.compile(rf",?\s?{SUFFIX}")
_GLUED_HEADLINE = re.compile(rf"(?![’']s\b)(?:[{UPPER}0-9$#]|['\"‘“][{UPPER}{LOWER}0-9])")
_HEADLINE = re.compile(rf"\s*(?:$|{_GLUED_HEADLINE.pattern})")
# A sentence ends and another begins: in 5,960 captions seen 3 times, all within quoted speech.
_STOP = re.compile(rf"\.(?<!Calif\.)(?<=[{LOWER}]{{4}}\.)[\"”’')\]]*\s+[\"“‘'(]?[{UPPER}]")
_BLANK_LINE = re.compile(r"\n\s*\n")
_BYLINE = re.compile(
    rf"\W*(?i:(?:written|reported|posted|compiled|edited|story|photo|words) )?(?i:by)"
    rf"(?: [{UPPER}][\w.’'-]*)*\s*$"
)
_FEWEST_HEADLINE_WORDS = 4

# The signs that feeds put where they cut a text off: "… [+2001 chars]", "[...]", "…".
_CUT_SIGN = re.compile(r"(?:\s?\[?(?:…|\.\.\.)\]?\s?|\s)?\[\+\d+ chars\]")
_DOTS = re.compile(r"\s?\[?(?:…|\.\.\.)\]?$")
# A text that ends with one of these is whole. No sign and no such end: cut off in silence.
_WHOLE = tuple(".!?\"”’)]")
_GLUE = re.compile(rf"[{UPPER}0-9](?<=[{LOWER}][{UPPER}0-9])")


@dataclass(frozen=True, slots=True)
class _End:
    """A MORE that may end a card. ``goes_on`` is 2 where a sentence follows, 1 where the paragraph
    ends, 0 otherwise; ``within_word`` is whether capitals come before it, as in EVERMORE; ``after``
    is where the MORE before it ended."""

    start: int
    end: int
    goes_on: int
    within_word: bool
    after: int


@dataclass(frozen=True, slots=True)
class _Card:
    """A card that may begin where two names meet and end at ``end``, and what speaks for it."""

    text: str
    meeting: Meeting
    name_end: int
    end: int
    glued_name: bool
    glued_headline: bool

    @property
    def glued(self) -> int:
        return self.glued_name + 2 * self.glued_headline

    @property
    def lined(self) -> bool:
        """Whether the full name has a line of its own."""
        before = self.text[self.meeting.join : self.meeting.full_start]
        return "\n" in before and self.text[self.name_end] == "\n"

    @property
    def agrees(self) -> int:
        return agreement(self.text, self.meeting)

    @property
    def named(self) -> bool:
        """Whether the names alone speak for a card: the first names agree, or none is shown and
        there are middle names. Else it may be a list of relatives."""
        if same_first_name(self.text, self.meeting):
            return True
        unnamed = is_titled(self.text, self.meeting) or is_bare(self.text, self.meeting)
        return (unnamed and self.has_middle_names) or self.agrees > 0

    @property
    def has_middle_names(self) -> bool:
        return len(self.full_name.split()) > 2

    @property
    def full_name(self) -> str:
        return self.text[self.meeting.full_start : self.meeting.full_end]

    @property
    def has_headline(self) -> bool:
        """Whether what follows the name may be headlines, or there is nothing."""
        return bool(_HEADLINE.match(self.text, self.name_end, self.end))

    @property
    def glued_more(self) -> bool:
        return not self.text[self.end - 1].isspace()

    @property
    def has_blank_line(self) -> bool:
        return bool(_BLANK_LINE.search(self.text, self.meeting.join, self.end))

    @property
    def weight(self) -> int:
        return 2 * (self.glued_name + self.glued_headline + self.lined) + self.agrees


def find_captions(passage: Passage) -> Iterator[Span]:
    """Every rollover caption of ``passage``, from the join to the end of MORE, or of the text where
    a feed cut it off."""
    text = passage.text
    floor = 0
    if "MORE" in text:
        for span in _ended(text):
            yield span
            floor = span.end
    yield from _cut_off(text, floor)


def _ended(text: str) -> Iterator[Span]:
    """The captions that end with MORE."""
    floor = scanned = 0
    pending: list[Meeting] = []
    for more in _END.finditer(text):
        floor = max(floor, more.start() - _LONGEST)
        if pending:
            pending = [meeting for meeting in pending if meeting.join >= floor]
        pending += meetings(text, max(floor, scanned), more.start())
        end = _ending(text, more.start(), more.end(), scanned)
        card = _likeliest(text, pending, end)
        if card is None:
            card = _nearly(text, max(floor, scanned), end)
        scanned = more.end()
        if card is not None and not _goes_further(card, end):
            floor = _with_line_break(card, end)
            pending = []
            yield Span(
                card.meeting.join, floor, 1.0 if card.glued else 0.9, _evidence(card)
            )


def _nearly(text: str, floor: int, end: _End) -> _Card | None:
    """The same where a surname is written in two ways, or a name is shown in two pieces: "Sarah
    Hucknall|... MORE Sanderling"."""
    after = _NEXT_NAME.match(text, end.end)
    if after is None:
        return _likeliest(text, near_meetings(text, floor, end.start), end)
    goes_on = max(end.goes_on, _ending(text, end.start, after.end(), end.after).goes_on)
    near = near_meetings(text, floor, end.start, after[1])
    return _likeliest(text, near, replace(end, goes_on=goes_on))


def _ending(text: str, start: int, end: int, after: int) -> _End:
    before = text[start - 1 : start]
    within_word = before.isupper() or (
        before in ("’", "'") and text[start - 2 : start - 1].isupper()
    )
    goes_on = 2 if _GOES_ON.match(text, end) else int(bool(_PARAGRAPH_ENDS.match(text, end)))
    return _End(start, end, goes_on, within_word, after)


def _likeliest(text: str, found: Iterable[Meeting], end: _End) -> _Card | None:
    """The likeliest caption that ends at ``end``, None where nothing is certain."""
    best: _Card | None = None
    apart = []
    for meeting in found:
        if meeting.join < meeting.full_start and text[meeting.full_end].isspace():
            apart.append(meeting)
        else:
            best = _likelier(best, _card(text, meeting, end.start), end)
    if best is None:  # a card glued to its sentence is likelier than any that is not
        for meeting in apart:
            best = _likelier(best, _card(text, meeting, end.start), end)
    return best


def _likelier(best: _Card | None, card: _Card, end: _End) -> _Card | None:
    return card if _certain(card, end) and (best is None or _better(card, best)) else best


def _better(card: _Card, best: _Card) -> bool:
    """Whether a later card is likelier: captions do not nest, so of two equal ones the second."""
    if card.meeting.surname_start > best.name_end and card.glued == best.glued > 0:
        return True
    return card.weight > best.weight


def _card(text: str, meeting: Meeting, end: int) -> _Card:
    suffix = _SUFFIX.match(text, meeting.full_end, end)
    name_end = suffix.end() if suffix else meeting.full_end
    glued_headline = _GLUED_HEADLINE.match(text, name_end, end) is not None
    return _Card(
        text, meeting, name_end, end, meeting.join == meeting.full_start, glued_headline
    )


def _certain(card: _Card, end: _End) -> bool:
    """Whether what speaks for a card is enough."""
    stops = len(_STOP.findall(card.text, card.name_end, end.start))
    if stops and (stops > 2 or not card.glued or not end.goes_on or card.has_blank_line):
        return False
    if end.within_word and end.goes_on < 2:
        return False
    if not card.meeting.exact and card.agrees < (1 if card.glued else 2):
        return False
    if reads_as_title(card.full_name):
        return False
    if card.glued == 3:
        return card.has_middle_names or card.agrees > 0
    if not card.has_headline or not card.named:
        return False
    if card.glued:
        return bool(end.goes_on or card.agrees)
    return card.meeting.join >= end.after and _certain_without_glue(card, end)


def _certain_without_glue(card: _Card, end: _End) -> bool:
    """Whether a card is certain where its joins have a space, as a sentence has, or a line break.

    Without both agreeing first names and middle names, the sentence has to go on after MORE.
    """
    if end.goes_on < (1 if card.agrees > 1 and card.has_middle_names else 2):
        return False
    if card.lined:
        return not _in_byline(card)
    words = len(card.text[card.name_end : end.start].split())
    enough = words >= _FEWEST_HEADLINE_WORDS or (not words and card.agrees > 0)
    return (enough or card.glued_more) and not card.has_blank_line


def _in_byline(card: _Card) -> bool:
    """Whether the shown name stands in a line like "By Ann Lee", with a box about her below."""
    line = card.text.rfind("\n", 0, card.meeting.surname_start) + 1
    return bool(_BYLINE.match(card.text, line, card.meeting.surname_start))


def _goes_further(card: _Card, end: _End) -> bool:
    """Whether this MORE is a word of a headline, "MORE Act", and the next one ends the card."""
    if end.goes_on:
        return False
    text = card.text
    more = _END.search(text, end.end, card.meeting.join + _LONGEST)
    if more is None or any(meetings(text, end.end, more.start())):
        return False
    later = _ending(text, more.start(), more.end(), end.end)
    return later.goes_on == 2 and not _STOP.search(text, end.end, more.start())


def _with_line_break(card: _Card, end: _End) -> int:
    """The end of the caption: with the line break that came with the card, where it has others."""
    text = card.text
    if "\n" not in text[card.meeting.join : end.end]:
        return end.end
    position = end.end
    while text[position : position + 1].isspace():
        position += 1
    goes_on = end.goes_on == 2 or text.startswith(card.meeting.surname, position)
    if "\n" not in text[end.end : position] or not goes_on:
        return end.end
    return position - (text[position : position + 1] not in tuple(",.;:)]’'”!?"))


def _evidence(card: _Card) -> str:
    name = card.text[card.meeting.full_start : card.name_end]
    return f"{card.meeting.surname} | {name}: {', '.join(_signs(card))}"


def _signs(card: _Card) -> Iterator[str]:
    if card.glued_name:
        yield "name on full name"
    if card.glued_headline:
        yield "full name on headline"
    if card.glued_more:
        yield "headline on MORE"
    if card.lined:
        yield "a line each"
    elif not card.glued:
        yield "first names agree" if card.agrees else "middle names"


def _cut_off(text: str, floor: int) -> Iterator[Span]:
    """A caption cut off before MORE, where the text ends or a feed says so."""
    for stop in _stops(text):
        start = max(floor, stop - _LONGEST)
        if not _GLUE.search(text, start, stop):
            continue
        for meeting in meetings(text, start, stop):
            card = _card(text, meeting, stop)
            if _certainly_cut(card):
                yield Span(meeting.join, stop, 0.9, f"{_evidence(card)}, cut off")
                floor = stop
                break


def _stops(text: str) -> Iterator[int]:
    """Where ``text`` breaks off: before each sign of a feed, and at its end if that is no end."""
    if "[+" in text:
        for sign in _CUT_SIGN.finditer(text):
            yield sign.start()
    end = len(text)
    while end and text[end - 1].isspace():
        end -= 1
    dots = _DOTS.search(text, max(0, end - 6), end)
    if dots:
        yield dots.start()
    elif text[end - 1 : end] not in _WHOLE:
        yield end


def _certainly_cut(card: _Card) -> bool:
    headline = card.text[card.name_end : card.end]
    if not card.has_headline or "\n" in headline or _STOP.search(headline) or reads_as_title(card.full_name):
        return False
    if not card.agrees and not (card.has_middle_names and is_titled(card.text, card.meeting)):
        return False
    if card.glued == 3:
        return True
    words = headline.split()
    if len(words) >= _FEWEST_HEADLINE_WORDS and any(word[0].islower() for word in words):
        return card.glued > 0
    return card.glued_headline and card.agrees > 1
