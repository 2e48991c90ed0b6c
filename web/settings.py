"""What a site owner can set, as one typed object made at the edge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from index.errors import MicroficheError
from web.wording import languages

_ORIGIN = re.compile(
    r"https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?|http://\[::1\](?::\d{1,5})?"
)


class UnknownLanguage(MicroficheError):
    """A --language that the pages cannot be in."""


class BadOrigin(MicroficheError):
    """An --allow-origin that is no origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``origins`` are the sites whose pages may read the API from a browser; ``*`` is all."""

    archive: Path
    title: str = "Microfiche"
    language: str = "en"
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in languages():
            raise UnknownLanguage(
                f"--language takes {' or '.join(languages())}; got {self.language!r}"
            )
        for origin in self.origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise BadOrigin(
                    "--allow-origin takes a scheme and a host, such as https://paper.example;"
                    f" got {origin!r}"
                )
