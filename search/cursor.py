"""Where a harvest goes on: a place in the order by date, whatever articles come and go."""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Self

START = "*"
_PLACE = re.compile(r"(-?\d{1,15})?\.(\w{1,64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after the article ``id``, published at ``moment`` (seconds UTC, None where it is
    undated); without an id the place before all. Either order by date can go on from it."""

    moment: int | None = None
    id: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that ``text`` is. Raises ValueError where it is none."""
        if text == START:
            return cls()
        padded = text + "=" * (-len(text) % 4)
        place = _PLACE.fullmatch(b64decode(padded, altchars=b"-_", validate=True).decode())
        if place is None:
            raise ValueError("a cursor names a moment and an article")
        moment, id = place.groups()
        cursor = cls(None if moment is None else int(moment), id)
        if cursor.text() != text:
            raise ValueError("a cursor has one spelling")
        return cursor

    def text(self) -> str:
        """The cursor as it stands in an address, where nobody needs to know what it says."""
        if not self.id:
            return START
        place = f"{'' if self.moment is None else self.moment}.{self.id}"
        return urlsafe_b64encode(place.encode()).decode().rstrip("=")
