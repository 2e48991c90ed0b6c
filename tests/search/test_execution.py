"""Random query trees, answered by the arrays and by stock Whoosh on an index of its own."""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from whoosh import matching
from whoosh import query as whoosh
from whoosh.query import spans

from index.analysis import forms
from index.schema import SEPARATOR
from search.choices import Choices
from search.execution import Execution
from search.field_queries import Across
from search.filed import Filed
from search.place_queries import Repeated, SameSentence, Window
from search.request import FACETS, SearchRequest
from search.sieve import Sieve
from search.spellings import bare, differ, fits
from search.translation import Without
from search.word_queries import Beginning, Fitting, Similar
from tests.conftest import REAL
from tests.pairs import Document, Pair, generated_documents, pair, real_documents, stock_answer

DOCUMENTS, SEGMENTS = 5_000, 4
# Stock Whoosh takes ten minutes for two thousand.
TREES, TREES_NIGHTLY = 50, 2_000


class Constant(whoosh.ConstantScoreQuery):  # type: ignore[misc]
    """What ``ConstantScoreQuery`` promises; Whoosh keeps it only where nobody asks for spans."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        found = self.child.matcher(searcher, context)
        documents = array("I")
        while found.is_active():
            documents.append(found.id())
            found.next()
        return matching.ListMatcher(documents, all_weights=self.score)


class AsOneWord(whoosh.ConstantScoreQuery):  # type: ignore[misc]
    """What a query of ours promises that stands for many words: of the whole index the nearest 200,
    the most frequent first, counted a posting at a time and scored as if they were one word, as
    rare as all are together, with a tenth for each letter that is not as it was typed."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        name, whole = self.child.fieldname, searcher.get_parent()
        leaves = [leaf.reader() for leaf, _ in whole.leaf_searchers()]
        chosen = self._words(leaves)
        having = sum(
            len({n for term in chosen for n in _ids(leaf._terms.matcher, leaf, name, term)})
            for leaf in leaves
        )
        everything = whole.doc_count_all()
        rarity = log(1 + (everything - having + 0.5) / (having + 0.5))
        scores: Counter[int] = Counter()
        reader = searcher.reader()
        for distance in set(chosen.values()):
            times: Counter[int] = Counter()
            for term in (term for term, far in chosen.items() if far == distance):
                if (name, term) in reader:
                    found = reader.postings(name, term)
                    while found.is_active():
                        times[found.id()] += found.value_as("frequency")
                        found.next()
            for number, often in times.items():
                share = reader.doc_field_length(number, name) / whole.avg_field_length(name)
                saturated = often * 2.5 / (often + 1.5 * (0.4 + 0.6 * share))
                scores[number] += self.child.boost * 0.1**distance * rarity * saturated
        numbers = sorted(scores)
        return matching.ListMatcher(numbers, [scores[number] for number in numbers])

    def _words(self, leaves: Sequence[Any]) -> dict[bytes, int]:
        often: Counter[bytes] = Counter()
        for leaf in leaves:
            for term in leaf.lexicon(self.child.fieldname):
                often[term] += leaf.doc_frequency(self.child.fieldname, term)
        far = {term: self._distance(bare(term.decode())) for term in often}
        near = sorted((d, -often[term], term) for term, d in far.items() if d is not None)
        return {term: distance for distance, _, term in near[:200]}

    def _distance(self, word: str) -> int | None:
        text = self.child.text
        match self.child:
            case Beginning():
                return 0 if word.startswith(text) else None
            case Fitting():
                return 0 if fits(text, word) else None
            case _:
                return differ(word, text, self.child.maxdist) if word[:1] == text[:1] else None


def _ids(matcher: Any, leaf: Any, name: str, term: bytes) -> Iterator[int]:
    """Also of what was deleted, as frequencies count it."""
    if (name, term) in leaf:
        yield from matcher(name, term, leaf.schema[name].format).all_ids()


class _AndMaybeMatcher(matching.AndMaybeMatcher):  # type: ignore[misc]
    """Whoosh's own skips its optional part to where it was told, not to where the needed part
    came to stand, and from then on forgets its scores."""

    def skip_to(self, id: int) -> None:
        self.a.skip_to(id)
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())


class AndMaybe(whoosh.AndMaybe):  # type: ignore[misc]
    matcherclass = _AndMaybeMatcher


class Near(spans.SpanNear):  # type: ignore[misc]
    """Whoosh's own cannot stand beside another query: it has no idea of its size."""

    def estimate_size(self, ixreader: Any) -> int:
        return int(self.q.estimate_size(ixreader))


