"""What a site owner can set, as one typed object made at the edge (``configuration.py``)."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from index.errors import MicroficheError
from search.request import MOST_SECONDS
from web import setting_kinds as kinds


class BadSetting(MicroficheError):
    """A setting that nobody knows, or with a value it cannot have."""


class BadOrigin(BadSetting):
    """An --allow-origin or a --frame-origin that is no origin."""


def _searches_at_once() -> int:
    """Searches mostly compute: more than three a processor only make each other wait."""
    return 3 * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each field is explained where its flag is, in ``configuration.py``; "", 0 and () are off."""

    archive: Path
    title: str = "Microfiche"
    language: str = "en"
    host: str = "127.0.0.1"
    port: int = 8080
    base_url: str = ""
    base_path: str = ""
    origins: tuple[str, ...] = ()
    frame_origins: tuple[str, ...] = ()
    trusted_proxy: str = ""
    rate_limit: str = ""
    searches_at_once: int = 0
    search_seconds: float = MOST_SECONDS
    keep_megabytes: int = 16
    metrics_for: tuple[str, ...] = ()
    access_log: bool = False
    log_level: str = "warning"
    slow_seconds: float = 1.0
    log_queries: bool = False

    def __post_init__(self) -> None:
        for flag, read, origins in (
            ("--allow-origin", kinds.origin_or_all, self.origins),
            ("--frame-origin", kinds.origin_or_all, self.frame_origins),
        ):
            for origin in origins:
                try:
                    read(origin)
                except ValueError as error:
                    raise BadOrigin(f"{flag} takes {error}; got {origin!r}") from error
        if not self.searches_at_once:
            object.__setattr__(self, "searches_at_once", _searches_at_once())


DEFAULTS = {
    field.name: getattr(Settings(archive=Path("archive")), field.name) for field in fields(Settings)
}
