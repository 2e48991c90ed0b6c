"""What a cleaning rule is: a name, a reason, and a function from a passage to spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.article import Removal


@dataclass(frozen=True)
class Passage:
    """What a rule sees: the raw text, and what is known of where it came from.

    ``source`` is the outlet's name or host in lower case, ``""`` where it is not known.
    """

    text: str
    source: str = ""
    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that hold something, in order, without white space at either end."""
        return tuple(
            Line(match.group(), match.start(), match.end(), number)
            for number, match in enumerate(re.finditer(r"\S(?:[^\n]*\S)?", self.text))
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage that is not blank; ``number`` counts such lines from 0."""

    text: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the passage that a rule would set aside."""

    start: int
    end: int
    confidence: float = 1.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason to set something aside. ``version`` rises whenever ``find`` changes.

    ``moves_to`` names the field that keeps what was found; None sets it aside only.
    """

    name: str
    reason: str
    find: Callable[[Passage], Iterable[Span]]
    moves_to: str | None = None
    version: int = 1

    def removals(self, passage: Passage) -> Iterator[Removal]:
        for span in self.find(passage):
            yield Removal(
                start=span.start,
                end=span.end,
                text=passage.text[span.start : span.end],
                rule=self.name,
                version=self.version,
                reason=self.reason,
                confidence=span.confidence,
                evidence=span.evidence,
                moves_to=self.moves_to,
            )


def whole_line(*patterns: str, flags: int = re.IGNORECASE) -> Callable[[Passage], Iterator[Span]]:
    """A finder of lines that are nothing but one of ``patterns``; case does not count."""
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        for line in passage.lines:
            if compiled.fullmatch(line.text):
                yield Span(line.start, line.end)

    return find


def within_line(*patterns: str, flags: int = 0) -> Callable[[Passage], Iterator[Span]]:
    """A finder of ``patterns`` anywhere; case counts, because in a sentence it is the only sign."""
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        for match in compiled.finditer(passage.text):
            yield Span(match.start(), match.end())

    return find
