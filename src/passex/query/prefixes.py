"""Names in a query: prefixes that it need not declare, IRIs that names mean, graphs of FROM."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from ..graph.terms import GRAPH, PREFIXES
from .lexer import Token, prefixes, words_of

if TYPE_CHECKING:
    from ..graph.store import Graph

#: Our own, and those that most people use for most vocabularies (https://prefix.cc).
KNOWN: Final[dict[str, str]] = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cc": "http://creativecommons.org/ns#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcam": "http://purl.org/dc/dcam/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "doap": "http://usefulinc.com/ns/doap#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "earl": "http://www.w3.org/ns/earl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "fn": "http://www.w3.org/2005/xpath-functions#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "gn": "http://www.geonames.org/ontology#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "qb": "http://purl.org/linked-data/cube#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sf": "http://www.opengis.net/ont/sf#",
    "sh": "http://www.w3.org/ns/shacl#",
    "sioc": "http://rdfs.org/sioc/ns#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "ssn": "http://www.w3.org/ns/ssn/",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
}

_LOCAL: Final = re.compile(r"\w(?:[\w.-]*[\w-])?")
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def needed(words: Iterable[Token]) -> dict[str, str]:
    """Find the known prefixes that a query uses and does not declare, with their namespaces.

    Example:
        >>> from passex.query.lexer import tokens
        >>> needed(tokens("PREFIX id: <http://e/> ASK { id:a foaf:name ?n }"))
        {'foaf': 'http://xmlns.com/foaf/0.1/'}
    """
    listed = list(words)
    own = prefixes(listed)
    used = (word.text.partition(":")[0] for word in listed if word.kind == "name")
    return {prefix: KNOWN[prefix] for prefix in used if prefix in KNOWN and prefix not in own}


class Naming(NamedTuple):
    """How the terms of a graph that a query makes are written.

    Attributes:
        spaces: Namespaces by their prefixes.
        makes_nodes: Whether the query may make blank nodes, which the engine names at random.
    """

    spaces: Mapping[str, str]
    makes_nodes: bool


def naming(words: Iterable[Token]) -> Naming:
    """Say how what a query makes is written: with its own prefixes, and those that are known.

    Example:
        >>> from passex.query.lexer import tokens
        >>> naming(tokens("PREFIX ex: <http://e/> DESCRIBE ex:a")).spaces["ex"]
        'http://e/'
    """
    listed = list(words)
    own = prefixes(listed)
    others = {name: iri for name, iri in KNOWN.items() if name != "w" and iri not in own.values()}
    made = any(word.kind == "blank" or word.text.upper() in ("[", "BNODE") for word in listed)
    return Naming({**others, **own}, made)


def written(text: str, words: Iterable[Token]) -> str:
    """Declare in a query what it uses, so that it runs anywhere.

    Example:
        >>> from passex.query.lexer import tokens
        >>> query = "ASK { ?s foaf:name ?n }"
        >>> print(written(query, tokens(query)))
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        ASK { ?s foaf:name ?n }
    """
    lines = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in needed(words).items()]
    return "".join([*lines, text])


def iri_of(word: Token, spaces: Mapping[str, str]) -> str | None:
    r"""Give the IRI that a word means, by the namespaces of prefixes.

    Returns:
        The IRI, as it is written if it is relative; None for other words and unknown prefixes.

    Example:
        >>> iri_of(Token("name", r"ex:a\-b", 0), {"ex": "http://e/"})
        'http://e/a-b'
    """
    if word.kind == "iri":
        return _CODE_POINT.sub(lambda code: chr(int(code[1] or code[2], 16)), word.text[1:-1])
    prefix, _, local = word.text.partition(":")
    if word.kind != "name" or prefix not in spaces:
        return None
    return spaces[prefix] + local.replace("\\", "")


def named(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Go through the IRIs that a query names, by its own prefixes and those that are known.

    Yields:
        Each IRI with its first code point and the one after its last; without the namespaces that
        the query declares, and without names of undeclared prefixes.

    Example:
        >>> list(named("PREFIX ex: <http://e/> ASK { ?s ex:p <http://f/o> }", {}))
        [('http://e/p', 32, 36), ('http://f/o', 37, 49)]
    """
    words = words_of(text)
    spaces = {**known, **prefixes(words)}
    before = ""
    for word in words:
        space = word.text.endswith(":") or (word.kind == "iri" and before.endswith(":"))
        iri = None if space else iri_of(word, spaces)
        if iri is not None:
            yield iri, word.start, word.end
        before = word.text


def short(iri: str, spaces: Mapping[str, str]) -> str:
    """Write an IRI as a prefixed name, by the longest namespace that fits, or in angle brackets.

    Example:
        >>> short("http://xmlns.com/foaf/0.1/name", KNOWN), short("urn:x", KNOWN)
        ('foaf:name', '<urn:x>')
    """
    best = ""
    found = f"<{iri}>"
    for prefix, space in spaces.items():
        if len(space) > len(best) and iri.startswith(space):
            local = iri[len(space) :]
            if _LOCAL.fullmatch(local):
                best, found = space, f"{prefix}:{local}"
    return found


class Dataset(NamedTuple):
    """What a query looks at, as the engine takes it: None for what it does not say itself."""

    default: ox.DefaultGraph | list[Graph] | None
    named: list[ox.NamedNode | ox.BlankNode] | None


def dataset(sparql: str, graphs: Collection[Graph] = ()) -> Dataset:
    """Choose what a query of a graph that is here looks at.

    All facts are in the default graph, which FROM can name as it is called on a server. What else
    it names is there if a file has it: so the rules' intermediate results cannot be read by their
    name either.

    Args:
        graphs: The files' own graphs.

    Example:
        >>> dataset("ASK FROM <urn:other> { ?s ?p ?o }").default
        []
        >>> dataset("ASK FROM NAMED <urn:g> {}", [ox.NamedNode("urn:g")]).named
        [<NamedNode value=urn:g>]
    """
    chosen = sources(sparql)
    if chosen is None:
        return Dataset(None, None)
    names, others = ([ox.NamedNode(iri) for iri in iris] for iris in chosen)
    default: list[Graph] = [name for name in names if name in graphs]
    # The whole holds each part.
    whole = ox.NamedNode(GRAPH) in names and ox.NamedNode(GRAPH) not in graphs
    return Dataset(
        ox.DefaultGraph() if whole else default, [name for name in others if name in graphs]
    )


def sources(sparql: str) -> tuple[list[str], list[str]] | None:
    """List the IRIs of the graphs that a query names by FROM, and those by FROM NAMED.

    Returns:
        None if the query leaves it open what it looks at.

    Example:
        >>> sources("SELECT * FROM id:g FROM NAMED <urn:h> { ?s ?p ?o }"), sources("ASK {}")
        ((['https://w3id.org/passex/id/g'], ['urn:h']), None)
    """
    if "from" not in sparql.lower():
        return None
    from .parser import parse  # of use to few queries

    query = parse(sparql)
    spaces = {**KNOWN, **prefixes(query.words)}
    clauses = query.query.nodes("Dataset") if query.query else []
    found: tuple[list[str], list[str]] = [], []
    for clause in clauses:
        word = clause.children[-1]
        iri = iri_of(word, spaces) if isinstance(word, Token) else None
        if iri is not None:
            found[clause.keyword("NAMED") is not None].append(iri)
    return found if clauses else None
