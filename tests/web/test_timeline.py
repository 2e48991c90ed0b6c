"""The timeline: a drawing, a table that says the same, and ways into each stretch of time."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search.coverage import Bucket, Histogram, Peak, Undated
from search.request import SearchRequest
from web.timeline import Drawing, drawing
from web.wording import wording_in


def _page(client: FlaskClient, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).text, "lxml")


def _found(client: FlaskClient, path: str) -> dict[str, list[dict[str, int]]]:
    answer = client.get(path).json
    assert answer is not None
    histogram: dict[str, list[dict[str, int]]] = answer["histogram"]
    return histogram


def test_the_table_says_what_the_api_says(client: FlaskClient) -> None:
    rows = _page(client, "/search?q=ferry").select(".over-time tbody tr")
    told = [[cell.get_text(strip=True) for cell in row.select("td")][:2] for row in rows]
    buckets = _found(client, "/search.json?q=ferry")["buckets"]
    assert told == [[str(b["count"]), str(b["total"])] for b in buckets if b["count"]]
    assert len(rows) > 5


def test_a_bar_leads_to_as_many_articles_as_it_says(client: FlaskClient) -> None:
    bars = _page(client, "/search?q=ferry&dedupe=off").select("svg.drawing a")
    assert len(bars) > 5
    for bar in bars:
        title = bar.find("title")
        assert title is not None
        said = re.search(r": (\d+) article", title.text)
        assert said is not None
        narrowed = _page(client, str(bar["href"])).select_one(".count")
        assert narrowed is not None
        assert narrowed.text.split()[0] == said[1]


def test_a_stretch_of_time_is_a_chip_that_can_be_taken_off(client: FlaskClient) -> None:
    page = _page(client, "/search?q=ferry&from=2022-01&to=2022-01")
    (chip,) = page.select(".chips a")
    assert chip.text.startswith("in 2022-01")
    assert chip["href"] == "/search?q=ferry"


def test_the_share_is_of_everything_published_then(client: FlaskClient) -> None:
    page = _page(client, "/search?q=ferry&share=1")
    measure = page.select_one(".measure")
    assert measure is not None
    assert "Share of all articles" in measure.text
    assert page.select_one("svg.drawing text").text == "100 %"  # type: ignore[union-attr]
    heights = {
        a.title.text.split(":")[0]: float(str(a.select(".bar")[0]["height"]))  # type: ignore[union-attr]
        for a in page.select("svg.drawing a")
    }
    assert heights["August 2021"] == heights["January 2022"] == max(heights.values())
    assert heights["May 2022"] == pytest.approx(heights["January 2022"] / 3, abs=0.1)


def test_the_drawing_stands_alone_too(client: FlaskClient) -> None:
    answer = client.get("/search.svg?q=ferry")
    assert answer.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(answer.text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall(".//*[@class='bar']")) > 5
    assert "style=" not in answer.text
    assert client.get("/search.svg?q=xyzzy").text.count("<rect") == 0


def test_what_somebody_typed_is_no_markup_in_a_drawing(client: FlaskClient) -> None:
    answer = client.get("/search.svg", query_string={"q": 'ferry OR "></svg><script>'})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    ElementTree.fromstring(answer.text)


def test_nothing_to_see_is_no_timeline(client: FlaskClient) -> None:
    assert not _page(client, "/search?q=xyzzy").select(".over-time")
    assert not _page(client, "/search?q=ferry&from=2022-01-11&to=2022-01-11").select(".over-time")


def _drawn(counts: list[int], *, share: bool = False, peak: str = "1990") -> Drawing:
    buckets = tuple(
        Bucket(f"{1990 + place}", count, count + place) for place, count in enumerate(counts)
    )
    histogram = Histogram("year", buckets, Undated(0, 0), (Peak(peak, "x", "A day to remember"),))
    asked = SearchRequest(share=share)
    found = drawing(asked, histogram, lambda first, last: f"{first}-{last}")
    assert found is not None
    return found


def test_bars_fill_the_width_and_the_highest_the_height(client: FlaskClient) -> None:
    with client.application.test_request_context("/search"):
        found = _drawn([4, 0, 8, 1])
    assert [bar.height for bar in found.bars] == [44.0, 0.0, 88.0, 11.0]
    assert found.bars[-1].x + found.bars[-1].width <= 100
    assert found.summits[0].bar is found.bars[0]
    assert found.bars[0].address == "1990-1990"


@pytest.mark.parametrize(("counts", "anchor"), [([8, 1, 1, 1], "end"), ([1] * 9 + [8], "start")])
def test_what_the_top_is_called_keeps_clear_of_the_number_of_a_peak(
    counts: list[int], anchor: str, client: FlaskClient
) -> None:
    peak = f"{1990 + counts.index(8)}"
    with client.application.test_request_context("/search"):
        assert _drawn(counts, peak=peak).top_anchor == anchor


def test_a_few_among_thousands_can_still_be_seen(client: FlaskClient) -> None:
    with client.application.test_request_context("/search"):
        found = _drawn([1, 5_000])
    assert found.bars[0].height == 2.0


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0"), (0.034, "0.034"), (3.44, "3.4"), (9.99, "10"), (100, "100")]
)
def test_shares_have_the_digits_that_count(share: float, said: str) -> None:
    assert wording_in("en").percent(share) == said
