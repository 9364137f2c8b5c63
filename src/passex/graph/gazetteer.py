"""The gazetteer: states, territories and naval services of the world, to look up by name and code.

A graph has the entries that its facts name, what these belong to, and the navies of states in its
naval exercises, and no others: that there is a France is nothing that an article said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from . import dataset
from .folding import bare, fold
from .neighbours import Node, objects, subjects
from .terms import DCTERMS, DERIVED, FILLED, NAMING, NR, ORG, PREFIXES, RDF, RDFS, SKOS, expand

#: A code that needs no scheme before it, if it means one node in all of them.
_CODE: Final = re.compile(r"[A-Z]{2,3}")
_ITSELF: Final = ox.Quad(
    ox.NamedNode("https://w3id.org/passex/gazetteer"),
    ox.NamedNode(RDFS.label),
    ox.Literal("the Passex gazetteer", language="en"),
)
#: Before and after all days.
_ALWAYS: Final = ("0000", "9999")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the gazetteer.

    Attributes:
        iri: The IRI that a graph has for it too.
        label: Its usual name.
        kind: Its class.
        whole: The IRI of the state that it is of, or part of; empty for a state.
        bounds: Its first and its last day, as text.
        names: Its names, folded.
        hidden: Names, folded, that lead to it: shared ones, and its capital.
        codes: Its codes, with and without their scheme.
        triples: All that is said of it.
    """

    iri: str
    label: str
    kind: str
    whole: str
    bounds: tuple[str, str]
    names: frozenset[str]
    hidden: frozenset[str]
    codes: frozenset[str]
    triples: tuple[ox.Triple, ...]

    def lasted(self, start: str, end: str) -> bool:
        """Tell whether it may have been there between two days."""
        return self.bounds[0] <= end and start <= self.bounds[1]


@cache
def entries() -> dict[str, Entry]:
    """Read all entries, by their IRIs; only where they are needed, and once."""
    triples = [quad.triple for quad in ox.parse(path=dataset.gazetteer_file())]
    by_node = groupby(triples, lambda triple: str(triple.subject).strip("<>"))
    found = (_entry(iri, tuple(said)) for iri, said in by_node)
    return {entry.iri: entry for entry in found if entry.kind.startswith(NR.iri)}


def _entry(iri: str, triples: tuple[ox.Triple, ...]) -> Entry:
    values: dict[str, list[str]] = {}
    codes = set()
    for triple in triples:
        value = triple.object
        assert isinstance(value, ox.NamedNode | ox.Literal)
        values.setdefault(triple.predicate.value, []).append(value.value)
        if triple.predicate.value == SKOS.notation and isinstance(value, ox.Literal):
            codes |= {value.value, f"{value.datatype.value.removeprefix(NR.iri)}:{value.value}"}

    def first(*terms: str) -> str:
        return next((values[term][0] for term in terms if term in values), "")

    def folded(*terms: str) -> frozenset[str]:
        return frozenset(fold(name) for term in terms for name in values.get(term, ()))

    return Entry(
        iri,
        first(RDFS.label),
        first(RDF.type),
        first(ORG.subOrganizationOf, DCTERMS.isPartOf),
        (first(NR.earliest) or _ALWAYS[0], first(NR.latest) or _ALWAYS[1]),
        folded(*NAMING),
        folded(SKOS.hiddenLabel),
        frozenset(codes),
        triples,
    )


@cache
def _index() -> dict[str, list[Entry]]:
    """Find entries by their folded names, and by their codes with a space before them."""
    found: dict[str, list[Entry]] = {}
    for entry in entries().values():
        for spelling in (*(entry.names | entry.hidden), *(f" {code}" for code in entry.codes)):
            found.setdefault(spelling, []).append(entry)
    return found


def called(name: str, day: str = "") -> list[Entry]:
    """Look up what has a name or a code.

    Args:
        name: A name, whole or with a remark in brackets; a capital; a code in capitals, alone or
            behind its scheme, as in ``iso3166-1-alpha-3:JPN``; or an IRI.
        day: A day, as ``1985-05-01``, by which to tell apart what shares a name.

    Returns:
        The entries, by label: several, if the name alone doesn't tell.

    Example:
        >>> [entry.label for entry in called("Moscow")]
        ['Russia']
        >>> [entry.label for entry in called("SLV")]
        ['El Salvador', 'Slovenia']
        >>> [entry.label for entry in called("cow-number:740")]
        ['Japan']
    """
    for spelling in (name.strip(), bare(name)):
        folded, iri = fold(spelling), expand(spelling)
        code = spelling if ":" in spelling or _CODE.fullmatch(spelling) else ""
        known, by = entries(), _index()
        those = {entry.iri: entry for entry in (*by.get(folded, ()), *by.get(f" {code}", ()))}
        found = [*(those | {iri: known[iri]} if iri in known else those).values()]
        if len(found) > 1 and day:
            found = [entry for entry in found if entry.lasted(day, day)] or found
            if len(found) > 1:  # whose own name it is, before who only shares it
                found = [entry for entry in found if folded in entry.names] or found
        if found:
            return sorted(found, key=lambda entry: (entry.label, entry.iri))
    return []


def remark(name: str, entry: Entry) -> str:
    """Say that a name was taken for another, where it is that of a capital."""
    if fold(name) not in entry.hidden:
        return ""
    capitals = [hidden for hidden in entry.hidden if len(called(hidden)) == 1]
    verb = "it is or was" if len(capitals) > 1 else "it is"
    verb = verb if entry.bounds[1] == _ALWAYS[1] else "it was"
    return f"{name}: taken for {entry.label}, whose capital {verb}"


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
        if 0 < len(navies) < len(own) and all(entry.bounds != _ALWAYS for entry in navies):
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
    start, end = (b.value if b else day for b, day in zip(days, _ALWAYS, strict=True))
    own = [one for one in entries().values() if one.whole == state and one.lasted(start, end)]
    for kind in (NR.Navy, NR.Service):  # a coast guard stands in where there is no navy
        if there := {entry.iri for entry in own if entry.kind == kind}:
            return there
    return set()
