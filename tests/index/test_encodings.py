"""Bytes to text: marks, charsets that are declared, and the Latin family when nothing is."""

from __future__ import annotations

import codecs
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import RejectedDocument
from index.readers.encoding import declared_charset, decode, tidy
from tests.index.taking import take

TEXT = "L’été à la digue — “Żółw” à 3 €\n\nLe héron est revenu à l’écluse, où nul ne l’attendait.\n"
WESTERN = (
    "L’été à la digue — “héron” à 3 €\n\nLe héron est revenu à l’écluse, où nul ne l’attendait.\n"
)

PROSE = "The board of Ellmouth harbour sat on Monday from nine in the morning until six."


def page(text: str, charset: str, how: str = '<meta charset="{}">') -> bytes:
    head, _, body = text.strip().partition("\n\n")
    return (
        f"<html><head>{how.format(charset)}<title>{head}</title></head><body><article>"
        f"<h1>{head}</h1><p>{body}</p><p>{body}</p></article></body></html>"
    ).encode(charset)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_in_unicode_reads_the_same_in_every_form(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_bytes(TEXT.encode(encoding))
    (article,) = take(tmp_path / "dump.txt").articles
    assert article.raw_text == TEXT


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
def test_a_byte_order_mark_decides_in_every_format(
    mark: bytes, encoding: str, tmp_path: Path
) -> None:
    row = {"title": "L’été à la digue", "text": "Le héron est revenu.", "byline": "Zoé Marsh"}
    other = {**row, "title": "L’été au lac"}
    contents = {
        "a.txt": TEXT,
        "b.html": page(TEXT, "utf-8").decode(),
        "c.jsonl": "\n".join(json.dumps(one, ensure_ascii=False) for one in (row, other)),
        "d.json": json.dumps([row, other], ensure_ascii=False, indent=1),
        "e.csv": 'title,text,byline\n"L’été à la digue","Le héron\n\nest revenu.",Zoé Marsh\n',
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(mark + content.encode(encoding))
    taken = take(tmp_path)
    assert taken.rejections == ()
    assert taken.formats == ["text", "html", "jsonl", "jsonl", "jsonl", "jsonl", "csv"]
    assert [title.split(" ")[0] for title in taken.titles] == ["L’été"] * 7
    assert [article.authors for article in taken.articles[2:]] == [("Zoé Marsh",)] * 5


@pytest.mark.parametrize("encoding", ["windows-1252", "latin-1"])
def test_a_text_of_one_byte_a_letter_reads_as_the_latin_family(
    encoding: str, tmp_path: Path
) -> None:
    text = WESTERN if encoding == "windows-1252" else "Été à la digue\n\nLe héron est revenu.\n"
    (tmp_path / "dump.txt").write_bytes(text.encode(encoding))
    (article,) = take(tmp_path / "dump.txt").articles
    assert article.raw_text == text


@pytest.mark.parametrize(
    "how",
    [
        '<meta charset="{}">',
        "<meta charset={}>",
        "<meta charset='{}' />",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
        '<META HTTP-EQUIV="content-type" CONTENT="text/html;CHARSET={}">',
    ],
)
def test_the_charset_that_a_page_declares_is_believed(how: str, tmp_path: Path) -> None:
    text = "Цапля вернулась\n\nЦапля вернулась на шлюз во вторник вечером, и никто её не ждал."
    (tmp_path / "page.html").write_bytes(page(text, "windows-1251", how))
    (article,) = take(tmp_path / "page.html").articles
    assert article.title == "Цапля вернулась"
    assert "никто её не ждал" in article.raw_text


@pytest.mark.parametrize(
    "charset", ["shift_jis", "gb2312", "euc-kr", "koi8-r", "iso-8859-2", "big5"]
)
def test_charsets_of_the_whole_world_are_known(charset: str) -> None:
    text = {
        "shift_jis": "鷺が水門に戻った",
        "gb2312": "鹭回到水闸",
        "euc-kr": "왜가리가 돌아왔다",
    }.get(
        charset,
        {
            "koi8-r": "Цапля вернулась",
            "iso-8859-2": "Czapla wróciła żółta",
            "big5": "鷺回到水閘",
        }.get(charset, ""),
    )
    data = f'<html><head><meta charset="{charset}"><title>{text}</title>'.encode(charset)
    assert text in decode(data, declared_charset(data))


def test_a_page_that_declares_latin_1_means_windows_1252(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(
        page(WESTERN, "windows-1252").replace(b"windows-1252", b"iso-8859-1")
    )
    (article,) = take(tmp_path / "page.html").articles
    assert article.title == "L’été à la digue — “héron” à 3 €"


def test_utf_8_wins_over_a_declaration_that_lies(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(
        page(TEXT, "utf-8").replace(b'charset="utf-8"', b'charset="windows-1252"')
    )
    (article,) = take(tmp_path / "page.html").articles
    assert "Żółw" in article.title


@pytest.mark.parametrize("charset", ["utf-16", "utf-8", "no-such-charset", "x-user-defined", "hex"])
def test_a_declaration_that_cannot_be_true_is_passed_over(charset: str, tmp_path: Path) -> None:
    data = page(WESTERN, "windows-1252").replace(b'"windows-1252"', f'"{charset}"'.encode())
    (tmp_path / "page.html").write_bytes(data)
    (article,) = take(tmp_path / "page.html").articles
    assert article.title == "L’été à la digue — “héron” à 3 €"


def test_each_line_of_an_export_may_have_an_encoding_of_its_own(tmp_path: Path) -> None:
    lines = [
        '{"title": "L’été", "text": "Le héron est revenu."}'.encode(),
        '{"title": "L’été", "text": "Le héron est reparti."}'.encode("windows-1252"),
    ]
    (tmp_path / "mixed.jsonl").write_bytes(b"\n".join(lines))
    taken = take(tmp_path / "mixed.jsonl")
    assert [article.raw_text for article in taken.articles] == [
        "Le héron est revenu.",
        "Le héron est reparti.",
    ]


def test_accents_are_composed_and_stray_marks_dropped() -> None:
    decomposed = unicodedata.normalize("NFD", "héron")
    assert (
        decode(f"\ufeff{decomposed}\ufeff s’envole\r\nloin\rd’ici".encode())
        == "héron s’envole\nloin\nd’ici"
    )


def test_a_mark_that_lies_is_told_with_the_place() -> None:
    with pytest.raises(RejectedDocument, match=r"byte order mark says utf-8, but byte 5"):
        decode(codecs.BOM_UTF8 + b"ab\xff\xfe")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=200))
def test_utf_8_text_always_survives(text: str) -> None:
    assert decode(text.encode()) == tidy(text)


@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe\x00")
@example(b"\x81\x8d\x8f\x90\x9d" * 50)
def test_whatever_the_bytes_there_is_text_or_a_reason(data: bytes) -> None:
    try:
        text = decode(data)
    except RejectedDocument:
        return
    assert "\x00" not in text
    assert "\r" not in text
    assert text.encode().decode() == text


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("The pilotâ€™s â€œcranesâ€\x9d", "The pilot’s “cranes”"),
        ("The pilotÃ¢â‚¬â„¢s Ã¢â‚¬Ëœcranes,Ã¢â‚¬â„¢ they say", "The pilot’s ‘cranes,’ they say"),
        ("It cost Â£5\nand SÃO PAULO is “far”", "It cost £5\nand SÃO PAULO is “far”"),
        ("Le hÃ©ron, dâ\x80\x99Ellmouth", "Le héron, d’Ellmouth"),
    ],
)
def test_what_was_read_in_a_wrong_encoding_is_read_anew(misread: str, meant: str) -> None:
    assert tidy(misread) == meant


def test_an_article_that_was_saved_in_a_wrong_encoding_is_mended(tmp_path: Path) -> None:
    article = {"title": "Pilotsâ€™ pay", "text": f"{PROSE}\n\nA â€œcraneâ€\x9d of Â£5 leans."}
    (tmp_path / "dump.jsonl").write_text(json.dumps(article))
    (taken,) = take(tmp_path / "dump.jsonl").articles
    assert taken.title == "Pilots’ pay"
    assert taken.raw_text.endswith("A “crane” of £5 leans.")


@given(st.text(max_size=200))
@example("Â\u200b£ A\u0302£ Ã\xad \r\r\n")
@example("©aáœ €Â££")
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
