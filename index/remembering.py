"""What was found before, kept while there is room for it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by key; when they weigh more than ``most`` together, those go that were asked for
    longest ago. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = _Room[Value](most)
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            return self._room.get(key)

    def keep(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep ``value``, which weighs ``weight``, unless that alone is too much."""
        if weight > self._most:
            return
        with self._lock:
            self._room.leave(key)
            self._room.enter(key, value, weight)
            while self._room.free < 0:
                self._room.leave(self._room.oldest()[0])


# The part of the room that is for what came last.
_LATEST = 8
# After so many questions, what was asked before counts half, and what was asked once is forgotten.
_AGED = 10_000


class Frequent(Generic[Value]):
    """Values by key that weigh no more than ``most`` together, of which those stay that are asked
    for often: many that are asked for once do not push them out. Safe to share between threads.

    Some room is for what came last. Who is pushed out of it stays where it was asked for more than
    what it takes the room of (W-TinyLFU: Einziger, Friedman and Manes, 2017; counted exactly).
    """

    def __init__(self, most: int) -> None:
        self._lately = _Room[Value](most // _LATEST)
        self._often = _Room[Value](most - most // _LATEST)
        self._asked: Counter[Hashable] = Counter()
        self._until_aged = _AGED
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            self._count(key)
            lately = self._lately.get(key)
            return self._often.get(key) if lately is None else lately

    def keep(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep ``value``, which weighs ``weight``, unless others are asked for more."""
        with self._lock:
            self._lately.leave(key)
            self._often.leave(key)
            self._lately.enter(key, value, weight)
            while self._lately.free < 0:
                self._settle(*self._lately.oldest())

    def _count(self, key: Hashable) -> None:
        self._asked[key] += 1
        self._until_aged -= 1
        if not self._until_aged:
            self._until_aged = _AGED
            halved = {key: count // 2 for key, count in self._asked.items() if count > 1}
            self._asked = Counter(halved)

    def _settle(self, key: Hashable, value: Value, weight: int) -> None:
        """Have what leaves the one room take the place of others in the other, or be forgotten."""
        self._lately.leave(key)
        leaving: list[Hashable] = []
        free, lost = self._often.free, 0
        for other, (_, its) in self._often.values.items():
            if free >= weight:
                break
            leaving.append(other)
            free += its
            lost += self._asked[other] * its
        if free < weight or (leaving and lost >= self._asked[key] * weight):
            return
        for other in leaving:
            self._often.leave(other)
        self._often.enter(key, value, weight)


class _Room(Generic[Value]):
    """Values and their weights, in the order in which they were last asked for."""

    def __init__(self, most: int) -> None:
        self.free = most
        self.values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        if key not in self.values:
            return None
        self.values.move_to_end(key)
        return self.values[key][0]

    def enter(self, key: Hashable, value: Value, weight: int) -> None:
        self.values[key] = value, weight
        self.free -= weight

    def leave(self, key: Hashable) -> None:
        self.free += self.values.pop(key, (None, 0))[1]

    def oldest(self) -> tuple[Hashable, Value, int]:
        key, (value, weight) = next(iter(self.values.items()))
        return key, value, weight
