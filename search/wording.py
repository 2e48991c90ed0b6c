"""What search says, so that it can be said in other languages: English text that remembers its
pattern and its values. Search knows no language but English; whoever shows a text may know more.

A pattern names its values: "“{text}” holds no word". Values are typed text, numbers (``{count:,}``
where thousands are grouped), days (``{day}``, or a part of one as strftime writes it), names of
languages, and other things said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import Formatter
from typing import Any, NoReturn


class _Kept(str):
    """Text with something beside it; equal to the plain text, and as unchangeable."""

    __slots__ = ()

    def _keep(self, **what: object) -> None:
        for name, value in what.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} of {str(self)!r} cannot be changed")


class Said(_Kept):
    """``pattern`` with its ``values`` filled in, in English. Where ``many`` is the pattern for any
    number but one, the value ``count`` is that number."""

    __slots__ = ("many", "pattern", "values")
    pattern: str
    many: str
    values: dict[str, Any]

    def __new__(cls, pattern: str, values: dict[str, Any], many: str = "") -> Said:
        chosen = many if many and values["count"] != 1 else pattern
        made = super().__new__(cls, _ENGLISH.vformat(chosen, (), values))
        made._keep(pattern=pattern, values=values, many=many)
        return made


class Listed(_Kept):
    """Things said one after the other. ``between`` puts two together as {before} and {next}; where
    there is ``last``, it does so with the last one."""

    __slots__ = ("between", "last", "parts")
    parts: tuple[str, ...]
    between: str
    last: str

    def __new__(cls, between: str, parts: Sequence[str], last: str = "") -> Listed:
        text = parts[0] if parts else ""
        for place, part in enumerate(parts[1:], 2):
            pattern = last if last and place == len(parts) else between
            text = pattern.format(before=text, next=part)
        made = super().__new__(cls, text)
        made._keep(parts=tuple(parts), between=between, last=last)
        return made


class Language(_Kept):
    """The English name of a language, with its code."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, name: str, code: str) -> Language:
        made = super().__new__(cls, name)
        made._keep(code=code)
        return made


class _English(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date) and not format_spec:
            return f"{value.day} {value:%B} {value.year}"
        return format(value, format_spec)


_ENGLISH = _English()


def said(pattern: str, /, **values: Any) -> Said:
    """One thing to say."""
    return Said(pattern, values)


def counted(count: int, one: str, many: str, /, **values: Any) -> Said:
    """What is said of one thing, or of another number of them; the patterns may use {count}."""
    return Said(one, {"count": count, **values}, many)


def pattern(text: str) -> str:
    """``text`` itself: marks a pattern for the list of all words, where it is said later on."""
    return text
