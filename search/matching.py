"""Where in a text a query matched: the marks, true to phrases, fields and exclusions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import SPELLING, Forms, forms, words
from index.analysis import Word as Token
from search.clauses import AllOf, AnyOf, Clause, Field, Not, Phrase, Word, is_common
from search.translation import phrase_term

_CHUNK = re.compile(r"\S+")


@lru_cache(maxsize=30_000)
def _words_of(chunk: str) -> tuple[tuple[Token, ...], frozenset[str]]:
    """The words of a chunk, and all their terms; no word of ours crosses white space."""
    found = tuple(words(chunk))
    terms = {term for word in found for term in (word.forms.stem, word.forms.also)}
    return found, frozenset(terms - {""})


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a clause matched: (start, end) in characters, and which clause it was."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for: a run of terms, or a beginning."""

    terms: tuple[frozenset[str], ...]
    beginning: str = ""


class Matcher:
    """Finds a query's words in texts, the way the index found them.

    ``field`` is the field the texts belong to, None for the body: a clause bound to another field
    is not looked for, nor is anything under NOT.
    """

    def __init__(self, clause: Clause | None, field: Field | None = None) -> None:
        self._sought = tuple(_sought(clause, field)) if clause else ()
        self._terms = frozenset[str]().union(
            *(term for sought in self._sought for term in sought.terms)
        )
        self._beginnings = tuple(sought.beginning for sought in self._sought if sought.beginning)

    def find(self, text: str) -> list[Match]:
        """The matches in ``text``, in order and without overlaps.

        Few words of a text are sought: to look a chunk up and go on is a tenth of the work of
        cutting it into words and finding their forms.
        """
        if not self._sought:
            return []
        tokens: dict[int, Token] = {}
        place = 0
        for found in _CHUNK.finditer(text):
            within, terms = _words_of(found.group())
            if self._beginnings or not self._terms.isdisjoint(terms):
                start = found.start()
                for token in within:
                    if self._is_sought(token.forms):
                        at = place + token.position
                        tokens[at] = Token(token.forms, at, start + token.start, start + token.end)
            place += len(within)
        return self._matches(tokens)

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The matches among ``tokens``, the words of one text, in order and without overlaps."""
        return self._matches(dict(enumerate(tokens)))

    def _is_sought(self, form: Forms) -> bool:
        """Whether a clause asks for such a word, alone or inside a phrase."""
        if form.stem in self._terms or form.also in self._terms:
            return True
        return bool(self._beginnings) and form.exact.startswith(self._beginnings)

    def _matches(self, tokens: Mapping[int, Token]) -> list[Match]:
        """The matches among ``tokens``, the words of one text that are sought, by their place."""
        found: list[Match] = []
        by_term: dict[str, list[int]] = {}
        for place, word in tokens.items():
            by_term.setdefault(word.forms.stem, []).append(place)
            if word.forms.also:
                by_term.setdefault(word.forms.also, []).append(place)
        for number, sought in enumerate(self._sought):
            if sought.beginning:
                places = [
                    place
                    for place, word in tokens.items()
                    if word.forms.exact.startswith(sought.beginning)
                ]
            else:
                places = sorted({p for term in sought.terms[0] for p in by_term.get(term, ())})
            for place in places:
                if _runs_on(sought.terms, tokens, place):
                    last = tokens[place + max(len(sought.terms), 1) - 1]
                    found.append(Match(tokens[place].start, last.end, number))
        return _without_overlaps(found)


def _runs_on(terms: tuple[frozenset[str], ...], tokens: Mapping[int, Token], place: int) -> bool:
    """Whether the words from ``place`` on are the phrase ``terms``."""
    for offset, term in enumerate(terms):
        word = tokens.get(place + offset)
        if word is None or not (word.forms.stem in term or word.forms.also in term):
            return False
    return True


def _sought(clause: Clause, field: Field | None) -> Iterator[_Sought]:
    match clause:
        case Word() | Phrase() if clause.field is not None and clause.field != field:
            return
        case Word(text, _, True):
            yield _Sought((), forms(text)[0].exact.split(SPELLING)[0])
        case Word(text):
            yield _Sought((_terms(forms(text)[0], text),))
        case Phrase(text):
            yield _Sought(
                tuple(
                    frozenset({phrase_term(word.forms, text[word.start : word.end])})
                    for word in words(text)
                )
            )
        case AllOf(parts) | AnyOf(parts):
            # Small words are not worth a mark, unless there is nothing else.
            shown = [part for part in parts if not is_common(part)] or parts
            for part in shown:
                yield from _sought(part, field)
        case Not():
            return


def _terms(form: Forms, text: str) -> frozenset[str]:
    if form.also and "." in text:
        return frozenset({form.also})
    return frozenset({form.stem, form.also} - {""})


def _without_overlaps(matches: list[Match]) -> list[Match]:
    """In order; of two that overlap the one that starts first stays, then the longer one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
