"""Score the extraction of saved pages against labelled ones, beside trafilatura alone.

    python bench/extraction.py PAGES

PAGES holds ``article-extraction-benchmark`` (ground-truth.json and html/) and ``fundus`` (folders
of pages with expected title, authors, date and body). Body figures are those of the benchmark's own
evaluate.py: overlap of runs of four words, each page counting alike; exact means the same words.
Speed is CPU time of one core, both systems measured page by page in turn: their ratio holds on a
busy machine too. Loading the libraries, once a process, is not counted.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean

import trafilatura

from index.article import Article
from index.errors import RejectedDocument
from index.extraction import extract
from index.readers import Draft
from index.readers.encoding import declared_charset, decode
from index.reading import read

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and what it should come out as; None where there is no label."""

    name: str
    markup: str
    body: str
    title: str | None = None
    authors: frozenset[str] | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """What one page scored: shares of runs of four words, and whether each field was right."""

    name: str
    precision: float
    recall: float
    exact: bool
    title: bool | None
    authors: tuple[int, int, int] | None
    published: bool | None
    seconds: float


def benchmark_pages(folder: Path) -> Iterator[Labelled]:
    truth = json.loads((folder / "ground-truth.json").read_text())
    for name, label in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Labelled(name, decode(data, declared_charset(data)), label["articleBody"])


def fundus_pages(folder: Path) -> Iterator[Labelled]:
    for labels in sorted(folder.glob("*/*.json")):
        versions = json.loads(labels.read_text())
        for page in sorted(labels.parent.glob(f"{labels.stem}_2*.html.gz")):
            data = gzip.decompress(page.read_bytes())
            markup = decode(data, declared_charset(data))
            label = max(versions.values(), key=lambda label: _likeness(label, markup))
            day = label.get("publishing_date")
            yield Labelled(
                page.name,
                markup,
                # A few labels have their accents decomposed, which no extractor gives back.
                unicodedata.normalize("NFC", "\n".join(_texts(label.get("body")))),
                label.get("title"),
                frozenset(label["authors"]) if label.get("authors") else None,
                datetime.fromisoformat(day) if day else None,
            )


def _texts(body: dict[str, list[object]] | None) -> Iterator[str]:
    if not body:
        return
    yield from (str(text) for text in body["summary"])
    for section in body["sections"]:
        assert isinstance(section, dict)
        yield from section["headline"]
        yield from section["paragraphs"]


def _likeness(label: dict[str, object], markup: str) -> int:
    """A folder has several pages of a paper: the label is the one whose words are on the page."""
    body = label.get("body")
    words = _WORD.findall(" ".join(_texts(body)))[:400] if isinstance(body, dict) else []
    return sum(word in markup for word in set(words))


def ours(page: Labelled) -> tuple[str, Article | None]:
    try:
        article = extract(Draft(markup=page.markup, is_page=True))
    except RejectedDocument:
        return "", None
    text = read(article.raw_text, article.removals).text
    return f"{article.standfirst}\n{text}" if page.title and article.standfirst else text, article


def theirs(page: Labelled) -> tuple[str, Article | None]:
    return trafilatura.extract(page.markup, include_comments=False) or "", None


def score(page: Labelled, system: Callable[[Labelled], tuple[str, Article | None]]) -> Scored:
    began = time.process_time()
    text, article = system(page)
    seconds = time.process_time() - began
    precision, recall = _overlap(page.body, text)
    return Scored(
        page.name,
        precision,
        recall,
        _WORD.findall(page.body) == _WORD.findall(text),
        None if page.title is None or article is None else _same(page.title, article.title),
        None if page.authors is None or article is None else _people(page.authors, article.authors),
        None if page.published is None or article is None else _same_day(page.published, article),
        seconds,
    )


def _overlap(true: str, found: str) -> tuple[float, float]:
    wanted, got = Counter(_runs(true)), Counter(_runs(found))
    both = sum((wanted & got).values())
    missing, extra = sum((wanted - got).values()), sum((got - wanted).values())
    return _share(both, extra, missing), _share(both, missing, extra)


def _share(hits: float, misses: float, others: float) -> float:
    if misses == others == 0:
        return 1.0
    return hits / (hits + misses) if hits + misses else 0.0


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = _WORD.findall(text)
    return (tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def _same(wanted: str, found: str) -> bool:
    return _WORD.findall(wanted.casefold()) == _WORD.findall(found.casefold())


def _people(wanted: frozenset[str], found: tuple[str, ...]) -> tuple[int, int, int]:
    """(right, too many, missing)"""
    left, right = ({_folded(name) for name in names} for names in (wanted, found))
    return len(left & right), len(right - left), len(left - right)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _same_day(wanted: datetime, article: Article) -> bool:
    if article.published is None:
        return False
    at = article.published.at
    days = {at.date(), at.astimezone(wanted.tzinfo).date() if wanted.tzinfo else at.date()}
    return wanted.date() in days


def table(scores: Sequence[Scored]) -> dict[str, float]:
    """The figures of a set: means over its pages, authors as one count over all."""
    precision, recall = mean(s.precision for s in scores), mean(s.recall for s in scores)
    figures = {
        "f1": 2 * precision * recall / (precision + recall),
        "precision": precision,
        "recall": recall,
        "exact": mean(s.exact for s in scores),
        "pages/s": len(scores) / sum(s.seconds for s in scores),
    }
    for name in ("title", "published"):
        values = [value for s in scores if (value := getattr(s, name)) is not None]
        if values:
            figures[name] = mean(values)
    people = [s.authors for s in scores if s.authors is not None]
    if people:
        right, extra, missing = (sum(counts) for counts in zip(*people, strict=True))
        figures["authors f1"] = 2 * right / (2 * right + extra + missing)
    return figures


def in_turn(page: Labelled) -> tuple[Scored, Scored]:
    """A page by trafilatura alone, and by us."""
    return score(page, theirs), score(page, ours)


def warm_up() -> None:
    """Let a worker load what is loaded with the first page."""
    words = "".join(
        f"<p>The heron came back to tank number {n} in the evening.</p>" for n in range(9)
    )
    in_turn(Labelled("", f"<html><body><article>{words}</article></body></html>", ""))


def main() -> None:
    folder = Path(sys.argv[1])
    verbose = "--verbose" in sys.argv
    sets = {
        "benchmark": list(benchmark_pages(folder / "article-extraction-benchmark")),
        "fundus": list(fundus_pages(folder / "fundus")),
    }
    with ProcessPoolExecutor(2, initializer=warm_up) as pool:
        for name, pages in sets.items():
            both = list(zip(*pool.map(in_turn, pages, chunksize=4), strict=True))
            for system, scores in zip(("trafilatura", "ours"), both, strict=True):
                figures = "  ".join(f"{key} {value:.3f}" for key, value in table(scores).items())
                print(f"{name:10} {system:12} {figures}", flush=True)
            for s in both[1] if verbose else ():
                print(
                    f"  {s.name[:44]:44} P {s.precision:.3f} R {s.recall:.3f} {s.exact:d}"
                    f" {s.title} {s.authors} {s.published}"
                )


if __name__ == "__main__":
    main()
