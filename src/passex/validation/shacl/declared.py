"""Constraint components that a shapes graph declares, and the constraints that they make of shapes.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import Keeper
from ...graph.terms import RDFS, SH, XSD, local_name
from ...query.parser import parse
from ...query.tree import rewritten, variables
from ..results import Path, Severity, Term
from .model import Defect, Node, Query, in_sparql
from .queries import Refusal, asked_query, into_graph, messages, parsed, with_path
from .query_memo import QueryMemo
from .query_rules import forbidden
from .shapes_graph import Triples, is_text, nodes

#: What says which validator a component has: for one kind of shape, or for both.
_OF_NODES, _OF_VALUES, _OF_BOTH = "nodeValidator", "propertyValidator", "validator"
#: What a parameter cannot be called: these are bound to something else.
_RESERVED: Final = ("this", "shapesGraph", "currentShape", "path", "PATH", "value")
_FURTHER: Final = "declare one for it, or take the parameter out of the shape"


@dataclass(frozen=True, slots=True)
class DeclaredComponent:
    """A constraint component that a shapes graph declares.

    Attributes:
        node: Its IRI.
        mandatory: The IRIs of the parameters that it needs.
        optional: The IRIs of the others.
        validators: Its validators by the local name of the property that has them.
        defects: What is wrong with it.
    """

    node: Node
    mandatory: tuple[str, ...]
    optional: tuple[str, ...]
    validators: Mapping[str, tuple[Term, ...]]
    defects: tuple[Defect, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The IRIs of all its parameters."""
        return (*self.mandatory, *self.optional)

    def validator(self, of_values: bool) -> tuple[Term | None, str]:
        """Give the validator for property shapes or for node shapes, and what it has to be.

        There may be none: then a constraint of the component is to be ignored.
        """
        own = self.validators[_OF_VALUES if of_values else _OF_NODES]
        found = own or self.validators[_OF_BOTH]
        return (found[0] if found else None), "select" if own else "ask"


def components(
    triples: Triples, functions: frozenset[str] = frozenset()
) -> dict[Node, DeclaredComponent]:
    """Read the constraint components that are declared in the shapes graph: by IRI.

    Their validators may call some functions.
    """
    kinds = {SH.ConstraintComponent}
    for subject in triples.subjects():
        above = triples.values(subject, RDFS.subClassOf)
        if SH.ConstraintComponent in {value.value for value in above}:
            kinds.add(subject.value)
    ours = (n for n in triples.subjects() if not n.value.startswith(SH.iri))
    found = (_component(triples, node, functions) for node in ours if triples.types(node) & kinds)
    # A library may describe what SHACL itself has, such as sh:parameter.
    return {
        component.node: component
        for component in found
        if not all(parameter.startswith(SH.iri) for parameter in component.mandatory)
    }


def _component(triples: Triples, node: Node, functions: frozenset[str]) -> DeclaredComponent:
    mandatory, optional, wrong = list[str](), list[str](), list[str]()
    for parameter in triples.values(node, SH.parameter):
        is_optional = [v.value for v in triples.values(parameter, SH.optional)] in (["true"], ["1"])
        names = triples.values(parameter, SH.path)
        if len(names) != 1 or not isinstance(names[0], ox.NamedNode):
            wrong.append("a parameter has exactly one sh:path, an IRI")
        else:
            (optional if is_optional else mandatory).append(names[0].value)
    if not mandatory:
        wrong.append("a constraint component needs a parameter that is not optional")
    wrong += (
        f"a parameter cannot be called {local_name(iri)}: that is bound to something else"
        for iri in (*mandatory, *optional)
        if local_name(iri) in _RESERVED
    )
    defects = [Defect("shacl-ill-formed", node, SH.parameter, message) for message in wrong]
    validators = {
        name: tuple(triples.values(node, SH[name])) for name in (_OF_BOTH, _OF_NODES, _OF_VALUES)
    }
    all_of_them = [v for values in validators.values() for v in values]
    for validator in nodes(all_of_them):
        # A value is given to an ASK alone: a SELECT may give one itself.
        for name, bound in (("ask", ("this", "value")), ("select", ("this",))):
            for literal in triples.values(validator, SH[name]):
                text = with_path(literal.value, "<urn:p>")
                tree, refused = parsed(triples, validator, text, functions)
                if refused is None and (found := forbidden(tree, bound)):
                    message = f"a SPARQL validator cannot have {found}"
                    refused = Refusal("shacl-ill-formed", message)
                if refused := refused or into_graph(tree):
                    defects.append(refused.defect(validator, SH[name], literal))
    if all_of_them and not any({SH.ask, SH.select} & triples.of(v).keys() for v in all_of_them):
        message = "the component has no validator in SPARQL, and no engine here applies another"
        defects.append(Defect("shacl-unsupported", node, "", message))
    return DeclaredComponent(node, tuple(mandatory), tuple(optional), validators, tuple(defects))


