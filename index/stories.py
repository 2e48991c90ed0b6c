"""Which articles are one story: the same wire copy in many papers, and its versions in one.

Derived from the articles, like the index, and brought up to them the same way: by the log of
changes. Every article belongs to one story; most stories have one article.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from index.article import Article
from index.reading import read
from index.similarity import Shingles, band_keys, likeness, shingles
from index.wire import is_label, is_version

# Shorter texts are alike by chance: two briefs may both say that nobody was hurt.
_FEWEST_SHINGLES = 26
# Read by eye over 39,000 articles: what shares less is another story of the same matter. A shared
# tail (boilerplate, other stories) leaves a quarter of the shorter text without its like.
_CONTAINMENT, _JACCARD, _QUARTER = 0.65, 0.33, 0.25
# One outlet's columns and tables recur with new figures: further apart they must be the same.
_RECURS_AFTER = timedelta(days=7)
_SAME = 0.8
# Versions of a story follow one another within days, under one headline or slug.
_LAST_VERSION = timedelta(days=3)
_SHARED_BY_VERSIONS = 0.3
_FEWEST_WORDS = 4
# So many articles under one key are boilerplate, or copies of which these are enough.
_MOST_UNDER_KEY = 200
_MOST_COMPARED = 60
_BATCH = 500
_CACHE = 4_000


@dataclass(frozen=True, slots=True)
class Copy:
    """What is compared of an article; ``handles`` are what its versions share."""

    number: int
    shingles: Shingles
    source: str
    published: datetime | None
    handles: frozenset[str]
    is_version: bool


def copy_of(number: int, article: Article) -> Copy:
    """What is compared of ``article``, the archive's ``number``."""
    words = re.findall(r"\w+", article.title.casefold())
    handles = [f"headline {' '.join(words)}"] if len(words) >= _FEWEST_WORDS else []
    if article.slug and not is_label(article.slug):
        handles.append(f"slug {article.slug.casefold()}")
    return Copy(
        number,
        shingles(read(article.raw_text, article.removals).text),
        article.source.casefold(),
        article.published.at if article.published else None,
        frozenset(handles),
        is_version(article.slug),
    )


def same_story(one: Copy, other: Copy) -> bool:
    """Whether two articles are one story: decided on their whole texts, sources and dates."""
    if min(len(one.shingles.ordered), len(other.shingles.ordered)) < _FEWEST_SHINGLES:
        return False
    found = likeness(one.shingles, other.shingles)
    apart = abs(one.published - other.published) if one.published and other.published else None
    if one.source == other.source and apart is not None:
        if apart > _RECURS_AFTER:
            return found.jaccard >= _SAME
        if apart <= _LAST_VERSION and one.handles & other.handles:
            labelled = one.is_version or other.is_version
            return labelled or found.containment >= _SHARED_BY_VERSIONS
    return (
        found.containment >= _CONTAINMENT
        and found.jaccard >= _JACCARD
        and found.least_quarter >= _QUARTER
    )


