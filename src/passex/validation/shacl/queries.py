"""Constraints in SPARQL, read from the shapes graph.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, sections 5 and 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ...graph.terms import OWL, RDF, RDFS, SH
from ...query.calls import calls
from ...query.dry_run import UnsupportedError, dry_run
from ...query.parser import parse
from ..results import Path, Term
from . import paths, sparql
from .graph import Triples
from .model import Defect, Node, Query
from .terms import IMPORTS, LANG_STRING, STRING, SUBCLASS, TYPE, is_true

#: Prefixes that pySHACL declares for every query.
_PREFIXES: Final = {"rdf": RDF.iri, "rdfs": RDFS.iri, "owl": OWL.iri}
_PATH: Final = re.compile(r"([\s{}()])[$?]PATH\b")


@dataclass(frozen=True, slots=True)
class Component:
    """A constraint component that a shapes graph declares.

    Attributes:
        node: Its IRI.
        mandatory: The IRIs of the parameters that it needs.
        optional: The IRIs of the others.
        defects: What is wrong with it.
        of_nodes: What its validator for node shapes says.
        of_properties: What its validator for property shapes says.
    """

    node: Node
    mandatory: tuple[str, ...]
    optional: tuple[str, ...]
    defects: tuple[Defect, ...]
    of_nodes: tuple[ox.Literal, ...]
    of_properties: tuple[ox.Literal, ...]


def messages(triples: Triples, node: Node) -> tuple[ox.Literal, ...]:
    """Read what a shape or a constraint says, sorted."""
    values = triples.values(node, SH.message)
    return tuple(value for value in values if isinstance(value, ox.Literal))


def components(triples: Triples) -> dict[Node, Component]:
    """Read the constraint components that are declared in the shapes graph.

    Args:
        triples: The shapes graph.

    Returns:
        The components by IRI.
    """
    kinds = {SH.ConstraintComponent}
    for subject in triples.subjects():
        if SH.ConstraintComponent in {v.value for v in triples.values(subject, SUBCLASS)}:
            kinds.add(subject.value)
    found = {}
    for subject in triples.subjects():
        types = {value.value for value in triples.values(subject, TYPE)}
        if not types & kinds or subject.value.startswith(SH.iri):
            continue
        mandatory, others, wrong = list[str](), list[str](), list[str]()
        for parameter in triples.values(subject, SH.parameter):
            optional = [v.value for v in triples.values(parameter, SH.optional)]
            names = triples.values(parameter, SH.path)
            if len(names) != 1 or not isinstance(names[0], ox.NamedNode):
                wrong.append("a parameter has exactly one sh:path, an IRI")
            else:
                needed = optional not in (["true"], ["1"])
                (mandatory if needed else others).append(names[0].value)
        if not mandatory:
            wrong.append("a constraint component needs a parameter that is not optional")
        defects = [Defect("shacl-ill-formed", subject, SH.parameter, message) for message in wrong]
        for name in ("validator", "nodeValidator", "propertyValidator"):
            for validator in triples.values(subject, SH[name]):
                defects += _wrong_with(triples, validator, {"this", "value"})
        found[subject] = Component(
            subject,
            tuple(mandatory),
            tuple(others),
            tuple(defects),
            *(_said_by(triples, subject, name) for name in ("nodeValidator", "propertyValidator")),
        )
    return {node: component for node, component in found.items() if component.mandatory}


def _said_by(triples: Triples, component: Node, name: str) -> tuple[ox.Literal, ...]:
    """Read what a validator of a component says, or the one for any shapes where it has none."""
    own = triples.values(component, SH[name]) or triples.values(component, SH.validator)
    return tuple(
        said
        for validator in own
        if not isinstance(validator, ox.Literal)
        for said in messages(triples, validator)
    )


def _wrong_with(triples: Triples, validator: Term, bound: set[str]) -> list[Defect]:
    """Find out what is wrong with the queries of a validator."""
    if isinstance(validator, ox.Literal):
        return []
    lines = _lines(triples, validator)
    found = []
    for name in ("ask", "select"):
        for literal in triples.values(validator, SH[name]):
            text = _PATH.sub(r"\1<urn:p>", literal.value)
            said, hint = _unparsed(lines, text)
            rule = "shacl-sparql-syntax"
            if not said:
                said, hint = sparql.forbidden(lines + text, bound), ""
                rule = "shacl-ill-formed"
                said = said and f"a SPARQL validator cannot have {said}"
            if said:
                found.append(Defect(rule, validator, SH[name], said, literal, hint))
    return found


def _lines(triples: Triples, node: Node) -> str:
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes(triples, node).items())


def prefixes(triples: Triples, node: Node) -> dict[str, str]:
    """Collect the prefixes that a query may use.

    Args:
        triples: The shapes graph.
        node: The constraint.

    Returns:
        The namespaces by prefix.
    """
    found = dict(_PREFIXES)
    for source in triples.values(node, SH.prefixes):
        declarations = declared(triples, source)
        ontology = OWL.Ontology in {value.value for value in triples.values(source, TYPE)}
        if not declarations or not ontology:
            # Like pySHACL: what any ontology of the shapes graph declares.
            for subject in triples.subjects():
                if OWL.Ontology in {value.value for value in triples.values(subject, TYPE)}:
                    declarations = declarations + triples.values(subject, SH.declare)
        for declaration in declarations:
            names = triples.values(declaration, SH.prefix)
            namespaces = triples.values(declaration, SH.namespace)
            if len(names) == len(namespaces) == 1:
                found[names[0].value] = namespaces[0].value
    return found


def declared(triples: Triples, source: Term) -> list[Term]:
    """List the prefix declarations of an ontology and of those that it imports."""
    sources, found = [source], list[Term]()
    for place in sources:
        found += triples.values(place, SH.declare)
        sources += [v for v in triples.values(place, IMPORTS) if v not in sources]
    return found


def read_query(
    triples: Triples, shape: Node, node: Node, path: Path | None
) -> tuple[Query | None, list[Defect]]:
    """Read a SPARQL-based constraint.

    Args:
        triples: The shapes graph.
        shape: The shape that it belongs to.
        node: The constraint.
        path: The path of the shape, for ``$PATH``.

    Returns:
        The query, or None if it is switched off or wrong; and what is wrong with it.
    """

    def wrong(rule: str, name: str, message: str) -> tuple[None, list[Defect]]:
        return None, [Defect(rule, node, SH[name], message)]

    texts = triples.values(node, SH.select)
    if len(texts) != 1 or not _is_string(texts[0]):
        return wrong(
            "shacl-ill-formed", "select", "a SPARQL constraint has one sh:select, a string"
        )
    if any(map(is_true, triples.values(node, SH.deactivated))):
        return None, []
    for message in triples.values(node, SH.message):
        if not isinstance(message, ox.Literal) or message.datatype.value not in (
            STRING,
            LANG_STRING,
        ):
            return wrong("shacl-ill-formed", "message", "a message is a text")
    text = texts[0].value
    if path is None and _PATH.search(text):
        return wrong("shacl-ill-formed", "select", "$PATH stands for the path of a property shape")
    if path is not None:
        written = paths.sparql(path)
        text = _PATH.sub(lambda match: match.group(1) + written, text)
    lines = _lines(triples, node)
    said, hint = _unparsed(lines, text)
    if said:
        return None, [Defect("shacl-sparql-syntax", node, SH.select, said, texts[0], hint)]
    if parse(lines + text).form != "SELECT":
        return wrong("shacl-ill-formed", "select", "the query of sh:select is a SELECT query")
    if found := sparql.forbidden(lines + text):
        return wrong("shacl-ill-formed", "select", f"a SPARQL constraint cannot have {found}")
    return Query(node, lines + text, messages(triples, node)), []


def _unparsed(prefixes: str, text: str) -> tuple[str, str]:
    """Say why the engine does not take a query, if it does not, and what to do about it."""
    if calls(prefixes + text, "service"):
        return "", ""  # refused as it is, by `forbidden`
    try:
        dry_run(prefixes + text)
    except UnsupportedError as error:
        return f"the query cannot be asked: {error.message}", ""
    except (SyntaxError, ValueError) as error:
        return _refused(prefixes, text, error)
    return "", ""


def _refused(prefixes: str, text: str, error: Exception) -> tuple[str, str]:
    """Say why the engine does not take a query, with the place in it, and what to do about it."""
    from ...query.syntax import refusal

    if not isinstance(error, SyntaxError):
        return f"the query is not SPARQL: {str(error).splitlines()[0]}", ""
    found = refusal(parse(prefixes + text), "query", error)
    message = f"the query is not SPARQL: {found.message}"
    if found.place is None or not found.place.line:
        return message, found.hint
    line = max(1, found.place.line - prefixes.count("\n"))
    message += f" (in its line {line}, column {found.place.column})"
    if found.kind == "prefix":
        return message, "declare it with sh:declare, and name where with sh:prefixes"
    return message, found.hint


def _is_string(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value == STRING
