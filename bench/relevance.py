"""Ask several engines the same judged questions and print how good their answers are, in one table.

    python bench/relevance.py shared/data/ir

Cranfield and CISI: every engine gets headline and text of the same documents and the same
questions, and any of the words is enough. Ours goes the way of the product: articles are added to
an archive and questions put to its engine. What is not installed is left out.

nDCG@10 and MAP over the first 1,000, with a gain of one for each document that was judged at all
for a question, as in published figures: Cranfield's degrees are not used, because its files
disagree about which end of the scale is the good one.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import mean

DEPTH = 1_000
# Ours is last: from then on Whoosh loads no index of its own format.
SYSTEMS = {"whoosh": "", "fts5": "", "tantivy": "tantivy", "bm25s": "bm25s", "microfiche": ""}

# A question to the numbers of documents, best first.
Answer = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Judged:
    """A collection: (headline, text) by number, questions, and what answers them."""

    name: str
    documents: Mapping[int, tuple[str, str]]
    questions: Mapping[int, str]
    relevant: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Scores:
    """Means over the questions."""

    ndcg: float
    map: float


# -- collections


def cranfield(folder: Path) -> Judged:
    """Questions are numbered by their order; the numbers in their file are others."""
    asked = [fields["W"] for _, fields in _records(folder / "cran" / "cran.qry")]
    return _judged(
        "Cranfield",
        folder / "cran" / "cran.all.1400",
        dict(enumerate(asked, start=1)),
        folder / "cran" / "cranqrel",
    )


def cisi(folder: Path) -> Judged:
    """Those of its questions that were judged."""
    asked = {number: fields["W"] for number, fields in _records(folder / "cisi" / "CISI.QRY")}
    return _judged("CISI", folder / "cisi" / "CISI.ALL", asked, folder / "cisi" / "CISI.REL")


def _judged(name: str, documents: Path, asked: Mapping[int, str], judgements: Path) -> Judged:
    relevant: dict[int, set[int]] = {}
    for line in judgements.read_text().splitlines():
        question, document, *_ = map(int, map(float, line.split()))
        relevant.setdefault(question, set()).add(document)
    texts = {
        number: (fields.get("T", ""), fields.get("W", "")) for number, fields in _records(documents)
    }
    return Judged(
        name,
        texts,
        {number: text for number, text in asked.items() if number in relevant},
        {question: frozenset(found) for question, found in relevant.items()},
    )


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """SMART's format: .I and a number, then .T, .W and others, each with lines of text."""
    for record in re.split(r"^\.I ", path.read_text("latin-1"), flags=re.MULTILINE)[1:]:
        number, *parts = re.split(r"^\.([A-Z])\s*\n", record, flags=re.MULTILINE)
        texts = {
            sign: " ".join(text.split()) for sign, text in zip(*[iter(parts)] * 2, strict=True)
        }
        yield int(number), texts


# -- measures


def ndcg(found: Sequence[int], relevant: Collection[int], depth: int = 10) -> float:
    """The gain of what was found, less the further down it stands, beside the best possible."""
    gains = [1 / math.log2(place + 2) for place in range(depth)]
    got = sum(gain for gain, number in zip(gains, found, strict=False) if number in relevant)
    return got / sum(gains[: len(relevant)])


def average_precision(found: Sequence[int], relevant: Collection[int]) -> float:
    """The precision at each place where something relevant stands; what is not found counts 0."""
    precisions: list[float] = []
    for place, number in enumerate(found, start=1):
        if number in relevant:
            precisions.append((len(precisions) + 1) / place)
    return sum(precisions) / len(relevant)


def measure(judged: Judged, answer: Answer) -> Scores:
    answers = {number: answer(text) for number, text in judged.questions.items()}
    pairs = [(found, judged.relevant[number]) for number, found in answers.items()]
    return Scores(
        mean(ndcg(*pair) for pair in pairs), mean(average_precision(*pair) for pair in pairs)
    )


# -- systems: each makes an index in a folder and answers


