"""How large a request may be, whatever server takes it; what its parameters may be is decided in
``parameters.py``."""

from __future__ import annotations

from flask import Flask, request

from search.wording import said
from web.problems import Refused

MOST_BODY = 65_536  # bytes; nothing here reads a body
# 2,048 characters of Greek or Cyrillic, which are six bytes each in an address, and some filters.
MOST_ADDRESS = 13_000
MOST_PARAMETERS = 100


def bound(app: Flask) -> None:
    """Refuse what no honest client sends, before anything looks at it."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY

    @app.before_request
    def measure() -> None:
        asked = request.query_string
        if len(asked) + len(request.path) > MOST_ADDRESS:
            raise Refused(
                414,
                "address_too_long",
                said("An address may have {most} bytes: shorten it.", most=MOST_ADDRESS),
            )
        if asked.count(b"&") >= MOST_PARAMETERS:
            raise Refused(
                400,
                "too_many_parameters",
                said(
                    "An address may have {most} parameters: leave some out.", most=MOST_PARAMETERS
                ),
            )
        if (request.content_length or 0) > MOST_BODY:
            raise Refused(
                413, "too_large", said("Nothing here takes a body: put parameters in the address.")
            )
