"""What a network shows at first sight, in sentences that are made of its figures alone.

They are for whoever reads nothing else: who trained with most others, whom that actor alone links,
who has most exercises in common, and what is only planned. Each counts what is in this network, and
says nothing of the world that the articles were taken from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from ..graph.labelling import Node
from ..text.wording import listed, say
from .activities import Activity
from .model import Network, Tie

#: So many actors or pairs are named before the rest is only counted.
_NAMED: Final = 3
#: The actors that each has ties to.
_Links: TypeAlias = dict[Node, set[Node]]


def say_finding(network: Network) -> tuple[str, ...]:
    """Say what a network shows: at most four sentences, and none where there is no tie.

    What took place and what is planned are never added up, and what is inferred is said to be.

    Example:
        >>> from passex import Policy, load
        >>> from passex.network import projection
        >>> say_finding(projection.build(load().store, Policy("state")))[0]
        'Japan, South Korea and United States each trained with both others.'
    """
    done = [tie for tie in network.ties if tie.count]
    said = []
    if done:
        links: _Links = {node: set() for node in network.nodes}
        for tie in done:
            links[tie.source].add(tie.target)
            links[tie.target].add(tie.source)
        most = max(map(len, links.values()))
        top = [node for node, partners in links.items() if len(partners) == most]
        said = [_partners(network, done, top, most), *_alone(links, top), *_common(done)]
    return (*said, *_planned(network))


def _partners(network: Network, done: Sequence[Tie], top: Sequence[Node], most: int) -> str:
    """Say who has ties to most others."""
    # Ties that a threshold or a model of chance left out are trained in all the same.
    whole = network.policy.min_events == 1 and network.policy.backbone is None
    trained = "trained with" if whole else "has ties to" if len(top) == 1 else "have ties to"
    others = len(network.nodes) - 1
    number = f"{most:,} of {others:,} others"
    if most == others:
        number = {1: "each other", 2: "both others"}.get(others, f"all {others:,} others")
    if len(top) > _NAMED:
        return f"{len(top)} actors {trained} {number} each, and nobody with more."
    if len(top) > 1:
        each = "" if others == 1 else "each "
        return f"{listed(node.label for node in top)} {each}{trained} {number}."
    own = [tie for tie in done if top[0] in (tie.source, tie.target)]
    every, shared = _events(done), _events(own)
    inferred = sum(all(o.inferred for o in tie.occasions if not o.activity.planned) for tie in own)
    sure = f" ({inferred} of these {len(own)} ties inferred)" if inferred else ""
    return (
        f"{top[0].label} {trained} {number}{sure}, in {len(shared):,} of "
        f"{say(len(every), 'exercise', ',')}."
    )


def _alone(links: _Links, top: Sequence[Node]) -> list[str]:
    """Say whom nobody but the actor with most partners links, by however many steps."""
    if len(top) > 1:
        return []
    parts = _parts(links, top[0])
    if len(parts) < 2:
        return []
    first, *others = parts
    named = [listed((node.label for node in part), _NAMED) for part in (*others, first)]
    if len(parts) <= _NAMED + 1 and len(first) <= _NAMED:
        return [f"Nobody else links these to each other: {'; '.join(named)}."]
    cut = sorted(node for part in others for node in part)
    return [
        f"Nobody else links {listed((node.label for node in cut), _NAMED)}, by however many "
        f"steps, to {say(len(first), 'other')}."
    ]


def _parts(links: _Links, without: Node) -> list[list[Node]]:
    """Give the parts into which the partners of an actor fall without it, the largest first."""
    seen, parts = {without}, []
    for start in sorted(links[without]):
        if start not in seen:
            seen.add(start)
            part = [start]
            for node in part:
                part += (new := links[node] - seen)
                seen |= new
            parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def _common(done: Sequence[Tie]) -> list[str]:
    """Say which pair has most exercises in common, if any has more than one."""
    most = max(tie.count for tie in done)
    pairs = [f"{tie.source.label} and {tie.target.label}" for tie in done if tie.count == most]
    if most == 1 or len(done) == 1:
        return []
    if len(pairs) > _NAMED:
        return [f"{len(pairs)} pairs have {most} exercises in common, and none has more."]
    return [f"Most exercises in common, {most}: {'; '.join(pairs)}."]


def _planned(network: Network) -> list[str]:
    """Say what is planned, and who has nothing else in common."""
    plans = [tie for tie in network.ties if tie.planned]
    if not plans:
        return []
    planned = {o.activity for tie in plans for o in tie.occasions if o.activity.planned}
    open_plans = sum(activity.part_of is None for activity in planned)
    what = [f"{say(open_plans, 'plan')}, not yet realised,"] if open_plans else []
    what += [coming] if (coming := say_to_come(planned)) else []
    one = len(planned) == 1
    said = f"{' and '.join(what)} {'ties' if one else 'tie'} {say(len(plans), 'pair')}"
    only = [f"{tie.source.label} and {tie.target.label}" for tie in plans if not tie.count]
    # Where exercises don't count, nothing can be said of them.
    if not only or network.policy.things == "plans":
        return [f"{said}."]
    if len(only) > _NAMED:
        return [f"{said}, {len(only)} of which have no exercise in common here."]
    return [f"{said}; for {', and for '.join(only)} there is no exercise here."]


def say_to_come(planned: Iterable[Activity]) -> str:
    """Say how many phases are to come in how many exercises; an empty text where none is.

    They are no plans of their own.
    """
    within = [activity.part_of for activity in planned if activity.part_of is not None]
    if not within:
        return ""
    return f"{say(len(within), 'phase')} to come in {say(len(set(within)), 'exercise')}"


def _events(ties: Iterable[Tie]) -> set[str]:
    """List the exercises behind ties, by IRI."""
    return {o.activity.iri for tie in ties for o in tie.occasions if not o.activity.planned}