def microfiche(judged: Judged, folder: Path, depth: int = DEPTH) -> Answer:
    from index.console import Console
    from index.pipeline import AddRequest, add
    from search.engine import open_archive
    from search.request import SearchRequest

    export = folder / "articles.jsonl"
    with export.open("w") as lines:
        for number, (title, text) in judged.documents.items():
            url = f"https://collection.example/{number}"
            print(json.dumps({"url": url, "title": title, "text": text}), file=lines)
    with Console(None) as console:
        add(folder / "archive", AddRequest(inputs=(str(export),)), console)
    engine = open_archive(folder / "archive")

    def answer(question: str) -> Sequence[int]:
        request = SearchRequest(
            q=question, match="any", dedupe="off", per_page=depth, with_facets=False
        )
        hits = engine.search(request).hits
        return [int(hit.held.article.url.rpartition("/")[2]) for hit in hits]

    return answer


def whoosh(judged: Judged, folder: Path) -> Answer:
    """As its documentation shows: stemming analyser, BM25F, words joined by OR."""
    from whoosh import analysis, fields, index, qparser

    schema = fields.Schema(
        number=fields.STORED, text=fields.TEXT(analyzer=analysis.StemmingAnalyzer())
    )
    made = index.create_in(str(folder), schema)
    writer = made.writer()
    for number, text in _joined(judged):
        writer.add_document(number=number, text=text)
    writer.commit()
    searcher = made.searcher()
    parser = qparser.QueryParser("text", schema, group=qparser.OrGroup)

    def answer(question: str) -> Sequence[int]:
        # Normalized, a word that is asked for twice would count once: .297 on CISI.
        query = parser.parse(" ".join(_words(question)), normalize=False)
        return [hit["number"] for hit in searcher.search(query, limit=DEPTH)]

    return answer


def fts5(judged: Judged, folder: Path) -> Answer:
    import sqlite3

    database = sqlite3.connect(folder / "fts.sqlite")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='porter unicode61')")
    database.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", _joined(judged))

    def answer(question: str) -> Sequence[int]:
        wanted = " OR ".join(f'"{word}"' for word in _words(question))
        rows = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT {DEPTH}"
        return [row[0] for row in database.execute(rows, [wanted])]

    return answer


def tantivy(judged: Judged, folder: Path) -> Answer:
    import tantivy as engine  # type: ignore[import-not-found]

    builder = engine.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=False)
    builder.add_text_field("text", tokenizer_name="en_stem")
    made = engine.Index(builder.build(), path=str(folder))
    writer = made.writer(heap_size=64_000_000, num_threads=1)
    for number, text in _joined(judged):
        writer.add_document(engine.Document(number=number, text=text))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()

    def answer(question: str) -> Sequence[int]:
        # One by one: its parser, too, lets a word that is asked for twice count once.
        words = [made.parse_query(f'"{word}"', ["text"]) for word in _words(question)]
        query = engine.Query.boolean_query([(engine.Occur.Should, word) for word in words])
        return [searcher.doc(at)["number"][0] for _, at in searcher.search(query, DEPTH).hits]

    return answer


def bm25s(judged: Judged, folder: Path) -> Answer:
    """As its documentation shows: its English stop words, Snowball, its usual weighting."""
    import bm25s as engine  # type: ignore[import-not-found]
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    numbers, texts = zip(*_joined(judged), strict=True)

    def tokens(several: Sequence[str]) -> object:
        return engine.tokenize(several, stopwords="en", stemmer=stemmer, show_progress=False)

    made = engine.BM25()
    made.index(tokens(texts), show_progress=False)

    def answer(question: str) -> Sequence[int]:
        found, scores = made.retrieve(tokens([question]), k=DEPTH, show_progress=False)
        return [numbers[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return answer


def _joined(judged: Judged) -> Iterator[tuple[int, str]]:
    """Headline and text as one field, which suits the others better than two."""
    for number, (title, text) in judged.documents.items():
        yield number, f"{title}\n{text}"


def _words(question: str) -> list[str]:
    return re.findall(r"\w+", question)


def main() -> None:
    folder = Path(sys.argv[1])
    collections = [cranfield(folder), cisi(folder)]
    print(" " * 12 + "".join(f"{judged.name:>12} nDCG@10   MAP" for judged in collections))
    for name, needs in SYSTEMS.items():
        if needs and find_spec(needs) is None:
            continue
        print(f"{name:12}", end="")
        for judged in collections:
            with tempfile.TemporaryDirectory() as temporary:
                scores = measure(judged, globals()[name](judged, Path(temporary)))
            print(f"{scores.ndcg:20.4f}{scores.map:7.4f}", end="", flush=True)
        print()


if __name__ == "__main__":
    main()
