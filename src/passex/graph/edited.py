"""A graph of which some files were edited since it was derived: what they reach is derived again.

What is in the cache of the files as they were is copied, changed by what the files give otherwise,
and derived again as after an update (see `reach`). It is then the graph that loading the files
makes. Where that cannot be told without loading them, nothing is made: then all is derived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import background, cache, cache_keys, gazetteer, given, reading, store
from .batching import read_term
from .given import Given, Name
from .neighbours import DEFAULT, objects
from .reach import Reach, limit
from .renewing import renew
from .sources import Source
from .store import Store
from .terms import DERIVED, FILLED, NR, ORG, WRITTEN

#: Of more files than this, or more triples, everything is derived again.
_FILES: Final = 100
_TRIPLES: Final = 5_000
_FILLED: Final = ox.NamedNode(FILLED)
_WRITTEN: Final = ox.NamedNode(WRITTEN)
_DERIVED: Final = frozenset(DERIVED)


def renewed(sources: Sequence[Source], room: Callable[[], Path]) -> Store | None:
    """Make the graph of some files out of that of the files as they were.

    Args:
        sources: The files.
        room: Makes room on the disk, and gives the path of a new folder.

    Returns:
        The graph with what is derived, on the disk; None where there is none to begin with, or
        where the change is one that takes loading all files.

    Raises:
        InputError: A file cannot be read, or isn't of its format.
        OSError: The disk is full, or a file cannot be read.
    """
    names = [(source.extension, source.hash()) for source in sources]
    place = _nearest(names)
    if place is None:
        return None
    before = given.read(place)
    wanted, there = set(names), {one.name for one in before}
    edited = [source for source in sources if _name(source) not in there]
    old = [one for one in before if one.name not in wanted]
    others = [one for one in before if one.name in wanted]
    # Files with nothing of ours may come to have something, by what other files say.
    if not all(one.ours for one in others):
        return None
    base = cache.fetch(place.stem, [source.path for source in sources])
    if base is None or base.graphs or base.foreign:
        return None
    found = _compared(base.engine, edited, old, others)
    if found is None:
        return None
    now, added, lost = found
    if not _plain(base.engine, added | lost):
        return None
    by_name = {one.name: one for one in (*others, *now)}
    files = [by_name[name] for name in names]
    folder = cache.copy(place, room())
    engine = ox.Store(str(folder))
    if not _changed(engine, added, lost, limit(sum(len(one.hashes) for one in files))):
        return None
    tags, variants = reading.spelled(sum((one.tags for one in files), Counter()))
    paths = tuple(source.path for source in sources)
    made = Store(engine, paths, base.ignored, (), tags, variants=variants, folder=folder)
    made.given = files
    return made


def _name(source: Source) -> Name:
    return source.extension, source.digest


def _nearest(names: list[Name]) -> Path | None:
    """Find the graph in the cache of which the fewest files are others."""
    key, wanted = cache_keys.own_key(), set(names)
    best, least = None, _FILES + 1
    for place in cache.large():
        before = given.names(place, key)
        there = set(before)
        other = len(wanted ^ there)
        # Nodes without names are numbered in the order of the files.
        stayed = [name for name in before if name in wanted]
        if before and other < least and stayed == [name for name in names if name in there]:
            best, least = place, other
    return best


def _compared(
    engine: ox.Store, sources: list[Source], old: list[Given], others: list[Given]
) -> tuple[list[Given], set[ox.Quad], set[ox.Quad]] | None:
    """Find what edited files give, what of that is new, and what no file gives any more."""
    before = set[int]().union(*(one.hashes for one in old))
    now: list[Given] = []
    added: dict[int, ox.Quad] = {}
    there: set[int] = set()
    for source in sources:
        name, gave = _name(source), Given()
        for part in reading.Reader(ox.Store()).parts(source, gave):
            added.update((number, quad) for quad in part if (number := hash(quad)) not in before)
            if len(added) > _TRIPLES:
                return None
        # What was written meanwhile is another file.
        if not gave.ours or gave.name != name:
            return None
        there.update(gave.hashes)
        now.append(gave)
    lost = before - there
    if len(lost) > _TRIPLES:
        return None
    for one in others:
        lost.difference_update(one.hashes)
        for number in added.keys() & set(one.hashes):
            del added[number]
    subjects = {subject for one in old for subject in one.subjects_of(lost)}
    quads = (
        quad
        for subject in subjects
        for quad in engine.quads_for_pattern(read_term(subject), None, None, DEFAULT)
    )
    found = {quad for quad in quads if hash(quad) in lost}
    return (now, set(added.values()), found) if len(found) == len(lost) else None


def _plain(engine: ox.Store, changed: set[ox.Quad]) -> bool:
    """Tell whether loading the files does with triples what is done here.

    It does more with nodes without names, named graphs, what only the rules may write, literals of
    which the engine has a form of its own, and what the gazetteer says too.
    """
    known = gazetteer.entries()
    for quad in changed:
        subject, name, value, graph = quad
        if graph != DEFAULT or name.value in _DERIVED or not isinstance(subject, ox.NamedNode):
            return False
        if isinstance(value, ox.BlankNode | ox.Triple) or subject.value in known:
            return False
        if any(True for _ in engine.quads_for_pattern(subject, name, None, _WRITTEN)):
            return False
    return True


def _changed(engine: ox.Store, added: set[ox.Quad], lost: set[ox.Quad], most: int) -> bool:
    """Change a graph, and derive again what that reaches.

    Args:
        most: How many nodes it may reach.

    Returns:
        Whether that is all that had to be done.
    """
    own = set(store.ontology().engine)
    lost -= own
    added -= own
    reach = Reach(most=most)
    reach.follow(engine, added | lost)
    states = set(_entries(engine, reach, added | lost))
    navies = background.navies(engine, states)
    for quad in lost:
        engine.remove(quad)
    for quad in added:
        # It was perhaps filled in, and is said now.
        engine.remove(ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED))
        engine.add(quad)
    reach.follow(engine, added | lost)
    if not reach.everything:
        renew(engine, reach)
    if reach.everything:
        return False
    engine.flush()
    # What is named no more goes, with what came along with it.
    named = {quad.object.value for quad in lost if isinstance(quad.object, ox.NamedNode)}
    return background.named(engine, named & gazetteer.entries().keys()) and not (
        navies - background.navies(engine, states)
    )


def _entries(engine: ox.Store, reach: Reach, changed: set[ox.Quad]) -> Iterator[str]:
    """List the entries of the gazetteer of which another navy may come to be named, or none."""
    reached = reach.nodes | reach.exercises
    of_exercises = (objects(engine, node, NR.hasParticipant) for node in reached)
    of_links = (objects(engine, node, ORG.organization) for node in reach.nodes)
    in_changed = (quad.object for quad in changed)
    values = {
        value.value
        for value in chain(*of_exercises, *of_links, in_changed)
        if isinstance(value, ox.NamedNode)
    }
    yield from (values | background.above(engine, values)) & gazetteer.entries().keys()
