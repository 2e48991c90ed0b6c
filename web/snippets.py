"""What the owner of another site pastes, for each way of searching from there."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from search.wording import said
from web.current import wording
from web.embed_options import Options
from web.embed_script import Script

Pairs = Iterable[tuple[str, str]]

_EXAMPLE = "ferry strike"
_SANDBOX = (
    "allow-forms allow-scripts allow-same-origin allow-popups"
    " allow-top-navigation-by-user-activation"
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece to paste. ``policy`` is what the Content-Security-Policy of the page must allow."""

    id: str
    text: str
    policy: str = ""


def snippets(options: Options, host: str, script: Script) -> list[Snippet]:
    """The pieces for a site. ``host`` is the address of this one, without a slash at its end."""
    origin = "/".join(host.split("/")[:3])
    return [
        Snippet("form", _form(options, host), f"form-action {origin}"),
        Snippet(
            "element",
            _element(options, host, script),
            f"script-src {origin}; connect-src {origin}; form-action {origin}",
        ),
        Snippet("colours", _colours(options)),
        Snippet("frame", _frame(options, host), f"frame-src {origin}; script-src {origin}"),
        Snippet("curl", _curl(options, host)),
        Snippet("fetch", _fetch(options, host), f"connect-src {origin}"),
    ]


def frame_address(options: Options, host: str) -> str:
    pairs = [*options.pairs(), *([("link", "publisher")] if options.to_publisher else [])]
    return f"{host}/embed/frame{_query([*pairs, ('per_page', str(options.limit))])}"


def _form(options: Options, host: str) -> str:
    hidden = "".join(
        f"  <input{_written([('type', 'hidden'), ('name', name), ('value', value)])}>\n"
        for name, value in options.pairs()
    )
    button = options.button or wording().translated(said("Search"))
    return (
        f"<form{_written([('action', f'{host}/search'), ('role', 'search')])}>\n{hidden}"
        f'  <label>{escape(_label(options))} <input type="search" name="q"></label>\n'
        f"  <button>{escape(button)}</button>\n</form>"
    )


def _label(options: Options) -> str:
    """What the field is called; where nobody says, in the language of this site."""
    return options.label or wording().translated(said("Search the archive"))


def _element(options: Options, host: str, script: Script) -> str:
    inner = "\n".join(f"  {line}" for line in _form(options, host).split("\n"))
    source = f"{host}/embed/{script.version}.js" if options.pinned else f"{host}/embed.js"
    checked = [("integrity", script.integrity), ("crossorigin", "anonymous")]
    attributes = [("type", "module"), ("src", source), *(checked if options.pinned else [])]
    return (
        f"<news-search{_written(options.attributes())}>\n{inner}\n</news-search>\n"
        f"<script{_written(attributes)}></script>"
    )


def _colours(options: Options) -> str:
    accent = options.accent or "#7a2e1f"
    return (
        f"news-search {{\n  --ns-accent: {accent};\n  --ns-radius: 4px;\n}}\n"
        "news-search::part(title) { font-family: Georgia, serif; }"
    )


def _frame(options: Options, host: str) -> str:
    attributes = [
        ("src", frame_address(options, host)),
        ("title", _label(options)),
        ("sandbox", _SANDBOX),
        ("loading", "lazy"),
        ("width", "100%"),
        ("height", "480"),
        ("frameborder", "0"),
    ]
    script = [("type", "module"), ("src", f"{host}/embed/height.js")]
    return f"<iframe{_written(attributes)}></iframe>\n<script{_written(script)}></script>"


def _curl(options: Options, host: str) -> str:
    pairs = [("q", _EXAMPLE), *options.pairs(), ("per_page", str(options.limit))]
    given = [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs]
    return " \\\n".join([f"curl --get {shlex.quote(f'{host}/api/v1/search')}", *given])


def _fetch(options: Options, host: str) -> str:
    pairs = [("q", _EXAMPLE), *options.pairs(), ("per_page", str(options.limit))]
    # Pasted between <script> and </script>, no value may end the script.
    written = json.dumps(f"{host}/api/v1/search{_query(pairs)}").replace("<", "\\u003c")
    return (
        f"const answer = await fetch({written});\n"
        "const found = await answer.json();\n"
        "for (const { title, links } of found.results) console.log(title, links.self);"
    )


def _query(pairs: Pairs) -> str:
    query = urlencode(list(pairs))
    return f"?{query}" if query else ""


def _written(attributes: Pairs) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes)
