"""Normalise facts on their way in: name blank nodes, drop derived triples, find foreign files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from ..errors import VocabularyError
from ..text.places import Place
from . import parsing
from .sources import Source
from .terms import BLANK, DERIVED, NR, OWL, PREFIXES, RDF, STRANGE, THINGS

_RDF_OWN: Final = frozenset(PREFIXES[name] for name in ("rdf", "rdfs", "owl"))
_TYPE: Final = ox.NamedNode(RDF.type)


def name_blank_nodes(engine: ox.Store) -> None:
    """Give blank nodes that have a type and are no part of the ontology an IRI.

    A query has no name for a blank node, and its identifier differs from run to run. The names are
    numbered in the order of what the nodes say.
    """
    rows = engine.query(
        f"""SELECT DISTINCT ?node {{
            ?node a ?class FILTER(isBlank(?node) && !STRSTARTS(STR(?class), "{OWL}"))
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
        node: ox.NamedNode(f"{BLANK}{number}")
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
                    quad.graph_name,
                )
            )


def drop_derived(engine: ox.Store) -> int:
    """Remove what only the rules may write.

    Returns:
        How many triples were removed.
    """
    asserted = [
        quad
        for name in DERIVED
        for quad in engine.quads_for_pattern(None, ox.NamedNode(name), None, None)
    ]
    for quad in asserted:
        engine.remove(quad)
    return sum(isinstance(quad.graph_name, ox.DefaultGraph) for quad in asserted)


def classes(engine: ox.Store) -> set[str]:
    """List the classes of our ontology, and those that are below one."""
    found = engine.query(
        f"""SELECT DISTINCT ?class {{
            ?own a owl:Class FILTER(STRSTARTS(STR(?own), "{NR}"))
            ?class rdfs:subClassOf* ?own FILTER(isIRI(?class))
        }}""",
        prefixes=PREFIXES,
    )
    assert isinstance(found, ox.QuerySolutions)
    return {solution[0].value for solution in found}


def has_instance(engine: ox.Store, own: set[str]) -> bool:
    """Tell whether any node is of one of some classes.

    Returns:
        Whether there is one.
    """
    return any(
        next(engine.quads_for_pattern(None, _TYPE, ox.NamedNode(name), None), None) is not None
        for name in own
    )


def files_without_our_terms(
    engine: ox.Store, sources: Sequence[Source], own: set[str]
) -> tuple[tuple[int, str], ...]:
    """Find the files that say nothing of any node of our classes.

    Args:
        engine: The store with what was read from all of the files.
        own: Our classes.

    Returns:
        The number of each file, from 0, and the vocabulary that it uses.
    """
    known = own | set(THINGS)
    found = []
    for number, source in enumerate(sources):
        # Only what does not even have our namespace in its text is read again.
        if not source.mentions_our_namespace and (used := _foreign_terms(engine, source, known)):
            found.append((number, _listed(used)))
    return tuple(found)


def no_terms_of_ours(sources: Iterable[Source], named: str) -> VocabularyError:
    """Say which vocabulary some files use instead of ours.

    Args:
        named: What they are called in the error.

    Returns:
        The error, to be raised.
    """
    used: Counter[str] = Counter()
    for source in sources:
        used += _foreign_terms(ox.Store(), source, set())
    return other_vocabulary(_listed(used), named)


def other_vocabulary(used: str, named: str) -> VocabularyError:
    """Say which vocabulary some files use instead of ours, where it is known.

    Args:
        used: What `Store.vocabulary` of them is.
        named: What they are called in the error.

    Returns:
        The error, to be raised.
    """
    hint = f"describe exercises and actors with classes of <{NR}>"
    return VocabularyError(f"{STRANGE} {used}", hint, Place(named))


def _foreign_terms(engine: ox.Store, source: Source, known: set[str]) -> Counter[str]:
    """Count the namespaces that a file uses; none where it has a node of a known class."""
    used: Counter[str] = Counter()
    last = None
    for quad in parsing.parse(source):
        used[_namespace(quad.predicate.value)] += 1
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            used[_namespace(quad.object.value)] += 1
            if quad.object.value in known:
                return Counter()
        if quad.subject != last and isinstance(quad.subject, ox.NamedNode):
            last = quad.subject
            types = engine.quads_for_pattern(last, _TYPE, None, ox.DefaultGraph())
            if any(isinstance(t.object, ox.NamedNode) and t.object.value in known for t in types):
                return Counter()
    return used


def _listed(used: Counter[str]) -> str:
    others = [name for name, _ in used.most_common() if name not in _RDF_OWN]
    return ", ".join(f"<{name}>" for name in others[:3]) or "none but RDF's own"


def _namespace(iri: str) -> str:
    # An IRI without either, such as a URN, ends its namespace with a colon.
    return iri[: (max(iri.rfind("#"), iri.rfind("/")) + 1) or iri.rfind(":") + 1]
