"""Changes: what is different in two graphs for a reader, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ...graph.folding import fold
from ...graph.rows import Named

#: A node, or the text of a literal.
Value: TypeAlias = Named | str


@dataclass(frozen=True, slots=True)
class Strength:
    """What is behind a tie.

    Attributes:
        exercises: How many exercises, held or under way.
        weight: The sum of Newman's weights over them.
        plans: How many open plans, where the policy includes these.
        plan_weight: The sum of Newman's weights over the plans.
        basis: ``stated`` or ``inferred``.
        events: The exercises and plans.
    """

    exercises: int
    weight: float
    plans: int
    plan_weight: float
    basis: str
    events: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TieChange:
    """A tie that isn't as it was.

    Attributes:
        source: The actor whose label comes first.
        target: The other actor.
        old: What was behind it; None where the two were not tied.
        new: What is behind it; None where the two are tied no longer.
    """

    source: Named
    target: Named
    old: Strength | None
    new: Strength | None

    @property
    def changes(self) -> tuple[str, ...]:
        """What has changed: ``gained`` or ``lost``; or else one or more of these.

        ``stronger`` and ``weaker`` go by the weight of the exercises, and that of the plans where
        it is the same; ``basis`` is another basis; ``events`` alone are other exercises or plans of
        the same weight.
        """
        if self.old is None:
            return ("gained",)
        if self.new is None:
            return ("lost",)
        before, after = (
            (round(s.weight, 9), round(s.plan_weight, 9)) for s in (self.old, self.new)
        )
        found = [] if before == after else ["stronger" if after > before else "weaker"]
        found += ["basis"] if self.old.basis != self.new.basis else []
        return tuple(found) or ("events",)


@dataclass(frozen=True, slots=True)
class Stage:
    """How a plan stands in one of the two graphs.

    Attributes:
        state: As of `passex.evidence.story.Standing`: ``open``, ``overdue``, ``realised``,
            ``carried out`` or ``cancelled``.
        status: Its status in words, such as ``announced``.
        dates: Its dates, as short as they can be said.
        by: What realised it, or some of it so far.
        said_by: Of a plan that was cancelled, who called it off, if not the article.
    """

    state: str
    status: str
    dates: str
    by: tuple[Named, ...] = ()
    said_by: tuple[Named, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is neither cancelled nor realised as a whole."""
        return self.state in ("open", "overdue")


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan that isn't as it was.

    Attributes:
        plan: The plan.
        old: How it stood; None where it was not there.
        new: How it stands; None where it is gone.
    """

    plan: Named
    old: Stage | None
    new: Stage | None

    @property
    def change(self) -> str:
        """What has become of it, in the first word that holds.

        ``opened``, ``new`` (and closed), ``gone``, ``cancelled``, ``realised``, ``reopened``,
        ``part`` (realised in part), ``postponed``, ``overdue``, ``status``, ``dates`` or
        ``other``.
        """
        old, new = self.old, self.new
        if old is None or new is None:
            return "gone" if new is None else "opened" if new.is_open else "new"
        if not new.is_open and (old.is_open or old.state != new.state):
            return "cancelled" if new.state == "cancelled" else "realised"
        if new.is_open and not old.is_open:
            return "reopened"
        if set(new.by) - set(old.by):
            return "part"
        if old.status != new.status:
            return "postponed" if new.status == "postponed" else "status"
        if old.state != new.state and new.state == "overdue":
            return "overdue"
        return "dates" if old.dates != new.dates else "other"


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that only one of the two graphs has.

    Attributes:
        node: The node.
        kind: The local name of its class, such as ``Navy``.
        group: One of `passex.curation.diff.nodes.GROUPS`, such as ``actor``.
        new: Whether the new graph has it.
    """

    node: Named
    kind: str
    group: str
    new: bool


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Values of a node, which both graphs have, of which one graph has others than the other.

    Attributes:
        node: The node.
        property: The property; of dates, the first of the two.
        old: The values that the old graph alone has.
        new: The values that the new graph alone has.
    """

    node: Named
    property: Named
    old: tuple[Value, ...]
    new: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who makes a claim, and how sure it is.

    Attributes:
        said_by: Who makes it.
        via: Through whom it was reported.
        certainty: ``certain``, ``probable`` or ``possible``.
        basis: ``stated``, ``inferred`` or ``background``.
    """

    said_by: tuple[Named, ...]
    via: tuple[Named, ...]
    certainty: str
    basis: str


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that isn't as it was.

    Claims are the same if they are about one node, on the same properties, and give the same values
    in the same article, whatever their IRIs.

    Attributes:
        claim: What it says.
        about: The node that it is about.
        articles: The articles in which its evidence stands.
        old: Who made it; None where it is new.
        new: Who makes it; None where it is gone.
        on_known: Whether both graphs have the node.
        gives: Whether the values that it gives the node are among those that have changed.
    """

    claim: Named
    about: Named
    articles: tuple[Named, ...]
    old: Voice | None
    new: Voice | None
    on_known: bool
    gives: bool


@dataclass(frozen=True, slots=True)
class NearName:
    """A name of a new node that is that of another one, or almost.

    Attributes:
        node: The new node.
        name: Its name.
        other: The node that has the other name.
        other_name: The other name.
    """

    node: Named
    name: str
    other: Named
    other_name: str

    @property
    def equal(self) -> bool:
        """Whether the names differ in nothing that counts when names are looked up."""
        return fold(self.name) == fold(self.other_name)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """New evidence that was compared with no text.

    Attributes:
        article: The article in which it stands.
        quotes: How many of its quotes are new.
    """

    article: Named
    quotes: int
