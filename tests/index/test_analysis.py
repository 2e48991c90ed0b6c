"""From text to terms: names, numbers and signs that news needs and plain word splitting loses."""

from __future__ import annotations

import pytest
import Stemmer
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import (
    OWN_STEMS,
    SPELLING,
    Forms,
    fold,
    forms,
    forms_of,
    name_key,
    stems,
    words,
)


def terms(text: str) -> set[str]:
    """All terms under which the one word of ``text`` is indexed and searched."""
    (form,) = forms(text)
    return {form.stem, form.also} - {""}


def same(text: str, other: str) -> bool:
    """Whether a search for the one finds the other."""
    return bool(terms(text) & terms(other))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("commit", "committed"),
        ("commit", "commits"),
        ("committing", "committed"),
        ("adding", "added"),
        ("ferry", "ferries"),
        ("U.S.", "US"),
        ("U.N.", "UN"),
        ("F.B.I.", "FBI"),
        ("O'Brien", "O’Brien"),
        ("O'Brien", "OBrien"),
        ("O’BRIEN", "o'brien"),
        ("Trump's", "Trump"),
        ("Trump’s", "TRUMP"),
        ("city’s", "cities"),
        ("they've", "they"),
        ("we’re", "WE'RE"),
        ("I'd", "I’m"),
        ("She'll", "she"),
        ("100,000", "100000"),
        ("1,000,000", "1000000"),
        ("1,000,000,", "1,000,000"),
        ("café", "cafe"),
        ("CAFÉ", "Cafe"),
        ("cafe\u0301", "café"),
        ("Sánchez", "sanchez"),
        ("straße", "STRASSE"),
        ("ﬁle", "file"),
        ("AT&T", "at&t"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("1980s", "1980S"),
        ("officer", "OFFICERS"),
        ("universities", "university"),
        ("united", "United"),
        ("goes", "going"),
        ("sues", "sued"),
        ("suing", "sue"),
    ],
)
def test_one_finds_the_other(text: str, other: str) -> None:
    assert same(text, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("united", "units"),
        ("housing", "houses"),
        ("officers", "offices"),
        ("candidates", "candid"),
        ("securities", "security"),
        ("positions", "positive"),
        ("several", "severe"),
        ("executives", "executions"),
        ("important", "imports"),
        ("Corps", "Corp"),
        ("national", "nations"),
        ("France", "francs"),
        ("does", "DOE"),
        ("senators", "Senate"),
        ("security", "secure"),
        ("recession", "recess"),
        ("personal", "persons"),
        ("futures", "future"),
        ("its", "it"),
        ("UPS", "up"),
        ("according", "accord"),
    ],
)
def test_words_that_only_look_alike_have_stems_of_their_own(text: str, other: str) -> None:
    assert forms(text)[0].stem != forms(other)[0].stem


def test_a_stem_of_its_own_is_what_no_other_word_has() -> None:
    snowball = Stemmer.Stemmer("english")
    lines: dict[str, list[str]] = {}
    for word, stem in OWN_STEMS.items():
        lines.setdefault(stem, []).append(word)
        assert stems([word, "the"])[0] == forms(word.upper())[0].stem == stem
    for stem, (first, *others) in lines.items():
        assert stem == first
        # Either Snowball never makes it, or it is that of the first word and now of more forms.
        if snowball.stemWord(stem) == stem:
            assert others
            assert stem not in snowball.stemWords(others)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("us", "U.S."),
        ("C++", "C"),
        ("C#", "C"),
        ("C++", "C#"),
        ("AT&T", "at"),
        ("100,000", "100"),
        ("100,000", "000"),
        ("3.5", "35"),
        ("3.5", "3"),
        ("AT&T", "ATT"),
        ("it", "IT"),
        ("we're", "were"),
        ("she'll", "shell"),
        ("he’ll", "hell"),
        ("I'd", "ID"),
        ("we'd", "wed"),
        ("Sa'd", "Sa"),
    ],
)
def test_one_does_not_find_the_other_exactly(text: str, other: str) -> None:
    # "us" meets "U.S." under its stem; under its own second form only the abbreviation is found.
    assert forms(text)[0] != forms(other)[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("C++ and AT&T", 3),
        ("the U.S.-led force", 4),
        ("O'Brien's café", 2),
        ("1.5bn euros", 2),
        ("10,000m race", 2),
        ("e-mail", 2),
        ("well-known", 2),
        ("日本語", 3),
        ("NHKは日本", 4),
        ("", 0),
        ("— … !", 0),
        ("and/or", 2),
        ("a_b", 2),
        ("#heron @pilot", 2),
    ],
)
def test_a_text_falls_into_so_many_words(text: str, count: int) -> None:
    assert len(forms(text)) == count


def test_an_acronym_has_a_form_with_stops_that_small_letters_have_not() -> None:
    assert forms_of("US") == Forms("us", "us", "u.s.")
    assert forms_of("U.S.") == Forms("us", "us", "u.s.")
    assert forms_of("us") == Forms("us", "us")


def test_accents_fold_for_finding_and_stay_for_the_exact_word() -> None:
    assert forms_of("café").exact == f"cafe{SPELLING}café"
    assert forms_of("cafe").exact == "cafe"
    assert forms_of("café").stem == forms_of("cafe").stem


def test_the_exact_word_is_not_stemmed() -> None:
    assert forms_of("committed").exact == "committed"
    assert forms_of("Ferries").exact == "ferries"


def test_stop_words_are_words_and_keep_their_places() -> None:
    found = {
        word.forms.exact: word.position for word in words("The state of emergency is the state")
    }
    assert found == {"the": 5, "state": 6, "of": 2, "emergency": 3, "is": 4}


def test_each_sign_of_a_script_without_spaces_is_a_word_at_its_place() -> None:
    assert [(word.forms.stem, word.position) for word in words("東京 tower")] == [
        ("東", 0),
        ("京", 1),
        ("tower", 2),
    ]


def test_no_term_is_longer_than_a_word_can_be() -> None:
    (form,) = forms("x" * 500)
    assert len(form.stem) <= 64
    (form,) = forms("é" * 500)
    assert len(form.exact) <= 2 * 64 + 1


@given(st.text(max_size=200))
@example("U.S.A. C++ AT&T O’Brien’s 100,000 café 東京")
@example("’s")
@example("ı İ ß ﬀ ½ ① ٣")
def test_whatever_the_text_words_stand_where_they_say_and_have_a_term(text: str) -> None:
    end = 0
    for position, word in enumerate(words(text)):
        assert word.position == position
        assert end <= word.start < word.end <= len(text)
        end = word.end
        assert word.forms == forms_of(text[word.start : word.end])
        assert word.forms.stem
        assert word.forms.exact
        assert " " not in word.forms.stem
    assert forms(text) == [word.forms for word in words(text)]


_latin = st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60)


@given(_latin)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_latin)
def test_a_name_has_one_key_however_it_is_spaced_and_cased(name: str) -> None:
    assert name_key(name) == name_key(f"  {name} ")
    assert name_key(name_key(name)) == name_key(name)


def test_names_with_and_without_accents_have_one_key() -> None:
    assert name_key("Zoé  Ó Riada") == name_key("ZOE O RIADA") == "zoe o riada"
