"""What the shape tests need: fixtures read from disk, and a validation fast enough for all of them.

pySHACL asks each SPARQL constraint once per focus node, and rdflib parses it anew each time.
`ShapeGraph` has two ways around that: it asks once for all focus nodes, of an Oxigraph store with
the same triples, and hands out the answers; or it asks rdflib per focus node, as pySHACL has it,
with the query parsed once. Whole graphs go the first way, a valid and an invalid fixture of each
shape the second, in `tests/unit/test_shacl_fixtures.py`, and in a thorough run all of them:
Passex's own engine asks Oxigraph there, so that the constraints are known to mean the same in two
engines, bound or set at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

import pyoxigraph
import pyshacl
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Node
from rdflib.util import from_n3

from passex.validation.shacl.rewriting import nested

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BASE = HERE / "valid.ttl"
SHAPES = "https://w3id.org/passex/shape/"
#: The article of valid.ttl, which is its base and that of the fixtures.
ARTICLE = "https://w3id.org/passex/id/article"
PREFIXES = {
    "nrs": SHAPES,
    "nr": "https://w3id.org/passex/ontology#",
    "nrc": "https://w3id.org/passex/concept/",
    "id": "https://w3id.org/passex/id/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "dwc": "http://rs.tdwg.org/dwc/terms/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sh": "http://www.w3.org/ns/shacl#",
}
_DIRECTIVE = re.compile(r"^# (without|expect): (.*)$", re.MULTILINE)
Answers: TypeAlias = dict[str, list[dict[Variable, str]]]
_FIELD = re.compile(r"(\w+)=(\"(?:[^\"\\]|\\.)*\"\S*|\S+)")


@dataclass(frozen=True)
class Finding:
    """One validation result, its terms written short (`id:passex`, `"Friday"`, `-` for none)."""

    focus: str
    path: str
    value: str
    shape: str
    severity: str = "Violation"


class ShapeGraph(Graph):
    """An rdflib graph whose SELECT queries Oxigraph answers for all focus nodes at once."""

    def __init__(self, *graphs: Graph) -> None:
        super().__init__()
        self._oxigraph = pyoxigraph.Store()
        self._answers: dict[str, Answers] = {}
        self.at_once = True
        for graph in graphs:
            self.put(graph)

    def put(self, triples: Graph) -> None:
        """Add triples to both engines."""
        self._answers.clear()
        self.__iadd__(triples)
        data = triples.serialize(format="nt", encoding="utf-8")
        self._oxigraph.load(data, format=pyoxigraph.RdfFormat.N_TRIPLES)

    def take(self, triples: Graph) -> None:
        """Remove triples, none of which has a blank node, from both engines."""
        self._answers.clear()
        self.__isub__(triples)
        data = triples.serialize(format="nt", encoding="utf-8").decode()
        self._oxigraph.update(f"DELETE DATA {{ {data} }}")

    def query(  # type: ignore[override]
        self,
        query_object: str,
        processor: object = "sparql",
        result: object = "sparql",
        initNs: Mapping[str, Any] | None = None,
        initBindings: Mapping[str, Identifier] | None = None,
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        """The solutions for the focus node that is bound to `this`."""
        if not self.at_once:
            return super().query(_parsed(query_object), initBindings=initBindings)
        if query_object not in self._answers:
            self._answers[query_object] = self._ask(query_object)
        answer = Result("SELECT")
        assert initBindings is not None
        rows = self._answers[query_object].get(initBindings["this"].n3(), [])
        answer.bindings = [{name: _term(text) for name, text in row.items()} for row in rows]
        answer.vars = list({name: None for row in rows for name in row})
        return answer

    def _ask(self, text: str) -> Answers:
        solutions = self._oxigraph.query(_quick(text))
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        names = [Variable(variable.value) for variable in solutions.variables]
        answers: Answers = {}
        for solution in solutions:
            answers.setdefault(str(solution["this"]), []).append(
                {
                    name: str(term)
                    for name, term in zip(names, solution, strict=True)
                    if term is not None
                }
            )
        return answers


def _term(text: str) -> Identifier:
    term = from_n3(text)
    assert isinstance(term, Identifier)
    return term


#: As the engine answers it quickly; a test of its own holds that this asks the same.
_quick = cache(nested)


@cache
def _parsed(text: str) -> Query:
    return prepareQuery(text)


@cache
def vocabulary() -> Graph:
    """The ontology and the concepts, which are mixed into the data for validation.

    Without the gazetteer, which is long: where facts name its entries, it is mixed in as well.
    """
    graph = Graph()
    for name in ("naval.ttl", "concepts.ttl"):
        graph.parse(ROOT / "ontology" / name)
    return graph


@cache
def shapes() -> Graph:
    """The shapes graph as it stands."""
    return Graph().parse(ROOT / "ontology" / "shapes.ttl")


@cache
def base() -> Graph:
    """The valid graph against which the fixtures are written."""
    return Graph().parse(BASE)


@cache
def all_shapes() -> dict[str, URIRef]:
    """Every shape by its local name, read from the shapes graph."""
    return {
        str(shape).removeprefix(SHAPES): shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes().subjects(RDF.type, kind)
        if isinstance(shape, URIRef)
    }


def expected(fixture: Path) -> set[Finding]:
    """The findings that a fixture's `# expect:` lines announce."""
    return {
        Finding(**dict(_FIELD.findall(text)))
        for directive, text in _DIRECTIVE.findall(fixture.read_text(encoding="utf-8"))
        if directive == "expect"
    }


