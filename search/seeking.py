"""Where in one text a clause matches: each kind of clause, looked for as the index found it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.analysis import Word as Token
from index.analysis import forms
from index.sentences import sentences
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
    Sentence,
    Word,
    Worded,
    is_common,
)
from search.spellings import bare, fits, folded, is_near
from search.translation import run_of
from search.windows import Stretch, sentence_of, shared_sentences, stretches, windows


@dataclass(frozen=True)
class Text:
    """A text to look in. ``lead`` is where its lead ends, ``title`` whether it is a headline."""

    text: str
    tokens: Sequence[Token]
    lead: int = 0
    title: bool = False
    by_term: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for place, token in enumerate(self.tokens):
            self.by_term.setdefault(token.forms.stem, []).append(place)
            if token.forms.also:
                self.by_term.setdefault(token.forms.also, []).append(place)

    def run(self, terms: Sequence[str]) -> list[Stretch]:
        """Where these terms follow one another."""
        places = [self.by_term.get(term, ()) for term in terms]
        return stretches(places) if all(places) else []

    def spelt(self, holds: Callable[[str], bool]) -> list[Stretch]:
        """The words whose folded spelling is as asked for."""
        return [
            (place, place)
            for place, token in enumerate(self.tokens)
            if holds(bare(token.forms.exact))
        ]

    @cached_property
    def sentences(self) -> Sequence[int]:
        """The place at which each sentence starts; a headline is one sentence."""
        if self.title:
            return ()
        starts = [start for start, _ in sentences(self.text)]
        return [
            place
            for place, token in enumerate(self.tokens)
            if place == 0
            or sentence_of(starts, token.start) != sentence_of(starts, self.tokens[place - 1].start)
        ]

    @cached_property
    def lead_words(self) -> int:
        """How many of its words are in the lead."""
        return sum(token.start < self.lead for token in self.tokens)


Seeker = Callable[[Text], list[Stretch]]


def seekers(clause: Clause, where: Field | None) -> Iterator[Seeker]:
    """What looks for each piece of ``clause`` in the text of a field; None is the body.

    What is bound to another field, or under NOT, or picks by date or length, is not looked for.
    """
    match clause:
        case AllOf(parts) | AnyOf(parts):
            # Small words are not worth a mark, unless there is nothing else.
            shown = [part for part in parts if not is_common(part)] or parts
            for part in shown:
                yield from seekers(part, where)
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

    def sought(text: Text) -> list[Stretch]:
        tokens = text.tokens[: text.lead_words]
        return seeker(Text(text.text, tokens, text.lead, text.title))

    return sought


def _seeker(clause: Worded) -> Seeker:  # noqa: PLR0911 - a return for each kind of clause
    match clause:
        case Word(text, _, True):
            beginning = bare(forms(text)[0].exact)
            return lambda read: read.spelt(lambda word: word.startswith(beginning))
        case Word(text):
            return _word(text)
        case Pattern(text):
            pattern = folded(text)
            return lambda read: read.spelt(lambda word: fits(pattern, word))
        case Fuzzy(text, _, edits):
            sought = folded(text)
            return lambda read: read.spelt(lambda word: is_near(word, sought, edits))
        case Phrase(text):
            terms = run_of("body", text)
            return lambda read: read.run(terms)
        case Near(parts, places):
            runs = [run_of("body", part) for part in parts]
            return lambda read: _flat(windows([read.run(run) for run in runs], places))
        case Sentence(parts):
            runs = [run_of("body", part) for part in parts]
            return lambda read: _in_sentences([read.run(run) for run in runs], read.sentences)
        case AtLeast(text, times):
            terms = run_of("body", text)
            return lambda read: found if len(found := read.run(terms)) >= times else []


def _word(text: str) -> Seeker:
    """A word by its stem or its second form; "U.S." by the latter alone."""
    form = forms(text)[0]
    only = form.also and "." in text
    terms = [form.also] if only else list(filter(None, (form.stem, form.also)))
    return lambda read: sorted({one for term in terms for one in read.run([term])})


def _flat(found: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    return sorted({stretch for window in found for stretch in window})


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
