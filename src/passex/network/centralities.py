"""Centralities of the actors of a network: figures of that network, whatever sample it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..errors import EXTRA
from ..graph.labelling import Node
from ..graph.rows import Table, Tabular
from ..text.wording import say
from . import measures
from .model import Network
from .policy import EVERY, MEASURE, MEASURES
from .ties import Ties

#: What is given without being asked for.
USUAL: Final = ("degree", "strength", "betweenness")
#: What takes more steps than this is given only to who asks for it.
_STEPS: Final = 2_000_000
#: Above this many steps a measure takes networkx minutes: it does about a million in a second.
_MINUTES: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Centralities(Tabular):
    """The centralities of the actors of a network. They are no places: those are a `Ranking`'s.

    Attributes:
        measures: The names of the measures.
        actors: The actors with a figure a measure, the most central by the first asked for first.
        ties: How many ties there are.
        density: The share of the pairs of actors that are tied; 0 where there is no pair.
        notes: What the figures mean, and which are left out, in sentences.
    """

    measures: tuple[str, ...]
    actors: tuple[tuple[Node, tuple[float, ...]], ...]
    ties: int
    density: float
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Centralities: {self}>"

    def __str__(self) -> str:
        actors, ties = say(len(self.actors), "actor"), say(self.ties, "tie")
        return f"{actors}, {ties}, density {self.density:.3f}"

    def scores(self, measure: str) -> dict[str, float]:
        """Give one of the measures by the actors' IRIs."""
        place = self.measures.index(measure)
        return {node.iri: figures[place] for node, figures in self.actors}

    def table(self) -> Table:
        """Give a row an actor, with a column a measure."""
        return Table(
            ("actor", *self.measures),
            tuple((node, *figures) for node, figures in self.actors),
            nodes=frozenset({"actor"}),
            caption=f"Centralities in this network: {self}",
            notes=self.notes,
            empty="There is no actor.",
        )


def compute(
    network: Network,
    ties: Ties,
    measure: str,
    weight: str,
    warn: Callable[[str], None],
    by: str | None = None,
) -> Centralities:
    """Compute the `USUAL` measures of the actors of a network, and the one that is asked for.

    Args:
        network: The network.
        ties: The same as numbers, as `passex.network.ranking.combined` gives it.
        measure: One of `policy.MEASURES`, by which the actors are sorted; or ``all`` of them,
            sorted by strength.
        weight: ``weight`` (Newman's) or ``count``.
        warn: Is told of what will take minutes, before it begins.
        by: ``networkx`` or ``scipy``; without it, whatever takes least.
    """
    asked = MEASURES if measure == EVERY else (measure,)
    names = [name for name in MEASURES if name in (*USUAL, *asked)]
    engine = measures.engine(ties)
    notes = []
    scores = {}
    for name in names:
        steps = measures.steps(ties, name)
        what = f"{name} of {len(ties.nodes)} actors and {len(ties)} ties takes"
        if steps > _STEPS and name not in asked:
            notes.append(f"Left out, since {what} long: --measure {name} gives it.")
            continue
        if engine == "networkx" and steps > _MINUTES:
            warn(f"{what} networkx minutes, unless SciPy computes it: {EXTRA.format('fast')}")
        whole = int if name in measures.WHOLE else float
        found = measures.compute(ties, name, by)
        scores[name] = {iri: whole(score) for iri, score in found.items()}
    first = MEASURE.default if measure == EVERY else measure
    nodes = sorted(
        network.nodes, key=lambda node: (measures.key(first, scores[first][node.iri]), node)
    )
    if weight == "weight" and network.ties:
        notes.insert(0, _strength(network, scores["strength"]))
    pairs = len(nodes) * (len(nodes) - 1) / 2
    return Centralities(
        tuple(scores),
        tuple((node, tuple(own[node.iri] for own in scores.values())) for node in nodes),
        len(ties),
        len(ties) / pairs if pairs else 0.0,
        tuple(notes),
    )


def _strength(network: Network, strengths: dict[str, float]) -> str:
    """Say what a strength is with Newman's weights, and of how many actors that is not so."""
    own: dict[str, set[str]] = {}
    for tie in network.ties:
        for node in (tie.source, tie.target):
            own.setdefault(node.iri, set()).update(o.activity.iri for o in tie.occasions)
    # Who has no tie has none.
    others = sum(abs(score - len(own.get(iri, ()))) > 1e-9 for iri, score in strengths.items())
    policy = network.policy
    some = policy.min_events > 1 or policy.basis == "stated" or policy.backbone
    whose, rest = ("the", " that its ties rest on") if some else ("its", "")
    said = f"With Newman's weights an actor's strength is the number of {whose} {policy.things}"
    said += f" of two or more parties{rest} (Newman 2001)"
    if not others:
        return f"{said}."
    # There are contingents, phases, parties of several actors, or ties that were left out.
    why = f"some parties of their {policy.things} are several actors, or not tied with all others"
    return f"{said}, but for {others} of {say(len(strengths), 'actor')}: {why}."
