"""What happens to facts on their way in: blank nodes, derived triples, foreign vocabularies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import reading, vocabulary
from .errors import VocabularyError

_OWL: Final = vocabulary.PREFIXES["owl"]


def name_blank_nodes(engine: ox.Store) -> None:
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


def drop_derived(engine: ox.Store) -> int:
    """Remove what only the rules may write.

    Args:
        engine: The store.

    Returns:
        How many triples were removed.
    """
    asserted = [
        quad
        for name in vocabulary.DERIVED
        for quad in engine.quads_for_pattern(None, ox.NamedNode(name), None, ox.DefaultGraph())
    ]
    for quad in asserted:
        engine.remove(quad)
    return len(asserted)


def uses_ontology(engine: ox.Store) -> bool:
    """Tell whether any node is of a class of our ontology, or of a class below one.

    Args:
        engine: The store, with the ontology.

    Returns:
        Whether there is one.
    """
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


def foreign(files: tuple[Path, ...], named: str) -> VocabularyError:
    """Say which vocabulary some files use instead of ours.

    Args:
        files: The files.
        named: What they are called in the error.

    Returns:
        The error, to be raised.
    """
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
