"""Snippets: whole sentences of the clean text that together show most of what matched."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from index.sentences import sentences
from search.matching import Match, Matcher
from search.prose import Prose
from search.results import Snippet

_MOST_SNIPPETS = 3
_LONGEST = 320  # characters; a longer sentence is cut around its matches
# Marking a book-length text takes longer than finding it; what comes later is not quoted.
_MOST_TEXT = 100_000
_SIGNS = re.compile(r"\W+")
# Sets of clauses of which every three are tried: 2,024 trios, a millisecond.
_MOST_SETS = 24


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``clauses`` are those of its matches, ``first`` is the number of the first of these in the
    text."""

    start: int
    end: int
    matches: tuple[Match, ...] = ()
    clauses: frozenset[int] = frozenset()
    first: int = 0


def snippets(prose: Prose, matcher: Matcher) -> tuple[tuple[Snippet, ...], int]:
    """Up to three snippets of ``prose`` in its order, and the number of matches in all of it.

    Where nothing in the text matched (only its title did, or a filter) the snippet is its first
    sentence.
    """
    text = prose.text
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT]
        prose = Prose(text, prose.lead)
    matches = matcher.find(text, prose.lead)
    if not matches:
        first = islice(sentences(text), 1)
        return tuple(_snippet(text, _Sentence(start, end)) for start, end in first), 0
    spans = list(_spans(prose, matches))
    chosen = _chosen(_distinct(text, _with_matches(spans, matches)))
    return tuple(_snippet(text, sentence) for sentence in chosen), len(matches)


def _spans(prose: Prose, matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """The sentences of those paragraphs that have a match: no sentence goes beyond its own."""
    end = -1
    for match in matches:
        if match.start >= end:
            start, end = prose.paragraph(match.start, match.end)
            yield from prose.sentences(start, end)


def _with_matches(spans: Sequence[tuple[int, int]], matches: Sequence[Match]) -> list[_Sentence]:
    starts = [match.start for match in matches]
    found: list[_Sentence] = []
    begin: int | None = None
    for start, end in spans:
        begin = start if begin is None else begin
        low, high = bisect_left(starts, begin), bisect_left(starts, end)
        inside = tuple(matches[low:high])
        if any(match.until > end for match in inside):
            continue  # a phrase runs on into the next sentence: the two are shown as one
        if inside:
            clauses = frozenset([match.clause for match in inside])
            found.append(_Sentence(begin, end, inside, clauses, low + 1))
        begin = None
    return found


def _distinct(text: str, found: Sequence[_Sentence]) -> list[_Sentence]:
    """Those that do not say, word for word, what one before says, in quotation marks perhaps."""
    first = {_SIGNS.sub("", text[one.start : one.end]): one for one in reversed(found)}
    return list(reversed(first.values()))


def _chosen(candidates: list[_Sentence]) -> list[_Sentence]:
    """The sentences that together show most clauses, then most matches, in the text's order."""
    chosen = _greedily(candidates)
    if len(_shown(chosen)) < len(_shown(candidates)):
        chosen = max([chosen, *_trios(candidates)], key=lambda some: len(_shown(some)))
    return sorted(chosen, key=lambda sentence: sentence.start)


def _greedily(candidates: list[_Sentence]) -> list[_Sentence]:
    """The sentence with most clauses not shown yet, then most matches, then first; once more
    while there is room, but nothing is said a third time."""
    chosen: list[_Sentence] = []
    while candidates and len(chosen) < _MOST_SNIPPETS:
        shown = _shown(chosen)
        best = max(
            candidates,
            key=lambda sentence: (
                len(sentence.clauses - shown),
                len(sentence.clauses),
                min(len(sentence.matches), 4),
                -sentence.start,
            ),
        )
        if len(chosen) >= 2 and not best.clauses - shown:
            break
        chosen.append(best)
        candidates = [sentence for sentence in candidates if sentence is not best]
    return chosen


def _trios(candidates: Sequence[_Sentence]) -> Iterator[list[_Sentence]]:
    """Every three of the first sentences with different clauses: to take the one with most of them
    first can leave out more than it shows."""
    first = {sentence.clauses: sentence for sentence in reversed(candidates)}
    richest = sorted(first.values(), key=lambda sentence: -len(sentence.clauses))[:_MOST_SETS]
    return map(list, combinations(richest, _MOST_SNIPPETS))


def _shown(some: Iterable[_Sentence]) -> frozenset[int]:
    return frozenset().union(*(sentence.clauses for sentence in some))


def _snippet(text: str, sentence: _Sentence) -> Snippet:
    """A sentence with its matches; an ellipsis stands only where it was cut."""
    start, end = _cut(text, sentence)
    before = "… " if start > sentence.start else ""
    after = " …" if end < sentence.end else ""
    shown = " ".join(text[start:end].split("\n"))
    inside = [
        number
        for number, match in enumerate(sentence.matches)
        if start <= match.start and match.end <= end
    ]
    ranges = [
        (match.start - start + len(before), match.end - start + len(before))
        for match in map(sentence.matches.__getitem__, inside)
    ]
    hit = sentence.first + inside[0] if inside else 0
    return Snippet.marked(before + shown + after, ranges, hit)


def _cut(text: str, sentence: _Sentence) -> tuple[int, int]:
    """The stretch of a sentence to show: all of it, or a window at words around its matches."""
    if sentence.end - sentence.start <= _LONGEST:
        return sentence.start, sentence.end
    first, last = _densest(sentence)
    room = max(_LONGEST - (last - first), 0)
    start = max(sentence.start, min(first - min(room // 2, _LONGEST // 3), sentence.end - _LONGEST))
    if last - sentence.start <= _LONGEST:
        start = sentence.start  # whole to the last match: only its end need be cut
    end = min(sentence.end, start + _LONGEST)
    if start > sentence.start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else first
    if end < sentence.end:
        space = text.rfind(" ", max(start + 1, last), end + 1)
        end = space if space >= 0 else end
    return start, end


def _densest(sentence: _Sentence) -> tuple[int, int]:
    """Where the matches begin and end that show most clauses in one window."""
    runs = [
        [match for match in sentence.matches[number:] if match.end - first.start <= _LONGEST]
        for number, first in enumerate(sentence.matches)
    ]
    best = max(
        filter(None, runs),
        key=lambda run: (len({match.clause for match in run}), len(run)),
        default=[],
    )
    return (best[0].start, best[-1].end) if best else (sentence.start, sentence.start)
