"""The controlled lists: which concepts fit a class.

A class names its lists (``nr:takesKindsFrom``); one without lists takes those of the nearest class
above it that has some, as the shape `nrs:Kind` has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..errors import UnknownNameError
from ..text.nearest import did_you_mean, nearest
from ..text.wording import say, words
from .folding import fold
from .hierarchy import subclasses, superclasses
from .labelling import labels
from .rows import Named, Table, Tabular
from .store import Store
from .terms import DERIVED_CLASSES, NR, OWL, RDF, SKOS, expand, local_name, shorten

_LISTS: Final = ox.NamedNode(NR.takesKindsFrom)
_TYPE: Final = ox.NamedNode(RDF.type)
_CLASS: Final = ox.NamedNode(OWL.Class)
_IN_SCHEME: Final = ox.NamedNode(SKOS.inScheme)


@dataclass(frozen=True, slots=True)
class Kind:
    """A concept of a list.

    Attributes:
        concept: The concept.
        within: The list that it is in.
        broader: The broader concepts that are in the lists too.
        definition: Its English definition, or any; empty if it has none.
        depth: How many concepts of the lists lie above it.
    """

    concept: Named
    within: Named
    broader: tuple[Named, ...]
    definition: str
    depth: int


@dataclass(frozen=True, slots=True)
class Kinds(Tabular):
    """The concepts that fit a class, or those of a list, each below its broader one.

    Attributes:
        of: The class or the list.
        lists: The lists that they are in.
        kinds: The concepts. One that has several broader ones stands below the first of them.
    """

    of: Named
    lists: tuple[Named, ...]
    kinds: tuple[Kind, ...]

    def table(self) -> Table:
        """Give a row a concept."""
        rows = tuple((k.concept, k.broader, k.within, k.definition) for k in self.kinds)
        nodes = frozenset({"kind", "broader", "list"})
        columns = ("kind", "broader", "list", "definition")
        return Table(columns, rows, nodes, self.caption, empty="There are none.")

    @property
    def caption(self) -> str:
        """What they are, in a line."""
        listed = ", ".join(shorten(named.iri) for named in self.lists)
        return f"{self.of.label}: {say(len(self.kinds), 'concept')} ({listed})"


@dataclass(frozen=True, slots=True)
class Lists(Tabular):
    """The lists of a graph.

    Attributes:
        lists: Each with the classes that take their kinds from it, and its concepts counted.
    """

    lists: tuple[tuple[Named, tuple[Named, ...], int], ...]

    def table(self) -> Table:
        """Give a row a list."""
        caption = "The lists, and which classes take their kinds from them"
        nodes = frozenset({"list", "classes"})
        return Table(("list", "classes", "concepts"), self.lists, nodes, caption)


def lists_of(engine: ox.Store, *classes: str) -> list[str]:
    """Find the lists from which the instances of some classes take their kinds.

    Args:
        classes: The classes of one node, or of several.

    Returns:
        The IRIs of the lists: those of each class itself, or of the nearest above it.

    Example:
        >>> from passex import load
        >>> [local_name(iri) for iri in lists_of(load().store.engine, NR.Exercise, NR.Ship)]
        ['scheme-exercise-kind', 'scheme-ship-kind']
    """
    found: dict[str, None] = {}
    for name in classes:
        holders = {iri: _own(engine, iri) for iri in superclasses(engine, name)}
        holders = {iri: own for iri, own in holders.items() if own}
        for iri, own in holders.items():
            if not any(iri in superclasses(engine, o) for o in holders if o != iri):
                found.update(dict.fromkeys(own))
    return list(found)


def members(engine: ox.Store, lists: Iterable[str]) -> Iterator[str]:
    """List the concepts of some lists.

    Yields:
        The IRI of each concept, in no order.
    """
    for iri in lists:
        for quad in engine.quads_for_pattern(None, _IN_SCHEME, ox.NamedNode(iri)):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def kinds(store: Store, name: str) -> Kinds:
    """List the concepts that fit a class, or those of a list.

    Args:
        name: A class or a list, by its label, its prefixed name or its IRI.

    Raises:
        UnknownNameError: Nothing has that name, or it is a class that takes no kinds.

    Example:
        >>> from passex import load
        >>> found = kinds(load().store, "visit")
        >>> found.caption
        'visit: 9 concepts (nrc:scheme-visit-kind)'
    """
    engine = store.engine
    classes = _classes(engine)
    schemes = _schemes(engine)
    quads = engine.quads_for_pattern(None, _TYPE, _CLASS)
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    others = named - classes
    label = labels(store, {*classes, *schemes, *others})
    iri = _found(name, [*sorted(classes), *sorted(schemes), *sorted(others)], label)
    if iri in others:
        raise UnknownNameError(
            f"no list has kinds for the class {shorten(iri)}", "'passex kinds' has the lists"
        )
    lists = sorted(lists_of(engine, iri)) if iri in classes else [iri]
    label |= labels(store, lists)
    return Kinds(
        Named(label[iri], iri),
        tuple(Named(label[one], one) for one in lists),
        tuple(_tree(store, {one: Named(label[one], one) for one in lists})),
    )


def overview(store: Store) -> Lists:
    """List the lists, and which classes take their kinds from them.

    Example:
        >>> from passex import load
        >>> len(overview(load().store).lists)
        25
    """
    engine = store.engine
    users: dict[str, list[str]] = defaultdict(list)
    for name in _classes(engine):
        for iri in _own(engine, name):
            users[iri].append(name)
    schemes = _schemes(engine)
    label = labels(store, {*schemes, *(name for own in users.values() for name in own)})
    rows = (
        (
            Named(label[iri], iri),
            tuple(sorted(Named(label[name], name) for name in users[iri])),
            len(set(members(engine, [iri]))),
        )
        for iri in schemes
    )
    return Lists(tuple(sorted(rows)))


def _own(engine: ox.Store, name: str) -> list[str]:
    """The lists that a class itself names."""
    quads = engine.quads_for_pattern(ox.NamedNode(name), _LISTS, None)
    return sorted({q.object.value for q in quads if isinstance(q.object, ox.NamedNode)})


def _schemes(engine: ox.Store) -> set[str]:
    quads = engine.quads_for_pattern(None, _IN_SCHEME, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def _classes(engine: ox.Store) -> set[str]:
    """The classes that take kinds, by lists of their own or of a class above."""
    quads = engine.quads_for_pattern(None, _LISTS, None)
    holders = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return set(subclasses(engine, *holders)) - DERIVED_CLASSES


def _found(name: str, iris: Iterable[str], label: dict[str, str]) -> str:
    """Find the first class or list that has a name."""
    asked = expand(name.strip()) or name
    by_name: dict[str, str] = {}
    for iri in iris:
        local = words(local_name(iri)).removeprefix("scheme-")
        for known in (iri, fold(label[iri]), fold(local), fold(local.replace(" ", ""))):
            by_name.setdefault(known, iri)
    found = by_name.get(asked) or by_name.get(fold(name))
    if found is not None:
        return found
    near = nearest(fold(name), [known for known in by_name if "/" not in known])
    error = UnknownNameError(
        f"'{name}': no class and no list has that name",
        did_you_mean(f"'{one}'" for one in near) or "'passex kinds' has them",
    )
    error.name, error.near = name, tuple(near)
    raise error


def _tree(store: Store, lists: dict[str, Named]) -> Iterator[Kind]:
    """Yield the concepts of some lists, each behind the first of its broader ones."""
    engine = store.engine
    within = {iri: lists[one] for one in lists for iri in members(engine, [one])}
    label = labels(store, within)
    above = {
        iri: sorted({broader for broader in store.objects(iri, SKOS.broader) if broader in within})
        for iri in within
    }
    below: dict[str, list[str]] = defaultdict(list)
    for iri in within:
        below[above[iri][0] if above[iri] else ""].append(iri)
    # What is in a cycle stands below nothing else: it comes last.
    order = sorted(within, key=lambda iri: (bool(above[iri]), label[iri]))
    waiting = [(iri, 0) for iri in reversed(order)]
    done: set[str] = set()
    while waiting:
        iri, depth = waiting.pop()
        if iri in done:
            continue
        done.add(iri)
        broader = tuple(Named(label[one], one) for one in above[iri])
        yield Kind(Named(label[iri], iri), within[iri], broader, _definition(store, iri), depth)
        narrower = sorted(below.pop(iri, ()), key=label.__getitem__, reverse=True)
        waiting += [(one, depth + 1) for one in narrower]


def _definition(store: Store, iri: str) -> str:
    quads = store.engine.quads_for_pattern(
        ox.NamedNode(iri), ox.NamedNode(SKOS.definition), None, ox.DefaultGraph()
    )
    texts = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
    best = min(texts, key=lambda text: (text.language != "en", text.value), default=None)
    return "" if best is None else best.value
