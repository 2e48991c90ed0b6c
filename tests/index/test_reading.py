"""The clean text and the way back: every character of it leads to its own place in the raw text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.article import Removal
from index.reading import kept, read


def cut(text: str, *spans: tuple[int, int]) -> list[Removal]:
    return [Removal(start, end, text[start:end], "test", 1, "cut") for start, end in spans]


@st.composite
def texts_and_cuts(draw: st.DrawFn) -> tuple[str, list[Removal]]:
    """A text, often with much white space, and removals in any order, which may overlap."""
    text = draw(
        st.one_of(st.text(max_size=120), st.text(alphabet="ab .\n\t\u00a0\u2029é漢", max_size=120))
    )
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place), max_size=6))
    return text, cut(text, *((min(pair), max(pair)) for pair in pairs))


@given(texts_and_cuts())
@example(("", []))
@example(("a", cut("a", (0, 1))))
@example((" \n a b  c", cut(" \n a b  c", (3, 5))))
def test_each_character_leads_back_to_itself(case: tuple[str, list[Removal]]) -> None:
    raw, removals = case
    reading = read(raw, removals)
    gone = {place for removal in removals for place in range(removal.start, removal.end)}
    last = -1
    for offset, character in enumerate(reading.text):
        if character.isspace():
            continue
        place = reading.raw_offset(offset)
        assert raw[place] == character
        assert place > last, "in the order of the text"
        assert place not in gone
        last = place


@given(texts_and_cuts())
def test_all_that_was_not_set_aside_is_in_the_text_and_nothing_else(
    case: tuple[str, list[Removal]],
) -> None:
    raw, removals = case
    wanted = "".join(raw[start:end] for start, end in kept(raw, removals))
    assert "".join(read(raw, removals).text.split()) == "".join(wanted.split())


@given(texts_and_cuts())
def test_white_space_is_one_space_or_one_blank_line(case: tuple[str, list[Removal]]) -> None:
    text = read(*case).text
    assert text == text.strip()
    assert set(text.replace("\n\n", " ")) & set("\n\t\u00a0\u2029") == set()
    assert "  " not in text.replace("\n\n", " ")


@given(texts_and_cuts())
def test_reading_a_text_that_is_clean_changes_nothing(case: tuple[str, list[Removal]]) -> None:
    text = read(*case).text
    assert read(text, ()).text == text


@given(texts_and_cuts())
def test_what_is_kept_lies_in_order_and_outside_of_every_removal(
    case: tuple[str, list[Removal]],
) -> None:
    raw, removals = case
    position = 0
    for start, end in kept(raw, removals):
        assert position <= start < end <= len(raw)
        assert not any(max(start, cut.start) < min(end, cut.end) for cut in removals)
        position = end


def test_a_line_taken_out_whole_leaves_a_paragraph_break() -> None:
    raw = "The heron came.\n\nAdvertisement\n\nIt went again."
    start = raw.index("Advertisement")
    reading = read(raw, cut(raw, (start, start + 13)))
    assert reading.text == "The heron came.\n\nIt went again."
    assert raw[reading.raw_offset(reading.text.index("It")) :] == "It went again."


def test_a_cut_inside_a_sentence_closes_without_a_seam() -> None:
    raw = "Ann OduyaAnn Maria OduyaBoard buys MORE said so."
    end = raw.index(" said")
    assert read(raw, cut(raw, (9, end))).text == "Ann Oduya said so."


def test_lines_are_paragraphs_where_no_blank_line_parts_any() -> None:
    assert read("The heron came.\nIt went.", ()).text == "The heron came.\n\nIt went."
    assert read("The heron\ncame.\n\nIt went.", ()).text == "The heron came.\n\nIt went."


def test_a_text_of_which_nothing_is_left_reads_as_nothing() -> None:
    reading = read("Advertisement", cut("Advertisement", (0, 13)))
    assert (reading.text, reading.raw_offset(0)) == ("", 0)
