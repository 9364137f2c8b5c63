"""Explain rules: one with what passes and what fails, and of all shapes what they looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..errors import UnknownNameError
from ..graph import dataset
from ..graph.hierarchy import superclasses
from ..graph.terms import NRS, SH, SKOS, local_name
from ..text.nearest import did_you_mean, nearest
from . import rules as checks
from .inputs import Inputs, load
from .messages import full_rule
from .request import Request, sources
from .results import Rule
from .rules.model import examples
from .rules.ontologies import iris
from .rules.terms import declared_prefixes
from .wording import Wording

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


def explain(name: str, request: Request) -> str:
    """Describe a rule: what it asks for and why, what passes, and what fails.

    Args:
        name: A word such as ``no-data``, or the name of a shape: an IRI, a prefixed name, or the
            local name alone.
        request: Names the shapes among which it is looked for.

    Raises:
        UnknownNameError: There is no such rule; the error names what comes near.
        InputError: The shapes cannot be read.

    Example:
        >>> print(explain("no-data", Request()).splitlines()[0])
        no-data: no data (violation)
    """
    own = checks.rules()
    if name in own:
        return "\n".join([*_head(own[name], name), *_examples_of_check(name)]) + "\n"
    inputs, _ = load((), sources(request).shapes)
    wording = Wording(inputs)
    shape = f"?t a ?class VALUES ?class {{ <{SH.NodeShape}> <{SH.PropertyShape}> }}"
    named = iris(inputs.shapes_graph, shape)
    iri = full_rule(name)
    if ":" in name and iri == name:
        prefix, _, local = name.partition(":")
        iri = wording.prefixes.get(prefix, prefix + ":") + local
    by_local = [other for other in named if local_name(other) == name]
    iri = by_local[0] if iri not in named and len(by_local) == 1 else iri
    if iri not in named:
        names = {*own, *map(local_name, named)}
        near = nearest(name.rpartition(":")[2], names)
        hint = did_you_mean(near) or "docs/rules.md lists the rules"
        raise UnknownNameError(f"'{name}' is no rule and no shape", hint)
    rule = wording.rule(ox.NamedNode(iri))
    lines = [*_head(rule, wording.short(f"<{iri}>")), *_targets(inputs, iri, wording)]
    return "\n".join([*lines, *_examples_of_shape(inputs, iri)]) + "\n"


def _head(rule: Rule, name: str) -> Iterator[str]:
    yield f"{name}: {rule.name} ({rule.severity.value})"
    yield ""
    yield rule.description
    if rule.reason:
        yield f"Why: {rule.reason}"


def _targets(inputs: Inputs, iri: str, wording: Wording) -> Iterator[str]:
    for target in _TARGETS:
        found = sorted(
            wording.short(str(quad.object))
            for quad in inputs.shapes_graph.quads_for_pattern(
                ox.NamedNode(iri), ox.NamedNode(SH[target]), None
            )
        )
        if found:
            yield f"sh:{target}: {', '.join(found)}"


def _examples_of_check(name: str) -> Iterator[str]:
    (group,) = (check.name for check in checks.CHECKS if name in {r.id for r in check.rules})
    example = examples(group)[name]
    for title, files in (("Passes", example.good), ("Fails", example.bad)):
        for file, text in files.items():
            yield from _shown(f"{title}, {file}", text)
    if example.says:
        yield from _shown("What is said", example.says)


def _examples_of_shape(inputs: Inputs, iri: str) -> Iterator[str]:
    folder = dataset.examples() / local_name(iri)
    if iri.startswith(NRS.iri) and folder.is_dir():
        for title, files in (("Passes", "valid*.ttl"), ("Fails", "invalid*.ttl")):
            lines = min(folder.glob(files)).read_text(encoding="utf-8").splitlines()
            # What the tests expect of it isn't part of the example.
            kept = [line for line in lines if not line.startswith("# expect:")]
            yield from _shown(title, "\n".join(kept))
        return
    for term in ("example", "note"):
        for quad in inputs.shapes_graph.quads_for_pattern(
            ox.NamedNode(iri), ox.NamedNode(SKOS[term]), None
        ):
            if isinstance(quad.object, ox.Literal):
                yield from _shown(term.capitalize(), quad.object.value)


def _shown(title: str, text: str) -> Iterator[str]:
    yield ""
    yield f"{title}:"
    yield ""
    yield from (f"    {line}".rstrip() for line in text.strip("\n").splitlines())


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the shapes looked at.

    Attributes:
        shapes: For each rule that is a shape, how many nodes it looked at.
        classes: For each class with nodes that no shape looked at, how many of them.
        predicates: For each predicate that no shape names, how many triples have it.
    """

    shapes: Mapping[str, int]
    classes: Mapping[str, int]
    predicates: Mapping[str, int]


def coverage(inputs: Inputs, counts: Mapping[ox.NamedNode | ox.BlankNode, int]) -> Coverage:
    """Find out what the shapes looked at, from the number of focus nodes that each had.

    A predicate counts as looked at where a shape names it: in a path, in a target, or in a query.
    All figures are sorted by name; names are short.
    """
    wording = Wording(inputs)
    by_rule: dict[str, int] = {}
    for shape, number in counts.items():
        rule = wording.identify(shape)
        by_rule[rule] = max(number, by_rule.get(rule, 0))

    def short(iri: str) -> str:
        return wording.short(f"<{iri}>") if ":" in iri else iri

    named = _named(inputs.shapes_graph)
    # A shape that is a class looks at its instances.
    named.update(shape.value for shape in counts if isinstance(shape, ox.NamedNode))
    # Without the ontology, which the shapes were not asked to look at.
    facts, _ = load([document.source for document in inputs.data], ())
    return Coverage(
        {short(rule): by_rule[rule] for rule in sorted(by_rule)},
        _counted(facts, inputs, "?s a ?name", named, short),
        _counted(facts, inputs, "?s ?name ?o", named, short),
    )


def _named(shapes: ox.Store) -> set[str]:
    """Every IRI in the shapes, and in the text of their queries as far as it stands there."""
    found = set()
    spaces = declared_prefixes(shapes)
    for quad in shapes:
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
        if isinstance(quad.object, ox.Literal) and quad.predicate.value.startswith(SH.iri):
            for prefix, local in re.findall(r"\b([\w-]+):([\w-]+)", quad.object.value):
                found.add(spaces.get(prefix, "") + local)
            found.update(re.findall(r"<([^<>\s]+)>", quad.object.value))
    return found


def _counted(
    facts: Inputs, inputs: Inputs, pattern: str, named: set[str], short: Callable[[str], str]
) -> dict[str, int]:
    rows = facts.graph.query(
        f"SELECT ?name (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?name ORDER BY ?name"
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = {}
    for name, number in rows:
        if not isinstance(name, ox.NamedNode):
            continue
        if named.isdisjoint(superclasses(inputs.graph, name.value)):
            found[short(name.value)] = int(number.value)
    return found
