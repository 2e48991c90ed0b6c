"""Kinds of settings: each reads what a flag, the environment or a file gave, or says what it wants.

A flag and the environment give text, a file may give numbers, booleans and lists. Every reader
raises ValueError with a phrase that goes on from "takes".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from limits import parse as parse_rate

from web.wording import languages

T = TypeVar("T")

_ORIGIN = re.compile(
    r"https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?|http://\[::1\](?::\d{1,5})?"
)
_BELOW = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(given: object) -> str:
    if not isinstance(given, str) or not given.isprintable():
        raise ValueError("one line of text")
    return given


def folder(given: object) -> Path:
    return Path(text(given))


def boolean(given: object) -> bool:
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.lower() in _YES | _NO:
        return given.lower() in _YES
    raise ValueError("true or false")


def whole(low: int, high: int) -> Callable[[object], int]:
    def read(given: object) -> int:
        if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 10:
            given = int(given)
        if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return given

    return read


def seconds(low: float, high: float) -> Callable[[object], float]:
    def read(given: object) -> float:
        try:
            number = float(given) if isinstance(given, str | int | float) else low - 1
        except ValueError:
            number = low - 1
        if isinstance(given, bool) or not low <= number <= high:
            raise ValueError(f"seconds from {low:g} to {high:g}")
        return number

    return read


def one_of(*values: str) -> Callable[[object], str]:
    def read(given: object) -> str:
        if given not in values:
            raise ValueError(f"one of {', '.join(values)}")
        return str(given)

    return read


def listed(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """Several of a kind: a list, or text with blanks or commas between."""

    def read_all(given: object) -> tuple[T, ...]:
        parts = re.split(r"[\s,]+", given.strip()) if isinstance(given, str) else given
        if not isinstance(parts, list | tuple):
            raise ValueError("a list")  # noqa: TRY004 (one error for all kinds)
        return tuple(read(part) for part in parts if part != "")

    return read_all


def origin(given: object) -> str:
    if not isinstance(given, str) or not _ORIGIN.fullmatch(given):
        raise ValueError("a scheme and a host, such as https://paper.example")
    return given


def origin_or_all(given: object) -> str:
    return "*" if given == "*" else origin(given)


def public_address(given: object) -> str:
    """Where readers find the site, without a slash at its end; "" is not said."""
    address = text(given).rstrip("/")
    if not address:
        return ""
    parts = urlsplit(address)
    if not _ORIGIN.fullmatch(f"{parts.scheme}://{parts.netloc}") or (
        address != f"{parts.scheme}://{parts.netloc}{below(parts.path)}"
    ):
        raise ValueError("an address such as https://paper.example/archive")
    return address


def below(given: object) -> str:
    """A path without a slash at its end; "" is the top of a host."""
    path = text(given).rstrip("/")
    if path and (not _BELOW.fullmatch(path) or {".", ".."} & set(path.split("/"))):
        raise ValueError("a path such as /archive")
    return path


def address(given: object) -> str:
    """An IP address, or "" for none."""
    try:
        return str(ip_address(text(given))) if given != "" else ""
    except ValueError as error:
        raise ValueError("an IP address such as 127.0.0.1") from error


def network(given: object) -> str:
    try:
        return str(ip_network(text(given)))
    except ValueError as error:
        raise ValueError("an IP address or a network such as 10.0.0.0/8") from error


def rate(given: object) -> str:
    """So many requests in a time, or "" for no limit."""
    asked = text(given).strip().lower()
    if asked in _NO:
        return ""
    try:
        parse_rate(asked)
    except ValueError as error:
        raise ValueError("a number and a time, such as 120/minute") from error
    return asked


def language(given: object) -> str:
    if given not in languages():
        known = " or ".join(languages())
        raise ValueError(f"the code of a language that the pages are in: {known}")
    return str(given)
