"""The headers of every answer, errors included. The content is other people's text: nothing inline
runs, nothing frames us, and only sites on the list may read the API from a browser."""

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


def protect(app: Flask, settings: Settings) -> None:
    """Add the headers to whatever ``app`` answers."""

    @app.after_request
    def headers(response: Response) -> Response:
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
