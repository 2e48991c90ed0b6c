"""What is shown of an article: whole sentences, marked exactly where the question matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import sentences
from search.clauses import Field
from search.engine import open_archive
from search.language import parse
from search.matching import Matcher
from search.prose import Prose
from search.results import Snippet
from search.snippets import snippets
from tests.search.conftest import Ask, asker

LONGEST = 320


def shown(text: str, q: str) -> list[str]:
    """The snippets of ``text`` for ``q``, with [brackets] around what is marked."""
    found, _ = snippets(Prose.plain(text), Matcher(parse(q).root))
    return [bracketed(snippet) for snippet in found]


def bracketed(snippet: Snippet) -> str:
    return "".join(f"[{text}]" if matched else text for text, matched in snippet.parts)


def marked(text: str, q: str, field: Field | None = None) -> list[str]:
    """What of ``text`` is marked for ``q``, in order."""
    return [text[match.start : match.end] for match in Matcher(parse(q).root, field).find(text)]


# -- marks

TEXT = "The ferry strike hit Ferry Lane. Striking crews, and ferries’ owners, met U.S. envoys."


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("ferry", ["ferry", "Ferry", "ferries’"]),
        ("strike", ["strike", "Striking"]),
        ("ferry strike", ["ferry", "strike", "Ferry", "Striking", "ferries’"]),
        # the words of a phrase only inside the phrase
        ('"ferry strike"', ["ferry strike"]),
        ('"strike ferry"', []),
        ('"ferry lane" strike', ["strike", "Ferry Lane", "Striking"]),
        # what is excluded is never marked
        ("ferry -strike", ["ferry", "Ferry", "ferries’"]),
        ("ferry NOT (strike OR crews)", ["ferry", "Ferry", "ferries’"]),
        ('-"ferry strike"', []),
        # small words are marked where nothing else is
        ("the ferry", ["ferry", "Ferry", "ferries’"]),
        ("the -envoy", ["The"]),
        ("the author:ferry", ["The"]),
        # what is bound to another field is not marked here
        ("title:ferry strike", ["strike", "Striking"]),
        ("author:crews", []),
        ("tag:ferry source:strike", []),
        # beginnings mark the whole word
        ("fer*", ["ferry", "Ferry", "ferries’"]),
        ("envo*", ["envoys"]),
        # either
        ("lane OR crews", ["Lane", "crews"]),
        # U.S. but not us
        ("U.S.", ["U.S."]),
        ("US", ["U.S."]),
        # days mark nothing
        ("date:2014", []),
        ("", []),
    ],
)
def test_marks_stand_exactly_where_the_question_matched(q: str, expected: list[str]) -> None:
    assert [mark.rstrip("’") for mark in marked(TEXT, q)] == [m.rstrip("’") for m in expected]


def test_us_as_a_pronoun_is_not_marked_for_the_country() -> None:
    assert marked("He told us that the U.S. and the US agree.", "U.S.") == ["U.S.", "US"]
    assert marked("He told us that the U.S. agrees.", "US") == ["us", "U.S."]


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("The café and the cafe.", "cafe", ["café", "cafe"]),
        ("O’Brien met O'Brien.", "obrien", ["O’Brien", "O'Brien"]),
        ("C++ beats C.", "C++", ["C++"]),
        ("AT&T and AT and T.", "at&t", ["AT&T"]),
        ("In 100,000 or 100000 or 100 cases.", "100,000", ["100,000", "100000"]),
        ("東京の京東", "東京", ["東京"]),
        ("a harbour-bridge toll", '"harbour bridge"', ["harbour-bridge"]),
        ("the state of emergency, state emergency", '"state of emergency"', ["state of emergency"]),
    ],
)
def test_marks_follow_the_words_of_the_index(text: str, q: str, expected: list[str]) -> None:
    assert marked(text, q) == expected


def test_a_title_has_its_own_marks() -> None:
    title = "Ferry strike ends"
    assert marked(title, "title:ferry", "title") == ["Ferry"]
    assert marked(title, "ferry", "title") == ["Ferry"]
    assert marked(title, "author:ferry ends", "title") == ["ends"]
    assert marked(title, "-strike", "title") == []


# -- whole sentences


def test_a_snippet_is_the_sentence_that_matched() -> None:
    text = "Nothing here. Gov. Ida Marsh met the U.S. envoy at the toll house. Nothing there."
    assert shown(text, "toll") == ["Gov. Ida Marsh met the U.S. envoy at the [toll] house."]


def test_sentences_are_shown_in_the_order_of_the_text() -> None:
    text = "The owl slept. The cat sat.\n\nThe toll rose. The bat flew."
    assert shown(text, "bat owl toll") == [
        "The [owl] slept.",
        "The [toll] rose.",
        "The [bat] flew.",
    ]


def test_words_that_match_together_are_shown_together() -> None:
    text = (
        "Dull days. The owl slept. A toll rose. The bat flew. An owl woke and paid a toll. It sat."
    )
    assert shown(text, "owl NEAR/5 toll") == [
        "The [owl] slept. A [toll] rose.",
        "An [owl] woke and paid a [toll].",
    ]
    assert shown("The owl slept.\n\nA toll rose. It sat.", "owl NEAR/5 toll") == [
        "The [owl] slept.  A [toll] rose."
    ]


def test_one_sentence_that_shows_everything_comes_before_those_that_show_less() -> None:
    text = "An owl slept. A toll rose. An owl paid a toll. An owl woke."
    assert "An [owl] paid a [toll]." in shown(text, "owl toll")


def test_at_most_three_sentences_are_shown_and_all_matches_counted() -> None:
    text = " ".join(f"Word{n} has an owl." for n in range(20))
    found, matches = snippets(Prose.plain(text), Matcher(parse("owl").root))
    assert 1 <= len(found) <= 3
    assert matches == 20
    found, _ = snippets(
        Prose.plain("An owl. A bat. A cat. A dog. A fox."),
        Matcher(parse("owl bat cat dog fox").root),
    )
    assert len(found) == 3


def test_nothing_is_shown_twice() -> None:
    text = "Read more on the toll. The toll rose.\n\nRead more on the toll. It fell."
    assert shown(text, "toll") == ["Read more on the [toll].", "The [toll] rose."]
    quoted = "“The toll will rise,” she said. Why?\n\nThe toll will rise, she said. It rose."
    assert shown(quoted, "toll") == ["“The [toll] will rise,” she said."]


def test_where_the_text_does_not_match_its_first_sentence_is_shown_unmarked() -> None:
    assert shown("First one. Second one.", "title:owl") == ["First one."]
    assert shown("First one. Second one.", "") == ["First one."]
    assert shown("First one. Second one.", "-owl") == ["First one."]
    assert shown("", "owl") == []


def test_no_ellipsis_stands_where_nothing_was_cut() -> None:
    text = "An owl sat on a wall. " * 3
    assert all("…" not in snippet for snippet in shown(text, "owl wall"))


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_a_long_sentence_is_cut_at_words_and_says_where(place: str) -> None:
    filler = ["lorem"] * 120
    at = {"start": 0, "middle": 60, "end": 120}[place]
    text = " ".join([*filler[:at], "owl", *filler[at:]]) + "."
    (snippet,) = shown(text, "owl")
    bare = snippet.replace("[owl]", "owl")
    assert "[owl]" in snippet
    assert bare.startswith("… ") == (place != "start")
    assert bare.endswith(" …") == (place != "end")
    core = bare.removeprefix("… ").removesuffix(" …")
    assert len(core) <= LONGEST
    assert set(core.rstrip(".").split()) == {"lorem", "owl"}


def test_of_a_long_sentence_the_stretch_with_most_of_the_question_is_shown() -> None:
    text = f"An owl sat {'and sat ' * 60}until an owl paid a toll {'and went ' * 40}home."
    (snippet,) = shown(text, "owl toll")
    assert "until an [owl] paid a [toll]" in snippet
    found, _ = snippets(Prose.plain(text), Matcher(parse("owl toll").root))
    assert found[0].hit == 2


def test_three_sentences_show_as_many_words_of_the_question_as_three_can() -> None:
    # To take the first sentence, which shows most, would leave one word out.
    text = "Owl, bat, dog, pig. Owl, bat, cat. Dog, fox, hen. Pig, cow, ram."
    assert shown(text, "owl bat cat dog fox hen pig cow ram") == [
        "[Owl], [bat], [cat].",
        "[Dog], [fox], [hen].",
        "[Pig], [cow], [ram].",
    ]


def test_a_long_first_sentence_is_cut_too_where_nothing_matched() -> None:
    (snippet,) = shown("lorem " * 200, "title:owl")
    assert snippet.endswith(" …")
    assert len(snippet) <= LONGEST + 2


# -- markup


def test_markup_in_an_article_is_text_in_html() -> None:
    text = '<script>alert("ferry")</script> & <b>ferry\'s</b> <mark>ferry</mark> &amp; done'
    (snippet,), _ = snippets(Prose.plain(text), Matcher(parse("ferry").root))
    html = snippet.html()
    assert html.count("<mark>") == html.count("</mark>") == 3
    assert re.sub(r"</?mark>", "", html).count("<") == 0
    assert "&lt;script&gt;alert(&quot;<mark>ferry</mark>&quot;)&lt;/script&gt; &amp; " in html
    assert "&amp;amp;" in html
    assert unescape(re.sub(r"</?mark>", "", html)) == text


def spans(text: str, numbers: list[int]) -> list[tuple[int, int]]:
    places = sorted({number % (len(text) + 1) for number in numbers})
    return list(zip(places[::2], places[1::2], strict=False))


@given(st.text(), st.lists(st.integers(0, 1_000), max_size=8))
def test_parts_ranges_and_html_say_the_same(text: str, numbers: list[int]) -> None:
    ranges = spans(text, numbers)
    snippet = Snippet.marked(text, ranges)
    assert snippet.text == "".join(part for part, _ in snippet.parts) == text
    assert all(part for part, _ in snippet.parts)
    assert snippet.ranges == ranges
    assert [part for part, matched in snippet.parts if matched] == [text[a:b] for a, b in ranges]
    html = snippet.html()
    assert html.count("<mark>") == html.count("</mark>") == len(ranges)
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text


_PIECES = (
    "owl", "Owls", "toll", "tolls", "bridge", "the", "Gov.", "U.S.", "café", "<b>", "&", '"',
    "said", "rose.", "fell!", "why?", "東京", "\n\n", "lorem" * 30, "100,000", "O’Brien",
)  # fmt: skip
_QUESTIONS = (
    "owl", '"owl toll"', "-bridge", "tol*", "U.S.", "title:owl", "the", "(café OR 東京)",
    '"the toll"', "owl NEAR/3 toll", "bridge NEAR/9 rose NEAR/9 the",
)  # fmt: skip
_news = st.lists(st.sampled_from(_PIECES), max_size=120).map(" ".join)
_asked = st.lists(st.sampled_from(_QUESTIONS), max_size=4).map(" ".join)


@given(_news, _asked)
@example("owl \n\n toll", '"owl toll"')
@example("We were left. The owl sank.", '"left the"')
def test_snippets_of_any_text_are_true_to_it(text: str, q: str) -> None:
    text = re.sub(r" *\n\n *", "\n\n", text).strip()
    matcher = Matcher(parse(q).root)
    found, matches = snippets(Prose.plain(text), matcher)
    flat = text.replace("\n", " ")
    bounds = list(sentences(text))
    # A phrase may run on from one sentence into the next: then the two are one snippet.
    whole = {flat[start:end] for start, _ in bounds for _, end in bounds if start < end}
    assert len(found) <= 3
    assert matches == len(matcher.find(text))
    for snippet in found:
        core = snippet.text.removeprefix("… ").removesuffix(" …")
        assert core in flat
        assert snippet.text != core or core in whole  # an ellipsis only where something was cut
        assert len(core) <= LONGEST
        for start, end in snippet.ranges:
            mark = snippet.text[start:end]
            assert mark == mark.strip()
            assert mark in flat


# -- through the engine


def test_no_snippet_shows_or_marks_what_was_set_aside(archive_of: Callable[..., Path]) -> None:
    folder = archive_of(
        {
            "title": "Weir to close",
            "text": "Alderman Ada QuennellAda Mirabel QuennellToll scuttled by gale"
            " Lantern toll postponed MORE said on Monday that the toll weir would close.",
        }
    )
    with open_archive(folder) as engine:
        (hit,) = asker(engine)("toll").hits
    assert [bracketed(snippet) for snippet in hit.snippets] == [
        "Alderman Ada Quennell said on Monday that the [toll] weir would close."
    ]
    assert hit.matches == 1


@pytest.mark.parametrize(
    "q",
    [
        "ferry strike", '"harbour bridge"', "flood*", "the governor", "U.S.", "-ferry", "",
        "title:ferry", "author:Nell", "hospital OR school", '"state of emergency" storm',
    ],
)  # fmt: skip
def test_snippets_of_the_sample_archive_are_sentences_of_its_articles(
    q: str, ask_sample: Ask
) -> None:
    from index.reading import read

    for hit in ask_sample(q, per_page=100).hits:
        article = hit.held.article
        text = f"{article.standfirst}\n\n" + read(article.raw_text, article.removals).text
        assert hit.title.text == article.title
        for snippet in hit.snippets:
            core = snippet.text.removeprefix("… ").removesuffix(" …")
            assert core in text
            assert core == snippet.text or len(core) <= LONGEST
            assert unescape(re.sub(r"</?mark>", "", snippet.html())) == snippet.text
            assert len(snippet.ranges) <= hit.matches
