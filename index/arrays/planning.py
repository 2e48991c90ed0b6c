"""What becomes of the value of each field, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from whoosh import analysis, columns, fields, formats

from index.schema import Kind, NewsAnalyzer

_MOST_KNOWN = 20_000  # values of a field whose terms are remembered


@dataclass(frozen=True, slots=True)
class Plan:
    """``kind`` where the text is cut by the vocabulary; the others say what else is kept."""

    kind: Kind | None
    positions: bool
    number: bool
    column: bool
    stored: bool
    known: dict[Any, list[tuple[bytes, list[int]]]] = field(default_factory=dict)


def planned(name: str, about: fields.FieldType) -> Plan:
    if about.vector:
        raise ValueError(f"the field {name} has vectors, which are not kept")
    number = isinstance(about, fields.NUMERIC)
    if number and about.numtype is not int:
        raise ValueError(f"the field {name} has numbers that are not whole")
    by_words = isinstance(about.analyzer, NewsAnalyzer) and about.format is not None
    column = about.column_type is not None and not number
    if column and not isinstance(about.column_type, columns.VarBytesColumn):
        raise ValueError(f"the field {name} has a column of a kind that is not kept")
    return Plan(
        kind=about.analyzer.kind if by_words else None,
        positions=about.format is not None and bool(about.format.supports("positions")),
        number=number,
        column=column,
        stored=bool(about.stored),
    )


def checked(plan: Plan, about: fields.FieldType, value: Any) -> list[tuple[bytes, list[int]]]:
    """The terms of a value and their places; running text is left to the vocabulary.

    Raises whatever is wrong with the value: its document is refused before a part of it is taken.
    """
    if plan.kind is not None:
        if not isinstance(value, str):
            raise TypeError(f"{value!r} is no text")
        return []
    if plan.number:
        about.prepare_number(value)
        return []
    if plan.column and not isinstance(value, bytes):
        raise TypeError(f"{value!r} is not bytes")
    if plan.stored and not isinstance(value, int | str):
        raise TypeError(f"{value!r} is neither a whole number nor text")
    if about.format is None:
        return []
    if type(about.analyzer) is analysis.IDTokenizer and isinstance(about.format, formats.Existence):
        return [(value.encode(), [0])]
    # An author or a tag comes with many articles: its terms are found once.
    found = plan.known.get(value)
    if found is None:
        if len(plan.known) > _MOST_KNOWN:
            plan.known.clear()
        found = plan.known[value] = _indexed(plan, about, value)
    return found


def _indexed(plan: Plan, about: fields.FieldType, value: Any) -> list[tuple[bytes, list[int]]]:
    """The terms of a value as Whoosh's own field gives them."""
    found: list[tuple[bytes, list[int]]] = []
    for term, frequency, weight, encoded in about.index(value):
        if weight != frequency:
            raise ValueError("a boost on a word of a document is not kept")
        places = about.format.decode_positions(encoded) if plan.positions else [0] * frequency
        found.append((term, places))
    return found
