"""The card of a person, pasted into a sentence: what speaks for it, and whether it is enough."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.cleaning.names import (
    LOWER,
    SUFFIX,
    UPPER,
    Meeting,
    agreement,
    is_bare,
    is_titled,
    reads_as_title,
    same_first_name,
)

_SUFFIX = re.compile(rf",?\s?{SUFFIX}")
_GLUED_HEADLINE = re.compile(rf"(?![’']s\b)(?:[{UPPER}0-9$#]|['\"‘“][{UPPER}{LOWER}0-9])")
_HEADLINE = re.compile(rf"\s*(?:$|{_GLUED_HEADLINE.pattern})")
# A sentence ends and another begins: in 5,960 captions seen 3 times, all within quoted speech.
_STOP = re.compile(rf"\.(?<!Calif\.)(?<=[{LOWER}]{{4}}\.)[\"”’')\]]*\s+[\"“‘'(]?[{UPPER}]")
_MOST_STOPS = 2
_BLANK_LINE = re.compile(r"\n\s*\n")
_BYLINE = re.compile(
    rf"\W*(?i:(?:written|reported|posted|compiled|edited|story|photo|words) )?(?i:by)"
    rf"(?: [{UPPER}][\w.’'-]*)*\s*$"
)
_FEWEST_HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True)
class End:
    """A word MORE that may end a card.

    ``goes_on`` is 2 where a sentence follows, 1 where the paragraph ends, 0 otherwise;
    ``in_capitals`` is whether a capital stands right before it, as in EVERMORE and "the GOPMORE";
    ``last`` is where the MORE before it ended.
    """

    start: int
    end: int
    goes_on: int
    in_capitals: bool
    last: int


@dataclass(frozen=True, slots=True)
class Card:
    """A card that may begin where two names meet and end at ``end``; ``name_end`` is where its full
    name ends and its headlines begin."""

    text: str
    meeting: Meeting
    name_end: int
    end: int
    glued_name: bool
    glued_headline: bool

    @classmethod
    def at(cls, text: str, meeting: Meeting, end: int) -> Card:
        suffix = _SUFFIX.match(text, meeting.full_end, end)
        name_end = suffix.end() if suffix else meeting.full_end
        glued_headline = _GLUED_HEADLINE.match(text, name_end, end) is not None
        return cls(text, meeting, name_end, end, meeting.join == meeting.full_start, glued_headline)

    @property
    def glued(self) -> int:
        """0 where both names have a space after them, 3 where neither has."""
        return self.glued_name + 2 * self.glued_headline

    @property
    def glued_more(self) -> bool:
        return not self.text[self.end - 1].isspace()

    @property
    def lined(self) -> bool:
        """Whether the full name has a line of its own."""
        before = self.text[self.meeting.join : self.meeting.full_start]
        return "\n" in before and self.text.startswith("\n", self.name_end)

    @property
    def has_blank_line(self) -> bool:
        return bool(_BLANK_LINE.search(self.text, self.meeting.join, self.end))

    @property
    def has_headline(self) -> bool:
        """Whether what follows the name may be headlines, or there is nothing."""
        return self.glued_headline or bool(_HEADLINE.match(self.text, self.name_end, self.end))

    @property
    def headline(self) -> str:
        return self.text[self.name_end : self.end]

    @property
    def stops(self) -> int:
        """How many sentences end and are followed by another before the card does."""
        return len(_STOP.findall(self.text, self.name_end, self.end))

    @property
    def full_name(self) -> str:
        return self.text[self.meeting.full_start : self.meeting.full_end]

    @property
    def has_middle_names(self) -> bool:
        return len(self.full_name.split()) > 2

    @property
    def agrees(self) -> int:
        return agreement(self.text, self.meeting)

    @property
    def is_titled(self) -> bool:
        return is_titled(self.text, self.meeting)

    @property
    def named(self) -> bool:
        """Whether the names speak for a card: the first names agree, or none is shown. Else it may
        be a list of relatives."""
        if same_first_name(self.text, self.meeting) or self.is_titled:
            return True
        bare = self.has_middle_names and is_bare(self.text, self.meeting)
        return bare or self.agrees > 0

    @property
    def weight(self) -> int:
        return 2 * (self.glued_name + self.glued_headline + self.lined) + self.agrees

    @property
    def evidence(self) -> str:
        signs = {
            "name on full name": self.glued_name,
            "full name on headline": self.glued_headline,
            "headline on MORE": self.glued_more,
            "a line each": self.lined,
        }
        found = [sign for sign, holds in signs.items() if holds] or ["names agree"]
        name = self.text[self.meeting.full_start : self.name_end]
        return f"{self.meeting.surname} | {name}: {', '.join(found)}"


def is_certain(card: Card, end: End) -> bool:
    """Whether what speaks for a card that ends at MORE is enough."""
    if _is_doubtful(card, end):
        return False
    if card.glued == 3:
        return card.has_middle_names or card.named
    if not card.has_headline or not card.named:
        return False
    if card.glued:
        return bool(end.goes_on or card.agrees)
    return card.meeting.join >= end.last and _is_certain_unglued(card, end)


def _is_doubtful(card: Card, end: End) -> bool:
    """Whether something speaks against a card: sentences inside, capitals around it, names that
    are not quite the same, a title of a book."""
    stops = card.stops
    return (
        (
            stops > 0
            and (stops > _MOST_STOPS or not card.glued or not end.goes_on or card.has_blank_line)
        )
        or (end.in_capitals and end.goes_on < 2)
        or (not card.meeting.exact and card.agrees < (1 if card.glued else 2))
        or reads_as_title(card.full_name)
    )


def _is_certain_unglued(card: Card, end: End) -> bool:
    """Whether a card is certain where its joins have a space, as a sentence has, or a line break.

    Without both agreeing first names and middle names, the sentence has to go on after MORE.
    """
    agrees = card.agrees
    if end.goes_on < (1 if agrees > 1 and card.has_middle_names else 2):
        return False
    if not agrees and not (card.is_titled and card.has_middle_names):
        return False
    if card.lined:
        return not _in_byline(card)
    words = len(card.headline.split())
    enough = words >= _FEWEST_HEADLINE_WORDS or not words or card.glued_more
    return enough and not card.has_blank_line


def _in_byline(card: Card) -> bool:
    """Whether the shown name stands in a line like "By Ann Lee", with a box about her below."""
    start = card.meeting.surname_start
    line = card.text.rfind("\n", max(0, start - 80), start) + 1
    return bool(_BYLINE.match(card.text, line, start))


def is_certainly_cut(card: Card) -> bool:
    """Whether what speaks for a card is enough where the text is cut off before MORE."""
    headline = card.headline
    if "\n" in headline or card.stops or not card.has_headline:
        return False
    agrees = card.agrees
    if not agrees and not (card.is_titled and card.has_middle_names):
        return False
    if not card.glued or reads_as_title(card.full_name):
        return False
    words = headline.split()
    if len(words) < _FEWEST_HEADLINE_WORDS:
        return card.glued == 3 or (card.glued_headline and agrees > 1)
    return any(word[0].islower() for word in words) and (card.glued == 3 or agrees != 1)
