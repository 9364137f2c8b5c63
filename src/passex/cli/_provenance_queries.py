"""The SPARQL behind a command, to be run anywhere.

What Passex asks in SPARQL is taken down while an empty graph is asked, so that what is shown is
what runs. What it looks up in the engine's index instead, node by node, is shown as a query that
finds the same; the tests compare both.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..graph.store import Graph, Store
from ..graph.terms import LEVELS, NAMED, NR, PREFIXES, SCHEMA, WORKINGS
from ..query.lexer import tokens
from ..query.prefixes import needed, short

if TYPE_CHECKING:
    from ..network.policy import Policy

_IRI: Final = re.compile(r"<([^<>\s]+)>")
_SPACES: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_LEVELS: Final = " ".join(f"<{term}>" for term in LEVELS.values())
#: What ties: exercises, open plans, and phases that are to come.
_COUNTS: Final = f"""FILTER (EXISTS {{ ?about a nr:Exercise }} || EXISTS {{ ?about a nr:OpenPlan }}
        || EXISTS {{ GRAPH <{WORKINGS}> {{ ?about w:comesIn ?of }} }})"""
_NAMES: Final = """# What nodes are called.
SELECT ?node ?name { ?node rdfs:label|skos:prefLabel ?name }"""
_POINTING: Final = """# Which nodes point to which actor.
SELECT DISTINCT ?node ?actor {
    ?class rdfs:subClassOf* nr:Actor . ?actor a ?class . ?node ?property ?actor
}"""


class _Listener(Store):
    """An empty graph that remembers what it is asked."""

    def __init__(self) -> None:
        super().__init__(ox.Store())
        self.asked: list[str] = []

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        workings: bool = False,
        default_graph: ox.DefaultGraph | list[Graph] | None = None,
        named: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if sparql not in self.asked:
            self.asked.append(sparql)
        return super().query(sparql, bindings, workings, default_graph, named)


def network(policy: Policy) -> list[str]:
    """Show what `projection.build` and `ranking.rank` ask.

    Domain and period of the policy are applied to what the queries find.
    """
    from ..network import projection, ranking

    listener = _Listener()
    ranking.rank(listener, projection.build(listener, policy), "degree", "count")
    kinds = (NR.Actor, SCHEMA.NewsArticle)
    looked_up = (_took_part(policy.level), _POINTING)
    return _written([*listener.asked, *looked_up, *map(_members, kinds), _NAMES])


def stats() -> list[str]:
    """Show what `statistics.count` asks."""
    from ..graph import statistics

    listener = _Listener()
    statistics.count(listener)
    return _written(listener.asked)


def portrait(iri: str) -> list[str]:
    """Show what `portraits.portrait` looks up, by the IRI of the node."""
    from ..evidence.story import NEWEST

    facts = (
        f"# What the graph says of <{iri}>.\nSELECT ?property ?value {{ <{iri}> ?property ?value }}"
    )
    mentions = f"# What points to <{iri}>.\nSELECT ?node ?property {{ ?node ?property <{iri}> }}"
    return _written([facts, mentions, NEWEST, *_claims_of(iri), _NAMES])


def claims_of(iri: str) -> list[str]:
    """Show what `naming.claims_of` looks up, by the IRI of the node."""
    naming = f"""# What names <{iri}>, and the claims that say so.
SELECT ?node ?property ?claim {{
    {{ ?node ?property <{iri}> }}
    UNION {{ ?claim nr:hasValue <{iri}> ; nr:about ?node ; nr:onProperty ?property }}
}}"""
    return _written([*_claims_of(iri), naming, _NAMES])


def reasons(a: str, b: str) -> list[str]:
    """Show what `why.why` asks and looks up, by the IRIs of both actors.

    The queries for the members of events and for the steps to an actor are asked for the events in
    which both are; here, for all.
    """
    from ..evidence.sides import ROLES
    from ..evidence.why import near_query
    from ..network import activities, twomode

    listener = _Listener()
    activities.read(listener)
    for level in LEVELS:
        twomode.read(listener, level)
    shared = f"""VALUES ?level {{ {_LEVELS} }}
    ?about ?level <{a}>, <{b}> {_COUNTS}"""
    return _written(
        [
            f"""# In which events both are, and at which level.
