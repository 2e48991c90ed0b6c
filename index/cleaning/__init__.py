"""Cleaning: from a raw text to the spans that are not the article.

``clean`` runs every rule of ``RULES`` over a passage and settles what they found. To change what
is removed, edit the module of its kind, or write a rule and add it to its tuple: ``furniture`` of
the page, its ``players`` and ``boxes``, ``links`` to other stories, ``invitations`` to the reader,
what one of the ``houses`` puts into its articles, ``headlines`` that are pasted into the text;
``promotions`` inside a paragraph; and what moves to a field: ``pictures``, ``people``, ``notes``,
and those of an agency's ``desk``. A rule only names spans: nothing is ever deleted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from index.article import Removal
from index.cleaning.boxes import BOXES
from index.cleaning.desk import DESK
from index.cleaning.dispatch import Dispatch
from index.cleaning.furniture import FURNITURE
from index.cleaning.headlines import HEADLINES
from index.cleaning.houses import HOUSES
from index.cleaning.invitations import INVITATIONS
from index.cleaning.links import LINKS
from index.cleaning.notes import NOTES
from index.cleaning.people import PEOPLE
from index.cleaning.pictures import PICTURES
from index.cleaning.players import PLAYERS
from index.cleaning.promotions import PROMOTIONS
from index.cleaning.rule import Passage, Rule
from index.reading import read

__all__ = ["RULES", "Cleaned", "Passage", "Rule", "clean", "settle"]

# The order settles a tie: what has a field of its own is better known than what has none.
RULES: tuple[Rule, ...] = (
    *PICTURES,
    *PROMOTIONS,
    *NOTES,
    *DESK,
    *PEOPLE,
    *INVITATIONS,
    *PLAYERS,
    *BOXES,
    *HEADLINES,
    *FURNITURE,
    *HOUSES,
    *LINKS,
)

# Past this share of its characters a text is more likely misread than cluttered. What stands in a
# paragraph and what belongs to a picture is not counted: one outlet's worst articles are 60 %
# captions of rollovers, another's three quarters captions of galleries, and neither is misread. A
# form that lists all countries is longer than a short story.
_MOST_SHARE = 0.6
# Less than this is no article to be misread: a scrap of a text may well be mostly furniture.
_FEWEST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning found: ``removals`` in order and without overlaps, and why a person should
    look at them, "" where nobody needs to."""

    removals: tuple[Removal, ...]
    doubt: str = ""


def clean(passage: Passage, already: Iterable[Removal] = (), off: Container[str] = ()) -> Cleaned:
    """What to set aside in ``passage``.

    ``already`` holds what was settled before (by the head of a text, or in the markup); it stays.
    Rules named in ``off`` do not run. Where whole lines would take more than 60 % of the text,
    they stay; where nothing at all would be left, what moves to a field stays first. ``doubt``
    says so.
    """
    settled = tuple(already)
    found = [
        removal
        for rule, view in _dispatch(passage.source, passage.host).asked(passage)
        if rule.name not in off
        for removal in rule.removals(view)
    ]
    removals = settle((*settled, *found))
    most = _MOST_SHARE * len(passage.text)
    if _characters(removals) <= most:
        return Cleaned(removals)
    lines = _characters(removal for removal in removals if removal.rule in _LINE_RULES)
    no_lines = [removal for removal in found if removal.rule not in _LINE_RULES]
    if lines > max(most, _FEWEST_CHARACTERS):
        return Cleaned(
            settle((*settled, *no_lines)), f"{lines} characters look like page furniture"
        )
    furniture = [removal for removal in found if removal.moves_to is None]
    for fewer in (found, furniture, no_lines, ()):
        removals = settle((*settled, *fewer))
        if read(passage.text, removals).text:
            break
    return Cleaned(removals, "" if fewer is found else "all of it looks like page furniture")


def _characters(removals: Iterable[Removal]) -> int:
    return sum(removal.end - removal.start for removal in removals)


_LINE_RULES = frozenset(rule.name for rule in RULES) - {
    "sign-up-form",
    *(rule.name for rule in (*PICTURES, *PROMOTIONS)),
}
_START = attrgetter("start")


@lru_cache(maxsize=1024)
def _dispatch(source: str, host: str) -> Dispatch:
    """The rules that are for this outlet."""
    outlet = Passage("", source=source, host=host)
    return Dispatch([rule for rule in RULES if not rule.sources or outlet.is_from(rule.sources)])


def settle(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """The removals in order of the text, where two overlap the one that came first in the list."""
    kept: list[Removal] = []
    for removal in removals:
        after = bisect_right(kept, removal.start, key=_START)
        if removal.start < removal.end and not (
            (after and kept[after - 1].end > removal.start)
            or (after < len(kept) and kept[after].start < removal.end)
        ):
            kept.insert(after, removal)
    return tuple(kept)
