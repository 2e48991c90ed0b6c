"""How much one client may ask in a time. The only module that knows the limits library.

Off unless set: behind a proxy that is not told of with ``trusted_proxy`` all readers have one
address, and any limit on by itself would shut them all out. What keeps the server answering is the
bound on searches at once (``gate.py``), which needs no addresses.
"""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from search.wording import said
from web.metrics import Metrics
from web.problems import Refused
from web.settings import Settings

# What pages are made of, and what monitors ask.
_FREE = ("/static/", "/embed.js", "/healthz", "/readyz", "/metrics")


def limit(app: Flask, settings: Settings, metrics: Metrics) -> None:
    """Refuse what is above ``settings.rate_limit``. Addresses stay in memory, for one window."""
    if not settings.rate_limit:
        return
    rate = parse(settings.rate_limit)
    counted = FixedWindowRateLimiter(MemoryStorage())

    @app.before_request
    def count() -> None:
        if request.path.startswith(_FREE) or counted.hit(rate, client()):
            return
        metrics.limited()
        raise Refused(
            429,
            "too_many_requests",
            said(
                "That was too much at once: {rate} are allowed. Try again in a moment.",
                rate=_spelt(rate),
            ),
            max(1, math.ceil(counted.get_window_stats(rate, client()).reset_time - time.time())),
        )


def client() -> str:
    """Who asks: an address, or for IPv6 the network that one household or host is given."""
    given = request.remote_addr or ""
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def _spelt(rate: RateLimitItem) -> str:
    requests = f"{rate.amount} {'request' if rate.amount == 1 else 'requests'}"
    name = rate.GRANULARITY.name
    return (
        f"{requests} a {name}" if rate.multiples == 1 else f"{requests} in {rate.multiples} {name}s"
    )
