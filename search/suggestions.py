"""What to suggest while somebody types: words, authors and headlines of the archive itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Literal

import numpy as np

from index.analysis import SPELLING, fold, forms, name_key
from index.arrays.container import Array
from index.schema import SEPARATOR
from search.clauses import COMMON, OPERATORS, Field
from search.dates import Clock
from search.filed import Filed
from search.language import FIELDS, MOST_CHARACTERS
from search.matches import mask
from search.promises import Before, Promises, Running
from search.spellings import bare
from search.tokens import plain
from search.translation import lexicons_of
from search.vocabulary import Vocabulary

MOST_SUGGESTED = 10
_MOST_NAMES = _MOST_TITLES = 3
_MOST_WORDS = 8  # typed words that names and headlines are looked up by
_TITLES_LOOKED_AT = 12
# Words that are counted by a search for all that would stand there, as behind a quotation mark.
_MOST_SEARCHED = 5
_ENOUGH = 3  # words of headlines; with fewer, those of texts are suggested too
_SHORTEST_TITLE = 2  # letters from which headlines are suggested: one letter fits them all
_TITLED: frozenset[Field | None] = frozenset({None, "title", "lead"})

Kind = Literal["term", "author", "title"]
# Gives the headlines of documents.
Reading = Callable[[Sequence[int]], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` as it is shown and ``q``, the query that it stands for, which finds ``count``
    results.

    A headline has the ``id`` of its article, which is what it leads to; its ``count`` is of the
    articles of that story with such a headline.
    """

    text: str
    kind: Kind
    count: int
    q: str
    id: str = ""


