"""Search inside other people's sites: the page that says how, and the scripts that they load."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from search.wording import said
from web.addresses import at, site
from web.current import settings, wording
from web.embed_options import ATTRIBUTES, Options, options_of
from web.embed_script import script
from web.presentation import heading
from web.snippets import Snippet, frame_address, snippets

blueprint = Blueprint("embed", __name__)

# What a page of another origin loads beside the element: the sheet and the script of the frame, and
# the script that gives the frame its height.
_PARTS = ("frame.css", "frame.js", "height.js")
_SHORT, _FOR_GOOD = "public, max-age=300", "public, max-age=31536000, immutable"


@blueprint.get("/embed.js")
def newest() -> Response:
    """The script as it is now, for pages that follow it."""
    return _script(_SHORT)


@blueprint.get("/embed/<name>")
def part(name: str) -> Response:
    """The script under the address of its version, and the parts of the frame."""
    if name == f"{script().version}.js":
        return _script(_FOR_GOOD)
    if name not in _PARTS:
        abort(404, said("There is no such part; /embed says which there are."))
    return _for_others(current_app.send_static_file(f"embed-{name}"), _SHORT)


@blueprint.get("/embed")
def page() -> Response:
    options = options_of(request.args)
    return make_response(
        render_template(
            "embed.html",
            host=site(),
            options=options,
            script=script(),
            snippets={snippet.id: snippet for snippet in _snippets(options)},
            frame=frame_address(options, at("")),
            filters=[(attribute, heading(facet)) for facet, attribute in ATTRIBUTES.items()],
            unknown_site=bool(request.args.get("site", "").strip()) and not options.site,
            allowed=_allowed(options.site),
        )
    )


@blueprint.get("/embed/snippets.json")
def as_data() -> Response:
    """What the page shows for other options, for its script."""
    options = options_of(request.args)
    return make_response(
        {
            "snippets": {snippet.id: snippet.text for snippet in _snippets(options)},
            "attributes": dict(options.attributes()),
            "pairs": options.pairs(),
            "accent": options.accent,
            "site": options.site,
            "allowed": wording().translated(_allowed(options.site)),
            "frame": frame_address(options, at("")),
        }
    )


def _snippets(options: Options) -> Sequence[Snippet]:
    return snippets(options, site(), script())


def _allowed(other: str) -> str:
    """What a site may do as this server is set, "" for no site."""
    if not other:
        return ""
    may_search = _listed(other, settings().origins)
    may_frame = _listed(other, settings().frame_origins)
    if may_search and may_frame:
        return said("At the moment {site} may search, and may show the frame.", site=other)
    if may_search:
        return said("At the moment {site} may search, and may not show the frame.", site=other)
    if may_frame:
        return said("At the moment {site} may not search, and may show the frame.", site=other)
    return said("At the moment {site} may not search, and may not show the frame.", site=other)


def _listed(other: str, origins: tuple[str, ...]) -> bool:
    return "*" in origins or other in origins


def _script(kept: str) -> Response:
    response = Response(script().body, mimetype="text/javascript")
    response.set_etag(script().version)
    response.make_conditional(request)
    return _for_others(response, kept)


def _for_others(response: Response, kept: str) -> Response:
    """Pages of every site may load it; scripts that are checked by their digest need to be read."""
    response.headers["Cache-Control"] = kept
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
