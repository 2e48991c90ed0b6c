"""Everything that is asked of cleaning, in one table: what was to be reached, and what was.

    python bench/cleaning.py DATA [--quick]

DATA holds ``rollover``, ``clutter``, ``outlets``, ``wire`` and ``html``. ``--quick`` leaves out
what takes minutes. Below the table stand, for each rule, the labelled lines it took that are
clutter, and those that are not. ``bench/captions.py``, ``rules.py``, ``extraction.py`` and
``duplicates.py`` have more on each part.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench import duplicates, extraction, rules
from index.archive import Archive
from index.cleaning import Passage, clean
from index.cleaning.rollover import find_captions
from index.reading import read

# MORE where nothing beside it is in capitals too, or with something glued to it: found by other
# means than the finder's own.
_END = re.compile(
    r"(?<![A-Z’'][ ])(?<![A-Z’'])MORE(?![A-Za-z0-9])(?! [A-Z]{2})|[a-z]MORE|(?<![A-Za-z])MORE[a-z]"
)
_CLUTTER = frozenset({"clutter-line", "clutter-inline"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``most`` says that less is better."""

    name: str
    reach: float
    got: float
    detail: str = ""
    most: bool = False

    @property
    def reached(self) -> bool:
        return self.got <= self.reach if self.most else self.got >= self.reach


def captions(folder: Path) -> Iterator[Figure]:
    rows = [json.loads(line) for line in (folder / "labelled_dev.jsonl").read_text().splitlines()]
    spans = [[[s.start, s.end] for s in find_captions(Passage(row["raw"]))] for row in rows]
    exact = sum(found == row["spans"] for found, row in zip(spans, rows, strict=True))
    yield Figure("captions labelled, exact", 1.0, exact / len(rows), f"{exact} of {len(rows)}")
    prose = [
        found
        for found, row in zip(spans, rows, strict=True)
        if row["variant"] in {"camelcase", "legit-MORE"}
    ]
    touched = sum(map(bool, prose))
    yield Figure("prose passages touched", 0, touched, f"of {len(prose)}", most=True)
    before = after = 0
    with gzip.open(folder / "thehill_dev.jsonl.gz", "rt") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            before += len(_END.findall(text))
            after += len(_END.findall(cleaned(Passage(text, source="the hill"))))
    share = after / before
    yield Figure("MORE ends left", 0.001, share, f"{after} of {before:,}", most=True)


def cleaned(passage: Passage) -> str:
    return read(passage.text, clean(passage).removals).text


def strangers(folder: Path) -> Figure:
    """Captions found in other outlets than the one that has them; all of them would be false."""
    found = 0
    with gzip.open(folder / "articles.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            if "thehill.com" not in row["url"] and "hill" not in row["source"].casefold():
                found += len(list(find_captions(Passage(row["text"]))))
    return Figure("false captions in outlets", 0, found, "see bench/captions.py -v", most=True)


def clutter(folder: Path) -> tuple[list[Figure], Counter[tuple[str, bool]]]:
    """The figures, and for each rule how many labelled lines it took that are clutter or not."""
    totals: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    by_rule: Counter[tuple[str, bool]] = Counter()
    for line in rules.labelled_lines(folder):
        taken = line.taken()
        totals[line.label] += 1
        touched[line.label] += bool(taken)
        by_rule.update({(removal.rule, line.label != "keep") for removal in taken})
    removed = sum(touched[label] for label in _CLUTTER)
    all_of_them = sum(totals[label] for label in _CLUTTER)
    return [
        Figure("clutter lines removed", 0.9, removed / all_of_them, f"{removed} of {all_of_them}"),
        Figure("keep lines touched", 0, touched["keep"], f"of {totals['keep']}", most=True),
    ], by_rule


def speed_of_text(folder: Path) -> Iterator[Figure]:
    passages = list(rules.articles(folder))
    yield Figure("text cleaning, MB/s a core", 20, rules.speed(passages, frozenset()))


def pages(folder: Path) -> Iterator[Figure]:
    reach = {
        "benchmark": {"f1": 0.975, "precision": 0.975, "exact": 0.49},
        "fundus": {
            "f1": 0.955, "exact": 0.18, "published": 0.99, "authors f1": 0.92, "title": 0.84,
        },
    }  # fmt: skip
    sets = {
        "benchmark": extraction.benchmark_pages(folder / "article-extraction-benchmark"),
        "fundus": extraction.fundus_pages(folder / "fundus"),
    }
    count, seconds = 0, 0.0
    for name, labelled in sets.items():
        held = list(labelled)
        began = time.process_time()
        ours = extraction.table([extraction.score(page, extraction.ours) for page in held])
        seconds += time.process_time() - began
        count += len(held)
        theirs = extraction.table([extraction.score(page, extraction.theirs) for page in held])
        for key, wanted in reach[name].items():
            beside = f"trafilatura {theirs[key]:.3f}" if key in theirs else ""
            yield Figure(f"{name} {key}", wanted, ours[key], beside)
    yield Figure("pages a second a core", 15, count / seconds)


def copies(data: Path, articles: int = 20_000, count: int = 2000) -> Iterator[Figure]:
    """Copies planted among articles of many outlets; see ``bench/duplicates.py``."""
    dice = random.Random(1)
    everything = duplicates.articles([data / "outlets" / "articles.jsonl.gz"])
    held = list(islice(everything, articles))
    long = [article for article in held if len(article.raw_text.split()) >= 60]
    vocabulary = [word for article in held[:1000] for word in article.raw_text.split()]
    with Archive.in_memory() as archive:
        duplicates.take(archive, held)
        before = duplicates.stories(archive)
        planted, made = duplicates.planted_in(long, count, vocabulary, dice)
        duplicates.take(archive, made)
        after = duplicates.stories(archive)
    found = sum(after[copy.id] == after[copy.original] for copy in planted)
    text = {article.id: article.raw_text for article in held}
    wrong = duplicates.wrongly_joined(text, planted, before, after)
    yield Figure("near-duplicates, recall", 0.99, found / len(planted))
    yield Figure("near-duplicates, precision", 1.0, 1 - wrong / len(planted))


def figures(data: Path, *, quick: bool) -> Iterator[Figure]:
    yield from captions(data / "rollover")
    yield strangers(data / "outlets")
    yield from clutter(data / "clutter")[0]
    if not quick:
        yield from copies(data)
        yield from pages(data / "html")
        yield from speed_of_text(data / "outlets")


def print_table(found: Iterable[Figure]) -> None:
    print(f"{'':32}{'reach':>10}{'got':>10}")
    for figure in found:
        sign = "<=" if figure.most else ">="
        verdict = "" if figure.reached else "short"
        print(
            f"{figure.name:32}{sign:>3}{figure.reach:7g}{figure.got:10.3f}  {verdict:6}"
            f"{figure.detail}",
            flush=True,
        )


def main() -> None:
    data = Path(sys.argv[1])
    print_table(figures(data, quick="--quick" in sys.argv))
    by_rule = clutter(data / "clutter")[1]
    print(f"\n{'rule, on labelled lines':32}{'right':>10}{'wrong':>10}")
    for rule in sorted({rule for rule, _ in by_rule}):
        print(f"{rule:32}{by_rule[rule, True]:10}{by_rule[rule, False]:10}")


if __name__ == "__main__":
    main()