SELECT ?about ?level {{
    {shared}
}}""",
            f"""# In how many exercises and plans each is, by level.
SELECT ?actor ?level (COUNT(DISTINCT ?about) AS ?number) {{
    VALUES ?actor {{ <{a}> <{b}> }} VALUES ?level {{ {_LEVELS} }}
    ?about ?level ?actor {_COUNTS}
}} GROUP BY ?actor ?level""",
            *listener.asked,
            *map(_took_part, LEVELS),
            *map(_steps, (a, b)),
            *_claims("these events", f"{{ SELECT DISTINCT ?about {{ {shared} }} }}"),
            *_claims("affiliations", "?about a nr:Affiliation ."),
            *map(near_query, (a, b)),
            f"""# Where each is named, or what it belongs to or is made up of, and in which role.
SELECT ?actor ?named ?role ?place ?whole {{
    VALUES ?actor {{ <{a}> <{b}> }}
    VALUES ?role {{ {" ".join(f"<{role}>" for role in (*ROLES, NR.hasParticipant))} }}
    ?actor nr:belongsTo*|(^nr:belongsTo)* ?named . ?place ?role ?named
    OPTIONAL {{ GRAPH <{WORKINGS}> {{ ?place w:phaseOf ?whole }} }}
}}""",
            _NAMES,
        ]
    )


def _steps(actor: str) -> str:
    return f"""# How <{actor}> comes to be in an event: who is named there, and the affiliations up.
SELECT ?event ?phase ?participant ?affiliation ?member ?whole ?inferred {{ GRAPH <{WORKINGS}> {{
    ?participation w:in ?event ; w:phase ?phase ; w:of ?participant .
    {{ ?participation w:carries|nr:infersService <{actor}>
       OPTIONAL {{ ?participation w:through ?affiliation . ?affiliation w:to ?whole .
           ?member w:by ?affiliation FILTER EXISTS {{ ?participation w:carries ?member }} }} }}
    UNION
    {{ ?participation nr:infersService <{actor}> ; w:navyBy ?affiliation .
       <{actor}> w:by ?affiliation . BIND(true AS ?inferred) }}
}} }}"""


def _claims_of(iri: str) -> tuple[str, str]:
    return _claims(f"<{iri}>", f"VALUES ?about {{ <{iri}> }}")


def _took_part(level: str) -> str:
    if level == NAMED:
        return f"""# Who took part in what, as the articles name them.
SELECT DISTINCT ?event ?member {{
    GRAPH <{WORKINGS}> {{ ?participation w:in ?event ; w:of ?member }} ?member a nr:Actor
}}"""
    return f"""# Who took part in what at the level.
SELECT ?event ?member {{ ?event <{LEVELS[level]}> ?member }}"""


def _members(kind: str) -> str:
    return f"""# Which nodes are of the classes of <{kind}>.
SELECT ?node ?class {{ ?class rdfs:subClassOf* <{kind}> . ?node a ?class }}"""


def _claims(what: str, about: str) -> tuple[str, str]:
    return (
        f"""# What the claims about {what} say.
SELECT ?about ?claim ?property ?value {{
    {about}
    ?claim nr:about ?about ; ?property ?value
}}""",
        f"""# Where the claims about {what} are proved.
SELECT ?claim ?article ?zone ?start ?end ?exact {{
    {about}
    ?claim nr:about ?about ; nr:hasEvidence ?quote .
    OPTIONAL {{ ?quote oa:hasSource ?article }}
    OPTIONAL {{ ?quote nr:inZone/nr:hasKind ?zone }}
    OPTIONAL {{ ?quote oa:start ?start ; oa:end ?end }}
    OPTIONAL {{ ?quote oa:exact ?exact }}
}}""",
    )


def _written(queries: list[str]) -> list[str]:
    # Written in one place for a line of code, in another for a file: the spaces differ.
    return [_with_prefixes(_SPACES.sub(" ", inspect.cleandoc(query))) for query in queries]


def _with_prefixes(query: str) -> str:
    query = _IRI.sub(lambda iri: short(iri[1], PREFIXES), query)
    used = needed(tokens(query))
    comment, _, rest = query.partition("\n")
    declared = (f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if p in used)
    return "\n".join([comment, *declared, rest])
