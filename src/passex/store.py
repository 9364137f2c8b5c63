"""The graph in an embedded Oxigraph store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from . import dataset, vocabulary
from .errors import InputError, QueryError

Row = tuple[str | None, ...]
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Store:
    """Ontology, facts and derived triples, ready for questions.

    Attributes:
        engine: The pyoxigraph store. Facts and derived triples are in its default graph, the rules'
            intermediate results in the graph `vocabulary.WORKINGS`.
        files: The files that the facts came from.
        ignored: How many triples of a derived property the files asserted. They were dropped: what
            is derived comes from the rules alone.
    """

    def __init__(self, engine: ox.Store, files: tuple[Path, ...] = (), ignored: int = 0) -> None:
        self.engine = engine
        self.files = files
        self.ignored = ignored

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        workings: bool = False,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query; the prefixes of `vocabulary.PREFIXES` are declared already.

        Args:
            sparql: The query.
            bindings: Terms to put in the place of variables, by name without the question mark.
                Each has to be in the SELECT clause.
            workings: Whether the rules' intermediate results are there, as a named graph.

        Returns:
            What pyoxigraph returns: solutions, a boolean or triples.

        Raises:
            QueryError: The query is not SPARQL.
        """
        substitutions: dict[ox.Variable, Term]
        substitutions = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        try:
            return self.engine.query(
                sparql,
                prefixes=vocabulary.PREFIXES,
                substitutions=substitutions,
                named_graphs=None if workings else [],
            )
        except SyntaxError as error:
            # The engine lists every token that could have followed, over several lines.
            reason, _, expected = str(error).splitlines()[0].partition(": expected ")
            if "Prefix not found" in expected:
                reason += ": a prefix that is not declared"
            raise QueryError(f"not a SPARQL query: {reason}", "correct the query") from error

    def rows(self, sparql: str) -> Iterator[Row]:
        """Answer a SELECT query with plain strings.

        Args:
            sparql: A SELECT query.

        Yields:
            One tuple a solution, in the order of the SELECT clause: IRIs and literals as text,
            blank nodes with ``_:`` before them, None where a variable is unbound.

        Raises:
            QueryError: The query is not SPARQL.
        """
        solutions = self.query(sparql, workings=True)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple(None if term is None else text_of(term) for term in solution)

    def objects(self, subject: str, term: str) -> list[str]:
        """Look up the values of one property of one node.

        Args:
            subject: The node's IRI.
            term: The property's IRI.

        Returns:
            The values as text, sorted.
        """
        quads = self.engine.quads_for_pattern(
            node(subject), ox.NamedNode(term), None, ox.DefaultGraph()
        )
        return sorted(text_of(quad.object) for quad in quads)

    def subjects(self, term: str, value: str) -> list[str]:
        """Look up the nodes that have a node as a value.

        Args:
            term: The property's IRI.
            value: The IRI of the value.

        Returns:
            The nodes' IRIs, sorted.
        """
        quads = self.engine.quads_for_pattern(
            None, ox.NamedNode(term), node(value), ox.DefaultGraph()
        )
        return sorted(text_of(quad.subject) for quad in quads)

    def __len__(self) -> int:
        """Count the triples, without the rules' intermediate results."""
        workings = ox.NamedNode(vocabulary.WORKINGS)
        return len(self.engine) - sum(
            1 for _ in self.engine.quads_for_pattern(None, None, None, workings)
        )


def load(data: Iterable[str | os.PathLike[str]] = ()) -> Store:
    """Load the ontology and facts, without applying the rules.

    Args:
        data: Files, folders or ``bundled``, as `dataset.data_files` takes them.

    Returns:
        The store.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> store = load()
        >>> len(store.files) > 0
        True
    """
    from . import intake, reading

    files = dataset.data_files(data)
    engine = ox.Store()
    for path in dataset.ontology_files():
        reading.read(engine, path)
    own = len(engine)
    for path in files:
        reading.read(engine, path)
    intake.name_blank_nodes(engine)
    named = ", ".join(str(path) for path in files[:3]) + (", …" if len(files) > 3 else "")
    if len(engine) == own:
        raise InputError(f"{named}: no triples", "give files that hold facts")
    ignored = intake.drop_derived(engine)
    if not intake.uses_ontology(engine):
        raise intake.foreign(files, named)
    return Store(engine, files, ignored)


def node(name: str) -> ox.NamedNode | ox.BlankNode:
    """Turn the text of a node, as `Store.rows` gives it, into a term.

    Args:
        name: An IRI, or ``_:`` with a blank node's identifier.

    Returns:
        The term.

    Example:
        >>> node("_:b1")
        <BlankNode value=b1>
    """
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def text_of(term: Term) -> str:
    """Turn a term into the text that `Store.rows` gives for it.

    Args:
        term: A term.

    Returns:
        An IRI or a literal as its value; a blank node with ``_:`` before its identifier, so that it
        is never taken for an IRI.
    """
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
