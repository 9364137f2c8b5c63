"""Nodes with their labels and their classes, as people are shown them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

import pyoxigraph as ox

from .hierarchy import subclasses, superclasses
from .store import Store, Term
from .store import node as term_of
from .store import text as text_of
from .terms import (
    DERIVED_CLASSES,
    LABELLING,
    OTHERS_NAMING,
    RDF,
    SKOS,
    local_name,
    shorten,
)

#: On a large graph on disk so many look-ups, one a node, are quicker than a walk over all names.
_FEW: Final = 5000
#: A label that is worse than any: its rank, and no text.
_NO_LABEL: Final = (3, "")
_WHOLE: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(RDF.type)


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A node with its name.

    Attributes:
        label: Its rdfs:label, or its prefixed name where it has none.
        iri: Its IRI.
        kind: The local name of its most special class, such as ``Navy``.
    """

    label: str
    iri: str
    kind: str


def everything(store: Store) -> dict[str, Node]:
    """Read all nodes of a graph of whatever vocabulary: what is said of IRIs."""
    subjects = {quad.subject for quad in store.engine.quads_for_pattern(None, None, None, _WHOLE)}
    return of_any_class(store, (s.value for s in subjects if isinstance(s, ox.NamedNode)))


def of_any_class(store: Store, iris: Iterable[str]) -> dict[str, Node]:
    """Give nodes of whatever vocabulary their labels, and the first of their classes."""
    listed = list(iris)
    label = labels(store, listed)
    found = {}
    for iri in listed:
        types = named_types(store, iri)
        found[iri] = Node(label[iri], iri, local_name(types[0]) if types else "Resource")
    return found


def named_types(store: Store, iri: str) -> list[str]:
    """List the classes of a node that have a name, sorted; files may give others, and literals."""
    quads = store.engine.quads_for_pattern(term_of(iri), _TYPE, None, _WHOLE)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))


def describe(node: Node) -> str:
    """Write a node so that a person can tell it from others.

    Returns:
        Its label, with class and prefixed name in brackets.

    Example:
        >>> describe(Node("Japan", "https://w3id.org/passex/id/japan", "State"))
        'Japan (State, id:japan)'
    """
    return f"{node.label} ({node.kind}, {shorten(node.iri)})"


def nodes(store: Store, kind: str) -> dict[str, Node]:
    """Read all nodes of a class, or of a list of concepts.

    Args:
        kind: The class or the list, as an IRI; the subclasses of a class count.
    """
    found = dict.fromkeys(store.subjects(SKOS.inScheme, kind), SKOS.Concept)
    # The most special class comes last.
    for name in sorted(subclasses(store.engine, kind), key=partial(_special, store)):
        found.update(dict.fromkeys(store.subjects(RDF.type, name), name))
    return _described(store, found)


def pick(store: Store, iris: Iterable[str], kinds: Sequence[str]) -> dict[str, Node]:
    """Find those of some nodes that are of a class or a list, as `nodes` would find them."""
    found: dict[str, str] = {}
    wanted = set(kinds)
    for iri in iris:
        try:
            types = named_types(store, iri)
        except ValueError:
            continue  # what a person typed need not be an IRI
        within = [n for n in types if not wanted.isdisjoint(superclasses(store.engine, n))]
        if not within and not wanted.isdisjoint(store.objects(iri, SKOS.inScheme)):
            within = [SKOS.Concept]
        if within:
            found[iri] = most_special(store, within)
    return _described(store, found)


def most_special(store: Store, classes: Iterable[str]) -> str:
    """Pick the most special of a node's `named_types`: those above it are derived."""
    return max(classes, key=partial(_special, store))


def kind_of(store: Store, iri: str) -> str:
    """Call the most special class of a node by its local name; ``Node`` where none has a name."""
    kinds = named_types(store, iri)
    return local_name(most_special(store, kinds)) if kinds else "Node"


def _special(store: Store, name: str) -> tuple[bool, int, str]:
    return (name not in DERIVED_CLASSES, len(superclasses(store.engine, name)), name)


def _described(store: Store, classes: dict[str, str]) -> dict[str, Node]:
    """Give nodes their labels; the classes are by the nodes' IRIs."""
    label = labels(store, classes)
    return {iri: Node(label[iri], iri, local_name(name)) for iri, name in classes.items()}


def labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Read the labels of nodes.

    Returns:
        A label for every node: the English one first, or one without a language, or any; a node
        without a label is called by its prefixed name.
    """
    wanted = set(iris)
    best: dict[str, tuple[int, str]] = {}
    for term in _labelling(store):
        # A look-up costs more than all else here: who has an English label needs no second one.
        unnamed = {iri for iri in wanted if best.get(iri, _NO_LABEL)[0]}
        for iri, text in literals(store, unnamed, (term,)):
            best[iri] = min(best.get(iri, _NO_LABEL), _ranked(text))
    return {iri: best[iri][1] if iri in best else shorten(iri) for iri in wanted}


def label_among(store: Store, iri: str, values: Mapping[str, Iterable[Term]]) -> str:
    """Pick the label of a node, as `labels` does, from all that was read of it.

    Args:
        values: What the graph says of the node, by the IRI of the property.
    """
    best = _NO_LABEL
    for term in _labelling(store):
        if best[0]:
            texts = (text for text in values.get(term, ()) if isinstance(text, ox.Literal))
            best = min((best, *map(_ranked, texts)))
    return shorten(iri) if best is _NO_LABEL else best[1]


def _labelling(store: Store) -> tuple[str, ...]:
    return (*LABELLING, *OTHERS_NAMING) if store.plain else LABELLING


def _ranked(text: ox.Literal) -> tuple[int, str]:
    """Say how good a label is, the better the less, and what it is."""
    rank = 1 if text.language is None else 0 if text.language.startswith("en") else 2
    return rank, text.value


def literals(
    store: Store, wanted: set[str], terms: Sequence[str]
) -> Iterator[tuple[str, ox.Literal]]:
    """Read the literals of some properties of some nodes."""
    subjects: list[ox.NamedNode | ox.BlankNode | None] = [None]
    if len(wanted) < _FEW:
        subjects = [term_of(iri) for iri in wanted]
    for subject, term in product(subjects, [ox.NamedNode(term) for term in terms]):
        for quad in store.engine.quads_for_pattern(subject, term, None, ox.DefaultGraph()):
            iri = text_of(quad.subject)
            if iri in wanted and isinstance(quad.object, ox.Literal):
                yield iri, quad.object
