"""New names that come near to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...graph import gazetteer
from ...graph.folding import fold
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import NAMING, RDFS
from ...text.nearest import almost
from .model import NearName, NodeChange
from .nodes import Inventory

#: Things of these groups have names of their own, and one of them is two where a name is misspelt.
_GROUPS: Final = ("actor", "post", "series", "place")
_GAZETTEER: Final = "https://w3id.org/passex/gazetteer"
_Names = dict[str, list[tuple[Named, str]]]


def near(new: Store, inventory: Inventory, changes: Iterable[NodeChange]) -> tuple[NearName, ...]:
    """Find the new actors, posts, series and places whose name is almost that of another.

    They are compared within their group, with further names, and with the gazetteer.

    Args:
        new: The new graph.
        inventory: Its nodes.
        changes: What of them is new.
    """
    own = {
        change.node.iri
        for change in changes
        if change.new and change.group in _GROUPS
        if _GAZETTEER not in new.objects(change.node.iri, RDFS.isDefinedBy)
    }
    if not own:
        return ()
    found = set[tuple[Named, str, Named, str]]()
    for group in _GROUPS:
        names, others = _Names(), _Names()
        for node, name in _named(new, inventory, group):
            others.setdefault(fold(name), []).append((node, name))
            if node.iri in own:
                names.setdefault(fold(name), []).append((node, name))
        if group == "actor" and names:
            for entry in gazetteer.entries().values():
                if entry.iri not in inventory.nodes:
                    for text in entry.names:
                        others.setdefault(text, []).append((Named(entry.label, entry.iri), entry.label))
        for folded, alike in almost(names, others).items():
            for one in names[folded]:
                for other in (pair for text in alike for pair in others[text]):
                    # Of two that are new one line is enough.
                    twice = other[0].iri in own and other[0] < one[0]
                    if one[0].iri != other[0].iri and not twice:
                        found.add((*one, *other))
    lines: dict[tuple[Named, Named], NearName] = {}
    for node, name, other, other_name in sorted(found):
        lines.setdefault((node, other), NearName(node, name, other, other_name))
    return tuple(lines.values())


def _named(store: Store, inventory: Inventory, group: str) -> Iterator[tuple[Named, str]]:
    for iri, node in inventory.nodes.items():
        if inventory.group[iri] == group:
            for term in NAMING:
                for name in store.objects(iri, term):
                    yield Named(node.label, iri), name
