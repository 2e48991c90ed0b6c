"""Where sentences of news begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_the_bullet_of_a_list_in_one_line_begins_a_sentence_and_is_no_part_of_it() -> None:
    text = '* Tolls rose. KEY POINTS: * The harbour said no * "Perhaps," it said. * 5 * 3 m wide.'
    assert split(text) == [
        "Tolls rose.", "KEY POINTS:", "The harbour said no", '"Perhaps," it said.', "5 * 3 m wide.",
    ]  # fmt: skip
    assert split("Down 16 percent from 2007 * Says fell in 2006 * 12 m * 5 X in 2 * N cells") == [
        "Down 16 percent from 2007", "Says fell in 2006 * 12 m", "5 X in 2 * N cells",
    ]  # fmt: skip
    assert split("--Orme pays 5 m. -- Vale -- the firm -- pays 6 m.\n\n-- Pell is out") == [
        "Orme pays 5 m.", "Vale -- the firm -- pays 6 m.", "Pell is out",
    ]  # fmt: skip
    assert split("Here is what they pay: -- Orme pays 5 m. -- Vale pays 6: or -- so: 7.") == [
        "Here is what they pay:", "Orme pays 5 m.", "Vale pays 6: or -- so: 7.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        ["The mill closed.", "Nobody cheered!", "Why not?", "Well…", "It rained."],
        # titles and names
        ["Gov. Ida Marsh vetoed it.", "She left."],
        ["Then Sen. Paul Orme and Rep. Una Vale spoke.", "Both left."],
        ["Lt. Col. Ray Stott saluted.", "Mr. and Mrs. Stott smiled."],
        ["Dr. J. R. Holt of St. Osyth wrote to Prof. K. Lund.", "No reply came."],
        ["Martin Pell Jr. sued Pell Bros. Inc. on Friday.", "He lost."],
        ["J. Edgar Moss arrived.", "A. B. Cole left."],
        ["Sens. Vale and Orme met Reps. Holt and Lund.", "They dined."],
        # abbreviations with stops inside
        ["The U.S. Senate sat at 9 a.m. Monday in Washington.", "It rose late."],
        ["They met in the U.S. and in the U.K. last year.", "No deal was made."],
        ["Fees, e.g. tolls, rose.", "Fares, i.e. tickets, fell."],
        ["Roe v. Wade stands.", "Cos. such as Ormeco Plc. (ORM) fell."],
        ["The E.U./U.S. Council met.", "Anti-U.S. Feeling rose."],
        ["Messrs. Vale and Orme saw Brig. Holt, Cpl. Lund and Govs. Ray and Moss.", "See pp. 5."],
        # abbreviations that end a sentence as well
        ["He runs Orme Inc.", "The firm is old.", "Orme Inc. Chairman Ray Vale left."],
        ["She left Vale & Co.", "“It was time,” she said.", "Vale & Co. Ltd. wept."],
        [
            "He is at Orme Corp.",
            "South Norland's Vale makes ships.",
            "Its rival is Pell & Co. Inc.",
        ],
        ["It left Orme Plc.", "Vales’ own fell.", "Orme Inc. President Vale's men wept."],
        [
            "So says I/B/E/S.",
            "Orme, known for salt, rose.",
            "A pact of the Vale/J. Orme firm held.",
        ],
        ["It began at 8 p.m.", "They left at 9 p.m. Eastern time on Friday."],
        ["It was shut at 1 p.m.", "Portions of the quay were open by 3:30 a.m. EDT."],
        ["They met at 10 a.m. Sunday in Orme.", "At 11 a.m. New York time it was over."],
        ["It ended by 6 p.m.", "“Salt,” she said."],
        ["He left the U.S.", "In May he was in the U.S. Senate again."],
        ["He stayed in the U.S.", "I left."],
        ["Mr.Orme of St.Osyth saw Gov.Marsh of www.mill.example.", "She left."],
        ["It opened in Salem, N.Y.", "“We sell salt,” she said."],
        # a crosshead that stands in the line
        ["The mill fell.", 'SALT AND "FEAR"', "The price rose.", "He left."],
        ["Who pays?", "U.S. SALT GLUT, BUT NO FLOOD", '"Nobody," he said.'],
        ["“It rose.”", "TOLLS UP 20 PCT", "A toll of $2 is high."],
        ["She spoke.", "IDA MARSH: Salt fell.", "BBC TV News saw it.", "ORME Salt sank."],
        # an answer, and a number
        ["“No.", "She left,” he said.", "They met at No. 10 and saw Nos. 3 and 4."],
        # what a quotation leaves out
        ["“It closed ... [the] mill … [and] rose,” he said.", "He left.", "[laughter]"],
        # an abbreviation in a bracket, inside a sentence and as one
        ["The Isles (U.S.) Uruguay and the Durham (N.C.) Association came.", "All ate."],
        ["He saw it (and the U.S.)", "The rest is gone."],
        ["(He left for the U.S.)", "Ida stayed."],
        ["It was Sen. Orme (D-Calif.)", "“No,” he said."],
        # numbers of a list, and stops alone
        ["1. Mix the flour.", "2. Wait.", "It has 3."],
        ["… Then it rained.", ". It rained."],
        # months and numbers
        [
            "It happened on Jan. 5 and again on Sept. 12.",
            "Nothing happened in May.",
            "June was dry.",
        ],
        ["Item No. 5 passed.", "Nos. 6 and 7 failed."],
        ["It cost $3.5 million.", "That is 2.5 times more."],
        ["Route 9, Elm Ave. and Mill Rd. were shut.", "Ft. Orme stayed open."],
        ["Yahoo! Inc sold it.", "So did Yahoo!", "The price fell."],
        ["ST. OSYTH, Norland (Orme) - REP. VALE: It is so.", "Del. Ida Marsh of Sarn left."],
        # states
        ["A woman from Macon, Ga. won.", "A man from Flint, Mich. came second."],
        ["SARN, Ala. — The mill was sold.", "A man from Hope, Ark. bought it."],
        # firms
        ["They sued Orme Corp. and Sarn Ltd.", "Still pending is a third suit by Jos. A. Marsh."],
        ["It was bought by Vale Co.", "Norland sold it.", "Orme Inc. Chairman Ida Marsh left."],
        # who wrote what is quoted
        ["It leans!", "All see it. — Ida Marsh (@idamarsh) May 3, 2019"],
        # left out
        ["Perhaps . . . but it was so.", "They ate . . . .", "We drank."],
        # quotation marks close the sentence they belong to
        ['He said "No."', "Then he left."],
        ["“It is over.”", "She sat down."],
        ["(This was in 1998.)", "It is different now."],
        ["‘Done!’", "They left."],
        # stops before a small letter end nothing
        ["The approx. sum was paid.", "All were glad."],
        ["Visit example.org for more.", "Call the desk."],
        # paragraphs end a sentence in any case
        ["A headline without a stop", "The text begins.", "It ends"],
    ],
)
def test_sentences_are_these(parts: list[str]) -> None:
    joined = " ".join(parts)
    if parts[0] == "A headline without a stop":
        joined = "A headline without a stop\n\nThe text begins. It ends"
    assert split(joined) == parts


@pytest.mark.parametrize(
    "parts",
    [
        [
            "She sold the firm.",
            "Importantly, the mill stayed.",
            "“I know,” she said.",
            "A bell rang.",
        ],
        ["He saw nothing “in it.”", "The mill closed!", "“Why?”", "“I know.”"],
        ['It was "over."', "It rained."],
    ],
)
def test_sentences_end_where_the_blank_behind_them_was_lost(parts: list[str]) -> None:
    assert split("".join(parts)) == parts


def test_several_paragraphs_each_have_their_own() -> None:
    text = "One. Two.\n\nThree\n\n\n\nFour. Five"
    assert split(text) == ["One.", "Two.", "Three", "Four.", "Five"]


def test_scripts_without_spaces_have_sentences_too() -> None:
    assert split("今日は雨。明日は晴れ！本当？") == ["今日は雨。", "明日は晴れ！", "本当？"]


def test_no_text_has_no_sentence() -> None:
    assert split("") == []
    assert split(" \n\n \n") == []


_PIECES = (
    "The mill", "Gov.", "U.S.", "J.", "Jan.", "closed", ".", "!", "?", "…", "...", "”", "“",
    '"', ")", " ", "\n\n", "\n", "。", "5", "a.m.", "\u2029", "\xa0",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@given(st.lists(st.text("abc .", max_size=30), min_size=1, max_size=5))
def test_no_sentence_crosses_a_paragraph(paragraphs: list[str]) -> None:
    assert all("\n\n" not in sentence for sentence in split("\n\n".join(paragraphs)))
