"""What browsers and catalogues read to search here: an OpenSearch description."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from web.addresses import site
from web.current import settings

blueprint = Blueprint("opensearch", __name__)

_MOST_NAMED = 16  # characters of a ShortName, says the specification


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Addresses are absolute: a browser keeps them."""
    text = render_template(
        "opensearch.xml", root=f"{site()}/", short=settings().title[:_MOST_NAMED].strip()
    )
    response = Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
