"""What to ask instead where nothing was found: each repair with how much it would find.

That is counted from arrays that are there already; only a part that is put in another's place is
searched for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

import numpy as np

from search.clauses import (
    AnyOf,
    AtLeast,
    Clause,
    Dated,
    Near,
    Phrase,
    Sentence,
    Word,
    all_of,
    printed,
    worded,
)
from search.corrections import Corrector
from search.days import Days, months_from
from search.language import MOST_CHARACTERS
from search.leaves import split
from search.loosening import groups
from search.questions import Part, Question, all_hold, droppable, in_quotes, kept_without
from search.request import SearchRequest
from search.results import Repair
from search.wording import Listed, pattern, said

MOST_REPAIRS = 6
_MOST_DROPPED = 3  # repairs that only leave something out
_MOST_LOOSENED = 3  # clauses; each is searched for once more
_SMALL = 2  # letters of words as en, la, di; names of two letters are in capitals
_YEARS_AROUND = (0, 1, 5)  # by how many years days are made wider
_AND = pattern("{before} and {next}")
_THEN = pattern("{before}, {next}")


def repairs(question: Question, corrector: Corrector) -> tuple[Repair, ...]:
    """At most six repairs that find something, the best first."""
    found: dict[SearchRequest, Repair] = {}
    for repair in _repairs(question, corrector):
        if repair.matches and len(repair.request.q) <= MOST_CHARACTERS:
            found.setdefault(repair.request, repair)
        if len(found) == MOST_REPAIRS:
            break
    return tuple(found.values())


def _repairs(question: Question, corrector: Corrector) -> Iterator[Repair]:
    yield from _spelt(question, corrector)
    yield from _wider(question)
    yield from _looser(question)
    yield from _shorter(question)
    yield from _either(question)


# -- other spellings


def meant(question: Question, corrector: Corrector) -> Repair | None:
    """The request with its slips mended, where that finds something: all of it, for a word that
    finds what another finds anyhow was not helped by its spelling."""
    corrected = _corrected(question, corrector)
    matches = corrected.total(all_hold(corrected.parts))
    return Repair(said("the usual spelling"), corrected.asking({}), matches) if matches else None


def _spelt(question: Question, corrector: Corrector) -> Iterator[Repair]:
    slips = [slip for clause in question.clauses for slip in corrector.slips(clause)]
    for choice in range(len(slips[0].meant) if len(slips) == 1 else len(slips[:1])):
        corrected = _corrected(question, corrector, choice)
        instead = [
            said("“{meant}” instead of “{typed}”", meant=slip.meant[choice], typed=slip.typed)
            for slip in slips
        ]
        text = Listed(_THEN, instead)
        repair = Repair(text, corrected.asking({}), corrected.total(all_hold(corrected.parts)))
        if repair.matches:
            yield repair
        elif not choice:  # it is right, and not enough
            for shorter in _shorter(corrected, beside_slips=True):
                if all(slip.meant[choice] in shorter.request.q for slip in slips):
                    yield replace(shorter, text=Listed(_THEN, [text, shorter.text]))


def _corrected(question: Question, corrector: Corrector, choice: int = 0) -> Question:
    """``question`` with its slips mended; the clauses that this changes are searched for."""
    clauses = tuple(corrector.corrected(clause, choice) for clause in question.clauses)
    changed = {place for place, clause in enumerate(clauses) if clause != question.clauses[place]}
    parts = tuple(
        replace(
            part,
            text=printed(clauses[part.place]),
            find=partial(question.run, clauses[part.place]),
        )
        if part.place is not None and part.place in changed
        else part
        for part in question.parts
    )
    return replace(question, clauses=clauses, parts=parts)


# -- wider days


def _wider(question: Question) -> Iterator[Repair]:
    for number, part in enumerate(question.parts):
        clause = None if part.place is None else question.clauses[part.place]
        if isinstance(clause, Dated) and not clause.updated:
            yield from _stretched(question, number, clause.days)
        elif question.days is not None and "start" in part.changes:
            yield from _stretched(question, number, question.days)


def _stretched(question: Question, number: int, days: Days) -> Iterator[Repair]:
    """The first of wider stretches of years that finds something."""
    others = all_hold(question.parts[:number] + question.parts[number + 1 :])
    place = question.parts[number].place
    for years in _YEARS_AROUND if others.any() else ():
        wider = _years(days, years)
        if wider is None or wider == days:
            continue
        first, last = wider.first, wider.last
        names = [str(day.year) if day else "" for day in (first, last)]
        text = names[0] if names[0] == names[1] else "..".join(names)
        dated = Dated(wider, text)
        if place is None:
            request = question.asking({}, start=names[0], end=names[1])
        else:
            request = question.asking({place: dated})
        if matches := question.total(others & question.run(dated)):
            yield Repair(said("published {days}", days=wider.said), request, matches)
            return


def _years(days: Days, more: int) -> Days | None:
    """The whole years that ``days`` are of, and as many ``more`` before and after."""
    try:
        first = months_from(days.first.year - more, 1, 12).first if days.first else None
        after = months_from(days.last.year + more, 1, 12).after if days.last else None
    except ValueError:  # beyond the calendar
        return None
    return Days(first, after)


# -- clauses that ask for less


def _looser(question: Question) -> Iterator[Repair]:
    left = _MOST_LOOSENED
    for number, part in enumerate(question.parts):
        looser = _loosened(question.clauses[part.place]) if part.place is not None else None
        if looser is None or part.place is None or not left:
            continue
        left -= 1
        others = all_hold(question.parts[:number] + question.parts[number + 1 :])
        matches = question.total(others & question.run(looser))
        text = said("{words} anywhere, not only {clause}", words=printed(looser), clause=part.text)
        yield Repair(text, question.asking({part.place: looser}), matches)


def _loosened(clause: Clause) -> Clause | None:
    """The words of a clause wherever they stand, in any order; None where they may already."""
    match clause:
        case Word(_, "title" | "lead" | "section" | "tag" | "dateline"):
            return replace(clause, field=None)
        case Phrase(text, None | "title" | "lead" | "author" as field):
            return all_of([Word(word, field) for word in split(text)])
        case Near(parts, _, field) | Sentence(parts, field):
            return all_of([worded(part, field) for part in parts])
        case AtLeast(text):
            return worded(text)
        case _:
            return None


# -- fewer clauses


def _shorter(question: Question, *, beside_slips: bool = False) -> Iterator[Repair]:
    """Without what no article has beside the rest. Small words of another language say nothing by
    themselves, and nothing ``beside_slips``: "guerre en Syrie" is not mended as "en Syria"."""
    small = {number for number, part in enumerate(question.parts) if _is_small(question, part)}
    for some in islice(droppable(question), _MOST_DROPPED):
        missing = tuple(sorted({*some, *small})) if beside_slips else some
        words = {number for number, part in enumerate(question.parts) if part.is_words}
        if words - small and not words - small - {*missing}:
            continue
        dropped = [question.parts[number] for number in missing]
        kept = kept_without(question, missing)
        without: dict[int, Clause | None] = {
            part.place: None for part in dropped if part.place is not None
        }
        changes = {name: value for part in dropped for name, value in part.changes.items()}
        request = question.asking(without, **changes)
        yield Repair(_saying(dropped, kept), request, question.total(all_hold(kept)))


def _is_small(question: Question, part: Part) -> bool:
    clause = None if part.place is None else question.clauses[part.place]
    return (
        isinstance(clause, Word)
        and not clause.prefix
        and len(clause.text) <= _SMALL
        and clause.text.islower()
        and clause.text.isalpha()
    )


def _saying(dropped: Sequence[Part], kept: Sequence[Part]) -> Listed:
    words = [in_quotes(part.text) for part in dropped if part.is_words]
    staying = [in_quotes(part.text) for part in kept if part.is_words]
    told = [part.freed for part in dropped if part.freed]
    if len(words) > len(staying):
        told.insert(0, said("only {words}", words=_listed(staying)))
    elif words:
        told.insert(0, said("leave out {words}", words=_listed(words)))
    return Listed(_THEN, told)


# -- any of the clauses


def _either(question: Question) -> Iterator[Repair]:
    """Any of the words instead of all; where the request may fall back to that it has done so."""
    numbered = [(n, part.place) for n, part in enumerate(question.parts) if part.place is not None]
    loose = groups([question.clauses[place] for _, place in numbered])
    several = [[numbered[n] for n in group] for group in loose if len(group) > 1]
    if question.request.match != "all" or not several:
        return
    replaced: dict[int, Clause | None] = {}
    holds = all_hold(kept_without(question, [n for group in several for n, _ in group]))
    for group in several:
        places = [place for _, place in group]
        either = AnyOf(tuple(question.clauses[place] for place in places))
        replaced |= {**dict.fromkeys(places), places[0]: either}
        holds = holds & np.logical_or.reduce([question.parts[n].holds for n, _ in group])
    yield Repair(said("any of the words"), question.asking(replaced), question.total(holds))


def _listed(parts: Sequence[str]) -> Listed:
    return Listed(_THEN, parts, last=_AND)
