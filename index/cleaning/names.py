"""Names of people in running text: where a name as shown runs into a fuller form of itself.

"Senator Ann Lee Ann Margaret Lee" shows Ann Lee and then gives her whole name. Such a meeting is
rare in prose and the surest sign of a card pasted into a sentence; see ``rollover``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Ranges and no classes like \w: to find the next capital is most of the work, and in a range of
# characters it is found ten times as fast.
_EXTENDED = [chr(code) for code in range(0x100, 0x180)]
UPPER = "A-ZÀ-ÖØ-Þ" + "".join(letter for letter in _EXTENDED if letter.isupper())
LOWER = "a-zß-öø-ÿ" + "".join(letter for letter in _EXTENDED if letter.islower())

SUFFIX = r"(?:[JS]r\b\.?|I{2,3}\b|IV\b)"
_PIECE = rf"[{UPPER}][{LOWER}’'-]{{1,24}}+"  # of a surname: Lee, Mc and Connell, Winter- and Holm
_NICKNAME = rf"\([{UPPER}][^()\n]{{0,24}}\)|[\"“][^\"“”\n]{{1,20}}[\"”]"
_PARTICLE = r"(?:d[aeiou]s?|d[aei]ll?a|v[ao]n|de[rn]|bin|[ae]l|l[ae])\b"
_INITIAL = rf"[{UPPER}](?:\.[{UPPER}])*+\.?"
_GIVEN = (
    rf"(?:(?![A-Z]{{3}})[{UPPER}][{UPPER}{LOWER}’'-]{{1,24}}+(?<![’']s)|{_INITIAL}|St\.|{_NICKNAME}"
    rf"|{_PARTICLE})(?:[^\S\n]{{1,2}}\n?|\n)[^\S\n]?+"
)
_MOST_GIVEN = 6


def _repeated(surname: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<surname>{surname})(?<![’'-])(?<![’']s)(?=(?:,?\s{SUFFIX})?+(?P<space>\s{{0,6}}+)"
        rf"(?P<full>(?:{_GIVEN}){{1,{_MOST_GIVEN}}}?(?P=surname))(?![{LOWER}]))"
    )


# A surname of as many pieces as come again: in "LoBiondo Frank LoBiondo" it is not "Lo".
_REPEATED = _repeated(rf"{_PIECE}(?:{_PIECE}){{0,3}}")
_REPEATED_SHORTER = [_repeated(_PIECE * pieces) for pieces in (1, 2, 3)]

_TOKEN = re.compile(rf"(?P<name>[{UPPER}][{LOWER}’'-]+)|{_INITIAL}|St\.|{_NICKNAME}|{_PARTICLE}")
_GAP = re.compile(r"\s{0,6}")
# Words that begin with a capital in titles of books and songs, and in no name.
_SMALL_WORDS = frozenset(
    "after all an and are as at be before but by can did do for from had has have he her his how"  # noqa: SIM905
    " if in is it its more my no not of off on or our out over she so than that the their they this"
    " to up was we were what when where who why with you your".split()
)
# And the first half of a name in two capitals ("Mc|Connell" is where no other name begins), and
# words that are repeated in titles of people and offices.
_NO_SURNAMES = _SMALL_WORDS | frozenset(
    "mc mac de la le lo du di st fitz van o administration chairman committee department director"  # noqa: SIM905
    " governor house minister president secretary senate senator".split()
)
# The capitalised words right before a surname: the rest of the shown name, and titles.
_SHOWN_BEFORE = re.compile(rf"(?:(?:[{UPPER}][\w.’'-]*|{_NICKNAME}|{_PARTICLE})\s+){{1,3}}$")
_TITLE = re.compile(
    r"\b(?:Sens?\.|Reps?\.|Govs?\.|Mrs?\.|Ms\.|Dr\.|Gen\.|Adm\.|Lt\.|Col\.|President|Senator"
    r"|Congress(?:wo)?man|Governor|Speaker|Leader|Whip|Secretary|Director|Chair(?:wo)?(?:man)?"
    r"|Mayor|Minister|Chancellor|Ambassador|Commissioner|Counsel|General|Justice|Judge|Prince|Princess"
    r"|King|Queen|Pope)\s+$"
)
_SIGNS = ".,()“”\"‘’'"
# First names that do not begin like the longer name they stand for.
_SHORT_FORMS = frozenset(
    "andy:andrew bernie:bernard betsy:elizabeth betty:elizabeth bill:william billy:william"  # noqa: SIM905
    " bob:robert bobby:robert chuck:charles dick:richard hank:henry harry:henry jack:john"
    " jake:jacob jen:jennifer jerry:gerald jerry:jerome jim:james jimmy:james joe:joseph"
    " johnny:john kathy:catherine larry:lawrence liz:elizabeth maggie:margaret mick:michael"
    " mike:michael peggy:margaret pete:peter rick:richard rob:robert sandy:alexander"
    " steve:stephen ted:edward ted:theodore tommy:thomas tom:thomas tony:anthony"
    " will:william".split()
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A shown name that runs into a fuller one: its ``surname_start`` to ``join``, then white space
    or nothing, then the full name, ``full_start`` to ``full_end``. ``exact`` is whether the
    surname comes again to the letter."""

    surname_start: int
    join: int
    full_start: int
    full_end: int
    surname: str
    exact: bool = True


