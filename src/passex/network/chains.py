"""Chains of steps from words to an actor in an exercise: as strong as the weakest step."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain.

    Attributes:
        kind: ``participation``, ``affiliation``, ``gazetteer`` (that a service is its state's,
            which weakens nothing) or ``navy`` (from a state that is named to its navy).
        subject: What the claims of the step are about: the exercise, or the phase, in which the
            participant is named; the affiliation; the service whose state the gazetteer gives.
        value: The participant; what an affiliation or the gazetteer leads to; the navy.
        basis: ``stated``, or ``inferred`` where no claim states it (background alone counts as
            inferred). A step without any claim is what the graph states.
        claims: The IRIs of the claims on just this step, the strongest first.
    """

    kind: str
    subject: str
    value: str
    basis: str
    claims: tuple[str, ...]


def steps(store: Store, event: str, member: str, level: str) -> tuple[Step, ...]:
    """Find the strongest chain by which an actor is in an exercise or plan at a level.

    First comes the participation of whoever is named, then each affiliation that is climbed from
    there to the actor. The chain is stated if every step is; of several chains the strongest is
    given, of those the shortest, then the first by the participant's IRI.

    Args:
        store: A store with its derived triples.
        event: The IRI of an exercise or plan that counts: of the whole, where it has phases.
        member: The IRI of an actor that it involves at the level.
        level: One of `terms.LEVELS`.

    Returns:
        The steps in order, from the words to the actor; none where the actor isn't in the event.
    """
    return ()
