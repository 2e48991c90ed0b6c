"""Whether a passage comes from one of the outlets that a rule is for, by name or by host."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def is_one_of(source: str, outlets: Iterable[str]) -> bool:
    """Whether ``source`` is one of ``outlets``, which are names in lower case without "the".

    An outlet is known by its words, side by side: "fox news" is Fox News, Fox News (Online),
    foxnews.com and video.foxnews.com, but not Firefox News.
    """
    return not _spellings(source).isdisjoint(outlet.replace(" ", "") for outlet in outlets)


@lru_cache(maxsize=4096)
def _spellings(source: str) -> frozenset[str]:
    """Every run of words of a name, or of parts of a host, written as one word."""
    words = [word.removeprefix("the") for word in re.findall(r"[^\W_]+", source)][:12]
    return frozenset(
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
