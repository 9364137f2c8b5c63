"""Name nodes and shapes as a report does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import pyoxigraph as ox

from ..graph.suggest import shortened
from ..graph.terms import PREFIXES, RDFS, SH, local_name
from .inputs import Document, Inputs
from .problems import Rule, Severity

_DECLARED: Final = re.compile(
    r"^[ \t]*@?prefix[ \t]+([\w.-]*):[ \t]*<([^<>\s]+)>", re.IGNORECASE | re.MULTILINE
)
#: As much of a file is looked through for its prefixes.
_HEAD: Final = 1 << 16
#: A rule that stands for shapes without a name anywhere above them.
UNNAMED: Final = "unnamed-shape"


def prefixes(documents: Iterable[Document]) -> dict[str, str]:
    """Collect the namespaces by prefix that are known, and that the tops of files declare.

    Of two meanings of a prefix the first counts.
    """
    found = {**PREFIXES, "sh": SH.iri}
    for document in documents:
        head = document.read(_HEAD).decode("utf-8-sig", errors="replace")
        for prefix, namespace in _DECLARED.findall(head):
            found.setdefault(prefix, namespace)
    return found


class Shapes:
    """The shapes of a graph as rules.

    Args:
        inputs: What is validated.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._graph = inputs.shapes_graph
        self.identify = cache(self._identify)

    def _identify(self, shape: ox.NamedNode | ox.BlankNode) -> str:
        """Name the rule that a shape is: its IRI, or that of the nearest named shape above it."""
        seen = set()
        node: ox.NamedNode | ox.BlankNode = shape
        while isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            above = sorted(
                (
                    quad.subject
                    for quad in self._graph.quads_for_pattern(None, None, node)
                    if not isinstance(quad.subject, ox.Triple)
                ),
                key=str,
            )
            if above:
                node = above[0]
        return node.value if isinstance(node, ox.NamedNode) else UNNAMED

    def rule(self, shape: ox.NamedNode | ox.BlankNode, known: Mapping[str, str]) -> Rule:
        """Describe a shape as a rule.

        Its name is ``sh:name``, an ``rdfs:label`` or the local name, what it asks for its
        ``sh:message``, and the reason its ``sh:description`` or ``rdfs:comment``.

        Args:
            shape: The shape.
            known: Namespaces by prefix.
        """
        iri = self.identify(shape)
        if iri == UNNAMED:
            return Rule(iri, "shape without a name", "A shape that has no IRI.", "", SEVERE)
        node = ox.NamedNode(iri)
        name = self._text(node, "name", "label") or local_name(iri)
        asked = self._text(node, "message") or f"What {shortened(f'<{iri}>', known)} asks for."
        level = next(self._graph.quads_for_pattern(node, ox.NamedNode(SH.severity), None), None)
        return Rule(
            iri,
            name,
            asked,
            self._text(node, "description", "comment"),
            SEVERE if level is None else severity(str(level.object)[1:-1]),
        )

    def _text(self, node: ox.NamedNode, term: str, other: str = "") -> str:
        terms = [SH[term], *([RDFS[other]] if other else [])]
        for name in terms:
            found = [
                quad.object
                for quad in self._graph.quads_for_pattern(node, ox.NamedNode(name), None)
                if isinstance(quad.object, ox.Literal)
            ]
            if found:
                return chosen(found)
        return ""


SEVERE: Final = Severity.VIOLATION


def severity(iri: str) -> Severity:
    """Give the severity that an IRI names; one of somebody's own counts as a violation.

    Example:
        >>> severity("http://www.w3.org/ns/shacl#Info").value
        'info'
    """
    return {SH.Info: Severity.INFO, SH.Warning: Severity.WARNING}.get(iri, SEVERE)


def chosen(texts: Iterable[ox.Literal]) -> str:
    """Choose from texts the one that is shown: the English one, or one without a language, or any.

    Example:
        >>> chosen([ox.Literal("Schiff", language="de"), ox.Literal("ship", language="en")])
        'ship'
    """

    def rank(text: ox.Literal) -> tuple[int, str]:
        language = text.language
        return (1 if language is None else 0 if language.startswith("en") else 2, text.value)

    return min(texts, key=rank).value
