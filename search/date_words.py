"""Date words to days: "last week", "spring 1987", "4 March", "first half of 1987", "2 years ago".

Weeks begin on Monday. Seasons are whole months of the northern calendar, and winter has the year
of its January, as weather services count. What lacks a year is the last one that had begun.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from search.days import Days, day_of, month_of, months_from, period, year_of
from search.wording import Said, said


class NoSuchDay(Exception):
    """A day was named that no calendar has; ``said`` says which."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_MONTH |= {name[:3]: number for name, number in _MONTH.items()} | {"sept": 9}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAY = {name: number for number, name in enumerate(_WEEKDAYS.split())}
_WEEKDAY |= {name[:3]: number for name, number in _WEEKDAY.items()} | {"tues": 1, "thurs": 3}
_SEASON = {"winter": -1, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBER = {name: number for number, name in enumerate(_NUMBERS.split(), start=1)} | {"a": 1}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_STEP = {"this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "next": 1}

_Y = r"(?P<year>[0-9]{4})"
_D = r"(?P<day>[0-9]{1,2})"
_M = rf"(?P<month>{'|'.join(sorted(_MONTH, key=len, reverse=True))})"
_W = rf"(?P<weekday>{'|'.join(sorted(_WEEKDAY, key=len, reverse=True))})"
_S = rf"(?P<season>{'|'.join(_SEASON)})"
_N = rf"(?P<count>[0-9]{{1,4}}|{'|'.join(_NUMBER)})"
_STEPS = rf"(?P<step>{'|'.join(_STEP)})"
_UNIT = r"(?P<unit>day|weekend|week|month|quarter|year|decade|century)"
_LENGTH = {
    "day": relativedelta(days=1), "week": relativedelta(weeks=1), "month": relativedelta(months=1),
    "quarter": relativedelta(months=3), "year": relativedelta(years=1),
    "decade": relativedelta(years=10), "century": relativedelta(years=100),
    "weekend": relativedelta(weeks=1),
}  # fmt: skip
_BARE_MONTH = _M.replace("?P<month>", "?:")
_NO_YEAR = re.compile(
    rf"[0-9]{{1,2}} {_BARE_MONTH}|{_BARE_MONTH}(?: [0-9]{{1,2}})?|q[1-4]|{'|'.join(_SEASON)}"
)


class WordReader:
    """Reads words as of ``day``; without one, only those that name their year."""

    def __init__(self, day: date | None) -> None:
        self._day = day
        self.used_clock = False

    def day(self) -> date | None:
        """The day that relative words count from."""
        self.used_clock = True
        return self._day

    def period(self, text: str) -> Days | None:
        """The days of one period in words. Raises NoSuchDay, ValueError beyond the calendar."""
        plain = _plain(text)
        for pattern, reading in _RULES:  # compiled when a date is first asked for, and kept
            match = re.fullmatch(pattern, plain)
            if match and (days := reading(self, match)):
                return days
        return _in_another_language(plain)

    def before(self, text: str, last: Days | None, end: str) -> Days | None:
        """The start of a range that takes its month or year from the end: "4 to 6 March 2014"."""
        plain = _plain(text)
        if last is None or last.first is None:
            return None
        if re.fullmatch(r"[0-9]{1,2}", plain) and re.search(rf"\b{_BARE_MONTH}\b", _plain(end)):
            return day_of(_day(last.first.year, last.first.month, int(plain)))
        if _NO_YEAR.fullmatch(plain):
            return WordReader(last.first).period(plain)
        return None

    # -- one reading a rule; each is given the match of its pattern

    def _of_day(self, match: re.Match[str]) -> Days | None:
        month, day = _MONTH[match["month"]], int(match["day"])
        if match["year"]:
            return day_of(_day(int(match["year"]), month, day))
        _day(2000, month, day)
        return self._last_begun(lambda year: day_of(_day(year, month, day)))

    def _of_month(self, match: re.Match[str]) -> Days | None:
        month = _MONTH[match["month"]]
        if match["year"]:
            return month_of(int(match["year"]), month)
        return self._last_begun(lambda year: month_of(year, month))

    def _of_quarter(self, match: re.Match[str]) -> Days | None:
        quarter = _ORDINAL[match["quarter"]]
        return self._of_year(match, lambda year: months_from(year, quarter * 3 - 2, 3))

    def _of_half(self, match: re.Match[str]) -> Days | None:
        half = _ORDINAL[match["half"]]
        return self._of_year(match, lambda year: months_from(year, half * 6 - 5, 6))

    def _half_of_month(self, match: re.Match[str]) -> Days | None:
        month = self._of_month(match)
        if month is None or month.first is None:
            return None
        middle = month.first + timedelta(days=15)
        return Days(month.first, middle) if match["half"] == "first" else Days(middle, month.after)

    def _of_season(self, match: re.Match[str]) -> Days | None:
        if match["until"] and match["year"]:  # winter 1986/87
            year = int(match["year"]) + 1
            fits = (
                match["season"] == "winter" and match["until"] == str(year)[-len(match["until"]) :]
            )
            return _season("winter", year) if fits else None
        return self._of_year(match, lambda year: _season(match["season"], year))

    def _of_decade(self, match: re.Match[str]) -> Days | None:
        return _years(int(match["decade"]), 10)

    def _of_century(self, match: re.Match[str]) -> Days | None:
        return _years(int(match["century"]) * 100 - 99, 100)

    def _part_of(self, match: re.Match[str]) -> Days | None:
        """Early, mid or late in a month, a year or a decade: a third of it."""
        whole = period(match["whole"]) or self.period(match["whole"])
        if whole is None or whole.first is None or whole.after is None:
            return None
        first, after, days = whole.first, whole.after, (whole.after - whole.first).days
        if 28 <= days <= 31:
            cuts = [first, first + timedelta(days=10), first + timedelta(days=20), after]
        elif 365 <= days <= 366:
            cuts = [first, *(first + relativedelta(months=n) for n in (4, 8)), after]
        elif 3652 <= days <= 3653:
            cuts = [first, *(first + relativedelta(years=n) for n in (4, 7)), after]
        else:
            return None
        part = {"early": 0, "mid": 1, "late": 2}[match["part"]]
        return Days(cuts[part], cuts[part + 1])

    def _week_of_year(self, match: re.Match[str]) -> Days | None:
        return day_of(date.fromisocalendar(int(match["year"]), int(match["week"]), 1), 7)

    def _week_of(self, match: re.Match[str]) -> Days | None:
        days = period(match["within"]) or self.period(match["within"])
        if days is None or days.first is None or days.last != days.first:
            return None
        return day_of(days.first - timedelta(days=days.first.weekday()), 7)

    def _near_day(self, match: re.Match[str]) -> Days | None:
        away = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2}
        return self._counted(lambda day: day_of(day + timedelta(days=away[match[0]])))

    def _stepped(self, match: re.Match[str]) -> Days | None:
        unit = match["unit"]
        if match["step"] == "past":
            return self._counted(lambda day: _ending(day, _LENGTH[unit]))
        step = _STEP[match["step"]]
        return self._counted(lambda day: _around(day + step * _LENGTH[unit], unit))

    def _rolling(self, match: re.Match[str]) -> Days | None:
        count = _number(match["count"])
        return self._counted(lambda day: _ending(day, count * _LENGTH[match["unit"]]))

    def _ago(self, match: re.Match[str]) -> Days | None:
        count, unit = _number(match["count"]), match["unit"]
        return self._counted(lambda day: _around(day - count * _LENGTH[unit], unit))

    def _same_last_year(self, match: re.Match[str]) -> Days | None:
        return self._counted(lambda day: _around(day - _LENGTH["year"], match["unit"]))

    def _of_weekday(self, match: re.Match[str]) -> Days | None:
        """The last Tuesday is before today; just Tuesday may be today."""
        wanted, step = _WEEKDAY[match["weekday"]], match["step"]

        def found(day: date) -> Days:
            if step in {"this", "current"}:
                return day_of(day + timedelta(days=wanted - day.weekday()))
            back = (day.weekday() - wanted) % 7
            return day_of(day - timedelta(days=back or (7 if step else 0)))

        return self._counted(found)

    def _stepped_month(self, match: re.Match[str]) -> Days | None:
        month = _MONTH[match["month"]]
        return self._stepped_year(match["step"], lambda year: month_of(year, month))

    def _stepped_season(self, match: re.Match[str]) -> Days | None:
        return self._stepped_year(match["step"], lambda year: _season(match["season"], year))

    # -- what they share

    def _counted(self, of: Callable[[date], Days | None]) -> Days | None:
        day = self.day()
        return of(day) if day else None

    def _of_year(self, match: re.Match[str], of: Callable[[int], Days]) -> Days | None:
        return of(int(match["year"])) if match["year"] else self._last_begun(of)

    def _stepped_year(self, step: str, of: Callable[[int], Days]) -> Days | None:
        """This March is this year's; last March is the last that is over."""
        day = self.day()
        if day is None:
            return None
        if step in {"this", "current"}:
            return of(day.year)
        years = (of(year) for year in range(day.year + 1, day.year - 3, -1))
        return next((days for days in years if days.after and days.after <= day), None)

    def _last_begun(self, of: Callable[[int], Days]) -> Days | None:
        """Of the same day or month of each year the last that had begun; leap days take longer."""
        day = self.day()
        if day is None:
            return None
        for year in range(day.year + 1, day.year - 9, -1):
            try:
                days = of(year)
            except NoSuchDay:  # 29 February
                continue
            if days.first and days.first <= day:
                return days
        return None


_Reading = Callable[[WordReader, re.Match[str]], Days | None]
_RULES: tuple[tuple[str, _Reading], ...] = (
    (rf"(?:{_W} )?{_D} {_M}(?: {_Y})?", WordReader._of_day),
    (rf"(?:{_W} )?{_M} {_D}(?: {_Y})?", WordReader._of_day),
    (rf"{_Y} {_M} {_D}", WordReader._of_day),
    (rf"{_M}(?: {_Y})?", WordReader._of_month),
    (rf"{_Y} {_M}", WordReader._of_month),
    (r"(?P<decade>[0-9]{3}0)'?s", WordReader._of_decade),
    (r"(?P<century>[0-9]{1,2}) century", WordReader._of_century),
    (rf"q(?P<quarter>[1-4])(?: {_Y})?", WordReader._of_quarter),
    (rf"{_Y}[ -]?q(?P<quarter>[1-4])", WordReader._of_quarter),
    (rf"(?P<quarter>{'|'.join(_ORDINAL)}) quarter(?: {_Y})?", WordReader._of_quarter),
    (rf"h(?P<half>[12]) {_Y}", WordReader._of_half),
    (rf"{_Y}[ -]?h(?P<half>[12])", WordReader._of_half),
    (rf"(?P<half>first|second|1|2) half {_Y}", WordReader._of_half),
    (rf"(?P<half>first|second) half {_M}(?: {_Y})?", WordReader._half_of_month),
    (rf"{_S}(?: {_Y}(?:[/–-](?P<until>[0-9]{{4}}|[0-9]{{2}}))?)?", WordReader._of_season),
    (r"(?P<part>early|mid|late)[ -](?P<whole>.+)", WordReader._part_of),
    (rf"{_Y}-?w(?P<week>[0-9]{{1,2}})", WordReader._week_of_year),
    (rf"week (?P<week>[0-9]{{1,2}}) {_Y}", WordReader._week_of_year),
    (r"week (?P<within>[0-9a-z].+)", WordReader._week_of),
    (r"today|now|yesterday|tomorrow|day before yesterday", WordReader._near_day),
    (rf"{_STEPS} {_UNIT}", WordReader._stepped),
    (rf"(?:last|past|previous) {_N} {_UNIT}s?", WordReader._rolling),
    (rf"{_N} {_UNIT}s? ago", WordReader._ago),
    (rf"same {_UNIT} last year", WordReader._same_last_year),
    (rf"(?:(?P<step>this|current|last|past|previous) )?{_W}", WordReader._of_weekday),
    (rf"(?P<step>this|last|past|previous) {_M}", WordReader._stepped_month),
    (rf"(?P<step>this|last|past|previous) {_S}", WordReader._stepped_season),
)  # fmt: skip


def _plain(text: str) -> str:
    """``text`` in small letters without commas, ordinal endings and small words."""
    text = text.casefold().replace("’", "'").replace(",", " ")
    text = re.sub(r"(?<=[a-z])\.(?=\s|$)", "", text)  # Mar. 4
    text = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", text)
    return " ".join(word for word in text.split() if word not in {"the", "of", "in", "on"})


def _number(text: str) -> int:
    return _NUMBER.get(text) or int(text)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= year <= 9998:
            raise
        first = date(2000, month, 1)
        if day <= 29 and month == 2:
            told = said("{month:%B} {year} has no day {day}", month=first, year=year, day=day)
        else:
            told = said("{month:%B} has no day {day}", month=first, day=day)
        raise NoSuchDay(told) from None


def _years(first: int, count: int) -> Days:
    return Days(year_of(first).first, year_of(first + count - 1).after)


def _season(name: str, year: int) -> Days:
    return months_from(year - 1, 12, 3) if name == "winter" else months_from(year, _SEASON[name], 3)


def _ending(day: date, length: relativedelta) -> Days | None:
    """As many days as ``length`` has, the last of them ``day``."""
    after = day + timedelta(days=1)
    return Days(after - length, after) if length else None


def _around(day: date, unit: str) -> Days:  # noqa: PLR0911 - a return for each unit
    """The whole unit that ``day`` lies in."""
    match unit:
        case "day":
            return day_of(day)
        case "week":
            return day_of(day - timedelta(days=day.weekday()), 7)
        case "weekend":
            return day_of(day + timedelta(days=5 - day.weekday()), 2)
        case "month":
            return month_of(day.year, day.month)
        case "quarter":
            return months_from(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return year_of(day.year)
        case "decade":
            return _years(day.year - day.year % 10, 10)
        case _:
            return _years((day.year - 1) // 100 * 100 + 1, 100)


_ELSEWHERE = re.compile(
    r"(?:(?P<day>[0-9]{1,2})\.? )?(?:de )?(?P<name>[^\W\d_]{3,12})\.? (?:de )?(?P<year>[0-9]{4})"
)
_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl"]


@lru_cache(maxsize=1024)
def _in_another_language(plain: str) -> Days | None:
    """ "14 février 2017", "März 2014": month names that dateparser knows."""
    match = _ELSEWHERE.fullmatch(plain)
    if match is None:
        return None
    import dateparser  # noqa: PLC0415 - slow to load, and seldom needed

    text = f"{match['day'] or 1} {match['name']} {match['year']}"
    at = dateparser.parse(text, languages=_LANGUAGES, settings={"STRICT_PARSING": True})
    if at is None or at.year != int(match["year"]):
        return None
    return day_of(at.date()) if match["day"] else month_of(at.year, at.month)
