"""Background of a graph: which entries of the gazetteer it has, and which it still has to have.

These are the entries that its facts name, what these belong to, and the navies of states in its
naval exercises, and no others: that there is a France is nothing that an article said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from .gazetteer import ALWAYS, Entry, entries
from .neighbours import Node, objects, subjects
from .terms import DERIVED, FILLED, NR, ORG, PREFIXES, RDF, RDFS, SKOS

_ITSELF: Final = ox.Quad(
    ox.NamedNode("https://w3id.org/passex/gazetteer"),
    ox.NamedNode(RDFS.label),
    ox.Literal("the Passex gazetteer", language="en"),
)


def missing(
    engine: ox.Store, named: Collection[str] = (), services: Collection[str] = ()
) -> Iterator[ox.Quad]:
    """Find what a graph has to have of the gazetteer, and has not.

    Args:
        engine: A store with ontology and facts.
        named: IRIs that are named in facts which are not in that store.
        services: The naval services of states in them, as `services` gives them.

    Yields:
        What the gazetteer says of the entries that belong there. Where the facts give a node a
        class or a label of its own, it keeps that.
    """
    known = entries()

    def there(*pattern: str | None) -> bool:
        a, p, b = (None if iri is None else ox.NamedNode(iri) for iri in pattern)
        return next(engine.quads_for_pattern(a, p, b, ox.DefaultGraph()), None) is not None

    chosen = {iri for iri in known if there(iri, None, None) or there(None, None, iri)}
    chosen |= known.keys() & {*named}
    chosen |= navies(engine, chosen).union(services)
    # What they belong to: a territory or a service is of a state, and nothing is above a state.
    chosen |= {known[iri].whole for iri in chosen} - {""}
    if chosen and _ITSELF not in engine:
        yield _ITSELF
    for iri in sorted(chosen):
        own = {term for term in (RDF.type, RDFS.label) if there(iri, term, None)}
        for subject, term, value in known[iri].triples:
            after = isinstance(value, ox.NamedNode) and value.value in known.keys() - chosen
            if after or ox.Quad(subject, term, value) in engine:
                continue  # what came after it, and no fact names; what the facts say too
            if term.value not in own:
                yield ox.Quad(subject, term, value)
            elif term.value == RDFS.label:
                yield ox.Quad(subject, ox.NamedNode(SKOS.altLabel), value)


def named(engine: ox.Store, iris: Iterable[str]) -> bool:
    """Tell whether all of some entries are named by facts, whatever the gazetteer says.

    Args:
        engine: A graph to which the rules were applied.
        iris: The entries, as values of what is said of something else.
    """
    known = entries()

    def by_facts(quad: ox.Quad) -> bool:
        own = isinstance(quad.subject, ox.NamedNode) and quad.subject.value in known
        filled = ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(FILLED))
        return not own and quad.predicate.value not in DERIVED and filled not in engine

    naming = (
        engine.quads_for_pattern(None, None, ox.NamedNode(iri), ox.DefaultGraph()) for iri in iris
    )
    return all(any(map(by_facts, quads)) for quads in naming)


#: Whether the facts have a navy of a state's own.
_HAS_NAVY: Final = """ASK {{
    ?affiliation org:organization {} ; org:member/a/rdfs:subClassOf* nr:Navy
}}"""


def _said(exercise: str, domain: str) -> str:
    """Match a domain that facts give, and not a rule, which runs later and may have run before."""
    triple = f"{exercise} nr:hasDomain {domain}"
    return f"{triple} FILTER NOT EXISTS {{ GRAPH <{FILLED}> {{ {triple} }} }}"


#: What goes without saying: see the rule that makes exercises naval.
_BY_KIND: Final = f"""
    {{ SELECT ?kind {{ ?top skos:related nrc:naval . ?kind skos:broader* ?top }} }}
    ?exercise nr:hasKind ?kind .
    FILTER NOT EXISTS {{ {_said("?exercise", "?any")} }}
    FILTER NOT EXISTS {{ ?exercise nr:leavesOpen nr:hasDomain }}
"""
#: Whether an exercise is naval.
_NAVAL: Final = f"""
    {{ {_said("?exercise", "nrc:naval")} }} UNION {{ {_BY_KIND} }} UNION {{
        ?exercise dcterms:isPartOf ?whole .
        FILTER NOT EXISTS {{ {_said("?exercise", "?own")} }}
        {{ {_said("?whole", "nrc:naval")} }}
        UNION {{ {_BY_KIND.replace("?exercise", "?whole")} }}
    }}
    UNION {{
        ?exercise (owl:sameAs|^owl:sameAs)+ ?same .
        {{ {_said("?same", "nrc:naval")} }}
        UNION {{ {_BY_KIND.replace("?exercise", "?same")} }}
    }}
"""
_OWN_NAVY: Final = _HAS_NAVY.removeprefix("ASK").format("?state")
_DAYS: Final = """
    OPTIONAL { ?exercise nr:earliest ?start } OPTIONAL { ?exercise nr:latest ?end }
