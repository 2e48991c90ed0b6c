"""Measure the rules of the cleaner on articles of many outlets, and show what they take.

    python bench/rules.py DATA
    python bench/rules.py DATA --sample RULE N SEED

DATA holds ``clutter/labelled_dev.jsonl`` (single lines with a label given by hand, and the lines
beside them) and ``outlets/articles.jsonl.gz``. The first form counts how many of the lines labelled
as clutter go and how many of those to keep are touched, what each rule takes from the articles, and
how many megabytes a second one core cleans, with and without the rule for rollover captions. The
second prints N removals of one rule, drawn with SEED, between the lines around them, to be read.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.article import Removal
from index.cleaning import RULES, Passage, clean
from index.reading import read

_ROLLOVER = "rollover-caption"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line of an article, what a person said of it, and where it stands in the passage."""

    label: str
    start: int
    end: int
    passage: Passage

    def taken(self) -> tuple[Removal, ...]:
        """The removals that touch the line."""
        removals = clean(self.passage).removals
        return tuple(r for r in removals if r.start < self.end and self.start < r.end)


def labelled_lines(folder: Path) -> Iterator[Labelled]:
    for row in (folder / "labelled_dev.jsonl").read_text().splitlines():
        label = json.loads(row)
        start = len(label["before"]) + 2
        text = f"{label['before']}\n\n{label['line']}\n\n{label['after']}"
        passage = Passage(text, source=label["outlet"].casefold())
        yield Labelled(label["hand"], start, start + len(label["line"].strip()), passage)


def articles(folder: Path) -> Iterator[Passage]:
    with gzip.open(folder / "articles.jsonl.gz", "rt") as lines:
        for line in lines:
            article = json.loads(line)
            yield Passage(
                article["text"],
                source=article["source"].casefold(),
                title=article["title"],
                authors=tuple(filter(None, map(str.strip, article["authors"].split(",")))),
            )


def report_labelled(lines: Iterable[Labelled]) -> None:
    totals: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for line in lines:
        taken = line.taken()
        totals[line.label] += 1
        touched[line.label] += bool(taken)
        where.setdefault(line.label, Counter()).update(
            f"{removal.rule} -> {removal.moves_to}" if removal.moves_to else removal.rule
            for removal in taken[:1]
        )
    for label, total in totals.most_common():
        rules = ", ".join(f"{rule} {count}" for rule, count in where[label].most_common(4))
        print(f"{label:16} {touched[label]:4} of {total:4}  {rules}")
    clutter = ("clutter-line", "clutter-inline")
    removed, all_clutter = (sum(counts[c] for c in clutter) for counts in (touched, totals))
    print(f"clutter removed {removed / all_clutter:.1%}; keep touched {touched['keep']}")


def report_hits(passages: Iterable[Passage]) -> None:
    hits: Counter[str] = Counter()
    texts: dict[str, set[int]] = {}
    doubts = 0
    for number, passage in enumerate(passages):
        cleaned = clean(passage)
        doubts += bool(cleaned.doubt)
        for removal in cleaned.removals:
            hits[removal.rule] += 1
            texts.setdefault(removal.rule, set()).add(number)
    for rule in RULES:
        found = len(texts.get(rule.name, ()))
        print(f"{rule.name:26} {hits[rule.name]:6} removals in {found:5} articles")
    print(f"{'all':26} {hits.total():6}; {doubts} articles to be looked at")


def speed(passages: Iterable[Passage], off: Container[str]) -> float:
    """Megabytes a second of one core, from a text to its clean text.

    The best of five runs of every twenty articles: neighbours on the machine slow some of them.
    """
    size, seconds = 0, 0.0
    for batch in _batches(passages, 20):
        size += sum(len(passage.text.encode()) for passage in batch)
        seconds += min(_seconds(batch, off) for _ in range(5))
    return size / seconds / 1e6


def _seconds(batch: Iterable[Passage], off: Container[str]) -> float:
    fresh = [replace(passage) for passage in batch]  # a passage remembers what was made of it
    began = time.process_time()
    for passage in fresh:
        read(passage.text, clean(passage, off=off).removals)
    return time.process_time() - began


def _batches(passages: Iterable[Passage], count: int) -> Iterator[list[Passage]]:
    rest = iter(passages)
    while batch := list(islice(rest, count)):
        yield batch


def sample(passages: Iterable[Passage], rule: str, count: int, seed: int) -> None:
    found = [
        (passage, removal)
        for passage in passages
        for removal in clean(passage).removals
        if removal.rule == rule
    ]
    drawn = random.Random(seed).sample(found, min(count, len(found)))
    print(f"{rule}: {len(drawn)} of {len(found)}")
    for number, (passage, removal) in enumerate(drawn, start=1):
        before = passage.text[: removal.start].rstrip(" ")[-160:]
        after = passage.text[removal.end :][:160]
        print(f"\n{number}. {passage.source}: {removal.evidence}")
        print(f"   …{_one_line(before)}")
        print(f"   ⟦{_one_line(removal.text)}⟧")
        print(f"   {_one_line(after)}…")


def _one_line(text: str) -> str:
    return " ⏎ ".join(line.strip() for line in text.split("\n") if line.strip())


def main() -> None:
    data = Path(sys.argv[1])
    if "--sample" in sys.argv:
        rule, count, seed = sys.argv[sys.argv.index("--sample") + 1 :][:3]
        sample(articles(data / "outlets"), rule, int(count), int(seed))
        return
    report_labelled(labelled_lines(data / "clutter"))
    report_hits(articles(data / "outlets"))
    for name, off in (("all rules", ()), (f"without {_ROLLOVER}", (_ROLLOVER,))):
        print(f"{name:26} {speed(articles(data / 'outlets'), off):6.1f} MB/s")


if __name__ == "__main__":
    main()
