"""The codec of arrays: what stock Whoosh reads through it is what stock Whoosh wrote itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query

from index import schema
from index.analysis import forms
from index.arrays.vocabulary import NO_TERM, Vocabulary
from tests.pairs import Pair, generated_documents, pair, postings, stock_answer, view_of


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return pair(tmp_path_factory.mktemp("pair"), generated_documents(400), 3, (3, 150, 399))


def test_every_posting_is_the_one_whoosh_makes(both: Pair) -> None:
    count = 0
    for ours, stock in zip(postings(both.view.searcher), postings(both.stock), strict=True):
        assert ours == stock
        count += 1
    assert count > 10_000


def test_stored_fields_columns_and_lengths_are_the_ones_whoosh_keeps(both: Pair) -> None:
    ours, stock = both.view.searcher.reader(), both.stock.reader()
    assert ours.doc_count_all() == stock.doc_count_all() == 400
    assert ours.doc_count() == stock.doc_count() == 397
    columns = {
        name: (ours.column_reader(name), stock.column_reader(name))
        for name in ("published", "author_values", "source_values", "tag_values", "sentences")
    }
    for number in range(400):
        assert ours.stored_fields(number) == stock.stored_fields(number)
        for mine, theirs in columns.values():
            assert mine[number] == theirs[number]
        for field in ("title", "body", "author"):
            assert (ours.doc_field_length(number, field) or 0) == (
                stock.doc_field_length(number, field) or 0
            )
    for name in schema.schema().names():
        if schema.schema()[name].format is not None:
            assert ours.field_length(name) == stock.field_length(name)


def stem(word: str) -> str:
    return forms(word)[0].stem


def test_stock_whoosh_searches_through_it_as_through_its_own(both: Pair) -> None:
    for wanted in (
        query.Term("body", stem("bri")),
        query.Phrase("body", [form.stem for form in forms(both.documents[0]["body"])[1:3]]),
        query.Prefix("body_words", "fer"),
        query.FuzzyTerm("body_words", "ferri"),
        query.NumericRange("published", 1_200_000_000, 1_300_000_000),
        query.Term("tag_key", "mill"),
    ):
        found = stock_answer(both.view.searcher, wanted)
        assert found == pytest.approx(stock_answer(both.stock, wanted))
        assert found, wanted


def test_a_word_that_stands_three_hundred_times_is_counted(tmp_path: Path) -> None:
    documents = [
        {"id": "much", "body": "frog " * 300 + "toad"},
        {"id": "some", "body": "frog " * 254 + "toad " * 255},
        {"id": "long", "body": "newt " * 70_000},
    ]
    both = pair(tmp_path, documents, 1, ())
    assert list(postings(both.view.searcher)) == list(postings(both.stock))


def test_the_parts_of_a_field_stand_as_far_apart_as_in_whoosh(tmp_path: Path) -> None:
    between = schema.SEPARATOR
    documents = [
        {"id": "a", "title": f"{between}frog", "tag": f"one two{between}three"},
        {"id": "b", "title": f"frog{between}{between}toad newt", "tag": f"one{between}"},
        {"id": "c", "title": "toad", "body": f"a{between}b{between}c"},
    ]
    both = pair(tmp_path, documents, 1, ())
    assert list(postings(both.view.searcher)) == list(postings(both.stock))


def test_a_refused_document_leaves_no_trace(tmp_path: Path) -> None:
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    from index.arrays.writer import ArrayWriter

    index = FileIndex.create(FileStorage(str(tmp_path)), schema.schema())
    writer = ArrayWriter(index)
    writer.add_document(id="good", title="A frog")
    with pytest.raises(UnicodeEncodeError):
        writer.add_document(id="bad", title="A toad", tag_key="\ud800")
    with pytest.raises(TypeError):
        writer.add_document(id="bad", title=7)
    writer.add_document(id="also", title="A newt")
    writer.commit()
    view = view_of(index)
    assert len(view) == 2
    assert [view.stored_fields(number)["id"] for number in range(2)] == ["good", "also"]
    assert stock_answer(view.searcher, query.Term("title", "toad")) == {}


HARD = (
    "U.S. troops, U.S-led; AT&T's C++ (C#) 10,000m 3.5bn O'Brien’s Trump's “quoted”",
    "東京タワー is tall, naïve café CAFÉ 1,2,3 a.b.c. x.y U.S.A. e.g. no.1",
    f"one two{schema.SEPARATOR}three{schema.SEPARATOR}{schema.SEPARATOR}four",
    "a\u00a0b\u2028c\x85d\x1cе́ _under_score_ --- 'tis rock'n'roll ’s ʼ &amp; &",
)


def texts(real: Path) -> Iterator[str]:
    import gzip
    import json

    for path in ("wire", "outlets"):
        with gzip.open(real / path / "articles.jsonl.gz") as lines:
            for line in lines:
                row = json.loads(line)
                yield row.get("body") or row.get("text") or ""


def terms_by_vocabulary(vocabulary: Vocabulary, text: str) -> list[tuple[str, ...]]:
    import numpy as np

    chunks = np.array(vocabulary.chunks(text), np.uint32)
    words = vocabulary.expanded(chunks, vocabulary.counts()[chunks])
    ranks, names = vocabulary.ranks()
    found = []
    for kind in schema.KINDS:
        first, second = vocabulary.terms(kind)
        for word in words.tolist():
            numbers = [number for number in (first[word], second[word]) if number != NO_TERM]
            found.append((kind, *(names[ranks[number]].decode() for number in numbers)))
    return found


def terms_by_analysis(text: str) -> list[tuple[str, ...]]:
    found = []
    for kind in schema.KINDS:
        for part in text.split(schema.SEPARATOR):
            for form in forms(part):
                found.append((kind, *schema.terms_of(form, kind)))
    return found


def test_a_word_that_folds_to_nothing_names_nobody(tmp_path: Path) -> None:
    documents = [
        {"id": "a", "author": "\u02bc Jane \u02bc Smith"},
        {"id": "b", "author": "J. R\u00f3sa"},
        {"id": "c", "author": "\u02bc"},
    ]
    both = pair(tmp_path, documents, 1, ())
    assert list(postings(both.view.searcher)) == list(postings(both.stock))
    found = stock_answer(both.view.searcher, query.Phrase("author", ["j.", "r."]))
    assert list(found) == [1]


@pytest.mark.parametrize("text", HARD)
def test_cutting_at_white_space_first_changes_no_word(text: str) -> None:
    assert terms_by_vocabulary(Vocabulary(), text) == terms_by_analysis(text)


def test_every_chunk_of_the_shared_corpora_gives_the_words_of_the_analysis(real: Path) -> None:
    """Text by text the regular expression finds what it finds chunk by chunk."""
    from index.analysis import raw_words

    known: dict[str, list[str]] = {}
    for number, text in enumerate(texts(real)):
        if number % 2:  # every other article: half a minute less, and 180,000 chunks all the same
            continue
        cut: list[str] = []
        for chunk in text.split():
            if chunk not in known:
                known[chunk] = raw_words(chunk)
            cut += known[chunk]
        assert cut == raw_words(text)
    assert len(known) > 100_000
