"""Web archives: pages out of responses, whatever was damaged around them."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.readers import draft_of
from tests.index.fuzzing import arbitrary, mutations, survives
from tests.index.taking import take

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Sluice {n} opened</title>
<meta property="article:published_time" content="2019-04-0{n}T08:00:00Z"></head><body><article>
<h1>Sluice {n} opened</h1><p>The keeper of sluice {n} opened it at dawn, as he has for years.</p>
<p>The water went down by a hand in the first hour, and by another before noon, he said.</p>
</article></body></html>"""
URL = "https://sluice.example/{n}"


def response(
    body: bytes,
    url: str,
    *,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    **more: str,
) -> bytes:
    """One record as it stands in a file that is not compressed."""
    headers = {"Content-Type": kind, "Date": "today", **more}
    http = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2030-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number: int) -> bytes:
    return response(PAGE.format(n=number).encode(), URL.format(n=number))


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def titles(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return take(path).titles


WHOLE = [f"Sluice {number} opened" for number in (1, 2, 3)]


def test_a_response_is_a_page_with_its_address(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(page(1))
    taken = take(tmp_path / "a.warc")
    (article,) = taken.articles
    assert (article.title, article.url) == ("Sluice 1 opened", URL.format(n=1))
    assert article.source == "sluice.example"
    assert article.published is not None
    assert article.published.text() == "2019-04-01T08:00:00+00:00"[: len(article.published.text())]
    assert "opened it at dawn" in article.raw_text
    assert draft_of(taken.records[0]).is_page
    assert taken.records[0].location.endswith(f"a.warc:1!{URL.format(n=1)}")


@pytest.mark.parametrize("suffix", [".warc.gz", ".gz", ".bin"])
def test_members_and_whole_files_may_be_compressed(suffix: str, tmp_path: Path) -> None:
    pages = [page(number) for number in (1, 2, 3)]
    assert titles(tmp_path / f"a{suffix}", b"".join(map(gzip.compress, pages))) == WHOLE
    assert titles(tmp_path / f"b{suffix}", gzip.compress(b"".join(pages))) == WHOLE


ONE = PAGE.format(n=1).encode()


@pytest.mark.parametrize(
    ("body", "content", "transfer"),
    [
        (gzip.compress(ONE), "gzip", "identity"),
        (gzip.compress(ONE), "GZIP", "identity"),
        (zlib.compress(ONE), "deflate", "identity"),
        (chunked(ONE), "", "chunked"),
        (chunked(gzip.compress(ONE)), "gzip", "chunked"),
        (ONE, "", "chunked"),  # it was decoded when it was saved, and its head was not
        (ONE, "gzip", "chunked"),
    ],
)
def test_what_was_encoded_for_the_way_is_decoded(
    body: bytes, content: str, transfer: str, tmp_path: Path
) -> None:
    record = response(body, URL, Content_Encoding=content, Transfer_Encoding=transfer)
    assert titles(tmp_path / "a.warc", record) == WHOLE[:1]


def test_an_encoding_that_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(response(b"\x8b\x03\x80", URL, Content_Encoding="br"))
    (reason,) = take(tmp_path / "a.warc").reasons.values()
    assert reason == "is compressed as 'br', which is not read"


@pytest.mark.parametrize(
    ("charset", "word"),
    [
        ("iso-8859-2", "Łódź"),
        ("windows-1251", "Шлюз"),
        ("shift_jis", "水門三つ"),
        ("gb2312", "水闸今天早上"),
        ("utf-8", "Écluse"),
    ],
)
def test_the_charset_of_the_response_counts_and_then_that_of_the_page(
    charset: str, word: str, tmp_path: Path
) -> None:
    body = PAGE.format(n=1).replace("Sluice 1", word).encode(charset)
    declared = body.replace(b"<title>", b"<meta charset=%s><title>" % charset.encode())
    in_header = response(body, URL, kind=f"text/html; charset={charset}")
    in_page = response(declared, URL, kind="text/html")
    assert titles(tmp_path / "a.warc", in_header) == [f"{word} opened"]
    assert titles(tmp_path / "b.warc", in_page) == [f"{word} opened"]


@pytest.mark.parametrize(
    "record",
    [
        response(b"\x89PNG", URL, kind="image/png"),
        response(b"var a = '<p>';", URL, kind="text/javascript"),
        response(PAGE.encode(), URL, status="404 Not Found"),
        response(PAGE.encode(), URL, status="302 Found"),
        response(b"User-agent: *", "https://sluice.example/robots.txt", kind="text/plain"),
        response(b"sluice.example. 60 IN A 127.0.0.1", "dns:sluice.example", kind="text/dns"),
        page(1).replace(b"WARC-Type: response", b"WARC-Type: revisit"),
    ],
)
def test_what_is_no_page_is_passed_over(record: bytes, tmp_path: Path) -> None:
    assert titles(tmp_path / "a.warc", record + page(2)) == ["Sluice 2 opened"]
    (tmp_path / "b.warc").write_bytes(record)
    assert take(tmp_path / "b.warc").reasons == {"b.warc": "holds no response with a page"}


def test_plain_text_is_read_by_its_first_lines(tmp_path: Path) -> None:
    body = (
        b"Sluice 4 shut\n\nBy Ada Weir\n\nThe keeper of sluice 4 shut it at dusk and went home.\n"
    )
    (tmp_path / "a.warc").write_bytes(response(body, URL.format(n=4), kind="text/plain"))
    assert take(tmp_path / "a.warc").titles == ["Sluice 4 shut"]


def test_another_capture_of_a_page_has_the_same_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(page(1))
    (tmp_path / "b.warc").write_bytes(page(1).replace(b"today", b"later"))
    one, other = take(tmp_path).records
    assert one.fingerprint == other.fingerprint


def with_length(record: bytes, change: int | str) -> bytes:
    """The record with another Content-Length: another by so much, or that text."""

    def other(match: re.Match[bytes]) -> bytes:
        length = change if isinstance(change, str) else str(int(match.group(1)) + change)
        return b"Content-Length: " + length.encode()

    return re.sub(rb"Content-Length: (\d+)", other, record, count=1)


CUT, LENGTH = "is cut off or damaged", "no possible Content-Length"
DAMAGED = {
    "garbage": (page(1) + b"garbage\r\n\x00\xff\r\n" + page(2), [1, 2], "no WARC record: 13 bytes"),
    "no blank lines": (page(1).rstrip() + b"\r\n" + page(2), [1, 2], ""),
    "a length too long": (with_length(page(1), 60) + page(2), [1, 2], ""),
    "a length far too long": (with_length(page(1), 60_000) + page(2), [1, 2], ""),
    "a length too short": (with_length(page(1), -200) + page(2), [1, 2], ""),
    "a length of 2^63": (with_length(page(1), str(2**63)) + page(2), [2], LENGTH),
    "a negative length": (with_length(page(1), "-6") + page(2), [2], LENGTH),
    "no length": (page(1).replace(b"Content-Length", b"X") + page(2), [2], LENGTH),
    "an end in the middle": (page(1) + page(2)[:-300], [1], CUT),
    "an end inside a header": (page(1) + page(2)[:60], [1], LENGTH),
    "a record cut off": (page(1)[:-300] + page(2), [2], CUT),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_gives_every_record_that_is_whole(name: str, tmp_path: Path) -> None:
    data, numbers, reason = DAMAGED[name]
    (tmp_path / "a.warc").write_bytes(data)
    taken = take(tmp_path / "a.warc")
    assert taken.titles == [f"Sluice {number} opened" for number in numbers]
    assert bool(taken.reasons) == bool(reason)
    assert any(reason in told for told in taken.reasons.values()) or not reason, taken.reasons


def test_a_damaged_member_loses_no_other(tmp_path: Path) -> None:
    one, two, three = (gzip.compress(page(number)) for number in (1, 2, 3))
    broken = two[:200] + b"\xff" * 40 + two[240:]
    assert titles(tmp_path / "a.warc.gz", one + broken + three) == [WHOLE[0], WHOLE[2]]
    assert titles(tmp_path / "b.warc.gz", one + two[:200] + three) == [WHOLE[0], WHOLE[2]]
    assert titles(tmp_path / "c.warc.gz", one + b"garbage" * 20 + three) == [WHOLE[0], WHOLE[2]]
    assert titles(tmp_path / "d.warc.gz", one + three[:-200]) == [WHOLE[0]]
    for name in "abcd":
        reasons = take(tmp_path / f"{name}.warc.gz").reasons
        assert "is damaged in 1 places" in reasons[f"{name}.warc.gz"]


def test_a_page_over_the_bound_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    large = response(b"<html>" + b"a" * 7_000_000, URL)
    bomb = response(gzip.compress(b"<html>" + b"a" * 7_000_000), URL, Content_Encoding="gzip")
    (tmp_path / "a.warc").write_bytes(large + bomb + page(3))
    taken = take(tmp_path / "a.warc")
    assert taken.titles == [WHOLE[2]]
    assert [rejection.reason for rejection in taken.rejections] == [
        "is over 5 MB: no article is"
    ] * 2


def test_real_web_archives_give_their_page(real: Path) -> None:
    taken = take(real / "warc")
    pages = [record for record in taken.records if record.format == "warc"]
    assert len(pages) == 5
    assert sum(article.url.startswith("http://example.com") for article in taken.articles) == 5
    assert list(taken.reasons.values()) == ["holds no response with a page"]


def test_real_web_archives_cut_anywhere_raise_nothing(real: Path) -> None:
    for path in sorted((real / "warc").iterdir()):
        data = path.read_bytes()
        for length in range(0, len(data), 97):
            survives(data[:length], "auto")


SEEDS = [
    page(1) + page(2),
    gzip.compress(page(1)) + gzip.compress(page(2)),
    response(chunked(ONE), URL, Transfer_Encoding="chunked"),
    response(gzip.compress(ONE), URL, Content_Encoding="gzip"),
]


@settings(max_examples=150, deadline=None)
@given(mutations(*SEEDS))
def test_mutated_archives_raise_nothing(data: bytes) -> None:
    survives(data, "auto")


@settings(max_examples=50, deadline=None)
@given(arbitrary(b"WARC/1.0\r\nWARC-Type: response\r\n", page(1)[:-500]))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    survives(data, "warc")
