"""Articles behind ties: in which of them the two actors of a tie are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ..graph.labelling import labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, WORKINGS
from .ties import TwoMode

_NONE: Final = frozenset[Named]()


class Behind(NamedTuple):
    """The articles behind a tie in one exercise or plan.

    Attributes:
        articles: Those that name both actors, or what stands for them, as taking part; where no
            article names both, those that name one of the two, which are behind it together.
        needed: Those without which one of the two would not be named there.
    """

    articles: tuple[Named, ...]
    needed: frozenset[Named]


#: By exercise or plan, and by phase of it, the articles that name each actor, by the IRIs of all.
Naming = Mapping[str, Mapping[str, Mapping[str, frozenset[Named]]]]


def read(store: Store, level: str) -> Naming:
    """Read which articles name the actors of a level as participants, or what stands for them.

    An article that only tells of an exercise names nobody in it.
    """
    naming = f"<{LEVELS.get(level)}> ?member ; w:carries|nr:infersService ?member"
    if level == NAMED:
        naming = "w:of ?member"
    rows = store.rows(
        f"""# Which articles name whom in which exercise or plan, or in a phase of it.
        SELECT ?event ?phase ?member ?article {{ GRAPH <{WORKINGS}> {{
            ?participation w:namedIn ?article ; w:in ?event ; w:phase ?phase ;
                {naming}
        }} }}"""
    )
    named: dict[str, Named] = {}
    found: dict[str, dict[str, dict[str, frozenset[Named]]]] = {}
    for event, phase, member, article in rows:
        iri = str(article)
        if iri not in named:
            named[iri] = Named(labels(store, [iri])[iri], iri)
        members = found.setdefault(str(event), {}).setdefault(str(phase), {})
        members[str(member)] = members.get(str(member), _NONE) | {named[iri]}
    return found


class Evidence:
    """The articles behind each tie of a network.

    Args:
        two: Who took part in what at a level.
        naming: What `read` gives for that level.
    """

    def __init__(self, two: TwoMode, naming: Naming) -> None:
        self._two, self._naming = two, naming
        self._known: dict[tuple[frozenset[Named], frozenset[Named]], Behind] = {}
        self._phases: dict[int, list[tuple[str, set[tuple[int, int]]]]] = {}

    def of(self, event: int, pair: tuple[int, int]) -> Behind:
        """Find the articles behind a pair of members in an event, by their places."""
        iri, (a, b) = self._two.events[event], (self._two.members[end] for end in pair)
        naming = self._naming.get(iri, {})
        if event not in self._two.shared:
            return self._behind(naming.get(iri, {}), a, b)
        if event not in self._phases:
            phases = self._two.shared[event]
            self._phases[event] = [(phase.iri, set(phase.pairs())) for phase in phases]
        within = [phase for phase, pairs in self._phases[event] if pair in pairs]
        found = [self._behind(naming.get(phase, {}), a, b) for phase in within]
        every = {article for one in found for article in one.articles}
        return Behind(tuple(sorted(every)), frozenset.intersection(*(one.needed for one in found)))

    def _behind(self, named: Mapping[str, frozenset[Named]], a: str, b: str) -> Behind:
        ends = named.get(a, _NONE), named.get(b, _NONE)
        if ends not in self._known:
            both = ends[0] & ends[1] or ends[0] | ends[1]
            needed = _NONE.union(*(end for end in ends if len(end) == 1))
            self._known[ends] = Behind(tuple(sorted(both)), needed)
        return self._known[ends]
