"""The same documents in two indexes: ours of arrays, and one by Whoosh's own codec and writer."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.collectors import Collector
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from index import schema
from index.arrays.view import View
from index.arrays.writer import ArrayWriter

Document = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """One view of each, over segments of the same documents of which the same are deleted."""

    documents: Sequence[Document]
    view: View
    stock: Searcher


def pair(
    folder: Path, documents: Sequence[Document], segments: int, deleted: Sequence[int]
) -> Pair:
    """Both indexes of ``documents``, in so many segments, some of the documents deleted."""
    ours, stock = _index(folder / "ours"), _index(folder / "stock")
    size = -(-len(documents) // segments)
    for start in range(0, len(documents), size):
        writer = ArrayWriter(ours)
        plain = stock.writer(codec=W3Codec(compression=0), limitmb=64)
        for document in documents[start : start + size]:
            writer.add_document(**document)
            plain.add_document(**document)
        writer.commit(merge=False)
        plain.commit(merge=False)
    for index, options in ((ours, None), (stock, W3Codec())):
        writer = ArrayWriter(index) if options is None else index.writer(codec=options)
        for number in deleted:
            writer.delete_document(number)
        writer.commit(merge=False)
    return Pair(documents, view_of(ours), stock.searcher(weighting=Promised(B=0.6, K1=1.5)))


class Promised(BM25F):  # type: ignore[misc]
    """BM25F as Whoosh computes it, with the rarity that ours promises, written out once more."""

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        reader = searcher.get_parent().reader()
        whole = {"title": "body", "lead": "body"}.get(fieldname.removesuffix("_words"), fieldname)
        whole += "_words" if fieldname.endswith("_words") and whole == "body" else ""
        having = max(reader.doc_frequency(name, text) for name in {fieldname, whole})
        return log((reader.doc_count_all() + 1) / (having + 0.5))


def _index(folder: Path) -> FileIndex:
    folder.mkdir()
    return FileIndex.create(FileStorage(str(folder)), schema.schema())


def view_of(index: FileIndex) -> View:
    segments = index._read_toc().segments
    return View(Path(index.storage.folder), segments, schema.schema(), index.searcher)


class All(Collector):  # type: ignore[misc]
    """Every match of a stock searcher with its score."""

    def prepare(self, top_searcher: Searcher, q: Any, context: Any) -> None:
        super().prepare(top_searcher, q, context)
        self.scores: dict[int, float] = {}

    def collect(self, sub_docnum: int) -> float:
        score = float(self.matcher.score())
        self.scores[self.offset + sub_docnum] = score
        return score

    def sort_key(self, sub_docnum: int) -> float:
        return -float(self.matcher.score())


def stock_answer(searcher: Searcher, query: Any) -> dict[int, float]:
    """What stock Whoosh finds. Without ``needs_current`` it may hand out matchers that know no
    score and drop zeros."""
    collector = All()
    context = SearchContext(needs_current=True, weighting=searcher.weighting)
    searcher.search_with_collector(query, collector, context)
    return collector.scores


# -- documents

_SOURCES = ("Hill Gazette", "Valley Herald", "The Ferry Post", "Café Courier", "")
_TAGS = ("mill", "river", "tram", "budget", "strike", "harbour")


def real_documents(real: Path, count: int, letters: int = 1_000) -> list[Document]:
    """Headlines and openings of wire articles."""
    found: list[Document] = []
    with gzip.open(real / "wire" / "articles.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            moment = datetime.fromisoformat(row["date"]) if row["date"] else None
            author = row["author"] or ""
            found.append(document(len(found), row["title"], row["body"][:letters], author, moment))
            if len(found) == count:
                break
    return found


def generated_documents(count: int, seed: int = 1) -> list[Document]:
    """Documents of invented words, some frequent and some rare, as in a language."""
    chance = random.Random(seed)
    parts = ("fer", "bri", "dge", "lan", "tol", "mar", "sto", "wen", "cal", "ski", "ry", "on")
    words = sorted(
        {"".join(chance.choices(parts, k=chance.choice((1, 2, 2, 3)))) for _ in range(900)}
    )
    words += ["U.S.", "US", "O'Brien", "AT&T", "café", "cafe", "10,000", "the", "a", "C++"]
    chance.shuffle(words)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    found: list[Document] = []
    for number in range(count):
        title = " ".join(chance.choices(words, weights, k=chance.randint(2, 7)))
        run = chance.choices(words, weights, k=chance.randint(5, 90))
        body = " ".join(run[: len(run) // 2]) + "\n\n" + " ".join(run[len(run) // 2 :]) + "."
        author = " ".join(chance.choices(words[:40], k=2)) if chance.random() < 0.6 else ""
        moment = datetime.fromtimestamp(chance.randrange(1_100_000_000, 1_500_000_000))
        dated = moment if chance.random() < 0.95 else None
        found.append(document(number, title, body, author, dated))
    return found


def document(
    number: int, title: str, body: str, author: str, published: datetime | None
) -> Document:
    chance = random.Random(number)
    source = chance.choice(_SOURCES)
    tags = schema.SEPARATOR.join(chance.sample(_TAGS, chance.randrange(3)))
    values: Document = {
        "id": f"doc-{number}",
        "version": number % 3 + 1,
        "title": title,
        "title_words": title,
        "body": body,
        "body_words": body,
        "lead": body.partition("\n\n")[0],
        "clutter": f"{title}{schema.SEPARATOR}{source}",
        "sentences": schema.sentence_starts(body),
        "author": author,
        "author_key": author,
        "author_values": author.encode(),
        "source": source,
        "source_key": source,
        "source_values": source.encode(),
        "tag": tags,
        "tag_key": tags,
        "tag_values": tags.encode(),
        "published": int(published.timestamp()) if published else None,
        "words": len(body.split()),
    }
    return {name: value for name, value in values.items() if value not in ("", b"", None)}


def postings(searcher: Searcher) -> Iterator[tuple[Any, ...]]:
    """Everything that is in an index, posting by posting."""
    for reader, base in searcher.reader().leaf_readers():
        for field, term, number, weight, value in reader.iter_postings():
            yield field, term, base + number, weight, value or b""