def promised(query: Any) -> Any:
    """``query`` in such classes that stock Whoosh does what its documents promise."""
    if isinstance(query, whoosh.NumericRange):
        plain = whoosh.NumericRange(
            query.fieldname, query.start, query.end, query.startexcl, query.endexcl
        )
        return Constant(plain, query.boost)
    if isinstance(query, (Beginning, Fitting, Similar)):
        return AsOneWord(query)
    if isinstance(query, whoosh.ConstantScoreQuery):
        return Constant(promised(query.child), query.score)
    if isinstance(query, whoosh.Not):
        return whoosh.Not(promised(query.query))
    if isinstance(query, whoosh.AndMaybe):
        return AndMaybe(promised(query.a), promised(query.b))
    if isinstance(query, spans.SpanNear):
        return Near(query.a, query.b, query.slop, query.ordered)
    return query if query.is_leaf() or isinstance(query, SPANS) else query.apply(promised)


SPANS = (spans.SpanNear2, whoosh.Sequence)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    real = REAL.is_dir()
    documents = (
        real_documents(REAL, DOCUMENTS, letters=500) if real else generated_documents(DOCUMENTS)
    )
    deleted = random.Random(4).sample(range(DOCUMENTS), 300)
    return pair(tmp_path_factory.mktemp("pair"), documents, SEGMENTS, deleted)


class Drawing:
    """Draws leaves from what the documents hold, so that most of them match something."""

    def __init__(self, documents: Any) -> None:
        chance = random.Random(2)
        self.runs: dict[str, list[list[str]]] = {}
        for field, kind in (("title", "stem"), ("body", "stem"), ("author", "exact")):
            texts = [document[field] for document in documents if field in document]
            self.runs[field] = [
                run
                for text in chance.sample(texts, 700)
                if len(run := [getattr(form, kind) for form in forms(text)[:160]]) > 1
            ]
        self.words = sorted(
            {
                form.exact
                for run in chance.sample(documents, 700)
                for form in forms(run.get("body", ""))
            }
        )
        self.moments = [d["published"] for d in documents if "published" in d]


def leaves(drawing: Drawing) -> some.SearchStrategy[Any]:
    boosts = some.sampled_from((1.0, 1.0, 1.0, 0.15, 4.0))
    fields = some.sampled_from(("title", "body", "body", "author"))

    @some.composite
    def term(draw: Any) -> Any:
        field = draw(fields)
        word = draw(some.sampled_from(draw(some.sampled_from(drawing.runs[field]))))
        return whoosh.Term(field, word, boost=draw(boosts))

    @some.composite
    def across(draw: Any) -> Any:
        word = draw(some.sampled_from(draw(some.sampled_from(drawing.runs["body"]))))
        fields = draw(some.sampled_from((("title", "body"), ("body", "title"), ("title", "lead"))))
        return Across(word, [(name, draw(boosts)) for name in fields], boost=draw(boosts))

    @some.composite
    def phrase(draw: Any) -> Any:
        field = draw(fields)
        run = draw(some.sampled_from(drawing.runs[field]))
        start = draw(some.integers(0, len(run) - 2))
        words = run[start : start + draw(some.integers(2, 4))]
        if draw(some.booleans()) and len(words) > 2:
            del words[1]
        return whoosh.Phrase(field, words, slop=draw(some.integers(1, 5)), boost=draw(boosts))

    @some.composite
    def near(draw: Any) -> Any:
        run = draw(some.sampled_from(drawing.runs["body"]))
        terms = [whoosh.Term("body", draw(some.sampled_from(run))) for _ in range(2)]
        slop, ordered = draw(some.integers(1, 8)), draw(some.booleans())
        match draw(some.integers(0, 2)):
            case 0:
                return spans.SpanNear2(terms, slop=slop, ordered=ordered)
            case 1:
                return spans.SpanNear(*terms, slop=slop, ordered=ordered)
            case _:
                return whoosh.Sequence(terms, slop=slop, ordered=ordered)

    @some.composite
    def placed(draw: Any) -> Any:
        run = draw(some.sampled_from(drawing.runs["body"]))
        start = draw(some.integers(0, len(run) - 2))
        field = draw(some.sampled_from(("body", "lead")))
        parts = ((run[start],), tuple(run[start + 1 : start + 3]))
        match draw(some.integers(0, 2)):
            case 0:
                return Window(field, parts, draw(some.integers(1, 8)))
            case 1:
                return SameSentence(field, list(dict.fromkeys(parts)))
            case _:
                return Repeated(field, parts[:1], draw(some.integers(1, 3)))

    @some.composite
    def many(draw: Any) -> Any:
        word = draw(some.sampled_from([word for word in drawing.words if len(word) > 4]))
        boost = draw(boosts)
        match draw(some.integers(0, 6)):
            case 0:
                return whoosh.Prefix("body_words", word[:3], boost=boost)
            case 1:
                return Beginning("body_words", word[:1], boost=boost)
            case 2:
                pattern = word[:2] + "*" + word[-1] if draw(some.booleans()) else "?" + word[1:]
                return whoosh.Wildcard("body_words", pattern, boost=boost)
            case 3:
                distance = draw(some.integers(1, 2))
                return whoosh.FuzzyTerm("body_words", word, boost=boost, maxdist=distance)
            case 4:
                spelt = bare(word)
                pattern = draw(some.sampled_from((f"{spelt[:2]}*{spelt[-1]}", f"?{spelt[1:]}")))
                return Fitting("body_words", pattern, boost=boost)
            case 5:
                distance = draw(some.integers(1, 2))
                return Similar("body_words", bare(word), boost=boost, maxdist=distance)
            case _:
                return whoosh.TermRange("author", word[:2], word[:2] + "z", boost=boost)

    @some.composite
    def dated(draw: Any) -> Any:
        first, last = sorted(draw(some.sampled_from(drawing.moments)) for _ in range(2))
        ends = draw(some.sampled_from(((first, last), (None, last), (first, None))))
        excluded = (draw(some.booleans()), draw(some.booleans()))
        if draw(some.integers(0, 3)) == 0:
            return whoosh.NumericRange("words", 20, 60, *excluded, boost=draw(boosts))
        return whoosh.NumericRange("published", *ends, *excluded, boost=draw(boosts))

    others = some.sampled_from(
        (
            whoosh.Every(),
            whoosh.Every("author"),
            whoosh.NullQuery,
            whoosh.Term("body", "nowhere-at-all"),
            whoosh.Term("tag_key", "mill"),
            whoosh.Term("source_key", "cafe courier", boost=2.0),
        )
    )
    return some.one_of(
        term(), term(), across(), across(), phrase(), near(), placed(), many(), dated(), others
    )


