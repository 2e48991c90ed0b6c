"""Clauses to Whoosh query trees: the common tree that every engine runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import AndNotMatcher
from whoosh.reading import IndexReader

from index.analysis import SPELLING, Forms, forms, words
from search.clauses import AllOf, AnyOf, Clause, Dated, Field, Not, Phrase, Word, is_common

# How much more a headline says than the text; from newspaper practice (headline 4, text 1, byline
# between), not tuned yet.
_TITLE = 4.0
_AUTHOR = 2.0
# The word as written, on top of its stem: enough to settle a tie, too little to outrank a match
# more. Without it "cafe" and "café" would rank alike.
_EXACT = 0.15

MOST_EXPANSIONS = 200


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


class Beginning(whoosh.Prefix):  # type: ignore[misc]
    """Every word that begins with ``text``, at most 200 of them.

    Whoosh expands a prefix over the whole lexicon before any limit is looked at: one letter over
    40,000 words takes seconds.
    """

    most = MOST_EXPANSIONS

    def _btexts(self, ixreader: IndexReader) -> Iterator[bytes]:
        return islice(super()._btexts(ixreader), MOST_EXPANSIONS)


def translate(clause: Clause, zone: tzinfo, *, match_any: bool = False) -> Any:
    """The Whoosh query for ``clause``. With ``match_any`` one of the top parts is enough.

    Days begin and end in ``zone``.
    """
    if match_any and isinstance(clause, AllOf):
        clause = _loosened(clause)
    return _Translator(zone).query(clause).normalize()


def _loosened(clause: AllOf) -> Clause:
    """``clause`` with its words joined by OR; what is excluded or dated stays so."""
    kept = tuple(part for part in clause.parts if isinstance(part, Not | Dated))
    loose = tuple(part for part in clause.parts if not isinstance(part, Not | Dated))
    important = tuple(part for part in loose if not is_common(part)) or loose
    return AllOf((AnyOf(important), *kept)) if important else clause


class _Translator:
    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def query(self, clause: Clause) -> Any:
        match clause:
            case Word(text, field, prefix):
                return self._beginning(text, field) if prefix else self._word(text, field)
            case Phrase(text, field):
                return self._phrase(text, field)
            case Dated(days):
                first, after = days.seconds(self._zone)
                return whoosh.NumericRange("published", first, after, endexcl=True)
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts):
                return whoosh.Or([self.query(part) for part in parts])
            case Not(part):
                return Without(whoosh.Every(), self.query(part))

    def _all(self, parts: tuple[Clause, ...]) -> Any:
        wanted = [part for part in parts if not isinstance(part, Not | Dated)]
        required = [part for part in wanted if not is_common(part)] or wanted
        optional = [part for part in wanted if part not in required]
        dated = [part for part in parts if isinstance(part, Dated)]
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        query: Any = (
            whoosh.And([self.query(part) for part in required]) if required else whoosh.Every()
        )
        if optional:
            query = whoosh.AndMaybe(query, whoosh.Or([self.query(part) for part in optional]))
        if dated:  # a date picks, it does not rank
            query = whoosh.Require(query, whoosh.And([self.query(part) for part in dated]))
        if unwanted:
            query = Without(query, whoosh.Or([self.query(part) for part in unwanted]))
        return query

    def _word(self, text: str, field: Field | None) -> Any:
        form = forms(text)[0]
        match field:
            case None:
                found = whoosh.Or(
                    [
                        *self._stems("title", form, text, _TITLE),
                        *self._stems("body", form, text, 1.0),
                        whoosh.Term("author", _folded(form), boost=_AUTHOR),
                    ]
                )
                return whoosh.AndMaybe(found, self._exactly(form))
            case "title":
                return whoosh.Or(self._stems("title", form, text, _TITLE))
            case _:
                return whoosh.Term(field, _folded(form))

    def _stems(self, field: str, form: Forms, text: str, boost: float) -> list[Any]:
        """ "U.S." finds U.S. and US but not "us"; "US" finds all three, the first two first."""
        if form.also and "." in text:
            return [whoosh.Term(field, form.also, boost=boost)]
        terms = [whoosh.Term(field, form.stem, boost=boost)]
        if form.also:
            terms.append(whoosh.Term(field, form.also, boost=boost))
        return terms

    def _exactly(self, form: Forms) -> Any:
        return whoosh.Or(
            [
                whoosh.Term("title_words", form.exact, boost=_EXACT * _TITLE),
                whoosh.Term("body_words", form.exact, boost=_EXACT),
            ]
        )

    def _beginning(self, text: str, field: Field | None) -> Any:
        name, folded = lexicon(Word(text, field, prefix=True))
        if field is None:
            return whoosh.Or(
                [Beginning("title_words", folded, boost=_TITLE), Beginning(name, folded)]
            )
        return Beginning(name, folded)

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
            case "title":
                return whoosh.Phrase("title", stems)
            case _:
                return whoosh.Phrase(field, names)


def phrase_term(form: Forms, typed: str) -> str:
    """The term of a word inside a phrase: "U.S. Senate" is not "us Senate"."""
    return form.also if form.also and "." in typed else form.stem


def _folded(form: Forms) -> str:
    return form.exact.split(SPELLING)[0]


def lexicon(word: Word) -> tuple[str, str]:
    """(field, beginning) that a prefix is looked up by."""
    folded = _folded(forms(word.text)[0])
    fields = {None: "body_words", "title": "title_words"}
    return fields.get(word.field, word.field or ""), folded


def prefixes(clause: Clause) -> Iterator[Word]:
    """Every prefix in ``clause``."""
    match clause:
        case Word() if clause.prefix:
            yield clause
        case AllOf(parts) | AnyOf(parts):
            yield from _each(parts)
        case Not(part):
            yield from prefixes(part)


def _each(parts: Iterable[Clause]) -> Iterator[Word]:
    for part in parts:
        yield from prefixes(part)
