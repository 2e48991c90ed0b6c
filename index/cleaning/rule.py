"""What a cleaning rule is: a name, a reason, a function from a passage to spans, and its gate."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from index.article import Removal
from index.cleaning.outlets import is_one_of

_NO_WORD = re.compile(r"\W+")


class Line(NamedTuple):
    """One line of a passage that is not blank, without white space at either end."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """``text`` in lower case, character for character, with ``?`` for all beyond ASCII.

    It is made, and searched, in half the time of ``str.lower``.
    """
    return text.encode("ascii", "replace").lower().decode("ascii")


@dataclass(frozen=True)
class Passage:
    """What a rule sees: the raw text, and what is known of where it came from.

    ``source`` is the outlet's name or host in lower case, ``""`` where it is not known; ``host``
    is that of its address, which is the outlet's also where ``source`` names somebody who wrote
    for it. ``linked`` and ``captions`` hold the ``bare`` texts that the markup says are only a
    link, or a caption.
    """

    text: str
    source: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    host: str = ""

    def is_from(self, outlets: Collection[str]) -> bool:
        """Whether it comes from one of ``outlets``, by its source or by its address."""
        return any(is_one_of(name, outlets) for name in (self.source, self.host))

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that hold something, in order."""
        return tuple(
            self.line_at(start) for start, raw in self.raw_lines() if raw and not raw.isspace()
        )

    def raw_lines(self) -> Iterator[tuple[int, str]]:
        """Where each line starts, and the line as it is, blank or not: nothing is made of it."""
        start = 0
        for raw in self.text.split("\n"):
            yield start, raw
            start += len(raw) + 1

    def line_at(self, start: int) -> Line:
        """The line that starts at ``start``."""
        end = self.text.find("\n", start)
        raw = self.text[start : end if end >= 0 else len(self.text)]
        text = raw.strip()
        if len(text) < len(raw):
            start += len(raw) - len(raw.lstrip())
        return Line(text, start, start + len(text))

    @cached_property
    def candidates(self) -> Sequence[Line]:
        """The lines that a rule is asked about: those that its gate let through."""
        return self.lines

    def showing(self, candidates: Sequence[Line]) -> Passage:
        """The same passage for a rule that is asked about some of its lines only."""
        view = object.__new__(Passage)  # as dataclasses.replace would, five times as fast
        view.__dict__.update(self.__dict__, candidates=candidates)
        return view


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the passage that a rule would set aside."""

    start: int
    end: int
    confidence: float = 1.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Which lines a rule is asked about: those with one of the signs, in one of the places.

    All signs are in lower case; in ``opens`` and ``brackets``, and where a sign is ASCII, ``fold``
    is what they are compared by. ``opens`` are first words of the line, behind any digits and
    punctuation ("" is a line without a word); ``brackets`` are first words behind a bracket
    anywhere in it. ``holds`` may stand anywhere, and each costs a search of the whole text: it is
    for what is rare in prose. ``mentions`` tells further such signs from what is known of the
    passage. Without any sign, all lines pass. ``longest`` is in characters.
    ``head`` and ``foot`` count lines from either end of the text; without both, all places pass.
    """

    opens: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    mentions: Callable[[Passage], Iterable[str]] | None = None
    longest: int = 0
    head: int = 0
    foot: int = 0

    @property
    def has_signs(self) -> bool:
        return bool(self.opens or self.brackets or self.holds or self.mentions)

    @property
    def is_placed(self) -> bool:
        return bool(self.head or self.foot)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason to set something aside. ``version`` rises whenever what is found changes.

    ``moves_to`` names the field that keeps what was found; None sets it aside only. ``gate`` says
    which lines ``find`` is given; None asks it about every passage, whole. ``sources`` are the
    outlets the rule is for, see ``Passage.is_from``; without any it is for all.
    """

    name: str
    reason: str
    find: Callable[[Passage], Iterable[Span]]
    moves_to: str | None = None
    version: int = 1
    gate: Gate | None = None
    sources: tuple[str, ...] = ()

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


def bare(text: str) -> str:
    """The words of ``text`` and nothing else, to compare lines that differ in signs or in case."""
    return _NO_WORD.sub(" ", text).strip().casefold()


def whole_line(*patterns: str, flags: int = re.IGNORECASE) -> Callable[[Passage], Iterator[Span]]:
    """A finder of lines that are nothing but one of ``patterns``; case does not count."""
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        for line in passage.candidates:
            if compiled.fullmatch(line.text):
                yield Span(line.start, line.end)

    return find


def within_line(*patterns: str, flags: int = 0) -> Callable[[Passage], Iterator[Span]]:
    """A finder of ``patterns`` anywhere in a line; case counts, because in a sentence it is often
    the only sign. White space before what is found goes with it.
    """
    compiled = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)

    def find(passage: Passage) -> Iterator[Span]:
        for line in passage.candidates:
            for match in compiled.finditer(line.text):
                start = line.start + match.start()
                while start and passage.text[start - 1] in " \t\xa0":
                    start -= 1
                yield Span(start, line.start + match.end())

    return find
