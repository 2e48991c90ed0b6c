"""What was found before, kept while there is room for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by key; when they weigh more than ``most`` together, those go that were asked for
    longest ago. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            kept = self._values.get(key)
            if kept is None:
                return None
            self._values.move_to_end(key)
            return kept[0]

    def keep(self, key: Hashable, value: Value, weight: int) -> None:
        """Keep ``value``, which weighs ``weight``, unless that alone is too much."""
        if weight > self._most:
            return
        with self._lock:
            self._weight += weight - self._values.pop(key, (None, 0))[1]
            self._values[key] = value, weight
            while self._weight > self._most:
                _, (_, freed) = self._values.popitem(last=False)
                self._weight -= freed
