"""What a view works with: the settings, the engine and the kept answers of its application."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from flask import Response, current_app, request

from search.engine import Engine
from web.addresses import here, site
from web.kept import KeptAnswers
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


def _held() -> tuple[Settings, Engine, KeptAnswers]:
    held: tuple[Settings, Engine, KeptAnswers] = current_app.extensions["microfiche"]
    return held


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the archive as it is now; ``name`` says all that its answer depends on.

    It is named before it is answered: were the index to change meanwhile, the new answer has the
    name of the old state, which nobody asks for any more, and never an old answer the new name.
    """

    name: str

    @classmethod
    def of(cls, canonical: str) -> Self:
        """``canonical`` is the question in its one spelling."""
        state = (
            _made_of(current_app.root_path),
            engine().generation(),
            engine().clock().today,  # what "last week" counts from
            settings().language,
            site(),
            here(),
            canonical,
        )
        told = " ".join(map(str, state)).encode("utf-8", "replace")
        return cls(hashlib.blake2b(told, digest_size=12).hexdigest())

    def answered(self) -> Response | None:
        """The answer to who has it already, or the one that ``answer`` kept."""
        had = request.if_none_match
        if had.contains_weak(self.name) and not had.star_tag:  # "any" is true of what there is only
            return self.sent(Response())
        kept = _held()[2].again(self.name)
        return self.sent(kept) if kept else None

    def answer(self, response: Response, *, partial: bool = False) -> Response:
        """Let browsers keep an answer, and keep it here with the headers it has so far.

        What is ``partial`` because time was short may be whole the next time.
        """
        if partial:
            return not_kept(response)
        _held()[2].keep(self.name, response)
        return self.sent(response)

    def sent(self, response: Response) -> Response:
        """``response`` as browsers may keep it: it changes when the index does, or the question."""
        response.set_etag(self.name)
        response.headers["Cache-Control"] = "public, max-age=30"
        response.make_conditional(request)
        return response


def cached(response: Response, canonical: str) -> Response:
    """Let browsers keep an answer that is quickly made: see ``Question``."""
    return Question.of(canonical).sent(response)


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
