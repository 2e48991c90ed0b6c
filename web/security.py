"""The headers of every answer, errors included. The content is other people's text: nothing inline
runs, nothing frames us but the frame that is made for it, and only sites on the list may read the
API from a browser."""

from __future__ import annotations

from flask import Flask, Response, request

from web.settings import Settings

# The page that other sites show in a frame; the only one.
FRAME = "/embed/frame"

_RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",  # the page about embedding shows the frame
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors {ancestors}",
    "require-trusted-types-for 'script'",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(_RULES).format(ancestors="'none'"),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # what somebody searched for is not told to publishers
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Max-Age": "600",
}


def protect(app: Flask, settings: Settings) -> None:
    """Add the headers to whatever ``app`` answers."""

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path == FRAME:
            _let_frame(response, settings.frame_origins)
        if _is_for_others(request.path):
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            _allow_origin(response, settings.origins)
        return response


def _let_frame(response: Response, origins: tuple[str, ...]) -> None:
    """X-Frame-Options knows no list of sites, and browsers that know the policy need none."""
    ancestors = " ".join(("'self'", *origins))  # the page about embedding shows it
    response.headers["Content-Security-Policy"] = "; ".join(_RULES).format(ancestors=ancestors)
    del response.headers["X-Frame-Options"]
    del response.headers["Cross-Origin-Opener-Policy"]
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _is_for_others(path: str) -> bool:
    """The script that other sites load, the API it asks, and the drawings that they show."""
    return (
        path in {"/embed.js", "/search.svg"}
        or path.startswith("/api/")
        or (path.endswith(".svg") and path.startswith(("/author/", "/source/", "/day/")))
    )


def _allow_origin(response: Response, origins: tuple[str, ...]) -> None:
    """CORS by exact comparison; never with credentials, of which there are none.

    With a list the answer differs by who asks, refusals included, and caches are told so.
    """
    public = "*" in origins or request.path == "/embed.js"
    origin = request.headers.get("Origin", "")
    if not public:
        response.vary.add("Origin")
        if origin not in origins:
            return
    response.headers["Access-Control-Allow-Origin"] = "*" if public else origin
    if request.method == "OPTIONS":
        for name, value in _PREFLIGHT.items():
            response.headers[name] = value
    else:
        response.headers["Access-Control-Expose-Headers"] = "Link, Retry-After"
