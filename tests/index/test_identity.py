"""What makes an article the same article: its address, else the id of its format, else its text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.identity import address_key, article_id, outlet_of, web_address
from index.readers import Draft

SPELLINGS = [
    "https://www.sluice.example/birds/heron",
    "http://www.sluice.example/birds/heron",
    "https://sluice.example/birds/heron",
    "https://www.sluice.example/birds/heron/",
    "https://WWW.Sluice.Example/birds/heron",
    "https://www.sluice.example/birds/heron#comments",
    "https://www.sluice.example/birds/heron?utm_source=feed&utm_medium=rss",
    "https://www.sluice.example/birds/heron?fbclid=abc123",
    "https://www.sluice.example:443/birds/heron",
]
OTHERS = [
    "https://www.sluice.example/birds/otter",
    "https://www.weir.example/birds/heron",
    "https://www.sluice.example/birds/heron?id=2",
    "https://www.sluice.example/birds/heron/2",
    "https://news.sluice.example/birds/heron",
    "https://www.sluice.example/birds/Heron",
]


def by_url(url: str) -> str:
    return article_id(Draft(title="Heron", text="It came."), url, "It came.")


@pytest.mark.parametrize("url", SPELLINGS)
def test_one_address_in_every_spelling_is_one_article(url: str) -> None:
    assert by_url(url) == by_url(SPELLINGS[0])


@pytest.mark.parametrize("url", OTHERS)
def test_another_address_is_another_article(url: str) -> None:
    assert by_url(url) != by_url(SPELLINGS[0])


def test_the_order_of_parameters_does_not_matter() -> None:
    assert by_url("https://a.example/x?id=2&page=3") == by_url("https://a.example/x?page=3&id=2")


def test_with_an_address_neither_text_nor_title_matters() -> None:
    other = Draft(title="Heron leaves", text="It went.", id="77")
    assert article_id(other, SPELLINGS[0], "It went.") == by_url(SPELLINGS[0])


def test_without_an_address_the_id_of_the_format_counts_within_its_source() -> None:
    heron = Draft(id="77", source="The Sluice", title="Heron")
    assert article_id(heron, "", "a") == article_id(
        Draft(id="77", source="the sluice", title="Heron leaves"), "", "b"
    )
    assert article_id(heron, "", "a") != article_id(Draft(id="77", source="The Weir"), "", "a")
    assert article_id(heron, "", "a") != article_id(Draft(id="78", source="The Sluice"), "", "a")


def test_without_either_the_same_content_is_the_same_article() -> None:
    heron = Draft(title="Heron", text="It came.")
    assert article_id(heron, "", "It came.") == article_id(heron, "", "It came.")
    assert article_id(heron, "", "It came.") != article_id(heron, "", "It went.")
    assert article_id(heron, "", "It came.") != article_id(Draft(title="Otter"), "", "It came.")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
@example("", "", "")
def test_an_id_is_sixteen_letters_and_digits(title: str, text: str, id: str) -> None:
    found = article_id(Draft(title=title, id=id), "", text)
    assert re.fullmatch(r"[a-z2-7]{16}", found)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://sluice.example/heron", "https://sluice.example/heron"),
        (" http://sluice.example/heron\n", "http://sluice.example/heron"),
        ("https://sluice.example/he\nron", "https://sluice.example/heron"),
        ("HTTPS://sluice.example", "HTTPS://sluice.example"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://sluice.example", ""),
        ("//sluice.example/heron", ""),
        ("/heron", ""),
        ("heron", ""),
        ("", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("https://sluice.example/" + "x" * 2_000, ""),
    ],
)
def test_only_an_address_that_a_link_may_carry_is_one(text: str, address: str) -> None:
    assert web_address(text) == address


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://", "https://a.example/"]))
def test_whatever_is_said_to_be_an_address_never_breaks_anything(text: str, start: str) -> None:
    url = web_address(start + text)
    if url:
        assert address_key(url)
        outlet_of(url)
        assert re.fullmatch(r"[a-z2-7]{16}", by_url(url))


def test_an_outlet_is_its_host() -> None:
    assert outlet_of("https://www.sluice.example/x") == "sluice.example"
    assert outlet_of("https://news.sluice.example:8080/x") == "news.sluice.example"
