"""Comparison of two graphs: what changes for a reader, and which triples."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ...errors import VocabularyError
from ...graph import sources
from ...graph.store import Store
from ...graph.version import __version__
from ...network.policy import DEFAULT, Policy
from . import claims, nodes, plans, spelling, ties, triples, unchecked, values
from .model import Comparison, Source
from .sides import Side


def compare(
    old: Side,
    new: Side,
    load: Callable[[Sequence[sources.Source]], Store],
    policy: Policy = DEFAULT,
    texts: str | os.PathLike[str] | None = None,
    triples_only: bool = False,
) -> Comparison:
    """Compare two graphs.

    Args:
        old: The old graph.
        new: The new graph.
        load: Loads a graph with its derived relations.
        policy: What counts as a tie.
        texts: The folder with the articles' texts, if there is one.
        triples_only: Whether nothing else than triples is compared.

    Raises:
        InputError: A file cannot be read, or is not of its format.
        QueryError: A domain was asked for in which neither graph has anything.
    """
    described = [Source(side.name, len(side.sources), side.commit) for side in (old, new)]
    if triples_only:
        found = triples.compare(old.sources, new.sources)
        return Comparison(*described, triples=found, plain=True)
    stores, strange = list[Store](), []
    for side in (old, new):
        try:
            stores.append(load(side.sources))
        except VocabularyError:
            strange.append(side.name)
    found = triples.compare(old.sources, new.sources)
    if strange:
        names = " and ".join(dict.fromkeys(strange))
        note = f"Nothing in {names} is of a class of the Passex ontology: triples are compared."
        return Comparison(*described, triples=found, plain=True, notes=(note,))
    before, after = map(nodes.Inventory, stores)
    changed_nodes = nodes.changes(before, after)
    changed_values = values.changes(*stores, before, after, found.subjects)
    changed_plans = plans.changes(*stores)
    return Comparison(
        *described,
        str(policy),
        ties.changes(*stores, policy),
        changed_plans,
        changed_nodes,
        changed_values,
        claims.changes(
            *stores, before, after, found.subjects, changed_values, changed_plans
        ),
        spelling.near(stores[1], after, changed_nodes),
        unchecked.evidence(*stores, found.subjects, texts),
        found,
        notes=tuple(_notes(old, new, (before, after))),
    )


def _notes(old: Side, new: Side, inventories: Sequence[nodes.Inventory]) -> list[str]:
    notes = []
    if old.commit or new.commit:
        by = f"Both are read by the ontology and the rules of this Passex ({__version__})"
        other = [side.name for side in (old, new) if side.other_ontology]
        there = f"; {' and '.join(other)} has others" if other else ""
        notes.append(f"{by}{there}.")
    if any(inventory.has_anonymous for inventory in inventories):
        notes.append("Nodes without an IRI have no name that lasts: only their triples are compared.")
    return notes
