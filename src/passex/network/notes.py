"""Notes on networks: what their ties do not show, in sentences with the names behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, TypeAlias, TypeVar

from ..graph.terms import NAMED
from ..text.wording import say
from .activities import Activity
from .period import Period
from .policy import Policy
from .record import Record

#: So many names are given before the rest is only counted.
_FEW: Final = 6

#: A label, and the first and the last day on which it is possible.
Dated: TypeAlias = "tuple[str, str | None, str | None]"
#: What names an actor.
End = TypeVar("End", int, str)


def of_ties(
    record: Record,
    policy: Policy,
    paired: Collection[str],
    weighed: Collection[str],
    what: str = "pair",
) -> list[str]:
    """Say what was counted and yet shows in no tie, and what was not counted.

    Args:
        paired: The exercises and plans that have a pair, or another `what`, at the level.
        weighed: Those of them that count in a weight.
    """
    # What is to come in an exercise is no plan that could be missed.
    every = [h for h in record.activities.values() if h.part_of is None]
    counted = [h for h in every if h.iri in record.counted]
    absent, level = record.absent, policy.level

    def with_lost(activity: Activity) -> str:
        lost = absent.get(activity.iri)
        return activity.label + (f" (without {joined(lost, ', ')})" if lost else "")

    notes = []
    if level == NAMED:
        notes.append("Actors are as the articles name them: levels are mixed on purpose.")
    for planned, word in ((False, "exercise"), (True, "plan")):
        of = [h for h in counted if h.planned is planned]
        if bare := [h for h in of if h.iri not in paired]:
            have = f"{say(len(of), word)} {'has' if len(bare) == 1 else 'have'}"
            names = joined(map(with_lost, bare))
            notes.append(f"{len(bare)} of {have} no {what} {policy.at}: {names}.")
        if part := [h for h in of if h.iri in paired and h.iri in absent]:
            which = f"{say(len(part), word)}{' with pairs' if what == 'pair' else ''}"
            have = f"{which} {'has' if len(part) == 1 else 'have'}"
            names = joined(map(with_lost, part))
            notes.append(f"{have} participants that do not appear at {level} level: {names}.")
        notes += _doubtful(of)
        notes += uncertain([(h.label, h.earliest, h.latest) for h in of], policy.period, word)
        notes += _open([h for h in of if h.iri in weighed], policy, word, what)
    notes += alike(record.alike)
    others = [h for h in every if h.iri not in record.counted]
    timeless = replace(policy, since=None, until=None)
    undated = [h.label for h in others if not h.dated and timeless.admits(h)]
    # Of a plan of nobody, that it is a plan says enough, unless plans count. What is outside the
    # period would not count with a domain either.
    unplanned = "planned" not in policy.include
    vague = [
        h.label
        for h in every
        if policy.domain != "all" and not h.domains and not (h.bare and unplanned)
        if not h.dated or policy.period.may_hold(h.earliest, h.latest)
    ]
    notes += not_counted("without dates", undated)
    with_plans = replace(policy, include=("planned",))
    anywhere = replace(with_plans, domain="all")
    if plans := sum((anywhere if h.bare and unplanned else with_plans).admits(h) for h in others):
        are = "is" if plans == 1 else "are"
        notes.append(f"{say(plans, 'plan')} {are} not counted, since planned is not included.")
    return notes + not_counted("without a domain", vague)


def uncertain(of: Collection[Dated], period: Period, word: str) -> list[str]:
    """Say which exercises, plans or other things (a `word`) may lie outside a period."""
    vague = [label for label, earliest, latest in of if not period.must_hold(earliest, latest)]
    if not vague:
        return []
    may = "may take" if word == "plan" else "may have taken"
    return [f"{len(vague)} of {say(len(of), word)} only {may} place then: {joined(vague)}."]


def _doubtful(of: Collection[Activity]) -> list[str]:
    """Say which plans nobody tells of without a hedge: they count as the others do."""
    hedged = [h.label for h in of if h.doubt]
    if not hedged:
        return []
    are, counts = ("is", "counts") if len(hedged) == 1 else ("are", "count")
    said = f"{are} only possible or probable, and {counts} as others do"
    return [f"{len(hedged)} of {say(len(of), 'plan')} {said}: {joined(hedged)}."]


def _open(tied: Collection[Activity], policy: Policy, word: str, what: str) -> list[str]:
    """Say which may have had more parties than are known."""
    unlisted = [h.label for h in tied if h.open]
    if not unlisted:
        return []
    leave = "leaves its list" if len(unlisted) == 1 else "leave their lists"
    bound = "its weight is an upper bound"
    bound = bound if len(unlisted) == 1 else "their weights are upper bounds"
    whats = f"stated {what}s" if policy.basis == "stated" else f"{what}s"
    have = f"{len(unlisted)} of {say(len(tied), word)} with {whats} {leave} of parties open"
    return [f"{have}, so that {bound}: {joined(unlisted)}."]


def alike(pairs: int) -> list[str]:
    """Say how many pairs of exercises of different sources may be one exercise."""
    if not pairs:
        return []
    counts = "exercise, and counts" if pairs == 1 else "exercise each, and count"
    return [
        f"{say(pairs, 'pair')} of exercises of different sources may be one {counts} twice: "
        "passex match lists them, to be decided."
    ]


def not_counted(what: str, names: Collection[str]) -> list[str]:
    """Say which are not counted for some reason; nothing where there are none."""
    are = "is" if len(names) == 1 else "are"
    return [f"{len(names)} {what} {are} not counted: {joined(names)}."] if names else []


def joined(names: Iterable[str], separator: str = "; ") -> str:
    """Join the first names in the order of the alphabet, and count the rest."""
    ordered = sorted(names)
    more = len(ordered) - _FEW
    return separator.join(ordered[:_FEW]) + (f"{separator}and {more} more" if more > 0 else "")


def too_few(policy: Policy, left_out: int) -> list[str]:
    """Say how many ties are of too few exercises."""
    if not left_out:
        return []
    are = "tie is" if left_out == 1 else "ties are"
    return [f"{left_out} {are} left out, of fewer than {policy.min_events} {policy.things}."]


def unstated(
    policy: Policy, weak: Collection[tuple[End, End]], shared: Collection[tuple[End, End]]
) -> list[str]:
    """Say how many ties a network of what is stated only has not, or not in full."""
    left_out = sum(pair not in shared for pair in weak)
    said = []
    if left_out:
        are = (
            "tie is left out, since it is" if left_out == 1 else "ties are left out, since they are"
        )
        said.append(f"{left_out} {are} inferred")
    if less := len(weak) - left_out:
        count = "tie counts" if less == 1 else "ties count"
        said.append(f"{less} {count} fewer {policy.things} than with those that are inferred")
    return [f"{'; '.join(said)}."] if said else []
