"""Sides of a tie that may be missing: an actor with its surroundings, and all that names them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from ..graph.labelling import Node, labels
from ..graph.store import Store
from ..graph.terms import NR, OA, PROV, RDF, W, local_name
from ..network.steps import workings

#: The roles that tie nobody; who withdrew is no participant, whatever else is said.
ROLES: Final = {
    NR.hasWithdrawn: "withdrew",
    NR.hasObserver: "is only an observer",
    NR.hasSupporter: "is only a supporter",
    NR.hasInvited: "is only invited",
}
#: What ties, and what will.
KINDS: Final = {NR.Exercise, NR.ExercisePlan}


class Side:
    """An actor, what it belongs to and is made up of, and what names any of these."""

    def __init__(self, store: Store, node: Node) -> None:
        self.store, self.node = store, node
        self.above = self._reach(lambda iri: store.objects(iri, NR.belongsTo))
        self.below = self._reach(lambda iri: store.subjects(NR.belongsTo, iri))
        self.near = {node.iri, *self.above, *self.below}

    def _reach(self, step: Callable[[str], list[str]]) -> set[str]:
        reached: set[str] = set()
        rest = [self.node.iri]
        while rest:
            new = {*step(rest.pop())} - reached
            reached |= new
            rest += new
        return reached - {self.node.iri}

    @cached_property
    def named(self) -> dict[str, list[tuple[str, str, str]]]:
        """By the topmost exercise or plan: where in it, in which role, who is named."""
        named: dict[str, list[tuple[str, str, str]]] = {}
        for actor in self.near:
            for role in (*ROLES, NR.hasParticipant):
                for place in self.store.subjects(role, actor):
                    if KINDS.intersection(self.store.objects(place, RDF.type)):
                        tops = workings(self.store, place, W.phaseOf) or [place]
                        named.setdefault(tops[0], []).append((place, role, actor))
        return named

    @cached_property
    def claimed(self) -> dict[str, list[tuple[str, str]]]:
        """By the topmost exercise or plan: claims on who takes part that it doesn't follow."""
        claimed: dict[str, list[tuple[str, str]]] = {}
        for actor in self.near:
            for claim in self.store.subjects(NR.hasValue, actor):
                if NR.hasParticipant not in self.store.objects(claim, NR.onProperty):
                    continue
                for place in self.store.objects(claim, NR.about):
                    of = {*workings(self.store, place, W.phaseOf)} or {place}
                    if actor not in self.store.objects(place, NR.hasParticipant):
                        claimed.setdefault(min(of), []).append((claim, actor))
        return claimed

    def day_of(self, role: str, top: str) -> str:
        """Give the day of the newest article that claims a role in something; empty for none."""
        store = self.store
        places = [place for place, _, _ in self.named.get(top, ())]
        return max(
            (
                day
                for place in {top, *places}
                for claim in store.subjects(NR.about, place)
                if role in store.objects(claim, NR.onProperty)
                and self.near.intersection(store.objects(claim, NR.hasValue))
                for quote in store.objects(claim, NR.hasEvidence)
                for article in store.objects(quote, OA.hasSource)
                for day in store.objects(article, NR.latest)
            ),
            default="",
        )

    def claimant(self, top: str) -> tuple[str, str, str]:
        """Find who takes part by a claim that isn't followed, whose it is, and how doubtful."""
        claim, actor = min(self.claimed[top], key=lambda c: (c[1] != self.node.iri, c))
        voices = labels(self.store, self.store.objects(claim, PROV.wasAttributedTo)).values()
        certainty = [local_name(iri) for iri in self.store.objects(claim, NR.hasCertainty)]
        doubt = "".join(f" ({word})" for word in certainty if word != "certain")
        return actor, f"a claim of {' and '.join(sorted(voices))}" if voices else "a claim", doubt

    def rival(self, top: str, named: str) -> str:
        """Say by whose claim somebody takes part who is named in another role.

        Not of older articles: what these said has been overtaken by the role.
        """
        if top not in self.claimed or self.day_of(NR.hasParticipant, top) < max(
            self.day_of(role, top) for role in ROLES
        ):
            return ""
        actor, by, doubt = self.claimant(top)
        who = "it" if actor == named else self.called(actor, labels(self.store, [actor])[actor])
        return f"; by {by}{doubt} {who} takes part"

    def called(self, iri: str, label: str) -> str:
        """Call somebody who is named in its place, and say how the two belong together."""
        if iri in self.above:
            return f"{label} (of which {self.node.label} is part)"
        return f"{label} (part of {self.node.label})" if iri in self.below else label

    def is_in(self, event: str) -> bool:
        """Tell whether it takes part, whoever is named."""
        terms = (NR.involves, NR.infersService)
        return any(self.node.iri in self.store.objects(event, term) for term in terms)
