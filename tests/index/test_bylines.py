"""Bylines to people: who is named, who is a desk, and how a name is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bylines import only_names, people


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Odile Marsh", ("Odile Marsh",)),
        ("by odile marsh", ("Odile Marsh",)),
        ("By ODILE MARSH and Jo Tern, Staff Writers", ("Odile Marsh", "Jo Tern")),
        ("Odile Marsh, Jo Tern & Ada Winter-Holm", ("Odile Marsh", "Jo Tern", "Ada Winter-Holm")),
        ("Odile Marsh with Jo Tern", ("Odile Marsh", "Jo Tern")),
        ("Odile Marsh; Jo Tern", ("Odile Marsh", "Jo Tern")),
        ("Odile Marsh | The Sluice News", ("Odile Marsh",)),
        ("By Odile Marsh, Reuters", ("Odile Marsh",)),
        ("By Odile Marsh in Ellmouth", ("Odile Marsh",)),
        ("By Odile Marsh for The Sluice", ("Odile Marsh",)),
        ("By Odile Marsh (Ellmouth)", ("Odile Marsh",)),
        ("By Odile Marsh - The Sluice", ("Odile Marsh",)),
        ("By Odile Marsh omarsh@sluice.example", ("Odile Marsh",)),
        ("By Odile Marsh @omarsh", ("Odile Marsh",)),
        ("By: Odile Marsh", ("Odile Marsh",)),
        ("Written by Odile Marsh", ("Odile Marsh",)),
        ("Von Jürgen Teichmann", ("Jürgen Teichmann",)),
        ("Par Zoé Marsh et Luc Écluse", ("Zoé Marsh", "Luc Écluse")),
        ("By Ann O’Brien and Seán Ó Riada", ("Ann O’Brien", "Seán Ó Riada")),
        ("By SHAUN MCBRIDE", ("Shaun McBride",)),
        ("By ANN O'BRIEN", ("Ann O'Brien",)),
        ("By Walter Jonas, Jr.", ("Walter Jonas Jr",)),
        ("By J. T. Tern", ("J. T. Tern",)),
        ("Ludwig van der Beek", ("Ludwig van der Beek",)),
        ("Odile Marsh, odile marsh", ("Odile Marsh",)),
        ("ODILE MARSH III", ("Odile Marsh III",)),
        ("LUDWIG VAN DER BEEK", ("Ludwig van der Beek",)),
        ("J.K. MARSH", ("J.K. Marsh",)),
        ("Von Odile Marsh, Ellmouth", ("Odile Marsh",)),
        ("Kolumne von Odile Marsh", ("Odile Marsh",)),
        ("Autorin: Odile Marsh", ("Odile Marsh",)),
        ("Текст: Одиль Марш", ("Одиль Марш",)),
        ("Text: Odile Marsh; Fotos: Jo Tern", ("Odile Marsh",)),
        ("Reporter Odile Marsh", ("Odile Marsh",)),
        ("Jane Marsh BBC News", ("Jane Marsh",)),
        ("Odile Marsh. The Sluice International", ("Odile Marsh",)),
        ("Odile Marsh Monday", ("Odile Marsh",)),
        ("Odile Marsh/Jo Tern", ("Odile Marsh", "Jo Tern")),
        ("Ana López y Juan Pérez", ("Ana López", "Juan Pérez")),
        ("José Marsh y Tern", ("José Marsh y Tern",)),
        ("Emily Post", ("Emily Post",)),
        ("Bill Press", ("Bill Press",)),
        ("Robert Service", ("Robert Service",)),
        ("Sid Marsh", ("Sid Marsh",)),
        ("Michael Bloomberg", ("Michael Bloomberg",)),
        ("Christoph von Marsch", ("Christoph von Marsch",)),
        ("김하늘 기자", ("김하늘",)),
    ],
)
def test_a_byline_names_these_people(byline: str, names: tuple[str, ...]) -> None:
    assert people(byline) == names


@pytest.mark.parametrize(
    "byline",
    [
        "",
        "By Staff",
        "Staff Writer",
        "The Associated Press",
        "Reuters",
        "By AFP",
        "Sluice Editors",
        "News desk",
        "Harbour correspondent",
        "admin",
        "odile-marsh",
        "https://www.sluice.example",
        "omarsh@sluice.example",
        "@omarsh",
        "March 3, 2021",
        "Board of the Sluice",
        "unknown",
        "SID",
        "AFP Deutschland",
        "Ellmouth Post",
        "The Harbour",
        "sluice.example.be",
        "Guardian staff reporter",
        "東京新聞デジタル",
    ],
)
def test_a_desk_an_agency_or_an_address_is_nobody(byline: str) -> None:
    assert people(byline) == ()


def test_the_paper_itself_is_nobody() -> None:
    assert people("Le Sluice", outlet="Le Sluice") == ()


def test_a_field_of_authors_has_names_and_no_bylines() -> None:
    assert people("von Trapp Georg", as_field=True) == ("von Trapp Georg",)
    assert people("von Nina Marsh", as_field=True) == ("Nina Marsh",)
    assert people("von Trapp Georg") == ("Trapp Georg",)


def test_several_bylines_are_read_in_order_each_person_once() -> None:
    assert people(["By Jo Tern", "Odile Marsh and JO TERN"]) == ("Jo Tern", "Odile Marsh")


def test_a_masthead_is_cut_at_twelve() -> None:
    names = [f"Ada {letter}inter" for letter in "BCDFGHJKLMNPQRST"]
    assert people(names) == tuple(names[:12])


@pytest.mark.parametrize(
    "line",
    ["Odile Marsh", "Odile Marsh and Jo Tern", "Ludwig van der Beek", "Ann O’Brien, Zoé Marsh"],
)
def test_a_line_of_names_is_told_from_prose(line: str) -> None:
    assert only_names(line)


@pytest.mark.parametrize(
    "line",
    [
        "Odile",
        "The heron came back",
        "Odile Marsh came back",
        "Staff Writer",
        "Ellmouth News",
        "",
        "a b",
    ],
)
def test_prose_is_told_from_a_line_of_names(line: str) -> None:
    assert not only_names(line)


@given(st.text(max_size=120) | st.lists(st.text(max_size=40), max_size=4))
def test_whatever_the_byline_names_are_tidy(byline: str | list[str]) -> None:
    names = people(byline)
    assert len(names) <= 12
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert name == name.strip()
        assert 0 < len(name) <= 60
        assert name[0].isalnum()
        assert not any(character.isdigit() for character in name if character.isascii())
