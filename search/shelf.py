"""Articles opened lately, kept at hand: the next page of results often shows them again."""

from __future__ import annotations

from collections.abc import Iterable
from sys import getsizeof

from index.archive import Archive
from index.remembering import Remembered
from search.prose import Opened

# Bytes that the articles at hand take together: two to three thousand wire stories.
_MOST = 32_000_000
# What an article takes besides its texts: its names, its passages set aside, its copies.
_BESIDES = 4_000


class Shelf:
    """The articles of an archive by id and version, opened once while nobody writes to it: whoever
    takes an article out of the archive takes it off the shelf. One thread at a time may ask."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._state = -1
        self._opened: Remembered[Opened] = Remembered(_MOST)

    def opened(self, named: Iterable[tuple[str, int]]) -> dict[str, Opened]:
        """The articles that are held of ``named`` pairs of id and version, by id."""
        wanted = list(named)
        state = self._archive.state()
        if state != self._state:
            self._state, self._opened = state, Remembered(_MOST)
        at_hand = {pair[0]: found for pair in wanted if (found := self._opened.get(pair))}
        missing = [pair for pair in wanted if pair[0] not in at_hand]
        for held in self._archive.get_many(missing).values() if missing else ():
            opened = at_hand[held.article.id] = Opened.of(held)
            self._opened.keep((held.article.id, held.version), opened, _weight(opened))
        return at_hand


def _weight(opened: Opened) -> int:
    """About how many bytes it takes."""
    article, text = opened.held.article, opened.read.text
    texts = {id(one): getsizeof(one) for one in (article.raw_text, text, opened.read.reading.text)}
    return sum(texts.values()) + _BESIDES
