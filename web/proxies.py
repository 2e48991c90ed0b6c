"""What a proxy in front says of a request: believed from one address, from nobody else.

One way for every server: waitress's own reading of these headers knows no prefix, and an
application under another server would have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

from web import kinds
from web.settings import Settings

_SAID = re.compile(r"HTTP_(?:X_FORWARDED_.+|FORWARDED|X_REAL_IP)")
_VOUCHED = "microfiche.vouched"

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def behind(application: Application, settings: Settings) -> Application:
    """``application`` with addresses as readers see them."""
    trusted = settings.trusted_proxy
    placed = _below(application, settings.base_path)
    believing = ProxyFix(placed, x_for=1, x_proto=1, x_host=1, x_port=1, x_prefix=1)

    def call(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if trusted and environ.get("REMOTE_ADDR") == trusted:
            _only_a_path(environ)
            environ[_VOUCHED] = True
            return believing(environ, start_response)
        for name in [name for name in environ if _SAID.fullmatch(name)]:
            environ[f"microfiche.untrusted.{name}"] = environ.pop(name)
        return placed(environ, start_response)

    return call


def vouched(environ: Environ) -> bool:
    """Whether a trusted proxy says by which address readers asked."""
    return _VOUCHED in environ


def passed_on(environ: Environ) -> bool:
    """Whether somebody that is not trusted claims to pass the request on for another."""
    return any(name.startswith("microfiche.untrusted.") for name in environ)


def _only_a_path(environ: Environ) -> None:
    """A prefix that is no path, such as //evil.example, would lead every link elsewhere."""
    prefix = environ.pop("HTTP_X_FORWARDED_PREFIX", "")
    try:
        said = kinds.below(prefix)
    except ValueError:
        return
    if said:
        environ["HTTP_X_FORWARDED_PREFIX"] = said


def _below(application: Application, base_path: str) -> Application:
    if not base_path:
        return application

    def call(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not environ.get("SCRIPT_NAME"):
            environ["SCRIPT_NAME"] = base_path
            if path == base_path or path.startswith(f"{base_path}/"):
                environ["PATH_INFO"] = path[len(base_path) :]
        return application(environ, start_response)

    return call
