"""Time what helps while typing and on empty pages, on an archive of real articles.

    python bench/suggestions.py ./archive

Headlines of the archive are typed letter by letter; words of them are misspelt and searched; and
strings that nobody should ask, and random ones, are searched. Prints the median and the 99th
percentile of each, in milliseconds, and how many slips were mended to the very word.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from microfiche import settle
from search.clauses import COMMON
from search.engine import Engine, open_archive
from search.request import SearchRequest

TYPED = 300
SCRIBBLED = 3_000
_LONGEST = 30  # letters that are typed of a headline
_SHORTEST = 5  # letters of a word that is misspelt


def headlines(engine: Engine, count: int, chance: random.Random) -> list[str]:
    """Headlines of articles that a word of another finds, so that frequent words come often."""
    found: list[str] = []
    for word in ("the", "in", "to", "of", "a"):
        for page in range(1, 11):
            request = SearchRequest(q=f"title:{word}", page=page, per_page=100, with_facets=False)
            found += [hit.held.article.title for hit in engine.search(request).hits]
    return chance.sample(found, min(count, len(found)))


def letter_by_letter(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for end in range(1, min(len(line), _LONGEST) + 1):
            yield line[:end]


def misspelt(word: str, chance: random.Random) -> str:
    """``word`` with one slip behind its first letter."""
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + letter + word[at:]
        case 2:
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def hostile(count: int, chance: random.Random) -> Iterator[str]:
    """Strings that make help dear: many words that nobody has, long ones, deep ones."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for number in range(count):
        word = "".join(chance.choices(letters, k=chance.choice((4, 8, 20, 60))))
        yield (
            " ".join("".join(chance.choices(letters, k=7)) for _ in range(300)),
            word * 10,
            "(" * 40 + word + " OR " + word[:5],
            f'"{word} the of and" NEAR/9 the -{word[:4]} date:1999 title:{word[:6]}',
            "the president said " + word + " of the new york market " * 9,
        )[number % 5]


def scribbled(count: int, chance: random.Random) -> Iterator[str]:
    """Strings of random signs, operators and quotes among them."""
    signs = (
        "abcdefghijklmnopqrstuvwxyz"
        + " " * 5
        + "ABC0123456789"
        + "\"\"''()-*?~:/.,^éüß東🚢&%$<>[]{}"
    )
    for _ in range(count):
        yield "".join(chance.choices(signs, k=chance.randint(1, 400)))


def timed(name: str, ask: Callable[[str], object], texts: Iterable[str]) -> None:
    took: list[float] = []
    for text in texts:
        began = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - began) * 1000)
    later = sorted(took)
    last = later[min(len(later) - 1, len(later) * 99 // 100)]
    print(
        f"{name:<34} {len(took):>6} asked   first {took[0]:7.1f}"
        f"   p50 {statistics.median(took):6.1f}   p99 {last:6.1f}   most {later[-1]:6.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    folder = parser.parse_args().archive
    settle()
    chance = random.Random(7)
    with open_archive(folder) as engine:
        print(f"{engine.articles():,} articles")
        lines = headlines(engine, TYPED, chance)
        words = [
            word
            for line in lines
            for word in line.lower().split()
            if word.isascii() and word.isalpha() and len(word) >= _SHORTEST and word not in COMMON
        ]
        slips = [(word, misspelt(word, chance)) for word in chance.sample(words, TYPED)]

        def search(text: str) -> str:
            found = engine.search(SearchRequest(q=text, with_facets=False)).query.did_you_mean
            return found.request.q if found else ""

        timed("suggestions, headlines typed", engine.suggest, letter_by_letter(lines))
        timed("suggestions, words typed", engine.suggest, letter_by_letter(words[:TYPED]))
        timed("searches with a slip", search, [slip for _, slip in slips])
        timed("searches nobody should ask", search, hostile(TYPED, chance))
        timed("searches for random signs", search, scribbled(SCRIBBLED, chance))
        ids = [found.id for line in lines for found in engine.suggest(line) if found.id]
        timed("similar articles", engine.similar, ids[:TYPED])
        mended = [(word, slip, search(slip)) for word, slip in slips]
        print(
            f"slips mended to the very word: {sum(w == m for w, _, m in mended)} of {len(mended)}"
        )
        for word, slip, meant in mended:
            if meant != word:
                print(f"  {word}: typed {slip}, meant {meant or '(nothing)'}")


if __name__ == "__main__":
    main()
