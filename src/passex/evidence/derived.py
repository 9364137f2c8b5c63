"""Chains behind derived triples: the exercises, affiliations and claims that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ..graph.labelling import Node, labels
from ..graph.names import resolve
from ..graph.rows import Named
from ..graph.store import Store, Term
from ..graph.terms import DERIVED, LEVELS, NR, W
from ..network.steps import workings
from ..query.lexer import Token, prefixes
from ..query.prefixes import KNOWN
from ..query.tree import Item, Tree, triples
from .claims import Claim, claims_about
from .routes import Route, link_labels, routes
from .why import Reasons, why


@dataclass(frozen=True, slots=True)
class Chain:
    """What a derived triple rests on.

    Attributes:
        subject: The subject.
        relation: The property.
        value: The object.
        reasons: Of ``nr:trainedWith`` and ``nr:plansToTrainWith``, the exercises or plans.
        end: Otherwise, to whom the routes lead.
        routes: How it comes to be in the exercise, or to belong to the other.
    """

    subject: Named
    relation: Named
    value: Named
    reasons: Reasons | None
    end: Named
    routes: tuple[Route, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the chain, each once."""
        claims = [claim for way in self.routes for claim in way.claims]
        for occasion in self.reasons.occasions if self.reasons else ():
            claims += occasion.claims
        return tuple({claim.iri: claim for claim in claims}.values())


def chains(
    store: Store,
    query: Tree,
    columns: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    bound: Mapping[str, Term],
    everything: bool = False,
) -> Iterator[list[tuple[frozenset[str], Chain]]]:
    """Find the chains behind the derived triples that a query asks for, row by row.

    A triple is known where each part of its pattern is a name, a column of the query, or bound.

    Args:
        columns: The names of the columns.
        rows: The values of each row in these.
        bound: The values that variables have in all rows.
        everything: Whether all exercises and plans are given, and not only the latest.

    Yields:
        For each row, the chains, each with the columns that decide on it.
    """
    spaces = {**KNOWN, **prefixes(query.words)}
    patterns = [
        tuple(_name(query, item, spaces) for item in triple) for triple in triples(query.root)
    ]
    found: dict[tuple[str, str, str], Chain | None] = {}
    for row in rows:
        values = {**bound, **dict(zip(columns, row, strict=True))}
        behind: dict[tuple[str, str, str], tuple[frozenset[str], Chain]] = {}
        for pattern in patterns:
            terms = [values.get(part[1:]) if part[:1] == "?" else part for part in pattern]
            s, p, o = (term.value if isinstance(term, ox.NamedNode) else term for term in terms)
            if not (isinstance(s, str) and isinstance(p, str) and isinstance(o, str)):
                continue
            if p in DERIVED:
                if (s, p, o) not in found:
                    found[s, p, o] = chain(store, s, p, o, everything)
                if (one := found[s, p, o]) is not None:
                    used = {part[1:] for part in pattern if part[:1] == "?"}
                    behind[s, p, o] = (frozenset(used.intersection(columns)), one)
        yield list(behind.values())


def _name(query: Tree, item: Item, spaces: Mapping[str, str]) -> str:
    """Give the IRI that a part of a pattern is, or its variable; an empty text for others."""
    text = query.source(item)
    if isinstance(item, Token) and item.kind == "variable":
        return f"?{text[1:]}"
    if isinstance(item, Token) and item.kind == "iri":
        return text[1:-1]
    if isinstance(item, Token) and item.kind == "name":
        prefix, _, local = text.partition(":")
        return spaces[prefix] + local if prefix in spaces else ""
    return ""


def chain(
    store: Store, subject: str, term: str, value: str, everything: bool = False
) -> Chain | None:
    """Find the chain behind a triple; None where it isn't derived, or not in the graph.

    Example:
        >>> from passex import load
        >>> from passex.graph.terms import ID
        >>> found = chain(load().store, ID.jmsdf, NR.trainedWith, ID.snmg1)
        >>> [occasion.happening.label for occasion in found.reasons.occasions]
        ['Passing exercise of SNMG1 and a JMSDF training squadron, August 2018']
    """
    if term not in DERIVED or value not in store.objects(subject, term):
        return None
    label = labels(store, (subject, term, value))
    s, p, o = (Named(label[iri], iri) for iri in (subject, term, value))
    if term in (NR.trainedWith, NR.plansToTrainWith):
        planned = term == NR.plansToTrainWith
        a, b = (resolve(store, f"<{iri}>") for iri in (subject, value))
        return Chain(s, p, o, why(store, a, b, everything=everything, planned=planned), o, ())
    if term == NR.belongsTo:
        return Chain(s, p, o, None, o, tuple(_affiliations(store, s, value)))
    levels = [level for level, of in LEVELS.items() if term == of]
    if term == NR.infersService:
        levels = ["service"]
    ways = routes(store, subject, Node(o.label, o.iri, ""), levels or list(LEVELS))
    return Chain(s, p, o, None, o, ways) if ways else None


def _affiliations(store: Store, member: Named, whole: str) -> Iterator[Route]:
    links = workings(store, member.iri, W.by)
    links = [link for link in links if whole in workings(store, link, W.to)]
    label = link_labels(store, links)
    for link in links:
        parts = ("org:member", "org:organization")
        claims = tuple(c for c in claims_about(store, link) if {*parts} & {*c.on_properties})
        stated = link == member.iri or any(claim.basis == "stated" for claim in claims)
        basis = "stated" if stated or not claims else "inferred"
        yield Route(member, (Named(label[link], link),), False, basis, claims)
