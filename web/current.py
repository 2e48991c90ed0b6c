"""What a view works with: the settings and the engine of the application that serves it."""

from __future__ import annotations

import hashlib

from flask import Response, current_app, request

from search.engine import Engine
from web.addresses import here
from web.settings import Settings
from web.wording import Wording, wording_in


def settings() -> Settings:
    return _held()[0]


def engine() -> Engine:
    return _held()[1]


def wording() -> Wording:
    """What the pages say, in the language of the site."""
    return wording_in(settings().language)


def _held() -> tuple[Settings, Engine]:
    held: tuple[Settings, Engine] = current_app.extensions["microfiche"]
    return held


def cached(response: Response, canonical: str, *, partial: bool = False) -> Response:
    """Let browsers keep an answer: it changes when the index does, or the question.

    ``canonical`` is the question in its one spelling. What is ``partial`` because time was short
    may be whole the next time.
    """
    if partial:
        return not_kept(response)
    tag = hashlib.blake2b(
        f"{engine().generation()} {settings().language} {here()} {canonical}".encode(
            "utf-8", "replace"
        ),
        digest_size=12,
    )
    response.set_etag(tag.hexdigest())
    response.headers["Cache-Control"] = "public, max-age=30"
    response.make_conditional(request)
    return response


def not_kept(response: Response) -> Response:
    """An answer that is true at this moment only."""
    response.headers.pop("ETag", None)
    response.headers["Cache-Control"] = "no-store"
    return response
