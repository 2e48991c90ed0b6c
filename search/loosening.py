"""Any of the words instead of all: which parts of a query may do without one another.

Only words and phrases may. Who wrote it, where, when, how long it is, how often a word stands in it
and what it lacks were said on purpose: an article without that does not answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Field,
    Length,
    Not,
    is_common,
    only_asks,
)

# Where words are looked for in texts. Of each field one at least must be there, so that what
# title: asks for is in the title, whatever else is.
_LOOSE: frozenset[Field | None] = frozenset({None, "title", "lead", "clutter"})


def loosened(clause: Clause) -> Clause:
    """``clause`` with the words of each field joined by OR; all else stays required."""
    if not isinstance(clause, AllOf):
        return clause
    alternatives = [_either([clause.parts[n] for n in group]) for group in groups(clause.parts)]
    return AllOf((*alternatives, *required(clause.parts)))


def may_loosen(parts: Sequence[Clause]) -> bool:
    """Whether there are words among ``parts`` of which one could be enough."""
    by_field = _by_field([part for part in parts if not is_common(part)])
    return any(len(places) > 1 for places in by_field.values())


def groups(parts: Sequence[Clause]) -> list[tuple[int, ...]]:
    """The places of the words that may do without one another, those of each field by themselves,
    without words that only ask where there are others."""
    by_field = _by_field(parts)
    asking = {n for places in by_field.values() for n in places if only_asks(parts[n])}
    telling = [tuple(n for n in places if n not in asking) for places in by_field.values()]
    told = [group for group in telling if group]
    if told or any(not isinstance(part, Not | Dated | Length) for part in required(parts)):
        return told
    return [tuple(places) for places in by_field.values()]


def required(parts: Sequence[Clause]) -> list[Clause]:
    """The parts that stay as they are."""
    return [part for part in parts if _field_of(part) == _SEVERAL]


def _by_field(parts: Sequence[Clause]) -> dict[Field | str | None, list[int]]:
    found: dict[Field | str | None, list[int]] = {}
    for number, part in enumerate(parts):
        field = _field_of(part)
        if field != _SEVERAL:
            found.setdefault(field, []).append(number)
    return found


def _either(parts: Sequence[Clause]) -> Clause:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


_SEVERAL = "several"


def _field_of(clause: Clause) -> Field | str | None:
    """The one field in which ``clause`` looks for words; else ``_SEVERAL``, which is no field."""
    match clause:
        case Not() | Dated() | Length() | AtLeast():
            return _SEVERAL
        case AllOf(parts) | AnyOf(parts):
            fields = set(map(_field_of, parts))
            return fields.pop() if len(fields) == 1 else _SEVERAL
        case _:
            return clause.field if clause.field in _LOOSE else _SEVERAL
