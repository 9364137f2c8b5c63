"""The process that changes a store on disk: the only one that has it open for writing.

A change is one transaction of the engine: it is there as a whole or not at all. What is
acknowledged is in the store's log, and the log has been flushed to the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..graph import cache, given
from ..graph.nesting import DEEPEST, Nesting
from ..graph.reach import limit
from ..graph.store import Store, Term
from ..graph.terms import INTERNAL, PREFIXES, UNNAMED, WRITTEN
from ..query import formats
from . import delta, frames, guard, marking
from .deriving import Pending
from .errors import HTTPError
from .frames import Output, Request, answer_pipe, end_with_parent, limit_memory, serve

#: How long a writer that was just ended may still hold the store's lock.
_LOCKED: Final = 5.0
_DEFAULT: Final = ox.DefaultGraph()
#: What is kept of how files write their literals, and of which graph: no store of a server has it.
_OF_FILES: Final = (ox.NamedNode(WRITTEN), ox.NamedNode(UNNAMED))
#: What the engine says when the disk is full.
_FULL: Final = ("No space left", "os error 28", "Disk quota", "File too large")


_pending: Final = Pending()


def update(engine: ox.Store, request: Request, output: Output) -> None:
    """Carry out a SPARQL update."""
    text: str = request["text"]
    if not request["load"]:
        guard.forbid(text, "load")
    if not request["service"]:
        guard.forbid(text, "service")
    guard.refuse_large(text, "update")
    text = guard.clearing(guard.with_dataset(text, request["default"], request["named"]))
    base = request["base"]
    # Asked twice, these would not say the same.
    unsure = guard.varies(text) or "service" in text.lower()
    try:
        _pending.write(
            engine,
            None if unsure or _pending.reach.everything else delta.written(engine, text, base),
            lambda: engine.update(text, base_iri=base, prefixes=PREFIXES),
        )
    except SyntaxError as error:
        raise HTTPError.not_sparql(request["text"], error, "update") from None
    output.head["status"] = 204


def put(engine: ox.Store, request: Request, output: Output) -> None:
    """Put triples in the place of a graph, or add them to it."""
    name: str | None = request["name"]
    term = _DEFAULT if name is None else ox.NamedNode(name)
    if name in INTERNAL:
        raise HTTPError(403, f"<{name}> belongs to the server")
    there = _exists(engine, term)
    if request["there"] not in (None, there):
        raise HTTPError(412, "the graph is there already" if there else "the graph is not there")
    statements = [
        _statements(part["data"].encode("latin-1"), part["format"], request["base"])
        for part in request["parts"]
    ]
    operations = [f"CLEAR SILENT {_place(name)}"] if request["replace"] else []
    operations += [f"CREATE SILENT {_place(name)}"] if name is not None else []
    for triples in statements:
        within = triples if name is None else f"GRAPH <{name}> {{ {triples} }}"
        operations.append(f"INSERT DATA {{ {within} }}")
    changed: list[ox.Quad] | None = None
    if not request["replace"]:
        added = ox.Store()
        added.update(f"INSERT DATA {{ {' '.join(statements)} }}")
        changed = list(added)
    if name is not None:
        changed = []  # the rules read and write the default graph alone
    _pending.write(engine, changed, lambda: engine.update(" ;\n".join(operations)))
    quiet = request["replace"] or not any(statements)
    output.head["status"] = (204 if quiet else 200) if there else 201


def delete(engine: ox.Store, request: Request, output: Output) -> None:
    """Remove a graph, or empty the default graph."""
    name: str | None = request["name"]
    term = _DEFAULT if name is None else ox.NamedNode(name)
    if request["there"] is False:
        raise HTTPError(412, "what is not there cannot be removed")
    if name in INTERNAL or (name is not None and not _exists(engine, term)):
        raise HTTPError(404, f"no graph <{name}> in this store")
    changed: list[ox.Quad] | None = None if name is None else []
    _pending.write(engine, changed, lambda: engine.update(f"DROP SILENT {_place(name)}"))
    output.head["status"] = 200


def derive(engine: ox.Store, request: Request, output: Output) -> None:
    """Derive again what follows from what was changed."""
    if reason := _pending.derive(engine, request["memory"]):
        output.head["everything"] = reason
    output.head["nodes"] = _pending.derived


def snapshot(engine: ox.Store, request: Request, output: Output) -> None:
    """Make a copy of the store that never changes. It shares the files that do not change."""
    engine.backup(request["target"])


def _exists(engine: ox.Store, term: ox.NamedNode | ox.DefaultGraph) -> bool:
    if isinstance(term, ox.DefaultGraph):
        return next(engine.quads_for_pattern(None, None, None, term), None) is not None
    return engine.contains_named_graph(term)


def _place(name: str | None) -> str:
    return "DEFAULT" if name is None else f"GRAPH <{name}>"


def _statements(data: bytes, form: str, base: str) -> str:
    """Read triples as the text of INSERT DATA, which goes into one transaction with the rest."""
    engine = formats.GRAPHS[form].engine
    assert isinstance(engine, ox.RdfFormat)
    if Nesting(f".{engine.file_extension}").too_deep(data) is not None:
        raise HTTPError(400, f"not {engine.name}: nested more than {DEEPEST} deep")
    try:
        return _written(data, engine, base)
    except SyntaxError as error:
        if engine == ox.RdfFormat.TURTLE:
            # The W3C's tests of the protocol leave the last full stop out.
            with contextlib.suppress(SyntaxError):
                return _written(data + b"\n.", engine, base)
        place = f" at {error.lineno}:{error.offset}" if error.lineno else ""
        reason = (error.msg or str(error)).splitlines()[0]
        raise HTTPError(400, f"not {engine.name}{place}: {reason}") from None


def _written(data: bytes, engine: ox.RdfFormat, base: str) -> str:
    quads = ox.parse(
        data, engine, base_iri=base, without_named_graphs=True, rename_blank_nodes=True
    )
    return " ".join(f"{quad.subject} {quad.predicate} {_term(quad.object)} ." for quad in quads)


def _term(term: Term) -> str:
    # The engine writes a triple term without its brackets, but for those within it.
    return f"<<( {term} )>>" if isinstance(term, ox.Triple) else str(term)


_HANDLERS: Final[dict[str, Callable[[ox.Store, Request, Output], None]]] = {
    "update": update,
    "put": put,
    "delete": delete,
    "derive": derive,
    "snapshot": snapshot,
}


def _change(engine: ox.Store, folder: Path, request: Request, output: Output) -> None:
    try:
        _HANDLERS[request["op"]](engine, request, output)
        if request["op"] != "snapshot":
            _flush(folder)
    except OSError as error:
        if not any(words in str(error) for words in _FULL):
            raise
        raise HTTPError(507, "the disk is full: nothing was changed") from error


def _flush(folder: Path) -> None:
    """Have the system write the log to the disk, so that a power cut does no harm either."""
    logs = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    for path in logs[-1:]:
        with path.open("rb") as log:
            os.fsync(log.fileno())


def _open(folder: Path) -> ox.Store:
    latest = time.monotonic() + _LOCKED
    while True:
        try:
            return ox.Store(folder)
        except OSError as error:
            if "lock" not in str(error).lower() or time.monotonic() > latest:
                raise
            time.sleep(0.05)


def fill(folder: Path, source: Path | None) -> None:
    """Make a store in an empty folder or a new one, of N-Quads or nothing; raises `OSError`."""
    # Whole or not at all: one that was interrupted is not taken for a store.
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    engine = ox.Store(part)
    if source is not None:
        engine.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS, lenient=True)
    engine.flush()
    del engine
    os.replace(part, folder)


def take(folder: Path, store: Store) -> bool:
    """Put a graph of the cache, in which all is derived, in an empty folder or a new one.

    Tables of the engine are linked, where the file system can do that.

    Returns:
        Whether it was done: else it isn't such a graph, or has what an update would leave behind.

    Raises:
        OSError: The folder cannot be written.
    """
    place = cache.place(store)
    if place is None or any(store.engine.contains_named_graph(name) for name in _OF_FILES):
        return False
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        most = limit(sum(len(one.hashes) for one in given.read(place)))
        cache.copy(place, part)
    except (OSError, EOFError, ValueError, KeyError):  # somebody else has removed it, or parts
        shutil.rmtree(part, ignore_errors=True)
        return False
    marking.leave(part, most)
    os.replace(part, folder)
    return True


def main() -> None:
    """Be the writer of a store."""
    setup = json.loads(sys.argv[1])
    end_with_parent(setup["parent"])
    folder = Path(setup["folder"])
    pipe = answer_pipe()
    mark = marking.read(folder)
    try:
        engine = _open(folder)
    except OSError as error:
        message = f"{folder}: cannot be opened as a store ({str(error).splitlines()[0]})"
        refused = HTTPError(503, message)
        if any(words in str(error) for words in _FULL):
            refused = HTTPError(507, "the disk is full: nothing was changed")
        pipe.write(frames.pack_error(refused))
        pipe.flush()
        return
    if most := marking.take(folder, mark):
        _pending.trust(most)
    limit_memory(setup["memory"])
    with contextlib.suppress(BrokenPipeError):
        serve(partial(_change, engine, folder), pipe)
    if _pending.done:
        with contextlib.suppress(OSError, RuntimeError):  # on a full disk it is not marked
            engine.flush()
            del engine  # closes it
            marking.leave(folder, _pending.most)


if __name__ == "__main__":
    main()
