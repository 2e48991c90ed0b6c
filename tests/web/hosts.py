"""Other people's sites: pages of every temper, served from an origin of their own."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Mapping
from types import TracebackType

FORM = (
    '<form action="{site}/search"><label>Search <input type="search" name="q"></label>'
    "<button>Search</button></form>"
)
SCRIPT = '<script type="module" src="{site}/embed.js"></script>'
# The least that a page has to allow, and nothing more.
STRICT = (
    "default-src 'none'; script-src {site}; connect-src {site}; form-action {site};"
    " frame-src {site}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def element(site: str, options: str = "") -> str:
    """The element with its form and its script, as a site owner pastes them."""
    return f"<news-search {options}>{FORM}</news-search>{SCRIPT}".format(site=site)


class OtherSite:
    """A web server of somebody else: another origin, whose pages are what a test says."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[bytes, dict[str, str]]] = {}
        pages = self._pages

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, headers = pages.get(self.path.partition("?")[0], (b"", {"Status": "204"}))
                self.send_response(int(headers.get("Status", "200")))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> OtherSite:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(
        self, path: str, body: str, headers: Mapping[str, str] = {}, *, kind: str = "text/html"
    ) -> str:
        """Serve ``body`` at ``path``; gives the address."""
        given = {"Content-Type": f"{kind}; charset=utf-8", **headers}
        self._pages[path] = (body.encode(), given)
        return self.origin + path

    def page(
        self,
        body: str,
        *,
        head: str = "",
        policy: str = "",
        attributes: str = 'lang="en"',
        path: str = "/index.html",
    ) -> str:
        """The address of a page of a paper of its own."""
        headers = {"Content-Security-Policy": policy} if policy else {}
        text = (
            f"<!doctype html><html {attributes}><head><title>A paper</title>"
            f"{head}</head>"
            f"<body><h1>A paper of its own</h1>{body}</body></html>"
        )
        return self.put(path, text, headers)
