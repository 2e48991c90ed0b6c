"""The codec of arrays: what stock Whoosh reads through it is what stock Whoosh wrote itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import query

from index import schema
from index.analysis import forms
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
    field = both.view.leaves[0].fields["body"]
    words = field.lexicon.ranks([b"toad", b"newt", b"frog"])
    assert field.postings_of(words).documents.tolist() == [0, 1, 2, 0, 1]
    assert field.frequencies(field.postings_of(words)).tolist() == [1, 255, 70_000, 300, 254]
    assert field.document_frequencies(words).tolist() == [2, 1, 2]


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
