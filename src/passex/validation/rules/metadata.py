"""What an ontology says about itself. Sources: see `hygiene`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...graph.terms import DCTERMS, OWL, RDFS, SCHEMA, VANN
from ...text.places import Place
from ..problems import Rule, Severity
from .hygiene import found
from .model import Check, Finding, Scope
from .ontologies import Ontology

_DC: Final = "http://purl.org/dc/elements/1.1/"

RULES: Final = (
    Rule(
        "missing-ontology",
        "files without an ontology",
        "One of the ontology's files declares an owl:Ontology. After OOPS! P38.",
        "Without it nothing can say what the files are, whose, and of which version.",
        Severity.WARNING,
    ),
    Rule(
        "missing-metadata",
        "ontology without the least metadata",
        "An ontology has a title, a description, a licence, a creator and a version. After ROBOT's "
        "missing_ontology_title, _description and _license, OOPS! P41 and FOOPS! OM1, OM4.1 and "
        "VER1.",
        "Nobody may use what has no licence, and nobody can cite what has neither title nor "
        "version.",
        Severity.WARNING,
    ),
    Rule(
        "recommended-metadata",
        "ontology without recommended metadata",
        "An ontology gives the dates of its creation and last change, and the prefix and namespace "
        "that it prefers (vann:). After FOOPS! OM2 and OM5.1.",
        "Catalogues show them, and tools take prefix and namespace from there.",
        Severity.INFO,
    ),
)
#: What is asked for: a word, the properties that say it, and how to write the first.
_LEAST: Final = (
    ("title", (DCTERMS.title, _DC + "title", RDFS.label), "dcterms:title"),
    (
        "description",
        (DCTERMS.description, _DC + "description", RDFS.comment,
         DCTERMS.abstract),
        "dcterms:description",
    ),
    (
        "licence",
        (DCTERMS.license, DCTERMS.rights, _DC + "rights", SCHEMA.license,
         "http://creativecommons.org/ns#license"),
        "dcterms:license",
    ),
    (
        "creator",
        (DCTERMS.creator, _DC + "creator", SCHEMA.creator, SCHEMA.author,
         DCTERMS.contributor, _DC + "contributor", "http://purl.org/pav/createdBy"),
        "dcterms:creator",
    ),
    ("version", (OWL.versionIRI, OWL.versionInfo), "owl:versionIRI"),
)  # fmt: skip
_RECOMMENDED: Final = (
    (
        "date of creation",
        (DCTERMS.created, DCTERMS.issued, SCHEMA.dateCreated),
        "dcterms:created",
    ),
    (
        "date of its last change",
        (DCTERMS.modified, SCHEMA.dateModified),
        "dcterms:modified",
    ),
    ("preferred prefix", (VANN.preferredNamespacePrefix,), "vann:preferredNamespacePrefix"),
    ("preferred namespace", (VANN.preferredNamespaceUri,), "vann:preferredNamespaceUri"),
)


def _run(scope: Scope) -> Iterator[Finding]:
    ontology, files = scope.ontology, scope.inputs.ontology
    if not files:
        return
    anything = next(iter(ontology.graph), None) is not None
    if anything and not ontology.headers and not ontology.concepts:
        yield Finding(
            "missing-ontology", "None of the ontology's files declares an owl:Ontology.",
            "add '<...> a owl:Ontology .' with title, licence and version",
            where=Place(files[0].name),
        )  # fmt: skip
    for header in ontology.headers:
        yield from _missing(ontology, header)


def _missing(ontology: Ontology, header: str) -> Iterator[Finding]:
    for rule, wanted in (("missing-metadata", _LEAST), ("recommended-metadata", _RECOMMENDED)):
        for what, predicates, name in wanted:
            if not any(ontology.values(header, predicate) for predicate in predicates):
                yield found(rule, f"The ontology has no {what}.", f"add {name}", header)


CHECK: Final = Check("metadata", RULES, _run, of_ontology=True)
