"""Where settings come from: a flag, the environment, ``microfiche.toml``, or the default, in this
order. Everything is read here, once, and each value knows its origin."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web import setting_kinds as kinds
from web.settings import DEFAULTS, BadSetting, Settings

FILE = "microfiche.toml"
_PREFIX = "MICROFICHE_"
_CONFIG = f"{_PREFIX}CONFIG"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set: ``name`` in the file, ``--name`` as a flag, ``MICROFICHE_NAME`` in the
    environment. ``field`` is where it goes in Settings, ``shown`` what its flag stands before."""

    name: str
    read: Callable[[object], Any]
    help: str
    shown: str = ""
    field: str = ""
    many: bool = False

    @property
    def goes_to(self) -> str:
        return self.field or self.name

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return _PREFIX + self.name.upper()

    @property
    def default(self) -> Any:
        return DEFAULTS[self.goes_to]


SETTINGS = (
    Setting("archive", kinds.folder, "The archive's folder.", "FOLDER"),
    Setting("title", kinds.text, "What the pages call the archive.", "TEXT"),
    Setting("language", kinds.language, "The language of the pages.", "CODE"),
    Setting("host", kinds.text, "The address to listen at.", "ADDRESS"),
    Setting("port", kinds.whole(0, 65_535), "0 takes any.", "NUMBER"),
    Setting(
        "base_url",
        kinds.public_address,
        "Where readers find the site; feeds and embeds carry it.",
        "ADDRESS",
    ),
    Setting(
        "base_path",
        kinds.below,
        "The path below which a proxy serves the site, if it does not say so itself.",
        "PATH",
    ),
    Setting(
        "allow_origin",
        kinds.listed(kinds.origin_or_all),
        "A site whose pages may search here, such as https://paper.example; may repeat; * is all.",
        "ORIGIN",
        field="origins",
        many=True,
    ),
    Setting(
        "frame_origin",
        kinds.listed(kinds.origin_or_all),
        "A site whose pages may show the search in a frame; may repeat; * is all.",
        "ORIGIN",
        field="frame_origins",
        many=True,
    ),
    Setting(
        "trusted_proxy",
        kinds.address,
        "The address of the proxy in front, whose X-Forwarded- headers are believed.",
        "IP",
    ),
    Setting("rate_limit", kinds.rate, "What one client may ask, such as 120/minute.", "RATE"),
    Setting(
        "searches_at_once",
        kinds.whole(1, 256),
        "How many searches run side by side; by default three a processor.",
        "NUMBER",
    ),
    Setting(
        "search_seconds",
        kinds.seconds(0.001, 60),
        "After that a search answers with what it has.",
        "SECONDS",
    ),
    Setting(
        "keep_megabytes",
        kinds.whole(0, 4096),
        "Memory for answers that are given again while the index stays as it is.",
        "NUMBER",
    ),
    Setting(
        "metrics_for",
        kinds.listed(kinds.network),
        "An address or network that may read /metrics; may repeat.",
        "NETWORK",
        many=True,
    ),
    Setting("access_log", kinds.boolean, "Write a line for each request, without addresses."),
    Setting(
        "log_level",
        kinds.one_of("debug", "info", "warning", "error"),
        "What is written to standard error.",
        "LEVEL",
    ),
    Setting(
        "slow_seconds", kinds.seconds(0, 60), "Log searches that take longer; 0 is off.", "SECONDS"
    ),
    Setting(
        "log_queries",
        kinds.boolean,
        "With what was searched for, less what looks like personal data.",
    ),
)
_KNOWN = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Given:
    """The value of a setting, and where it comes from."""

    setting: Setting
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Configuration:
    given: tuple[Given, ...]

    def settings(self) -> Settings:
        return Settings(**{given.setting.goes_to: given.value for given in self.given})


def configuration(
    flags: Mapping[str, Any] | None = None,
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Configuration:
    """Everything that is set. ``flags`` has those that were given, by name; ``file`` is the one
    that a flag names. Raises BadSetting."""
    environment = os.environ if environment is None else environment
    flags = flags or {}
    written = _File.read(file, environment)
    return Configuration(
        tuple(_given(setting, flags, environment, written) for setting in SETTINGS)
    )


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    @classmethod
    def read(cls, named: Path | None, environment: Mapping[str, str]) -> _File:
        """The file that a flag or the environment names, else the one of the working directory."""
        asked = named or (Path(environment[_CONFIG]) if environment.get(_CONFIG) else None)
        path = asked or Path(FILE)
        if asked is None and not path.exists():
            return cls(path, {}, {})
        try:
            text = path.read_text("utf-8")
            written = cls(path, tomllib.loads(text), _lines(text))
        except OSError as error:
            raise BadSetting(f"{path}: {error.strerror}; --config names another file") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSetting(f"{path}: is not TOML: {error}") from error
        for key in written.values:
            if key not in _KNOWN:
                raise BadSetting(
                    f"{written.place(key)}: nobody knows the setting {key!r};"
                    " microfiche config show lists them"
                )
        return written

    def place(self, key: str) -> str:
        return f"{self.path}:{self.lines.get(key, 1)}"


def _lines(text: str) -> dict[str, int]:
    """The line of each key: the parser of TOML tells none."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[*\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*[=.\]]", line):
            found.setdefault(match[1], number)
    return found


def _given(
    setting: Setting, flags: Mapping[str, Any], environment: Mapping[str, str], written: _File
) -> Given:
    name = setting.name
    if name in flags:
        return _read(setting, flags[name], setting.flag, "flag")
    if setting.variable in environment:
        return _read(setting, environment[setting.variable], setting.variable, "environment")
    if name in written.values:
        place = written.place(name)
        return _read(setting, written.values[name], f"{place}: {name}", place)
    return Given(setting, setting.default, "default")


def _read(setting: Setting, given: object, called: str, origin: str) -> Given:
    try:
        return Given(setting, setting.read(given), origin)
    except ValueError as error:
        shown = " ".join(map(str, given)) if isinstance(given, tuple) else given
        raise BadSetting(f"{called} takes {error}; got {shown!r}") from error
