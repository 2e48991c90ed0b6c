"""Rollover captions: the card of a person's name, glued into the sentence it hung on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Passage, clean
from index.cleaning.names import fold
from index.cleaning.rollover import find_captions
from index.reading import read
from tests.index.cleaning_examples import unmarked

# What must go stands between ⟦ and ⟧; all people and headlines are invented.
CAPTIONS = {
    "a full name glued to the name, a headline glued to it": (
        "Senator Ann Oduya⟦Ann Maria OduyaBoard buys a crane Nine boats lost in fog Mayor finds hat"
        " MORE⟧ (D) said on Monday that it leaned."
    ),
    "the same name again instead of a fuller one": (
        "The motion of Sen. Lee Zakarian⟦Lee ZakarianThe harbour has a crane problem — the board"
        " can help Pilots ask for a lamp MORE⟧ (R-Ellm.) was lost."
    ),
    "a short first name on the page and the full one on the card": (
        "Attorney General Bill Farrowell⟦William Pelham FarrowellPilots blast the crane: report"
        " MORE⟧ dropped the case."
    ),
    "a nickname in parentheses": (
        "Leader Fitch Macready⟦Addison (Fitch) Mitchell MacreadyVote on the crane slips Board"
        " meets MORE⟧ did not answer."
    ),
    "a nickname in quotation marks": (
        "Rep. Buddy Tolliver⟦Earl “Buddy” TolliverDocks close early MORE⟧ left the room."
    ),
    "a space before the full name": (
        "Senator Ann Oduya said nothing; Pim Aalders⟦ Pim Jan AaldersThe crane is late Tug is lost"
        " MORE⟧ said it again."
    ),
    "no space before MORE": (
        "Senator Ann Oduya⟦Ann Maria OduyaBoard buys a craneMORE⟧ said on Monday that it leaned."
    ),
    "no headline at all": "Former speaker Ned Grimbald⟦Nedley Leroy GrimbaldMORE⟧ said it would.",
    "no headline, and a space before MORE": (
        "Former speaker Ned Grimbald⟦Nedley Leroy Grimbald MORE⟧ said it would fall."
    ),
    "Jr. behind the full name": (
        "Rep. Walter Jonas⟦Walter Beaman Jonas Jr.Lawmakers ask for a lamp MORE⟧ (R) voted no."
    ),
    "Jr. behind MORE": (
        "Rep. Walter Jonas⟦Walter Beaman JonasLawmakers ask for a lamp MORE⟧ Jr. (R) voted no."
    ),
    "an accent on the card only": (
        "Rep. Linda Sanchel⟦Linda Teresa SánchelBoard counts its boats Docks open MORE⟧ asked why."
    ),
    "an accent on the page only": (
        "Rep. Raúl Grijalba⟦Raul M. GrijalbaBoard counts its boats Docks open MORE⟧ asked why."
    ),
    "a possessive behind MORE": (
        "It was Ann Oduya⟦Ann Maria OduyaBoard buys a crane MORE⟧’s third crane, and the last."
    ),
    "a full stop behind MORE": (
        "The crane was named for Ann Oduya⟦Ann Maria OduyaBoard buys a crane Mayor finds hat MORE⟧."
        " It leans."
    ),
    "a bracket behind MORE": (
        "The pilots (and Pim Aalders⟦Pim Jan AaldersBoard buys a crane MORE⟧) stayed ashore."
    ),
    "a square bracket behind MORE": (
        "“I told [Pim Aalders⟦Pim Jan AaldersBoard buys a crane MORE⟧] so,” she said."
    ),
    "a headline that begins with a quotation mark": (
        "Director James Comber⟦James Brien Comber'Crane Sunday' to mark 25 years Barge sinks MORE⟧"
        " about the lamp."
    ),
    "a headline that begins with a digit": (
        "Director James Comber⟦James Brien Comber5 things to know about the barge MORE⟧ told us."
    ),
    "a headline with the same surname in it": (
        "Director James Comber⟦James Brien ComberComber says Comber was right MORE⟧ told us."
    ),
    "a Scottish name": (
        "Leader Ned McAllister⟦Edward Neil McAllisterBoard buys a crane MORE⟧ told us."
    ),
    "a hyphenated surname": (
        "Rep. Ada Winter-Holm⟦Ada Rose Winter-HolmBoard buys a crane MORE⟧ told us."
    ),
    "an apostrophe in the surname": (
        "Rep. Beto O’Raherty⟦Robert (Beto) Francis O’RahertyBoard buys a crane MORE⟧ told us."
    ),
    "a surname of two words": (
        "Rep. Sheila Lee Brandt⟦Sheila Lee BrandtPilots ask for a bell MORE⟧ (D) told us."
    ),
    "a name in two pieces around the card": (
        "Secretary Sarah Hucknall⟦Sarah Elizabeth SanderlingBoard buys a crane Mayor finds hat"
        " MORE⟧ Sanderling told us."
    ),
    "only a surname on the page": (
        "In the end Oduya⟦Ann Maria OduyaBoard buys a crane Mayor finds hat MORE⟧ told us."
    ),
    "several in one sentence": (
        "Sens. Ann Oduya⟦Ann Maria OduyaBoard buys a crane MORE⟧ (D), Pim Aalders⟦Pim Jan Aalders"
        "Tug is lost Tug is found MORE⟧ (R) and Lee Zakarian⟦Lee ZakarianPilots ask for a bell"
        " MORE⟧ (R) voted against."
    ),
    "two that touch": (
        "It pits Ann Oduya⟦Ann Maria OduyaBoard buys a crane MORE⟧ and Pim Aalders⟦Pim Jan Aalders"
        "Tug is lost MORE⟧, who agree on nothing."
    ),
}

PROSE = (
    "“NO MORE!” shouted Ann Oduya, and “NO MORE!” shouted the gallery after Ann Oduya.",
    "The MORE Act is sponsored by Ann Oduya; Mr. Oduya, her father, voted against the MORE Act.",
    "Ned McAllister, Ada LaBelle and Jo DeVries said MORE than the others, LaBelle most of all.",
    "At B’MORE Crab, Pim Aalders and Pim Jan Aalders share a table and an EVERMORE sign.",
    "PILOTS ASK FOR MORE AS CRANE FALLS AND CRANE FALLS FOR MORE, the posters said.",
    "Ann Oduya is not Ann Maria Oduya, and one wants MORE of what the other has less of.",
    "He has a MacBook and a McMansion and wants MORE.",
    "It says MORE on the tin.",
    "iPhones, YouTube and eBay are MORE of the same to Ada, and to Ada Winter.",
)


@pytest.mark.parametrize("example", CAPTIONS.values(), ids=CAPTIONS.keys())
def test_a_caption_goes_from_the_join_to_the_end_of_more(example: str) -> None:
    text, wanted = unmarked(example)
    removals = clean(Passage(text)).removals
    assert [removal.text for removal in removals] == wanted
    assert {removal.rule for removal in removals} == {"rollover-caption"}
    assert all(removal.evidence and removal.confidence >= 0.9 for removal in removals)


@pytest.mark.parametrize("example", CAPTIONS.values(), ids=CAPTIONS.keys())
def test_what_is_left_reads_as_the_sentence_that_was_written(example: str) -> None:
    text, wanted = unmarked(example)
    for caption in wanted:
        assert caption not in read(text, clean(Passage(text)).removals).text
    assert "MORE" not in read(text, clean(Passage(text)).removals).text


@pytest.mark.parametrize("line", PROSE)
def test_prose_with_more_in_it_stays(line: str) -> None:
    assert clean(Passage(line)).removals == ()
    assert clean(Passage(f"The crane leans.\n\n{line}\n\nIt is to fall in May.")).removals == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ann Oduya spoke first.\n\nAnn Maria Oduya was there too.\n\nThey want MORE of it.",
        "It was named for Ann Oduya\n\nAnn Maria Oduya bought a crane.\n\nMORE is what she wanted.",
    ],
)
def test_paragraphs_of_prose_that_end_before_a_more_are_no_caption(text: str) -> None:
    assert clean(Passage(text)).removals == ()


def test_a_caption_longer_than_any_card_is_left_alone() -> None:
    text = "Senator Ann OduyaAnn Maria Oduya" + "Board buys a crane " * 80 + "MORE said on Monday."
    assert clean(Passage(text)).removals == ()


def test_captions_are_found_after_a_more_that_belongs_to_the_prose() -> None:
    text = "They want MORE, and Ann OduyaAnn Maria OduyaBoard buys a crane MORE has it."
    (removal,) = clean(Passage(text)).removals
    assert removal.text == "Ann Maria OduyaBoard buys a crane MORE"


_names = st.sampled_from(["Oduya", "Aalders", "McAllister", "O’Raherty", "Sánchel", "Winter-Holm"])
_given = st.sampled_from(["Ann", "Pim", "Lee", "Beto", "Ada"])
_headlines = st.lists(
    st.sampled_from(
        [
            "Board buys a crane",
            "Nine boats lost in fog",
            "5 things to know",
            "'It leans,' says pilot",
        ]
    ),
    min_size=1,
    max_size=3,
)


@given(
    _given,
    _given,
    _names,
    _headlines,
    st.sampled_from([" (D) said so.", "’s crane fell.", ", who sat."]),
)
def test_a_card_put_into_a_sentence_comes_out_again_whole(
    first: str, middle: str, last: str, headlines: list[str], rest: str
) -> None:
    card = f"{first} {middle} {last}{' '.join(headlines)} MORE"
    text = f"On Monday the board heard that {first} {last}{card}{rest}"
    (removal,) = clean(Passage(text)).removals
    assert removal.text == card


@given(st.text(max_size=300))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="AaBbMOREéİ .’\n", max_size=200))
def test_finding_captions_never_raises_and_stays_in_bounds(text: str) -> None:
    for span in find_captions(Passage(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert text[: span.end].endswith("MORE")
