"""The headers of every answer, errors included. The content is other people's text: nothing inline
runs, and only sites on the lists may read the API from a browser, or frame the one page for it."""

from __future__ import annotations

from flask import Flask, Response, request

from web.settings import Settings

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # the page about embedding shows the frame
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # what somebody searched for is not told to publishers
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


# The one page that others may show in a frame.
_FRAME = "/embed/frame"


def protect(app: Flask, settings: Settings) -> None:
    """Add the headers to whatever ``app`` answers."""
    ancestors = " ".join(("frame-ancestors 'self'", *settings.frame_origins))
    framed = {
        **_HEADERS,
        "Content-Security-Policy": _POLICY.replace("frame-ancestors 'none'", ancestors),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    del framed["X-Frame-Options"]  # it cannot hold a list

    @app.after_request
    def headers(response: Response) -> Response:
        if request.path == _FRAME:
            response.headers.update(framed)
            return response
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_for_others(request.path):
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            _allow_origin(response, settings.origins)
        return response


def _is_for_others(path: str) -> bool:
    """The script that other sites load, and the API it asks."""
    return path == "/embed.js" or path.startswith("/api/")


def _allow_origin(response: Response, origins: tuple[str, ...]) -> None:
    """CORS by exact comparison; never with credentials, of which there are none."""
    if "*" in origins or request.path == "/embed.js":
        response.headers["Access-Control-Allow-Origin"] = "*"
        return
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
