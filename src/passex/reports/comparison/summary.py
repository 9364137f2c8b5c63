"""Counts of what has changed, which a comparison begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from ...curation.diff.changes import ClaimChange, NodeChange
from ...curation.diff.model import Comparison
from ...text.styles import mark
from ...text.wording import say

#: What a part of the summary says of ties, by what has changed of them.
TIES: Final = {
    "gained": "gained",
    "lost": "lost",
    "stronger": "stronger",
    "weaker": "weaker",
    "basis": "of another basis",
    "events": "through other exercises",
}
#: And of plans.
_PLANS: Final = {
    "opened": "opened",
    "realised": "realised",
    "part": "realised in part",
    "cancelled": "cancelled",
    "postponed": "postponed",
    "overdue": "overdue by now",
    "reopened": "open again",
    "status": "of another status",
    "dates": "with other dates",
    "new": "new and closed",
    "gone": "gone",
    "other": "changed otherwise",
}
#: The plurals of groups that are no words with an s.
_MANY: Final = {
    "series": "series",
    "gazetteer entry": "gazetteer entries",
    "class": "classes",
    "property": "properties",
}


def heading(comparison: Comparison) -> str:
    """Say what is compared."""
    sides = (
        f"{mark(side.name, 'strong')} ({say(side.files, 'file')})"
        for side in (comparison.old, comparison.new)
    )
    return " → ".join(sides)


def counts(comparison: Comparison) -> str:
    """Say in counts what has changed."""
    said = [
        *_counts("tie", TIES, (word for tie in comparison.ties for word in tie.changes)),
        *_counts("plan", _PLANS, (plan.change for plan in comparison.plans)),
        *_node_counts(comparison.nodes),
    ]
    said += [f"{say(len(comparison.values), 'value')} changed"] if comparison.values else []
    how = [claim_change(claim) for claim in comparison.claims]
    said += _counts("claim", {"new": "new", "gone": "gone", "voice": "of another voice"}, how)
    said += [f"{say(len(comparison.near), 'name')} near to another"] if comparison.near else []
    quotes = sum(article.quotes for article in comparison.unchecked)
    said += [f"{say(quotes, 'new quote')} without a text at hand"] if quotes else []
    if said:
        return "; ".join(said) + "."
    if not comparison.triples:
        return "No difference."
    return "" if comparison.plain else "Nothing has changed that a reader would see."


def triples(comparison: Comparison) -> str:
    """Say how many triples differ."""
    added, removed = len(comparison.triples.added), len(comparison.triples.removed)
    return f"{say(added, 'triple')} added, {removed} removed." if comparison.triples else ""


def _counts(thing: str, said: dict[str, str], found: Iterable[str]) -> Iterator[str]:
    number = Counter(found)
    return (f"{say(number[key], thing)} {word}" for key, word in said.items() if number[key])


def things(number: int, group: str) -> str:
    """Say a number of nodes of a group."""
    return f"{number} {_MANY[group]}" if group in _MANY and number != 1 else say(number, group)


def _node_counts(changes: Iterable[NodeChange]) -> Iterator[str]:
    for (group, new), found in groupby(changes, lambda change: (change.group, change.new)):
        yield f"{things(len([*found]), group)} {'new' if new else 'gone'}"


def claim_change(claim: ClaimChange) -> str:
    """Say what has become of a claim: ``new``, ``gone``, or another ``voice`` that makes it."""
    return "new" if claim.old is None else "gone" if claim.new is None else "voice"
