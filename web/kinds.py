"""Kinds of parameters: each knows how to read a value out of an address, and how to say in the
API's document what it takes, so that the two cannot drift.

A value that is left empty is as if it were left out, because forms send what nobody filled in.
With ``strict`` anything that cannot be meant raises BadParameter; without, the default is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from werkzeug.datastructures import MultiDict

from search.bounds import fault
from search.cursor import START, Cursor
from search.request import MOST_VALUES
from web.problems import BadParameter, Code

Arguments = MultiDict[str, str]
Schema = dict[str, object]
_T = TypeVar("_T", bound=str)
_D = TypeVar("_D")  # of what holds where nothing is given
MOST_VALUE = 200  # characters of one value


class Parameter(Protocol):
    """What the document needs to know of a parameter."""

    @property
    def name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def example(self) -> str: ...

    def schema(self) -> Schema:
        """What it takes, as a JSON Schema."""
        ...


def _single(arguments: Arguments, name: str, *, strict: bool) -> str:
    values = arguments.getlist(name)
    if strict and len(values) > 1:
        raise BadParameter("repeated_parameter", name, f"{name} is given once")
    return values[0] if values else ""


@dataclass(frozen=True, slots=True)
class OneOf(Generic[_T, _D]):
    """One of a few words. ``code`` is that of the error, ``default`` what holds without any."""

    name: str
    values: tuple[_T, ...]
    code: Code
    about: str
    default: _D
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool) -> _T | _D:
        given = _single(arguments, self.name, strict=strict)
        for value in self.values:
            if value == given:
                return value
        if strict and given:
            known = ", ".join(self.values)
            raise BadParameter(self.code, self.name, f"{self.name} is one of {known}")
        return self.default

    def schema(self) -> Schema:
        default: Schema = {"default": self.default} if self.default else {}
        return {"type": "string", "enum": list(self.values), **default}


@dataclass(frozen=True, slots=True)
class Number(Generic[_D]):
    """A whole number from 1 to ``most``."""

    name: str
    most: int
    code: Code
    about: str
    default: _D
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool, most: int | None = None) -> int | _D:
        """The number. ``most`` is a lower bound that other parameters set."""
        given = _single(arguments, self.name, strict=strict)
        most = self.most if most is None else most
        if given.isascii() and given.isdigit() and len(given) <= 9 and 1 <= int(given) <= most:
            return int(given)
        if strict and given:
            raise BadParameter(self.code, self.name, f"{self.name} is a number from 1 to {most}")
        return self.default

    def schema(self) -> Schema:
        default: Schema = {"default": self.default} if self.default else {}
        return {"type": "integer", "minimum": 1, "maximum": self.most, **default}


@dataclass(frozen=True, slots=True)
class Text:
    """Any text that is not too long."""

    name: str
    most: int
    code: Code
    about: str
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool) -> str:
        given = _single(arguments, self.name, strict=strict)
        if strict and len(given) > self.most:
            raise BadParameter(self.code, self.name, f"{self.name} may have {self.most} characters")
        return given

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as people write one."""

    name: str
    about: str
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool) -> str:
        given = _single(arguments, self.name, strict=strict).strip()
        if strict and given and (why := fault(given)):
            raise BadParameter("bad_date", self.name, f"{self.name} {why}")
        return given[:MOST_VALUE]

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-words", "maxLength": MOST_VALUE}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a harvest goes on."""

    name: str
    about: str
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool) -> Cursor | None:
        given = _single(arguments, self.name, strict=strict)
        if not given:
            return None
        try:
            return Cursor.read(given)
        except ValueError as error:
            why = f"{self.name} is {START}, or what the last page gave in links.next"
            raise BadParameter("bad_cursor", self.name, why) from error

    def schema(self) -> Schema:
        return {"type": "string", "format": "cursor", "maxLength": MOST_VALUE}


@dataclass(frozen=True, slots=True)
class Many:
    """Several values of one field; the parameter repeats."""

    name: str
    about: str
    example: str = ""

    def read(self, arguments: Arguments, *, strict: bool) -> tuple[str, ...]:
        given = arguments.getlist(self.name)
        if strict and (len(given) > MOST_VALUES or any(len(text) > MOST_VALUE for text in given)):
            raise BadParameter(
                "too_many_values",
                self.name,
                f"{self.name} may repeat {MOST_VALUES} times, {MOST_VALUE} characters each",
            )
        values = [text.strip() for text in given if text.strip()]
        return tuple(value[:MOST_VALUE] for value in values[:MOST_VALUES])

    def schema(self) -> Schema:
        items = {"type": "string", "maxLength": MOST_VALUE}
        return {"type": "array", "items": items, "maxItems": MOST_VALUES}
