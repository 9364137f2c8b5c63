"""`passex query --interactive`: a shell for queries."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..errors import EXTRA, PassexError
from . import _interrupt
from ._opening import open_files, server_of
from ._stderr import complain

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyBindings

    from ..graph.store import Store

_PROMPT: Final = "passex> "
_HELP: Final = """\
Enter runs a query that is whole, and else begins a new line; Alt-Enter always does.
Tab completes prefixes, terms, names of nodes (South Korea), variables and keywords.
Ctrl-C stops a running query, or clears the line. Up and Ctrl-R find earlier queries.
.format NAME  choose a format; .format alone, the one for people
.labels       write labels of nodes, or no longer
.help         this
.quit         leave; so does Ctrl-D"""


def run(
    options: Sequence[str], data: Sequence[str], no_cache: bool, mixed: bool | None = None
) -> None:
    """Read queries from the terminal and answer them, until the end of input.

    Args:
        options: What is given to `passex query` with each.
        data: The values of ``--data``, for completion.
        mixed: As of `_opening.open_files`.

    Raises:
        PassexError: prompt_toolkit is not installed, there is no terminal, or no graph.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise PassexError("--interactive needs a terminal", "give a query, a FILE.rq or -")
    if server_of(data) is None:
        store = open_files(data, no_cache, True, mixed)
    else:
        # Of what is on a server, the terms of our ontology are known here, and no nodes.
        from ..graph.store import ontology

        store = ontology()
    _interrupt.unwatch()
    try:
        session = _session(store)
    except ModuleNotFoundError:
        raise PassexError("no shell without prompt_toolkit", EXTRA.format("shell")) from None
    given = list(options)
    click.echo("SPARQL over this graph; .help says more.")
    while True:
        try:
            text = session.prompt(_PROMPT).strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text in (".quit", ".exit"):
            return
        if text.startswith("."):
            given = _command(text, given)
        elif text:
            _answer(text, given)


def _answer(text: str, options: Sequence[str]) -> None:
    # In a process of its own, which Ctrl-C ends: the engine does not listen to it.
    command = [sys.executable, "-m", "passex", "query", "-", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    try:
        process.communicate(text.encode())
    except KeyboardInterrupt:
        process.wait()


def _command(text: str, options: list[str]) -> list[str]:
    """Do what a line with a dot says; give the options from then on."""
    name, *values = text.split()
    if name == ".format" and len(values) < 2:
        kept = list(options)
        if "--format" in kept:
            at = kept.index("--format")
            del kept[at : at + 2]
        return kept + [word for value in values for word in ("--format", value)]
    if name == ".labels" and not values:
        without = [option for option in options if option != "--labels"]
        return without if len(without) < len(options) else [*options, "--labels"]
    if name != ".help":
        complain(f"{text}: no such command; .help lists them")
        return options
    click.echo(_HELP)
    return options


def _session(store: Store) -> PromptSession[str]:
    from prompt_toolkit import PromptSession

    return PromptSession(
        history=_history(),
        completer=_completer(store),
        complete_while_typing=False,
        multiline=True,
        prompt_continuation=lambda width, number, wrapped: "." * (width - 1) + " ",
        key_bindings=_keys(),
    )


def _completer(store: Store) -> Completer:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    from ..query import completion

    words = completion.Completer(store)

    class OfQueries(Completer):
        def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
            for word in words.complete(document.text_before_cursor):
                yield Completion(word.text, -word.length, display_meta=word.about)

    return OfQueries()


def _keys() -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from ..query.completion import complete_query

    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        text = buffer.text.strip()
        if not text or text.startswith(".") or complete_query(text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("escape", "enter")
    def line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


def _history() -> History:
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    shared = os.environ.get("XDG_STATE_HOME")
    folder = (Path(shared) if shared else Path.home() / ".local" / "state") / "passex"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "query-history"
        # Queries may name what nobody else should read.
        path.touch(mode=0o600)
    except OSError as error:
        complain(f"{folder}: no history is kept ({error.strerror})")
        return InMemoryHistory()
    return FileHistory(str(path))
