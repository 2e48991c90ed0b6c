"""Clauses to Whoosh query trees: the common tree that every engine runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import AndNotMatcher

from index.analysis import SPELLING, Forms, forms, words
from search import translating_places
from search.clauses import (
    AllOf,
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Field,
    Fuzzy,
    Length,
    Near,
    Not,
    Pattern,
    Phrase,
    Picking,
    Sentence,
    Word,
    is_common,
)
from search.field_queries import Across
from search.languages import code_of
from search.loosening import groups, loosened, required
from search.spellings import folded as folded_pattern
from search.word_queries import Beginning, Fitting, Similar, unbounded

# A word in the headline counts as three in the text. Of Cranfield, CISI and the topics of
# Reuters-21578 as queries nDCG@10, simulated, is .537 .409 .771 at 2, .536 .402 .764 at 3,
# .535 .396 .756 at 4 and .532 .392 .733 at 8: questions and topics like headlines less than readers
# do, who type "hurricane sandy" and would get at 2 what the storm did to a fund. Each field
# saturated by itself, which is what Whoosh calls BM25F, gives .539 .387 .742 at best.
_STORY = (("title", 3.0), ("body", 1.0))
_STORY_WORDS = (("title_words", 3.0), ("body_words", 1.0))
# What phrases, and words that must be near one another, count in the headline.
_TITLE = 1.0
# A byline finds its author, behind every article that says the word: few articles have any one
# name in a field of two or three words, so that BM25 gives it more than a text can ever reach, and
# "price" would be led by the people who are called so.
_AUTHOR = 0.01
# The word as written, on top of its stem: enough to settle a tie, too little to outrank a match
# more. Without it "cafe" and "café" would rank alike. It gives Cranfield .005 and CISI nothing.
_EXACT = 0.1

# The fields of the index that a field of the language looks in, with how much each counts. Those
# that are not here have their own name there, and names in them: folded, not stemmed.
_TEXTS: dict[Field | None, tuple[tuple[str, float], ...]] = {
    None: (("title", _TITLE), ("body", 1.0)),
    "title": (("title", _TITLE),),
    "lead": (("title", _TITLE), ("lead", 1.0)),
    "clutter": (("clutter", 1.0),),
}
_STEMMED = frozenset(name for fields in _TEXTS.values() for name, _ in fields)


class _WithoutMatcher(AndNotMatcher):  # type: ignore[misc]
    """Whoosh's own lets the first excluded document through, and fails past the last one."""

    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()

    def skip_to(self, id: int) -> None:
        if id > self.a.id():
            self.a.skip_to(id)
            if self.a.is_active() and self.b.is_active():
                self._find_next()


