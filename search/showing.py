"""An article as a hit: its title and text with what the query matched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from search.bylines import Bylines
from search.clauses import Clause
from search.matching import Matcher
from search.prose import Opened
from search.results import Hit, Snippet
from search.snippets import snippets


class Shower:
    """Makes hits of articles, for one query."""

    def __init__(self, root: Clause | None) -> None:
        self._root = root
        self._bylines = Bylines(root)

    # Made with the first hit: where there is none, a long query is read once less.
    @cached_property
    def _in_body(self) -> Matcher:
        return Matcher(self._root)

    @cached_property
    def _in_title(self) -> Matcher:
        return Matcher(self._root, "title")

    def hits(
        self, named: Sequence[tuple[str, int, float]], opened: Mapping[str, Opened], rank: int
    ) -> Iterator[Hit]:
        """The hits of those of ``named`` that could be opened; the first has ``rank``."""
        for number, (id, _, score) in enumerate(named, start=rank):
            if id in opened:  # not removed since the last commit: the next one will not find it
                yield self.hit(number, score, opened[id])

    def hit(self, rank: int, score: float, opened: Opened) -> Hit:
        held, article = opened.held, opened.held.article
        found, matches = snippets(opened.read, self._in_body)
        marked = [(m.start, m.end) for m in self._in_title.find(article.title)]
        return Hit(
            rank=rank,
            score=score,
            held=held,
            title=Snippet.marked(article.title, marked),
            snippets=found,
            matches=matches,
            words=held.words,
            authors=tuple(map(self._bylines.marked, article.authors)),
        )
