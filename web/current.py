"""What a view works with: the settings and the engine of the application that serves it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, current_app, request

from search.engine import Engine
from web.addresses import here
from web.settings import Settings
from web.wording import Wording, wording_in

_MAKES_PAGES = {".py", ".html", ".svg", ".xml", ".css", ".js", ".po"}


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
    response.set_etag(_tag(canonical))
    response.headers["Cache-Control"] = "public, max-age=30"
    response.make_conditional(request)
    return response


def unchanged(canonical: str) -> Response | None:
    """The answer to who has this very answer already, so that nobody searches for it again."""
    if not request.if_none_match.contains_weak(_tag(canonical)):
        return None
    return cached(Response(), canonical)


def _tag(canonical: str) -> str:
    state = (
        f"{_made_of(current_app.root_path)} {engine().generation()} {settings().language} {here()}"
    )
    state += f" {canonical}"
    return hashlib.blake2b(state.encode("utf-8", "replace"), digest_size=12).hexdigest()


@cache
def _made_of(folder: str) -> str:
    """A name for this release of the pages: what looks otherwise is another answer."""
    made = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(folder).rglob("*.*")):
        if path.suffix in _MAKES_PAGES:
            made.update(path.read_bytes())
    return made.hexdigest()


def not_kept(response: Response) -> Response:
    """An answer that is true at this moment only."""
    response.headers.pop("ETag", None)
    response.headers["Cache-Control"] = "no-store"
    return response


def linked(response: Response, **links: str | None) -> None:
    """Tell in the Link header where to go on: the name of each of ``links`` is its relation."""
    parts = [f'<{address}>; rel="{relation}"' for relation, address in links.items() if address]
    if parts:
        response.headers["Link"] = ", ".join(parts)
