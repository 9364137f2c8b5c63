"""The command line: one file a command, imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Final

import click

from .. import __version__
from ..errors import INTERRUPTED, OK, PassexError

#: Command and its line in the help, known without importing the command.
_COMMANDS: Final = {
    "ask": "Answer a named question.",
    "network": "Who trains with whom.",
    "show": "Everything known about one actor, event, place or article.",
    "stats": "How much of what the graph holds.",
    "why": "The evidence behind a tie or a node.",
}


class _Commands(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f".{cmd_name}", __name__)
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PassexError as error:
            # One line, whatever stands in a file name or a parser's message.
            click.echo("passex: " + " ".join(str(error).split()), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader has closed the pipe, which is its right. What is still buffered goes
            # nowhere, so that the interpreter does not complain about it at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(OK)
        return result


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="passex", message="%(prog)s %(version)s")
def cli() -> None:
    r"""Ask a knowledge graph of naval relations.

    \b
    Example:
      passex network --level state
      passex why Japan "South Korea"
      passex ask partners Japan
    """


def main() -> None:
    """Run the command line; the entry point of the package."""
    try:
        code = cli.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else OK)
