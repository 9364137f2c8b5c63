"""One node for two: every file that names the one that goes, as it is to be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..graph import dataset
from ..graph.files import write_together
from ..graph.parsing import parse
from ..graph.sources import Source
from ..graph.store import Store
from ..graph.terms import shorten
from ..text.edits import Edit, apply_bytes, unified_diff
from .changeable import refuse_protected, turtle_files
from .file_edits import FileEdits
from .one_thing import Pair, pair
from .uniting import Uniting


@dataclass(frozen=True, slots=True)
class Merge:
    """What makes one node of two.

    Attributes:
        pair: The two nodes.
        changes: The files that change: each with its text and the edits.
        notes: Sentences on what has both as values of one property, and comes to have one.
    """

    pair: Pair
    changes: tuple[tuple[Path, str, tuple[Edit, ...]], ...]
    notes: tuple[str, ...] = ()

    def diff(self) -> Iterator[str]:
        """Show what changes, as a unified diff.

        Yields:
            Its lines, each with its end.
        """
        for path, text, edits in self.changes:
            yield from unified_diff(path.as_posix(), text, edits)

    def write(self) -> None:
        """Write the files, all of them or none.

        Raises:
            OutputError: One of them cannot be written.
        """
        write_together(
            (path, [apply_bytes(path.read_bytes(), edits)]) for path, _, edits in self.changes
        )


def _refuse_others(gone: str, paths: Iterable[Path]) -> None:
    """Refuse files that name a node too, and cannot be written."""
    node = ox.NamedNode(gone)
    for path in sorted(paths):
        if any(node in quad.triple for quad in parse(Source(path))):
            raise InputError(
                f"{path.as_posix()}: names {shorten(gone)} too, and isn't a file of Turtle",
                "change it there first",
            )


def merge(store: Store, kept: str, gone: str, paths: Iterable[str | os.PathLike[str]]) -> Merge:
    """Work out how one node comes to stand for two, in all files that name the second.

    Its names become further names of the first, what is told of it is told of the first, claims
    about it are about the first. The quotes that stood on it become claims, since those on the
    first prove what that article said. Claims that say the same in one file are united.

    Args:
        store: The graph of the files, with what the rules derive.
        kept: The name of the node that stays, as `names.resolve` takes it.
        gone: The name of the node that goes.
        paths: The files of Turtle and folders.

    Returns:
        The changes, which are written by `Merge.write`.

    Raises:
        QueryError: They are no one thing by what the graph says of them: they are of different
            classes, one belongs to the other, they differ in what has one value; or the second is
            in the gazetteer.
        UnknownNameError: Nothing has one of the names.
        AmbiguousNameError: More than one node has it.
        InputError: A file cannot be read, isn't Turtle or must not be changed, or the second node
            has a blank node as a value.
    """
    paths = list(paths)
    found = pair(store, kept, gone)
    files = [FileEdits(path) for path in turtle_files(paths)]
    _refuse_others(found.gone.iri, set(dataset.data_files(paths)) - {file.path for file in files})
    merger = Uniting(store, found, files)
    merger.run()
    changes = tuple(
        (file.path, file.text, edits) for file in files if (edits := tuple(file.edits()))
    )
    if not changes:
        raise InputError(
            f"no file names {shorten(found.gone.iri)}", "give the files that do with --data"
        )
    for path, *_ in changes:
        refuse_protected(path)
    merger.check()
    return Merge(found, changes, tuple(merger.notes()))
