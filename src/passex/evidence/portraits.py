"""Portraits: everything that the graph says of one node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

import pyoxigraph as ox

from ..graph.labelling import Node, describe, labels
from ..graph.rows import Cell, Named, Table, Tabular
from ..graph.store import Store, Term
from ..graph.terms import DERIVED, NR, OA, RDF, RDFS, SKOS
from ..text.wording import say
from .claims import COLUMNS, NO_TEXTS, NODES, NOTHING, Claim, claim_rows, claims_about, label_of
from .routes import time_of_belonging
from .story import Standing, Step, standing, told

#: Said elsewhere in a portrait, or the machinery of evidence.
_NOT_FACTS: Final = frozenset(
    {RDF.type, RDFS.label, SKOS.prefLabel, NR.involves, NR.hasZone, NR.hasEvidence, NR.leavesOpen}
)
_NOT_MENTIONS: Final = frozenset(
    {NR.about, NR.hasValue, NR.onProperty, OA.hasSource, SKOS.inScheme, *DERIVED}
)


#: What is left open of these is who else, where some are known.
_FURTHER: Final = {NR.hasParticipant: "further participants", NR.hasParty: "further parties"}


@dataclass(frozen=True, slots=True)
class Line:
    """A property with its values, or with the nodes that point here by it.

    Attributes:
        property: The property.
        values: Nodes and texts, by label.
        times: When each value holds, in words, where it is for a time; without any, at any time.
    """

    property: Named
    values: tuple[Named | str, ...]
    times: tuple[str, ...] = ()

    def timed(self) -> Iterator[tuple[Named | str, str]]:
        """Give each value with when it holds; empty where that is at any time."""
        return zip_longest(self.values, self.times, fillvalue="")


@dataclass(frozen=True, slots=True)
class Portrait(Tabular):
    """A node with its surroundings.

    Attributes:
        node: The node.
        facts: Its properties, by label.
        open: The properties that its articles leave open, by label.
        mentions: The properties by which other nodes point to it, by label.
        claims: The claims about it.
        story: Of an event or a plan, what each article tells of it, in order.
        standing: Of a plan, how it stands.
    """

    node: Node
    facts: tuple[Line, ...]
    open: tuple[Named, ...]
    mentions: tuple[Line, ...]
    claims: tuple[Claim, ...]
    story: tuple[Step, ...] = ()
    standing: Standing | None = None

    def __repr__(self) -> str:
        return f"<Portrait: {describe(self.node)}; {say(len(self.claims), 'claim')}>"

    def table(self) -> Table:
        """Give everything in rows: one a fact, a property left open, a mention, a claim's place.

        ``part`` says what each is: ``fact``, ``not stated``, ``mention`` (``given`` is the node
        that points here by the property), ``standing``, ``step`` (of the story: ``given`` is what
        is new, and ``when`` the article's date) or ``claim``. Of what somebody belongs to for a
        time, ``when`` says which.
        """

        def stated(part: str, lines: Iterable[Line]) -> Iterator[tuple[Cell, ...]]:
            for line in lines:
                for value, time in line.timed():
                    yield (part, time or None, line.property, value, *NOTHING)

        rows = [*stated("fact", self.facts)]
        rows += [("not stated", None, name, None, *NOTHING) for name in self.open]
        rows += stated("mention", self.mentions)
        if (how := self.standing) is not None:
            rows += [("standing", how.when or None, None, str(how), *NOTHING)]
        rows += [
            ("step", step.when, news.property, news.values, *row)
            for step in self.story
            for news in step.news
            for row in claim_rows([news.claim])
        ]
        if self.claims:
            rows += [("claim", None, None, None, *row) for row in claim_rows(self.claims)]
        return Table(
            ("part", "when", "property", "given", *COLUMNS),
            tuple(rows),
            nodes=NODES | {"property", "given"},
            caption=describe(self.node),
            empty="Nothing in this graph is about it.",
        )


def portrait(store: Store, node: Node, texts: Mapping[str, str] = NO_TEXTS) -> Portrait:
    """Collect everything about a node, derived relations too.

    Example:
        >>> from passex import load
        >>> kg = load()
        >>> [line.property.label for line in portrait(kg.store, kg.resolve("JS Makinami")).facts]
        ['belongs to', 'further name', 'has kind', 'trained with']
    """
    term, graph = ox.NamedNode(node.iri), ox.DefaultGraph()
    out: dict[str, list[Term]] = {}
    into: dict[str, list[Term]] = {}
    for quad in store.engine.quads_for_pattern(term, None, None, graph):
        if quad.predicate.value not in _NOT_FACTS and not isinstance(quad.object, ox.BlankNode):
            out.setdefault(quad.predicate.value, []).append(quad.object)
    for quad in store.engine.quads_for_pattern(None, None, term, graph):
        # What is somebody's quote has claims that rest on it, and these are named.
        own = isinstance(quad.subject, ox.NamedNode) and not _is_quote(store, quad.subject)
        if own and quad.predicate.value not in _NOT_MENTIONS:
            into.setdefault(quad.predicate.value, []).append(quad.subject)
    opened = store.objects(node.iri, NR.leavesOpen)
    values = (value for terms in (*out.values(), *into.values()) for value in terms)
    nodes = (value.value for value in values if isinstance(value, ox.NamedNode))
    codes = (code for code in out.get(SKOS.notation, ()) if isinstance(code, ox.Literal))
    schemes = (code.datatype.value for code in codes)
    label = labels(store, [*out, *into, *opened, *nodes, *schemes])
    claims = claims_about(store, node.iri, texts)
    further = {name: words for name, words in _FURTHER.items() if name in out}
    story = told(store, node.iri, claims)
    return Portrait(
        node,
        tuple(_timed(store, node.iri, line) for line in _lines(out, label)),
        tuple(sorted(Named(further.get(name, label[name]), name) for name in opened)),
        _lines(into, label),
        claims,
        story,
        standing(store, node.iri, story),
    )


def _timed(store: Store, node: str, line: Line) -> Line:
    """Say of what a node belongs to for how long, as the affiliations behind it have it."""
    if line.property.iri != NR.belongsTo:
        return line
    wholes = (value.iri for value in line.values if isinstance(value, Named))
    times = tuple(time_of_belonging(store, node, whole) for whole in wholes)
    return replace(line, times=times if any(times) else ())


def _is_quote(store: Store, node: ox.NamedNode) -> bool:
    return bool(store.objects(node.value, OA.exact))


def _lines(by_property: dict[str, list[Term]], label: dict[str, str]) -> tuple[Line, ...]:
    def value(term: Term) -> Named | str:
        if isinstance(term, ox.NamedNode):
            return Named(label[term.value], term.value)
        if isinstance(term, ox.Literal):
            # A code says of which list it is.
            scheme = label.get(term.datatype.value)
            return f"{term.value} ({scheme})" if scheme else term.value
        return str(term)

    lines = (
        Line(Named(label[name], name), tuple(sorted(map(value, terms), key=_label)))
        for name, terms in by_property.items()
    )
    return tuple(sorted(lines, key=lambda line: line.property))


def _label(value: Named | str) -> tuple[str, str]:
    return label_of(value), "" if isinstance(value, str) else value.iri
