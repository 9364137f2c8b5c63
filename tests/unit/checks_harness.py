"""Files to inputs, and findings to text, for the tests of the checks."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from passex.errors import InputError
from passex.graph.nearest_terms import shortened
from passex.graph.parsing import opened
from passex.graph.sources import Source
from passex.graph.terms import PREFIXES as KNOWN
from passex.graph.terms import SH
from passex.text.places import Place
from passex.validation.inputs import Document, Failure, Inputs
from passex.validation.rules import CHECKS, Finding, Scope, rules

#: The prefixes of the examples.
PREFIXES = {"ex": "https://example.org/sea#", "sh": SH.iri, **KNOWN}
DECLARES = re.compile(r"^@?prefix ", re.IGNORECASE | re.MULTILINE)
GROUP = {rule.id: check for check in CHECKS for rule in check.rules}
_SPACES = {prefix: space for prefix, space in PREFIXES.items() if space}


def scope(folder: Path, files: dict[str, str], reason: bool = False, based: bool = False) -> Scope:
    """Write files and read them: data, shapes, ontology, queries and texts, by their names.

    Those that are based have their own place for a base, as a validation reads them.
    """
    graph, shapes = ox.Store(), ox.Store()
    read: dict[str, list[Document]] = {"data": [], "shapes": [], "ontology": []}
    failures = []
    triples = 0
    for number, (name, text) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(complete(name, text).encode())
        role = name.partition(".")[0]
        form = ox.RdfFormat.from_extension(path.suffix[1:])
        if role not in read or form is None:
            continue
        store = ox.Store()
        try:
            with opened(Source(path), form) as file:
                store.load(file, form, base_iri=path.resolve().as_uri() if based else None)
        except InputError as error:
            failures.append(Failure(name, Source(path), form, error))
            continue
        (shapes if role == "shapes" else graph).extend(store)
        triples += len(store) if role == "data" else 0
        read[role].append(Document(name, Source(path), form, number))
    texts = folder / "texts"
    inputs = Inputs(
        tuple(read["data"]),
        tuple(read["shapes"]),
        tuple(read["ontology"]),
        graph,
        shapes,
        triples,
        texts if texts.is_dir() else None,
    )
    questions = tuple(sorted((folder / "queries").glob("*.rq")))
    return Scope(inputs, tuple(failures), questions, reason=reason)


def complete(name: str, text: str) -> str:
    """Add the prefixes to a file that has none, if it is Turtle."""
    if not name.endswith(".ttl") or not text or DECLARES.search(text):
        return text
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    return "\n".join([*lines, text])


def told(findings: list[Finding], folder: Path) -> str:
    """Write findings as the examples have them."""
    lines = []
    for finding in findings:
        severity = finding.severity or rules()[finding.rule].severity
        lines.append(f"{_where(finding)}: {severity.value}: {finding.message}")
        lines += [f"  {finding.hint}"] if finding.hint else []
    return shortened("\n".join(lines).replace(f"{folder.as_posix()}/", ""), _SPACES)


def _where(finding: Finding) -> str:
    place = finding.where
    if isinstance(place, Place):
        return ":".join([place.file, *(str(n) for n in (place.line, place.column) if n)])
    terms = (finding.subject, finding.predicate and f"<{finding.predicate}>", finding.value)
    return " ".join([f"{place}.ttl", *(_written(term) for term in terms if term)])


def _written(term: object) -> str:
    return "[]" if isinstance(term, ox.BlankNode) else str(term)
