"""Snippets: whole sentences of the clean text that together show most of what matched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from search.matching import Match, Matcher
from search.results import Snippet

_MOST_SNIPPETS = 3
_LONGEST = 320  # characters; a longer sentence is cut around its matches
# Marking a book-length text takes longer than finding it; what comes later is not quoted.
_MOST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    matches: tuple[Match, ...]

    @property
    def clauses(self) -> frozenset[int]:
        return frozenset(match.clause for match in self.matches)


def snippets(
    text: str, matcher: Matcher, lead: int | None = None
) -> tuple[tuple[Snippet, ...], int]:
    """Up to three snippets of ``text`` in its order, and the number of matches in all of it.

    ``lead`` is where its lead ends; see ``Matcher.find``.

    Where nothing in the text matched (only its title did, or a filter) the snippet is its first
    sentence.
    """
    text = text[:_MOST_TEXT]
    matches = matcher.find(text, lead)
    spans = list(sentences(text))
    if not matches:
        first = spans[:1]
        return tuple(_snippet(text, _Sentence(start, end, ())) for start, end in first), 0
    chosen = _chosen(_with_matches(spans, matches))
    return tuple(_snippet(text, sentence) for sentence in chosen), len(matches)


def _with_matches(spans: Sequence[tuple[int, int]], matches: Sequence[Match]) -> list[_Sentence]:
    starts = [match.start for match in matches]
    found: list[_Sentence] = []
    begin: int | None = None
    for start, end in spans:
        begin = start if begin is None else begin
        inside = tuple(matches[bisect_left(starts, begin) : bisect_left(starts, end)])
        if inside and inside[-1].end > end:
            continue  # a phrase runs on into the next sentence: the two are shown as one
        if inside:
            found.append(_Sentence(begin, end, inside))
        begin = None
    return found


def _chosen(candidates: list[_Sentence]) -> list[_Sentence]:
    """Greedily the sentence with most clauses not shown yet, then most matches, then first."""
    chosen: list[_Sentence] = []
    shown: frozenset[int] = frozenset()
    while candidates and len(chosen) < _MOST_SNIPPETS:
        best = max(
            candidates,
            key=lambda sentence: (
                len(sentence.clauses - shown),
                len(sentence.clauses),
                min(len(sentence.matches), 4),
                -sentence.start,
            ),
        )
        if chosen and not best.clauses - shown and len(chosen) >= 2:
            break
        chosen.append(best)
        shown |= best.clauses
        candidates = [sentence for sentence in candidates if sentence is not best]
    return sorted(chosen, key=lambda sentence: sentence.start)


def _snippet(text: str, sentence: _Sentence) -> Snippet:
    """A sentence with its matches; an ellipsis stands only where it was cut."""
    start, end = _cut(text, sentence)
    before = "… " if start > sentence.start else ""
    after = " …" if end < sentence.end else ""
    shown = " ".join(text[start:end].split("\n"))
    ranges = [
        (match.start - start + len(before), match.end - start + len(before))
        for match in sentence.matches
        if start <= match.start and match.end <= end
    ]
    return Snippet.marked(before + shown + after, ranges)


def _cut(text: str, sentence: _Sentence) -> tuple[int, int]:
    """The stretch of a sentence to show: all of it, or a window at words around its first match."""
    if sentence.end - sentence.start <= _LONGEST:
        return sentence.start, sentence.end
    first = sentence.matches[0].start if sentence.matches else sentence.start
    start = max(sentence.start, min(first - _LONGEST // 3, sentence.end - _LONGEST))
    end = min(sentence.end, start + _LONGEST)
    if start > sentence.start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else first
    if end < sentence.end:
        space = text.rfind(" ", start + 1, end)
        end = space if space > first else end
    return start, end
