"""The API: its shape, its errors, and who may read it from a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.language import MOST_CHARACTERS
from web import Settings, create_app
from web.settings import BadOrigin

KEYS = {"query", "total", "total_is_exact", "partial", "folded", "page", "per_page", "pages",
        "took_ms", "results", "facets", "facet_values", "histogram", "links"}  # fmt: skip
RESULT_KEYS = {"id", "rank", "score", "url", "title", "title_ranges", "authors", "author_ranges",
               "source", "section", "slug",
               "tags", "lang", "words", "published", "updated", "snippets", "hits", "duplicates",
               "set_aside", "links"}  # fmt: skip


@pytest.mark.parametrize("address", ["/search.json", "/api/v1/search"])
def test_a_search_has_the_keys_that_were_promised(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?q=ferry+strike").get_json()
    assert set(answer) == KEYS
    assert set(answer["query"]) == {
        "q", "understood", "clauses", "notes", "did_you_mean", "emptied_by", "repairs",
        "from", "to", "counting", "counted_from",
    }  # fmt: skip
    for result in answer["results"]:
        assert set(result) == RESULT_KEYS
        for snippet in result["snippets"]:
            assert set(snippet) == {"text", "ranges", "html", "hit"}
            assert all(snippet["text"][a:b].strip() for a, b in snippet["ranges"])
    facets = {"author", "source", "section", "tag", "lang", "year"}
    assert set(answer["facets"]) == set(answer["facet_values"]) == facets
    assert answer["histogram"]["interval"] in {"year", "month", "day"}
    articles = answer["total"] + answer["folded"]
    assert sum(bucket["count"] for bucket in answer["histogram"]["buckets"]) <= articles


def test_nothing_found_is_an_answer_and_no_error(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=zeppelinonsense")
    assert response.status_code == 200
    assert response.get_json()["total"] == 0
    assert response.get_json()["results"] == []


def test_the_next_links_lead_through_all_results(client: FlaskClient) -> None:
    address: str | None = "/api/v1/search?q=ferry&per_page=4"
    ids: list[str] = []
    total = -1
    while address:
        answer = client.get(address).get_json()
        total = answer["total"]
        ids += [result["id"] for result in answer["results"]]
        address = answer["links"]["next"]
    assert len(ids) == len(set(ids)) == total


@pytest.mark.parametrize(
    ("query", "code", "param"),
    [
        ("page=0", "bad_page", "page"),
        ("page=-1", "bad_page", "page"),
        ("page=1000000000", "bad_page", "page"),
        ("page=NaN", "bad_page", "page"),
        ("per_page=101", "bad_per_page", "per_page"),
        ("match=some", "bad_match", "match"),
        ("sort=sideways", "bad_sort", "sort"),
        ("from=31+feb", "bad_date", "from"),
        ("to=2021-02-30", "bad_date", "to"),
        ("q=" + "x" * (MOST_CHARACTERS + 1), "query_too_long", "q"),
        ("&".join(["author=a"] * 11), "too_many_values", "author"),
    ],
)
def test_a_bad_parameter_is_a_problem_with_a_stable_code(
    client: FlaskClient, query: str, code: str, param: str
) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["code"] == code
    assert problem["param"] == param
    assert problem["status"] == 400
    assert response.headers["Cache-Control"] == "no-store"


def test_the_same_bad_parameters_only_fall_back_on_the_page(client: FlaskClient) -> None:
    response = client.get("/search?q=ferry&page=NaN&sort=sideways&from=31+feb&per_page=9999")
    assert response.status_code == 200
    assert "31 feb" in response.get_data(as_text=True)


def test_filters_are_or_within_a_field_and_and_between_fields(client: FlaskClient) -> None:
    def total(query: str) -> int:
        return int(client.get(f"/api/v1/search?dedupe=off&{query}").get_json()["total"])

    ledger, courier = total("source=The+Harbour+Ledger"), total("source=Northfield+Courier")
    assert ledger > 0
    assert courier > 0
    assert total("source=The+Harbour+Ledger&source=Northfield+Courier") == ledger + courier
    assert total("-source=The+Harbour+Ledger") == total("") - ledger
    assert total("source=the+harbour+ledger") == ledger
    assert total("source=The+Harbour+Ledger&author=Jane+Hollister") == 0


def test_an_article_is_given_whole_with_its_ledger(client: FlaskClient) -> None:
    id = client.get("/api/v1/search?q=toll+bill").get_json()["results"][0]["id"]
    article = client.get(f"/api/v1/articles/{id}").get_json()
    assert article == client.get(f"/a/{id}.json").get_json()
    assert article["removed"]
    assert all(
        removal["text"] not in article["text"]
        for removal in article["removed"]
        if len(removal["text"]) > 30
    )


def test_addresses_never_redirect(client: FlaskClient) -> None:
    for address in (
        "/api/v1/search", "/api/v1/search/", "/api/v1/articles/x/", "/search.json", "//search",
        "/search/", "/api//v1/search", "/a//x", "/static", "/static/", "//", "/help/",
        "/facets/author/", "/./search",
    ):  # fmt: skip
        assert client.get(address).status_code in {200, 404}, address
        assert client.head(address).status_code == client.get(address).status_code
        assert client.options(address).status_code in {200, 204, 404}


READ = [
    "/", "/search?q=ferry", "/api/v1/search?q=ferry", "/api/v1/suggest?q=fer", "/api/v1/stats",
    "/api/v1/facets/author", "/api/v1/openapi.json", "/search.csv?q=ferry", "/help/api",
    "/search.atom?q=ferry", "{page}", "{page}.json", "{page}?version=1", "{api}", "{api}/similar",
    "{api}/versions", "{api}?version=1",
]  # fmt: skip


@pytest.mark.parametrize("address", READ)
def test_an_answer_that_has_not_changed_is_not_sent_twice(
    client: FlaskClient, address: str
) -> None:
    links = client.get("/api/v1/search?q=toll").get_json()["results"][0]["links"]
    address = address.format(page=links["self"], api=links["api"])
    whole = client.get(address)
    tag = {"If-None-Match": whole.headers["ETag"]}
    assert whole.status_code == 200
    assert client.head(address).headers["ETag"] == whole.headers["ETag"]
    for response in (client.get(address, headers=tag), client.head(address, headers=tag)):
        assert (response.status_code, response.get_data()) == (304, b"")
    other = client.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    options = client.options(address)
    assert options.get_data() == b""
    assert {"GET", "HEAD", "OPTIONS"} == set(options.headers["Allow"].split(", "))
    refused = client.post(address)
    assert refused.status_code == 405
    assert refused.headers["Allow"]


def test_pages_lead_to_their_neighbours(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=ferry&per_page=2&page=2")
    links = response.get_json()["links"]
    assert links["prev"] == links["first"] == "/api/v1/search?q=ferry&per_page=2"
    assert links["next"] == "/api/v1/search?q=ferry&page=3&per_page=2"
    for relation in ("next", "prev", "first"):
        assert f'<{links[relation]}>; rel="{relation}"' in response.headers["Link"]
    assert response.headers["X-Total-Count"] == str(response.get_json()["total"])
    pages = response.get_json()["pages"]
    past = client.get("/api/v1/search?q=ferry&per_page=2&page=400").get_json()
    assert past["results"] == []
    assert past["links"]["prev"].endswith(f"page={pages}&per_page=2")
    values = client.get("/api/v1/facets/author?page=2")
    assert 'rel="prev"' in values.headers["Link"]


def test_the_type_of_a_problem_leads_to_its_explanation(client: FlaskClient) -> None:
    problem = client.get("/api/v1/search?page=none").get_json()
    page, _, anchor = problem["type"].partition("#")
    assert f'<tr id="{anchor}">' in client.get(page).get_data(as_text=True)


@pytest.mark.parametrize("query", ["q=a&q=b", "page=1&page=2", "from=2021&from=2022"])
def test_what_is_given_once_is_not_given_twice(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert (response.status_code, response.get_json()["code"]) == (400, "repeated_parameter")
    assert client.get(f"/search?{query}").status_code == 200


ALLOWED = "https://paper.example"
ORIGINS = [
    (ALLOWED, True),
    ("https://paper.example:443", False),
    ("http://paper.example", False),
    ("https://PAPER.example", False),
    ("https://paper.example.evil.example", False),
    ("https://evilpaper.example", False),
    ("https://paper.example.", False),
    ("https://user@paper.example", False),
    ("https://sub.paper.example", False),
    ("null", False),
    ("", False),
]


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS)
def test_only_listed_origins_may_read_the_api(
    sample: Engine, sample_archive: Path, origin: str, allowed: bool
) -> None:
    client = create_app(Settings(archive=sample_archive, origins=(ALLOWED,)), sample).test_client()
    response = client.get("/api/v1/search?q=ferry", headers={"Origin": origin})
    given = response.headers.get("Access-Control-Allow-Origin")
    assert given == (ALLOWED if allowed else None)
    assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    page = client.get("/search?q=ferry", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.parametrize(
    "origin", ["paper.example", "https://paper.example/", "https://*.example", "ftp://x"]
)
def test_an_origin_that_is_none_is_refused_at_the_start(tmp_path: Path, origin: str) -> None:
    with pytest.raises(BadOrigin, match="scheme and a host"):
        Settings(archive=tmp_path, origins=(origin,))


def test_the_stats_say_what_is_searched_and_how(client: FlaskClient, sample: Engine) -> None:
    client.get("/api/v1/search?q=ferry")
    stats = client.get("/api/v1/stats").get_json()
    assert stats == {
        "articles": sample.articles(),
        "generation": sample.generation(),
        "segments": 1,
        "fallbacks": {},
    }
