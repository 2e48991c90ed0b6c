"""What monitors read at /metrics. The only module that knows prometheus-client.

Numbers only: no addresses, no words, no paths but the patterns of routes. Each process counts for
itself.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from search.engine import Engine

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one application, in a registry of its own: two in one process do not mix."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "microfiche_requests",
            "Requests answered",
            ("route", "method", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "microfiche_request_seconds",
            "From request to answer",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._searches = Histogram(
            "microfiche_search_seconds",
            "What searches took",
            buckets=_SECONDS,
            registry=registry,
        )
        self._partial = Counter(
            "microfiche_partial_searches",
            "Searches that met a bound and answered with what they had",
            registry=registry,
        )
        self._kept = Counter(
            "microfiche_kept_answers",
            "Answers given again as they were made before, without a search",
            registry=registry,
        )
        self._limited = Counter(
            "microfiche_limited_requests",
            "Requests above what one client may ask",
            registry=registry,
        )
        self._crowded = Counter(
            "microfiche_crowded_searches",
            "Searches turned away because too many were running",
            registry=registry,
        )
        self._articles = Gauge(
            "microfiche_articles", "Articles that can be found", registry=registry
        )
        self._segments = Gauge("microfiche_segments", "Segments of the index", registry=registry)
        self._index = Gauge(
            "microfiche_index_info",
            "The state of the index, by name",
            ("generation",),
            registry=registry,
        )
        self._fallbacks = Gauge(
            "microfiche_fallbacks",
            "Parts of queries left to a slower way since the start",
            ("kind",),
            registry=registry,
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def searched(self, seconds: float, *, partial: bool) -> None:
        self._searches.observe(seconds)
        if partial:
            self._partial.inc()

    def given_again(self) -> None:
        self._kept.inc()

    def limited(self) -> None:
        self._limited.inc()

    def crowded(self) -> None:
        self._crowded.inc()

    def text(self, engine: Engine) -> bytes:
        """All of it, with what ``engine`` holds now."""
        self._articles.set(engine.articles())
        self._segments.set(engine.segments())
        self._index.clear()
        self._index.labels(engine.generation()).set(1)
        for kind, times in engine.fallbacks().items():
            self._fallbacks.labels(kind).set(times)
        return generate_latest(self._registry)
