"""Answers made lately, kept to be given again: what many ask at once is searched for once."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Self

from flask import Response

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
        self._size = 0
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._lock = Lock()

    def again(self, name: str) -> Response | None:
        """The answer of this name, made anew for whoever asks now."""
        with self._lock:
            answer = self._answers.get(name)
            if answer is None:
                return None
            self._answers.move_to_end(name)
        self._given_again()
        return answer.response()

    def keep(self, name: str, response: Response) -> None:
        if not self._most:
            return
        answer = _Answer.of(response)
        if len(answer) > self._most // _SHARE:
            return
        with self._lock:
            replaced = self._answers.pop(name, None)
            self._answers[name] = answer
            self._size += len(answer) - (len(replaced) if replaced else 0)
            while self._size > self._most:
                _, oldest = self._answers.popitem(last=False)
                self._size -= len(oldest)
