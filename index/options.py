"""Options that commands of several rooms share; nothing else is loaded with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--archive``: the folder of the archive, the same for every command."""
    return click.option(
        "--archive",
        "folder",
        envvar="MICROFICHE_ARCHIVE",
        default="archive",
        show_default="./archive",
        type=click.Path(file_okay=False, path_type=Path),
        help="The archive's folder.",
    )(command)


wait_option = click.option(
    "--wait", default=30.0, show_default=True, help="Seconds to wait for another writer."
)
