"""Where in a text a query matched: the marks, true to phrases, fields and exclusions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import Forms, raw_words, words
from index.analysis import Word as Token
from index.schema import GAP, SEPARATOR
from search.beginnings import pattern, plain
from search.clauses import Clause, Field
from search.seeking import Group, Text, seekers
from search.spellings import bare

_CHUNK = re.compile(r"\S+")
_SPACE = re.compile(r"\s")
# How much of a text is cut first to see that there are words enough in it: most have fewer letters.
_LETTERS = 16
# How many words begin with a single letter, and with two, as words begin with three and more; and
# how many of these are so many that every word may as well be looked at.
_BREADTH = {1: 8, 2: 2}
_BROAD = 70


@lru_cache(maxsize=30_000)
def _words_of(chunk: str) -> tuple[tuple[Token, ...], frozenset[str]]:
    """The words of a chunk, and all their terms; no word of ours crosses white space."""
    found = tuple(words(chunk))
    terms = {term for word in found for term in (word.forms.stem, word.forms.also)}
    return found, frozenset(terms - {""})


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a clause matched: (start, end) in characters, and which clause it was.

    ``until`` is where that ends which matched together with it: words near one another are nothing
    without each other.
    """

    start: int
    end: int
    clause: int
    until: int


class Matcher:
    """Finds a query's words in texts, the way the index found them.

    ``field`` is the field the texts belong to, None for the body: a clause bound to another field
    is not looked for, nor is anything under NOT. Of words that must be near one another only those
    are found that are.
    """

    def __init__(self, clause: Clause | None, field: Field | None = None) -> None:
        self._seekers = tuple(seekers(clause, field)) if clause else ()
        self._field = field
        small = {number for number, seeker in enumerate(self._seekers) if seeker.small}
        self._small = small if len(small) < len(self._seekers) else set()
        self._terms = frozenset[str]().union(*(seeker.terms for seeker in self._seekers))
        self._spellings = tuple(seeker.holds for seeker in self._seekers if seeker.holds)
        beginnings = frozenset[str]().union(*(one.beginnings for one in self._seekers))
        self._pattern = None if _is_broad(beginnings) else pattern(beginnings)
        self._reach = max((seeker.reach for seeker in self._seekers), default=0)
        self._known: dict[str, bool] = {}
        self._chunks: dict[str, tuple[list[Token], int]] = {}

    def find(self, text: str, lead: int | None = None) -> list[Match]:
        """The matches in ``text``, in order and without overlaps.

        ``lead`` is where its lead ends, for ``lead:``: by default with the first paragraph.
        Where parts of a text are joined by the index's SEPARATOR no phrase reaches across.
        """
        if not self._seekers:
            return []
        tokens = self._sought(text)
        lead = len(text.partition("\n\n")[0]) if lead is None else lead
        read = Text(text, tokens, lead, title=self._field == "title")
        groups = [
            (number, group)
            for number, seeker in enumerate(self._seekers)
            for group in seeker.find(read)
        ]
        if self._small:
            groups = list(self._of_names(read, groups))
        found = [
            Match(tokens[first].start, tokens[last].end, number, tokens[group[-1][1]].end)
            for number, group in groups
            for first, last in group
        ]
        return _without_overlaps(found)

    def _of_names(
        self, read: Text, groups: Iterable[tuple[int, Group]]
    ) -> Iterator[tuple[int, Group]]:
        """``groups`` without the small words that belong to no name: a small word typed with a
        capital, which an article must have, is worth a mark where it has one beside a word that
        says something, as in The Who."""
        telling = [group for number, group in groups if number not in self._small]
        beside = {at for group in telling for first, last in group for at in (first - 1, last + 1)}
        for number, group in groups:
            if number not in self._small or (group[0][0] in beside and read.has_capital(group[0])):
                yield number, group

    def _sought(self, text: str) -> dict[int, Token]:
        """The words of ``text`` that any clause asks for, by their place."""
        tokens: dict[int, Token] = {}
        small = plain(text) if self._pattern else None
        for start, place, sought in (
            self._everywhere(text) if small is None else self._here(text, small)
        ):
            for token in sought:
                at = place + token.position
                tokens[at] = Token(token.forms, at, start + token.start, start + token.end)
        return tokens

    def _everywhere(self, text: str) -> Iterator[tuple[int, int, list[Token]]]:
        """Where each chunk with words that are sought begins, the place of its first word, and
        these words; every chunk is looked up, which is the quickest where most are likely."""
        first = place = 0
        for part in text.split(SEPARATOR):
            for found in _CHUNK.finditer(part):
                chunk = found.group()
                sought, several = self._chunks.get(chunk) or self._sought_in(chunk)
                if sought:
                    yield first + found.start(), place, sought
                place += several
            place += GAP
            first += len(part) + len(SEPARATOR)

    def _here(self, text: str, small: str) -> Iterator[tuple[int, int, list[Token]]]:
        """The same, of the chunks alone in which a word begins like one that is sought: they are
        few, and no others are even looked up. A place is true as far as it matters to anybody."""
        place = 0
        for start, end, between in self._likely(text, small):
            place += between
            sought, several = self._sought_in(text[start:end])
            yield start, place, sought
            place += several

    def _sought_in(self, chunk: str) -> tuple[list[Token], int]:
        """The words of a chunk that are sought, and how many it has; each chunk is judged once."""
        known = self._chunks.get(chunk)
        if known is None:
            within, terms = _words_of(chunk)
            if not self._spellings and self._terms.isdisjoint(terms):
                known = [], len(within)
            else:
                known = [one for one in within if self._is_sought(one.forms)], len(within)
            self._chunks[chunk] = known
        return known

    def _likely(self, text: str, small: str) -> Iterator[tuple[int, int, int]]:
        """(start, end) of each chunk that may hold a word that is sought, and how many words stand
        between it and the one before, where that matters to anybody."""
        last = 0
        for found in self._pattern.finditer(small) if self._pattern else ():
            start = found.start()
            if start < last:
                continue
            while start > last and not text[start - 1].isspace():
                start -= 1
            between = _between(text[last:start], self._reach) if self._reach else 1
            space = _SPACE.search(text, start)
            last = space.start() if space else len(text)
            yield start, last, between

    def _is_sought(self, form: Forms) -> bool:
        """Whether a clause asks for such a word, alone or inside a phrase."""
        if form.stem in self._terms or form.also in self._terms:
            return True
        return bool(self._spellings) and self._is_spelt(form.exact)

    def _is_spelt(self, exact: str) -> bool:
        """Whether a word is spelt as a clause asks for; each spelling is judged once."""
        known = self._known.get(exact)
        if known is None:
            word = bare(exact)
            known = self._known[exact] = any(holds(word) for holds in self._spellings)
        return known


def _is_broad(beginnings: Collection[str]) -> bool:
    """Whether so many words begin in these ways that to look for them saves nothing: it is a tie at
    nine single letters, and at seventy beginnings of three letters and more."""
    return sum(_BREADTH.get(len(one), 1) for one in beginnings) > _BROAD


def _between(text: str, reach: int) -> int:
    """How many places the words of ``text`` take, and the signs between two parts of a field; where
    they are many, as many as matter."""
    if len(text) > 2 * _LETTERS * reach:
        space = text.rfind(" ", 0, _LETTERS * reach)
        near = len(raw_words(text[: max(space, 0)]))
        if near >= reach:
            return near
    return len(raw_words(text)) + GAP * text.count(SEPARATOR) if text else 0


def _without_overlaps(matches: list[Match]) -> list[Match]:
    """In order; of two that overlap the one that starts first stays, then the longer one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
