"""Plant near-duplicates among real articles and see which are found, and what else is.

    python bench/duplicates.py ARTICLES.jsonl.gz... [--planted 2000] [--seed 1] [--show 20]

A copy is cut to 55-95 % of its words, has 1-5 % of them replaced, left out or doubled, or both, and
appears in another paper within three days. Prints recall for each kind, precision (a
copy is wrong where it was put with an article that was not of its original's story before and that
shares neither half of all runs of five words with the original nor 65 % of the shorter's), and how
many articles a second go through. ``--show`` prints real articles that were taken for one story, to
be read by eye.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.archive import Archive
from index.article import Article, Stamp
from index.readers import Record
from index.similarity import likeness, shingles

_FEWEST_WORDS = 60
_KINDS = ("trimmed", "edited", "both")


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy among the articles: of which, and what was done to it."""

    id: str
    original: str
    kind: str


def articles(paths: list[Path]) -> Iterator[Article]:
    for path in paths:
        with gzip.open(path, "rt") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                text = row.get("body") or row.get("text") or ""
                yield Article(
                    id=f"{path.parent.name}-{number}",
                    title=row.get("title") or "",
                    raw_text=text,
                    source=row.get("source") or path.parent.name,
                    published=_stamp(row.get("date") or ""),
                )


def _stamp(text: str) -> Stamp | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Stamp(at if at.tzinfo else at.replace(tzinfo=UTC), "day", "field", "high")


def planted_in(
    articles: list[Article], count: int, vocabulary: list[str], dice: random.Random
) -> tuple[list[Planted], list[Article]]:
    """Copies of ``count`` articles drawn at random, and what they are copies of."""
    planted: list[Planted] = []
    copies: list[Article] = []
    for original in dice.sample(articles, count):
        kind = dice.choice(_KINDS)
        copies.append(plant(original, kind, vocabulary, dice))
        planted.append(Planted(copies[-1].id, original.id, kind))
    return planted, copies


def plant(original: Article, kind: str, vocabulary: list[str], dice: random.Random) -> Article:
    words = original.raw_text.split()
    if kind != "edited":
        count = int(len(words) * dice.uniform(0.55, 0.95))
        start = dice.choice((0, dice.randrange(len(words) - count + 1)))
        words = words[start : start + count]
    if kind != "trimmed":
        words = list(_edited(words, dice.uniform(0.01, 0.05), vocabulary, dice))
    later = original.published and replace(
        original.published, at=original.published.at + timedelta(hours=dice.uniform(0, 72))
    )
    return replace(
        original,
        id=f"{original.id}-{kind}",
        raw_text=" ".join(words),
        source=f"Paper {dice.randrange(100)}",
        published=later,
    )


def _edited(
    words: list[str], share: float, vocabulary: list[str], dice: random.Random
) -> Iterator[str]:
    for word in words:
        change = dice.random() / share
        if change >= 1:
            yield word
        elif change < 1 / 3:
            yield dice.choice(vocabulary)
        elif change < 2 / 3:
            yield from (word, dice.choice(vocabulary))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--planted", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    held = list(articles(options.paths))
    vocabulary = [word for article in held[:2000] for word in article.raw_text.split()]
    long = [article for article in held if len(article.raw_text.split()) >= _FEWEST_WORDS]
    dice.shuffle(held)
    with Archive.in_memory() as archive:
        seconds = take(archive, held)
        before = stories(archive)
        planted, copies = planted_in(long, options.planted, vocabulary, dice)
        seconds += take(archive, copies)
        after = stories(archive)
    report({article.id: article.raw_text for article in held}, planted, before, after)
    count = len(held) + len(copies)
    print(f"{count:,} articles, {count / seconds:,.0f} a second of process time")
    show(held, before, options.show, dice)


def take(archive: Archive, taken: list[Article]) -> float:
    """Seconds of process time that sorting them into stories took."""
    with archive.writing():
        for article in taken:
            archive.put(Record("text", article.id.encode(), article.id), article)
    began = time.process_time()
    archive.sort_stories()
    return time.process_time() - began


def stories(archive: Archive) -> dict[str, int | None]:
    return {change.id: change.article.story for change in archive.changes(0) if change.article}


def members(story: dict[str, int | None]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = {}
    for id, name in story.items():
        found.setdefault(name, []).append(id)
    return found


def wrongly_joined(
    text: dict[str, str],
    planted: list[Planted],
    before: dict[str, int | None],
    after: dict[str, int | None],
) -> int:
    """How many copies were put with an article that is neither of their story nor like it."""
    together = members(after)
    return sum(
        any(
            id in before
            and before[id] != before[copy.original]
            and not _alike(text[id], text[copy.original])
            for id in together[after[copy.id]]
        )
        for copy in planted
    )


def _alike(one: str, other: str) -> bool:
    found = likeness(shingles(one), shingles(other))
    return found.jaccard >= 0.5 or found.containment >= 0.65


def report(
    text: dict[str, str],
    planted: list[Planted],
    before: dict[str, int | None],
    after: dict[str, int | None],
) -> None:
    for kind in _KINDS:
        these = [copy for copy in planted if copy.kind == kind]
        found = sum(after[copy.id] == after[copy.original] for copy in these)
        print(f"{kind:8} {len(these):5} planted  recall {found / len(these):.4f}")
    wrong = wrongly_joined(text, planted, before, after)
    print(f"precision {1 - wrong / len(planted):.4f} ({wrong} of {len(planted)} copies)")
    print(f"{len(members(before)):,} stories before, {len(members(after)):,} after")


def show(
    held: list[Article], story: dict[str, int | None], count: int, dice: random.Random
) -> None:
    by_id = {article.id: article for article in held}
    several = [ids for ids in members(story).values() if len(ids) > 1]
    for ids in dice.sample(several, min(count, len(several))):
        print()
        first = shingles(by_id[ids[0]].raw_text)
        for id in ids[:6]:
            article = by_id[id]
            like = likeness(shingles(article.raw_text), first)
            day = article.published.text()[:16] if article.published else "-"
            print(
                f"  {like.jaccard:.2f} {like.containment:.2f} {day:16} {article.source[:20]:20}"
                f" {article.title[:80]}"
            )


if __name__ == "__main__":
    main()
