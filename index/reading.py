"""The clean text of an article: the raw text without what was set aside, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.article import Removal

_STRETCH = re.compile(r"\S+(?: \S+)*")  # text in which no white space needs tidying
_CLOSING = frozenset(",.;:!?)]’'”")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")
_LINE_BREAK = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is what is indexed, shown and highlighted: paragraphs parted by one blank line.

    ``raw_offset`` leads from an offset in ``text`` back to the raw text.
    """

    text: str
    starts: tuple[int, ...]
    raw_starts: tuple[int, ...]

    def raw_offset(self, offset: int) -> int:
        """The place in the raw text of the character at ``offset`` of ``text``."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        if not self.starts:
            return 0
        return self.raw_starts[piece] + offset - self.starts[piece]


def read(raw_text: str, removals: Iterable[Removal]) -> Reading:
    """The reading of ``raw_text`` once ``removals`` (any order, overlaps allowed) are set aside.

    White space is tidied: a blank line parts two paragraphs, and so does a line break where the
    text has no blank lines at all; any other white space reads as one space. White space on both
    sides of a cut counts together, so that a line taken out whole leaves a paragraph break.
    """
    paragraph = _BLANK_LINE if _BLANK_LINE.search(raw_text) else _LINE_BREAK
    out: list[str] = []
    starts: list[int] = []
    raw_starts: list[int] = []
    length = 0
    white = ""
    for start, end in kept(raw_text, removals):
        position = start
        for left, right in _stretches(raw_text, start, end):
            white += raw_text[position:left]
            if left == start and raw_text[left] in _CLOSING and "\n" not in white:
                white = ""  # "Ann Lee [card] , said" reads "Ann Lee, said"
            if white and out:
                gap = "\n\n" if white == "\n\n" or paragraph.search(white) else " "
                out.append(gap)
                length += len(gap)
            white = ""
            starts.append(length)
            raw_starts.append(left)
            out.append(raw_text[left:right])
            length += right - left
            position = right
        white += raw_text[position:end]
    return Reading("".join(out), tuple(starts), tuple(raw_starts))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces (start, end) between two places of ``text`` in which no white space needs tidying.

    Most texts come tidy. That is quickly told, because of all white space only the plain space is
    printable; then nobody needs to look at their words.
    """
    piece = text[start:end]
    tidy = piece.strip()
    if _is_tidy(tidy):
        left = start + len(piece) - len(piece.lstrip())
        if tidy:
            yield left, left + len(tidy)
        return
    position = start
    for line in piece.split("\n"):
        if line.isprintable() and "  " not in line:
            left, right = position + line.startswith(" "), position + len(line) - line.endswith(" ")
            if left < right:
                yield left, right
        else:
            for stretch in _STRETCH.finditer(text, position, position + len(line)):
                yield stretch.span()
        position += len(line) + 1


def _is_tidy(piece: str) -> bool:
    """Whether all white space in ``piece`` is single spaces, and blank lines without a space.

    Counting is several times as fast as a regular expression: with line breaks read as spaces,
    a pair of spaces may only be a blank line.
    """
    blank_lines = piece.count("\n\n")
    if piece.count("\n") != 2 * blank_lines:
        return False
    spaced = piece.replace("\n", " ")
    return spaced.isprintable() and spaced.count("  ") == blank_lines and "   " not in spaced


def kept(raw_text: str, removals: Iterable[Removal]) -> Iterator[tuple[int, int]]:
    """The stretches (start, end) of ``raw_text`` that no removal covers, in order."""
    position = 0
    for removal in sorted(removals, key=lambda removal: removal.start):
        if removal.start > position:
            yield position, removal.start
        position = max(position, removal.end)
    if position < len(raw_text):
        yield position, len(raw_text)
