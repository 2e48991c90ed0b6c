"""The small page of results that other sites show in a frame. It works without any script."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from search import account
from search.request import SearchRequest
from web.addresses import Pairs, at
from web.current import Question, engine, settings
from web.parameters import search_request

blueprint = Blueprint("frame", __name__)

PATH = "/embed/frame"
_SHOWN = 5  # results
# What is said of the frame itself and not of the search: where results lead, and its colours.
_LOOKS = {"link": ("publisher",), "scheme": ("light", "dark")}


@blueprint.get(PATH)
def frame() -> Response:
    asked = replace(search_request(request.args, strict=False), with_facets=False)
    if "per_page" not in request.args:
        asked = replace(asked, per_page=_SHOWN)
    looks = [(name, request.args[name]) for name in _LOOKS if _known(name)]
    parents = " ".join(settings().frame_origins)
    question = Question.of(f"{urlencode([*_pairs(asked), *looks])} {parents}")
    if had := question.answered():
        return had
    found = engine().search(asked) if asked.q else None
    meant = found.query.did_you_mean if found else None
    page = render_template(
        "frame.html",
        asked=asked,
        found=found,
        hidden=[*_pairs(asked, q="", page=""), *looks],
        everything=at("/search", account.request_pairs(asked, page="", per_page="")),
        meant=at(PATH, [*_pairs(meant.request), *looks]) if meant else "",
        before=_turned(asked, -1, looks) if asked.page > 1 else "",
        after=_turned(asked, 1, looks) if found and asked.page < found.pages else "",
        looks=dict(looks),
        reading=urlencode({"q": asked.q}),
        parents=parents,
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return question.answer(response, partial=found is not None and found.partial)


def _known(name: str) -> bool:
    return request.args.get(name) in _LOOKS[name]


def _pairs(asked: SearchRequest, **changes: str) -> list[tuple[str, str]]:
    """The parameters of a search, the number of results always with them: ours is another one."""
    return account.request_pairs(asked, **{"per_page": str(asked.per_page), **changes})


def _turned(asked: SearchRequest, by: int, looks: Pairs) -> str:
    return at(PATH, [*_pairs(asked, page=str(asked.page + by)), *looks])
