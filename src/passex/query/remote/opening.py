"""Opening of a graph on a SPARQL 1.1 server, which is fetched from there.

A query that a person writes is the server's to answer (`query.endpoint`). What Passex makes of a
graph is made here: engines differ in what they answer to one and the same query, and some are wrong
without saying so (Virtuoso 7.2.5 gives one of five rows where a path is optional). So every command
gives on an endpoint what it gives on files. What was fetched is kept in the cache; as long as the
note on the server stays the same, it is not fetched again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...errors import CacheError, InputError, VocabularyError
from ...graph import cache, cache_keys, folding
from ...graph import opening as files
from ...graph.store import Store
from ...graph.terms import GRAPH
from ...text.places import Place
from ...text.wording import say
from . import facts, fetching, layout
from .client import Client
from .fetching import Progress
from .layout import Note, digest, unskolemized

#: In triples: a graph that was not pushed and is larger is not read whole.
_WHOLE: Final = 100_000


def open_store(
    url: str,
    cached: bool,
    warn: Callable[[str], None],
    timeout: float | None = None,
    progress: Progress = lambda read: None,
) -> Store:
    """Fetch a graph from a server and derive its relations, or take them from there or the cache.

    Args:
        url: The URL of the endpoint. With ``default-graph-uri`` in its query, that graph is read;
            else the one that ``passex push`` writes, or the default graph where it is not there.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.
        timeout: Seconds in which something has to come.
        progress: Is told now and then how many triples have come.

    Returns:
        The store with its derived triples.

    Raises:
        EndpointError: The server cannot be reached, refuses, or does not give the whole graph.
        VocabularyError: The graph has nothing of our ontology in it.
    """
    with Client(url, timeout) as client:
        return _Opening(client, cached, warn, progress).store()


@dataclass(frozen=True, slots=True)
class _Opening:
    """A graph that is being opened, as `open_store` is told to."""

    client: Client
    cached: bool
    warn: Callable[[str], None]
    progress: Progress

    def store(self) -> Store:
        client, graph = self.client, self.client.graph or GRAPH
        # Once more, if it is pushed anew while it is being read.
        for last in (False, True):
            note = layout.read_note(client, graph)
            if note is None:
                return self._unpushed(client.graph)
            number = fetching.count(client, graph)
            if number == note.triples:
                if (store := self._pushed(graph, note)) is not None:
                    return store
            elif last:
                self.warn(
                    f"{client.where}: <{graph}> was changed since it was pushed "
                    f"({say(note.triples, 'triple')} then, {number} now); its relations are "
                    "derived anew"
                )
                return self._unpushed(graph)
        raise client.failure(f"<{graph}> is not what was pushed", "run 'passex push' again")

    def _pushed(self, graph: str, note: Note) -> Store | None:
        """Take a graph that was pushed from the cache or the server; None if it is another."""
        client, own = self.client, cache_keys.own_key()
        if note.made != own:
            self.warn(
                f"{client.where}: <{graph}> was pushed by another version of Passex; "
                "'passex push' again derives its relations as this one does"
            )
        places = (Path(client.where),) * note.files
        name = hashlib.sha256(f"{own} {client.url} {graph} {note}".encode()).hexdigest()
        if self.cached and (kept := cache.fetch(name, places)) is not None:
            return kept
        parts = {
            here: fetching.triples(client, there, progress=self.progress)
            for there, here in layout.kept(graph).items()
        }
        if digest(quad.triple for part in parts.values() for quad in part) != note.digest:
            return None
        engine = ox.Store()
        engine.extend(
            ox.Quad(unskolemized(quad.subject), quad.predicate, unskolemized(quad.object), target)
            for target, part in parts.items()
            for quad in part
        )
        folding.index(engine)
        store = Store(engine, places, note.ignored)
        if self.cached:
            try:
                cache.keep(name, store)
            except CacheError as error:
                self.warn(str(error))
        return store

    def _unpushed(self, graph: str | None) -> Store:
        """Take facts from a server, and derive their relations here."""
        client = self.client
        if fetching.count(client, graph, most=_WHOLE) > _WHOLE:
            ours = facts.fetch_ours(client, graph, progress=self.progress)
            lines = facts.lines(ours, facts.filled(client, graph))
            what = f"of more than {_WHOLE} triples {say(len(lines), 'fact')} of our ontology"
            if lost := facts.left_out(ours):
                what += f", without {say(lost, 'node')} that have no IRI,"
        else:
            lines = facts.fetch(client, graph, self.progress)
            what = say(len(lines), "fact")
        self.warn(
            f"{client.where}: {what} fetched and their relations derived here; "
            "'passex push' puts a graph on a server with them"
        )
        with tempfile.TemporaryDirectory(prefix="passex-") as folder:
            path = Path(folder, "facts.nt")
            path.write_text("".join(lines), encoding="utf-8")
            try:
                store = files.open_store([path], self.cached, self.warn)
            except InputError:  # all that there is comes with Passex, or from its rules
                message = f"no facts in the {facts.described(graph)}"
                raise client.failure(message, facts.NO_FACTS) from None
            except VocabularyError as error:
                error.place = Place(client.where)  # which is where they are for a person
                raise
        return Store(store.engine, (Path(client.where),), store.ignored)
