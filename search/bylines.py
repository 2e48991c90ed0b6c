"""Who wrote it, with what the query matched there: often a name is all that it matched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.analysis import forms, words
from search.clauses import (
    AllOf,
    AnyOf,
    Clause,
    Field,
    Fuzzy,
    Not,
    Pattern,
    Phrase,
    Word,
    of_telling,
)
from search.results import Range, Snippet
from search.spellings import bare, fits, folded, is_near

_WHERE: frozenset[Field | None] = frozenset({None, "author"})
# Words that may stand between those of a name that has an initial: "j. smith" is Jane Q. Smith.
_BETWEEN = 1

_Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Name:
    """Words that follow one another in a name, with fewer than so many others between two."""

    words: tuple[_Fits, ...]
    between: int = 0


class Bylines:
    """Marks the names of authors, for one query. Names are folded, not stemmed, as in the index."""

    def __init__(self, root: Clause | None) -> None:
        self._names = tuple(_names(root)) if root is not None else ()

    def marked(self, author: str) -> Snippet:
        if not self._names:
            return Snippet.marked(author, ())
        found = list(words(author))
        spelt = [bare(word.forms.exact) for word in found]
        places = sorted({place for name in self._names for place in _places(name, spelt)})
        ranges: list[Range] = [(found[place].start, found[place].end) for place in places]
        return Snippet.marked(author, ranges)


def _names(clause: Clause) -> Iterator[_Name]:
    match clause:
        case AllOf(parts) | AnyOf(parts):
            yield from of_telling(parts, _names)
        case Word(text, field, prefix) if field in _WHERE:
            name = _folded(text)[0]
            yield _Name((_beginning(name) if prefix else name.__eq__,))
        case Pattern(text, field) if field in _WHERE:
            pattern = folded(text)
            yield _Name((lambda word: fits(pattern, word),))
        case Fuzzy(text, field, edits) if field in _WHERE:
            sought = folded(text)
            yield _Name((lambda word: is_near(word, sought, edits),))
        case Phrase(text, field) if field in _WHERE:
            spelt = _folded(text)
            if field == "author" and any(len(word) == 1 for word in spelt):
                fitting = (_beginning(one) if len(one) == 1 else one.__eq__ for one in spelt)
                yield _Name(tuple(fitting), _BETWEEN)
            else:
                yield _Name(tuple(word.__eq__ for word in spelt))
        case Not():
            return


def _beginning(start: str) -> _Fits:
    return lambda word: word.startswith(start)


def _folded(text: str) -> list[str]:
    return [bare(form.exact) for form in forms(text)]


def _places(name: _Name, spelt: Sequence[str]) -> Iterator[int]:
    """The places of the words of ``spelt`` that make ``name``, wherever it begins."""
    for start in range(len(spelt)):
        found: list[int] = []
        at = start
        for fitting in name.words:
            last = at + 1 + (name.between if found else 0)
            place = next((n for n in range(at, min(last, len(spelt))) if fitting(spelt[n])), None)
            if place is None:
                break
            found.append(place)
            at = place + 1
        if len(found) == len(name.words):
            yield from found
