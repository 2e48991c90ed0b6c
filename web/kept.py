"""Answers made lately, kept to be given again: what many ask at once is searched for once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from flask import Response

from index.remembering import Remembered

# Text shrinks to a fifth at the fastest level, in half a millisecond for a page of results.
_LEVEL = 1
# One answer takes at most this part of the room, so that a large one does not drive out all others.
_SHARE = 16


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: Response) -> Self:
        return cls(tuple(response.headers), zlib.compress(response.get_data(), _LEVEL))

    def response(self) -> Response:
        return Response(zlib.decompress(self.body), headers=list(self.headers))

    def __len__(self) -> int:
        """About how many bytes it takes, its name among them."""
        return len(self.body) + sum(map(len, map("".join, self.headers))) + 200


class KeptAnswers:
    """At most ``most`` bytes of answers by name; those asked for longest ago make room.

    A name says all that an answer depends on, the state of the index included: nothing is ever
    thrown away because it is old, and nobody can be given what another question would get.
    ``given_again`` is told of each that was asked for and there.
    """

    def __init__(self, most: int, given_again: Callable[[], None] = lambda: None) -> None:
        self._most = most
        self._given_again = given_again
        self._answers: Remembered[_Answer] = Remembered(most)

    def again(self, name: str) -> Response | None:
        """The answer of this name, made anew for whoever asks now."""
        answer = self._answers.get(name)
        if answer is None:
            return None
        self._given_again()
        return answer.response()

    def keep(self, name: str, response: Response) -> None:
        if not self._most:
            return  # nothing is compressed to be thrown away
        answer = _Answer.of(response)
        if len(answer) <= self._most // _SHARE:
            self._answers.keep(name, answer, len(answer))
