"""Word results and findings as problems, with names for nodes and shapes.

The parameters behind a result are found in its shape, so that words can name them whatever engine
ran.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Final

import pyoxigraph as ox

from ..graph.nearest_terms import shortened
from ..graph.terms import PREFIXES, RDFS, SH, local_name, shorten
from ..text.places import Place
from ..text.wording import cut
from .inputs import Inputs, declared_prefixes
from .messages import default_message, term_text
from .results import Problem, Result, Rule, Severity, Term, path_text
from .rules import Finding
from .shacl.model import Constraint, Node, Shapes

#: A rule that stands for shapes without a name anywhere above them.
_UNNAMED: Final = "unnamed-shape"
#: A message or a hint has at most so many code points: a query may make it of a value.
_LONGEST: Final = 2000
#: The severities of SHACL; one of somebody's own counts as a violation.
_SEVERITIES: Final = {
    SH.Info: Severity.INFO,
    SH.Warning: Severity.WARNING,
    SH.Violation: Severity.VIOLATION,
}


class Wording:
    """The words for what a validation finds: its shapes have names, its files declare prefixes."""

    def __init__(self, inputs: Inputs) -> None:
        self._shapes = inputs.shapes_graph
        self._documents = (*inputs.shapes, *inputs.ontology, *inputs.data)
        self.identify = cache(self._identify)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The namespaces by prefix that are known, and that the tops of files declare.

        Of two meanings of a prefix the first counts.
        """
        found = {**PREFIXES, "sh": SH.iri}
        for prefix, namespace in declared_prefixes(self._documents):
            found.setdefault(prefix, namespace)
        return found

    def short(self, text: str) -> str:
        """Write the IRIs of a text, which stand in angle brackets, with prefixes."""
        return shortened(text, self.prefixes) if text else ""

    def of_result(self, result: Result, place: Place | None, hint: str) -> Problem:
        """Put a validation result into words, with its place and what to write instead."""
        short, path, rule = self.short, result.path, self.identify(result.shape)
        return Problem(
            rule=rule,
            component=local_name(result.component),
            severity=_SEVERITIES.get(result.severity, Severity.VIOLATION),
            message=cut(short(_message(result)), _LONGEST),
            place=place,
            focus=short(term_text(result.focus)),
            path="" if path is None else path_text(path, lambda iri: short(f"<{iri}>")),
            value="" if result.value is None else short(term_text(result.value)),
            hint=cut(short(hint), _LONGEST),
            causes=tuple(map(short, _causes(result.details))),
            name=short(f"<{rule}>") if ":" in rule else rule,
            own_severity="" if result.severity in _SEVERITIES else short(f"<{result.severity}>"),
        )

    def of_finding(
        self, finding: Finding, place: Place | None, rules: Mapping[str, Rule]
    ) -> Problem:
        """Put a finding into the form of a problem, with its place."""
        focus, path, value = (
            "" if term is None or isinstance(term, ox.Triple) else self.short(term_text(term))
            for term in (finding.subject, finding.path, finding.value)
        )
        return Problem(
            rule=finding.rule,
            component="",
            severity=finding.severity or rules[finding.rule].severity,
            message=cut(self.short(finding.message), _LONGEST),
            place=place,
            focus=focus,
            path=path,
            value=value,
            hint=cut(self.short(finding.hint), _LONGEST),
        )

    def rule(self, shape: ox.NamedNode | ox.BlankNode) -> Rule:
        """Describe a shape as a rule.

        Its name is ``sh:name``, an ``rdfs:label`` or the local name, what it asks for its
        ``sh:message``, and the reason its ``sh:description`` or ``rdfs:comment``.
        """
        iri = self.identify(shape)
        if iri == _UNNAMED:
            name, asked = "shape without a name", "A shape that has no IRI."
            return Rule(iri, name, asked, "", Severity.VIOLATION)
        node = ox.NamedNode(iri)
        levels = self._shapes.quads_for_pattern(node, ox.NamedNode(SH.severity), None)
        level = str(next((quad.object for quad in levels), ""))[1:-1]
        return Rule(
            iri,
            self._text(node, SH.name, RDFS.label) or local_name(iri),
            self._text(node, SH.message) or f"What {self.short(f'<{iri}>')} asks for.",
            self._text(node, SH.description, RDFS.comment),
            _SEVERITIES.get(level, Severity.VIOLATION),
        )

    def _text(self, node: ox.NamedNode, *predicates: str) -> str:
        """The text of the first of some properties that has one."""
        for name in predicates:
            quads = self._shapes.quads_for_pattern(node, ox.NamedNode(name), None)
            texts = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
            if texts:
                return _chosen(texts)
        return ""

    def _identify(self, shape: ox.NamedNode | ox.BlankNode) -> str:
        """Name the rule that a shape is: its IRI, or that of the nearest named shape above it."""
        seen = set()
        node: object = shape
        while isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            quads = self._shapes.quads_for_pattern(None, None, node)
            above = (quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple))
            node = min(above, key=str, default=node)
        return node.value if isinstance(node, ox.NamedNode) else _UNNAMED


