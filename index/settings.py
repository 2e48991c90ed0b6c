"""What an archive's owner settled once for all that it takes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo

EVERY_SOURCE = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """``zone`` is where days begin and end, and dates without a zone are read.

    ``rules_off`` holds pairs of a cleaning rule's name and the source, in lower case, for which
    it is switched off; ``EVERY_SOURCE`` stands for all.
    """

    zone: tzinfo = UTC
    rules_off: frozenset[tuple[str, str]] = frozenset()

    def off(self, source: str) -> frozenset[str]:
        """The names of the rules that do not run on articles of ``source``."""
        return frozenset(
            rule for rule, where in self.rules_off if where in {EVERY_SOURCE, source.casefold()}
        )


DEFAULT = Settings()
