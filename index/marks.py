"""Marks around what structure says is clutter: carried through the text, then noted as removals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Removal

# Printable signs that no article uses, so that the body engine carries them through.
_OPEN, _CLOSE = "⁅", "⁆"
_MARKED = re.compile(f"{_OPEN}(?:(\\d+):)?([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class StructuralRule:
    """Markup that is clutter by its structure; its text is carried along and set aside."""

    name: str
    selector: str
    reason: str


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article and what its structure already says is clutter."""

    text: str
    removals: tuple[Removal, ...] = ()


def marked(text: str, rule: int) -> str:
    """``text`` on one line between marks that name the rule by its number."""
    text = " ".join(text.replace(_OPEN, "[").replace(_CLOSE, "]").split())
    return f"{_OPEN}{rule}:{text}{_CLOSE}"


def unmarked(text: str, rules: Sequence[StructuralRule], start: int = 0) -> Body:
    """``text`` without marks, and a removal for each stretch that stood between two.

    ``start`` is the offset of ``text`` in the whole.
    """
    out: list[str] = []
    removals: list[Removal] = []
    length = position = 0
    for match in _MARKED.finditer(text):
        before, inside = text[position : match.start()], match.group(2)
        out += [before, inside]
        length += len(before)
        number = int(match.group(1)) if match.group(1) else len(rules)
        if number < len(rules) and inside:
            removals.append(_removal(start + length, inside, rules[number]))
        length += len(inside)
        position = match.end()
    out.append(text[position:])
    return Body("".join(out), tuple(removals))


def _removal(start: int, text: str, rule: StructuralRule) -> Removal:
    return Removal(
        start=start,
        end=start + len(text),
        text=text,
        rule=rule.name,
        version=1,
        reason=rule.reason,
        evidence=rule.selector,
    )
