"""Three hundred questions that nobody should ask. Each gets an answer."""

from __future__ import annotations

import random
import time
from datetime import UTC, date

import pytest

from search.account import of_page
from search.clauses import printed
from search.dates import Clock
from search.engine import Engine
from search.language import MOST_CHARACTERS, parse
from search.matching import Matcher
from search.request import Match
from search.results import SearchPage
from search.speaking import spoken
from search.translation import translate
from tests.search.conftest import Ask

BY_HAND = (
    "",
    " ",
    "\x00",
    "\x00ferry\x00strike",
    "\t\n\r\v\f",
    "'",
    '"',
    '"""',
    "'; DROP TABLE articles; --",
    '" OR ""="',
    "1 OR 1=1",
    "ferry' UNION SELECT * FROM articles --",
    "<script>alert(document.cookie)</script>",
    "<img src=x onerror=alert(1)>",
    "<mark>ferry</mark>",
    "&lt;b&gt; &amp;amp;",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "/work/../../etc/shadow%00",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "${7*7} {{7*7}} <%= 7*7 %> #{7*7}",
    "%s%s%s%n %d {0} {} {ferry}",
    "$(reboot) `reboot` | reboot ; reboot",
    "ferry\r\nSet-Cookie: a=b",
    "=cmd|' /C calc'!A0",
    "+1-1@SUM(1)",
    "*",
    "?",
    "**",
    "*ferry*",
    "f*y",
    "??",
    "[a TO z]",
    "[* TO *]",
    "{a TO z}",
    "ferry~2",
    "ferry^1000000",
    '"ferry strike"~5',
    '"aa bb aa bb aa bb"~100000',
    '"the of and"~50',
    "the NEAR/50 of NEAR/50 and NEAR/50 to",
    "NEAR/5 NEAR/5 NEAR/5",
    "a NEAR/0 b NEAR/99999 c",
    "the SENTENCE of SENTENCE and SENTENCE the",
    "(ferry OR strike) NEAR/9 (toll OR -bridge)",
    "electoinnnnn~9",
    "a~ ab~2 abc~2 ~ ~~ ~2",
    "ab*a*a*a*a*a*a*a*a*a*c",
    "th?*",
    "atleast:999(the)",
    "atleast:0(the) atleast:-1(the) atleast:99999(the) atleast:(",
    "words:>99999999999 words:-5 words:5-1 words:>=0 words:<0",
    "in:clutter",
    "in:clutter -in:clutter (in:title",
    "lang:* lang:(en OR) lang:zz section: slug:-",
    'author:"j. j. j. j." author:"."',
    'date:31 feb date:99999 years ago updated:last updated:""',
    'date:"between and" date:"to to to to to" date:early early early',
    "/.*/",
    "(?:a+)+$",
    "_id:1 _stored:x body:y published:[0 TO 9]",
    "title:",
    ":::",
    ":ferry",
    "title::ferry",
    "title:title:title:",
    "title:*",
    "title:()",
    "title:(((",
    "date:",
    "date:0000-00-00",
    "date:9999-12-31",
    "date:99999999999999999999",
    "date:-1",
    "date:/..",
    "date:2014-02-30/2014-99",
    "date:>",
    "date:(2014 OR",
    "AND",
    "OR OR OR",
    "NOT NOT NOT",
    "AND OR NOT",
    "ferry AND",
    "OR ferry",
    "NOT (",
    "- - -",
    "-",
    "--ferry---strike",
    "()",
    ")(",
    "((((((((((",
    "))))))))))",
    "(" * 5_000,
    "NOT " * 2_000 + "ferry",
    "(ferry OR " * 300,
    "x" * 10_000,
    "ferry " * 2_000,
    "fer* " * 500,
    "a* b* c* d* e*",
    "co* de* in* re* un*",
    "\ud800",
    "ferry \udfff strike",
    "\u202egnirts\u202c ferry",
    "مرحبا بالعالم",
    "שלום -עולם",
    "東京 OR 大阪",
    "🚢🌉",
    "👩‍👩‍👧‍👦 ferry",
    "e\u0301" * 300,
    "\u0301",
    "\u200b\u200c\u200d\ufeff",
    "ﬁﬂ ﷺ ㍿",
    "İıſẞß",
    "²³¹ ½ Ⅷ ٣",
    "1,000,000,000,000.000000001",
    "1" * 400,
    "1,2,3 1.2.3.4 10:30 50% $5",
    "U.S.A.F. e.g. i.e. a.b.c.d.e.f.g",
    "C++ C# F# .NET A&&B &",
    "O'O'O'O'Brien ''' ’’’ ʼ",
)
FRAGMENTS = (
    "ferry", "strike", "the", "US", "U.S.", "C++", "100,000", "O’Brien", "café", "東京", "2014",
    '"', "“", "”", "(", ")", "-", "–", "*", "?", ":", "/", "..", ">", "<=", "~", "^", "[", "]",
    "\\", "AND", "OR", "NOT", "title:", "by:", "NEAR/5", "SENTENCE", "atleast:2(", "words:>5",
    "in:clutter", "lead:", "ry~", "last week", "updated:", "source:", "tag:", "date:", "colour:",
    "2014-02", "2014-99", " ", " ", " ", "\x00", "\ud800", "\u202e", "\u200b", "<b>",
    "&amp;", "';--", "%00", "{{", "}}",
)  # fmt: skip


