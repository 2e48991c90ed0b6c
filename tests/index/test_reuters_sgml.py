"""The SGML of Reuters-21578: records cut from a stream, and read as the wire meant them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers import Draft, Options, Record, draft_of
from index.readers.reuters import ReutersReader
from tests.index.fuzzing import arbitrary, mutations, survives
from tests.index.taking import take

HEAD = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'
NORM = """<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="X" OLDID="1" NEWID="{n}">
<DATE> 3-MAR-1987  09:15:05.40&#5;&#5;&#5;RM</DATE>
<TOPICS><D>tin</D><D>salt</D></TOPICS>
<PLACES><D>uk</D></PLACES>
<PEOPLE><D>mossop</D></PEOPLE>
<ORGS></ORGS>
<EXCHANGES><D>lse</D></EXCHANGES>
<COMPANIES></COMPANIES>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>TIN CAN &lt;TCAN> FOUND ON
BEACH</TITLE>
<AUTHOR>    By Ned Mossop, Reuters</AUTHOR>
<DATELINE>    SANDY HOLM, March 3 - </DATELINE><BODY>A tin can of 5 &amp; 6 ounces was
found on the beach on Monday, said the warden.
    It was empty, and \xe4lter than it
looked.
 REUTER
&#3;</BODY></TEXT>
</REUTERS>
"""
BRIEF = """<REUTERS NEWID="{n}"><DATE>3-MAR-1987 09:20:00.00</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>TIN CAN IS EMPTY, WARDEN SAYS
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
"""
UNPROC = """<REUTERS NEWID="{n}"><DATE>not a date</DATE>
<TEXT TYPE="UNPROC">&#2;
WEEKLY TIN REPORT 1 - MARCH 3
 Tins found.........1 vs.....2
 Tins lost..........0 vs.....1
&#3;</TEXT>
</REUTERS>
"""
EMPTY = '<REUTERS NEWID="{n}"><DATE>3-MAR-1987</DATE><TEXT>&#2;\n&#3;</TEXT></REUTERS>\n'
FILE = HEAD + "".join(
    one.format(n=n) for n, one in enumerate((NORM, BRIEF, UNPROC, EMPTY), start=1)
)


def draft(text: str, number: int = 1) -> Draft:
    return draft_of(Record("sgml", text.format(n=number).encode("latin-1"), "x"))


def test_a_record_gives_all_its_fields() -> None:
    assert draft(NORM, 17) == Draft(
        text=(
            "A tin can of 5 & 6 ounces was found on the beach on Monday, said the warden.\n\n"
            "It was empty, and älter than it looked.\n\nREUTER"
        ),
        id="17",
        title="TIN CAN <TCAN> FOUND ON BEACH",
        authors=("By Ned Mossop, Reuters",),
        published="3-MAR-1987  09:15:05",
        source="Reuters",
        tags=("tin", "salt", "uk", "mossop", "lse"),
        language="en",
        dateline="SANDY HOLM, March 3",
    )


def test_a_brief_is_its_title() -> None:
    found = draft(BRIEF)
    assert (found.title, found.text) == ("TIN CAN IS EMPTY, WARDEN SAYS", "")


def test_an_unprocessed_record_keeps_its_lines_and_an_odd_date_is_none() -> None:
    found = draft(UNPROC)
    assert found.headless
    assert found.published == ""
    assert found.text.split("\n") == [
        "WEEKLY TIN REPORT 1 - MARCH 3",
        "Tins found.........1 vs.....2",
        "Tins lost..........0 vs.....1",
    ]


CUT = """<REUTERS NEWID="{n}"><DATE>3-MAR-1987</DATE>
<TEXT TYPE="UNPROC">&#2;
TIN CANS SEEN OVER 17 MLN ON ALL BEACHES HONG KONG, March
3 - The tin cans on the beaches appear to have risen well above
what was seen last year, the warden says.
    "On the whole, the beach goes on to enjoy a degree of tin
