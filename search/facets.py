"""What results can be narrowed by: the values of a facet, and how many results have each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.analysis import name_key
from index.arrays.container import Array
from index.arrays.ranges import ranges
from index.arrays.view import View
from index.schema import SEPARATOR
from search.coverage import Value
from search.languages import code_of, label_of
from search.ordering import first
from search.request import Filter

UNDATED = "undated"  # the year of articles that have none


def key_of(facet: str, value: str) -> str:
    """The one spelling under which a value is filed and chosen."""
    return name_key(code_of(value) if facet == "lang" else value)


@dataclass(frozen=True)
class Told:
    """The story of each document, and whether others that live tell the same."""

    stories: Array
    copied: Array


class Facet:
    """One facet of a view: under which values each document is filed.

    Documents with the very same values share an entry of ``entries``; an entry has any number of
    values. Values that differ only in case or accents have one key and are shown as most articles
    write them; keys are numbered in the order of what is shown.
    """

    def __init__(
        self, name: str, entries: Array, values: Sequence[tuple[str, ...]], told: Told
    ) -> None:
        self.name = name
        self.entries = entries
        self._told = told
        keys_of = {value: key_of(name, value) for of_entry in values for value in of_entry}
        written = self._written(keys_of, values)
        order = sorted(written, key=lambda key: (written[key], key))
        self._numbers = {key: number for number, key in enumerate(order)}
        self.shown = [written[key] for key in order]
        numbers = {value: self._numbers[key] for value, key in keys_of.items()}
        distinct = [{numbers[value] for value in of_entry} for of_entry in values]
        sizes = np.array([len(of_entry) for of_entry in distinct], np.int64)
        # The keys of every entry, one entry after the other; where each begins, and the last ends.
        self._keys = np.array([number for of_entry in distinct for number in of_entry], np.int64)
        self._starts = np.append(0, np.cumsum(sizes))
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        # The entries of every key, one key after the other, and where each begins: every key has
        # an entry, so that what is counted by entry adds up by key, which is the quickest way.
        by_key = np.argsort(self._keys, kind="stable")
        self._entries_of_keys = self._owners[by_key]
        self._firsts = np.searchsorted(self._keys[by_key], np.arange(len(self)))

    @classmethod
    def of_column(cls, view: View, name: str, told: Told) -> Facet:
        """The facet whose values the index holds in a column."""
        column = f"{name}_values"
        numbers: dict[bytes, int] = {b"": 0}
        of_documents: list[Array] = [np.zeros(0, np.intp)]
        for leaf in view.leaves:
            if column not in leaf.columns:
                of_documents.append(np.zeros(leaf.documents, np.intp))
                continue
            values = list(leaf.columns[column].values)
            ranks = [numbers.setdefault(value, len(numbers)) for value in values]
            of_documents.append(np.array(ranks, np.intp)[leaf.columns[column].codes])
        split = [tuple(value.decode().split(SEPARATOR)) if value else () for value in numbers]
        return cls(name, np.concatenate(of_documents), split, told)

    @classmethod
    def of_years(cls, days: Array, dated: Array, told: Told) -> Facet:
        """The year of each document by its day, counted from 1 January 1970."""
        years = days.astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
        distinct, entries = np.unique(np.where(dated, years, -1), return_inverse=True)
        names = [(UNDATED if year < 0 else f"{year:04}",) for year in distinct.tolist()]
        return cls("year", entries.astype(np.intp), names, told)

    def _written(
        self, keys_of: Mapping[str, str], values: Sequence[tuple[str, ...]]
    ) -> dict[str, str]:
        """Each key as most documents write it."""
        uses: dict[str, int] = dict.fromkeys(keys_of, 0)
        of_entries = np.bincount(self.entries, minlength=len(values)).tolist()
        for of_entry, used in zip(values, of_entries, strict=True):
            for value in of_entry:
                uses[value] += used
        ascending = sorted(uses, key=lambda value: (uses[value], value))
        return {keys_of[value]: value for value in ascending}

    def __len__(self) -> int:
        """How many values there are."""
        return len(self.shown)

    def among(self, values: Sequence[str]) -> Array:
        """For each key whether it is one of ``values``, however they are written."""
        found = np.zeros(len(self), bool)
        keys = [key_of(self.name, value) for value in values]
        found[[self._numbers[key] for key in keys if key in self._numbers]] = True
        return found

    def containing(self, text: str) -> Array:
        """For each key whether ``text`` is part of it, or of the name of the language."""
        sought = name_key(text)
        names = self._names_of_languages if self.name == "lang" else self._numbers
        return np.array([sought in name for name in names], bool)

    @cached_property
    def _names_of_languages(self) -> list[str]:
        return [name_key(f"{code} {label_of(code)}") for code in self.shown]

    def allowing(self, filter: Filter) -> Array:
        """For each entry whether a document with its values passes ``filter``."""
        allowed = np.full(len(self._starts) - 1, not filter.wanted)
        allowed[self._owners[self.among(filter.wanted)[self._keys]]] = True
        allowed[self._owners[self.among(filter.unwanted)[self._keys]]] = False
        return allowed

    def counts(self, alone: Array, copies: Array) -> Array:
        """For each key how many have it, of the documents ``alone`` and the stories of ``copies``,
        which are all copied."""
        if not len(self):
            return np.zeros(0, np.int64)
        of_entries = np.bincount(self.entries.take(alone), minlength=len(self._starts) - 1)
        counts = np.add.reduceat(of_entries.take(self._entries_of_keys), self._firsts)
        return counts + self._in_stories(copies) if len(copies) else counts

    def _in_stories(self, copies: Array) -> Array:
        """For each key how many stories of ``copies`` have it."""
        owners, runs, keys = self._by_story
        there = np.zeros(len(self.entries), bool)
        there[copies] = True
        told = np.zeros(len(keys), bool)
        told[runs[there[owners]]] = True
        return np.bincount(keys[told], minlength=len(self))

    @cached_property
    def _by_story(self) -> tuple[Array, Array, Array]:
        """Each key of each copied document: the document and the number of the story and key; and
        of each such number the key."""
        documents = np.flatnonzero(self._told.copied)
        begin = self._starts[self.entries[documents]]
        several = self._starts[self.entries[documents] + 1] - begin
        keys = self._keys[ranges(begin, several)]  # of every document, one after the other
        both = np.repeat(self._told.stories[documents], several) * len(self) + keys
        distinct, numbers = np.unique(both, return_inverse=True)
        return np.repeat(documents, several), numbers, distinct % max(len(self), 1)

    def ranked(self, counts: Array, most: int) -> Array:
        """The first ``most`` keys that count at all, the most frequent first, then by name."""
        size = len(self)
        best = first([np.arange(size) - counts * size], most) if size else np.zeros(0, np.intp)
        return best[counts[best] > 0]

    def values(self, keys: Array, counts: Array, filter: Filter) -> tuple[Value, ...]:
        """These keys as they are shown."""
        numbered = zip(keys.tolist(), counts[keys].tolist(), strict=True)
        if not filter:
            return tuple(Value(self.shown[key], count) for key, count in numbered)
        wanted, unwanted = self.among(filter.wanted), self.among(filter.unwanted)
        return tuple(
            Value(self.shown[key], count, bool(wanted[key]), bool(unwanted[key]))
            for key, count in numbered
        )
