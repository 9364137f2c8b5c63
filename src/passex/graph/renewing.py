"""Derivation of what a change reaches, in the place of what was derived of it before.

What the rules derive of the part (see `parts`) takes the place of what the graph had of its nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Final

import pyoxigraph as ox

from . import background, belonging, cutting, dataset, gazetteer, parts, rules
from .neighbours import DEFAULT, WORK, Node, is_node, objects, subjects, together
from .reach import Reach
from .shared import Shared
from .store import Store
from .terms import FILLED, LEVELS, NR, RDF, W

_FILLED: Final = ox.NamedNode(FILLED)
_TYPE: Final = ox.NamedNode(RDF.type)
#: So many exercises are derived at a time.
_PORTION: Final = 1000
#: Of so many actors, each is asked for.
_FEW: Final = 4
_PLAN: Final = ox.NamedNode(NR.ExercisePlan)
_DOUBLES: Final = ox.NamedNode(W.doubles)
_PLANNED: Final = ox.NamedNode(NR.plansToTrainWith)


def renew(engine: ox.Store, reach: Reach) -> None:
    """Derive again what changes reach, and put it in the place of what was derived before.

    Args:
        engine: The graph, with its facts changed; it is changed step by step.
        reach: What the changes reach. Where it comes to be everything, all is to be derived again.
    """
    reach.complete(engine)
    if reach.everything:
        return
    part = _cut(engine, reach)
    if any(background.missing(part)) or _navies(engine, reach.wholes):
        missing = list(background.missing(engine))
        engine.extend(missing)
        reach.follow(engine, missing)
        reach.complete(engine)
        if reach.everything:
            return
        part = _cut(engine, reach)
    done = _renew_nodes(engine, part, reach)
    # Only now, as what actors belong to is derived in the first step.
    for exercises in _portions(engine, reach.exercises):
        done = done and _renew_exercises(engine, exercises, reach.nodes)
    if not done:
        reach.everything = "the change reaches a node without a name of its own"


def _cut(engine: ox.Store, reach: Reach) -> ox.Store:
    return cutting.Cut(engine, reach.nodes, Shared(engine), derived=True).store()


def _navies(engine: ox.Store, wholes: set[Node]) -> set[Node]:
    """Find the navies of states that the gazetteer has, and the graph comes to need."""
    names = {whole.value for whole in wholes if isinstance(whole, ox.NamedNode)}
    found = (
        background.navies(engine, states) if (states := names & gazetteer.entries().keys()) else ()
    )
    return {navy for navy in map(ox.NamedNode, found) if not any(objects(engine, navy, RDF.type))}


def _portions(engine: ox.Store, exercises: set[Node]) -> Iterator[set[Node]]:
    """Divide exercises, each of which stays with its phases and accounts, to bound memory."""
    portion: set[Node] = set()
    met: set[Node] = set()
    for exercise in exercises:
        if exercise not in met:
            unit = set(together(engine, exercise))
            met |= unit
            portion |= unit
        if len(portion) >= _PORTION:
            yield portion
            portion = set()
    if portion:
        yield portion


def _renew_nodes(engine: ox.Store, part: ox.Store, reach: Reach) -> bool:
    own = parts.derive(part, reach.nodes)
    before = set(parts.owned(engine, reach.nodes))
    now = set(parts.derived(part, own))
    ties = set(parts.ties(part))
    old = {tie for tie in _pairs(engine, reach.nodes) if tie in engine} | reach.ties
    kept = _kept(engine, old - ties, reach.nodes)
    gone = (before - now) | (old - ties - kept)
    new = now | ties | kept
    gone = {quad for quad in gone if quad in engine}
    return _write(engine, gone, [quad for quad in new if quad not in engine])


def _renew_exercises(engine: ox.Store, exercises: set[Node], moved: set[Node]) -> bool:
    part = belonging.Part(engine, exercises, moved)
    if part.nameless:
        return False
    kept = _kept(engine, part.old, exercises)
    gone = (part.before - part.now) | (part.old - kept)
    new = {tie for tie in part.ties if tie not in engine}
    return _write(engine, gone, (part.now - part.before) | new)


def _write(engine: ox.Store, gone: Collection[ox.Quad], new: Collection[ox.Quad]) -> bool:
    """Change the graph as a whole, or not at all where there are blank nodes in it."""
    if any(isinstance(node, ox.BlankNode) for quad in (*gone, *new) for node in quad.triple):
        return False
    engine.update(f"DELETE DATA {{ {_written(gone)} }} ; INSERT DATA {{ {_written(new)} }}")
    return True


def _written(quads: Iterable[ox.Quad]) -> str:
    def triple(quad: ox.Quad) -> str:
        return f"{quad.subject} {quad.predicate} {quad.object} ."

    return " ".join(
        triple(quad)
        if quad.graph_name == DEFAULT
        else f"GRAPH {quad.graph_name} {{ {triple(quad)} }}"
        for quad in quads
    )


def _pairs(engine: ox.Store, nodes: set[Node]) -> Iterator[ox.Quad]:
    """List the ties that exercises may have given, by what was derived of these before."""
    for node in nodes:
        participations = list(subjects(engine, W["in"], node, WORK))
        # What it was: its classes may have been changed, but not the marks of those above them.
        event, plan = (
            any(ox.Quad(node, _TYPE, kind, graph) in engine for graph in (_FILLED, DEFAULT))
            for kind in (ox.NamedNode(NR.Event), ox.NamedNode(NR.Plan))
        )
        names = [NR.trainedWith] * (event or not plan) + [NR.plansToTrainWith] * (plan or not event)
        for level in LEVELS.values():
            members = {
                member
                for participation in participations
                for member in objects(engine, participation, level, WORK)
            }
            for one, other in product(members, members):
                if one != other:
                    for name in names:
                        yield ox.Quad(one, ox.NamedNode(name), other)


def _kept(engine: ox.Store, ties: set[ox.Quad], nodes: set[Node]) -> set[ox.Quad]:
    """Find the ties that another exercise gives too, by what was derived of it before.

    Args:
        nodes: What is derived again, and gives none of them.
    """
    own = [rule for rule in map(rules.read, dataset.rule_files()) if rule.ties]
    kept: set[ox.Quad] = set()
    left, number = ties, 1
    while left:
        # Nearly always the first does. Where it doesn't, more and more are tried.
        found = _behind(engine, left, nodes, number)
        small = Store(ox.Store())
        events = {event for some in found.values() for event in some}
        small.engine.extend(quad for event in events for quad in _derived(engine, event))
        for rule in own:
            rules.apply(small, rule)
        kept.update(left.intersection(parts.ties(small.engine)))
        left = {tie for tie, some in found.items() if tie not in kept and len(some) == number}
        number *= 4
    return kept


def _behind(
    engine: ox.Store, ties: set[ox.Quad], nodes: set[Node], most: int
) -> dict[ox.Quad, list[Node]]:
    """Find some exercises and plans that may give ties, but for some nodes."""
    both: dict[ox.Quad, tuple[Node, Node]] = {
        tie: (tie.subject, tie.object) for tie in ties if is_node(tie.object)
    }
    number = Counter[Node](actor for pair in both.values() for actor in pair)
    # By the exercises of who has most of the ties, each of which is looked at once: the other has
    # perhaps as many.
    of_hubs: dict[Node, dict[Node, list[ox.Quad]]] = {}
    for tie, pair in both.items():
        hub, other = sorted(pair, key=lambda actor: (-number[actor], str(actor)))
        of_hubs.setdefault(hub, {}).setdefault(other, []).append(tie)
    found: dict[ox.Quad, list[Node]] = {}
    for hub, partners in of_hubs.items():
        for event, tie in _events(engine, hub, partners, nodes):
            some = found.setdefault(tie, [])
            if event not in some:
                some.append(event)
            if len(some) == most:  # enough for this one
                partner = both[tie][both[tie][0] == hub]
                partners[partner].remove(tie)
                if not partners[partner]:
                    del partners[partner]
    return found


def _events(
    engine: ox.Store, hub: Node, partners: dict[Node, list[ox.Quad]], nodes: set[Node]
) -> Iterator[tuple[Node, ox.Quad]]:
    """List what exercises and plans of an actor may give ties, until no partner is left."""
    for level in map(ox.NamedNode, LEVELS.values()):
        for event in subjects(engine, level.value, hub):
            if not partners:
                return
            if event in nodes:
                continue
            # Of few partners, each is asked for; of many, all who are there.
            if len(partners) > _FEW:
                there = partners.keys() & set(objects(engine, event, level.value))
            else:
                there = {one for one in partners if ox.Quad(event, level, one) in engine}
            for tie in [tie for partner in there for tie in partners[partner]]:
                # An exercise gives none of those that are planned.
                if tie.predicate != _PLANNED or ox.Quad(event, _TYPE, _PLAN) in engine:
                    yield event, tie


def _derived(engine: ox.Store, event: Node) -> Iterator[ox.Quad]:
    """List what ties follow from in an exercise or a plan, phases among it."""
    parties = False
    for node in (event, *subjects(engine, W.phaseOf, event, WORK)):
        for quad in engine.quads_for_pattern(node, None, None, WORK):
            parties = parties or quad.predicate == _DOUBLES
            yield quad
        for name in (RDF.type, *LEVELS.values()):
            for quad in engine.quads_for_pattern(node, ox.NamedNode(name), None, DEFAULT):
                parties = parties or quad.object == _PLAN
                yield quad
    # Elsewhere each member of a level is a party of its own, and the rules look at the members.
    if parties:
        for participation in subjects(engine, W["in"], event, WORK):
            yield from engine.quads_for_pattern(participation, None, None, WORK)
