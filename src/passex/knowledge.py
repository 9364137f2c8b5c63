"""The graph as one object, for Python."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from . import dataset, names, store, vocabulary
from .errors import CacheError
from .sources import Source

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


def load(
    *data: str | os.PathLike[str], cached: bool = True, format: str | None = None
) -> KnowledgeGraph:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders, the word ``bundled``, or ``-`` for standard input; without any, the
            bundled graph.
        cached: Whether the cache is read and written (see `passex.cache`). One that cannot be
            written is a warning.
        format: What a file is in whose extension names no format, or a stream: ``turtle`` (which
            is what a stream is without it), ``trig``, ``nt``, ``nquads``, ``rdfxml`` or ``jsonld``.

    Returns:
        The graph. A large one from the cache cannot be written to through `Store.engine`.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> load()  # doctest: +ELLIPSIS
        <KnowledgeGraph: ... triples, ... files>
    """
    return KnowledgeGraph(open_store(data, cached, warnings.warn, format))


def open_store(
    data: Iterable[str | os.PathLike[str]],
    cached: bool,
    warn: Callable[[str], None],
    form: str | None = None,
) -> store.Store:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders, ``bundled`` or ``-``; without any, the bundled graph.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.
        form: One of `dataset.FORMATS`, for what has no extension that names its format.

    Returns:
        The store with its derived triples.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format.
        VocabularyError: The facts use none of our ontology's classes.
    """
    sources = [Source(path, form) for path in dataset.data_files(data, form)]
    loaded = None
    if cached:
        from . import cache, keys

        # A file that cannot be read is the loader's to complain of.
        with contextlib.suppress(OSError):
            name = keys.remembered_key(sources, cache.folder())
            loaded = cache.fetch(name, [source.path for source in sources])
    if loaded is None:
        loaded = _make(sources, cached, warn)
    if loaded.ignored:
        number = f"{loaded.ignored} triple{'' if loaded.ignored == 1 else 's'}"
        warn(f"{number} of derived properties in the data ignored; they come from the rules alone")
    for place, used in loaded.foreign:
        warn(f"{loaded.files[place]}: {vocabulary.STRANGE} {used}")
    return loaded


def _make(sources: list[Source], cached: bool, warn: Callable[[str], None]) -> store.Store:
    """Load a graph and derive its relations, and keep it in the cache."""
    from . import folding, rules

    if not cached:
        made = store.read(sources)
        rules.derive(made)
        return made
    from . import cache, keys

    before = keys.own_key()
    made = store.read(sources)
    rules.derive(made)
    folding.index(made.engine)
    # Under the name of what was parsed, even if a file was written since it was looked for.
    if keys.own_key() == before:
        try:
            cache.keep(keys.key(sources), made)
        except CacheError as error:
            warn(str(error))
    return made
