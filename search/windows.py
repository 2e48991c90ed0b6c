"""Which words of a text stand near one another. Searching and marking ask the same functions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

# The first and the last place of a word or a phrase.
Stretch = tuple[int, int]


def stretches(places: Sequence[Collection[int]]) -> list[Stretch]:
    """Where words follow one another, given the places of each."""
    last = len(places) - 1
    following = [frozenset(each) for each in places[1:]]
    return [
        (place, place + last)
        for place in sorted(places[0])
        if all(place + offset in each for offset, each in enumerate(following, start=1))
    ]


def windows(units: Sequence[Sequence[Stretch]], places: int) -> list[tuple[Stretch, ...]]:
    """The stretches, one of each unit, that have fewer than ``places`` other words among them.

    Only the tightest: none of them holds another. ``units`` are sorted; units with the same words
    are found at different places.
    """
    own = sum(unit[0][1] - unit[0][0] + 1 for unit in units if unit)
    last: list[Stretch | None] = [None] * len(units)
    fitting: list[tuple[int, tuple[Stretch, ...]]] = []
    ending = sorted((stretch, number) for number, unit in enumerate(units) for stretch in unit)
    for stretch, number in ending:
        last[number] = stretch
        chosen = sorted(one for one in last if one)
        if len(chosen) < len(units) or stretch[1] - chosen[0][0] + 1 - own >= places:
            continue  # without what overlaps it would only be wider
        if any(map(_overlap, chosen, chosen[1:])):
            window = _ending(units, number, stretch)
            if window and _others(window) < places:
                fitting.append((number, window))
        else:
            fitting.append((number, tuple(chosen)))
    fitting.sort(key=lambda found: (found[1][-1][1], -found[1][0][0], found[0]))
    kept: list[tuple[Stretch, ...]] = []
    start = -1
    for _, window in fitting:
        if window[0][0] > start:
            kept.append(window)
            start = window[0][0]
    return kept


def _ending(
    units: Sequence[Sequence[Stretch]], number: int, last: Stretch
) -> tuple[Stretch, ...] | None:
    """The tightest window that ends with ``last``, which is of the unit ``number``."""
    chosen = [last]
    for other, unit in enumerate(units):
        if other == number:
            continue
        place = bisect_right(unit, last) - 1
        while place >= 0 and any(_overlap(unit[place], one) for one in chosen):
            place -= 1
        if place < 0:
            return None
        chosen.append(unit[place])
    return tuple(sorted(chosen))


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _others(window: Sequence[Stretch]) -> int:
    """How many words stand among the stretches of ``window``."""
    own = sum(end - start + 1 for start, end in window)
    return max(end for _, end in window) - window[0][0] + 1 - own


def sentence_of(starts: Sequence[int], place: int) -> int:
    """The number of the sentence that ``place`` is in, where each starts at one of ``starts``."""
    return bisect_right(starts, place)


def shared_sentences(units: Sequence[Sequence[Stretch]], starts: Sequence[int]) -> frozenset[int]:
    """The sentences that have each unit whole."""
    each = [
        {
            sentence_of(starts, start)
            for start, end in unit
            if sentence_of(starts, start) == sentence_of(starts, end)
        }
        for unit in units
    ]
    return frozenset(set.intersection(*each)) if each else frozenset()
