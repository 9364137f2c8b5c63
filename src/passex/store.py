"""The graph in an embedded Oxigraph store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from . import dataset, reading, vocabulary
from .errors import InputError, QueryError, VocabularyError

_OWL: Final = vocabulary.PREFIXES["owl"]
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
            yield tuple(None if term is None else _text(term) for term in solution)

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
        return sorted(_text(quad.object) for quad in quads)

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
        return sorted(_text(quad.subject) for quad in quads)

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
    files = dataset.data_files(data)
    engine = ox.Store()
    for path in dataset.ontology_files():
        reading.read(engine, path)
    own = len(engine)
    for path in files:
        reading.read(engine, path)
    _name_blank_nodes(engine)
    named = ", ".join(str(path) for path in files[:3]) + (", …" if len(files) > 3 else "")
    if len(engine) == own:
        raise InputError(f"{named}: no triples", "give files that hold facts")
    ignored = _drop_derived(engine)
    if not _uses_ontology(engine):
        raise _foreign(files, named)
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


def _name_blank_nodes(engine: ox.Store) -> None:
    """Give blank nodes that have a type and are no part of the ontology an IRI.

    A query has no name for a blank node, and its identifier differs from run to run. The names are
    numbered in the order of what the nodes say.
    """
    rows = engine.query(
        f"""SELECT DISTINCT ?node {{
            ?node a ?class FILTER(isBlank(?node) && !STRSTARTS(STR(?class), "{_OWL}"))
        }}"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    said = {}
    for row in rows:
        said[row[0]] = sorted(
            f"{quad.predicate} {quad.object}"
            for quad in engine.quads_for_pattern(row[0], None, None, None)
            if not isinstance(quad.object, ox.BlankNode)
        )
    names: dict[object, ox.NamedNode] = {
        node: ox.NamedNode(f"{vocabulary.BLANK}{number}")
        for number, node in enumerate(sorted(said, key=lambda node: (said[node], str(node))), 1)
    }
    for node in said:
        quads = [
            *engine.quads_for_pattern(node, None, None, None),
            *engine.quads_for_pattern(None, None, node, None),
        ]
        for quad in quads:
            engine.remove(quad)
            engine.add(
                ox.Quad(
                    names.get(quad.subject, quad.subject),
                    quad.predicate,
                    names.get(quad.object, quad.object),
                )
            )


def _drop_derived(engine: ox.Store) -> int:
    asserted = [
        quad
        for name in vocabulary.DERIVED
        for quad in engine.quads_for_pattern(None, ox.NamedNode(name), None, ox.DefaultGraph())
    ]
    for quad in asserted:
        engine.remove(quad)
    return len(asserted)


def _uses_ontology(engine: ox.Store) -> bool:
    classes = engine.query(
        f"""SELECT DISTINCT ?class {{
            ?own a owl:Class FILTER(STRSTARTS(STR(?own), "{vocabulary.NR}"))
            ?class rdfs:subClassOf* ?own
        }}""",
        prefixes=vocabulary.PREFIXES,
    )
    assert isinstance(classes, ox.QuerySolutions)
    a = ox.NamedNode(vocabulary.RDF_TYPE)
    return any(
        next(engine.quads_for_pattern(None, a, solution[0], None), None) is not None
        for solution in classes
    )


def _foreign(files: tuple[Path, ...], named: str) -> VocabularyError:
    engine = ox.Store()
    for path in files:
        reading.read(engine, path)
    used: Counter[str] = Counter()
    for quad in engine:
        used[_namespace(quad.predicate.value)] += 1
        if quad.predicate.value == vocabulary.RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            used[_namespace(quad.object.value)] += 1
    for common in ("rdf", "rdfs", "owl"):
        used.pop(vocabulary.PREFIXES[common], None)
    listed = ", ".join(f"<{name}>" for name, _ in used.most_common(3)) or "none but RDF's own"
    return VocabularyError(
        f"{named}: no node of a class of the Passex ontology; the vocabulary there: {listed}",
        f"describe exercises and actors with classes of <{vocabulary.NR}>",
    )


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    # A blank node keeps its mark, so that it is never taken for an IRI.
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
