"""New names that come near to others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph import gazetteer
from ...graph.folding import fold
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import NAMING
from ...text.nearest import almost
from .changes import NearName, NodeChange
from .nodes import Inventory

#: Things of these groups have names of their own, and one of them is two where a name is misspelt.
_GROUPS: Final = ("actor", "post", "series", "place")
#: Nodes by their names as these are compared, each with the name as it is written.
_Names: TypeAlias = dict[str, list[tuple[Named, str]]]


def near(new: Store, inventory: Inventory, changes: Iterable[NodeChange]) -> tuple[NearName, ...]:
    """Find the new actors, posts, series and places whose name is almost that of another.

    They are compared within their group, with further names, and with the gazetteer.

    Args:
        new: The new graph.
        inventory: Its nodes.
        changes: What of them is new.
    """
    own = {c.node.iri for c in changes if c.new and c.group in _GROUPS}
    found: dict[tuple[Named, Named], NearName] = {}
    for group in sorted({inventory.group[iri] for iri in own}):
        names = _names(new, inventory, group)
        if group == "actor":
            for text, named in _names(new, inventory, "gazetteer entry").items():
                names.setdefault(text, []).extend(named)
            for text, named in _of_gazetteer(inventory).items():
                names.setdefault(text, []).extend(named)
        compared = [text for text, named in names.items() if any(n.iri in own for n, _ in named)]
        for text, alike in almost(compared, names).items():
            for (node, name), (other, other_name) in product(
                names[text], [pair for one in alike for pair in names[one]]
            ):
                # Of two that are both new one line is enough.
                twice = other.iri in own and (other, node) in found
                if node.iri in own and node.iri != other.iri and not twice:
                    found.setdefault((node, other), NearName(node, name, other, other_name))
    return tuple(found[pair] for pair in sorted(found))


def _names(store: Store, inventory: Inventory, group: str) -> _Names:
    names: _Names = {}
    for iri, node in sorted(inventory.nodes.items()):
        if inventory.group[iri] == group:
            for name in (name for term in NAMING for name in store.objects(iri, term)):
                names.setdefault(fold(name), []).append((Named(node.label, iri), name))
    return names


def _of_gazetteer(inventory: Inventory) -> _Names:
    """Name what the gazetteer has and the graph hasn't."""
    names: _Names = {}
    for entry in gazetteer.entries().values():
        for triple in entry.triples if entry.iri not in inventory.nodes else ():
            value = triple.object
            if triple.predicate.value in NAMING and isinstance(value, ox.Literal):
                named = Named(entry.label, entry.iri), value.value
                names.setdefault(fold(value.value), []).append(named)
    return names