def _chosen(texts: Iterable[ox.Literal]) -> str:
    """Choose the text that is shown: the English one, or one without a language, or any."""

    def rank(text: ox.Literal) -> tuple[int, str]:
        language = text.language
        return (1 if language is None else 0 if language.startswith("en") else 2, text.value)

    return min(texts, key=rank).value


def _message(result: Result) -> str:
    return _chosen(result.messages) if result.messages else default_message(result)


def _causes(details: tuple[Result, ...], depth: int = 0) -> Iterator[str]:
    """What lies beneath a result, the deepest last; each with the node that it is about."""
    for detail in details:
        about = cut(term_text(detail.focus))
        if detail.path is not None:
            about += f" {path_text(detail.path, '<{}>'.format)}"
        yield f"{'  ' * depth}{about}: {cut(_message(detail), _LONGEST)}"
        yield from _causes(detail.details, depth + 1)


#: How deep the constraints of shapes within shapes are told.
_DEPTH: Final = 2
#: How many members of a list are told.
_SHOWN: Final = 6
#: The constraints whose parameters are shapes.
_LOGICAL: Final = ("and", "or", "xone", "not", "node")
_OF_SHAPES: Final = (*_LOGICAL, "property", "qualifiedValueShape")
_COUNTS: Final = {"QualifiedMinCount": "least", "QualifiedMaxCount": "most"}


def parametrised(
    result: Result, shapes: Shapes, told: dict[ox.BlankNode, str] | None = None
) -> Result:
    """Give a result the parameters of its constraint, and its details theirs.

    Where a shape has several constraints of the component, only the engines may know which of them
    it was: for ``sh:hasValue``, whose results have nothing else to tell them apart. What is told of
    shapes without a name is kept in the dictionary.
    """
    told = {} if told is None else told
    details = tuple(parametrised(detail, shapes, told) for detail in result.details)
    shape = shapes.shapes.get(result.shape)
    name = local_name(result.component).removesuffix("ConstraintComponent")
    wanted = "qualifiedValueShape" if name in _COUNTS else name[:1].lower() + name[1:]
    found = [] if shape is None else [c for c in shape.constraints if c.name == wanted]
    parameters = _of(found[0], name) if len(found) == 1 else result.parameters
    if wanted in _LOGICAL:
        for one in parameters:
            if isinstance(one, ox.BlankNode) and one not in told:
                told[one] = described(one, shapes)
        parameters = tuple(
            told[one] if isinstance(one, ox.BlankNode) else one for one in parameters
        )
    return replace(result, details=details, parameters=parameters)


def _of(constraint: Constraint, name: str) -> tuple[Term, ...]:
    if name in _COUNTS:
        number = constraint.least if name == "QualifiedMinCount" else constraint.most
        return () if number is None else (ox.Literal(number),)
    # Of an empty list nothing is shown, rather than rdf:nil.
    if constraint.members or constraint.name in ("in", "languageIn"):
        return constraint.members
    flags = (ox.Literal(constraint.flags),) if constraint.flags else ()
    return (constraint.value, *flags)


def described(node: Node, shapes: Shapes, depth: int = _DEPTH) -> str:
    """Describe a shape in a few words, which a message has in place of a blank node.

    A named shape is told by its IRI; of another, path and constraints, as many shapes deep as is
    said.

    Example:
        >>> none = Shapes({}, (), frozenset(), frozenset())
        >>> described(ox.NamedNode("https://w3id.org/passex/shape/Label"), none)
        'nrs:Label'
    """
    if isinstance(node, ox.NamedNode):
        return shorten(node.value)
    shape = shapes.shapes.get(node)
    if shape is None or not depth:
        return "[…]"
    words = [] if shape.path is None else [path_text(shape.path, shorten)]
    words += [
        f"{constraint.name} {_value(constraint, shapes, depth)}" for constraint in shape.constraints
    ]
    asked = (
        f"the constraint component <{query.component}>" if query.is_declared else "sparql"
        for query in shape.queries
    )
    words += dict.fromkeys(asked)
    words += shape.foreign
    return f"[{', '.join(words) or 'nothing'}]"


def _value(constraint: Constraint, shapes: Shapes, depth: int) -> str:
    parts = constraint.members or (constraint.value,)
    texts = [
        described(part, shapes, depth - 1)
        if constraint.name in _OF_SHAPES and not isinstance(part, ox.Literal)
        else term_text(part)
        for part in parts[:_SHOWN]
    ]
    texts += ["…"] * (len(parts) > _SHOWN)
    counts = (("least", constraint.least), ("most", constraint.most))
    texts += [f"at {word} {number}" for word, number in counts if number is not None]
    text = " ".join(texts)
    return f"({text})" if constraint.members else text