_LAST = re.compile(r"[^\W_][\w'’&.+#]*$")
_OPENING = re.compile(r"(?:(?P<field>[^\W\d_]+):)?[-(]*$")
# Behind these no word of the archive makes sense, only days and numbers.
_NO_WORDS = re.compile(r"(?<!\w)(?:date|published|updated|words):[^\s]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the box: ``last`` is the word being typed, ``kept`` all before it.

    ``field`` and ``rest`` are what it belongs to: the words of a field, or of an open quotation,
    that begin after ``head``; without either that is all of it. ``asked`` is what was asked
    already, "" where nothing was or where OR begins anew.
    """

    kept: str
    last: str
    head: str
    rest: str
    field: Field | None
    asked: str

    @classmethod
    def read(cls, text: str) -> _Typed:
        if text.endswith((",", ";")):
            text += " "  # nobody goes on without one
        last = _LAST.search(text)
        kept = text[: last.start()] if last else text
        quote = kept.rfind('"') if kept.count('"') % 2 else len(kept)
        opening = _OPENING.search(kept, 0, quote)
        start = opening.start() if opening else quote
        field = FIELDS.get((opening["field"] or "").casefold()) if opening else None
        asked = f"{kept[:start]} {kept[quote:]}".split()
        begun_anew = False
        while asked and asked[-1] in OPERATORS:
            begun_anew |= asked.pop() == "OR"
        if field is None and quote == len(kept):
            start = quote = 0
        before = "" if begun_anew else " ".join(asked)
        return cls(kept, text[len(kept) :], text[:start], text[quote:], field, before)

    def completed(self, word: str) -> str:
        text = self.kept + word
        return f'{text}"' if text.count('"') % 2 else text


class Suggestions:
    """The suggestions of one view, or of those of its documents that an array is true for; what
    they are found in is made when it is first asked for."""

    def __init__(self, filed: Filed, vocabulary: Vocabulary, among: Array | None = None) -> None:
        self._filed = filed
        self._vocabulary = vocabulary
        self._only = among
        # What does not change with the next letter of the same word.
        self._before: Before | None = None
        self._promises: Promises | None = None
        self._beside: tuple[tuple[str, ...], Array] | None = None

    def among(self, documents: Array) -> Suggestions:
        """The suggestions of a part of the view."""
        return Suggestions(self._filed, self._vocabulary, documents)

    def of(self, text: str, clock: Clock, run: Running, read: Reading) -> tuple[Suggestion, ...]:
        """The best suggestions for what was typed so far: words, then authors, then headlines."""
        typed = _Typed.read(plain(text[:MOST_CHARACTERS]))
        if _NO_WORDS.search(typed.kept):
            return ()
        names = self._authors(typed, clock, run)
        titles = self._titles(typed, read)
        most = MOST_SUGGESTED - len(names) - len(titles)
        return (*self._terms(typed, clock, run, most), *names, *titles)

    # -- words

    def _terms(self, typed: _Typed, clock: Clock, run: Running, most: int) -> list[Suggestion]:
        prefix = "".join(_folded(typed.last)[-1:])
        if typed.field == "author" or not (prefix or typed.asked):
            return []
        before = self._known(typed, clock, run)
        if not prefix and before.clause is None:
            return []
        if not before.apart:
            most = min(most, _MOST_SEARCHED)
        names = [name for name in lexicons_of(typed.field) if name != "author"]
        found: dict[str, str] = {}
        for term in self._likely(typed, prefix, names, before, most):
            word, _, spelling = term.partition(SPELLING)
            if len(found) < most and len(word) > 1 and word not in COMMON:
                found.setdefault(word, spelling or word)
        promises = self._promises_of(clock)
        counts = {
            asked: promises.of_word(spelling, asked, before, run)
            for spelling in found.values()
            if (asked := typed.completed(spelling))
        }
        return [
            Suggestion(asked, "term", count, asked)
            for asked, count in sorted(counts.items(), key=lambda pair: -pair[1])
            if count
        ]

    def _likely(
        self, typed: _Typed, prefix: str, names: Sequence[str], before: Before, most: int
    ) -> Iterator[str]:
        """The words that begin with ``prefix``: those of headlines first, beside what else was
        typed if there is anything else."""
        others = _folded(typed.rest)[: -1 if typed.last else None]
        beside: list[tuple[str, Array | None]] = [(name, self._only) for name in names]
        if before.clause is not None:
            beside = [(name, before.among) for name in names]
            if "title_words" in names:
                beside.insert(0, ("title_words", before.among & self._titled(others)))
        found: set[str] = set()
        for name, chosen in beside if prefix else beside[:1]:
            for term in self._vocabulary.beginning(name, prefix, 3 * most, chosen):
                if bare(term) not in others:
                    found.add(term)
                    yield term
            if len(found) >= _ENOUGH:
                return

    def _promises_of(self, clock: Clock) -> Promises:
        promises = self._promises
        if promises is None or promises.clock != clock:
            promises = self._promises = Promises(self._filed, clock, self._only)
        return promises

    def _known(self, typed: _Typed, clock: Clock, run: Running) -> Before:
        """What was typed before the word; kept for the next letter of the same word."""
        before = self._before
        if before is None or (before.text, before.asked, before.clock) != (
            typed.kept,
            typed.asked,
            clock,
        ):
            before = Before.of(typed.kept, typed.asked, clock, self._living, run)
            self._before = before
        return before

    # -- authors

    def _authors(self, typed: _Typed, clock: Clock, run: Running) -> list[Suggestion]:
        words = _folded(typed.rest)
        if not words or len(words) > _MOST_WORDS or typed.field not in {None, "author"}:
            return []
        parts, names = self._names
        longest, *others = sorted(words, key=len, reverse=True)
        numbers = set(_beginning(parts, longest))
        for word in others:
            numbers = numbers.intersection(_beginning(parts, word)) if numbers else numbers
        best = nsmallest(
            _MOST_NAMES, map(names.__getitem__, numbers), key=lambda name: (-name[1], name[0])
        )
        asked = {f'{typed.head}author:"{name}"': name for name, _ in best}
        promises = self._promises_of(clock)
        counts = {q: promises.of(q, run) for q in asked}
        return [Suggestion(asked[q], "author", count, q) for q, count in counts.items() if count]

    @cached_property
    def _names(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """(every part of a name with the number of the name, sorted; the names with how many
        articles each has, in the spelling that most have)."""
        spelt: dict[str, Counter[str]] = {}
        for leaf in self._filed.view.leaves:
            column = leaf.columns.get("author_values")
            if column is not None:
                living = self._living[leaf.base : leaf.base + leaf.documents]
                counts = np.bincount(column.codes[living], minlength=len(column.values))
                for values, count in zip(column.values, counts.tolist(), strict=True):
                    for name in values.decode().split(SEPARATOR) if values and count else ():
                        spelt.setdefault(name_key(name), Counter())[name] += count
        names = [(each.most_common(1)[0][0], each.total()) for each in spelt.values()]
        parts = [(part, number) for number, (name, _) in enumerate(names) for part in _folded(name)]
        return sorted(parts), names

    # -- headlines

    def _titles(self, typed: _Typed, read: Reading) -> list[Suggestion]:
        words = _folded(typed.rest)
        if typed.field not in _TITLED or len("".join(words)) < _SHORTEST_TITLE:
            return []
        others, last = (words[:-1], words[-1]) if typed.last else (words, "")
        there = self._titled(others, last)
        newest = self._newest[there[self._newest]][:_TITLES_LOOKED_AT].tolist()
        found: dict[str, tuple[int, str, str]] = {}
        for document, (id, title) in zip(newest, read(newest), strict=True):
            found.setdefault(fold(title), (document, id, title))
        together = " ".join(words)
        best = sorted(found, key=lambda title: f" {together}" not in f" {title}")
        return [self._headline(typed, there, *found[title]) for title in best[:_MOST_TITLES]]

    def _headline(
        self, typed: _Typed, there: Array, document: int, id: str, title: str
    ) -> Suggestion:
        stories, count = self._filed.stories, 1
        if self._filed.copied[document]:
            count = int((there & (stories == stories[document])).sum())
        asked = f'{typed.head}"{" ".join(title.replace(chr(34), " ").split())}"'
        return Suggestion(title, "title", count, asked, id)

    def _titled(self, words: Sequence[str], last: str = "") -> Array:
        """For each document whether its headline has, for each of the words that says something, a
        word that begins so."""
        known = self._beside
        if known is None or known[0] != tuple(words):
            there = self._living.copy()
            for word in words[:_MOST_WORDS]:
                if word not in COMMON:
                    there &= self._vocabulary.having("title_words", word)
            known = self._beside = tuple(words), there
        there = known[1]
        return there & self._vocabulary.having("title_words", last) if last else there

    @cached_property
    def _living(self) -> Array:
        if self._only is not None:
            return self._only
        return mask(self._filed.living, len(self._filed.stories))

    @cached_property
    def _newest(self) -> Array:
        """All documents, the newest first, those without a day last."""
        never = np.iinfo(np.int64).max
        age = np.where(self._filed.dated, -self._filed.published, never)
        return np.argsort(age, kind="stable")


def _folded(text: str) -> list[str]:
    return [bare(form.exact) for form in forms(text)]


def _beginning(parts: Sequence[tuple[str, int]], prefix: str) -> Iterator[int]:
    """The numbers beside the parts that begin with ``prefix``."""
    for place in range(bisect_left(parts, (prefix, -1)), len(parts)):
        if not parts[place][0].startswith(prefix):
            return
        yield parts[place][1]
