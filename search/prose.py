"""The text of an article as it is searched and shown, and what is found out about it on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from index.article import Article, HeldArticle
from index.reading import Reading, read
from index.schema import SEPARATOR
from index.sentences import sentences

_PARAGRAPHS = "\n\n"


@dataclass(frozen=True)
class Prose:
    """A text in paragraphs; ``lead`` is where its lead ends."""

    text: str
    lead: int
    _sentences: dict[int, Sequence[tuple[int, int]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @classmethod
    def plain(cls, text: str) -> Self:
        """A text whose lead is its first paragraph."""
        return cls(text, len(text.partition(_PARAGRAPHS)[0]))

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """Where the paragraph begins and ends that has the stretch from ``start`` to ``end``."""
        before = self.text.rfind(_PARAGRAPHS, 0, start)
        behind = self.text.find(_PARAGRAPHS, end)
        begins = before + len(_PARAGRAPHS) if before >= 0 else 0
        return begins, len(self.text) if behind < 0 else behind

    def sentences(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The (start, end) of the sentences of a paragraph; found once."""
        found = self._sentences.get(start)
        if found is None:
            within = sentences(self.text[start:end])
            found = tuple((start + first, start + last) for first, last in within)
            self._sentences[start] = found
        return found


@dataclass(frozen=True)
class Read(Prose):
    """The text of an article as it is read and searched: the standfirst, then the body, which
    begins at ``body``; ``lead`` is where its lead ends, ``reading`` the body in the raw text."""

    body: int
    reading: Reading

    @classmethod
    def of(cls, article: Article) -> Self:
        reading = read(article.raw_text, article.removals)
        standfirst = f"{article.standfirst}\n{SEPARATOR}\n" if article.standfirst else ""
        lead = len(standfirst) + len(reading.text.partition(_PARAGRAPHS)[0])
        return cls(standfirst + reading.text, lead, len(standfirst), reading)


@dataclass(frozen=True, slots=True)
class Opened:
    """An article of the archive, ready to be shown."""

    held: HeldArticle
    read: Read

    @classmethod
    def of(cls, held: HeldArticle) -> Self:
        return cls(held, Read.of(held.article))