class Stories:
    """The stories of one archive; use it inside a transaction of the archive.

    ``held`` gives those articles of some numbers that are held, ``next_change`` the next number
    of the log.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        held: Callable[[list[int]], dict[int, Article]],
        next_change: Callable[[], int],
    ) -> None:
        self._db = connection
        self._held = held
        self._next_change = next_change
        self._copy = lru_cache(_CACHE)(self._read_copy)

    def catch_up(self) -> int:
        """Sort the next articles that changed into stories; how many, 0 when none are left.

        An article that is moved from one story to another though it has not changed takes a new
        number in the log, so that the index learns of it.
        """
        behind = self._db.execute(
            "SELECT a.number, a.change, a.story FROM articles a, log"
            " WHERE a.change > log.stories ORDER BY a.change LIMIT ?",
            (_BATCH,),
        ).fetchall()
        if not behind:
            return 0
        self._copy.cache_clear()
        for row in behind:
            self._leave(row["number"])
        numbers = [row["number"] for row in behind]
        copies = [copy_of(number, article) for number, article in self._held(numbers).items()]
        before = {row["number"]: row["story"] for row in behind}
        keys = band_keys([copy.shingles for copy in copies])
        for copy, bands in zip(copies, keys, strict=True):
            self._join(copy, [*bands, *_handle_keys(copy)], before[copy.number])
        self._db.execute("UPDATE log SET stories = ?", (behind[-1]["change"],))
        return len(behind)

    def _join(self, copy: Copy, keys: list[int], before: int | None) -> None:
        """Put an article into the story of its likes, or into one of its own."""
        shared, full = self._under(keys)
        shared.pop(copy.number, None)
        names: set[int] = set()
        ranked = sorted(shared, key=lambda number: (-shared[number], number))
        for number in ranked[:_MOST_COMPARED]:
            name = self._story(number)
            if name is None or name in names:
                continue
            other = self._copy(number)
            if other is not None and same_story(copy, other):
                names.add(name)
        self._db.executemany(
            "INSERT OR IGNORE INTO story_keys (key, article) VALUES (?, ?)",
            [(key, copy.number) for key in keys if key not in full],
        )
        name = min(names) if names else self._fresh(before, copy.number)
        self._name([copy.number], name)
        for other_name in sorted(names - {name}):
            self._move(self._members(other_name), name)

    def _under(self, keys: list[int]) -> tuple[Counter[int], set[int]]:
        """(how many of ``keys`` each article shares, those keys that take no more)."""
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT key, article FROM story_keys WHERE key IN ({marks})",  # noqa: S608
            keys,
        ).fetchall()
        under = Counter(row["key"] for row in rows)
        return (
            Counter(row["article"] for row in rows),
            {key for key, count in under.items() if count >= _MOST_UNDER_KEY},
        )

    def _leave(self, number: int) -> None:
        """Take an article out of its story. Those that stay are compared anew: it may have been
        what held them together."""
        name = self._story(number)
        self._name([number], None)
        rest = self._members(name) if name is not None else []
        for group in self._groups(rest)[1:]:
            self._move(group, self._fresh(None, min(group)))

    def _groups(self, numbers: list[int]) -> list[list[int]]:
        """The articles in groups that hold together, the one with the oldest first."""
        groups: list[list[Copy]] = []
        for copy in filter(None, map(self._copy, numbers)):
            linked = [group for group in groups if any(same_story(copy, c) for c in group)]
            groups = [group for group in groups if group not in linked]
            groups.append([*(other for group in linked for other in group), copy])
        return sorted([copy.number for copy in group] for group in groups)

    def _read_copy(self, number: int) -> Copy | None:
        article = self._held([number]).get(number)
        return None if article is None else copy_of(number, article)

    # -- names of stories

    def _story(self, number: int) -> int | None:
        row = self._db.execute("SELECT story FROM articles WHERE number = ?", (number,)).fetchone()
        return None if row is None else row["story"]

    def _members(self, name: int) -> list[int]:
        rows = self._db.execute("SELECT number FROM articles WHERE story = ? ORDER BY 1", (name,))
        return [row["number"] for row in rows]

    def _fresh(self, before: int | None, number: int) -> int:
        """A name that no story has: the one an article had, or its number."""
        for name in (before, number):
            if name is not None and not self._members(name):
                return name
        least = int(self._db.execute("SELECT min(story) FROM articles").fetchone()[0])
        return min(0, least) - 1

    def _name(self, numbers: Iterable[int], name: int | None) -> None:
        self._db.executemany(
            "UPDATE articles SET story = ? WHERE number = ?", [(name, number) for number in numbers]
        )

    def _move(self, numbers: Iterable[int], name: int) -> None:
        """Let articles that did not change belong to another story."""
        for number in numbers:
            self._db.execute(
                "UPDATE articles SET story = ?, change = ? WHERE number = ?",
                (name, self._next_change(), number),
            )


def _handle_keys(copy: Copy) -> list[int]:
    """The keys under which versions of a story are found though their texts differ."""
    return [
        int.from_bytes(
            hashlib.blake2b(f"{copy.source} {handle}".encode(), digest_size=8).digest(),
            signed=True,
        )
        for handle in sorted(copy.handles)
    ]
