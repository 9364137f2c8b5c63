"""Comparisons in sentences, with marks of style around names; formats put them on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...curation.diff.changes import (
    ClaimChange,
    NearName,
    NodeChange,
    PlanChange,
    Stage,
    Strength,
    TieChange,
    Unchecked,
    Value,
    ValueChange,
    Voice,
)
from ...curation.diff.model import Comparison
from ...graph.rows import Named
from ...text.styles import mark, unmarked
from ...text.wording import FIRST, first, say, words
from .summary import TIES, claim_change, things


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a comparison.

    Attributes:
        title: What it is about.
        lines: Its sentences.
        more: What is said of further ones that were left out; empty where there are none.
    """

    title: str
    lines: tuple[str, ...]
    more: str = ""


def sections(comparison: Comparison, whole: bool) -> Iterator[Section]:
    """Give the parts that have something to say.

    Args:
        whole: Whether all of each is given, and not its first 20 lines.
    """
    shown = [claim for claim in comparison.claims if _is_shown(claim)]
    parts: list[tuple[str, Sequence[str]]] = [
        (f"Ties ({comparison.policy})", [*_ties(comparison.ties, None if whole else FIRST)]),
        ("Plans", [*map(_plan, comparison.plans)]),
        ("New and gone", [*_nodes(comparison.nodes, None if whole else FIRST)]),
        ("Values", [*map(_value, comparison.values)]),
        ("Claims", [*map(_claim, shown)]),
        ("Names near to others", [*map(_near, comparison.near)]),
        ("Evidence without a text at hand", [*map(_unchecked, comparison.unchecked)]),
    ]
    for title, sentences in parts:
        lines, more = first(sentences, None if whole else FIRST)
        lines = [*lines]
        if title == "Claims" and (rest := _other_claims(comparison.claims)):
            lines.append(rest)
        if lines:
            yield Section(title, tuple(lines), more)


def _name(thing: Named) -> str:
    # A label with marks in it is another's that wants to look like more than it is.
    return mark(unmarked(" ".join(thing.label.split())), "strong")


def _listed(things: Iterable[Value]) -> str:
    # A label may have commas in it.
    return unmarked("; ".join(one if isinstance(one, str) else one.label for one in things))


def _ties(changes: Iterable[TieChange], shown: int | None) -> Iterator[str]:
    """Say what has become of ties; those that the same exercises make or end are one sentence."""
    alike: dict[object, list[TieChange]] = {}
    for change in changes:
        same = change.old is None or change.new is None
        alike.setdefault((change.old, change.new) if same else change, []).append(change)
    for [one, *others] in alike.values():
        if one.old is not None and one.new is not None:
            yield _tie(one, one.old, one.new)
            continue
        now, behind = ("now", one.new) if one.new else ("no longer", one.old)
        assert behind is not None
        was = "" if one.new else "it was "
        if not others:
            yield f"{_pair(one)} are tied {now}: {was}{_behind(behind)}."
            continue
        pairs, more = first([_pair(change) for change in (one, *others)], shown)
        listed = "; ".join([*pairs, *filter(None, [more])])
        yield f"{len(others) + 1} pairs are tied {now}: {was}{_behind(behind)}: {listed}."


def _pair(change: TieChange) -> str:
    return f"{_name(change.source)} and {_name(change.target)}"


def _tie(change: TieChange, old: Strength, new: Strength) -> str:
    parts = [_step(say(old.exercises, "exercise"), say(new.exercises, "exercise"))]
    parts += [_step(f"weight {old.weight:.2f}", f"{new.weight:.2f}", old.weight != new.weight)]
    if old.plans or new.plans:
        parts += [_step(say(old.plans, "plan"), say(new.plans, "plan"))]
        step = f"plan weight {old.plan_weight:.2f}", f"{new.plan_weight:.2f}"
        parts += [_step(*step, old.plan_weight != new.plan_weight)]
    parts += [_step(old.basis, new.basis)]
    here, there = set(old.events), set(new.events)
    for word, events in (("by", sorted(there - here)), ("no longer by", sorted(here - there))):
        parts += [f"{word} {_listed(events)}"] if events else []
    how = ", ".join(TIES[word] for word in change.changes)
    return f"{_pair(change)} are tied otherwise ({how}): {'; '.join(filter(None, parts))}."


def _behind(strength: Strength) -> str:
    parts = [say(strength.exercises, "exercise")] if strength.exercises else []
    parts += [say(strength.plans, "plan")] if strength.plans else []
    return f"{' and '.join(parts)}, {strength.basis} ({_listed(strength.events)})"


def _step(old: str, new: str, differs: bool | None = None) -> str:
    """Say a value with what it was before, if it was another."""
    return f"{old} → {new}" if (old != new if differs is None else differs) else ""


