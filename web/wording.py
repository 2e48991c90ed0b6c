"""The language of the pages: words from a catalogue, dates and numbers as that language has them.

English stands in the sources. ``words/microfiche.pot`` lists all of it, ``words/<language>.po`` has
it in another language; both are made by ``collecting.py``. Nothing else here knows catalogues.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from index.article import Stamp
from search.request import Interval
from search.wording import Language, Listed, Said, said

WORDS = Path(__file__).parent / "words"
ENGLISH = "en"
_LOCALES = {ENGLISH: "en_GB"}  # 4 March, not March 4


def languages() -> list[str]:
    """The codes of the languages that pages can be in."""
    return [ENGLISH, *sorted(path.stem for path in WORDS.glob("*.po"))]


# A page says the same hundred numbers and days again and again.


@lru_cache(maxsize=4096)
def _number(count: int, locale: Locale) -> str:
    told: str = format_decimal(count, locale=locale)
    return told


@lru_cache(maxsize=4096)
def _formed(skeleton: str, day: date, locale: Locale) -> str:
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(maxsize=4096)
def _day(day: date, locale: Locale) -> str:
    return format_date(day, "long", locale=locale)


@lru_cache
def wording_in(language: str) -> Wording:
    """The wording in one of ``languages``."""
    locale = Locale.parse(_LOCALES.get(language, language))
    return Wording(language, locale, _catalogue(language))


def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    with (WORDS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    made = BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    return GNUTranslations(made)


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a page says in one language; ``language`` is its code."""

    language: str
    locale: Locale
    catalogue: NullTranslations

    # -- words

    def gettext(self, text: str) -> str:
        """A text of ours; where the catalogue does not have it, itself."""
        return self.catalogue.gettext(text) if text else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.catalogue.ngettext(one, many, count)

    def translated(self, text: Any) -> Any:
        """What was said, in this language; anything else stays as it is."""
        match text:
            case Said():
                return _Filling(self).vformat(self._pattern(text), (), text.values)
            case Listed():
                return self._listed(text)
            case Language():
                return self.name_of(text.code)
            case _:
                return text

    def phrase(self, text: str) -> str:
        """What was said, or a text that is in the catalogue as it stands, such as a reason."""
        told: str = self.translated(text)
        return self.gettext(told) if told is text else told

    def sentence(self, text: str) -> str:
        """What was said as a sentence of its own: with a capital and a full stop."""
        return f"{self.capital(text)}."

    def capital(self, text: str) -> str:
        """What was said, with a capital."""
        told = self.translated(text)
        return f"{told[:1].upper()}{told[1:]}"

    def _pattern(self, text: Said) -> str:
        if text.many:
            return self.ngettext(text.pattern, text.many, text.values["count"])
        return self.gettext(text.pattern)

    def _listed(self, text: Listed) -> str:
        parts = [self.translated(part) for part in text.parts]
        patterns = [self.gettext(text.between)] * (len(parts) - 1)
        if text.last and patterns:
            patterns[-1] = self.gettext(text.last)
        told: str = parts[0] if parts else ""
        for pattern, part in zip(patterns, parts[1:], strict=True):
            told = pattern.format(before=told, next=part)
        return told

    # -- numbers and names

    def number(self, count: float) -> str:
        """A whole number, thousands apart: "60,662"."""
        return _number(round(count), self.locale)

    def percent(self, share: float) -> str:
        """With two digits that count, as far as a reader wants them: 0.12, 3.4, 56."""
        told = f"{share:.0f}" if share >= 10 or share == 0 else f"{share:.2g}"
        decimal: str = self.locale.number_symbols["latn"]["decimal"]
        return told.replace(".", decimal)

    def name_of(self, language: str) -> str:
        """A language by its name; its code where that has none."""
        name: str = self.locale.languages.get(language, language)
        return name

    # -- days

    def spelt_date(self, stamp: Stamp | None) -> str:
        """A date as a reader wants it, no finer than it is known, doubt included."""
        if stamp is None:
            return self.gettext("undated")
        day = self.spelt_day(stamp.at.date(), stamp.precision)
        if stamp.precision in {"minute", "second"}:
            day = f"{day}, {stamp.at:%H:%M}"
        told: str = self.translated(said("c. {day}", day=day)) if stamp.confidence == "low" else day
        return told

    def spelt_day(self, day: date, precision: str = "day") -> str:
        """A day, or the month or year that it is in: "4 March 2021", "March 2021", "2021"."""
        skeleton = {"year": "y", "month": "yMMMM"}.get(precision)
        return _formed(skeleton, day, self.locale) if skeleton else _day(day, self.locale)

    def spelt_moment(self, moment: datetime) -> str:
        """A moment at which something happened here, in UTC."""
        return f"{self.spelt_day(moment.date())}, {moment:%H:%M} UTC"

    def spelt_weekday(self, day: date) -> str:
        """A day and the day of the week: "Thursday, 4 March 2021"."""
        return format_date(day, "full", locale=self.locale)

    def spelt_bucket(self, first: date, interval: Interval) -> str:
        """A stretch of time as a reader knows it: "March 2021", "the week of 1 March 2021"."""
        if interval != "week":
            return self.spelt_day(first, interval)
        told: str = self.translated(said("the week of {day}", day=first))
        return told

    def short_day(self, day: date, precision: str = "day") -> str:
        """As short as the foot of a chart wants it: "4 Mar", "Mar 2021", "2021"."""
        skeleton = {"year": "y", "month": "yMMM"}.get(precision, "MMMd")
        return _formed(skeleton, day, self.locale)

    def filters(self) -> dict[str, Callable[..., str]]:
        """What templates use of this, by name."""
        return {
            "told": self.translated,
            "sentence": self.sentence,
            "capital": self.capital,
            "phrase": self.phrase,
            "number": self.number,
            "percent": self.percent,
            "spelt_date": self.spelt_date,
            "spelt_day": self.spelt_day,
            "spelt_moment": self.spelt_moment,
        }


class _Filling(Formatter):
    """Fills the values into a pattern, each as the language has it."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def format_field(self, value: Any, format_spec: str) -> str:
        match value, format_spec:
            case date(), "":
                return self._wording.spelt_day(value)
            case date(), "%B":
                return format_date(value, "LLLL", locale=self._wording.locale)
            case int(), ",":
                return self._wording.number(value)
            case _:
                return format(self._wording.translated(value), format_spec)
