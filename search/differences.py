"""What changed between two versions of a text: paragraphs first, words where one was rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Change = Literal["same", "gone", "new"]
# Comparing words costs their number squared at worst, which is a second with these bounds for texts
# of six words in all orders; what is past them is shown as replaced.
_MOST_WORDS = 1_000
_MOST_COMPARED = 5_000  # words of all paragraphs that are compared word by word
# Below this likeness two paragraphs are two, and marking single words would be a patchwork.
_ALIKE = 0.4
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed, is gone in the later version, or is new there."""

    text: str
    change: Change = "same"


Paragraph = tuple[Part, ...]


def changes(before: str, after: str) -> tuple[Paragraph, ...]:
    """Both texts as one, in paragraphs: what stayed, what is gone and what is new."""
    old, new = _paragraphs(before), _paragraphs(after)
    return tuple(_compared(old, new))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    left = _MOST_COMPARED
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from ((Part(text),) for text in old[a:b])
            continue
        for was, now in zip_longest(old[a:b], new[c:d], fillvalue=""):
            size = len(was.split()) + len(now.split())
            words = _words(was, now) if was and now and size <= min(left, _MOST_WORDS) else None
            left -= size if words else 0
            if words:
                yield words
            else:
                yield from ((part,) for part in (Part(was, "gone"), Part(now, "new")) if part.text)


def _words(was: str, now: str) -> Paragraph | None:
    """A rewritten paragraph word by word; None where too little of it stayed."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    matcher = SequenceMatcher(lambda word: word.isspace(), old, new)
    if matcher.ratio() < _ALIKE:
        return None
    parts: list[Part] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part("".join(old[a:b])))
        else:
            both = (Part("".join(old[a:b]), "gone"), Part("".join(new[c:d]), "new"))
            parts += [part for part in both if part.text]
    return tuple(parts)
