"""Content-Security-Policy, as far as it decides whether a page may use another site.

The rules are those of CSP level 3: every policy of a page has to allow, a directive that is absent
falls back to another one, and an address matches a source by scheme, host, port and path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

# Where a directive is absent these speak for it, the first that is there; form-action has none.
_FALLBACKS = {
    "script-src-elem": ("script-src", "default-src"),
    "connect-src": ("default-src",),
    "frame-src": ("child-src", "default-src"),
    "form-action": (),
}
_SOURCE = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[^:/*'\s]+)"
    r"(?::(?P<port>\d+|\*))?(?P<path>/.*)?",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_SAFER = {"http": {"http", "https"}, "https": {"https"}}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: the sources of each of its directives."""

    directives: dict[str, tuple[str, ...]]

    def speaks(self, directive: str) -> str:
        """The directive that decides about ``directive``, "" where none does."""
        return next((d for d in (directive, *_FALLBACKS[directive]) if d in self.directives), "")

    def allows(self, directive: str, address: str, page: str) -> bool:
        """Whether a page at ``page`` may use ``address``; a page in a file is at ""."""
        speaking = self.speaks(directive)
        if not speaking:
            return True
        sources = self.directives[speaking]
        if directive == "script-src-elem" and "'strict-dynamic'" in map(str.lower, sources):
            return False  # addresses do not count any more: a nonce or a digest has to be there
        return any(_matches(source, urlsplit(address), urlsplit(page)) for source in sources)

    def line(self, directive: str, origin: str) -> str:
        """The whole directive as it has to read for ``origin`` to be allowed as well."""
        speaking = self.speaks(directive)
        kept = [source for source in self.directives[speaking] if source.lower() != "'none'"]
        name = speaking if speaking != "default-src" else directive.removesuffix("-elem")
        return " ".join([name, *kept, origin])


def parse(header: str) -> list[Policy]:
    """The policies of one header, which a comma separates."""
    return [policy for part in header.split(",") if (policy := _policy(part)).directives]


def _policy(text: str) -> Policy:
    directives: dict[str, tuple[str, ...]] = {}
    for directive in text.split(";"):
        words = directive.split()
        if words:
            directives.setdefault(words[0].lower(), tuple(words[1:]))  # the first one counts
    return Policy(directives)


def needs_nonce(policies: Sequence[Policy]) -> bool:
    """Whether scripts are allowed by nonce or digest and no more by their address."""
    return any(
        "'strict-dynamic'" in policy.directives[speaking]
        for policy in policies
        if (speaking := policy.speaks("script-src-elem"))
    )


def _matches(source: str, address: SplitResult, page: SplitResult) -> bool:
    lowered = source.lower()
    if lowered == "'self'":
        return bool(page.scheme) and _at(address)[1:] == _at(page)[1:] and _scheme(page, address)
    if lowered.endswith(":"):
        return address.scheme in _SAFER.get(lowered[:-1], {lowered[:-1]})
    found = _SOURCE.fullmatch(source)
    if found is None or source.startswith("'"):
        return False
    wanted = found["scheme"].lower() if found["scheme"] else page.scheme
    if wanted and address.scheme not in _SAFER.get(wanted, {wanted}):
        return False
    return (
        _host(found["host"].lower(), address.hostname or "")
        and _port(found["port"], wanted, address)
        and _path(found["path"] or "", address.path)
    )


def _at(address: SplitResult) -> tuple[str, str, int | None]:
    return address.scheme, address.hostname or "", address.port or _PORTS.get(address.scheme)


def _scheme(page: SplitResult, address: SplitResult) -> bool:
    return address.scheme in _SAFER.get(page.scheme, {page.scheme})


def _host(wanted: str, host: str) -> bool:
    if wanted == "*":
        return True
    if wanted.startswith("*."):
        return host.endswith(wanted[1:])
    return host == wanted


def _port(wanted: str | None, scheme: str, address: SplitResult) -> bool:
    if wanted == "*":
        return True
    port = address.port or _PORTS.get(address.scheme)
    if wanted is None:
        return port in {_PORTS.get(scheme), _PORTS.get(address.scheme)}
    return port == int(wanted) or (wanted == "80" and port == 443)


def _path(wanted: str, path: str) -> bool:
    if not wanted or wanted == "/":
        return True
    return path.startswith(wanted) if wanted.endswith("/") else path == wanted
