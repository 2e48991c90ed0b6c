"""What a score is said to come from adds up to it, for any query."""

from __future__ import annotations

import json
import random
from math import log
from pathlib import Path

import pytest

from search.account import of_page
from search.explanation import Factors
from search.request import MATCHES
from tests.conftest import Program
from tests.search.conftest import Ask

PARTS = (
    "ferry", "strike", "the", "bridge", "toll", "harbour", "U.S.", "council", "what", "mayor",
    '"ferry strike"', '"harbour bridge"', "title:ferry", "lead:strike", "by:hollister", "fer*",
    "stri?e", "ferri~", "ferry NEAR/5 strike", "ferry SENTENCE strike", "atleast:2(ferry)",
    "-budget", "date:2022", "words:>50", "(ferry OR bridge)", "(ferry toll OR bridge)",
    "(title:ferry OR ferry)", "source:courier", "tag:ferry", "ferry", "ferry",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(120))
def test_the_parts_sum_to_the_score(seed: int, ask_sample: Ask) -> None:
    draw = random.Random(seed)
    q = " ".join(draw.choice(PARTS) for _ in range(draw.randint(1, 6)))
    wishes = {"match": draw.choice(MATCHES), "recency": draw.choice(("off", "light", "strong"))}
    page = ask_sample(q, explain=True, dedupe="off", sort="relevance", **wishes)
    for hit in page.hits:
        assert hit.explanation is not None
        assert hit.explanation.score == pytest.approx(hit.score, rel=1e-9), (q, wishes)
        for clause in hit.explanation.clauses:
            for share in clause.shares:
                if factors := share.factors:
                    product = share.boost * factors.rarity * factors.saturation
                    assert share.score == pytest.approx(product)
                    saturation = count(factors) * 2.5 / (factors.counted + 1.5)
                    assert factors.saturation == pytest.approx(saturation)
                    together = {
                        other.field: count(other.factors)
                        for other in clause.shares
                        if other.factors and other.factors.counted == factors.counted
                    }
                    # Each field by itself; or headline and text as one, each word there as three.
                    title, body = (
                        sum(n for field, n in together.items() if field.startswith(name))
                        for name in ("title", "body")
                    )
                    assert factors.counted in (
                        pytest.approx(count(factors)),
                        pytest.approx(3 * title + body),
                    )


def count(factors: Factors) -> float:
    """How often a field has a word, beside how long the field is."""
    return factors.frequency / (0.4 + 0.6 * factors.length / factors.average_length)


def test_random_questions_found_something(ask_sample: Ask) -> None:
    draws = [random.Random(seed) for seed in range(120)]
    asked = [" ".join(d.choice(PARTS) for _ in range(d.randint(1, 6))) for d in draws]
    assert sum(ask_sample(q).total > 0 for q in asked) > 90


def test_a_score_is_explained_only_where_that_is_asked_for(ask_sample: Ask) -> None:
    assert all(hit.explanation is None for hit in ask_sample("ferry").hits)
    assert "explain" not in of_page(ask_sample("ferry"))["results"][0]


def test_the_json_gives_every_factor_of_each_word(made_of: object, program: Program) -> None:
    folder: Path = made_of(  # type: ignore[operator]
        {"title": "Toll", "text": "The ferry waits. The ferry sails."},
        {"title": "Bridge", "text": "The bridge is closed for the winter."},
    )
    done = program("search", "ferry", "--explain", "--json", archive=folder)
    (explained,) = [result["explain"] for result in json.loads(done.stdout)["results"]]
    (clause,) = explained["clauses"]
    body, exact = clause["shares"]
    assert (clause["text"], explained["recency"]) == ("ferry", 1)
    assert (body["field"], body["term"], body["boost"]) == ("body", "ferri", 1)
    assert (body["frequency"], body["length"]) == (2, 6)
    assert body["rarity"] == pytest.approx(log(2), abs=1e-4)  # in one of two articles
    assert (exact["field"], exact["term"], exact["boost"]) == ("body_words", "ferry", 0.1)
    assert explained["score"] == pytest.approx(body["score"] + exact["score"], abs=1e-3)


def test_the_command_says_it_in_lines(sample_archive: Path, program: Program) -> None:
    done = program("search", "ferry", "--explain", "--limit", "1", archive=sample_archive)
    assert "score " in done.stdout
    assert "× rarity " in done.stdout
