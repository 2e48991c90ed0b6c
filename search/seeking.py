"""Where in one text a clause matches: each kind of clause, looked for as the index found it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from index.analysis import Word as Token
from index.analysis import forms, host
from index.sentences import sentences
from search.beginnings import beginning
from search.clauses import (
    COMMON,
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
    Sentence,
    Word,
    Worded,
    of_telling,
)
from search.spellings import bare, fits, folded, is_near
from search.translation import run_of
from search.windows import Stretch, sentence_of, shared_sentences, stretches, windows

# Stretches that match together, in order.
Group = tuple[Stretch, ...]


@dataclass(frozen=True)
class Text:
    """A text to look in. ``lead`` is where its lead ends, ``title`` whether it is a headline.

    ``tokens`` has the words by their place, in order: all that are sought, others or not.
    """

    text: str
    tokens: Mapping[int, Token]
    lead: int = 0
    title: bool = False
    by_term: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for place, token in self.tokens.items():
            self.by_term.setdefault(token.forms.stem, []).append(place)
            if token.forms.also:
                self.by_term.setdefault(token.forms.also, []).append(place)

    def run(self, terms: Sequence[str]) -> list[Stretch]:
        """Where these terms follow one another."""
        places = [self.by_term.get(term, ()) for term in terms]
        return stretches(places) if all(places) else []

    def has_capital(self, stretch: Stretch) -> bool:
        """Whether its first word begins with a capital."""
        return self.text[self.tokens[stretch[0]].start].isupper()

    def spelt(self, holds: Callable[[str], bool]) -> list[Stretch]:
        """The words whose folded spelling is as asked for."""
        return [
            (place, place) for place, token in self.tokens.items() if holds(bare(token.forms.exact))
        ]

    @cached_property
    def sentences(self) -> Sequence[int]:
        """The place of the first word of each sentence that has any; a headline is one sentence."""
        if self.title:
            return ()
        starts = [start for start, _ in sentences(self.text)]
        found: dict[int, int] = {}
        for place, token in self.tokens.items():
            found.setdefault(sentence_of(starts, token.start), place)
        return list(found.values())

    def of_lead(self) -> Text:
        """The lead alone."""
        tokens = {place: token for place, token in self.tokens.items() if token.start < self.lead}
        return Text(self.text, tokens, self.lead, self.title)


@dataclass(frozen=True, slots=True)
class Seeker:
    """``find`` gives where a clause matches, a group for what matches together, from the words with
    any of ``terms`` and those whose folded spelling ``holds``: of a text it needs no others.

    They begin in one of the ways of ``beginnings``. ``reach`` is how many other words between them
    are as good as any more; at 0 it does not matter how many there are. ``small`` says that it is
    a small word typed with a capital, as in The Who.
    """

    find: Callable[[Text], list[Group]]
    terms: frozenset[str] = frozenset()
    holds: Callable[[str], bool] | None = None
    beginnings: frozenset[str] = frozenset()
    reach: int = 0
    small: bool = False


def seekers(clause: Clause, where: Field | None) -> Iterator[Seeker]:
    """What looks for each piece of ``clause`` in the text of a field; None is the body.

    What is bound to another field, or under NOT, or picks by date or length, is not looked for.
    """
    match clause:
        case AnyOf(parts):
            for part in dict.fromkeys(parts):
                for seeker in seekers(part, where):
                    yield replace(seeker, small=False)  # it may be all that an article has
        case AllOf(parts):
            yield from of_telling(tuple(dict.fromkeys(parts)), lambda part: seekers(part, where))
        case Not() | Dated() | Length():
            return
        case _ if clause.field == "lead":
            seeker = _seeker(clause)
            yield seeker if where == "title" else _within_lead(seeker)
        case AtLeast(_, _, None) if where is not None:
            return  # it counts in the text only
        case _ if clause.field in {None, where}:
            yield _seeker(clause)


def _within_lead(seeker: Seeker) -> Seeker:
    """``seeker`` for the lead alone: nothing beyond may count for it either."""
    return replace(seeker, find=lambda read: seeker.find(read.of_lead()))


def _seeker(clause: Worded) -> Seeker:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Word(text, _, True):
            start = bare(forms(text)[0].exact)
            return _spelt(lambda word: word.startswith(start), start)
        case Word(text):
            return _word(text)
        case Pattern(text):
            pattern = folded(text)
            return _spelt(lambda word: fits(pattern, word), re.split(r"[*?]", pattern)[0])
        case Fuzzy(text, _, edits):
            sought = folded(text)
            return _spelt(lambda word: is_near(word, sought, edits), sought[:1])
        case Phrase(text):
            return _runs([text], lambda found, _: _each(found[0]))
        case Near(parts, places):
            return _runs(parts, lambda found, _: windows(found, places), max(places, 1))
        case Sentence(parts):
            return _runs(parts, lambda found, read: _each(_in_sentences(found, read.sentences)))
        case AtLeast(text, times):
            return _runs([text], lambda found, _: _each(found[0]) if len(found[0]) >= times else [])


def _spelt(holds: Callable[[str], bool], start: str) -> Seeker:
    return Seeker(lambda read: _each(read.spelt(holds)), holds=holds, beginnings=frozenset({start}))


def _runs(
    parts: Sequence[str],
    join: Callable[[list[list[Stretch]], Text], list[Group]],
    reach: int = 1,
) -> Seeker:
    """What ``join`` makes of where each of ``parts``, a word or a phrase, stands."""
    runs = [run_of("body", part) for part in parts]
    terms = frozenset(term for run in runs for term in run)
    return Seeker(
        lambda read: join([read.run(run) for run in runs], read),
        terms,
        beginnings=frozenset(map(beginning, terms)),
        reach=reach,
    )


def _word(text: str) -> Seeker:
    """A word by its stem or its second form; "U.S." by the latter alone."""
    form = forms(text)[0]
    only = form.also and "." in text
    terms = frozenset({form.also} if only else {form.stem, form.also} - {""})
    small = text[:1].isupper() and host(text).lower() in COMMON
    return Seeker(
        lambda read: _each(sorted({one for term in terms for one in read.run([term])})),
        terms,
        beginnings=frozenset(map(beginning, terms)),
        reach=int(small),
        small=small,
    )


def _each(found: Iterable[Stretch]) -> list[Group]:
    """Stretches that match each by itself."""
    return [(stretch,) for stretch in found]


def _in_sentences(units: Sequence[Sequence[Stretch]], starts: Sequence[int]) -> list[Stretch]:
    """The stretches within the sentences that have all of them."""
    shared = shared_sentences(units, starts)
    return sorted(
        {
            (first, last)
            for unit in units
            for first, last in unit
            if sentence_of(starts, first) in shared
            and sentence_of(starts, first) == sentence_of(starts, last)
        }
    )
