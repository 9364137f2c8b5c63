"""Comparison of two graphs: what changes for a reader, and which triples."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ...errors import VocabularyError
from ...graph import sources
from ...graph.store import Store
from ...graph.version import __version__
from ...network.policy import DEFAULT, Policy
from . import claims, declared, facts, nodes, plans, spelling, ties, triples, unchecked, values
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
    first, second = (Source(side.name, len(side.sources), side.commit) for side in (old, new))
    if triples_only:
        found = triples.compare(old.sources, new.sources)
        return Comparison(first, second, triples=found, plain=True)
    ours, theirs = _load(load, old), _load(load, new)
    found = triples.compare(old.sources, new.sources)
    if ours is None or theirs is None:
        strange = [side.name for side, store in ((old, ours), (new, theirs)) if store is None]
        names = " and ".join(dict.fromkeys(strange))
        note = f"Nothing in {names} is of a class of the Passex ontology: triples are compared."
        return Comparison(first, second, triples=found, plain=True, notes=(note,))
    touched = found.subjects
    before, after = nodes.Inventory(ours), nodes.Inventory(theirs)
    changed_plans = plans.changes(ours, theirs)
    terms = declared.Declared(ours, theirs, found)
    changed_nodes = nodes.changes(before, after, terms.nodes())
    touched_nodes = (iri for iri in touched if not declared.is_term(iri))
    changed_values = (
        *values.changes(ours, theirs, before, after, set(touched_nodes)),
        *terms.values(),
    )
    told = claims.Told(before, after, changed_values, changed_plans)
    return Comparison(
        first,
        second,
        policy=str(policy),
        ties=ties.changes(ours, theirs, policy),
        plans=changed_plans,
        nodes=changed_nodes,
        values=changed_values,
        claims=claims.changes(ours, theirs, touched, told),
        near=spelling.near(theirs, after, changed_nodes),
        unchecked=unchecked.evidence(ours, theirs, touched, texts),
        triples=found,
        notes=(
            *ties.elsewhere(ours, theirs, policy),
            *_notes(old, new, (before, after)),
        ),
        work_out=lambda: facts.changes(ours, theirs, before, after, touched),
    )


def _load(load: Callable[[Sequence[sources.Source]], Store], side: Side) -> Store | None:
    """Load a graph; None where nothing in it is of our ontology."""
    try:
        return load(side.sources)
    except VocabularyError:
        return None


def _notes(old: Side, new: Side, inventories: Sequence[nodes.Inventory]) -> list[str]:
    notes = []
    if old.commit or new.commit:
        by = f"Both are read by the ontology and the rules of this Passex ({__version__})"
        other = [side.name for side in (old, new) if side.other_ontology]
        there = f"; {' and '.join(other)} has others" if other else ""
        notes.append(f"{by}{there}.")
    if any(inventory.has_anonymous for inventory in inventories):
        notes.append(
            "Nodes without an IRI have no name that lasts: only their triples are compared."
        )
    return notes