def trees(drawing: Drawing) -> some.SearchStrategy[Any]:
    boosts = some.sampled_from((1.0, 1.0, 0.5, 3.0))

    def joined(inside: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
        several = some.lists(inside, min_size=1, max_size=4)
        return some.one_of(
            some.builds(whoosh.And, several, boosts),
            some.builds(whoosh.Or, several, boosts),
            some.builds(whoosh.Or, several, boosts),
            some.builds(whoosh.AndMaybe, inside, inside),
            some.builds(whoosh.Require, inside, inside),
            some.builds(Without, inside, inside),
            some.builds(whoosh.Otherwise, inside, inside),
            some.builds(lambda a, b: whoosh.And([a, whoosh.Not(b)]), inside, inside),
            some.builds(whoosh.ConstantScoreQuery, inside, some.sampled_from((1.0, 2.5))),
        )

    return some.recursive(leaves(drawing), joined, max_leaves=6)


def ranked(scores: dict[int, float]) -> list[int]:
    """Best first; what differs by less than a billionth ties, and goes by number."""
    return sorted(scores, key=lambda number: (-float(f"{scores[number]:.9g}"), number))


@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("several", [TREES, pytest.param(TREES_NIGHTLY, marks=pytest.mark.nightly)])
def test_the_arrays_answer_random_trees_as_stock_whoosh_does(both: Pair, several: int) -> None:
    drawing = Drawing(both.documents)
    counted = {"queries": 0, "found": 0}

    @settings(max_examples=several, derandomize=True, database=None)
    @given(trees(drawing))
    def each(query: Any) -> None:
        expected = stock_answer(both.stock, promised(query))
        execution = Execution(both.view)
        found = execution.run(query)
        assert not execution.fallbacks
        assert not found.partial
        assert found.documents.tolist() == sorted(expected)
        scores = dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))
        assert scores == pytest.approx(expected, rel=1e-9)
        assert ranked(scores) == ranked(expected)
        assert execution.run(query, scored=False).documents.tolist() == sorted(expected)
        counted["queries"] += 1
        counted["found"] += bool(expected)

    each()
    assert counted["queries"] >= several
    assert counted["found"] > counted["queries"] // 2


def year_of(document: Document) -> str:
    if "published" not in document:
        return "undated"
    return str(datetime.fromtimestamp(document["published"], UTC).year)


