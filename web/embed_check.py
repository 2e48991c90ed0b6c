"""What a page of somebody else lacks to search here, each with the line that mends it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from web import csp, host_css
from web.csp import Policy
from web.embed_options import origin_of
from web.host_page import Answer, HostPage, fetch, style_sheets

Way = Literal["element", "form", "frame"]
WAYS: tuple[Way, ...] = ("element", "form", "frame")
Kind = Literal["fine", "add", "note"]

# What each way makes a page do: the directive that decides about it, and the address.
_USES: dict[Way, tuple[tuple[str, str], ...]] = {
    "element": (("script-src-elem", "/embed.js"), ("connect-src", "/api/v1/search")),
    "form": (("form-action", "/search"),),
    "frame": (("script-src-elem", "/embed/height.js"), ("frame-src", "/embed/frame")),
}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Finding:
    """``line`` is what to add, word for word; "fine" and most notes have none."""

    kind: Kind
    about: str
    said: str
    line: str = ""


def archive_of(page: HostPage) -> str:
    """The address of the archive that a page embeds already, "" where it embeds none."""
    for script in page.soup.find_all("script", src=True):
        before, found, _ = str(script["src"]).partition("/embed.js")
        before, other, _ = (before, "", "") if found else before.partition("/embed/")
        if found or other:
            return before
    for element in page.soup.find_all(host_css.ELEMENT, endpoint=True):
        return str(element["endpoint"]).rstrip("/")
    return ""


def ways_of(page: HostPage, archive: str) -> tuple[Way, ...]:
    """The ways in which a page searches; one that does not yet wants the element and its form."""
    frames = [str(frame.get("src", "")) for frame in page.soup.find_all("iframe")]
    framed = any(source.startswith(f"{archive}/embed/frame") for source in frames)
    element = bool(page.soup.find(host_css.ELEMENT))
    if framed:
        return ("element", "form", "frame") if element else ("frame",)
    return ("element", "form")


def check(page: HostPage, archive: str, origin: str, ways: tuple[Way, ...]) -> list[Finding]:
    """Everything that can be told without running the page. ``origin`` is where it is served."""
    return [
        *_of_policies(page, archive, origin, ways),
        *_of_schemes(archive, origin),
        *(_of_cors(archive, origin) if "element" in ways else ()),
        *(_of_framing(archive, origin) if "frame" in ways else ()),
        *(_of_versions(page, archive) if "element" in ways else ()),
        *(_of_styles(page) if "element" in ways else ()),
    ]


def _of_policies(
    page: HostPage, archive: str, origin: str, ways: tuple[Way, ...]
) -> Iterator[Finding]:
    policies = [policy for text in page.policies for policy in csp.parse(text)]
    if not policies:
        yield Finding("fine", "policy", "the page has no Content-Security-Policy")
        return
    at = page.address if page.origin else origin
    for directive, path in dict.fromkeys(use for way in ways for use in _USES[way]):
        name = directive.removesuffix("-elem")
        refusing = [
            policy for policy in policies if not policy.allows(directive, archive + path, at)
        ]
        if not refusing:
            yield Finding("fine", name, f"allows {archive}{path}")
        for policy in refusing:
            yield _refusal(policy, directive, archive)
    for policy in policies:
        yield from _of_sandbox(policy)
    yield Finding("fine", "style-src", "needs nothing: its style is its own")
    if any("require-trusted-types-for" in policy.directives for policy in policies):
        yield Finding("fine", "trusted types", "need nothing: no markup is made from data")


def _refusal(policy: Policy, directive: str, archive: str) -> Finding:
    name = directive.removesuffix("-elem")
    if directive == "script-src-elem" and csp.needs_nonce([policy]):
        line = f'<script type="module" nonce="…" src="{archive}/embed.js"></script>'
        return Finding("add", name, "trusts nonces only: give the script the page's nonce", line)
    parts = urlsplit(archive)
    line = policy.line(directive, f"{parts.scheme}://{parts.netloc}")
    return Finding("add", name, "does not allow the archive", line)


def _of_sandbox(policy: Policy) -> Iterator[Finding]:
    if "sandbox" in policy.directives:
        given = policy.directives["sandbox"]
        if missing := {"allow-scripts", "allow-forms", "allow-same-origin"} - set(given):
            line = " ".join(["sandbox", *given, *sorted(missing)])
            yield Finding("add", "sandbox", "the page may not do it itself", line)


def _of_schemes(archive: str, origin: str) -> Iterator[Finding]:
    parts = urlsplit(archive)
    if origin.startswith("https:") and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        line = f"https://{parts.netloc}{parts.path}"
        yield Finding("add", "https", "a page with TLS loads nothing without: serve it at", line)


def _of_cors(archive: str, origin: str) -> Iterator[Finding]:
    if not origin:
        yield Finding("note", "cors", "not tried: say with --origin where this file is served")
        return
    answer = fetch(f"{archive}/api/v1/suggest?q=", {"Origin": origin})
    if answer.status >= 400:
        yield Finding("note", "cors", f"the archive answers {answer.status}: is {archive} right?")
    elif origin == origin_of(archive) or _allowed_origin(answer) in {"*", origin}:
        yield Finding("fine", "cors", f"the archive lets {origin} search")
    else:
        line = f"microfiche serve --allow-origin {origin}"
        yield Finding("add", "cors", f"the archive does not let {origin} search", line)


def _allowed_origin(answer: Answer) -> str | None:
    return answer.headers.get("Access-Control-Allow-Origin")


def _of_framing(archive: str, origin: str) -> Iterator[Finding]:
    if not origin:
        yield Finding("note", "frame", "not tried: say with --origin where this file is served")
        return
    header = fetch(f"{archive}/embed/frame").headers.get("Content-Security-Policy", "")
    lists = [policy.directives.get("frame-ancestors") for policy in csp.parse(header)]
    own = "'self'" if origin == origin_of(archive) else origin
    if all(given is None or "*" in given or own in given for given in lists):
        yield Finding("fine", "frame", f"the archive lets {origin} show it")
    else:
        line = f"microfiche serve --frame-origin {origin}"
        yield Finding("add", "frame", f"the archive does not let {origin} show it", line)


def _of_versions(page: HostPage, archive: str) -> Iterator[Finding]:
    """Scripts that are pinned to a digest: an archive that was updated has another one."""
    for script in page.soup.find_all("script", src=True, integrity=True):
        source, pinned = str(script["src"]), str(script["integrity"]).split()
        if not source.startswith(f"{archive}/embed"):
            continue
        newest = fetch(f"{archive}/embed.js").text.encode()
        digest = f"sha384-{base64.b64encode(hashlib.sha384(newest).digest()).decode()}"
        if digest in pinned and fetch(source).status == 200:
            yield Finding("fine", "integrity", "the digest is that of the script")
        else:
            yield Finding(
                "add", "integrity", "the script is another one now", _pinned(archive, newest)
            )


def _pinned(archive: str, script: bytes) -> str:
    digest = hashlib.sha384(script)
    integrity = f"sha384-{base64.b64encode(digest.digest()).decode()}"
    address = f"{archive}/embed/{digest.hexdigest()[:20]}.js"
    return (
        f'<script type="module" src="{address}" integrity="{integrity}"'
        ' crossorigin="anonymous"></script>'
    )


def _of_styles(page: HostPage) -> Iterator[Finding]:
    sheets, missed = style_sheets(page)
    for target in missed:
        yield Finding("note", "style", f"cannot read {target}")
    found = host_css.troubles(page.soup, sheets)
    for trouble in found:
        kind: Kind = "add" if trouble.certain else "note"
        yield Finding(kind, "style", trouble.what, trouble.line)
    if not found:
        yield Finding("fine", "style", "no rule of the page does it harm")
