"""What NEAR/5 and SENTENCE join: words and phrases, and groups of them that OR joins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from search.clauses import (
    IN_SENTENCES,
    AnyOf,
    Clause,
    Field,
    Near,
    Phrase,
    Sentence,
    Word,
    all_of,
)
from search.leaves import bounded, split
from search.tokens import Token
from search.wording import said

# (a OR b) NEAR/5 (c OR d) becomes four clauses.
_MOST_WAYS = 16

_Operand = tuple[str, Field | None]


def joined(operands: Sequence[Clause], operators: Sequence[Token], notes: list[str]) -> Clause:
    """``operands`` with the operator that stands between each two.

    NEAR joins two and two; words that SENTENCE joins are all in one sentence. What cannot be
    joined so must only all be there, and a note says so.
    """
    parts: list[Clause] = []
    place = 0
    while place < len(operators):
        size = _size(operators[place:])
        together = operands[place : place + size]
        part = _together(together, operators[place], notes)
        if part is None:
            notes.append(
                said(
                    "{operator} joins words and phrases: it was read as AND",
                    operator=operators[place].text,
                )
            )
        found = [part] if part is not None else together
        parts += [one for one in found if one not in parts]
        place += size - 1
    return all_of(parts) or operands[0]


def _size(operators: Sequence[Token]) -> int:
    """How many operands the first operator and those that go on with it join."""
    size = 2
    if operators[0].places is None:
        while size <= len(operators) and operators[size - 1].places is None:
            size += 1
    return size


def _together(operands: Sequence[Clause], operator: Token, notes: list[str]) -> Clause | None:
    choices = [_choices(operand) for operand in operands]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if not 1 <= ways <= _MOST_WAYS:
        return None
    made = [_one(way, operator, notes) for way in product(*choices)]
    found = [clause for clause in made if clause is not None]
    if len(found) < len(made):
        return None
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def _one(way: Sequence[_Operand], operator: Token, notes: list[str]) -> Clause | None:
    fields = {field for _, field in way if field is not None}
    if len(fields) > 1:
        return None
    field = next(iter(fields), None)
    parts = tuple(text for text, _ in way)
    if operator.places is not None:
        return Near(parts, bounded(operator.places, notes), field)
    return Sentence(parts, field) if field in IN_SENTENCES else None


def _choices(clause: Clause) -> list[_Operand]:
    """The words or phrases that an operand may be; none where it is something else."""
    match clause:
        case Word(text, field, False) | Phrase(text, field):
            return [(" ".join(split(text)), field)]
        case AnyOf(parts):
            each = [_choices(part) for part in parts]
            return [choice for one in each for choice in one] if all(each) else []
        case _:
            return []