def meetings(text: str, start: int, end: int) -> Iterator[Meeting]:
    """Where a surname between ``start`` and ``end`` comes again, to the letter, after given names.

    In the order of the text; they may overlap. Linear in ``end - start``.
    """
    for found in _REPEATED.finditer(text, start, end):
        surname = found["surname"]
        if surname.lower() not in _NO_SURNAMES:
            yield _meeting(found)
        if found["space"] and not surname[1:].islower():
            yield from _shorter_meetings(text, found, end)


def _shorter_meetings(text: str, found: re.Match[str], end: int) -> Iterator[Meeting]:
    """In "TrumpDonald John TrumpDonald Trump says" it may be Trump after all."""
    for pattern in _REPEATED_SHORTER:
        shorter = pattern.match(text, found.start(), end)
        if (
            shorter is not None
            and shorter.end() < found.end()
            and shorter["surname"].lower() not in _NO_SURNAMES
        ):
            yield _meeting(shorter)


def _meeting(found: re.Match[str]) -> Meeting:
    return Meeting(
        found.start(),
        found.start("space"),
        found.start("full"),
        found.end("full"),
        found["surname"],
    )


def near_meetings(text: str, start: int, end: int, again: str = "") -> Iterator[Meeting]:
    """Where a surname comes again in another spelling: an accent, an apostrophe, one letter.

    ``again`` is a word that may stand for the second half of a name shown in two pieces. Slower
    than ``meetings``, but linear too.
    """
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if run and not _GAP.fullmatch(text, run[-1].end(), token.start()):
            run = []
        run = [*run[-_MOST_GIVEN - 1 :], token]
        if not _may_end_a_name(token):
            continue
        name = token.group()
        for shown, full in pairwise(run):
            if _may_end_a_name(shown) and (
                alike(shown.group(), name) or (again and alike(again, name))
            ):
                yield Meeting(shown.start(), shown.end(), full.start(), token.end(), name, False)


def _may_end_a_name(token: re.Match[str]) -> bool:
    """Whether a piece may be a surname or the end of one: no half of one, no possessive."""
    name = token["name"]
    return bool(name) and name[-1] not in "’'-" and name.lower() not in _NO_SURNAMES


def alike(one: str, other: str) -> bool:
    """Whether two surnames are one but for case, accents, signs, or one letter of six or more."""
    one, other = _letters(one), _letters(other)
    if one == other:
        return len(one) > 1
    short, long = sorted((one, other), key=len)
    if len(long) < 6 or len(long) - len(short) > 1:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    return long[same + 1 :] in (short[same:], short[same + 1 :])


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalpha())


def agreement(text: str, meeting: Meeting) -> int:
    """How well the first names agree: 3 where a shown one begins the full name, 2 where it is the
    nickname in it, 1 where it is another name, 0 where nothing shown is repeated."""
    shown = _SHOWN_BEFORE.search(text, max(0, meeting.surname_start - 50), meeting.surname_start)
    first_names = _words(shown.group()) if shown else []
    full = text[meeting.full_start : meeting.full_end - len(meeting.surname)].split()
    best = 0
    for number, name in enumerate(full):
        if any(_same_first(first, given) for given in _words(name) for first in first_names):
            best = max(best, 3 if number == 0 else 2 if name[0] in '(“"' else 1)
    return best


def same_first_name(text: str, meeting: Meeting) -> bool:
    """Whether the word before the surname begins the full name or is its nickname, to the letter.

    Nearly always it does, and this is said much sooner than ``agreement``.
    """
    names = text[meeting.full_start : meeting.full_end].replace("(", "").split(None, 2)[:2]
    return any(
        text.startswith(f"{name} ", meeting.surname_start - len(name) - 1)
        for name in names[:1] + [name[:-1] for name in names[1:] if name[-1] == ")"]
    )


def is_titled(text: str, meeting: Meeting) -> bool:
    """Whether only a title stands before the shown surname: "President Lee"."""
    return bool(_TITLE.search(text, max(0, meeting.surname_start - 20), meeting.surname_start))


def is_bare(text: str, meeting: Meeting) -> bool:
    """Whether the surname is shown alone, so that no first name can agree."""
    return not _SHOWN_BEFORE.search(text, max(0, meeting.surname_start - 50), meeting.surname_start)


def reads_as_title(text: str) -> bool:
    """Whether a run of capitalised words is the title of something, and so nobody's name."""
    return not _SMALL_WORDS.isdisjoint(text.lower().split())


def _same_first(one: str, other: str) -> bool:
    """Whether two first names may be the same person's: Ann and Ann, Deb and Deborah, Bill and
    William."""
    return (
        one == other
        or other.startswith(_stem(one))
        or one.startswith(_stem(other))
        or f"{one}:{other}" in _SHORT_FORMS
        or f"{other}:{one}" in _SHORT_FORMS
    )


def _stem(name: str) -> str:
    """What a short form has of the long one: debbie gives deb, charlie charl, pete pet."""
    stem = name.removesuffix("ie").removesuffix("y").removesuffix("e")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return stem if len(stem) > 1 else name


def _words(text: str) -> list[str]:
    return [bare for word in re.split(r"[\s-]+", fold(text)) if (bare := word.strip(_SIGNS))]


class _Folding(dict[int, str]):
    """Single characters to the same without case and accent; filled as they are met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` without case and accents, character for character, so that offsets agree."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)
