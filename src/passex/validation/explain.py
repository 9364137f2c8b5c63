"""Explain a rule, with what passes and what fails."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..errors import UnknownNameError
from ..graph import dataset
from ..graph.terms import NRS, SH, SKOS, local_name
from ..text.nearest import nearest
from . import rules as checks
from .inputs import Inputs, load
from .messages import full_rule
from .request import Request, sources
from .results import Rule
from .rules.model import examples
from .rules.ontologies import iris
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
        hint = f"did you mean {', '.join(near)}?" if near else "docs/rules.md lists the rules"
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
