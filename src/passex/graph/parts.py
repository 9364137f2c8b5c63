"""Derivation of a part of a graph: of some nodes, from their facts and what rules see beside them.

A part is cut out (see `cutting`) into a small store, where the rules are applied as they are. What
they derive of the nodes of the part is exact there; what they derive of the rest is left. The parts
may be cut anyhow, if only what is `neighbours.together` stays so, and are united.

The same serves a large graph, part by part, and a changed one, of which a part is derived again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from . import folding, rules
from .neighbours import DEFAULT, WORK, Node
from .reach import TIES
from .store import Store
from .terms import DERIVED, FILLED, NAMES, NR, W

_FILLED: Final = ox.NamedNode(FILLED)
_NAMES: Final = ox.NamedNode(NAMES)
#: What rules derive of a node in the default graph, but for ties and what they fill in.
OWNED: Final = tuple(ox.NamedNode(name) for name in sorted(set(DERIVED) - TIES))
_TIES: Final = tuple(ox.NamedNode(name) for name in sorted(TIES))
_IN: Final = ox.NamedNode(W["in"])
_ABOUT: Final = ox.NamedNode(NR.about)


def derive(part: ox.Store, nodes: Collection[Node]) -> set[Node]:
    """Apply the rules to a part, and index its names.

    Args:
        part: The store of a `Cut`; it is changed.
        nodes: The nodes of the part.

    Returns:
        These, with the claims and the participations that the rules made of them.
    """
    rules.derive(Store(part))
    own = set(nodes)
    claims = part.quads_for_pattern(None, _ABOUT, None, _FILLED)
    own.update(quad.subject for quad in claims if quad.object in nodes)
    within = part.quads_for_pattern(None, _IN, None, WORK)
    own.update(quad.subject for quad in within if quad.object in nodes)
    folding.index(part, own)
    return own


def owned(engine: ox.Store, nodes: Iterable[Node]) -> Iterator[ox.Quad]:
    """List what is derived of some nodes of a graph, but for ties."""
    for node in nodes:
        yield from _filled(engine, node)
        for name in OWNED:
            yield from engine.quads_for_pattern(node, name, None, DEFAULT)
        for graph in (WORK, _NAMES):
            yield from engine.quads_for_pattern(node, None, None, graph)
        for quad in engine.quads_for_pattern(None, _IN, node, WORK):
            yield from engine.quads_for_pattern(quad.subject, None, None, WORK)
        # The claims that the rules make of a node's own evidence.
        for quad in engine.quads_for_pattern(None, _ABOUT, node, _FILLED):
            yield from _filled(engine, quad.subject)


def derived(part: ox.Store, own: Collection[Node]) -> Iterator[ox.Quad]:
    """List what was derived of the nodes of a part: what `owned` lists, in a walk through it.

    Args:
        part: The part.
        own: What `derive` returned.
    """
    for quad in part.quads_for_pattern(None, None, None, _FILLED):
        if quad.subject in own:
            yield quad
            yield ox.Quad(*quad.triple)
    for graph in (WORK, _NAMES):
        for quad in part.quads_for_pattern(None, None, None, graph):
            if quad.subject in own:
                yield quad
    for name in OWNED:
        for quad in part.quads_for_pattern(None, name, None, DEFAULT):
            if quad.subject in own:
                yield quad


def _filled(engine: ox.Store, node: Node) -> Iterator[ox.Quad]:
    for quad in engine.quads_for_pattern(node, None, None, _FILLED):
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def ties(engine: ox.Store) -> Iterator[ox.Quad]:
    """List the ties of a graph, or of a part of it."""
    for name in _TIES:
        yield from engine.quads_for_pattern(None, name, None, DEFAULT)
