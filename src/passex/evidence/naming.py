"""Claims about one node, and those on what names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..graph.labelling import Node, describe, labels
from ..graph.rows import Cell, Named, Table, Tabular
from ..graph.store import Store
from ..graph.terms import DERIVED, NR, OA, ORG, RDF, SKOS
from ..text.wording import FIRST, day, say, say_dates
from .claims import COLUMNS, NO_TEXTS, NODES, Claim, claim_rows, claims_about, read

#: So many of each group are given, the newest, unless all are asked for.
FEW: Final = 5
#: The groups, by class, in order; a node is in the first that fits.
_GROUPS: Final = {
    "statements": NR.Statement,
    "events": NR.Event,
    "plans": NR.Plan,
    "posts": ORG.Post,
    "tenures of posts": NR.Tenure,
    "affiliations": NR.Affiliation,
    "agreements": NR.Agreement,
    "relations": NR.Relation,
    "tensions": NR.Tension,
    "series": NR.Series,
    "places": NR.Place,
    "claims that it makes, reports or is counted in": NR.Claim,
}
_OTHERS: Final = "others"
#: Not said of it, but how evidence and vocabularies hang together.
NOT_NAMING: Final = frozenset(
    {NR.about, NR.hasValue, NR.onProperty, OA.hasSource, *DERIVED}
    | {SKOS.inScheme, SKOS.hasTopConcept}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A node that names another.

    Attributes:
        node: The node that names it.
        properties: By which properties, sorted by label; where only a claim says it, that is one.
        when: The dates of the node, as short as they can be said.
        claims: The claims that say so.
    """

    node: Named
    properties: tuple[Named, ...]
    when: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of one kind that name another.

    Attributes:
        kind: What they are, such as ``events``.
        number: How many there are.
        mentions: They, or the newest `FEW`, the newest first.
    """

    kind: str
    number: int
    mentions: tuple[Mention, ...]

    @property
    def rest(self) -> int:
        """How many are not given."""
        return self.number - len(self.mentions)


@dataclass(frozen=True, slots=True)
class NodeClaims(Tabular):
    """What is said of one node.

    Attributes:
        node: The node.
        claims: The claims about it, or the first `FIRST` of them.
        number: How many claims are about it, with those that are not given.
        named_in: What names it, by kind, and the claims that say so.
    """

    node: Node
    claims: tuple[Claim, ...]
    number: int
    named_in: tuple[Group, ...] = ()

    def __repr__(self) -> str:
        return f"<NodeClaims: {self}>"

    def __str__(self) -> str:
        named = sum(group.number for group in self.named_in)
        others = f", named by {say(named, 'other')}" if named else ""
        return f"{describe(self.node)}: {say(self.number, 'claim')}{others}"

    @property
    def rest(self) -> int:
        """How many claims about it are not given."""
        return self.number - len(self.claims)

    def table(self) -> Table:
        """Give a row a claim and place: first of the claims about it, then of what names it."""
        rows: list[tuple[Cell, ...]] = []
        if self.claims:
            rows += [(None, None, None, *row) for row in claim_rows(self.claims)]
        for group in self.named_in:
            for mention in group.mentions:
                names = (group.kind, mention.node, mention.properties)
                rows += [(*names, *row) for row in claim_rows(mention.claims)]
        left = [f"{group.kind}: {group.rest:,} more" for group in self.named_in if group.rest]
        left[:0] = [f"claims about it: {self.rest:,} more"] if self.rest else []
        return Table(
            ("group", "named_in", "by", *COLUMNS),
            tuple(rows),
            nodes=NODES | {"named_in", "by"},
            caption=str(self),
            notes=tuple(left),
            empty="No claim in this graph is about it, and nothing names it.",
        )


def claims_of(
    store: Store, node: Node, texts: Mapping[str, str] = NO_TEXTS, everything: bool = False
) -> NodeClaims:
    """Collect the claims about a node of any class, and what names it.

    Args:
        everything: Whether all is given, and not only the first `FIRST` claims about it, and the
            newest `FEW` of each kind of what names it.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> found = claims_of(kg.store, kg.resolve("Valery Gerasimov"))
        >>> len(found.claims), [(group.kind, group.number) for group in found.named_in][:3]
        (0, [('statements', 5), ('events', 3), ('tenures of posts', 1)])
    """
    by: dict[str, set[str]] = {}
    for quad in store.engine.quads_for_pattern(
        None, None, ox.NamedNode(node.iri), ox.DefaultGraph()
    ):
        if quad.predicate.value not in NOT_NAMING and isinstance(quad.subject, ox.NamedNode):
            by.setdefault(quad.subject.value, set()).add(quad.predicate.value)
    behind: dict[str, list[str]] = {}
    for claim in store.subjects(NR.hasValue, node.iri):
        for about in store.objects(claim, NR.about):
            if about != node.iri:
                # Of what the node has, its own triples say by which property.
                by.setdefault(about, {*store.objects(claim, NR.onProperty)})
                behind.setdefault(about, []).append(claim)
    groups: dict[str, list[tuple[str, str]]] = {}
    for iri in by:
        kinds = store.objects(iri, RDF.type)
        if NR.Claim in kinds:
            if node.iri in store.objects(iri, NR.about):
                continue  # it is given as a claim about the node
            behind[iri] = [iri]
        kind = next((name for name, of in _GROUPS.items() if of in kinds), _OTHERS)
        groups.setdefault(kind, []).append((_newest(store, iri, behind.get(iri, [])), iri))
    found = []
    for kind in (*_GROUPS, _OTHERS):
        if kind in groups:
            # The newest first, and what is as new in the order of IRIs.
            ordered = sorted(groups[kind], key=lambda each: each[1])
            ordered.sort(key=lambda each: each[0], reverse=True)
            given = ordered if everything else ordered[:FEW]
            said = (_mention(store, iri, by[iri], behind.get(iri, []), texts) for _, iri in given)
            found.append(Group(kind, len(ordered), tuple(said)))
    claims = claims_about(store, node.iri, texts)
    number = len(claims) if everything else FIRST
    return NodeClaims(node, claims[:number], len(claims), tuple(found))


def _newest(store: Store, iri: str, claims: list[str]) -> str:
    """Give the last day of a node; of one without dates, that of the newest article behind it."""
    own = [d for d in map(day, _days(store, iri)) if d]
    if own:
        return own[-1]
    articles = {
        article
        for claim in claims
        for quote in store.objects(claim, NR.hasEvidence)
        for article in store.objects(quote, OA.hasSource)
    }
    return max(
        (d for article in articles for d in map(day, _days(store, article)) if d), default=""
    )


def _days(store: Store, iri: str) -> Iterator[str]:
    for term in (NR.earliest, NR.latest):
        yield from store.objects(iri, term)[-1:]


def _mention(
    store: Store, iri: str, properties: set[str], claims: list[str], texts: Mapping[str, str]
) -> Mention:
    label = labels(store, {iri, *properties})
    first, last = (store.objects(iri, term) for term in (NR.earliest, NR.latest))
    dated = bool(first or last)
    when = say_dates(first[0] if first else None, last[-1] if last else None) if dated else ""
    by = tuple(sorted(Named(label[name], name) for name in properties))
    return Mention(Named(label[iri], iri), by, when, tuple(read(store, c, texts) for c in claims))
