"""Where settings come from, in what order, and how mistakes are told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROGRAM, ROOT
from web import Settings
from web.configuration import SETTINGS, configuration
from web.settings import BadSetting


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def shown(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    done = run(folder, "config", "show", "--json", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_flag_counts_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "microfiche.toml").write_text(
        '# ours\ntitle = "From the file"\n\nport = 1\nallow_origin = ["https://a.example"]\n'
        "access_log = true\n"
    )
    told = shown(
        tmp_path,
        "--title", "From a flag", "--no-access-log",
        MICROFICHE_TITLE="From the environment", MICROFICHE_PORT="2",
        MICROFICHE_FRAME_ORIGIN="https://b.example https://c.example",
    )  # fmt: skip
    assert told["title"] == {"value": "From a flag", "from": "flag"}
    assert told["access_log"] == {"value": False, "from": "flag"}
    assert told["port"] == {"value": 2, "from": "environment"}
    assert told["frame_origin"]["value"] == ["https://b.example", "https://c.example"]
    assert told["allow_origin"] == {"value": ["https://a.example"], "from": "microfiche.toml:5"}
    assert told["host"] == {"value": "127.0.0.1", "from": "default"}
    assert list(told) == [setting.name for setting in SETTINGS]


def test_the_file_can_be_named_by_a_flag_or_the_environment(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f'title = "{name}"\n')
    both = {"MICROFICHE_CONFIG": "one.toml"}
    assert shown(tmp_path, **both)["title"] == {"value": "one", "from": "one.toml:1"}
    assert shown(tmp_path, "--config", "two.toml", **both)["title"]["value"] == "two"
    done = run(tmp_path, "config", "show", "--config", "three.toml")
    assert done.returncode == 2
    assert done.stderr.startswith("microfiche: three.toml: No such file")


def test_what_is_shown_for_people_has_the_same_values(tmp_path: Path) -> None:
    done = run(tmp_path, "config", "show", "--rate-limit", "120/minute")
    lines = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]
    assert ["rate_limit", '"120/minute"', "flag"] in lines
    assert len(lines) == len(SETTINGS)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('titel = "x"', "microfiche.toml:2: nobody knows the setting 'titel'"),
        ("[serve]\nport = 1", "microfiche.toml:2: nobody knows the setting 'serve'"),
        (
            'port = "many"',
            "microfiche.toml:2: port takes a whole number from 0 to 65535; got 'many'",
        ),
        ("port = true", "microfiche.toml:2: port takes a whole number"),
        ("port = 65536", "microfiche.toml:2: port takes a whole number"),
        ('base_url = "paper.example"', "base_url takes an address such as https://"),
        ('base_url = "https://paper.example/?x"', "base_url takes an address"),
        ('base_path = "//evil.example"', "base_path takes a path such as /archive"),
        ('base_path = "/a/../b"', "base_path takes a path"),
        ('allow_origin = "https://paper.example/"', "allow_origin takes a scheme and a host"),
        ('frame_origin = ["x"]', "frame_origin takes a scheme and a host"),
        ('trusted_proxy = "proxy"', "trusted_proxy takes an IP address"),
        ('rate_limit = "lots"', "rate_limit takes a number and a time, such as 120/minute"),
        ("searches_at_once = 0", "searches_at_once takes a whole number from 1"),
        ("search_seconds = nan", "search_seconds takes seconds from"),
        ('metrics_for = ["everybody"]', "metrics_for takes an IP address or a network"),
        ('access_log = "maybe"', "access_log takes true or false"),
        ('log_level = "loud"', "log_level takes one of debug, info, warning, error"),
        ('language = "../x"', "language takes the code of a language"),
        ('title = "a\\nb"', "title takes one line of text"),
        ("title = ", "microfiche.toml: is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_that_names_it(
    tmp_path: Path, written: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "microfiche.toml").write_text(f"# ours\n{written}\n")
    with pytest.raises(BadSetting) as mistake:
        configuration(environment={})
    assert told in str(mistake.value)
    assert "\n" not in str(mistake.value)


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (("--allow-origin", "foo"), {}, "--allow-origin takes a scheme and a host"),
        (("--port", "x"), {}, "--port takes a whole number"),
        ((), {"MICROFICHE_PORT": "x"}, "MICROFICHE_PORT takes a whole number"),
    ],
)
@pytest.mark.parametrize("command", [("serve",), ("config", "show")])
def test_a_mistake_is_told_before_anything_starts(
    tmp_path: Path,
    command: tuple[str, ...],
    arguments: tuple[str, ...],
    environment: dict[str, str],
    told: str,
) -> None:
    done = run(tmp_path, *command, *arguments, **environment)
    assert done.returncode == 2
    assert done.stderr.startswith(f"microfiche: {told}")
    assert len(done.stderr.splitlines()) == 1


def test_every_field_has_its_setting_and_every_setting_its_words_in_the_help() -> None:
    assert {field.name for field in fields(Settings)} == {s.goes_to for s in SETTINGS}
    help = subprocess.run(
        [str(PROGRAM), "serve", "--help"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(help.split())
    for setting in SETTINGS:
        assert setting.flag in words
        assert setting.help in words


def test_the_example_in_the_readme_is_a_sound_file(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "example.toml").write_text(example)
    settings = configuration(file=tmp_path / "example.toml", environment={}).settings()
    assert settings.base_url == "https://archive.example"
    assert settings.origins == ("https://paper.example",)


def test_a_wsgi_server_needs_no_arguments(
    sample_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, because it sets up logging as a server's would."""
    script = (
        "import web; app = web.create_app(); client = app.test_client();"
        "print(client.get('/search.json?q=ferry').get_json()['total'] > 0);"
        "print(app.extensions['microfiche'][0].title)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MICROFICHE_ARCHIVE": str(sample_archive),
            "MICROFICHE_TITLE": "Of a server",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["True", "Of a server"], done.stderr