def _plan(change: PlanChange) -> str:
    name, old, new = _name(change.plan), change.old, change.new
    if new is None:
        assert old is not None
        return f"{name} is gone: it was {_stands(old)}."
    if old is None:
        return f"{name} is new: {_stands(new)}."
    by = sorted(set(new.by) - set(old.by))
    lost = sorted(set(old.by) - set(new.by))
    told_already = change.change in ("cancelled", "postponed")
    status = f"it was {old.status}" if told_already else _step(old.status, new.status)
    steps = [
        status if old.status != new.status else "",
        f"dates {old.dates} → {new.dates}" if old.dates != new.dates else "",
        f"no longer realised by {_listed(lost)}" if lost else "",
    ]
    what = {
        "realised": f"is {_realised(new)}",
        "cancelled": "is cancelled" + (f", said by {_listed(new.said_by)}" if new.said_by else ""),
        "reopened": f"is open again, and was {old.state}",
        "part": f"is realised in part by {_listed(by)}, and stays open",
        "postponed": "is postponed",
        "overdue": f"is overdue by the newest article ({new.dates})",
    }.get(change.change, "" if old.state == new.state else f"is {new.state}, and was {old.state}")
    told = "; ".join(filter(None, steps))
    return (
        f"{name} {what}: {told}."
        if what and told
        else f"{name}{' ' if what else ': '}{what or told}."
    )


def _stands(stage: Stage) -> str:
    how = _realised(stage) if stage.state in ("realised", "carried out") else stage.state
    if stage.is_open and stage.by:
        how += f", realised in part by {_listed(stage.by)}"
    status = "" if stage.status in ("", stage.state) else f"{stage.status}, "
    return f"{status}{stage.dates}, {how}"


def _realised(stage: Stage) -> str:
    return stage.state + (f" by {_listed(stage.by)}" if stage.by else "")


def _nodes(changes: Iterable[NodeChange], shown: int | None) -> Iterator[str]:
    for (group, new), found in groupby(changes, lambda change: (change.group, change.new)):
        every = [*found]
        some, more = first(every, shown)
        names = [f"{_name(one.node)}{_kind(one)}" for one in some]
        names += [more] if more else []
        yield f"{things(len(every), group)} {'new' if new else 'gone'}: {'; '.join(names)}."


def _kind(change: NodeChange) -> str:
    """Say what a node is, where its group does not."""
    said = change.group in ("actor", "gazetteer entry", "other event", "phase")
    return f" ({words(change.kind)})" if said else ""


def _value(change: ValueChange) -> str:
    node, name = _name(change.node), change.property.label
    old, new = _listed(change.old), _listed(change.new)
    if old and new:
        return f"{node}: {name}: {old} → {new}"
    return f"{node}: {name}: {new} (added)" if new else f"{node}: {name}: {old} (taken away)"


def _is_shown(claim: ClaimChange) -> bool:
    """Tell whether a claim is told of by itself: nothing else tells of it."""
    return claim_change(claim) == "voice" or (claim.on_known and not claim.gives)


def _claim(change: ClaimChange) -> str:
    what = _name(change.claim)
    old, new = change.old, change.new
    if old is not None and new is not None:
        steps = [
            _step(
                f"said by {_listed(old.said_by)}", _listed(new.said_by), old.said_by != new.said_by
            ),
            _step(
                f"via {_listed(old.via) or 'nobody'}",
                _listed(new.via) or "nobody",
                old.via != new.via,
            ),
            _step(old.certainty, new.certainty),
            _step(old.basis, new.basis),
        ]
        return f"{what}: {'; '.join(filter(None, steps))}"
    voice = new or old
    assert voice is not None
    return f"{what}: {claim_change(change)} ({_voice(voice)})"


def _voice(voice: Voice) -> str:
    parts = [f"said by {_listed(voice.said_by)}"] if voice.said_by else []
    parts += [f"via {_listed(voice.via)}"] if voice.via else []
    return "; ".join([*parts, *filter(None, (voice.certainty, voice.basis))])


def _other_claims(changes: Iterable[ClaimChange]) -> str:
    number = Counter(claim_change(change) for change in changes if not _is_shown(change))
    counts = [f"{say(number[how], 'claim')} {how}" for how in ("new", "gone") if number[how]]
    about = "about what is itself new or gone, or for what is told above"
    return f"{', '.join(counts)}: {about}." if counts else ""


def _near(near: NearName) -> str:
    node, other = _name(near.node), _name(near.other)
    if near.equal:
        return f"{node} has a name of {other}: {near.name}."
    names = (near.name, near.other_name)
    further = f": {'; '.join(names)}" if names != (near.node.label, near.other.label) else ""
    alike = "has a name almost like one of" if further else "is spelled almost as"
    return f"{node} {alike} {other}{further}."


def _unchecked(unchecked: Unchecked) -> str:
    return f"{say(unchecked.quotes, 'new quote')} of {_name(unchecked.article)}."
