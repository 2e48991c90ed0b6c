"""Citations: names, dates and characters that trip citation tools."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.article import Article, Confidence, Precision, Stamp
from search.citing import Citing, Name, bibtex, cite, csl, name_of, plain
from tests.conftest import Program


def _stamp(precision: Precision = "day", confidence: Confidence = "high") -> Stamp:
    return Stamp(datetime(1987, 3, 2, 14, 5, tzinfo=UTC), precision, "field", confidence)


def _citing(
    title: str = "Tolls rise",
    authors: tuple[str, ...] = ("Jane Hollister",),
    published: Stamp | None = None,
    url: str = "https://ledger.example/tolls",
) -> Citing:
    article = Article(
        id="abcdefgh234567ab",
        title=title,
        raw_text="Text.",
        authors=authors,
        published=published,
        source="The Harbour Ledger",
        url=url,
    )
    return Citing(article, "City archive", "https://archive.example/a/x", date(2026, 11, 5))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Hollister", Name("Hollister", "Jane")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("Maria de la Cruz", Name("Cruz", "Maria", "de la")),
        ("Oscar De La Hoya", Name("Hoya", "Oscar De La")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("J. R. R. Tolkien", Name("Tolkien", "J. R. R.")),
        ("Zoë Müller-Lüdenscheidt", Name("Müller-Lüdenscheidt", "Zoë")),
        ("Björk", Name("Björk", literal=True)),
        ("村上春樹", Name("村上春樹", literal=True)),
        ("Reuters", Name("Reuters", literal=True)),
        ("Reuters Staff", Name("Reuters Staff", literal=True)),
        ("The Harbour Ledger", Name("The Harbour Ledger", literal=True)),
        ("", Name("", literal=True)),
    ],
)
def test_a_name_is_split_where_its_surname_begins(text: str, name: Name) -> None:
    assert name_of(text, "The Harbour Ledger") == name


def test_plain_text_reads_as_reference_lists_do() -> None:
    authors = ("Ludwig van Beethoven", "Tom Reyes", "Reuters")
    assert plain(_citing(authors=authors, published=_stamp("minute"))) == (
        "van Beethoven, Ludwig, Tom Reyes, and Reuters. “Tolls rise.” The Harbour Ledger,"
        " 2 March 1987. https://ledger.example/tolls. City archive, https://archive.example/a/x"
        " (accessed 5 November 2026)."
    )
    asked = plain(_citing("Who pays?", (), url=""))
    assert asked.startswith("“Who pays?” The Harbour Ledger, undated. City archive,")


@pytest.mark.parametrize(
    ("precision", "parts", "spelt"),
    [
        ("year", [1987], "1987"),
        ("month", [1987, 3], "March 1987"),
        ("day", [1987, 3, 2], "2 March 1987"),
        ("second", [1987, 3, 2], "2 March 1987"),
    ],
)
def test_a_date_is_no_finer_than_it_is_known(
    precision: Precision, parts: list[int], spelt: str
) -> None:
    citing = _citing(published=_stamp(precision))
    assert csl(citing)["issued"] == {"date-parts": [parts]}
    assert f"The Harbour Ledger, {spelt}." in plain(citing)
    given = [name for name in ("year", "month", "day") if f"  {name} = " in bibtex(citing)]
    assert len(given) == len(parts)
    assert ("  month = mar," in bibtex(citing)) == (len(parts) > 1)


def test_a_doubtful_date_says_so_and_an_unknown_one_is_left_out() -> None:
    doubtful = _citing(published=_stamp("year", "low"))
    assert csl(doubtful)["issued"] == {"date-parts": [[1987]], "circa": True}
    assert ", c. 1987." in plain(doubtful)
    assert "issued" not in csl(_citing())
    assert "year" not in bibtex(_citing())


def test_bibtex_escapes_what_tex_reads_as_an_order_and_keeps_accents() -> None:
    entry = bibtex(
        _citing(r"100% of $5 & café #1_a {b} \ruin ~^", url="https://x.example/a_b%7D}?q=1")
    )
    assert (
        r"title = {{100\% of \$5 \& café \#1\_a \{b\} \textbackslash{}ruin"
        r" \textasciitilde{}\textasciicircum{}}}"
    ) in entry
    assert "url = {https://x.example/a_b%7D%7D?q=1}" in entry
    unescaped = re.sub(r"\\[{}]", "", entry)
    assert unescaped.count("{") == unescaped.count("}")


def test_bibtex_names_cannot_run_into_one_another() -> None:
    authors = ("Marks and Sons Ltd", "Martin Luther King Jr.", "Ludwig van Beethoven")
    assert (
        "author = {{Marks and Sons Ltd} and King, Jr., Martin Luther and van Beethoven, Ludwig}"
    ) in bibtex(_citing(authors=authors))


def test_keys_are_ascii_and_end_in_the_id() -> None:
    key = bibtex(_citing(authors=("Zoë Ångström",), published=_stamp())).partition("\n")[0]
    assert key == "@article{angstrom1987-abcdefgh234567ab,"
    nameless = bibtex(_citing(authors=("村上春樹",)))
    assert nameless.startswith("@article{articleundated-abcdefgh234567ab,")


def test_csl_has_names_in_parts_and_no_empty_keys() -> None:
    item = csl(_citing(authors=("Maria de la Cruz", "Reuters"), url=""))
    assert item["author"] == [
        {"family": "Cruz", "given": "Maria", "non-dropping-particle": "de la"},
        {"literal": "Reuters"},
    ]
    assert item["URL"] == item["archive_location"] == "https://archive.example/a/x"
    assert item["accessed"] == {"date-parts": [[2026, 11, 5]]}
    assert all(item.values())


def test_each_form_is_printed_by_the_command(program: Program, sample_archive: Path) -> None:
    found = program("search", "toll bill", "--json", archive=sample_archive)
    result = json.loads(found.stdout)["results"][0]
    printed = {
        form: program("show", result["id"], "--cite", form, archive=sample_archive).stdout
        for form in ("plain", "bibtex", "csl")
    }
    assert f"“{result['title']}.”" in printed["plain"]
    assert printed["bibtex"].startswith("@article{")
    assert json.loads(printed["csl"])[0]["title"] == result["title"]


def test_the_forms_are_what_they_are_called() -> None:
    assert cite(_citing(), "bibtex") == bibtex(_citing())
    assert json.loads(cite(_citing(), "csl")) == [csl(_citing())]
