"""Each rule of the cleaner on lines it must take and on prose it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import Removal
from index.cleaning import RULES, Passage, clean, settle
from index.cleaning.rule import bare
from tests.index.cleaning_examples import (
    AUTHORS,
    CAPTIONS,
    CLUTTER,
    FOOT_CLUTTER,
    HEAD_CLUTTER,
    LINKED,
    OUTLET,
    TITLE,
    taken_by_others,
    unmarked,
)
from tests.index.cleaning_prose import PROSE

BEFORE = (
    "The board of Ellmouth harbour sat on Monday from nine in the morning until six.\n\n"
    "Eleven people spoke, nine of them against, and a dog was asked to leave the room.\n\n"
    "At a quarter past six it was done, and the clerk put the two sheets into his hat.\n\n"
    "The first crane was bought in 1911 and has leaned ever since it was put up there."
)
AFTER = (
    "The second will come by barge in June, when the river is at its lowest, or not at all.\n\n"
    "Nobody on the quay could say on Tuesday what it will lift, or who is going to pay for it.\n\n"
    "The pilots have asked for a lamp on the top of it, and for a bell that rings in the fog.\n\n"
    "A vote on the lamp is due in May, and one on the bell when the lamp has been paid for.\n\n"
    "The harbour master, who is 81, says that he has seen two cranes come and three of them go.\n\n"
    "He will not be drawn on a fourth, and he has put the key of the old one on a nail at home."
)


RULE = {rule.name: rule for rule in RULES}


def cleaned(text: str, source: str = OUTLET) -> tuple[Removal, ...]:
    linked, captions = frozenset(map(bare, LINKED)), frozenset(map(bare, CAPTIONS))
    return clean(Passage(text, source, TITLE, AUTHORS, linked, captions)).removals


def home(rule: str) -> str:
    """An outlet that the rule is for."""
    return (*RULE[rule].sources, OUTLET)[0]


def each(examples: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(rule, line) for rule, lines in examples.items() for line in lines]


def check(rule: str, text: str, line: str) -> None:
    found = cleaned(text, home(rule))
    # Whether the space before a passage goes with it is all the same to the text that is left.
    wanted = [(rule, one.strip()) for one in unmarked(line)[1]]
    assert [(r.rule, r.text.strip()) for r in found if r.rule == rule] == wanted
    assert [r.text.strip() for r in found if r.rule != rule] == taken_by_others(line)
    for removal in found:
        known = RULE[removal.rule]
        assert text[removal.start : removal.end] == removal.text
        assert (removal.reason, removal.moves_to) == (known.reason, known.moves_to)


@pytest.mark.parametrize(("rule", "line"), each(CLUTTER))
def test_a_line_of_clutter_inside_an_article_is_set_aside_by_its_rule(rule: str, line: str) -> None:
    check(rule, f"{BEFORE}\n\n{unmarked(line)[0]}\n\n{AFTER}", line)


@pytest.mark.parametrize(("rule", "line"), each(HEAD_CLUTTER))
def test_clutter_of_the_head_is_set_aside_there_and_only_there(rule: str, line: str) -> None:
    text, _ = unmarked(line)
    check(rule, f"{text}\n\n{BEFORE}\n\n{AFTER}", line)
    assert cleaned(f"{BEFORE}\n\n{BEFORE}\n\n{text}\n\n{AFTER}", home(rule)) == ()


def test_a_headline_that_asks_is_known_where_the_outlet_has_two_for_each_article() -> None:
    caption, asked = "The board on Monday. | AP Photos", "'Dear' crane coming to Ellmouth?"
    text = f"{caption} {asked}\n\n{BEFORE}\n\n{AFTER}"
    assert [removal.text for removal in cleaned(text, "politico")] == [caption, asked]
    assert [removal.text for removal in cleaned(text)] == []


def test_a_headline_in_other_words_is_known_by_the_lead_image_below_it() -> None:
    image = "Enlarge this image toggle caption Ida Marsh/AP Ida Marsh/AP"
    asked = "Who Puts Two Sheets Into A Hat?"
    stays = "The clerk put them into his hat."
    for line, taken in ((asked, [asked, image]), (stays, [image])):
        found = cleaned(f"{line}\n\n{image}\n\n{BEFORE}\n\n{AFTER}")
        assert [removal.text for removal in found] == taken


@pytest.mark.parametrize(("rule", "line"), each(FOOT_CLUTTER))
def test_clutter_of_the_foot_is_set_aside_there_and_only_there(rule: str, line: str) -> None:
    text, _ = unmarked(line)
    check(rule, f"{BEFORE}\n\n{AFTER}\n\n{text}", line)
    assert cleaned(f"{BEFORE}\n\n{text}\n\n{AFTER}\n\n{AFTER}", home(rule)) == ()


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, line in each(CLUTTER) if RULE[rule].sources]
)
def test_what_is_furniture_at_one_outlet_stays_at_another(rule: str, line: str) -> None:
    text = f"{BEFORE}\n\n{unmarked(line)[0]}\n\n{AFTER}"
    assert rule not in {removal.rule for removal in cleaned(text)}


@pytest.mark.parametrize(("rule", "line"), each(PROSE))
def test_prose_that_looks_like_clutter_stays_wherever_it_stands(rule: str, line: str) -> None:
    for source in {home(rule), OUTLET}:
        middle = cleaned(f"{BEFORE}\n\n{line}\n\n{AFTER}", source)
        foot = cleaned(f"{BEFORE}\n\n{AFTER}\n\n{line}", source)
        head = cleaned(f"{line}\n\n{BEFORE}\n\n{AFTER}", source)
        assert (middle, foot, head) == ((), (), ()), f"beside {rule}"


def test_every_rule_has_its_examples() -> None:
    taken = {**CLUTTER, **HEAD_CLUTTER, **FOOT_CLUTTER}
    for rule in RULES:
        assert len(PROSE[rule.name]) >= 3
        # Captions have a module of tests of their own.
        assert rule.name == "rollover-caption" or len(taken[rule.name]) >= 3
    assert set(taken) | {"rollover-caption"} == set(PROSE) == {rule.name for rule in RULES}


def test_names_of_rules_are_unique_and_reasons_are_one_line() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason and "\n" not in rule.reason for rule in RULES)


def test_an_article_of_prose_keeps_every_character() -> None:
    assert cleaned(f"{BEFORE}\n\n{AFTER}") == ()


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "line", ["1" * 40, " ".join(map(str, range(2008, 2024))), "share " * 30 + "!"]
)
def test_a_line_that_nearly_fits_a_rule_in_many_ways_does_not_hold_up_the_run(line: str) -> None:
    assert cleaned(f"{BEFORE}\n\n{line}\n\n{AFTER}") == ()


# -- the guard


def test_a_text_that_would_lose_most_of_itself_keeps_its_lines() -> None:
    text = "\n".join(["Related: Crane leans, mayor says it always did"] * 9 + ["The crane fell."])
    assert cleaned(text) == ()


def test_the_guard_still_lets_promotions_inside_a_paragraph_go() -> None:
    promotion = "(RELATED: Mayor Mislays The Hat)"
    text = "\n".join(
        ["Related: Crane leans, mayor says so"] * 15 + [f"The crane fell. {promotion}"]
    )
    assert [removal.text.strip() for removal in cleaned(text)] == [promotion]


def test_a_scrap_may_be_mostly_furniture_but_never_all_of_it() -> None:
    assert [r.text for r in cleaned("The crane fell.\n\nRelated: Crane leans, mayor says so")] == [
        "Related: Crane leans, mayor says so"
    ]
    assert cleaned("Related: Crane leans, mayor says so\n\nAdvertisement") == ()


def test_what_moves_to_a_field_is_the_text_where_there_is_no_other() -> None:
    correction = "Correction: it was a tug that fell on Monday, and not a crane."
    assert [r.text for r in cleaned(f"{correction}\n\nAdvertisement")] == ["Advertisement"]
    captions = "\n\n".join(f"FILE PHOTO: The crane of Ellmouth in year {n}" for n in range(30))
    assert cleaned(captions) == ()


def test_a_text_whose_lines_were_kept_says_so() -> None:
    lines = ["Related: Crane leans, mayor says it always did"] * 15
    cluttered = "\n".join([*lines, "The crane fell on Monday, at noon."])
    assert clean(Passage(cluttered)).doubt == "690 characters look like page furniture"
    assert clean(Passage("Advertisement")).doubt == "all of it looks like page furniture"
    assert clean(Passage(f"{BEFORE}\n\n{lines[0]}\n\n{AFTER}")).doubt == ""


def test_a_rule_that_is_switched_off_does_not_run() -> None:
    passage = Passage(f"{BEFORE}\n\nAdvertisement\n\nShare this article\n\n{AFTER}")
    assert [r.rule for r in clean(passage).removals] == ["advertisement", "share-line"]
    assert [r.rule for r in clean(passage, off={"advertisement"}).removals] == ["share-line"]


def test_the_guard_keeps_what_was_settled_before() -> None:
    label = Removal(0, 7, "Related", "head-title", 1, "the headline", moves_to="title")
    text = "\n".join(["Related: Crane leans, mayor says it always did"] * 15)
    passage = Passage(text)
    assert clean(passage, [label]).removals == (label,)


# -- settling


def test_of_two_removals_that_overlap_the_first_in_the_list_stays() -> None:
    first = Removal(10, 20, "x" * 10, "first", 1, "came first")
    inside = Removal(12, 14, "xx", "second", 1, "lies inside")
    across = Removal(19, 30, "x" * 11, "third", 1, "lies across the end")
    beside = Removal(20, 30, "x" * 10, "fourth", 1, "begins where the first ends")
    assert settle([first, inside, across, beside]) == (first, beside)


def test_an_empty_removal_is_dropped() -> None:
    assert settle([Removal(5, 5, "", "none", 1, "takes nothing")]) == ()


_pieces = st.sampled_from(
    [
        "Senator Ann Oduya",
        "Ann Maria OduyaMayor loses hat Crane leans",
        "MORE",
        " MORE said",
        "Advertisement",
        "(RELATED: A crane)",
        "Updated at 6:11 p.m.",
        "Share this article",
        "By Ida Brankovic",
        "Correction: it was a tug, not a crane.",
        "\n",
        "\n\n",
        " ",
        "’s",
        "É",
        "İ",
        "ﬁ",
        "\u2029",
        "日本",
    ]
)
_texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(_pieces, st.text(max_size=12)), max_size=25).map("".join),
)


@given(_texts, st.text(max_size=20), st.lists(st.text(max_size=12), max_size=2).map(tuple))
@example("MORE", "MORE", ("MORE",))
@example("", "", ())
def test_whatever_the_text_the_removals_are_slices_of_it_in_order(
    text: str, title: str, authors: tuple[str, ...]
) -> None:
    removals = clean(Passage(text, title=title, authors=authors)).removals
    position = 0
    for removal in removals:
        assert position <= removal.start < removal.end <= len(text)
        assert removal.text == text[removal.start : removal.end]
        position = removal.end


@given(st.lists(_pieces, max_size=25).map("".join))
def test_cleaning_the_same_text_twice_gives_the_same_ledger(text: str) -> None:
    assert clean(Passage(text)).removals == clean(Passage(text)).removals


def _lines_of(passage: Passage) -> Iterator[str]:
    for line in passage.lines:
        yield passage.text[line.start : line.end]


@given(st.text(max_size=200))
def test_the_lines_of_a_passage_are_its_lines_that_hold_something(text: str) -> None:
    wanted = [line.strip() for line in text.split("\n") if line.strip()]
    assert list(_lines_of(Passage(text))) == wanted