class Without(whoosh.AndNot):  # type: ignore[misc]
    """What matches the first query and not the second."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return _WithoutMatcher(
            self.a.matcher(searcher, context),
            self.b.matcher(searcher, searcher.boolean_context()),
        )


def translate(clause: Clause, zone: tzinfo, *, match_any: bool = False) -> Any:
    """The Whoosh query for ``clause``. With ``match_any`` one of its words is enough.

    Days begin and end in ``zone``.
    """
    if match_any:
        clause = loosened(clause)
    query = _Translator(zone).query(clause)
    return query if _is_normal(clause) else query.normalize()


def _is_normal(clause: Clause) -> bool:
    """Whether the query for ``clause`` is as Whoosh would make it normal, because it is only of
    words and phrases: of two hundred, that takes longer than finding them."""
    match clause:
        case AllOf(parts):
            return all(map(_is_normal, parts)) and not any(isinstance(p, AllOf) for p in parts)
        case AnyOf(parts):
            return all(isinstance(part, Word | Phrase) and _is_normal(part) for part in parts)
        case Word(_, None, False):
            return True
        case Phrase(text, None):
            return len(forms(text)) > 1
        case _:
            return False


def scoring(clause: Clause, zone: tzinfo, *, match_any: bool = False) -> list[tuple[Clause, Any]]:
    """The clauses whose scores add up to that of ``translate``, each with its query; none where
    every article scores one."""
    parts = clause.parts if isinstance(clause, AllOf) else (clause,)
    scored = [part for part in parts if not isinstance(part, Not | Picking)]
    if match_any and isinstance(clause, AllOf):
        loose = [parts[place] for group in groups(parts) for place in group]
        scored = [part for part in scored if part in loose or part in required(parts)]
    translator = _Translator(zone)
    return [(part, translator.query(part).normalize()) for part in scored]


class _Translator:
    def __init__(self, zone: tzinfo, *, excluding: bool = False) -> None:
        self._zone = zone
        self._excluding = excluding

    def query(self, clause: Clause) -> Any:  # noqa: PLR0911 - a return for each kind of clause
        match clause:
            case Word(_, _, True) | Pattern() | Fuzzy():
                queries = [query for _, query in expanding(clause)]
                return whoosh.Or(list(map(unbounded, queries)) if self._excluding else queries)
            case Word(text, field):
                return self._word(text, field)
            case Phrase(text, field):
                return self._phrase(text, field)
            case Near(_, _, field):
                return translating_places.near(clause, _fields(field), run_of)
            case Sentence(_, field):
                return translating_places.sentence(clause, _fields(field), run_of)
            case AtLeast(_, _, field):
                fields = _fields(field) if field else (("body", 1.0),)
                return translating_places.at_least(clause, fields, run_of)
            case Length(least, most):
                return whoosh.NumericRange("words", least, most)
            case Dated(days, _, updated):
                first, after = days.seconds(self._zone)
                moment = "updated" if updated else "published"
                return whoosh.NumericRange(moment, first, after, endexcl=True)
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts):
                return _joined(whoosh.Or, _each(_alternatives(map(self.query, parts))))
            case Not(part):
                return Without(whoosh.Every(), self._excluded(part))

    def _all(self, parts: tuple[Clause, ...]) -> Any:
        wanted = [part for part in parts if not isinstance(part, Not | Picking)]
        telling = [part for part in wanted if not is_common(part)]
        required = telling or wanted
        optional = list(filter(is_common, wanted)) if telling else []
        picking = [part for part in parts if isinstance(part, Picking)]
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        query: Any = whoosh.Every()
        if required:
            query = _joined(whoosh.And, self._each(required))
        if optional:
            query = whoosh.AndMaybe(query, _joined(whoosh.Or, self._each(optional)))
        if picking:  # a date picks, it does not rank
            query = whoosh.Require(query, whoosh.And([self.query(part) for part in picking]))
        if unwanted:
            query = Without(query, whoosh.Or(list(map(self._excluded, unwanted))))
        return query

    def _each(self, parts: Sequence[Clause]) -> list[Any]:
        queries = list(map(self.query, parts))
        return _each(queries) if _may_recur(parts) else queries

    def _excluded(self, part: Clause) -> Any:
        return _Translator(self._zone, excluding=True).query(part)

    def _word(self, text: str, field: Field | None) -> Any:
        form = forms(text)[0]
        match field:
            case None:
                stems = [Across(stem, _STORY) for stem in self._stems(form, text)]
                author = whoosh.Term("author", _folded(form), boost=_AUTHOR)
                exact = Across(form.exact, _STORY_WORDS, boost=_EXACT)
                return whoosh.AndMaybe(whoosh.Or([*stems, author]), exact)
            case "title" | "lead" | "clutter":
                return whoosh.Or(
                    [
                        whoosh.Term(name, stem, boost=boost)
                        for name, boost in _fields(field)
                        for stem in self._stems(form, text)
                    ]
                )
            case "lang":
                return whoosh.Term("language", code_of(text))
            case _:
                return whoosh.Term(field, _folded(form))

    def _stems(self, form: Forms, text: str) -> list[str]:
        """ "U.S." finds U.S. and US but not "us"; "US" finds all three, the first two first."""
        if form.also and "." in text:
            return [form.also]
        return [form.stem, form.also] if form.also else [form.stem]

    def _phrase(self, text: str, field: Field | None) -> Any:
        stems = [phrase_term(word.forms, text[word.start : word.end]) for word in words(text)]
        names = [_folded(word.forms) for word in words(text)]
        match field:
            case None:
                return whoosh.Or(
                    [
                        whoosh.Phrase("title", stems, boost=_TITLE),
                        whoosh.Phrase("body", stems),
                        whoosh.Phrase("author", names, boost=_AUTHOR),
                    ]
                )
            case "title" | "lead" | "clutter":
                return whoosh.Or(
                    [whoosh.Phrase(name, stems, boost=boost) for name, boost in _fields(field)]
                )
            case "author":
                return _person(names)
            case "lang":
                return whoosh.NullQuery
            case _:
                return whoosh.Phrase(field, names)


def _joined(kind: type[Any], queries: Sequence[Any]) -> Any:
    return queries[0] if len(queries) == 1 else kind(queries)


def _each(queries: Iterable[Any]) -> list[Any]:
    """What is said twice counts twice, where Whoosh drops what it has seen.

    What recurs in a question of several sentences is what it is about: nDCG@10 on CISI .373 for
    .322. Where one line asks, nothing recurs.
    """
    return [_times(query, n) for query, n in Counter(queries).items()]


def _may_recur(parts: Sequence[Clause]) -> bool:
    """False where ``parts`` are plain words, each another: to compare their queries takes longer
    than to look for them."""
    plain = {part.text.lower() for part in parts if isinstance(part, Word) and part.text.isalpha()}
    return len(plain) < len(parts) or not all(map(str.isascii, plain))


def _alternatives(queries: Iterable[Any]) -> Iterator[Any]:
    """Those of an Or that is among them beside the others, as Whoosh will put them."""
    for query in queries:
        yield from query.subqueries if type(query) is whoosh.Or else (query,)


def _times(query: Any, times: int) -> Any:
    """``query`` with its scores multiplied, where they are made: Whoosh drops boosts on the way."""
    if times == 1:
        return query
    if query.is_leaf():
        return query.with_boost(query.boost * times)
    return query.apply(lambda part: _times(part, times))


def _person(names: list[str]) -> Any:
    """ "J. Smith" is Jane Smith, and Jane Q. Smith: each first letter is a word of its own."""
    if not any(len(name) == 1 for name in names):
        return whoosh.Phrase("author", names)
    initials = [f"{name}." if len(name) == 1 else name for name in names]
    return whoosh.Phrase("author", initials, slop=2)


def _fields(field: Field | None) -> tuple[tuple[str, float], ...]:
    if field is None or field in _TEXTS:
        return _TEXTS[field]
    return (("language" if field == "lang" else field, 1.0),)


def run_of(name: str, text: str) -> tuple[str, ...]:
    """The terms in a field of the index of words that follow one another."""
    if name not in _STEMMED:
        return tuple(_folded(word.forms) for word in words(text))
    return tuple(phrase_term(word.forms, text[word.start : word.end]) for word in words(text))


def phrase_term(form: Forms, typed: str) -> str:
    """The term of a word inside a phrase: "U.S. Senate" is not "us Senate"."""
    return form.also if form.also and "." in typed else form.stem


def _folded(form: Forms) -> str:
    return form.exact.split(SPELLING)[0]


def fields_of(field: Field | None) -> tuple[str, ...]:
    """The fields of the index that a word of a field of the language is looked for in."""
    return (*(name for name, _ in _fields(field)), *(() if field else ("author",)))


def lexicons_of(field: Field | None) -> tuple[str, ...]:
    """The fields of the index that have the words of a field of the language as written."""
    return (*(name for name, _ in _lexicons(field)), *(() if field else ("author",)))


def _lexicons(field: Field | None) -> tuple[tuple[str, float], ...]:
    """The fields of the index that have the words of a field as written."""
    if field in _TEXTS:
        return tuple((f"{name}_words", boost) for name, boost in _TEXTS[field])
    return _fields(field)


def expanding(clause: Clause) -> Iterator[tuple[Clause, Any]]:
    """What in ``clause`` stands for the likeliest of many words: each piece with its query."""
    match clause:
        case Word(text, field, True):
            folded = _folded(forms(text)[0])
            for name, boost in _lexicons(field):
                yield clause, Beginning(name, folded, boost=boost)
        case Pattern(text, field):
            for name, boost in _lexicons(field):
                yield clause, Fitting(name, folded_pattern(text), boost=boost)
        case Fuzzy(text, field, edits):
            for name, boost in _lexicons(field):
                yield clause, Similar(name, folded_pattern(text), boost=boost, maxdist=edits)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from expanding(part)
        case _:  # also Not: what is excluded stands for all its words
            return