def without(fixture: Path) -> Graph:
    """The triples of the base graph that a fixture's `# without:` lines take out."""
    gone = Graph()
    for directive, text in _DIRECTIVE.findall(fixture.read_text(encoding="utf-8")):
        if directive == "without":
            matches = list(base().triples(_pattern(text)))
            assert matches, f"{fixture}: nothing in valid.ttl matches {text!r}"
            for triple in matches:
                gone.add(triple)
    return gone


def _pattern(text: str) -> tuple[Node | None, Node | None, Node | None]:
    prefixes = f"@base <{ARTICLE}> .\n"
    prefixes += "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    terms = text.split(maxsplit=2)
    wildcards = [term == "*" for term in terms]
    pattern = " ".join("rdf:nil" if wild else t for t, wild in zip(terms, wildcards, strict=True))
    triple = next(iter(Graph().parse(data=f"{prefixes}{pattern} .", format="turtle")))
    s, p, o = (None if wild else t for t, wild in zip(triple, wildcards, strict=True))
    return s, p, o


@cache
def base_and_vocabulary() -> ShapeGraph:
    """The base graph with the ontology and the concepts mixed in."""
    return ShapeGraph(vocabulary(), base())


@cache
def changes(fixture: Path) -> tuple[Graph, Graph]:
    """The triples that a fixture takes out of the base graph, and those that it adds."""
    gone, added = without(fixture), Graph().parse(fixture)
    for triple in set(added):
        if triple in base():
            gone.remove(triple)
            added.remove(triple)
    return gone, added


@contextmanager
def changed(fixture: Path) -> Iterator[ShapeGraph]:
    """The base graph and the vocabulary with a fixture's changes, undone at the end."""
    gone, added = changes(fixture)
    if any(isinstance(term, BNode) for triple in added for term in triple):
        # blank nodes cannot be taken out again
        yield ShapeGraph(vocabulary(), base() - gone + added)
        return
    mixed = base_and_vocabulary()
    mixed.take(gone)
    mixed.put(added)
    try:
        yield mixed
    finally:
        mixed.take(added)
        mixed.put(gone)


_check = SPARQLQueryHelper.check_invalid_sparql


@cache
def _check_once(text: str) -> bool:
    return bool(_check(SPARQLQueryHelper(None, None, text), text))  # type: ignore[no-untyped-call]


def _checked(helper: SPARQLQueryHelper, text: str, **_: object) -> bool:
    """What pySHACL does per focus node, done once per query: look for forbidden keywords."""
    return _check_once(text)


@cache
def _declared_prefixes() -> dict[str, URIRef]:
    return {
        str(shapes().value(declaration, SH.prefix)): URIRef(
            str(shapes().value(declaration, SH.namespace))
        )
        for declaration in shapes().objects(URIRef(SHAPES), SH.declare)
    }


def _prefixed(helper: SPARQLQueryHelper) -> None:
    """What pySHACL does per constraint and run, done once: read the declared prefixes."""
    helper.prefixes.update(_declared_prefixes())


def run(mixed: ShapeGraph, shapes_graph: Graph, at_once: bool = True) -> set[Finding]:
    """Run pySHACL, without inference, on a graph that has everything in it."""
    mixed.at_once = at_once
    with patch.multiple(
        SPARQLQueryHelper, check_invalid_sparql=_checked, collect_prefixes=_prefixed
    ):
        _, report, _ = pyshacl.validate(mixed, shacl_graph=shapes_graph, inplace=True)
    assert isinstance(report, Graph), report
    return {
        Finding(
            focus=_short(report, result, SH.focusNode),
            path=_short(report, result, SH.resultPath),
            value=_short(report, result, SH.value),
            shape=_short(report, result, SH.sourceShape),
            severity=_short(report, result, SH.resultSeverity).removeprefix("sh:"),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def _short(report: Graph, result: Node, predicate: URIRef) -> str:
    term = report.value(result, predicate)
    if term is None:
        return "-"
    if isinstance(term, BNode):
        inverse = report.value(term, SH.inversePath) or shapes().value(term, SH.inversePath)
        return "^" + written(inverse) if inverse else "_:"
    return written(term)


def written(term: Node) -> str:
    if isinstance(term, Literal):
        datatype = f"^^{written(term.datatype)}" if term.datatype else ""
        language = f"@{term.language}" if term.language else ""
        return f'"{term}"{language}{datatype}'
    text = str(term)
    if text.startswith(f"{ARTICLE}#"):
        return f"<{text.removeprefix(ARTICLE)}>"
    for prefix, iri in PREFIXES.items():
        if text.startswith(iri):
            return f"{prefix}:{text.removeprefix(iri)}"
    return f"<{text}>"
