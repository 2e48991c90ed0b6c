"""Where in a text a query matched: the marks, true to phrases, fields and exclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import Word as Token
from index.analysis import words
from search.clauses import Clause, Field
from search.seeking import Text, seekers


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a clause matched: (start, end) in characters, and which clause it was."""

    start: int
    end: int
    clause: int


class Matcher:
    """Finds a query's words in texts, the way the index found them.

    ``field`` is the field the texts belong to, None for the body: a clause bound to another field
    is not looked for, nor is anything under NOT. Of words that must be near one another only those
    are found that are.
    """

    def __init__(self, clause: Clause | None, field: Field | None = None) -> None:
        self._seekers = tuple(seekers(clause, field)) if clause else ()
        self._field = field

    def find(self, text: str, lead: int | None = None) -> list[Match]:
        """The matches in ``text``, in order and without overlaps.

        ``lead`` is where its lead ends, for ``lead:``: by default with the first paragraph.
        """
        return self.matches(list(words(text)), text, lead) if self._seekers else []

    def matches(self, tokens: Sequence[Token], text: str, lead: int | None = None) -> list[Match]:
        """The matches among ``tokens``, the words of ``text``, in order and without overlaps."""
        lead = len(text.partition("\n\n")[0]) if lead is None else lead
        read = Text(text, tokens, lead, title=self._field == "title")
        found = [
            Match(tokens[first].start, tokens[last].end, number)
            for number, seek in enumerate(self._seekers)
            for first, last in seek(read)
        ]
        return _without_overlaps(found)


def _without_overlaps(matches: list[Match]) -> list[Match]:
    """In order; of two that overlap the one that starts first stays, then the longer one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
