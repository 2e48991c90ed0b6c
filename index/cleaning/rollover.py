"""Rollover captions: the pop-up of a person's name, pasted into the sentence it hung on.

A page shows "Ann Lee"; hovering opens a card with the full name, up to three headlines of other
stories and a link MORE. Saved as text, the card lands inside the sentence:

    Senator Ann LeeAnn Margaret LeeFirst headline Second headline MORE said on Monday

MORE in capitals ends it, and the surname before it comes again at the end of a fuller name. What
makes it certain besides (``cards``) is a join without a space or on a line of its own, or first
names that agree (``names``), headlines that are no sentences, and a sentence that goes on after
MORE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.cleaning.cards import Card, End, is_certain, is_certainly_cut
from index.cleaning.names import LOWER, SUFFIX, UPPER, Meeting, meetings, near_meetings
from index.cleaning.rule import Passage, Span

# The longest caption seen was under 900 characters: three headlines, two of them digests.
_LONGEST = 1_100
# All but one in a hundred are shorter than 460: to look here first makes it a sixth faster.
_USUAL = 500

_MORE = re.compile(r"MORE(?![A-Za-z0-9])")
# What follows MORE where the sentence goes on: 's, a comma, "(D-Ohio)", a small letter, Jr., a day;
# over a blank line only what begins no paragraph.
_GOES_ON = re.compile(
    rf"[^\S\n]*\n?[^\S\n]*[’'\",.;)\]?!—–“-]"
    rf"|\s*(?:[{LOWER}(\[,.;)\]]|[’']s\b|{SUFFIX}|[A-Z][a-z]{{2,5}}day\b)"
)
_PARAGRAPH_ENDS = re.compile(r"\s*(?:$|\n\s*\n)")
_NEXT_NAME = re.compile(rf"\s+([{UPPER}][{LOWER}’'-]+)")
_CLOSING = tuple(",.;:)]’'”!?")

# The signs that feeds put where they cut a text off: "… [+2001 chars]", "[...]", "…".
_CUT_SIGN = re.compile(r"(?:\s?\[?(?:…|\.\.\.)\]?\s?|\s)?\[\+\d+ chars\]")
_DOTS = re.compile(r"\s?\[?(?:…|\.\.\.)\]?$")
# A text that ends with one of these is whole. No sign and no such end: cut off in silence.
_WHOLE = tuple('.!?"”’)]')
_GLUE = re.compile(rf"[{UPPER}0-9](?<=[{LOWER}][{UPPER}0-9])")


def find_captions(passage: Passage) -> Iterator[Span]:
    """Every rollover caption of ``passage``, from the join to the end of MORE, or to where a feed
    cut it off; the sign of the feed stays, because the sentence is still cut off there."""
    text = passage.text
    floor = 0
    if "MORE" in text:
        for span in _ended(text):
            yield span
            floor = span.end
    yield from _cut_off(text, floor)


def _ended(text: str) -> Iterator[Span]:
    """The captions that end with MORE.

    Linear: each stretch is searched for names at most twice, and no meeting of names is weighed
    for more than two words MORE, so that a headline may hold one of its own.
    """
    floor = last = 0
    earlier: list[Meeting] = []
    for more in _MORE.finditer(text):
        floor = max(floor, more.start() - _LONGEST)
        end = _end(text, more.start(), more.end(), last)
        start = max(floor, last)
        near = max(start, end.start - _USUAL)
        found = list(meetings(text, near, end.start))
        card = _likeliest(text, [*earlier, *found], end)
        if start < near and not (card and card.glued):
            found = list(meetings(text, start, end.start))
            card = _likeliest(text, [*earlier, *found], end)
        card = card or _nearly(text, start, end)
        earlier = [meeting for meeting in found if meeting.join >= floor]
        last = end.end
        if card is not None and not _goes_further(card, end):
            floor = _reach(card, end)
            earlier = []
            yield Span(card.meeting.join, floor, 1.0 if card.glued else 0.9, card.evidence)


def _end(text: str, start: int, end: int, last: int) -> End:
    before = text[start - 1 : start]
    quoted = before in ("’", "'")
    in_capitals = (text[start - 2 : start - 1] if quoted else before).isupper()
    goes_on = 2 if _GOES_ON.match(text, end) else int(bool(_PARAGRAPH_ENDS.match(text, end)))
    return End(start, end, goes_on, in_capitals, last)


def _likeliest(text: str, found: Iterable[Meeting], end: End) -> Card | None:
    """The likeliest caption that ends at ``end``, None where nothing is certain."""
    best: Card | None = None
    apart = []
    for meeting in found:
        if meeting.join < meeting.full_start and text[meeting.full_end].isspace():
            apart.append(meeting)
        else:
            best = _likelier(best, Card.at(text, meeting, end.start), end)
    if best is None:  # a card glued to its sentence is likelier than any that is not
        for meeting in apart:
            best = _likelier(best, Card.at(text, meeting, end.start), end)
    return best


def _likelier(best: Card | None, card: Card, end: End) -> Card | None:
    if not is_certain(card, end):
        return best
    if best is None or card.weight > best.weight:
        return card
    # Captions do not nest: of two that are glued alike, the first was never ended.
    nested = card.meeting.surname_start > best.name_end and card.glued == best.glued > 0
    return card if nested else best


def _nearly(text: str, start: int, end: End) -> Card | None:
    """The same where the two surnames differ a little, or the name is shown in two pieces: "Sarah
    Hucknall|… MORE Sanderling"."""
    after = _NEXT_NAME.match(text, end.end)
    if after is None:
        return _likeliest(text, near_meetings(text, start, end.start), end)
    goes_on = max(end.goes_on, _end(text, end.start, after.end(), end.last).goes_on)
    near = near_meetings(text, start, end.start, after[1])
    return _likeliest(text, near, replace(end, goes_on=goes_on))


def _goes_further(card: Card, end: End) -> bool:
    """Whether this MORE is a word of a headline, "MORE Act", and the next one ends the card."""
    if end.goes_on:
        return False
    text = card.text
    more = _MORE.search(text, end.end, card.meeting.join + _LONGEST)
    if more is None or any(meetings(text, end.end, more.start())):
        return False
    later = _end(text, more.start(), more.end(), end.end)
    return later.goes_on == 2 and is_certain(replace(card, end=more.start()), later)


def _reach(card: Card, end: End) -> int:
    """Where the caption ends: after MORE and the white space that came with it.

    That is a space before a comma, and a line break where the card has others; one white space
    stays between two words, and half of a blank line is as good as a space.
    """
    text = card.text
    position = end.end
    while text[position : position + 1].isspace():
        position += 1
    if position == end.end:
        return position
    white = text[end.end : position]
    if "\n" not in white:
        return position if text.startswith(_CLOSING, position) else end.end
    goes_on = end.goes_on == 2 or text.startswith(card.meeting.surname, position)
    if not goes_on or "\n" not in text[card.meeting.join : end.end]:
        return end.end
    return position - (not text.startswith(_CLOSING, position))


def _cut_off(text: str, floor: int) -> Iterator[Span]:
    """The captions cut off before MORE."""
    for stop in _stops(text):
        start = max(floor, stop - _LONGEST)
        floor = stop
        if not _GLUE.search(text, start, stop):
            continue
        for meeting in meetings(text, start, stop):
            card = Card.at(text, meeting, stop)
            if is_certainly_cut(card):
                yield Span(meeting.join, stop, 0.9, f"{card.evidence}, cut off")
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
    elif end and not text.endswith(_WHOLE, 0, end):
        yield end
