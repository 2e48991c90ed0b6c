"""Skipping what a query cannot match never skips what it does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from index.analysis import OWN_STEMS, forms, words
from search.beginnings import beginning, pattern, plain
from search.language import parse
from search.matching import Matcher

ODD = (
    "vying Vying DYING AT&T's M&As O'Brien’s U.S. US C++ 1,000,000 3.5bn café CAFÉ Straße naïve"
    " Yıldırım 東京 e\u0301tude"
)
# Words made of what folds, joins and ends words in odd ways.
WORDS = some.text("aeinstyzAB1.,'’&+#éßı\u0301東ſK", min_size=1, max_size=8)


def test_each_odd_word_begins_as_its_terms_say() -> None:
    for word in (*ODD.split(), *OWN_STEMS):
        for form in forms(word):
            for term in filter(None, (form.stem, form.also)):
                found = pattern(frozenset({beginning(term)}))
                assert found is None or found.search(plain(word) or word), (word, term)


@given(some.lists(some.one_of(WORDS, some.sampled_from(ODD.split())), min_size=1, max_size=30))
def test_every_word_of_a_text_is_found_by_itself(chunks: list[str]) -> None:
    text = " ".join(chunks)
    for word in words(text):
        typed = text[word.start : word.end]
        places = [(match.start, match.end) for match in Matcher(parse(typed).root).find(text)]
        if not any(sign in typed for sign in "*?~"):
            assert (word.start, word.end) in places or len(forms(typed)) != 1, typed


def test_words_far_apart_are_no_phrase() -> None:
    text = "Ferry boats run. " + "Nothing moves here. " * 20 + "A ferry strike, then a strike."
    (found,) = Matcher(parse('"ferry strike"').root).find(text)
    assert text[found.start : found.end] == "ferry strike"