"""
#: Whether it is so by its parties, in the same rule: of one exercise.
_BY_PARTIES: Final = f"""ASK {{
    ?exercise nr:hasParticipant ?any .
    FILTER NOT EXISTS {{ {_said("?exercise", "?own")} }}
    FILTER NOT EXISTS {{ ?exercise nr:leavesOpen nr:hasDomain }}
    FILTER NOT EXISTS {{ ?exercise dcterms:isPartOf ?whole }}
    FILTER NOT EXISTS {{
        ?exercise nr:hasParticipant ?other .
        FILTER NOT EXISTS {{ ?other a/rdfs:subClassOf* nr:Ship }}
        FILTER NOT EXISTS {{ ?other nr:hasKind/skos:broader*/skos:related nrc:naval }}
        FILTER NOT EXISTS {{
            ?other (^org:member/org:organization)*/a/rdfs:subClassOf* nr:Navy
        }}
    }}
}}"""


def services(engine: ox.Store, parties: Collection[str]) -> tuple[set[str], set[str]]:
    """Find the naval services that may stand for states, whatever is known of exercises.

    Args:
        engine: A store with ontology and facts.
        parties: The IRIs of participants.

    Returns:
        The services, and the states of which it depends on the days of their exercises which of
        their services there are: `navies` tells.
    """
    found: set[str] = set()
    doubtful: set[str] = set()
    states = {*parties, *above(engine, parties)}
    of: dict[str, list[Entry]] = {}
    for entry in entries().values():
        if entry.whole in states and entry.kind in (NR.Navy, NR.Service):
            of.setdefault(entry.whole, []).append(entry)
    for state, own in of.items():
        if engine.query(_HAS_NAVY.format(f"<{state}>"), prefixes=PREFIXES):
            continue
        navies = [entry for entry in own if entry.kind == NR.Navy]
        if 0 < len(navies) < len(own) and all(entry.bounds != ALWAYS for entry in navies):
            doubtful.add(state)
        else:
            found.update(entry.iri for entry in navies or own)
    return found, doubtful


def navies(engine: ox.Store, states: Collection[str]) -> set[str]:
    """Find the naval services of states in naval exercises, as of then.

    A state takes part itself, or by a ship or a formation of which no service is known. One for
    which the facts have a navy of their own needs none.

    Args:
        engine: A store with ontology and facts.
        states: The IRIs of entries of the gazetteer.
    """
    rows = engine.query(
        f"""SELECT DISTINCT ?state ?start ?end {{
            VALUES ?state {{ {_listed(states)} }}
            ?exercise nr:hasParticipant ?state .
            {_NAVAL} {_DAYS} FILTER NOT EXISTS {_OWN_NAVY}
        }}""",
        prefixes=PREFIXES,
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = set[str]()
    for state, *days in rows:
        found |= _services(state.value, days)
    for state, exercise, *days in _by_units(engine, states):
        there = _services(state.value, days)
        if not there <= found and _is_naval(engine, exercise):
            found |= there
    return found


def above(engine: ox.Store, members: Iterable[str]) -> set[str]:
    """List the IRIs of what some nodes belong to, and that belongs to, as the facts say."""
    todo, found = [ox.NamedNode(iri) for iri in members], set[str]()
    while todo:
        for link in subjects(engine, ORG.member, todo.pop()):
            for whole in objects(engine, link, ORG.organization):
                if isinstance(whole, ox.NamedNode) and whole.value not in found:
                    found.add(whole.value)
                    todo.append(whole)
    return found


def _by_units(engine: ox.Store, states: Collection[str]) -> ox.QuerySolutions:
    """Find the exercises in which states have ships or formations of which no service is known."""
    rows = engine.query(
        f"""SELECT DISTINCT ?state ?exercise ?start ?end {{
            {{ SELECT ?state {{
                VALUES ?state {{ {_listed(states)} }} FILTER NOT EXISTS {_OWN_NAVY}
            }} }}
            ?state (^org:organization/org:member)+ ?unit .
            ?exercise nr:hasParticipant ?unit .
            FILTER NOT EXISTS {{
                ?unit (^org:member/org:organization)+/a/rdfs:subClassOf* nr:Service
            }}
            {_DAYS}
        }}""",
        prefixes=PREFIXES,
    )
    assert isinstance(rows, ox.QuerySolutions)
    return rows


def _is_naval(engine: ox.Store, exercise: Node) -> bool:
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable("exercise"): exercise
    }
    asked = (f"ASK {{ {_NAVAL} }}", _BY_PARTIES)
    return any(engine.query(one, prefixes=PREFIXES, substitutions=bound) for one in asked)


def _listed(states: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in states)


def _services(state: str, days: Iterable[ox.Literal | None]) -> set[str]:
    """List the services that may stand for a state, of those that it had between two days."""
    start, end = (b.value if b else day for b, day in zip(days, ALWAYS, strict=True))
    own = [one for one in entries().values() if one.whole == state and one.lasted(start, end)]
    for kind in (NR.Navy, NR.Service):  # a coast guard stands in where there is no navy
        if there := {entry.iri for entry in own if entry.kind == kind}:
            return there
    return set()