def drawn(seed: int, most: int = 25) -> str:
    """A question put together from fragments, with and without spaces between them."""
    draw = random.Random(seed)
    between = draw.choice(("", "", " "))
    return between.join(draw.choice(FRAGMENTS) for _ in range(draw.randint(1, most)))


QUERIES = (*BY_HAND, *(drawn(seed) for seed in range(300 - len(BY_HAND))))
MATCHES: tuple[Match, ...] = ("auto", "all", "any")


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_question_gets_an_answer(number: int, ask_sample: Ask, sample_engine: Engine) -> None:
    q = QUERIES[number]
    page = ask_sample(q, match=MATCHES[number % 3])
    assert isinstance(page, SearchPage)
    assert page.query.q == q
    assert page.query.sentence.endswith(".")
    assert len(page.hits) == min(page.total, page.per_page)
    assert 0 <= page.total <= sample_engine.articles()
    assert len(set(page.query.notes)) == len(page.query.notes)
    for hit in page.hits:
        assert all("<b>" not in snippet.html() for snippet in hit.snippets)
    assert of_page(page)["total"] == page.total


def test_three_thousand_random_questions_are_read_told_and_looked_for_in_no_time() -> None:
    clock = Clock(date(2026, 11, 22), date(2013, 6, 12))
    parse("date:märz 2014", clock)  # the first month of another language loads their names
    times: list[float] = []
    for seed in range(3_000):
        q = drawn(seed, most=60)
        began = time.process_time()
        query = parse(q, clock)
        if query.root is not None:
            assert spoken(query.root)
            assert translate(query.root, UTC) is not None
            Matcher(query.root).find("The ferry strike hit the U.S. harbour. A toll rose.")
        times.append(time.process_time() - began)
        assert (
            query.root is None
            or parse(printed(query.root), clock).root == query.root
            or (len(printed(query.root)) > MOST_CHARACTERS)
        )
    assert sorted(times)[2_970] < 0.05


WORDS = "the of ferry strikes strike Ferry FERRY US U.S. us C++ O’Brien café cafe ( ) OR".split()  # noqa: SIM905
QUOTED = [*WORDS, '"', '"', '"']


def test_what_is_taken_for_normal_is_as_whoosh_makes_it() -> None:
    for seed in range(600):
        draw = random.Random(seed)
        q = drawn(seed) if seed % 4 == 0 else " ".join(draw.choices(QUOTED, k=draw.randint(1, 8)))
        root = parse(q).root
        if root is None:
            continue
        for match_any in (False, True):
            query = translate(root, UTC, match_any=match_any)
            assert query == query.normalize(), q
            assert repr(query) == repr(query.normalize()), q


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "someday", "9" * 500, "2014-02-30", "'; --", "/"]
)
def test_days_that_are_none_get_an_answer(text: str, ask_sample: Ask) -> None:
    page = ask_sample("ferry", start=text, end=text)
    assert page.total == ask_sample("ferry").total
    assert len(page.query.notes) == 2