rarely seen," it said.
LATEST PRICES OF TIN CANS ON THE BEACHES OF SANDY HOLM
Empty tins, by the dozen, of every kind there is   12 1/2  nil
Full tins, by the dozen, of the kinds that are let  13 1/2 nil
&#3;</TEXT>
</REUTERS>
"""


def test_lines_that_were_cut_for_the_wire_are_joined_and_rows_are_not() -> None:
    found = draft(CUT)
    assert (found.title, found.dateline, found.headless) == (
        "TIN CANS SEEN OVER 17 MLN ON ALL BEACHES",
        "HONG KONG, March 3",
        False,
    )
    assert found.text.split("\n") == [
        "The tin cans on the beaches appear to have risen well above what was seen last year, the "
        "warden says.",
        '"On the whole, the beach goes on to enjoy a degree of tin rarely seen," it said.',
        "LATEST PRICES OF TIN CANS ON THE BEACHES OF SANDY HOLM",
        "Empty tins, by the dozen, of every kind there is   12 1/2  nil",
        "Full tins, by the dozen, of the kinds that are let  13 1/2 nil",
    ]


@pytest.mark.parametrize("name", ["reut.sgm", "reut.txt", "reut.html", "reut"])
def test_a_file_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILE.encode("latin-1"))
    taken = take(tmp_path / name)
    assert taken.formats == ["sgml"] * 4
    assert taken.titles == [
        "TIN CAN <TCAN> FOUND ON BEACH",
        "TIN CAN IS EMPTY, WARDEN SAYS",
        "WEEKLY TIN REPORT 1 - MARCH 3",
    ]
    assert taken.reasons == {f"{name}:4": "is a record with neither a title nor a text"}
    first, brief, unprocessed = taken.articles
    assert first.published is not None
    assert first.published.text() == "1987-03-03T09:15:05+00:00"
    assert (first.authors, first.source) == (("Ned Mossop",), "Reuters")
    assert (brief.raw_text, unprocessed.published) == ("", None)


def test_a_record_cut_off_gives_what_there_is() -> None:
    assert draft(NORM.partition("looked")[0]).text.endswith("It was empty, and älter than it")


def records(data: bytes) -> list[str]:
    found = ReutersReader().records(io.BytesIO(data), "x", Options())
    return [one.payload.decode() for one in found if isinstance(one, Record)]


def test_a_record_that_is_not_closed_ends_at_the_next() -> None:
    assert records(b"<REUTERS 1>a<REUTERS 2>b</REUTERS>c<REUTERS 3>") == [
        "<REUTERS 1>a",
        "<REUTERS 2>b</REUTERS>",
        "<REUTERS 3>",
    ]


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=4), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_a_record_comes_out_whole_wherever_the_pieces_of_the_stream_end(
    lengths: list[int], between: int
) -> None:
    whole = [f"<REUTERS {n}>{'x' * length}</REUTERS>" for n, length in enumerate(lengths)]
    assert records(("y" * between).join(["", *whole, ""]).encode()) == whole


def test_a_record_over_the_bound_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    long = b"<REUTERS >" + b"x" * 12_000_000 + b"</REUTERS>"
    (tmp_path / "a.sgm").write_bytes(long + BRIEF.encode())
    taken = take(tmp_path / "a.sgm")
    assert taken.titles == ["TIN CAN IS EMPTY, WARDEN SAYS"]
    assert taken.reasons == {"a.sgm:1": "is over 5 MB: no article is"}


def test_all_records_of_the_real_collection_come_out(real: Path) -> None:
    taken = []
    for path in sorted((real / "reuters21578").glob("*.sgm")):
        with path.open("rb") as stream:
            taken += list(ReutersReader().records(stream, path.name, Options()))
    assert len(taken) == 21_578
    found = [one for one in taken if isinstance(one, Record)]
    assert len({record.fingerprint for record in found}) == 21_578
    drafts = [draft_of(record) for record in found if b"<BODY>" in record.payload]
    assert len(drafts) == 19_043
    assert all(one.title and one.id and one.published and one.text.strip() for one in drafts)
    assert sum(bool(one.dateline) for one in drafts) > 19_000
    assert sum(bool(one.authors) for one in drafts) > 800
    assert not any(sign < " " for one in drafts for sign in one.title + one.dateline)


@settings(max_examples=100, deadline=None)
@given(mutations(FILE.encode("latin-1")))
def test_mutated_files_raise_nothing(data: bytes) -> None:
    survives(data, "auto")


@settings(max_examples=50, deadline=None)
@given(arbitrary(b"<REUTERS ", b"<REUTERS><TEXT><BODY>", NORM.encode("latin-1")[:-100]))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    survives(data, "sgml")
