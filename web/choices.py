"""What a search can be narrowed or widened by, as links: chips, values of facets, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search import account
from search.coverage import FacetPage, Value
from search.facets import key_of
from search.request import FACETS, SearchRequest
from search.results import SearchPage
from search.wording import pattern, said
from web import presentation
from web.addresses import Pairs, at

_PAGES_AROUND = 2
_CHIPS = {
    "from": pattern("from {text}"),
    "to": pattern("until {text}"),
    "dedupe": pattern("every copy"),
}


def address(pairs: Pairs) -> str:
    return at("/search", pairs)


def chips(asked: SearchRequest) -> list[tuple[str, str]]:
    """(what it says, the address without it) for each filter that is on."""
    pairs = account.request_pairs(asked, page="")
    patterns = dict(_CHIPS)
    shown: list[tuple[str, str]] = []
    if asked.start and asked.start == asked.end:
        shown.append((said("in {days}", days=asked.start), address(_without_days(pairs))))
        patterns = {"dedupe": _CHIPS["dedupe"]}
    for pair in pairs:
        name, facet = pair[0], pair[0].lstrip("-")
        without = address([other for other in pairs if other != pair])
        if facet in FACETS:
            told = presentation.filtered(facet, pair[1])
            unwanted = name.startswith("-")
            shown.append((said("not {thing}", thing=told) if unwanted else told, without))
        elif name in patterns:
            shown.append((said(patterns[name], text=pair[1]), without))
    return shown


def narrowing(asked: SearchRequest) -> Callable[[str, str], str]:
    """Gives the address of what was asked, between two days, months or years."""
    pairs = _without_days(account.request_pairs(asked, page="", cursor="", interval=""))
    return lambda start, end: address([*pairs, ("from", start), ("to", end)])


def only(asked: SearchRequest, facet: str, value: str) -> str:
    """The address of what was asked, with one more value of a facet."""
    return address(_switched(account.request_pairs(asked, page=""), facet, value, on=True))


def _without_days(pairs: Pairs) -> Pairs:
    return [pair for pair in pairs if pair[0] not in {"from", "to"}]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what it says, and the addresses that turn it and its exclusion on or
    off."""

    value: Value
    name: str
    narrow: str
    exclude: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of a facet to choose from, and the address of all of them where there are more."""

    facet: str
    choices: tuple[Choice, ...]
    total: int
    all: str


def facets(asked: SearchRequest, found: SearchPage) -> list[Choices]:
    """The facets that leave something to choose."""
    pairs = account.request_pairs(asked, page="")
    shown: list[Choices] = []
    for name, values in found.facets.items():
        if len(values) > 1 or any(value.selected or value.excluded for value in values):
            ordered = presentation.in_order(name, values)
            total = found.distinct[name]
            more = at(f"/facets/{name}", pairs) if total > len(values) else ""
            shown.append(Choices(name, choices(name, ordered, pairs), total, more))
    return shown


def choices(facet: str, values: Iterable[Value], pairs: Pairs) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value,
            presentation.named(facet, value.value),
            address(_switched(pairs, facet, value.value, on=not value.selected)),
            address(_switched(pairs, f"-{facet}", value.value, on=not value.excluded)),
        )
        for value in values
    )


def _switched(pairs: Pairs, name: str, value: str, *, on: bool) -> list[tuple[str, str]]:
    """The parameters with this value of a filter, or without it; never wanted and excluded."""
    facet = name.lstrip("-")
    key = key_of(facet, value)
    kept = [pair for pair in pairs if pair[0].lstrip("-") != facet or key_of(facet, pair[1]) != key]
    return [*kept, (name, value)] if on else kept


def numbers(found: SearchPage | FacetPage, path: str, pairs: Pairs) -> list[tuple[int, str]]:
    """(number, address) of the pages to offer: the first, those around this one, the last."""
    shown = {1, found.pages, *range(found.page - _PAGES_AROUND, found.page + _PAGES_AROUND + 1)}
    return [
        (number, at(path, [*pairs, *([("page", str(number))] if number > 1 else [])]))
        for number in sorted(shown)
        if 1 <= number <= found.pages
    ]
