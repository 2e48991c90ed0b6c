"""What a site owner can set, as one typed object made at the edge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from index.errors import MicroficheError

_ORIGIN = re.compile(
    r"https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?|http://\[::1\](?::\d{1,5})?"
)


class BadOrigin(MicroficheError):
    """An --allow-origin or --frame-origin that is no origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``origins`` are the sites whose pages may read the API from a browser, ``frame_origins``
    those that may show the small page of results in a frame; ``*`` is all."""

    archive: Path
    title: str = "Microfiche"
    origins: tuple[str, ...] = ()
    frame_origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for option, given in (
            ("--allow-origin", self.origins),
            ("--frame-origin", self.frame_origins),
        ):
            for origin in given:
                if origin != "*" and not _ORIGIN.fullmatch(origin):
                    raise BadOrigin(
                        f"{option} takes a scheme and a host, such as https://paper.example;"
                        f" got {origin!r}"
                    )