def test_facets_and_histograms_are_what_reading_every_document_counts(both: Pair) -> None:
    drawing = Drawing(both.documents)
    filed = Filed(both.view, UTC)
    chance = random.Random(5)
    for _ in range(40):
        word = chance.choice(chance.choice(drawing.runs["body"]))
        found = Execution(both.view).run(whoosh.Term("body", word)).documents
        matching = [both.documents[number] for number in found.tolist()]
        choices = Choices(Sieve(filed, SearchRequest()), found)
        for facet in FACETS:
            expected = Counter(
                value
                for document in matching
                for value in document.get(f"{facet}_values", b"").decode().split(SEPARATOR)
                if value
            )
            if facet == "year":
                expected = Counter(year_of(document) for document in matching)
            counted = choices.shown(facet).values
            assert choices.shown(facet).total == len(expected)
            assert [value.count for value in counted] == sorted(expected.values())[::-1][:12]
            assert all(expected[value.value] == value.count for value in counted)
        bars = filed.timeline.histogram(found)
        days = [d["published"] // 86_400 for d in matching if "published" in d]
        assert bars is not None
        assert sum(bar.count for bar in bars.buckets) == len(days)
        pattern = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[bars.interval]
        assert {bar.start: bar.count for bar in bars.buckets if bar.count} == Counter(
            datetime.fromtimestamp(day * 86_400, UTC).strftime(pattern) for day in days
        )
        living = [both.documents[number] for number in filed.living.tolist()]
        every = Counter(
            datetime.fromtimestamp(d["published"], UTC).strftime(pattern)
            for d in living
            if "published" in d
        )
        assert all(bar.total == every[bar.start] for bar in bars.buckets)


def test_what_the_arrays_do_not_know_is_left_to_whoosh_and_counted(both: Pair) -> None:
    execution = Execution(both.view)
    run = Drawing(both.documents).runs["body"][0]
    first = spans.SpanFirst(whoosh.Term("body", run[0]), limit=3)
    query = whoosh.Require(first, whoosh.Term("body", run[1]))
    assert execution.run(query).documents.tolist() == sorted(stock_answer(both.stock, query))
    assert execution.fallbacks == {"SpanFirst": SEGMENTS}


def test_a_query_that_costs_too_much_is_answered_in_part(both: Pair) -> None:
    query = whoosh.Or([whoosh.Term("body", "the"), whoosh.Term("body", "of")])
    whole = Execution(both.view).run(query)
    part = Execution(both.view, most_work=len(whole) // 2).run(query)
    assert part.partial
    assert not whole.partial
    assert 0 < len(part) < len(whole)
    assert set(part.documents) < set(whole.documents)


def test_what_words_near_one_another_matched_is_remembered(tmp_path: Path) -> None:
    """Asked again it costs no more than what was found, and says the same, each kind its own."""
    chance = random.Random(3)
    documents = [
        {"id": str(n), "body": " ".join(chance.choices(("toll", "mill", "frog", "newt"), k=9))}
        for n in range(300)
    ]
    fresh = pair(tmp_path, documents, 2, (5, 7, 200)).view
    queries = [
        make(first, second)
        for first, second in (("toll", "mill"), ("mill", "toll"))
        for make in (
            lambda a, b: whoosh.Phrase("body", [a, b]),
            lambda a, b: whoosh.Phrase("body", [a, b], slop=4),
            lambda a, b: whoosh.Phrase("body", [a, b], boost=2.0),
            lambda a, b: Window("body", [(a,), (b,)], 3),
            lambda a, b: Window("body", [(a,), (b,)], 9),
            lambda a, b: SameSentence("body", [(a,), (b,)]),
            lambda a, b: Repeated("body", [(a, b)], 1),
        )
    ]
    answers = [Execution(fresh).run(query) for query in queries]
    assert all(len(found) for found in answers)
    for query, found in zip(queries, answers, strict=True):
        for scored in (True, False):
            again = Execution(fresh, most_work=len(found)).run(query, scored=scored)
            assert not again.partial
            assert again.documents.tolist() == found.documents.tolist()
            assert again.scores.tolist() == (found.scores if scored else 0 * found.scores).tolist()
    assert len({tuple(found.scores.tolist()) for found in answers}) > len(queries) // 2


def test_time_is_a_bound_as_well(both: Pair) -> None:
    assert Execution(both.view, most_seconds=-1.0).run(whoosh.Term("body", "the")).partial


def test_a_phrase_that_multiplies_is_cut_off(tmp_path: Path) -> None:
    documents = [{"id": str(n), "body": "aa bb " * 1_000} for n in range(20)]
    both = pair(tmp_path, documents, 1, ())
    query = whoosh.Phrase("body", ["aa", "bb"] * 3, slop=1_000)
    assert Execution(both.view, most_work=2_000_000).run(query).partial
