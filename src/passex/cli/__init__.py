"""The command line: one file a command, imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import keyword
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any, Final

import click

from ..errors import FAILED, OK, PassexError, UnknownNameError
from ..graph.version import __version__
from ..text.styles import is_coloured
from . import _interrupt
from ._options import MisspeltError
from ._reader import lasting, lead_nowhere
from ._stderr import complain

#: Command and its line in the help, known without importing the command.
_COMMANDS: Final = {
    "ask": "Answer a named question.",
    "cite": "The place of words in an article, as a line of its file.",
    "diff": "What changes between two graphs, in sentences.",
    "draft": "Draft the file of an article from its text.",
    "export": "Write a network or the graph for other programs.",
    "format": "Lay Turtle out, and change nothing else.",
    "import": "Make facts of a table of exercises.",
    "kinds": "The concepts that fit a class.",
    "match": "Exercises of several sources that may be one.",
    "merge": "Make one node of two.",
    "network": "Who trains with whom.",
    "push": "Put the graph on a SPARQL server.",
    "query": "SPARQL, with errors that point.",
    "review": "An article beside its claims, as a page.",
    "serve": "Answer SPARQL and questions over HTTP.",
    "show": "Everything known about one actor, event, place or article.",
    "stats": "How much of what the graph holds.",
    "validate": "Check a graph, and say file, line and column.",
    "why": "The evidence behind a tie or a node.",
}
#: Other names of commands.
_ALIASES: Final = {"fmt": "format"}

#: So many new objects (by default 700) set the search for garbage going.
_OBJECTS: Final = 100_000


class _Commands(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = _ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in _COMMANDS:
            return None
        # A name that Python keeps for itself, as import, ends in an underscore.
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = getattr(importlib.import_module(f".{name}", __name__), name)
        assert isinstance(command, click.Command)
        command.short_help = _COMMANDS[cmd_name]
        _interrupt.begin()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise MisspeltError(error, args[0], (*_COMMANDS, *_ALIASES)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        # The help is written from in here.
        with _closed_pipe():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        try:
            with _closed_pipe():
                return super().invoke(ctx)
        except PassexError as error:
            complain(str(error))
            if error.excerpt:
                click.echo(error.excerpt, err=True)
            if isinstance(error, UnknownNameError):
                from ._opening import complain_of_day

                complain_of_day()  # it may have a node of that name since
            ctx.exit(error.exit_code)
        except RuntimeError as error:
            from ..graph import cache, result_cache

            # Of other errors of this kind Click makes its exit codes.
            if not cache.is_damage(error):
                raise
            complain(f"{result_cache.folder()}: damaged on the disk ({error}); delete that folder")
            ctx.exit(FAILED)


# Without a command Click would end in an error: from 8.2 on with code 2, and its help as message.
@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="passex", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Ask a knowledge graph of naval relations.

    \b
    Example:
      passex network --level state
      passex why Japan "South Korea"
      passex ask partners Japan
    """  # noqa: D301
    # Else click takes the styles out of what goes into a pipe, also where they are demanded.
    ctx.color = is_coloured(sys.stdout)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line, and end the process; the entry point of the package."""
    # Imports make many objects and no garbage, which is looked for too often by default.
    gc.set_threshold(_OBJECTS)
    try:
        _interrupt.watch()
        code = _run()
    except KeyboardInterrupt:
        # Also while modules are still being imported.
        _interrupt.end()
    # All is written. To take a graph apart piece by piece is time that nobody needs.
    os._exit(code)


def _run() -> int:
    if sys.stderr is None:
        return FAILED  # closed by the caller: there is nobody to tell
    if sys.stdout is None:
        complain("standard output is closed; send it somewhere, /dev/null at least")
        return FAILED
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
            if os.name == "nt":  # whose pipes have the encoding of old, without most of our letters
                stream.reconfigure(encoding="utf-8")
    sys.stderr = lasting(sys.stderr)  # that nobody hears of an error doesn't make it none
    warnings.showwarning = lambda message, *_, **__: complain(str(message))
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        lead_nowhere(sys.stdout)
        return OK
    except click.exceptions.Abort:
        _interrupt.end()
    except click.ClickException as error:
        at = error.ctx if isinstance(error, click.UsageError) else None
        asked = at.command_path if at else "passex"
        near = error.hint if isinstance(error, MisspeltError) else ""
        hint = near or f"see '{asked} --help'"
        complain(f"{error.format_message().rstrip('.')}; {hint}")
        return error.exit_code
    except OSError as error:
        lead_nowhere(sys.stdout)
        if error.filename is None:  # standard output has no name
            complain(f"cannot write the answer ({error.strerror})")
        else:
            complain(f"{error.filename}: {error.strerror}")
        return FAILED
    return code if isinstance(code, int) else OK


@contextlib.contextmanager
def _closed_pipe() -> Iterator[None]:
    """End well where the reader has closed the pipe, which is its right; Click would not.

    Commands that have more to do than to answer call `outlast_reader`, and don't come here.
    """
    try:
        yield
    except BrokenPipeError:
        lead_nowhere(sys.stdout)
        raise click.exceptions.Exit(OK) from None
