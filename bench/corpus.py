"""The articles that engines are measured on, and what they are asked.

Real ones first: wire, other outlets, Reuters-21578; past their number sentences of theirs are put
together anew.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

QUERIES = 240


@dataclass(frozen=True)
class Text:
    """One article, as all engines get it."""

    number: int
    title: str
    body: str
    published: int
    source: str


@dataclass(frozen=True)
class Asked:
    """One query of the mix. ``kind``: or, and, not, phrase, prefix, dated."""

    kind: str
    words: tuple[str, ...]
    days: tuple[int, int] = (0, 0)


def texts(data: Path, most: int) -> Iterator[Text]:
    """Wire articles, then other outlets, then Reuters-21578; past that, recombined sentences."""
    real: list[Text] = []
    for title, body, moment, source in _real(data):
        real.append(Text(len(real), title, body, moment, source))
        yield real[-1]
        if len(real) == most:
            return
    yield from _recombined(real, most - len(real))


def _recombined(real: Sequence[Text], count: int) -> Iterator[Text]:
    """Six times three sentences of articles drawn at random; no word is new."""
    chance = random.Random(1)
    sentences = [text.body.split(". ") for text in real]
    for number in range(len(real), len(real) + count):
        body = ". ".join(". ".join(chance.choices(chance.choice(sentences), k=3)) for _ in range(6))
        base = chance.choice(real)
        yield Text(number, base.title, body, base.published, base.source)


def _real(data: Path) -> Iterator[tuple[str, str, int, str]]:
    with gzip.open(data / "wire" / "articles.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], row["body"], _moment(row["date"]), "wire"
    with gzip.open(data / "outlets" / "articles.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"] or "", row["text"] or "", _moment(row["date"]), row["source"] or ""
    for path in sorted((data / "reuters21578").glob("*.sgm")):
        for story in re.findall(r"<REUTERS.*?</REUTERS>", path.read_text("latin-1"), re.DOTALL):
            title = re.search(r"<TITLE>(.*?)</TITLE>", story, re.DOTALL)
            body = re.search(r"<BODY>(.*?)</BODY>|<TEXT.*?>(.*?)</TEXT>", story, re.DOTALL)
            text = (body[1] or body[2]) if body else ""
            yield unescape(title[1]) if title else "", unescape(text), 550_000_000, "Reuters-21578"


def _moment(text: str | None) -> int:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return 0
    return int(found.replace(tzinfo=found.tzinfo or UTC).timestamp())


def mix(articles: Sequence[Text], count: int = QUERIES) -> list[Asked]:
    """Queries drawn from the articles: one to five words, frequent and rare, of every kind."""
    chance = random.Random(7)
    frequency = Counter(
        word
        for text in chance.sample(list(articles), min(2_000, len(articles)))
        for word in set(re.findall(r"[a-z]{3,}", text.body.lower()))
    )
    ranked = [word for word, _ in frequency.most_common()]
    bands = (ranked[:60], ranked[60:600], ranked[600:4_000], ranked[4_000:])
    found: list[Asked] = []
    while len(found) < count:
        several = chance.choice((1, 2, 2, 3, 4, 5))
        words = tuple(chance.choice(chance.choice(bands)) for _ in range(several))
        start = chance.randrange(1_160_000_000, 1_350_000_000)
        days = (start, start + 86_400 * chance.choice((7, 90, 700)))
        match len(found) % 8:
            case 0 | 1:
                found.append(Asked("or", words))
            case 2 | 3:
                found.append(Asked("and", words))
            case 4:
                found.append(Asked("phrase", _run(chance, articles)))
            case 5:
                found.append(Asked("prefix", (chance.choice(bands[2])[:4],)))
            case 6:
                found.append(Asked("dated", words[:2], days))
            case _:
                found.append(Asked("not", (chance.choice(bands[1]), chance.choice(bands[0]))))
    return found


def _run(chance: random.Random, articles: Sequence[Text]) -> tuple[str, ...]:
    while True:
        words = re.findall(r"[A-Za-z]+", chance.choice(articles).body)
        if len(words) > 10:
            start = chance.randrange(len(words) - 4)
            return tuple(word.lower() for word in words[start : start + chance.choice((2, 2, 3))])
