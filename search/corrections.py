"""What a query may have meant: words that the archive hardly has, spelt as it has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import log

from index.analysis import forms_of, words
from search.clauses import COMMON, AllOf, AnyOf, Clause, Field, Phrase, Word
from search.spellings import folded
from search.translation import fields_of, run_of
from search.vocabulary import Vocabulary

# An edit must be outweighed by a word being so many times as frequent, another first letter by so
# many: people get the first letter right. Looked at by eye on 300 slips in 39,000 articles.
_EDIT, _FIRST_LETTER = log(60), log(20)
_TWICE = 8  # letters from which two edits leave a word what it was
# One edit makes almost any word of four letters some other, so that one has to be well known; of
# ten letters hardly any. (Letters, how many times as many articles as are usual.)
_WELL_KNOWN = ((4, 20), (7, 3))
# A word that few articles have may be a slip of theirs where one edit makes it so many times as
# frequent; with a capital, which names have, only where a single article has it. What an author is
# called is no slip.
_FAR_MORE, _FAR_MORE_THAN_A_NAME = 15, 300
_FEW = 3  # times what is usual
_SHORTEST, _SHORTEST_FOUND = 3, 6
_VOWELS = frozenset("aeiouy")
_MOST_LOOKED_AT = 5  # words of one query; each takes a millisecond or two
_MOST_MEANT = 2
_UNCORRECTED: frozenset[Field | None] = frozenset({"lang", "slug", "clutter"})


@dataclass(frozen=True, slots=True)
class Slip:
    """A word as typed, and how the archive may spell it, the likeliest first."""

    typed: str
    meant: tuple[str, ...]


class Corrector:
    """Corrects the queries of one request."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[tuple[str, Field | None], Slip | None] = {}
        self._slips: dict[Clause, list[Slip]] = {}
        self._left = _MOST_LOOKED_AT

    def slips(self, clause: Clause) -> list[Slip]:
        """The words in ``clause`` that may be slips, in order."""
        if clause not in self._slips:
            self._slips[clause] = self._found(clause)
        return self._slips[clause]

    def _found(self, clause: Clause) -> list[Slip]:
        match clause:
            case AllOf(parts) | AnyOf(parts):
                return [slip for part in parts for slip in self.slips(part)]
            case Word(text, field, False) | Phrase(text, field):
                typed = [text[word.start : word.end] for word in words(text)]
                return [slip for word in typed if (slip := self._slip(word, field))]
            case _:
                return []

    def corrected(self, clause: Clause, choice: int = 0) -> Clause:
        """``clause`` with the likeliest, or the next likely, spelling of each slip."""
        if not self.slips(clause):
            return clause
        match clause:
            case AllOf(parts) | AnyOf(parts):
                return replace(clause, parts=tuple(self.corrected(part, choice) for part in parts))
            case Word(text, field, False) | Phrase(text, field):
                for word in reversed(list(words(text))):
                    slip = self._slip(text[word.start : word.end], field)
                    if slip and len(slip.meant) > choice:
                        text = text[: word.start] + slip.meant[choice] + text[word.end :]
                return replace(clause, text=text)
            case _:
                return clause

    def _slip(self, typed: str, field: Field | None) -> Slip | None:
        key = typed, field
        if key not in self._known:
            meant = self._meant(typed, field)
            self._known[key] = Slip(typed, meant) if meant else None
        return self._known[key]

    def _meant(self, typed: str, field: Field | None) -> tuple[str, ...]:
        word = folded(typed)
        if len(word) < _SHORTEST or not word.isalpha() or word in COMMON or field in _UNCORRECTED:
            return ()
        if not self._left:
            return ()
        frequency = self._frequency(typed, field)
        if frequency and self._is_meant(typed, word, frequency):
            return ()
        self._left -= 1
        edits = 2 if len(word) >= _TWICE and not frequency else 1
        times = next((times for most, times in _WELL_KNOWN if len(word) <= most), 1)
        far_more = _FAR_MORE if typed == word else _FAR_MORE_THAN_A_NAME
        least = max(self._vocabulary.usual(times), frequency * far_more)
        likely = sorted(
            (-_likelihood(word, other, distance, count), other)
            for other, distance, count in self._vocabulary.near(word, field, edits)
            if (not frequency or _is_slip(word, other, name=typed != word))
            and (count >= least or (frequency and self._frequency(other, field) >= least))
        )
        by_stem: dict[str, str] = {}
        for _, other in likely[: 2 * _MOST_MEANT]:  # strike finds what strikes finds
            by_stem.setdefault(forms_of(other).stem, other)
        return tuple(_as_typed(other, typed) for other in list(by_stem.values())[:_MOST_MEANT])

    def _is_meant(self, typed: str, word: str, frequency: int) -> bool:
        """Whether a word that articles have is what it says: many have it, or it may be a name."""
        if frequency > self._vocabulary.usual(_FEW) or len(word) < _SHORTEST_FOUND:
            return True
        named = typed != word and frequency > 1
        return named or bool(self._vocabulary.frequency("author", word))

    def _frequency(self, typed: str, field: Field | None) -> int:
        """How many articles have a word as the search looks for it, in the field where most do."""
        found = 0
        for name in fields_of(field):
            for term in run_of(name, typed)[:1]:
                found = max(found, self._vocabulary.frequency(name, term))
        return found


def _likelihood(word: str, other: str, edits: int, count: int) -> float:
    return log(count) - _EDIT * edits - _FIRST_LETTER * (word[0] != other[0])


def _is_slip(word: str, meant: str, *, name: bool) -> bool:
    """Whether ``word`` is ``meant`` with a letter left out or doubled, two swapped, or a vowel for
    another, none of them at either end: other letters make other words, and other names."""
    if word[0] != meant[0] or word[-1] != meant[-1]:
        return False
    if len(word) < len(meant):
        return True
    if len(word) > len(meant):
        return any(a == b for a, b in pairwise(word)) and _undoubled(word) == _undoubled(meant)
    if name:  # Stephon is not Stephen
        return False
    changed = [(a, b) for a, b in zip(word, meant, strict=True) if a != b]
    return len(changed) == 2 or all({a, b} <= _VOWELS for a, b in changed)


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _as_typed(word: str, typed: str) -> str:
    """``word`` with the capitals of what was typed."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
