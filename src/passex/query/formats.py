"""Formats of results of SPARQL: their names, media types and extensions, and how they are written.

The engine writes results while it finds them, so that memory does not grow with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Any, Final, TypeAlias, cast

import pyoxigraph as ox

from ..errors import OutputError
from ..graph.store import Term
from ..graph.terms import RDF, XSD, namespace
from ..graph.xml_text import XmlText, nameable
from .prefixes import Naming, naming

#: What an engine finds; the triples of a server are any that can be gone through.
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of solutions and booleans, or of graphs.

    Attributes:
        name: What it is called in options, such as ``json``.
        media_type: Its media type, with a charset where it is text that needs one.
        extension: Its usual file extension, without the dot.
        iri: The IRI that a service description calls it by (https://www.w3.org/ns/formats/).
        aliases: Further media types that a client may ask for it by.
    """

    name: str
    media_type: str
    extension: str
    engine: ox.QueryResultsFormat | ox.RdfFormat
    iri: str
    aliases: tuple[str, ...] = ()


_RESULTS: Final = ox.QueryResultsFormat
_RDF: Final = ox.RdfFormat
_XML_TYPES: Final = ("application/xml", "text/xml")
_JSON: Final = ("application/json",)


def _table(*formats: Format) -> dict[str, Format]:
    return {form.name: form for form in formats}


def _result(name: str, type_: str, engine: ox.QueryResultsFormat, *aliases: str) -> Format:
    extension = {"json": "srj", "xml": "srx"}.get(name, name)
    iri = f"http://www.w3.org/ns/formats/SPARQL_Results_{name.upper()}"
    return Format(name, type_, extension, engine, iri, aliases)


def _graph(name: str, type_: str, engine: ox.RdfFormat, iri: str, *aliases: str) -> Format:
    iri = f"http://www.w3.org/ns/formats/{iri}"
    return Format(name, type_, engine.file_extension, engine, iri, aliases)


#: Formats of solutions (SELECT) and of booleans (ASK), by name; the first is the default.
SOLUTIONS: Final = _table(
    _result("json", "application/sparql-results+json", _RESULTS.JSON, *_JSON),
    _result("xml", "application/sparql-results+xml", _RESULTS.XML, *_XML_TYPES),
    _result("csv", "text/csv; charset=utf-8", _RESULTS.CSV),
    _result("tsv", "text/tab-separated-values; charset=utf-8", _RESULTS.TSV),
)
#: Formats of graphs (CONSTRUCT, DESCRIBE), by name; the first is the default.
GRAPHS: Final = _table(
    _graph("turtle", "text/turtle; charset=utf-8", _RDF.TURTLE, "Turtle", "application/x-turtle"),
    _graph("ntriples", "application/n-triples", _RDF.N_TRIPLES, "N-Triples", "text/plain"),
    _graph("trig", "application/trig", _RDF.TRIG, "TriG"),
    _graph("jsonld", "application/ld+json", _RDF.JSON_LD, "JSON-LD", *_JSON),
    _graph("rdfxml", "application/rdf+xml", _RDF.RDF_XML, "RDF_XML", *_XML_TYPES),
    _graph("nquads", "application/n-quads", _RDF.N_QUADS, "N-Quads"),
)

#: The formats whose text is shorter with prefixes.
_PREFIXED: Final = (_RDF.TURTLE, _RDF.TRIG)
#: Those that the engine writes best itself.
_PLAIN: Final = (_RDF.N_TRIPLES, _RDF.N_QUADS)
#: What the engine calls a blank node that it makes.
_RANDOM: Final = re.compile("[0-9a-f]{16,}")
#: So many triples tell which prefixes are needed.
_LOOKED_AT: Final = 4096
#: Datatypes of which Turtle writes no name.
_SHORT: Final = frozenset(
    XSD[name] for name in ("string", "integer", "decimal", "boolean", "double")
)
_BY_DEFAULT: Final = naming(())
_XML: Final = (_RESULTS.XML, _RDF.RDF_XML)


def write(result: Result, output: IO[bytes], form: Format, naming: Naming = _BY_DEFAULT) -> None:
    """Write a result while it is found, in one of `SOLUTIONS`, or for triples one of `GRAPHS`.

    Args:
        naming: How terms are written where the format leaves that open.

    Raises:
        OutputError: Something in it that the format cannot hold.

    Example:
        >>> import io
        >>> from passex import load
        >>> out = io.BytesIO()
        >>> write(load().store.query("ASK { id:japan a nr:State }"), out, SOLUTIONS["csv"])
        >>> out.getvalue()
        b'true'
    """
    if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
        assert isinstance(form.engine, ox.QueryResultsFormat)
        result.serialize(_for(form, output), form.engine)
    elif isinstance(result, ox.QueryTriples) and form.engine in _PLAIN and not naming.makes_nodes:
        # The engine's own way is quicker, and knows no prefixes.
        assert isinstance(form.engine, ox.RdfFormat)
        result.serialize(output, form.engine)
    else:
        write_triples(result, output, form, naming)


