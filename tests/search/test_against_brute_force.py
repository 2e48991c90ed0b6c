"""Random queries on the sample archive and on one of two thousand articles, answered by the engine
and by reading every article.

The evaluator here shares nothing with the engine but the cutting of text into words: it holds each
article as lists of words and asks of each, one after the other, whether the query is true of it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from index.analysis import SPELLING, fold, words
from index.analysis import Word as Token
from index.archive import Archive
from index.article import Article, HeldArticle
from index.reading import read
from search.engine import Engine, open_archive
from search.request import DEDUPES, FACETS, INTERVALS, Filter, Match, SearchRequest
from search.results import SearchPage
from tests.search.conftest import Made

QUERIES = 200
# Whether exclusions, and days inside brackets, are drawn as well.
WITH_EXCLUSIONS = True
MOST_RESULTS_OF_A_PAGE = 100
# Written out again on purpose: an engine that forgets one of them is wrong.
OPTIONAL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "was",
        "were",
        "with",
    ]
)
# Where one word is enough, these are not that one.
ASKING = OPTIONAL | {
    "what", "which", "whose", "whom", "how", "why", "when", "where", "can", "could", "should",
    "would", "do", "does", "did", "done", "has", "have", "had", "having", "been", "being", "am",
    "there", "here", "these", "those", "into", "such", "than", "then", "if", "but", "not", "no",
    "nor", "so", "any", "some", "also", "very", "he", "she", "they", "we", "you", "i", "me",
    "him", "them", "his", "her", "their", "our", "your", "my",
}  # fmt: skip


@dataclass(frozen=True)
class Doc:
    """An article as lists of words, one list a field."""

    id: str
    title: list[Token]
    body: list[Token]
    author: list[Token]
    source: list[Token]
    tag: list[Token]
    values: dict[str, tuple[str, ...]]
    moment: int | None
    story: int | None

    @classmethod
    def of(cls, held: HeldArticle) -> Doc:
        article = held.article
        year = str(article.published.at.astimezone(UTC).year) if article.published else "undated"
        text = read(article.raw_text, article.removals).text
        return cls(
            id=article.id,
            title=list(words("\n".join(dict.fromkeys((article.title, *article.titles))))),
            body=list(words(f"{article.standfirst}\n\n{text}")),
            author=list(words("\n".join(article.authors))),
            source=list(words(article.source)),
            tag=list(words("\n".join(article.tags))),
            values={
                "author": article.authors,
                "source": (article.source,) if article.source else (),
                "section": (article.section,) if article.section else (),
                "tag": article.tags,
                "lang": (article.language,) if article.language else (),
                "year": (year,),
            },
            moment=int(article.published.at.timestamp()) if article.published else None,
            story=held.story,
        )

    @property
    def day(self) -> date | None:
        return datetime.fromtimestamp(self.moment, UTC).date() if self.moment is not None else None


Holds = Callable[[Doc], bool]


@dataclass(frozen=True)
class Asked:
    """A piece of a query: as it is typed, and whether it is true of an article."""

    text: str
    holds: Holds
    optional: bool = False
    asks: bool = False
    negative: bool = False
    # Where words are looked for that may do without one another; others may not.
    among: str | None = "text"

    @property
    def named(self) -> bool:
        """Whether it asks for something else than words of a text, and does not only pick."""
        return not (self.among or self.negative or self.text.startswith("date:"))


# -- what each construct means


def plain(token: Token) -> str:
    return token.forms.exact.split(SPELLING)[0]


def same_word(token: Token, sought: Token, typed: str) -> bool:
    """ "U.S." is US and U.S.; "US" is those and "us"; every other word is its stem."""
    dotted = bool(sought.forms.also) and token.forms.also == sought.forms.also
    if sought.forms.also and "." in typed:
        return dotted
    return dotted or token.forms.stem == sought.forms.stem


def follow(tokens: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(list(tokens[n : n + size]) == list(phrase) for n in range(len(tokens) - size + 1))


def word(typed: str) -> Asked:
    sought = next(words(typed))

    def holds(doc: Doc) -> bool:
        read = any(same_word(token, sought, typed) for token in (*doc.title, *doc.body))
        return read or any(plain(token) == plain(sought) for token in doc.author)

    return Asked(typed, holds, optional=typed in OPTIONAL, asks=typed.lower() in ASKING)


def word_in(field: str, typed: str) -> Asked:
    sought = next(words(typed))

    def holds(doc: Doc) -> bool:
        tokens: list[Token] = getattr(doc, field)
        if field == "title":
            return any(same_word(token, sought, typed) for token in tokens)
        return any(plain(token) == plain(sought) for token in tokens)

    return Asked(f"{field}:{typed}", holds, among=loose(field))


def phrase(typed: str) -> Asked:
    sought = list(words(typed))
    stems, names = [token.forms.stem for token in sought], [plain(token) for token in sought]

    def holds(doc: Doc) -> bool:
        return (
            follow([token.forms.stem for token in doc.title], stems)
            or follow([token.forms.stem for token in doc.body], stems)
            or follow([plain(token) for token in doc.author], names)
        )

    return Asked(f'"{typed}"', holds)


def phrase_in(field: str, typed: str) -> Asked:
    def form(token: Token) -> str:
        return token.forms.stem if field == "title" else plain(token)

    sought = [form(token) for token in words(typed)]
    return Asked(
        f'{field}:"{typed}"',
        lambda doc: follow([form(token) for token in getattr(doc, field)], sought),
        among=loose(field),
    )


def loose(field: str) -> str | None:
    return field if field == "title" else None


def together(parts: Sequence[Asked]) -> str | None:
    """Where all of ``parts`` look, if that is one place."""
    places = {part.among for part in parts}
    return places.pop() if len(places) == 1 else None


def beginning(typed: str) -> Asked:
    start = fold(typed)
    return Asked(
        f"{typed}*",
        lambda doc: any(plain(token).startswith(start) for token in (*doc.title, *doc.body)),
    )


def dated(first: date, last: date, text: str) -> Asked:
    return Asked(
        f"date:{text}",
        lambda doc: doc.day is not None and first <= doc.day <= last,
        among=None,
    )


def without(part: Asked, sign: str) -> Asked:
    return Asked(f"{sign}{part.text}", lambda doc: not part.holds(doc), negative=True, among=None)


def either(parts: Sequence[Asked]) -> Asked:
    text = " OR ".join(part.text for part in parts)
    return Asked(
        f"({text})", lambda doc: any(part.holds(doc) for part in parts), among=together(parts)
    )


def every(parts: Sequence[Asked], *, brackets: bool, joined: str = " ") -> Asked:
    """All parts, but small words only where nothing else is asked for."""
    positive = [part for part in parts if not part.negative]
    needed = [part for part in positive if not part.optional] or positive
    needed += [part for part in parts if part.negative]
    text = joined.join(part.text for part in parts)
    return Asked(
        f"({text})" if brackets else text,
        lambda doc: all(part.holds(doc) for part in needed),
        among=together(parts),
    )


# -- drawing queries from what the archive holds


class Drawing:
    """Draws queries whose words the archive knows, so that most of them find something."""

    def __init__(self, docs: Sequence[Doc], articles: Sequence[Article], seed: int) -> None:
        self._docs = docs
        self._articles = articles
        self._random = random.Random(seed)

    def query(self) -> tuple[Asked, ...]:
        """The parts that stand side by side."""
        return tuple(self._part() for _ in range(self._random.choice((1, 1, 2, 2, 3))))

    def _part(self) -> Asked:
        match self._random.randrange(8):
            case 0:
                return either([self._grouped() for _ in range(self._random.choice((2, 3)))])
            case 1:
                pair = [self._grouped(), self._grouped()]
                joined = self._random.choice((" ", " AND "))
                return either([every(pair, brackets=True, joined=joined), self._grouped()])
            case 2 if WITH_EXCLUSIONS:
                return without(self._leaf(), self._random.choice(("-", "NOT ")))
            case 3 if WITH_EXCLUSIONS:
                return without(either([self._leaf(), self._leaf()]), "-")
            case _:
                return self._leaf()

    def _grouped(self) -> Asked:
        """A leaf that stands in brackets with others."""
        leaves = iter(self._leaf, None)
        return next(x for x in leaves if WITH_EXCLUSIONS or not x.text.startswith("date:"))

    def _leaf(self) -> Asked:
        choose = self._random.choice
        match self._random.randrange(10):
            case 0 | 1 | 2 | 3:
                return word(self._typed(self._random_text()))
            case 4 | 5:
                return phrase(self._run(self._random_text()))
            case 6:
                typed = next(
                    typed
                    for typed in iter(lambda: self._typed(self._random_text()), None)
                    if len(typed) >= 4 and typed.isalpha()
                )
                return beginning(typed[: self._random.randint(4, len(typed))])
            case 7:
                field = choose(("title", "author", "source", "tag"))
                return word_in(field, self._typed(self._field_text(field)))
            case 8:
                field = choose(("title", "author", "tag"))
                return self._phrase_in(field)
            case _:
                return self._dated()

    def _random_text(self) -> str:
        article = self._random.choice(self._articles)
        text = read(article.raw_text, article.removals).text
        return self._random.choice((text, text, text, article.title))

    def _field_text(self, field: str) -> str:
        texts = [
            text
            for article in self._articles
            for text in {
                "title": (article.title,),
                "author": article.authors,
                "source": (article.source,),
                "tag": article.tags,
            }[field]
            if text
        ]
        return self._random.choice(texts)

    def _typed(self, text: str) -> str:
        """A word of ``text`` as it is written there."""
        found = [text[token.start : token.end] for token in words(text)]
        typed = self._random.choice(found)
        return typed if typed not in {"AND", "OR", "NOT"} else typed.lower()

    def _run(self, text: str) -> str:
        """Two to four words of ``text`` that follow one another."""
        found = [text[token.start : token.end] for token in words(text)]
        size = self._random.choice((2, 2, 3, 4))
        start = self._random.randrange(max(len(found) - size, 1))
        run = found[start : start + size]
        return " ".join(run if len(run) > 1 else run * 2)

    def _phrase_in(self, field: str) -> Asked:
        found = [text for text in (self._field_text(field) for _ in range(20)) if " " in text]
        return phrase_in(field, self._run(found[0]))

    def _dated(self) -> Asked:
        moments = [doc.day for doc in self._docs if doc.day is not None]
        first = self._random.choice(moments)
        match self._random.randrange(4):
            case 0:
                return dated(first, first, first.isoformat())
            case 1:
                return dated(date(first.year, 1, 1), date(first.year, 12, 31), str(first.year))
            case 2:
                last = first + timedelta(days=self._random.randrange(400))
                return dated(first, last, f"{first}/{last}")
            case _:
                return dated(first, date.max, f">={first}")

    def request(self, parts: tuple[Asked, ...], match: Match) -> tuple[SearchRequest, Holds, Holds]:
        """The request, whether a day is asked for, and whether an article passes the filters."""
        choose = self._random.choice
        days = [doc.day for doc in self._docs if doc.day is not None]
        start, end = sorted((choose(days), choose(days)))
        bounded = self._random.random() < 0.2
        filters: dict[str, Filter] = {}
        for facet in FACETS:
            if self._random.random() < 0.1:
                filed = [value for doc in self._docs for value in doc.values[facet]]
                chosen = tuple({choose(filed) for _ in range(choose((1, 1, 2, 3)))})
                wanted = self._random.random() < 0.7
                filters[facet] = Filter(chosen, ()) if wanted else Filter((), chosen)
        request = SearchRequest(
            q=" ".join(part.text for part in parts),
            match=match,
            start=start.isoformat() if bounded else "",
            end=end.isoformat() if bounded else "",
            per_page=MOST_RESULTS_OF_A_PAGE,
            dedupe=choose(DEDUPES),
            interval=choose(INTERVALS),
            author=filters.get("author", Filter()),
            source=filters.get("source", Filter()),
            section=filters.get("section", Filter()),
            tag=filters.get("tag", Filter()),
            lang=filters.get("lang", Filter()),
            year=filters.get("year", Filter()),
        )

        def in_time(doc: Doc) -> bool:
            return not bounded or (doc.day is not None and start <= doc.day <= end)

        return request, in_time, lambda doc: passes(doc, filters)


def passes(doc: Doc, filters: dict[str, Filter], *, without: str = "") -> bool:
    return all(
        (not filter.wanted or any(value in filter.wanted for value in doc.values[facet]))
        and not any(value in filter.unwanted for value in doc.values[facet])
        for facet, filter in filters.items()
        if facet != without
    )


# -- the comparison


@dataclass(frozen=True)
class Held:
    """An archive that is open, and everything in it."""

    engine: Engine
    articles: list[Article]
    docs: list[Doc]


@pytest.fixture(scope="module", params=["sample", "generated"])
def held(request: pytest.FixtureRequest, sample_archive: Path, made_of: Made) -> Iterator[Held]:
    folder = sample_archive if request.param == "sample" else made_of(*generated())
    with Archive.open(folder) as archive:
        found = [change.article for change in archive.changes(0) if change.article]
    with open_archive(folder) as engine:
        yield Held(engine, [one.article for one in found], [Doc.of(one) for one in found])


def generated() -> Iterator[dict[str, object]]:
    """Two thousand short articles; one in eight is a copy of another in another paper."""
    chance = random.Random(11)
    choose = chance.choice
    vocabulary = [f"{a}{b}{c}" for a in ("har", "fer", "tol", "wen") for b in ("bo", "ri", "la")
                  for c in ("ur", "st", "nd", "ck", "m")]  # fmt: skip
    people = [f"{first} {last}" for first in ("Una", "Piers", "Zoë", "Ida", "Rowan")
              for last in ("Ashby", "Holloway", "Marsh", "Mead", "Quennell")]  # fmt: skip
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]

    def sentence(size: int) -> str:
        return " ".join(chance.choices(vocabulary, weights, k=size)).capitalize() + "."

    written: list[dict[str, object]] = []
    for number in range(2_000):
        day = datetime(1987, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(15_000_000))
        about: dict[str, object] = {
            "title": f"{sentence(4)[:-1]} {number}",
            "text": " ".join(sentence(12) for _ in range(5)),
            "author": choose(("", choose(people), f"{choose(people)} and {choose(people)}")),
            "source": f"Paper {choose('ABCDEFGHIJKLMNOP')}",
            "section": choose(("", "News", "Sport", "City & State", "Opinion")),
            "tags": chance.sample(
                ["old mill", "river", "tram", "city budget", "strike"], choose((0, 1, 2))
            ),
            "language": choose(("en", "en", "de", "fr")),
            "date": choose((day.isoformat(), day.isoformat(), day.date().isoformat(), "")),
        }
        if number % 8 == 7:
            other = choose(written)
            about.update({key: other[key] for key in ("title", "text", "language", "date")})
        written.append(about)
        yield about


def expected_matches(
    docs: Sequence[Doc], parts: Sequence[Asked], in_time: Holds, passing: Holds, match: Match
) -> list[Doc]:
    strict = [doc for doc in docs if every(parts, brackets=False).holds(doc) and in_time(doc)]
    words = Counter(part.among for part in parts if part.among and not part.optional)
    several = max(words.values(), default=0) > 1
    if match == "all" or (match == "auto" and (any(map(passing, strict)) or not several)):
        return strict
    loose = [doc for doc in docs if loosely(parts, doc) and in_time(doc)]
    if match == "any" or any(map(passing, loose)) or not strict:
        return loose
    return strict


def loosely(parts: Sequence[Asked], doc: Doc) -> bool:
    """One of the words of the text is enough, and one of those of the title; all else stays."""
    kept = [part for part in parts if not part.among]
    words = [part for part in parts if part.among]
    important = [part for part in words if not part.asks]
    if not important and not any(part.named for part in kept):
        important = words
    if len(parts) == 1:
        return every(parts, brackets=False).holds(doc)
    return all(part.holds(doc) for part in kept) and all(
        any(part.holds(doc) for part in important if part.among == place)
        for place in {part.among for part in important}
    )


@pytest.mark.parametrize("seed", range(QUERIES))
def test_the_engine_finds_and_counts_what_reading_every_article_does(seed: int, held: Held) -> None:
    docs = held.docs
    drawing = Drawing(docs, held.articles, seed)
    match: Match = ("all", "all", "auto", "any")[seed % 4]
    parts = drawing.query()
    request, in_time, passing = drawing.request(parts, match)
    matching = expected_matches(docs, parts, in_time, passing, match)
    expected = [doc for doc in matching if passing(doc)]
    told = partial(results, dedupe=request.dedupe)

    page = held.engine.search(request)

    assert page.total == len(told(expected)), request.q
    found = {hit.held.article.id for hit in page.hits}
    assert len(found) == min(page.total, MOST_RESULTS_OF_A_PAGE)
    assert found <= {doc.id for doc in expected}
    assert len(told([doc for doc in expected if doc.id in found])) == len(found)
    for facet in FACETS:
        filters = {name: request.filter(name) for name in FACETS if request.filter(name)}
        counted = [doc for doc in matching if passes(doc, filters, without=facet)]
        _assert_same_values(page, facet, expected_values(counted, facet, told))
    _assert_same_histogram(page, docs, expected, request.interval)


def results(docs: Sequence[Doc], *, dedupe: str) -> set[object]:
    """What is shown of these: each story once, or each article."""
    return {doc.story if dedupe == "story" else doc.id for doc in docs}


def expected_values(
    docs: Sequence[Doc], facet: str, told: Callable[[Sequence[Doc]], set[object]]
) -> list[tuple[str, int]]:
    filed: dict[str, list[Doc]] = {}
    for doc in docs:
        for value in doc.values[facet]:
            filed.setdefault(value, []).append(doc)
    counted = {value: len(told(some)) for value, some in filed.items()}
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _assert_same_values(page: SearchPage, facet: str, expected: list[tuple[str, int]]) -> None:
    shown = [(value.value, value.count) for value in page.facets[facet]]
    assert shown[:12] == expected[:12]
    assert set(shown) <= set(expected)
    assert page.distinct[facet] == len(expected)


NAMES: dict[str, Callable[[date], str]] = {
    "day": lambda day: day.isoformat(),
    "week": lambda day: (day - timedelta(days=day.weekday())).isoformat(),
    "month": lambda day: f"{day:%Y-%m}",
    "year": lambda day: f"{day:%Y}",
}
COARSER = {"day": "week", "week": "month", "month": "year"}


def names(docs: Sequence[Doc], interval: str) -> Counter[str]:
    return Counter(NAMES[interval](doc.day) for doc in docs if doc.day is not None)


def _assert_same_histogram(
    page: SearchPage, docs: Sequence[Doc], expected: Sequence[Doc], wanted: str
) -> None:
    if not expected:
        assert page.histogram is None
        return
    assert page.histogram is not None
    interval, buckets = page.histogram.interval, page.histogram.buckets
    undated = page.histogram.undated
    assert undated.count == sum(doc.day is None for doc in expected)
    assert undated.total == sum(doc.day is None for doc in docs)
    matched, held = names(expected, interval), names(docs, interval)
    assert {bucket.start: bucket.count for bucket in buckets if bucket.count} == dict(matched)
    assert [bucket.total for bucket in buckets] == [held[bucket.start] for bucket in buckets]
    days = sorted(doc.day for doc in expected if doc.day is not None)
    if not days:
        return
    every = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert [bucket.start for bucket in buckets] == sorted({NAMES[interval](day) for day in every})
    while wanted != "auto" and interval != wanted:  # a note says so, and it had to be
        assert len({NAMES[wanted](day) for day in every}) > 750
        assert any("reach too far" in note for note in page.query.notes)
        wanted = COARSER[wanted]


def test_most_of_the_random_queries_find_something(held: Held) -> None:
    def found() -> Iterator[bool]:
        for seed in range(QUERIES):
            parts = Drawing(held.docs, held.articles, seed).query()
            yield any(every(parts, brackets=False).holds(doc) for doc in held.docs)

    assert sum(found()) > QUERIES // 2
