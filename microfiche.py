"""The one program: the commands of the three rooms, each loaded only when it is run."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from index.errors import MicroficheError

# In the order in which a newcomer meets them.
_COMMANDS = {
    "demo": "web.commands:demo",
    "add": "search.watching_commands:add",
    "search": "search.commands:search",
    "watch": "search.watching_commands:watch",
    "serve": "web.commands:serve",
    "config": "web.commands:config",
    "embed": "web.embed_commands:embed",
    "show": "search.article_commands:show",
    "similar": "search.article_commands:similar",
    "clean": "index.cleaning_commands:clean",
    "restore": "search.watching_commands:restore",
    "rules": "index.cleaning_commands:rules",
    "reclean": "search.watching_commands:reclean",
    "zone": "index.commands:zone",
    "remove": "index.commands:remove",
    "rebuild": "index.commands:rebuild",
    "optimize": "index.commands:optimize",
    "doctor": "index.commands:doctor",
    "stats": "index.commands:stats",
    "export": "index.commands:export",
    "backup": "index.commands:backup",
}


class _Program(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="microfiche")
def program() -> None:
    """Search for a news archive: cleans articles, indexes them, serves ranked results.

    \b
    microfiche demo                          the sample archive, built and served
    microfiche add ~/saved-articles          take your own articles in
    microfiche search "harbour bridge" toll  search them here
    microfiche serve                         or in the browser
    """


def settle() -> None:
    """Let the collector of cycles look seldom at what is loaded, which stays: by default it does
    that a hundred times before a search has begun, and later for a fifth of a second at times."""
    gc.set_threshold(10_000)


def main() -> None:
    """Run the program. An error of ours is one line on standard error and exit code 1, one of the
    person who typed it exit code 2, Ctrl-C 130."""
    # No matrices are multiplied here: the threads that NumPy starts for them, one a core, would
    # only cost each command a third of the time that NumPy takes to load.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settle()
    try:
        program(prog_name="microfiche", standalone_mode=False)
    except click.Abort:
        click.echo("microfiche: interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MicroficheError as error:
        click.echo(f"microfiche: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output had enough, as "| head" does.
        sys.stderr.close()
        sys.exit(0)
    finally:
        # The process ends, and all its memory with it: nothing is worth looking through again.
        gc.freeze()