def write_triples(
    triples: Iterable[ox.Triple],
    output: IO[bytes],
    form: Format,
    naming: Naming = _BY_DEFAULT,
) -> None:
    """Write triples while they come, in one of `GRAPHS`.

    Prefixes are declared that the first triples need.

    Args:
        naming: How terms are written where the format leaves that open.

    Raises:
        OutputError: Something in it that the format cannot hold.

    Example:
        >>> import io
        >>> node = ox.NamedNode("https://w3id.org/passex/id/japan")
        >>> out = io.BytesIO()
        >>> write_triples([ox.Triple(node, node, node)], out, GRAPHS["turtle"])
        >>> out.getvalue().splitlines()[-1]
        b'id:japan id:japan id:japan .'
    """
    assert isinstance(form.engine, ox.RdfFormat)
    prefixes = None
    if naming.makes_nodes:
        triples = _numbered(triples)
    if form.engine in _PREFIXED:
        rest = iter(triples)
        first = list(islice(rest, _LOOKED_AT))
        triples, prefixes = chain(first, rest), _used(first, naming.spaces)
    if form.engine == _RDF.RDF_XML:
        triples = nameable(triples)
    if form.engine == _RDF.JSON_LD:
        triples = _plain(triples)
    ox.serialize(triples, _for(form, output), form.engine, prefixes=prefixes)


def _used(triples: Iterable[ox.Triple], spaces: Mapping[str, str]) -> dict[str, str]:
    """Choose the prefixes that triples need."""
    named = {iri for triple in triples for iri in _iris(triple)}
    needed = {namespace(iri) or iri[: iri.rfind(":") + 1] for iri in named} - {""}
    return {prefix: space for prefix, space in spaces.items() if space in needed}


def _iris(triple: ox.Triple) -> Iterator[str]:
    """Give the IRIs that are written out: not ``a``, nor the datatypes of numbers."""
    subject, name, value = triple
    terms: list[Term] = [subject, value]
    if name.value != RDF.type:
        terms.append(name)
    for term in terms:
        if isinstance(term, ox.NamedNode):
            yield term.value
        elif isinstance(term, ox.Literal) and term.language is None:
            if term.datatype.value not in _SHORT:
                yield term.datatype.value
        elif isinstance(term, ox.Triple):
            yield from _iris(term)


def _numbered(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Number the blank nodes that the engine names at random, in the order in which they come."""
    names: dict[str, ox.BlankNode] = {}

    def name(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode) or _RANDOM.fullmatch(term.value) is None:
            return term
        return names.setdefault(term.value, ox.BlankNode(f"c{len(names) + 1}"))

    for triple in triples:
        yield ox.Triple(name(triple.subject), triple.predicate, name(triple.object))


def _for(form: Format, output: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", XmlText(output)) if form.engine in _XML else output


def _plain(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    for triple in triples:
        if isinstance(triple.object, ox.Triple):
            raise OutputError(
                "JSON-LD cannot hold a triple within a triple", "write turtle or ntriples"
            )
        yield triple


def write_lines(found: ox.QuerySolutions | ox.QueryBoolean, output: IO[bytes]) -> None:
    r"""Write solutions while they are found; or a truth value, as ``{"boolean": true}``.

    A line is an object, of terms as `term_object` has them.

    Example:
        >>> import io
        >>> out = io.BytesIO()
        >>> write_lines(ox.Store().query("SELECT * { VALUES (?n ?x) { (1 UNDEF) } }"), out)
        >>> out.getvalue().decode()  # doctest: +ELLIPSIS
        '{"n": {"type": "literal", "value": "1", "datatype": "http://...#integer"}}\n'
    """
    import json

    encode = json.JSONEncoder(ensure_ascii=False).encode
    if isinstance(found, ox.QueryBoolean):
        output.write(encode({"boolean": bool(found)}).encode() + b"\n")
        return
    names = [variable.value for variable in found.variables]
    for solution in found:
        row = {
            name: term_object(term)
            for name, term in zip(names, solution, strict=True)
            if term is not None
        }
        output.write(encode(row).encode() + b"\n")


def term_object(term: Term) -> dict[str, object]:
    """Write a term as SPARQL 1.1 Query Results JSON Format has it (W3C, 2013, section 3.2.2).

    Returns:
        An object with ``type`` and ``value``, and for a literal its language or datatype.

    Example:
        >>> term_object(ox.Literal("Québec", language="fr"))
        {'type': 'literal', 'value': 'Québec', 'xml:lang': 'fr'}
    """
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = ("subject", "predicate", "object")
        return {
            "type": "triple",
            "value": {part: term_object(getattr(term, part)) for part in parts},
        }
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
        if term.direction is not None:  # of RDF 1.2
            found["its:dir"] = str(term.direction)
    elif term.datatype.value != XSD.string:
        found["datatype"] = term.datatype.value
    return found
