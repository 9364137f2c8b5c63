"""Nodes that only one of two graphs has: actors, posts, exercises, meetings, concepts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ...graph.labelling import Node, nodes
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import BLANK, DCTERMS, NR, ORG, RDFS, SCHEMA, SKOS
from .changes import NodeChange

#: The groups, by the class of their nodes, in order; a node is in the first that fits. What is part
#: of an exercise or a plan is a phase, and no exercise of its own; other plans are `plans`' matter.
#: What comes from the gazetteer is there because a fact names it, and written by nobody.
GROUPS: Final = {
    "article": SCHEMA.NewsArticle,
    "exercise": NR.Exercise,
    "phase": "",
    "plan": NR.Plan,
    "meeting": NR.Meeting,
    "visit": NR.Visit,
    "statement": NR.Statement,
    "other event": NR.Event,
    "gazetteer entry": "",
    "actor": NR.Actor,
    "post": ORG.Post,
    "tenure": NR.Tenure,
    "affiliation": ORG.Membership,
    "series": NR.Series,
    "agreement": NR.Agreement,
    "relation": NR.Relation,
    "tension": NR.Tension,
    "place": NR.Place,
    "concept": SKOS.Concept,
    # These three are of our own ontology, where it is compared.
    "concept scheme": "",
    "class": "",
    "property": "",
}
_GAZETTEER: Final = "https://w3id.org/passex/gazetteer"


def is_anonymous(iri: str) -> bool:
    """Tell whether a node is a blank node of a file, which is named while a graph is loaded."""
    return iri.startswith(BLANK)


class Inventory:
    """The nodes of a graph that a reader would name.

    Nodes without an IRI have none that lasts: they are compared as triples only.

    Attributes:
        nodes: The nodes, by IRI.
        group: The group of each, by IRI.
        has_anonymous: Whether there are some without an IRI.
    """

    def __init__(self, store: Store) -> None:
        self.nodes: dict[str, Node] = {}
        self.group: dict[str, str] = {}
        self.has_anonymous = False
        for group, kind in GROUPS.items():
            for iri, node in nodes(store, kind).items() if kind else ():
                if is_anonymous(iri):
                    self.has_anonymous = True
                elif iri not in self.group:
                    self.nodes[iri], self.group[iri] = node, group
        parts = {
            iri
            for iri, group in self.group.items()
            if group in ("exercise", "plan") and store.objects(iri, DCTERMS.isPartOf)
        }
        self.group |= dict.fromkeys(parts, "phase")
        listed = {iri for iri in store.subjects(RDFS.isDefinedBy, _GAZETTEER) if iri in self.group}
        self.group |= dict.fromkeys(listed, "gazetteer entry")


def changes(
    old: Inventory, new: Inventory, declared: Iterable[NodeChange]
) -> tuple[NodeChange, ...]:
    """List what only one of two graphs has; plans are left out, but not their phases.

    Args:
        declared: The terms of ours that only one of them declares.
    """
    known = {change.node.iri for change in declared}
    order = list(GROUPS)
    found = [
        NodeChange(Named(node.label, iri), node.kind, here.group[iri], here is new)
        for here, other in ((old, new), (new, old))
        for iri, node in here.nodes.items()
        if iri not in other.nodes and here.group[iri] != "plan" and iri not in known
    ]
    found += declared
    return tuple(sorted(found, key=lambda c: (order.index(c.group), not c.new, c.node)))
