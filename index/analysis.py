"""From text to index terms, the same for articles and for queries.

What news needs and plain word splitting loses stays findable: C++, AT&T, U.S., O'Brien, 100,000.
Every word is indexed, "the" and "May" included, so that phrases mean what they say and names that
look like small words are found; which words a query may leave out is the query's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

# Scripts without spaces between words: each character is a term, and a word is a phrase of them.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_ALNUM = rf"[^\W_{_CJK}]|[\u0300-\u036f]"
_TOKEN = re.compile(
    rf"""
      (?:[A-Za-z]\.){{2,}}[A-Za-z]?(?!\w)                        # U.S.  U.S  e.g.
    | (?<![\w.])[A-Za-z]\.[A-Za-z](?![\w.])                      # U.S
    | [A-Za-z](?:\+\+|\#)(?!\w)                                 # C++  C#
    | \d{{1,3}}(?:,\d{{3}})+(?!,?\d)(?:\.\d+)?[^\W\d_]*         # 100,000  10,000m
    | \d+(?:\.\d+)+[^\W\d_]*                                   # 3.5  1.5bn
    | [^\W_{_CJK}](?:{_ALNUM})*(?:['’ʼ&][^\W\d_{_CJK}]+)*  # O'Brien  AT&T  Trump's  1980s
    | [{_CJK}]
    """,
    re.VERBOSE,
)
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?")
# What leans on a word: Trump's, she'll, we're, I'd. With it these would be shell, were and id. A
# name may end so, as Sa'd does; a word that is nothing else stays.
_LEANING = re.compile(
    r"(?:(?<=.)['’ʼ](?:s|ll|re|ve)|(?:(?<=\bI)|(?<=\b(?:he|we|it))|(?<=\b(?:she|you|who))"
    r"|(?<=\bthey))['’ʼ]d|(?<=\bI)['’ʼ]m)$",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"['’ʼ]")
# Signs of ASCII that are part of no word: the others are in U.S., 100,000, O'Brien, AT&T, C++, C#.
APART = '!"$%()*-/:;<=>?@[\\]^`{|}~'
# A word of the index is never longer; a longer one in a text is data, not a word.
_LONGEST = 64
# Between the folded spelling and the spelling as written, in terms of the field of exact words:
# it sorts before every letter, so that all spellings of a word stand together.
SPELLING = "\u0001"

_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = 0  # the cache is ``_forms``

# Words, a line for each and its forms, that Snowball would make one with others of another meaning:
# unit, severe and several, import, executions, the House. The first is the stem, which Snowball
# never makes. All classes of stems with two frequent words in 60,000 articles were looked at. The
# last lines are of forms that it does not bring together.
_OF_THEIR_OWN = """
according accordingly accordance
accountable accountability
activism activist activists
apartment apartments
association associations
authority authorities
authorize authorizes authorized authorizing authorization authorizations
boeing
busy busier busiest
candidate candidates
capitalism capitalist capitalists
capitalization capitalize capitalizes capitalized capitalizing
celebrity celebrities
collective collectively collectives
commentator commentators
conservative conservatives conservatively
considerable considerably
constitute constitutes constituted constituting
contention contentions
contraction contractions
convention conventions
conversion conversions
cooperate cooperates cooperated cooperating cooperation cooperative cooperatively
corps
courted courting courtship
critical critically
customs
decisive decisively
defendant defendants
definition definitions
designate designates designated designating designation designations
digital digitally
directive directives
edition editions
emergency emergencies
engineer engineers engineered engineering
exceptional exceptionally
executive executives
expensive
federation federations
finalize finalizes finalized finalizing
finally
france
futures
goods
handful
holdings
hollande
hospitality
housing
humane humanely
humanism humanist humanists
humanity
identical identically
important importantly importance
indices
informant informants
initiative initiatives
ins
irs
insider insiders
integrity
ironic ironically
its
maine
majority majorities
malignant malignancy
marginal marginally
marvell
materialize materializes materialized materializing
memorial memorials
mineral minerals
minority minorities
mobile mobiles
morale
national nationally nationals
nationalism nationalist nationalists
nationalize nationalizes nationalized nationalizing nationalization
nominal nominally
objective objectives objectively
officer officers
operative operatives
opposite opposites
personal personally
personality personalities
position positions positioned positioning
practical practically
presentation presentations
preside presides presided presiding
probability probabilities
productivity
progressive progressives progressively
projection projections
publication publications
publicity
quite
rating ratings
rational rationally
reasonable reasonably
recession recessions recessionary
refinance refinances refinanced refinancing
relative relatives relatively
representative representatives
reservation reservations
respective respectively
respondent respondents
responsible responsibly responsibility responsibilities
savings
securities
security
senator senators
several
severance
severe severely severity
socialism socialist socialists
stated
steele
succession
successive successively
terminal terminals
transition transitions transitional transitioned transitioning
underlying
united
university universities
ups
wonderful wonderfully

do does
go goes
sue sued suing
"""
OWN_STEMS = {word: line.split()[0] for line in _OF_THEIR_OWN.split("\n") for word in line.split()}


@dataclass(frozen=True, slots=True)
class Forms:
    """The terms of one word.

    ``stem``: see ``stems``; ``also``: a second term at the same place, such as u.s. beside us;
    ``exact``: the folded word, and the spelling behind it where accents differ.
    """

    stem: str
    exact: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its terms, its place among the words, and where it stands."""

    forms: Forms
    position: int
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; ``position`` counts them from 0."""
    for position, match in enumerate(_TOKEN.finditer(text)):
        yield Word(forms_of(match.group()), position, match.start(), match.end())


def forms(text: str) -> list[Forms]:
    """The forms of the words of ``text`` in order: what indexing needs, three times as fast."""
    return [forms_of(word) for word in _TOKEN.findall(text)]


def raw_words(text: str) -> list[str]:
    """The words of ``text`` as they are cut out of it, before any folding.

    A word never holds white space nor any of ``APART``, nor depends on what is beyond it: text may
    be cut there first.
    """
    return _TOKEN.findall(text)


def raw_words_of_lines(lines: str) -> list[str]:
    """The raw words of all lines in order, and behind those of each line its line feed."""
    return _token_or_end().findall(lines)


@cache
def _token_or_end() -> re.Pattern[str]:
    """What finds the end of each line like a word; made when it is first needed, because that takes
    longer than a search does, which has no use for it."""
    return re.compile(rf"{_TOKEN.pattern} | \n", re.VERBOSE)


@lru_cache(maxsize=100_000)
def forms_of(word: str) -> Forms:
    """The terms of one word as it is cut out of a text."""
    return fresh_forms_of(word)


def fresh_forms_of(word: str) -> Forms:
    """The same for words that will not be asked for again."""
    if not is_plain(word):
        return _odd_forms(word)
    folded = plainly_folded(word)
    return Forms(_stem(folded), folded)


def is_plain(word: str) -> bool:
    """Whether it is letters of English, so that ``plainly_folded`` and stemmed is all it becomes;
    two or three capitals may be an abbreviation."""
    return word.isascii() and word.isalpha() and not (2 <= len(word) <= 3 and word.isupper())


def plainly_folded(word: str) -> str:
    """A plain word as it is indexed."""
    return word[:_LONGEST].lower()


def stems(folded: list[str]) -> list[str]:
    """The stem of each folded word: Snowball English, but for some words of their own."""
    found: list[str] = _stemmer.stemWords(folded)
    for place, word in enumerate(folded):
        if word in OWN_STEMS:
            found[place] = OWN_STEMS[word]
    return found


def _stem(folded: str) -> str:
    return stems([folded])[0]


def _odd_forms(word: str) -> Forms:
    if word.isascii() and word.isalpha():
        # US is found by U.S., and UN by U.N.; longer ones are seldom written with stops.
        folded = word.lower()
        return Forms(_stem(folded), folded, ".".join(folded) + ".")
    if _DOTTED.fullmatch(word):
        letters = word.replace(".", "").lower()
        return Forms(letters, letters, ".".join(letters) + ".")
    if word[0].isdigit():
        plain = fold(word.replace(",", ""))
        return Forms(plain, plain)
    word = host(word)
    if "&" in word or word[-1] in "+#":
        term = fold(word)[:_LONGEST]
        return Forms(term, _spelt(term, word.lower()[:_LONGEST]))
    bare = _APOSTROPHE.sub("", word)
    folded = fold(bare)[:_LONGEST]
    return Forms(_stem(folded), _spelt(folded, bare.lower()[:_LONGEST]))


def _spelt(folded: str, lower: str) -> str:
    return folded if folded == lower else folded + SPELLING + lower


def host(word: str) -> str:
    """``word`` without what leans on it: what of "what's", we of "we're"."""
    return _LEANING.sub("", word)


def fold(text: str) -> str:
    """``text`` in lower case without accents: "Café" and "CAFE" are both cafe."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def name_key(name: str) -> str:
    """The one spelling under which a name, a source or a tag is filtered: folded, one space."""
    return " ".join(fold(name).split())
