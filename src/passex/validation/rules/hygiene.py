"""The terms of an ontology: whether each is named, defined, connected and used.

The checks follow the report of ROBOT (Jackson et al., 2019, doi:10.1186/s12859-019-3002-3), the
pitfalls of OOPS! (Poveda-Villalón et al., 2014, doi:10.4018/ijswis.2014040102) and the tests of
FOOPS! (Garijo et al., 2021). Each rule names its models. Terms that an ontology reuses are their
owners' business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import short
from ...graph.terms import RDFS, SKOS
from ..problems import Rule, Severity
from .model import Check, Finding, Scope
from .ontologies import DEFINITIONS, EXAMPLES, LABELS, Ontology

RULES: Final = (
    Rule(
        "missing-label",
        "term without a label",
        "Each class, property and concept has a label (rdfs:label or skos:prefLabel). After "
        "ROBOT's missing_label, OOPS! P08 and FOOPS! VOC3.",
        "People read labels, not IRIs.",
        Severity.VIOLATION,
    ),
    Rule(
        "missing-definition",
        "term without a definition",
        "Each class, property and concept is defined (skos:definition, rdfs:comment or "
        "IAO:0000115). After ROBOT's missing_definition, OOPS! P08 and FOOPS! VOC4.",
        "Two people use an undefined term in two ways.",
        Severity.WARNING,
    ),
    Rule(
        "missing-example",
        "term without an example",
        "Each class and property has an example (skos:example). UCO and gUFO do so. Where "
        "most terms have none, that is said once.",
        "An example settles what a definition leaves open.",
        Severity.INFO,
    ),
    Rule(
        "duplicate-label",
        "label of two terms",
        "No two classes, and no two properties, have the same label; nor have two concepts of one "
        "scheme. After ROBOT's duplicate_label and OOPS! P32.",
        "Who reads the label cannot tell which is meant.",
        Severity.VIOLATION,
    ),
    Rule(
        "duplicate-definition",
        "definition of two terms",
        "No two terms have the same definition. After ROBOT's duplicate_definition.",
        "Either they are one term, or one of the definitions was copied and not finished.",
        Severity.WARNING,
    ),
    Rule(
        "multiple-labels",
        "term with two labels",
        "A term has one label in each language. After ROBOT's multiple_labels.",
        "Each tool shows another one; a further name is a skos:altLabel.",
        Severity.VIOLATION,
    ),
    Rule(
        "label-whitespace",
        "label with outer white space",
        "Labels and definitions neither begin nor end with white space, and labels are not empty. "
        "After ROBOT's label_whitespace and annotation_whitespace.",
        "Such a label is not found by whoever types it.",
        Severity.WARNING,
    ),
    Rule(
        "label-language",
        "label without a language",
        "Labels and definitions say in which language they are. Where most do not, that "
        "is said once. In the spirit of FOOPS! VOC3.",
        "Without it a tool cannot choose the label for its reader.",
        Severity.INFO,
    ),
)
_IN_SCHEME: Final = SKOS.inScheme


def _run(scope: Scope) -> Iterator[Finding]:
    ontology = scope.ontology
    examples = _habit(ontology, EXAMPLES, ontology.own - ontology.concepts)
    languages = _habit(ontology, LABELS + DEFINITIONS, ontology.own, language=True)
    for iri in sorted(ontology.own):
        yield from _missing(ontology, iri, examples)
        yield from _texts(ontology, iri, languages)
    yield from _twice(ontology)
    first = next(iter(ontology.headers), min(ontology.own, default=""))
    if not examples and ontology.own - ontology.concepts:
        hint = 'add skos:example "..."@en to its terms'
        yield found("missing-example", "Few terms have an example, or none.", hint, first)
    if not languages and ontology.own:
        message = "Few labels say in which language they are, or none."
        yield found("label-language", message, 'write "..."@en for English', first)


def _habit(
    ontology: Ontology, predicates: tuple[str, ...], terms: frozenset[str], language: bool = False
) -> bool:
    """Whether half of the terms at least do a thing; else it is said once, not of each."""
    asked = done = 0
    for iri in terms:
        values = [value for name in predicates for value in ontology.values(iri, name)]
        if language:
            asked += bool(values)
            done += any(isinstance(value, ox.Literal) and value.language for value in values)
        else:
            asked += 1
            done += bool(values)
    return 2 * done >= asked


def found(
    rule: str, message: str, hint: str, iri: str, predicate: str | None = None, value: object = None
) -> Finding:
    """Make a finding about a term of the ontology.

    Args:
        rule: The rule.
        message: What is wrong.
        hint: What to write instead.
        iri: The term.
        predicate: The property that is wrong, or None.
        value: The value that is wrong, or None.

    Returns:
        The finding.
    """
    assert value is None or isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal)
    return Finding(
        rule, message, hint, subject=ox.NamedNode(iri), predicate=predicate, value=value,
        where="ontology",
    )  # fmt: skip


def _missing(ontology: Ontology, iri: str, examples: bool) -> Iterator[Finding]:
    concept = iri in ontology.concepts
    needed: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("label", LABELS, "skos:prefLabel" if concept else "rdfs:label"),
        ("definition", DEFINITIONS, "skos:definition"),
        ("example", EXAMPLES, "skos:example"),
    )
    for what, predicates, name in needed if examples and not concept else needed[:2]:
        if not any(ontology.values(iri, predicate) for predicate in predicates):
            hint = f'add {name} "..."@en'
            yield found(f"missing-{what}", f"{short(iri)} has no {what}.", hint, iri)


def _texts(ontology: Ontology, iri: str, expected: bool) -> Iterator[Finding]:
    for predicate in LABELS + DEFINITIONS:
        languages: dict[str | None, int] = defaultdict(int)
        for value in ontology.values(iri, predicate):
            if not isinstance(value, ox.Literal):
                continue
            if value.value != value.value.strip() or not value.value:
                message = f"The {_what(predicate)} of {short(iri)} has white space around it."
                if not value.value.strip():
                    message = f"The {_what(predicate)} of {short(iri)} is empty."
                yield found("label-whitespace", message, "take it off", iri, predicate, value)
            if expected and value.language is None:
                message = f"The {_what(predicate)} of {short(iri)} has no language."
                hint = 'write its language after it, such as "..."@en'
                yield found("label-language", message, hint, iri, predicate, value)
            languages[value.language] += 1
            if languages[value.language] == 2 and predicate in LABELS:
                message = f"{short(iri)} has more than one label in one language."
                hint = "keep one, and make the others skos:altLabel"
                yield found("multiple-labels", message, hint, iri, predicate, value)


def _what(predicate: str) -> str:
    return "label" if predicate in LABELS else "definition"


def _twice(ontology: Ontology) -> Iterator[Finding]:
    labels: dict[tuple[str, str], list[tuple[str, str, ox.Literal]]] = defaultdict(list)
    texts: dict[str, list[tuple[str, str, ox.Literal]]] = defaultdict(list)
    for iri in sorted(ontology.own):
        for predicate in (RDFS.label, SKOS.prefLabel, *DEFINITIONS):
            for value in ontology.values(iri, predicate):
                if isinstance(value, ox.Literal) and value.value.strip():
                    entry = (iri, predicate, value)
                    if predicate in LABELS:
                        for group in _groups(ontology, iri):
                            labels[group, str(value).strip().casefold()].append(entry)
                    else:
                        texts[str(value)].append(entry)
    for rule, what, groups in (
        ("duplicate-label", "label", labels.values()),
        ("duplicate-definition", "definition", texts.values()),
    ):
        for entries in groups:
            first = entries[0][0]
            for iri, predicate, value in entries[1:]:
                if iri != first:
                    message = f"{short(iri)} has the same {what} as {short(first)}."
                    hint = f"give each its own {what}, or make them one term"
                    yield found(rule, message, hint, iri, predicate, value)


def _groups(ontology: Ontology, iri: str) -> list[str]:
    """Within which terms a label has to be the only one."""
    if iri in ontology.concepts:
        return [str(scheme) for scheme in ontology.values(iri, _IN_SCHEME)] or ["concept"]
    return ["class" if iri in ontology.classes else "property"]


CHECK: Final = Check("hygiene", RULES, _run, of_ontology=True)
