"""Notes on what a network does not show: exercises and participants that drop out at its level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ..text.wording import say
from .activities import Activity
from .policy import Policy

#: How many are named before the rest is only counted.
_NAMED = 6


def write(
    policy: Policy,
    counted: Mapping[str, Activity],
    paired: Collection[str],
    every: Collection[Activity],
    absent: Mapping[str, list[str]],
) -> tuple[str, ...]:
    """Say what was counted and yet shows in no tie.

    Args:
        policy: The policy of the network.
        counted: The exercises and plans that the policy admits, by IRI.
        paired: IRIs of those that have a pair.
        every: All exercises and plans.
        absent: The parties of each of those counted that do not appear at the level.

    Returns:
        Sentences, each with the names behind it; none if nothing is lost.
    """
    said = []
    level = policy.level
    for planned, word in ((False, "exercise"), (True, "plan")):
        of = {iri: h for iri, h in counted.items() if h.planned is planned}
        bare = {iri: of[iri] for iri in of if iri not in paired}
        if bare:
            verb = "has" if len(bare) == 1 else "have"
            names = _list(_with_lost(h.label, absent.get(iri, [])) for iri, h in bare.items())
            said.append(
                f"{len(bare)} of {say(len(of), word)} {verb} no pair at {level} level: {names}."
            )
        part = {iri: of[iri] for iri in of if iri in paired and iri in absent}
        if part:
            names = _list(_with_lost(h.label, absent[iri]) for iri, h in part.items())
            said.append(
                f"{say(len(part), word)} with pairs {'has' if len(part) == 1 else 'have'} "
                f"participants that do not appear at {level} level: {names}."
            )
    timeless = replace(policy, since=None, until=None)
    undated = [h for h in every if not h.dated and h.iri not in counted and timeless.admits(h)]
    if undated:
        one = len(undated) == 1
        said.append(
            f"{len(undated)} without dates {'is' if one else 'are'} not counted: "
            f"{_list(h.label for h in undated)}."
        )
    with_plans = replace(policy, include=("planned",))
    plans = [h for h in every if h.iri not in counted and with_plans.admits(h)]
    if plans:
        said.append(
            f"{say(len(plans), 'plan')} {'is' if len(plans) == 1 else 'are'} not counted, since "
            "planned is not included."
        )
    # What is outside the period would not count with a domain either.
    vague = [
        h
        for h in every
        if not h.domains and (not h.dated or policy.period.may_hold(h.earliest, h.latest))
    ]
    if policy.domain != "all" and vague:
        one = len(vague) == 1
        said.append(
            f"{len(vague)} without a domain {'is' if one else 'are'} not counted: "
            f"{_list(h.label for h in vague)}."
        )
    return tuple(said)


def _with_lost(label: str, lost: list[str]) -> str:
    return f"{label} (without {_list(lost, ', ')})" if lost else label


def _list(names: Iterable[str], separator: str = "; ") -> str:
    ordered = sorted(names)
    more = len(ordered) - _NAMED
    return separator.join(ordered[:_NAMED]) + (f"{separator}and {more} more" if more > 0 else "")
