"""The graph as one object, for Python."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from . import dataset, names, store, vocabulary
from .errors import CacheError

if TYPE_CHECKING:
    import networkx
    import pyoxigraph as ox

    from .answers import Answer
    from .why import Reasons


class KnowledgeGraph:
    """A naval knowledge graph with its derived relations.

    Args:
        store: A store to which the rules have been applied.

    Example:
        >>> kg = load()
        >>> kg.resolve("JMSDF").kind
        'Navy'
    """

    def __init__(self, store: store.Store) -> None:
        self.store = store

    def __repr__(self) -> str:
        """Say what the graph holds, in a line."""
        return f"<KnowledgeGraph: {len(self.store)} triples, {len(self.store.files)} files>"

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query.

        Args:
            sparql: The query; the usual prefixes are declared already.

        Returns:
            What pyoxigraph returns: solutions, a boolean or triples.

        Raises:
            QueryError: The query is not SPARQL.

        Example:
            >>> bool(load().query("ASK { id:japan a nr:State }"))
            True
        """
        return self.store.query(sparql)

    def network(
        self,
        level: str = "service",
        include: Iterable[str] = ("held", "under-way"),
        domain: str = "naval",
        since: str | int | None = None,
        until: str | int | None = None,
    ) -> networkx.Graph[str]:
        """Project the exercises onto the actors: who trains with whom.

        Args:
            level: ``unit``, ``service``, ``state`` or ``organisation``.
            include: Which of ``held``, ``under-way`` and ``planned`` count.
            domain: A domain, such as ``naval``, or ``all``.
            since: A year or a day, ``2017`` or ``2017-05-01``, before which nothing counts. With
                this or ``until``, what has no dates does not count.
            until: A year or a day after which nothing counts.

        Returns:
            A graph as `passex.network.Network.to_networkx` describes it.

        Raises:
            QueryError: A level, a status, a domain, a year or a day that does not exist, or a
                period that ends before it begins.

        Example:
            >>> japan = "https://w3id.org/passex/id/japan"
            >>> korea = "https://w3id.org/passex/id/south-korea"
            >>> load().network(level="state").edges[japan, korea]["weight"]
            1.5
        """
        from . import network, projection

        policy = network.Policy(level, tuple(include), domain, since, until)
        return projection.build(self.store, policy).to_networkx()

    def ask(self, question: str, *values: str) -> Answer:
        """Answer a named question.

        Args:
            question: Its name, such as ``partners``; ``passex ask`` lists them.
            values: The parameters, in order, as a person types them.

        Returns:
            The answer: ``columns`` and ``rows`` of terms, and `records` of labels.

        Raises:
            QueryError: No such question, or parameters that do not fit it.
            UnknownNameError: Nothing that the question asks for has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> [row["other"] for row in load().ask("met-with", "Sanae Takaichi").records()]
            ['Lee Jae-Myung']
        """
        from . import answers, catalogue

        return answers.ask(self.store, catalogue.find(question), values)

    def why(self, a: str, b: str) -> Reasons:
        """Collect the evidence behind a tie.

        Args:
            a: An actor, as `resolve` takes it.
            b: Another actor.

        Returns:
            The exercises and plans that tie the two, with their claims.

        Raises:
            UnknownNameError: No actor has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> len(load().why("Japan", "Russia").occasions)
            2
        """
        from . import why

        return why.why(self.store, self.resolve(a), self.resolve(b))

    def resolve(self, name: str) -> names.Node:
        """Find the actor that a name means.

        Args:
            name: An IRI, a prefixed name, a label or a further name.

        Returns:
            The actor.

        Raises:
            UnknownNameError: No actor has that name.
            AmbiguousNameError: More than one has it.

        Example:
            >>> load().resolve("ROK").label
            'South Korea'
        """
        return names.resolve(self.store, name, vocabulary.ACTOR)


def load(*data: str | os.PathLike[str], cached: bool = True) -> KnowledgeGraph:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders or the word ``bundled``; without any, the bundled graph.
        cached: Whether the cache is read and written (see `passex.cache`). One that cannot be
            written is a warning.

    Returns:
        The graph.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> load()  # doctest: +ELLIPSIS
        <KnowledgeGraph: ... triples, ... files>
    """
    return KnowledgeGraph(open_store(data, cached, warnings.warn))


def open_store(
    data: Iterable[str | os.PathLike[str]], cached: bool, warn: Callable[[str], None]
) -> store.Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders or the word ``bundled``; without any, the bundled graph.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.

    Returns:
        The store with its derived triples.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.
    """
    files = dataset.data_files(data)
    name = ""
    loaded = None
    if cached:
        from . import cache

        # A file that cannot be read is the loader's to complain of.
        with contextlib.suppress(OSError):
            name = cache.key(files)
            loaded = cache.fetch(name, files)
    if loaded is None:
        from . import rules

        loaded = store.load(files)
        rules.derive(loaded)
        if name:
            try:
                cache.keep(name, loaded)
            except CacheError as error:
                warn(str(error))
    if loaded.ignored:
        number = f"{loaded.ignored} triple{'' if loaded.ignored == 1 else 's'}"
        warn(f"{number} of derived properties in the data ignored; they come from the rules alone")
    return loaded