def used(
    triples: Triples, node: Node, declared: Mapping[Node, DeclaredComponent]
) -> Iterator[DeclaredComponent]:
    """Find the components of which a shape has a constraint: all that they need."""
    for component in declared.values():
        if all(triples.values(node, iri) for iri in component.mandatory):
            yield component


def never_applied(
    triples: Triples, shapes: Iterable[Node], declared: Mapping[Node, DeclaredComponent]
) -> Iterator[Defect]:
    """Find the constraints that are to be ignored: no validator is for this kind of shape.

    It is said once for a component and a kind of shape.

    Source: SHACL, section 6.2.3.
    """
    seen: dict[tuple[Node, bool], list[Node]] = {}
    for node in shapes:
        of_values = SH.path in triples.of(node)
        for component in used(triples, node, declared):
            if component.validator(of_values)[0] is None:
                seen.setdefault((component.node, of_values), []).append(node)
    for (iri, of_values), users in seen.items():
        kind, own = ("property", _OF_VALUES) if of_values else ("node", _OF_NODES)
        message = (
            f"the component {iri} has no validator for {kind} shapes, neither sh:{own} nor "
            f"sh:{_OF_BOTH}, so it is never applied here"
        )
        if len(users) > 1:
            message += f", nor at {len(users) - 1} more"
        term = declared[iri].mandatory[0]
        yield Defect("shacl-without-effect", users[0], term, message, None, _FURTHER, Severity.INFO)


def several(triples: Triples, node: Node, component: DeclaredComponent) -> Iterator[Defect]:
    """Find parameters with several values where it cannot be told which go together."""
    parameters = component.parameters
    for iri in parameters if len(parameters) > 1 else ():
        if len(values := triples.values(node, iri)) > 1:
            message = f"a shape has at most one <{iri}>: its component has more parameters"
            yield Defect("shacl-ill-formed", node, iri, message, values[1])


def read_validations(
    triples: Triples,
    node: Node,
    component: DeclaredComponent,
    path: Path | None,
    functions: frozenset[str],
    memo: QueryMemo,
) -> list[Query] | None:
    """Read the constraints that a component makes of a shape: the validator, with its parameters.

    None where it is pySHACL's, which may refuse them.
    """
    validator, name = component.validator(path is not None)
    if validator is None:
        return []
    texts = triples.values(validator, SH[name])
    # The class of a validator says what it is, also where it has both queries.
    other = SH.SPARQLAskValidator if name == "select" else SH.SPARQLSelectValidator
    if isinstance(validator, ox.Literal) or len(texts) != 1 or other in triples.types(validator):
        return None
    if not is_text(texts[0], XSD.string) or not all(
        map(is_text, triples.values(validator, SH.message))
    ):
        return None
    text = texts[0].value
    if path is not None:
        text = with_path(text, in_sparql(path))
    elif with_path(text, "") != text:
        return None
    said = (messages(triples, n) for n in (node, validator, component.node))
    spoken = next(filter(None, said), ())
    found = []
    for given in _given(triples, node, component):
        filled = _filled(text, given, path is None and name == "ask")
        if filled is None:
            return None
        query, _ = asked_query(triples, validator, filled, functions, memo, name.upper())
        if query is None:
            return None
        found.append(
            replace(
                query,
                messages=spoken,
                component=component.node.value,
                given=tuple(given.items()),
                of_values=name == "ask",
            )
        )
    return found


def _given(triples: Triples, node: Node, component: DeclaredComponent) -> Iterator[dict[str, Term]]:
    """Give the values of the parameters by name: each of one that is alone is for itself."""
    if len(component.parameters) == 1:
        (iri,) = component.parameters
        yield from ({local_name(iri): value} for value in triples.values(node, iri))
        return
    yield {
        local_name(iri): values[0]
        for iri in component.parameters
        if (values := triples.values(node, iri))
    }


def _filled(text: str, given: Mapping[str, Term], value_is_this: bool) -> str | None:
    """Put the values of parameters into a query; None for what has no place in one."""
    keeper = Keeper()
    for term in given.values():
        # A blank node would be a variable, and what the store rewrites another term.
        kept = not isinstance(term, ox.Literal) or keeper.stored(term) == term
        if isinstance(term, ox.BlankNode) or not kept:
            return None
    # Space around them, as `?x<$most` would begin an IRI.
    texts = {name: f" {term} " for name, term in given.items()}
    if value_is_this:
        texts["value"] = " ?this "
    tree = parse(text)
    clauses = tree.root.walk("SelectClause")
    # What is bound already need not be chosen, and only a variable can be.
    chosen = {word.start for clause in clauses for word in clause.tokens("variable")}
    # Nor can anything else be asked whether it is bound.
    bound = [
        call
        for call in tree.root.walk("Function")
        if call.tokens("word")[0].says("BOUND") and variables(call) <= texts.keys()
    ]
    changes = [(call.start, call.end, "true") for call in bound]
    for word in tree.words:
        apart = not any(call.start < word.start < call.end for call in bound)
        if word.kind == "variable" and word.text[1:] in texts and apart:
            new = " " if word.start in chosen else texts[word.text[1:]]
            changes.append((word.start, word.end, new))
    return rewritten(text, changes)
