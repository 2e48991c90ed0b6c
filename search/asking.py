"""Questions in a sentence: the words that only ask are not what an article must have.

"What happened at Fukushima" is answered by articles that never say "what". Only where words alone
are asked for, and none in quotes: whoever writes an operator, a field or quotes means each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.clauses import AllOf, Clause, Phrase, Word, is_common, only_asks
from search.language import Query
from search.tokens import plain
from search.wording import Listed, pattern, said

_AND = pattern("{before} and {next}")

_QUESTIONS = frozenset("what which whose whom how why when where".split())  # noqa: SIM905
# Behind these "who" asks; else it is a name.
_BEHIND_WHO = frozenset(
    "is was are were did does do has have had will would can could should".split()  # noqa: SIM905
)


def without_asking(query: Query) -> Query:
    """``query`` without its question words where it is a question; a note says so."""
    text, root = plain(query.text), query.root
    if not isinstance(root, AllOf) or '"' in text or not all(map(_is_free, root.parts)):
        return query
    who = _begins_with_who(root.parts)
    if not (who or text.rstrip().endswith("?") or _begin(root.parts[0]) in _QUESTIONS):
        return query
    left_out = [
        part
        for number, part in enumerate(root.parts)
        if isinstance(part, Word) and (_asks(part) or (who and number == 0))
    ]
    kept = tuple(part for part in root.parts if part not in left_out)
    if not left_out or all(map(is_common, kept)):
        return query
    clause = kept[0] if len(kept) == 1 else AllOf(kept)
    words = [said("“{text}”", text=word) for word in dict.fromkeys(p.text for p in left_out)]
    note = said("only asking, and not searched for: {words}", words=Listed(_AND, words))
    return replace(query, root=clause, notes=(*query.notes, note))


def _is_free(part: Clause) -> bool:
    return isinstance(part, Word | Phrase) and part.field is None and not _is_prefix(part)


def _is_prefix(part: Word | Phrase) -> bool:
    return isinstance(part, Word) and part.prefix


def _asks(word: Word) -> bool:
    return not is_common(word) and (only_asks(word) or _begin(word) in _QUESTIONS)


def _begins_with_who(parts: Sequence[Clause]) -> bool:
    """ "Who is", "who's"; not WHO."""
    first, second = parts[0], parts[1]
    if _begin(first) != "who":
        return False
    joined = isinstance(first, Word) and len(first.text) > len("who")
    return joined or _begin(second) in _BEHIND_WHO


def _begin(part: Clause) -> str:
    """The word without what an apostrophe joins to it; names in capitals are none."""
    if not isinstance(part, Word) or (part.text.isupper() and len(part.text) > 1):
        return ""
    return part.text.casefold().replace("’", "'").partition("'")[0]
